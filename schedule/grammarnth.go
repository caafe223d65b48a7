package schedule

import (
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
		e := p.ask(FaultWord, start, p.i)
		if t.n == 2 && p.next(1).kind == tokenDays {
			e.instead = []string{"second and last", "third", "fourth"}
		}
		return e
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
