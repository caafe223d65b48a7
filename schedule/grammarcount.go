package schedule

import (
	"slices"
	"strconv"
	"strings"
)

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
	case g != nil && g.last == 't' && !p.joined && t.n <= 10 && slices.Contains(hoursWords, p.word(start+1)): // 18:00 1 hr
		if t.n > 4 {
			return p.ask(FaultTime, start, start+1, strconv.Itoa(60*t.n)+"min", Clock(60*t.n).String())
		}
		p.tokens[start+1] = piece{kind: tokenUnit, n: unitHour, at: next.at, end: next.end}
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

// hoursWords stand behind an hour of the day, or behind how many of them.
var hoursWords = []string{"h", "hr", "hrs"}

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
		return p.fail(FaultWord, start, start+1, "for "+p.said(start, start+1))
	}
	p.i += 2
	j := p.skipFillers(p.i)
	if u := p.tokens[j]; j > p.i && u.kind == tokenUnit && u.n == unitWeek {
		p.i = j + 1
		p.counts = append(p.counts, count{t.n, unitWeek, start, j})
		return nil
	}
	if t.n == 7 {
		return p.fail(FaultWord, start, p.i-1, "daily")
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
		if u.n == unitYear {
			p.yearly = start + 1
		}
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
