package schedule

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// ordinal reads which day of the month, or which date.
func (p *parser) ordinal() *ParseError {
	if done, err := p.datesItem(); done {
		return err
	}
	start, t := p.i, p.peek()
	if p.nths == 0 && !p.lastDay {
		p.nthAt = start
	}
	p.i++
	next := p.peek()
	switch {
	case next.kind == tokenUnit && next.n == unitDay && (!next.plain || t.n == 0):
		return p.nthDay(start, t)
	case next.kind == tokenUnit && next.n == unitWeek && t.n <= 5:
		p.i++
		p.week = true
	case next.kind == tokenNumber && t.plain && t.n == 1 && next.n >= 2 && next.n <= 5 && p.next(1).kind == tokenDays: // first 2 mondays
		p.i++
		p.nths |= 1<<(next.n+1) - 1<<1
		return nil
	case t.plain && t.n >= 2 && p.secondLast(start):
		return p.fail(FaultWord, start, p.i)
	case next.kind == tokenDash && p.next(1).kind == tokenOrdinal && p.next(1).n > t.n && t.n > 0: // 1st-7th
		for n := t.n; n <= p.next(1).n; n++ {
			p.nths |= 1 << n
		}
		p.i += 2
		return nil
	}
	if t.n > 5 && t.plain {
		return p.fail(FaultWord, start, start, ordinal(t.n))
	}
	p.nths |= 1 << t.n
	return nil
}

// secondLast reports whether "last" follows an ordinal, as in second to last:
// people say that for the one before the last. The rule of the second and the
// last is stored so, too.
func (p *parser) secondLast(start int) bool {
	if p.here.Today.IsZero() && p.here.Country == "" {
		return false
	}
	j := p.i
	if p.tokens[j].kind == tokenDash {
		j++
	}
	if t := p.tokens[j]; t.kind != tokenOrdinal || t.n != 0 || p.nths != 0 && start != p.nthAt {
		return false
	}
	p.i = j
	return true
}

