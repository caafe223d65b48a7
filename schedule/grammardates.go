package schedule

import (
	"slices"
	"time"
)

// datesItem reads dates with the name of their month, if that is what is there:
// 24 Dec, December 24th, 24 and 31 Dec 2026.
func (p *parser) datesItem() (done bool, err *ParseError) {
	start := p.i
	dates, end, ranged := p.namedDates(p.i)
	if len(dates) == 0 {
		return false, nil
	}
	if err := p.flush(); err != nil {
		return true, err
	}
	p.i = end
	if ranged && len(dates) == 2 {
		return true, p.dateRange(dates[0], dates[1], start)
	}
	if k := p.peek().kind; k == tokenDash && len(dates) == 1 { // 24 dec to 2 jan
		if last, end, _ := p.namedDates(p.i + 1); len(last) == 1 {
			p.i = end
			return true, p.dateRange(dates[0], last[0], start)
		}
	}
	return true, p.addDates(dates, start)
}

// namedDates reads days of a month with its name, before or after them. Two of
// them may be a range.
func (p *parser) namedDates(i int) (dates []rawDate, end int, ranged bool) {
	if p.tokens[i].kind == tokenMonth {
		month := p.tokens[i].n
		days, j, ranged := p.dayList(p.skipFillers(i + 1))
		if len(days) == 0 || p.tokens[i+1].kind == tokenFiller && p.word(i+1) != "the" && p.word(i+1) != "." {
			return nil, 0, false
		}
		year, j := p.year(j)
		for _, d := range days {
			dates = append(dates, rawDate{d, month, year, i, j - 1})
		}
		return dates, j, ranged
	}
	days, j, ranged := p.dayList(i)
	if j = p.skipFillers(j); len(days) == 0 || p.tokens[j].kind != tokenMonth {
		return nil, 0, false
	}
	month := p.tokens[j].n
	year, j := p.year(j + 1)
	for _, d := range days {
		dates = append(dates, rawDate{d, month, year, i, j - 1})
	}
	return dates, j, ranged
}

// dayList reads days of a month, joined or with one dash between.
func (p *parser) dayList(i int) (days []int, end int, ranged bool) {
	for {
		t := p.tokens[i]
		if (t.kind != tokenNumber || t.plain) && t.kind != tokenOrdinal || t.n < 1 || t.n > 31 {
			return days, i, ranged
		}
		days = append(days, t.n)
		i++
		j := i
		for p.tokens[j].kind == tokenAnd || p.tokens[j].kind == tokenFiller && p.word(j) == "the" {
			j++
		}
		if p.tokens[j].kind == tokenDash && len(days) == 1 {
			j, ranged = j+1, true
		} else if ranged {
			return days, i, true
		}
		if t := p.tokens[j]; j == i || t.kind != tokenNumber && t.kind != tokenOrdinal || p.lengthUnit(j+1) {
			return days, i, ranged && len(days) > 1
		}
		i = j
	}
}

// year reads the year behind a date, 0 if there is none.
func (p *parser) year(i int) (year, end int) {
	j := p.skipFillers(i)
	if t := p.tokens[j]; t.kind == tokenAnd && t.plain {
		j++
	}
	if t := p.tokens[j]; (t.kind == tokenTime || t.kind == tokenNumber) && t.n >= 2020 && t.n < 2100 && t.end-t.at == 4 {
		return t.n, j + 1
	}
	return 0, i
}

// addDates adds dates to a group.
func (p *parser) addDates(dates []rawDate, start int) *ParseError {
	for _, d := range dates {
		year := d.year
		if year == 0 {
			year = 2028 // which has a 29 February
		}
		if !(Date{year, time.Month(d.month), d.day}).valid() {
			return p.fail(FaultDate, d.at, d.end)
		}
	}
	joined := p.joined && !p.comma
	g := p.group('d')
	g.begin(start)
	if slices.ContainsFunc(g.specs, part.weekly) && !joined {
		g.dateAlone = true
	}
	g.dates, g.dayEnd = append(g.dates, dates...), p.i-1
	p.at = -1
	return nil
}

// dateRange reads every day from one date to another.
func (p *parser) dateRange(first, last rawDate, start int) *ParseError {
	a, ok := p.resolveDate(first)
	b, ok2 := p.resolveDate(last)
	if last.year == 0 && ok && ok2 && b.Before(a) {
		b.Year++
	}
	if first.year == 0 && last.year != 0 && ok2 {
		a.Year = b.Year
	}
	if !ok || !ok2 || !a.valid() || !b.valid() || b.Before(a) || p.fromAt != 0 || p.untilAt != 0 {
		return p.fail(FaultDate, start, p.i-1)
	}
	p.from, p.until = a, b
	p.fromAt, p.untilAt, p.fromEnd = start+1, start+1, p.i-1
	g := p.group('d')
	g.dayEnd = p.i - 1
	if len(g.specs) == 0 {
		p.addDays(g, allDays, true, false)
	}
	return nil
}

