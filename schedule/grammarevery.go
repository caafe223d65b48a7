package schedule

import (
	"fmt"
	"strconv"
)

// everyItem reads every: with days, with a number of days or weeks, or with
// what it adds nothing to.
func (p *parser) everyItem() *ParseError {
	start := p.i
	j := p.skipFillers(start + 1)
	t := p.tokens[j]
	unit := p.tokens[j+1]
	switch {
	case t.kind == tokenDash:
		return p.fail(FaultWeeks, start, min(j+2, len(p.tokens)-2))
	case t.kind == tokenOther:
		return p.other(start, j+1)
	case t.kind == tokenUnit:
		return p.everyUnit(start, j, 1)
	case (t.kind == tokenNumber || t.kind == tokenOrdinal && t.n > 1) && unit.kind == tokenFiller && p.word(j+1) == "of": // a couple of weeks
		unit = p.tokens[j+2]
		if unit.kind == tokenUnit {
			return p.everyUnit(start, j+2, t.n)
		}
	case t.kind == tokenNumber && unit.kind == tokenUnit:
		return p.everyUnit(start, j+1, t.n)
	case t.kind == tokenNumber && unit.kind == tokenDays, t.kind == tokenOrdinal && t.n > 1 && unit.kind == tokenDays && !p.ofMonth():
		return p.everyNth(start, j, t)
	case t.kind == tokenOrdinal && t.n > 1 && unit.kind == tokenUnit && unit.n == unitDay && !p.ofMonth():
		if !t.plain && t.n > 2 {
			return p.everyNthDay(start, j, t)
		}
		return p.everyUnit(start, j+1, t.n)
	case t.kind == tokenOrdinal && t.n > 1 && unit.kind == tokenUnit && unit.n != unitDay:
		return p.everyUnit(start, j+1, t.n)
	case t.kind == tokenMonth:
		if dates, _, _ := p.namedDates(j); len(dates) > 0 {
			p.yearly = start + 1
		}
	case t.kind == tokenNumber || t.kind == tokenOrdinal:
		if dates, _, _ := p.namedDates(j); len(dates) > 0 {
			p.yearly = start + 1
		} else if t.kind == tokenNumber {
			return p.fail(FaultWord, start, j)
		}
	case t.kind == tokenPart:
		p.i = j
		g := p.modified()
		if g.first == 0 {
			g = p.group('d')
			g.begin(start)
			g.dayEnd = j
			p.addDays(g, allDays, true, false)
		}
		return nil
	case t.kind == tokenOften, t.kind == tokenDays:
	case t.kind == tokenEnd, t.kind == tokenTime, t.kind == tokenFrom, t.kind == tokenAnd, t.kind == tokenUntil:
		return p.fail(FaultWord, start, start, "daily")
	}
	p.i = j
	return nil
}

// ofMonth reports whether the text speaks of months.
func (p *parser) ofMonth() bool {
	for _, t := range p.tokens {
		if (t.kind == tokenUnit || t.kind == tokenOften) && t.n == unitMonth {
			return true
		}
	}
	return false
}

// everyUnit reads every so many days, weeks, months or years.
func (p *parser) everyUnit(start, at, n int) *ParseError {
	unit := p.tokens[at]
	p.i = at + 1
	switch unit.n {
	case unitMinute, unitHour:
		return p.fail(FaultHours, start, at)
	case unitDay:
		if n == 1 {
			g := p.group('d')
			g.begin(start)
			g.dayEnd = at
			p.addDays(g, allDays, true, p.joined)
			return nil
		}
		return p.setEvery(n, true, start, at)
	case unitWeek:
		p.weekly = start + 1
		return p.setEvery(n*max(1, unit.size), false, start, at)
	case unitMonth:
		if n == 1 {
			p.monthly, p.monthlyEnd = start+1, at
			return nil
		}
		return p.setStep(n, start, at)
	case unitQuarter:
		p.quarters = true
		return p.setStep(3*n, start, at)
	case unitYear:
		if n == 1 {
			p.yearly = start + 1
			return nil
		}
	}
	return p.fail(FaultWord, start, at)
}

// setEvery notes that a group runs in one of so many days or weeks.
func (p *parser) setEvery(n int, daily bool, start, end int) *ParseError {
	if n < 1 || n > 52 && !daily || n > 366 {
		return p.fail(FaultWeeks, start, end)
	}
	g := p.modified()
	if g.everyAt != 0 {
		return p.fail(FaultDays, start, end)
	}
	g.every, g.daily, g.everyAt, g.everyEnd, g.everyLed = n, daily, start+1, end, g.first == 0
	return nil
}

// setStep notes that a rule runs in one of so many months.
func (p *parser) setStep(n, start, end int) *ParseError {
	if p.step != 0 || n < 2 || n > 12 || 12%n != 0 {
		return p.fail(FaultDays, start, end)
	}
	p.step, p.stepAt, p.stepEnd = n, start, end
	return nil
}