// nthDay reads the first day of the month, or of the week.
func (p *parser) nthDay(start int, t piece) *ParseError {
	p.i++
	j := p.skipFillers(p.i)
	if p.tokens[j].kind == tokenEvery {
		j++
	}
	if u := p.tokens[j]; u.kind == tokenUnit && u.n == unitWeek {
		if t.n != 1 || p.nths != 0 {
			return p.fail(FaultDate, start, j)
		}
		p.i = j + 1
		g := p.group('d')
		g.begin(start)
		g.dayEnd = j
		p.addDays(g, 1<<time.Monday, false, p.joined)
		return nil
	}
	if t.n == 0 {
		p.lastDay = true
		return nil
	}
	p.nths |= 1 << t.n
	if t.plain {
		return p.flush()
	}
	return nil
}

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
	if t := p.next(1); t.kind == tokenUnit { // next week
		return p.fail(FaultDate, start, start+1)
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

// day reads one day of the calendar, in any way to write it: several if the text
// does not say which. It refuses what is none.
func (p *parser) day(i int) (days []Date, end int, err *ParseError) {
	today := p.here.Today
	t := p.tokens[i]
	if dates, end, _ := p.namedDates(i); len(dates) == 1 {
		return p.oneDay(dates[0], i, end)
	}
	switch t.kind {
	case tokenDate:
		if t.date.IsZero() {
			return p.oneDay(rawDate{t.n, t.m, 0, i, i}, i, i+1)
		}
		if !t.swapped.IsZero() {
			return []Date{t.date, t.swapped}, i + 1, nil
		}
		return []Date{t.date}, i + 1, nil
	case tokenDotted:
		return p.oneDay(rawDate{t.n, t.m, 0, i, i}, i, i+1)
	case tokenNumber:
		if p.said(i+1, i+1) == "/" && p.tokens[i+2].kind == tokenNumber {
			return p.slashDay(i)
		}
	}
	if today.IsZero() {
		return nil, i, p.fail(FaultDate, i, i)
	}
	return p.relativeDay(i)
}

// oneDay returns the day that a date without a year is next.
func (p *parser) oneDay(d rawDate, i, end int) ([]Date, int, *ParseError) {
	day, ok := p.resolveDate(d)
	if !ok || !day.valid() {
		return nil, i, p.fail(FaultDate, i, end-1)
	}
	return []Date{day}, end, nil
}

// slashDay reads 24/12 and 12/24, and leaves open what 3/4 is.
func (p *parser) slashDay(i int) ([]Date, int, *ParseError) {
	a, b := p.tokens[i].n, p.tokens[i+2].n
	var days []Date
	for _, d := range []rawDate{{day: a, month: b}, {day: b, month: a}} {
		if d.month < 1 || d.month > 12 || d.day < 1 || d.day > 31 || a == b && len(days) == 1 {
			continue
		}
		if day, ok := p.resolveDate(d); ok {
			days = append(days, day)
		}
	}
	if len(days) == 0 {
		return nil, i, p.fail(FaultDate, i, i+2)
	}
	return days, i + 3, nil
}

// relativeDay reads a day that is said from today on.
func (p *parser) relativeDay(i int) ([]Date, int, *ParseError) {
	today, t := p.here.Today, p.tokens[i]
	next := p.tokens[i+1]
	switch {
	case t.kind == tokenRelative:
		return []Date{today.Add(t.n)}, i + 1, nil
	case t.kind == tokenThis && next.kind == tokenUnit && next.n == unitWeek:
		return []Date{today}, i + 2, nil
	case t.kind == tokenNext && next.kind == tokenUnit && next.n == unitWeek:
		return []Date{dateOn(7*(week(today.days())+1) - 3)}, i + 2, nil
	case t.kind == tokenNext && next.kind == tokenUnit && next.n == unitMonth:
		return []Date{dateOn((Date{today.Year, today.Month + 1, 1}).days())}, i + 2, nil
	case (t.kind == tokenThis || t.kind == tokenNext) && next.kind == tokenDays && one(next.days):
		day := today
		if t.kind == tokenNext {
			day = today.Add(1)
		}
		for !(part{days: next.days}).onWeekday(day.days()) {
			day = day.Add(1)
		}
		if t.kind == tokenNext && week(day.days()) == week(today.days()) { // this one, or that of next week
			return []Date{day, day.Add(7)}, i + 2, nil
		}
		return []Date{day}, i + 2, nil
	}
	return nil, i, p.fail(FaultDate, i, i)
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
	months := uint16(0)
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
	g := p.modified()
	if g.months != 0 || len(p.groups) > 1 && g.last == 't' {
		return p.fail(FaultDays, start, p.i-1)
	}
	g.months, g.monthAt = months, start
	return nil
}

// number reads a number by what stands beside it: of a date, of weeks, of a
// length, or an hour.
func (p *parser) number() *ParseError {
	if done, err := p.datesItem(); done {
		return err
	}
	start, t, next := p.i, p.peek(), p.next(1)
	g := p.current()
	switch {
	case p.said(start+1, start+1) == "/" && p.next(2).kind == tokenNumber && p.next(3).kind != tokenAnd && !p.timesFollow(start+2):
		if t.n == 24 && p.next(2).n == 7 {
			return p.fail(FaultWord, start, start+2, "daily")
		}
		return p.once()
	case next.kind == tokenUnit && next.n <= unitHour && g != nil && len(g.times) > 0:
		return p.lengthItem()
	case next.kind == tokenUnit && next.n == unitMinute:
		return p.lengthItem()
	case next.kind == tokenOften && next.n == unitWeek:
		p.i += 2
		return p.setEvery(t.n*max(1, next.size), false, start, p.i-1)
	case next.kind == tokenTimes:
		p.i += 2
		return p.count(t.n, start)
	case next.kind == tokenUnit && next.n > unitHour:
		return p.daysAWeek(t, start)
	case p.monthly > 0 && t.n <= 31 && !t.plain && (g == nil || g.first == 0) && p.nths == 0:
		p.nths, p.nthAt = 1<<t.n, start
		p.i++
		return p.flush()
	}
	return p.times()
}

// timesFollow reports whether a list of numbers ends in a time: 6/7pm.
func (p *parser) timesFollow(i int) bool {
	for p.tokens[i].kind == tokenNumber || p.tokens[i].kind == tokenAnd {
		i++
	}
	return p.tokens[i-1].kind == tokenAnd && p.tokens[i].kind == tokenTime && p.tokens[i].half && !p.tokens[i].plain
}

// daysAWeek reads 3 days a week.
func (p *parser) daysAWeek(t piece, start int) *ParseError {
	if p.next(1).n != unitDay {
		return p.fail(FaultWord, start, start+1)
	}
	p.i += 2
	j := p.skipFillers(p.i)
	if u := p.tokens[j]; j > p.i && u.kind == tokenUnit && u.n == unitWeek {
		p.i = j + 1
		p.counts = append(p.counts, count{t.n, unitWeek, start, j})
		return nil
	}
	return p.fail(FaultWord, start, p.i-1)
}

// count reads how often a day, a week or a month something is.
func (p *parser) count(n, start int) *ParseError {
	j := p.i
	for p.tokens[j].kind == tokenFiller || p.tokens[j].kind == tokenAnd || p.tokens[j].kind == tokenEvery {
		j++
	}
	switch u := p.tokens[j]; {
	case u.kind == tokenUnit && u.n >= unitDay && u.n <= unitYear:
		p.i = j + 1
		p.counts = append(p.counts, count{n, u.n, start, j})
		return nil
	case u.kind == tokenOften && u.n == unitWeek && u.size == 0, u.kind == tokenOften && u.n == unitMonth:
		p.i = j + 1
		p.counts = append(p.counts, count{n, u.n, start, j})
		return nil
	case u.kind == tokenDays && u.days == allDays && u.group: // twice daily
		p.counts = append(p.counts, count{n, unitDay, start, j})
		return nil
	}
	return p.fail(FaultWord, start, max(start, p.i-1), "")
}

// twice reads once a month, and the once before every two weeks.
func (p *parser) twice() *ParseError {
	start, t := p.i, p.peek()
	p.i++
	if t.n == 1 {
		j := p.skipFillers(p.i)
		if k := p.tokens[j].kind; k == tokenEvery || k == tokenOften && p.tokens[j].n == unitWeek {
			return nil
		}
	}
	return p.count(t.n, start)
}

// nthWordOf writes which of so many, as 3rd or third.
func (p *parser) nthWordOf(t piece) string {
	if t.kind == tokenOrdinal && !t.plain {
		return ordinal(t.n)
	}
	if t.n >= 1 && t.n < len(nths) {
		return nths[t.n]
	}
	return strconv.Itoa(t.n)
}

// without returns the text with other words in place of some.
func (p *parser) without(from, to int, instead string) string {
	return strings.Join(strings.Fields(p.text[:p.tokens[from].at]+" "+instead+" "+p.text[p.tokens[to].end:]), " ")
}
