package schedule

import (
	"time"
)

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
	case t.n == unitMonth && next.kind == tokenDash && p.next(2).kind == tokenUnit && p.next(2).n == unitEnd: // month-end
		p.i += 3
		return p.endOfMonth(start)
	}
	return p.unitAlone(start, t, next)
}

// unitAlone reads a unit by what it says of the whole rule, or of a length.
func (p *parser) unitAlone(start int, t, next piece) *ParseError {
	switch {
	case t.n == unitMonth && start > 0:
		p.i++
		p.monthly = start + 1
		return nil
	case t.n == unitHour && start > 0 && p.current() != nil && p.current().last == 't' && (p.word(start-1) == "an" || p.word(start-1) == "a"): // 18:00 an hour
		p.i++
		return p.setLength(time.Hour, start-1, start)
	case t.n == unitQuarter && start > 0:
		p.i++
		p.quarters = true
		return p.setStep(3, start, start)
	case t.n == unitYear && start > 0:
		p.i++
		p.yearly = start + 1
		return nil
	case t.n == unitWeek && t.size > 0:
		p.i++
		return p.setEvery(t.size, false, start, start)
	case t.n == unitWeek && next.kind == tokenNumber && next.n >= 1 && next.n < len(nths): // week 1
		return p.fail(FaultWord, start, start+1, nths[next.n]+" week")
	case t.n == unitWeek && p.word(start+1) == "a": // week A
		return p.fail(FaultWord, start, start+1, "every 2 weeks")
	}
	return p.fail(FaultWord, start, start)
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
