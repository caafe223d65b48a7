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
	switch {
	case t.kind == tokenDash:
		return p.fail(FaultWeeks, start, min(j+2, len(p.tokens)-2), p.said(start, start)+" "+p.said(min(j+1, len(p.tokens)-2), min(j+2, len(p.tokens)-2)))
	case t.kind == tokenOther:
		return p.other(start, j+1)
	case t.kind == tokenUnit && t.n == unitWeek && p.word(start) == "all": // all week
		p.tokens[j] = piece{kind: tokenUnit, n: unitDay, at: t.at, end: t.end}
		return p.everyUnit(start, j, 1)
	case t.kind == tokenUnit:
		return p.everyUnit(start, j, 1)
	case t.kind == tokenLength: // half an hour
		return p.everyLength(t, start, j)
	case t.kind == tokenMonth, t.kind == tokenNumber, t.kind == tokenOrdinal:
		if dates, _, _ := p.namedDates(j); len(dates) > 0 {
			p.yearly = start + 1
		} else if t.kind != tokenMonth {
			return p.everyNumber(start, j)
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

// everyNumber reads every with a number: of days, weeks or months, or of which
// weekday.
func (p *parser) everyNumber(start, j int) *ParseError {
	t, unit := p.tokens[j], p.tokens[j+1]
	nth := t.kind == tokenOrdinal && t.n > 1
	at := j + 1
	if (t.kind == tokenNumber || nth) && unit.kind == tokenFiller && p.word(j+1) == "of" && p.tokens[j+2].kind == tokenUnit { // a couple of weeks
		unit, at = p.tokens[j+2], j+2
	}
	switch {
	case t.kind == tokenNumber && unit.kind == tokenUnit:
		return p.everyUnit(start, at, t.n)
	case t.kind == tokenNumber && unit.kind == tokenDays, nth && unit.kind == tokenDays && !p.ofMonth():
		return p.everyNth(start, j, t)
	case nth && unit.kind == tokenUnit && unit.n == unitDay && at == j+1 && !p.ofMonth():
		if !t.plain && t.n > 2 {
			return p.everyNthDay(start, j, t)
		}
		return p.everyUnit(start, at, t.n)
	case nth && unit.kind == tokenUnit && unit.n != unitDay && at == j+1:
		return p.everyUnit(start, at, t.n)
	case t.kind == tokenNumber:
		return p.fail(FaultWord, start, j)
	}
	p.i = j
	return nil
}

// everyLength refuses every half hour.
func (p *parser) everyLength(t piece, start, end int) *ParseError {
	e := p.fail(FaultHours, start, end)
	e.try = p.hoursText(int(t.length.Minutes()), start, end)
	return e
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
		e := p.fail(FaultHours, start, at)
		e.try = p.hoursText(n*(1+59*unit.n), start, at)
		return e
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
		e := p.fail(FaultHours, start, start)
		e.try = p.hoursText(30+30*t.n, start, start)
		return e
	}
	return nil
}