// resolveDate gives a date its year: the next time that it comes. It is not ok
// without a day to count from.
func (p *parser) resolveDate(d rawDate) (Date, bool) {
	if d.year != 0 {
		return Date{d.year, time.Month(d.month), d.day}, true
	}
	if p.here.Today.IsZero() {
		return Date{}, false
	}
	for y := p.here.Today.Year; y < p.here.Today.Year+9; y++ {
		if at := (Date{y, time.Month(d.month), d.day}); at.valid() && !at.Before(p.here.Today) {
			return at, true
		}
	}
	return Date{}, false
}

// once reads days that come once.
func (p *parser) once() *ParseError {
	start := p.i
	if err := p.flush(); err != nil {
		return err
	}
	if t := p.peek(); t.kind == tokenRelative && t.size > 0 {
		p.modified().part, p.current().partAt = t.size, start
	}
	if t := p.peek(); t.kind == tokenThis && p.next(1).kind == tokenPart { // this evening
		p.tokens[p.i] = piece{kind: tokenRelative, at: t.at, end: t.end}
	}
	if t := p.next(1); t.kind == tokenUnit || t.kind == tokenDays && t.days == weekend { // next week
		return p.ask(FaultDate, start, start+1, p.spell(start)...)
	}
	days, end, err := p.day(p.i)
	if err != nil {
		return err
	}
	p.i = end
	if len(days) > 1 {
		return p.ask(FaultOther, start, end-1, spellDays(days)...)
	}
	first := raw(days[0], start, end-1)
	if t := p.tokens[start]; t.kind == tokenDate && t.date.IsZero() || t.kind == tokenDotted {
		first = rawDate{t.n, t.m, 0, start, end - 1}
	}
	if k := p.peek().kind; k == tokenDash && (p.next(1).kind == tokenDate || p.next(1).kind == tokenDotted) {
		last, end, err := p.day(p.i + 1)
		if err != nil || len(last) != 1 {
			return p.fail(FaultDate, start, p.i+1)
		}
		p.i = end
		return p.dateRange(first, raw(last[0], start, end-1), start)
	}
	return p.addDates([]rawDate{first}, start)
}

func raw(d Date, at, end int) rawDate { return rawDate{d.Day, int(d.Month), d.Year, at, end} }

func spellDays(days []Date) (words []string) {
	for _, d := range days {
		words = append(words, d.String())
	}
	return words
}

// month reads months, or the day of one that stands behind it.
func (p *parser) month() *ParseError {
	if done, err := p.datesItem(); done {
		return err
	}
	start := p.i
	if p.word(start) == "mar" && (start == 0 || p.tokens[start-1].kind != tokenIn && p.tokens[start-1].kind != tokenMonth && p.tokens[start-1].kind != tokenAnd) {
		return p.ask(FaultOther, start, start, "tuesday", "daily in march")
	}
	return p.months()
}

// months reads the months in which a rule runs.
func (p *parser) months() *ParseError {
	if p.nths != 0 || p.lastDay { // 15th in jan
		if err := p.flush(); err != nil {
			return err
		}
	}
	start := p.i
	months := p.monthSet()
	g := p.modified()
	if g.months != 0 || len(p.groups) > 1 && g.last == 't' {
		return p.fail(FaultDays, start, p.i-1)
	}
	g.months, g.monthAt = months, start
	return nil
}

// monthSet reads months with dashes or and between.
func (p *parser) monthSet() (months uint16) {
	for {
		first := p.peek().n
		last := first
		p.i++
		if k := p.peek().kind; (k == tokenDash || k == tokenUntil) && p.next(1).kind == tokenMonth {
			last = p.next(1).n
			p.i += 2
		}
		for m := first; ; m = m%12 + 1 {
			months |= 1 << m
			if m == last {
				break
			}
		}
		j := p.i
		for p.tokens[j].kind == tokenAnd {
			j++
		}
		if _, _, dated := p.namedDates(j); p.tokens[j].kind != tokenMonth || dated {
			break
		}
		if dates, _, _ := p.namedDates(j); len(dates) > 0 {
			break
		}
		p.i = j
	}
	return months
}
