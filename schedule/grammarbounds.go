package schedule

import (
	"time"
)

// partItem reads a part of the day, which settles the halves of its times.
func (p *parser) partItem() *ParseError {
	start, t := p.i, p.peek()
	p.i++
	g := p.modified()
	if g.part >= 0 && g.part != t.n {
		return p.fail(FaultDays, start, start)
	}
	g.part, g.partAt = t.n, start
	if t.days != 0 { // nightly
		g = p.group('d')
		g.begin(start)
		g.dayEnd = start
		p.addDays(g, t.days, true, p.joined)
	}
	return nil
}

// inItem reads in the evening, in July and in a month.
func (p *parser) inItem() *ParseError {
	start := p.i
	j := p.skipFillers(start + 1)
	switch t := p.tokens[j]; {
	case t.kind == tokenPart:
		p.i = j
		return p.partItem()
	case t.kind == tokenMonth:
		p.i = j
		return p.months()
	case t.kind == tokenUnit && (t.n == unitMonth || t.n == unitYear):
		p.i = j
		return p.unit()
	case t.kind == tokenEvery && p.tokens[j+1].kind == tokenUnit:
		p.i = j
		return nil
	case t.kind == tokenUnit && t.n == unitWeek && (p.word(j-1) == "a" || p.word(j-1) == "an") && !p.here.Today.IsZero() && p.flush() == nil: // in a week
		p.i = j + 1
		return p.addDates([]rawDate{raw(p.here.Today.Add(7*max(1, t.size)), start, j)}, start)
	case t.kind == tokenNumber && t.n > 0 && t.n <= 366 && p.tokens[j+1].kind == tokenUnit && !p.here.Today.IsZero(): // in 2 days
		u := p.tokens[j+1]
		days := map[int]int{unitDay: t.n, unitWeek: 7 * t.n * max(1, u.size)}[u.n]
		if days == 0 || p.flush() != nil {
			break
		}
		p.i = j + 2
		return p.addDates([]rawDate{raw(p.here.Today.Add(days), start, j+1)}, start)
	}
	return p.fail(FaultWord, start, start, "")
}

// exceptItem reads days that are left out: daily except sunday.
func (p *parser) exceptItem() *ParseError {
	start := p.i
	j := p.skipFillers(start + 1)
	for k := p.tokens[j].kind; k == tokenFor || k == tokenFrom || k == tokenExcept; k = p.tokens[j].kind { // apart from, but not
		j = p.skipFillers(j + 1)
	}
	if p.tokens[j].kind != tokenDays {
		return p.fail(FaultWord, start, min(j, len(p.tokens)-1))
	}
	g := p.current()
	if g == nil || g.except != 0 {
		return p.fail(FaultDays, start, j)
	}
	g.exceptAt = start
	for {
		p.i = j
		days, err := p.daySet()
		if err != nil {
			return err
		}
		g.except |= days
		for j = p.i; p.tokens[j].kind == tokenAnd || p.tokens[j].kind == tokenFiller; j++ {
		}
		if j == p.i || p.tokens[j].kind != tokenDays {
			return nil
		}
	}
}

// fromItem reads the first day.
func (p *parser) fromItem() *ParseError {
	start := p.i
	j := p.skipFillers(start + 1)
	t := p.tokens[j]
	after := p.tokens[j+min(1, len(p.tokens)-1-j)]
	if dash := after.kind == tokenDash || after.kind == tokenUntil; dash && (t.kind == tokenDays || p.timeish(j) && t.kind != tokenDotted || t.kind == tokenMonth) {
		p.i = j // from monday to friday
		return nil
	}
	if t.kind == tokenTime && (t.n < 2020 || t.n >= 2100) { // from 18:00
		p.i = j
		return nil
	}
	if t.kind == tokenEnd {
		return p.fail(FaultDate, start, start)
	}
	days, end, err := p.boundDay(j)
	if err != nil {
		return err
	}
	if len(days) > 1 {
		return p.ask(FaultOther, j, end-1, spellDays(days)...)
	}
	switch {
	case p.fromAt != 0:
		return p.fail(FaultDays, start, end-1)
	case days[0].Year > 2999:
		return p.fail(FaultDate, j, end-1)
	}
	p.from, p.fromAt, p.fromEnd, p.i = days[0], start+1, end-1, end
	p.bound()
	if p.peek().kind == tokenDash { // from 1 jan to 31 mar
		p.tokens[p.i].kind = tokenUntil
	}
	return nil
}

// bound notes which complete group stood before a first or a last day.
func (p *parser) bound() {
	if g := p.current(); g != nil && g.first == 'd' && g.last == 't' {
		p.untilIn = len(p.groups)
	}
}

// boundWeekday reads mon 7 dec, or the next Monday.
func (p *parser) boundWeekday(i int) ([]Date, int, *ParseError) {
	t, today := p.tokens[i], p.here.Today
	if today.IsZero() {
		return nil, i, p.fail(FaultDate, i, i)
	}
	j := p.skipFillers(i + 1)
	if days, end, err := p.day(j); err == nil && p.tokens[j].kind != tokenNext {
		if !(part{days: t.days}).onWeekday(days[0].days()) {
			return nil, i, p.fail(FaultWeekday, i, end-1)
		}
		return days, end, nil
	}
	day := today
	for !(part{days: t.days}).onWeekday(day.days()) {
		day = day.Add(1)
	}
	return []Date{day}, i + 1, nil
}

