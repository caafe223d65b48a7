package schedule

import (
	"strconv"
	"time"
)

// setLength notes how long it is from a start to its end: the same for all.
func (p *parser) setLength(d time.Duration, from, to int) *ParseError {
	if d <= 0 || p.length != 0 && p.length != d {
		return p.fail(FaultSpan, from, to)
	}
	p.length, p.lengthSeen = d, p.said(from, to)
	return nil
}

// hourLength reads 1h30 behind a time as a length. It asks where that is not
// certain, and is not done where it is a time.
func (p *parser) hourLength() (done bool, err *ParseError) {
	t, g := p.peek(), p.current()
	if g == nil || g.last != 't' || p.i == 0 || p.next(1).kind == tokenDash || p.next(1).kind == tokenUntil {
		return false, nil
	}
	before := p.tokens[p.i-1]
	if w := p.word(p.i - 1); w == "at" || w == "@" || before.kind == tokenHour && before.length > possibleHours && t.length > certainHours {
		return false, nil
	}
	if t.length > possibleHours || p.hoursListed() {
		return false, nil
	}
	switch {
	case t.length <= certainHours && !p.joined:
		p.i++
		return true, p.setLength(t.length+p.minutesMore(t.length), p.i-1, p.i-1)
	case t.length <= certainHours || !p.joined:
		return true, p.ask(FaultTime, p.i, p.i, strconv.Itoa(int(t.length.Minutes()))+"min", t.clock.String())
	}
	return false, nil
}

// hoursListed reports whether the token is one of three or more of its kind in a
// row: 9h 12h 18h are times.
func (p *parser) hoursListed() bool {
	n := 1
	for i := p.i - 1; i >= 0 && p.tokens[i].kind == tokenHour; i-- {
		n++
	}
	for i := p.i + 1; p.tokens[i].kind == tokenHour; i++ {
		n++
	}
	return n > 2
}

// minutesMore reads the minutes behind whole hours: 1h 30min.
func (p *parser) minutesMore(hours time.Duration) time.Duration {
	t := p.peek()
	if hours%time.Hour != 0 || t.kind != tokenNumber || t.n < 1 || t.n > 59 {
		return 0
	}
	if u := p.next(1); u.kind == tokenUnit && u.n == unitMinute {
		p.i++
	} else if t.n < 10 {
		return 0
	}
	p.i++
	return time.Duration(t.n) * time.Minute
}

// lengthItem reads a number of minutes or hours.
func (p *parser) lengthItem() *ParseError {
	start, t, u := p.i, p.peek(), p.next(1)
	p.i += 2
	d := time.Duration(t.n) * time.Minute
	if u.n == unitHour {
		d *= 60
		d += p.minutesMore(d)
	}
	return p.setLength(d, start, p.i-1)
}
