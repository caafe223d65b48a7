package schedule

import (
	"strconv"
	"time"
)

const (
	// certainHours and possibleHours bound how long a length such as 1h30 is
	// taken for one.
	certainHours  = 4 * time.Hour
	possibleHours = 10 * time.Hour
)

// timeish reports whether a token can be a time of day.
func (p *parser) timeish(i int) bool {
	switch t := p.tokens[i]; t.kind {
	case tokenTime, tokenDotted, tokenHour:
		return true
	case tokenNumber:
		return !p.lengthUnit(i+1) && t.n < 2400
	}
	return false
}

// dated reports whether a date begins with a token: 24 dec, 24/12.
func (p *parser) dated(i int) bool {
	dates, _, _ := p.namedDates(i)
	return len(dates) > 0 || p.tokens[i].kind == tokenNumber && p.said(i+1, i+1) == "/" && p.tokens[i+2].kind == tokenNumber
}

// lengthUnit reports whether a token is minutes or hours.
func (p *parser) lengthUnit(i int) bool {
	t := p.tokens[i]
	return t.kind == tokenUnit && t.n <= unitHour
}

// times reads a time of day, or a start and an end.
func (p *parser) times() *ParseError {
	if err := p.flush(); err != nil {
		return err
	}
	start := p.i
	switch p.peek().kind {
	case tokenHour:
		if done, err := p.hourLength(); done || err != nil {
			return err
		}
	case tokenDotted:
		if p.dateLike() {
			return p.once()
		}
	}
	at, err := p.timeAt()
	if err != nil {
		return err
	}
	g := p.group('t')
	if len(g.times) == 0 {
		g.timeAt = start
	}
	if k := p.peek().kind; (k == tokenDash || k == tokenUntil) && p.timeish(p.i+1) && !p.dated(p.i+1) {
		p.i++
		end, err := p.timeAt()
		if err != nil {
			return err
		}
		return p.span(g, at, end, start)
	}
	g.times = append(g.times, at)
	return nil
}

// timeAt reads one time of day.
func (p *parser) timeAt() (rawTime, *ParseError) {
	start := p.i
	t := p.peek()
	r := rawTime{clock: t.clock, open: t.bare, half: t.half, at: start}
	p.i++
	switch t.kind {
	case tokenHalf: // am 6
		if !p.timeish(p.i) || !p.peek().bare && p.peek().kind != tokenNumber {
			return r, p.fail(FaultWord, start, start, "")
		}
		r, err := p.timeAt()
		if err == nil && r.open {
			r.clock, r.open, r.number, r.half = r.clock%720+Clock(t.n*60), false, false, true
		}
		return r, err
	case tokenNumber:
		var err *ParseError
		if r, err = p.numberTime(t, start); err != nil {
			return r, err
		}
	}
	if next := p.peek(); next.kind == tokenHalf && r.open && !p.timeish(p.i+1) { // six pm, 6 o'clock pm
		p.i++
		r.clock, r.open, r.number, r.half = r.clock%720+Clock(next.n*60), false, false, true
	} else if next.kind == tokenTime && next.plain && !t.plain && r.clock%720 == 0 { // 12 noon, 12:00 midnight
		if t.half && r.clock != next.clock {
			return r, p.fail(FaultTime, start, p.i)
		}
		p.i++
		r = rawTime{clock: next.clock, half: true, at: start}
	}
	return r, nil
}

// numberTime reads a number as an hour, or as an hour and minutes.
func (p *parser) numberTime(t piece, start int) (rawTime, *ParseError) {
	hour, minute := t.n, 0
	if hour >= 100 {
		hour, minute = t.n/100, t.n%100
	}
	if e := p.parted(t, start); e != nil {
		return rawTime{}, e
	}
	r := rawTime{clock: Clock(hour*60 + minute), open: hour >= 1 && hour <= 12, number: true, at: start}
	whole := p.peek().kind == tokenFiller || p.lengthUnit(p.i)
	switch word := p.word(p.i); {
	case p.peek().kind == tokenDash && p.next(1).kind == tokenNumber && !r.open && hour < 24, p.tokens[max(start-1, 0)].kind == tokenDash && p.tokens[max(start-2, 0)].kind == tokenNumber && !r.open && hour < 24: // 18-19
		from := start
		if p.peek().kind != tokenDash {
			from -= 2
		}
		a, b := Clock(p.tokens[from].n*60), Clock(p.tokens[from+2].n*60)
		return r, p.fail(FaultNumber, from, from+2, a.String()+"-"+b.String())
	case hour > 23 || minute > 59:
		if g := p.current(); g != nil && len(g.times) > 0 && t.n >= 5 {
			return r, p.fail(FaultNumber, start, start, strconv.Itoa(t.n)+"min")
		}
		return r, p.fail(FaultNumber, start, start, ordinalIn(t.n)...)
	case whole && (word == "o'clock" || word == "o’clock" || word == "oclock" || word == "h" || word == "hr" || word == "hrs" || word == "uhr" || word == "hours" && hour > 12):
		p.i++
		r.number = false
	case !r.open:
		return r, p.fail(FaultNumber, start, start, append([]string{r.clock.String()}, ordinalIn(t.n)...)...)
	}
	return r, nil
}