// boundDay reads a first or a last day. A date that was not long ago may be that
// of this year or of the next.
func (p *parser) boundDay(i int) ([]Date, int, *ParseError) {
	t, today := p.tokens[i], p.here.Today
	if t.kind == tokenDays && one(t.days) {
		return p.boundWeekday(i)
	}
	if t.kind == tokenOrdinal && t.n > 0 && !today.IsZero() {
		if dates, _, _ := p.namedDates(i); len(dates) == 0 {
			for day := today; ; day = day.Add(1) {
				if day.Day == t.n {
					return []Date{day}, i + 1, nil
				}
			}
		}
	}
	if t.kind == tokenMonth && !today.IsZero() {
		if dates, _, _ := p.namedDates(i); len(dates) == 0 {
			year, end := p.year(i + 1)
			day, ok := p.resolveDate(rawDate{day: 1, month: t.n, year: year})
			if ok {
				return []Date{day}, end, nil
			}
		}
	}
	days, end, err := p.day(i)
	if err != nil {
		return days, end, err
	}
	yearless := true
	for _, t := range p.tokens[i:end] {
		yearless = yearless && t.kind != tokenRelative && t.kind != tokenNext && t.kind != tokenThis && t.date.IsZero() && t.n < 2000
	}
	if d := days[0]; len(days) == 1 && yearless && d.days()-today.days() > 300 {
		if ago := (Date{d.Year - 1, d.Month, d.Day}); ago.valid() {
			return []Date{ago, d}, end, nil
		}
	}
	return days, end, nil
}

// untilItem reads the last day.
func (p *parser) untilItem() *ParseError {
	start := p.i
	j := p.skipFillers(start + 1)
	if u := p.tokens[j]; u.kind == tokenUnit && u.n == unitEnd {
		j = p.skipFillers(j + 1)
		if u := p.tokens[j]; u.kind == tokenUnit && !p.here.Today.IsZero() && p.untilAt == 0 && (u.n == unitMonth || u.n == unitYear) {
			return p.untilEnd(start, j)
		}
	}
	if p.tokens[j].kind == tokenEnd {
		return p.fail(FaultDate, start, start)
	}
	days, end, err := p.boundDay(j)
	if err != nil {
		return err
	}
	if t := p.tokens[j]; t.kind == tokenMonth {
		if dates, _, _ := p.namedDates(j); len(dates) == 0 { // until june: all of it
			days[0].Day = daysIn(days[0])
		}
	}
	if len(days) > 1 {
		return p.ask(FaultOther, j, end-1, spellDays(days)...)
	}
	if p.untilAt != 0 {
		return p.fail(FaultDays, start, end-1)
	}
	p.until, p.untilAt, p.i = days[0], start+1, end
	p.bound()
	return nil
}

// untilEnd reads the end of this month or this year.
func (p *parser) untilEnd(start, at int) *ParseError {
	last := Date{p.here.Today.Year, time.December, 31}
	if p.tokens[at].n == unitMonth {
		last = Date{last.Year, p.here.Today.Month, daysIn(p.here.Today)}
	}
	p.until, p.untilAt, p.i = last, start+1, at+1
	p.bound()
	return nil
}

// forItem reads a length, or how many weeks a rule runs.
func (p *parser) forItem() *ParseError {
	start := p.i
	j := p.skipFillers(start + 1)
	if p.tokens[j].kind == tokenNext && p.tokens[j+1].kind == tokenNumber { // the next 8 weeks
		j++
	}
	t, u := p.tokens[j], p.tokens[min(j+1, len(p.tokens)-1)]
	switch {
	case t.kind == tokenLength, t.kind == tokenHour && p.current() != nil && p.current().last == 't':
		p.i = j
		if t.kind == tokenHour {
			p.i++
			return p.setLength(t.length+p.minutesMore(t.length), j, p.i-1)
		}
		return nil
	case t.kind == tokenNumber && u.kind == tokenUnit && u.n <= unitHour:
		p.i = j
		return p.lengthItem()
	case t.kind == tokenUnit && t.n == unitHour: // for an hour
		p.i = j + 1
		return p.setLength(time.Hour, start, j)
	case t.kind == tokenNumber && u.kind == tokenUnit && (u.n == unitMonth || u.n == unitYear) && p.untilAt == 0 && t.n >= 1 && t.n <= 36:
		p.untilAt, p.i = start+1, j+2
		p.monthsOn = t.n * map[int]int{unitMonth: 1, unitYear: 12}[u.n]
		p.bound()
		return nil
	case t.kind == tokenNumber && u.kind == tokenUnit && (u.n == unitWeek || u.n == unitDay) && p.untilAt == 0 && t.n >= 1 && t.n <= 520:
		p.untilAt, p.i = start+1, j+2
		p.weeks = t.n
		if u.n == unitWeek {
			p.weeks *= 7 * max(1, u.size)
		}
		p.bound()
		return nil
	}
	return p.fail(FaultWord, start, min(j, len(p.tokens)-1), "")
}