// other reads every other week, and alternate Mondays.
func (p *parser) other(start, j int) *ParseError {
	switch t := p.tokens[j]; {
	case t.kind == tokenUnit:
		return p.everyUnit(start, j, 2)
	case t.kind == tokenDays && t.days != allDays:
		p.i = j
		return p.setEvery(2, false, start, j-1)
	}
	return p.fail(FaultWord, start, j)
}

// everyNth refuses "every second Thursday", which can be one a month or one in
// two weeks.
func (p *parser) everyNth(start, at int, t piece) *ParseError {
	end := at + 1
	days := p.said(end, end)
	var texts []string
	if t.n >= 1 && t.n < len(nths) && t.kind == tokenOrdinal {
		texts = append(texts, p.without(start, end, p.nthWordOf(t)+" "+days))
	}
	weekly := p.without(start, end, fmt.Sprintf("every %d weeks %s", t.n, days))
	texts = append(texts, p.withFirsts(weekly, p.tokens[end].days, t.n)...)
	return p.asks(FaultOther, start, end, texts...)
}

// withFirsts returns a text with each first day that its weeks may be counted
// from, if it has none.
func (p *parser) withFirsts(text string, days uint8, weeks int) []string {
	for _, t := range p.tokens {
		if t.kind == tokenFrom {
			return []string{text}
		}
	}
	if p.here.Today.IsZero() {
		return nil
	}
	day := p.here.Today
	for days != 0 && !(part{days: days}).onWeekday(day.days()) {
		day = day.Add(1)
	}
	var all []string
	for range min(weeks, 3) {
		all = append(all, text+" from "+day.String())
		day = dateOn(7*(week(day.days())+1) - 3)
		for days != 0 && !(part{days: days}).onWeekday(day.days()) {
			day = day.Add(1)
		}
	}
	return all
}

// everyNthDay refuses "every 10th day", which can be a date or one in ten days.
func (p *parser) everyNthDay(start, at int, t piece) *ParseError {
	return p.ask(FaultOther, start, at+1, ordinal(t.n), "every "+strconv.Itoa(t.n)+" days")
}

// often reads weekly, monthly, yearly and their like.
func (p *parser) often() *ParseError {
	start, t := p.i, p.peek()
	p.i++
	switch t.n {
	case unitWeek:
		p.weekly = start + 1
		if t.size > 0 {
			return p.setEvery(t.size, false, start, start)
		}
	case unitMonth:
		p.monthly = start + 1
	case unitQuarter:
		p.quarters = true
		return p.setStep(3, start, start)
	case unitYear:
		p.yearly = start + 1
	default:
		return p.fail(FaultHours, start, start)
	}
	return nil
}

// unit reads a unit that stands alone: of the month, day 15, month end.
func (p *parser) unit() *ParseError {
	start, t := p.i, p.peek()
	next := p.next(1)
	switch {
	case t.n == unitDay && (next.kind == tokenNumber || next.kind == tokenOrdinal) && next.n >= 1 && !next.plain:
		return p.dayNumber()
	case t.n == unitWeek && next.kind == tokenUnit && next.n == unitDay: // week days
		return p.weekDays()
	case t.n == unitMonth && next.kind == tokenUnit && next.n == unitEnd:
		p.i += 2
		return p.endOfMonth(start)
	case t.n == unitEnd:
		j := p.skipFillers(start + 1)
		if p.tokens[j].kind == tokenEvery {
			j++
		}
		if u := p.tokens[j]; u.kind == tokenUnit && u.n == unitMonth {
			p.i = j + 1
			return p.endOfMonth(start)
		}
	case t.n == unitMonth && start > 0:
		p.i++
		p.monthly = start + 1
		return nil
	case t.n == unitYear && start > 0:
		p.i++
		p.yearly = start + 1
		return nil
	case t.n == unitWeek && t.size > 0:
		p.i++
		return p.setEvery(t.size, false, start, start)
	}
	return p.fail(FaultWord, start, start, "")
}

// dayNumber reads day 15.
func (p *parser) dayNumber() *ParseError {
	start, next := p.i, p.next(1)
	j := p.skipFillers(start + 2)
	if u := p.tokens[j]; u.kind == tokenUnit && u.n == unitWeek || next.n > 31 {
		if next.n <= 31 {
			return p.fail(FaultDate, start, j)
		}
		return p.fail(FaultDate, start, start+1)
	}
	if p.nths == 0 {
		p.nthAt = start
	}
	p.nths |= 1 << next.n
	p.i += 2
	return nil
}

// weekDays reads week days, in two words.
func (p *parser) weekDays() *ParseError {
	start := p.i
	days := workweek(p.here.Country)
	p.i += 2
	g := p.group('d')
	g.begin(start)
	p.at, g.dayEnd = p.i-1, p.i-1
	p.addDays(g, days, true, p.joined)
	return nil
}

// endOfMonth reads the last day of a month.
func (p *parser) endOfMonth(start int) *ParseError {
	if p.nths != 0 {
		return p.fail(FaultDays, start, p.i-1)
	}
	p.nthAt, p.lastDay, p.monthly = start, true, 0
	return nil
}