// parted refuses a time whose hour and minutes a blank or another sign parts, and
// a date between its weekday and a time.
func (p *parser) parted(t piece, start int) *ParseError {
	next, after := p.tokens[start+1], p.tokens[start+2]
	minutes := func(m piece) bool { return m.kind == tokenNumber && !m.plain && m.end-m.at == 2 && m.n < 60 }
	switch {
	case t.n > 23 && t.n <= 31, next.kind == tokenTime && start > 0:
		if start > 0 && p.tokens[start-1].kind == tokenDays && one(p.tokens[start-1].days) && next.kind == tokenTime && !next.plain && !p.here.Today.IsZero() {
			p.nths, p.at, p.i = 1<<min(t.n, 31), start-1, start+1
			e := p.weekdayDate()
			e.Fault = FaultNumber
			return e
		}
	case t.n > 23 || t.plain:
	case minutes(next) && (next.n == 0 || next.n > 12 && next.n%5 == 0):
		return p.fail(FaultNumber, start, start+1, strconv.Itoa(t.n)+":"+p.said(start+1, start+1))
	case next.kind == tokenAnd && next.plain && next.at == t.end && after.at == next.end && minutes(after) && (after.n == 0 || after.n > 23):
		return p.fail(FaultNumber, start, start+2, strconv.Itoa(t.n)+":"+p.said(start+2, start+2))
	}
	return nil
}

// ordinalIn returns a number as a date, if it is one.
func ordinalIn(n int) []string {
	if n < 1 || n > 31 {
		return nil
	}
	return []string{ordinal(n)}
}

// dateLike reports whether 5.12 is meant as a date: another time stands in the
// text that is written otherwise.
func (p *parser) dateLike() bool {
	for i, t := range p.tokens {
		if i != p.i && (t.kind == tokenTime || t.kind == tokenHour) && p.tokens[max(i-1, 0)].kind != tokenDash {
			return true
		}
	}
	return false
}

// resolve settles the halves of the day of a group's times, and returns them.
func (p *parser) resolve(g *group) ([]Clock, *ParseError) {
	for i := len(g.times) - 2; i >= 0; i-- { // 5:30 and 6:30pm
		t, next := &g.times[i], g.times[i+1]
		if !t.open || !next.half {
			continue
		}
		c := t.clock%720 + next.clock/720*720
		switch {
		case c < next.clock:
			t.clock, t.open, t.number, t.half = c, false, false, true
		case t.number && next.clock >= 720: // 11 and 1pm
			t.clock, t.open, t.number, t.half = t.clock%720, false, false, true
		}
	}
	var all []Clock
	for i := range g.times {
		t := &g.times[i]
		if g.part >= 0 {
			if err := p.inPart(g, t); err != nil {
				return nil, err
			}
		}
		if t.number {
			hour, minute := strconv.Itoa(int(t.clock)/60), ""
			if m := t.clock % 60; m != 0 {
				minute = t.clock.String()[2:]
			}
			return nil, p.ask(FaultNumber, t.at, t.at, hour+minute+"am", hour+minute+"pm")
		}
		all = append(all, t.clock)
	}
	return p.distinct(g, all)
}

// distinct refuses times that are there twice, and too many of them.
func (p *parser) distinct(g *group, all []Clock) ([]Clock, *ParseError) {
	for i, c := range all {
		for _, o := range all[:i] {
			if c == o {
				return nil, p.fail(FaultTwice, g.times[i].at, g.times[i].at, "")
			}
		}
	}
	if len(all) > MaxTimes {
		return nil, p.fail(FaultMany, 0, len(p.tokens)-1)
	}
	return all, nil
}

// inPart settles a time by the part of the day: 6:30 in the evening.
func (p *parser) inPart(g *group, t *rawTime) *ParseError {
	hour := t.clock / 60
	if t.open {
		switch {
		case g.part == 0 && hour == 12, g.part == 18 && (hour == 12 || hour < 5):
			return p.ask(FaultNumber, t.at, t.at, Clock(t.clock%720).String(), Clock(t.clock%720+720).String())
		case g.part > 0 && hour < 12:
			t.clock += 720
		}
		t.open, t.number, t.half = false, false, true
	}
	switch hour = t.clock / 60; {
	case g.part == 0 && hour >= 13, g.part == 12 && hour < 12, g.part == 18 && hour >= 5 && hour < 17:
		return p.fail(FaultDays, g.partAt, g.partAt, "")
	}
	return nil
}
