package schedule

import (
	"slices"
	"strings"
)

// days reads weekdays, and the range or the list that they begin.
func (p *parser) days() *ParseError {
	start, joined := p.i, p.joined
	t := p.peek()
	days, err := p.daySet()
	if err != nil {
		return err
	}
	if p.nths != 0 {
		return p.nthDays(start, days, t)
	}
	if p.lastDay {
		if err := p.flush(); err != nil {
			return err
		}
	}
	g := p.group('d')
	if len(g.specs) > 0 && g.specs[len(g.specs)-1].nth != 0 {
		return p.moreNth(g, start, days)
	}
	g.begin(start)
	if len(g.dates) > 0 && (!joined || p.comma) {
		g.dateAlone = true
	}
	p.at, g.dayEnd = p.i-1, p.i-1
	p.addDays(g, days, t.group, joined)
	return nil
}

// addDays adds weekdays to a group. After a word for several, days of those
// narrow it: "daily mon-fri" is Mondays to Fridays.
func (p *parser) addDays(g *group, days uint8, wide, joined bool) {
	i := slices.IndexFunc(g.specs, part.weekly)
	if i < 0 {
		g.specs, g.wide = append(g.specs, part{days: days}), wide
		return
	}
	s := &g.specs[i]
	switch {
	case joined:
		s.days |= days
	case g.wide && !wide && days&^s.days == 0, g.wide && wide && days&^s.days == 0:
		s.days, g.wide = days, wide && days != s.days
	case wide && s.days&^days == 0: // mon-fri daily
	default:
		s.days |= days
	}
}

// weekly reports whether the part is of weekdays of every week.
func (p part) weekly() bool {
	return p.days != 0 && p.nth == 0 && p.dates == 0 && len(p.once) == 0
}

// daySet reads weekdays with dashes between, if there are any: two are a range,
// which may pass Sunday, more are a list.
func (p *parser) daySet() (uint8, *ParseError) {
	start := p.i
	set := []uint8{p.peek().days}
	words := false
	for p.i++; ; p.i += 2 {
		dash := p.peek()
		if dash.kind != tokenDash && dash.kind != tokenUntil || p.next(1).kind != tokenDays {
			break
		}
		words = words || dash.kind == tokenUntil || dash.end-dash.at > 3 || strings.ContainsAny(p.word(p.i), "t")
		set = append(set, p.next(1).days)
	}
	if word := p.peek(); word.kind == tokenDash && p.next(1).kind == tokenEnd {
		return 0, p.fail(FaultRange, start, p.i)
	}
	if err := p.lettered(start, p.i-1); err != nil {
		return 0, err
	}
	if len(set) == 1 {
		return set[0], nil
	}
	if slices.ContainsFunc(set, func(d uint8) bool { return !one(d) }) || len(set) > 2 && words {
		return 0, p.fail(FaultRange, start, p.i-1)
	}
	days := uint8(0)
	if len(set) > 2 {
		for _, d := range set {
			days |= d
		}
		return days, nil
	}
	for d := set[0]; ; d = d<<1&allDays | d>>6 {
		days |= d
		if d == set[1] {
			return days, nil
		}
	}
}

// lettered settles which day a T or an S alone is by the others of the text, or
// asks.
func (p *parser) lettered(from, to int) *ParseError {
	for i := from; i <= to; i++ {
		if !p.tokens[i].lettered {
			continue
		}
		word := p.word(i)
		if !strings.ContainsAny(word, "ts") || word == "r" {
			continue
		}
		var rest uint8
		single := 0
		for j, t := range p.tokens {
			if j != i && t.kind == tokenDays && !t.lettered {
				rest |= t.days
			}
			if t.lettered && strings.HasSuffix(p.word(j), word) {
				single++
			}
		}
		first, second, names := uint8(1<<2), uint8(1<<4), []string{"tue", "thu"}
		if strings.HasSuffix(word, "s") {
			first, second, names = 1<<6, 1, []string{strings.TrimSuffix(word, "s") + " sat", strings.TrimSuffix(word, "s") + " sun"}
		}
		if single > 1 || rest&first == 0 == (rest&second == 0) {
			return p.ask(FaultOther, i, i, names...)
		}
		if rest&first != 0 {
			p.tokens[i].days = p.tokens[i].days&^first | second
		}
	}
	return nil
}

// nthDays reads the days of the month that the ordinals before them count.
func (p *parser) nthDays(start int, days uint8, t piece) *ParseError {
	ords := p.nths
	p.nths = 0
	alone := start == p.i-1
	switch {
	case ords>>len(nths) != 0:
		return p.fail(FaultDate, p.nthAt, p.i-1, "last "+p.said(start, p.i-1))
	case p.lastDay:
		return p.fail(FaultDays, p.nthAt, p.i-1)
	case p.week && !(alone && one(days)):
		return p.fail(FaultDays, p.nthAt, p.i-1, strings.Join(append(nthWords(uint8(ords)), namedDays(days)...), " "))
	case t.group && !(t.plain && alone):
		if nth := strings.Join(nthWords(uint8(ords)), " "); days == weekend { // which begins in the month before, now and then
			return p.ask(FaultDays, p.nthAt, p.i-1, nth+" sat", nth+" sat sun")
		}
		return p.fail(FaultDays, p.nthAt, p.i-1)
	}
	if t.plain && p.peek().kind == tokenAmong {
		p.i++
		days = 0
		for p.peek().kind == tokenDays {
			days |= p.peek().days
			p.i++
		}
	}
	g := p.group('d')
	g.begin(p.nthAt)
	for _, s := range g.specs {
		if s.dates != 0 && !p.joinedAt(p.nthAt) {
			return p.fail(FaultDays, g.dayAt, p.i-1)
		}
	}
	g.specs = append(g.specs, part{days: days, nth: uint8(ords), among: t.group})
	p.at, g.dayEnd, p.week = -1, p.i-1, false
	return nil
}

// joinedAt reports whether a word for and stands before a token.
func (p *parser) joinedAt(i int) bool {
	for i--; i >= 0 && p.tokens[i].kind == tokenFiller; i-- {
	}
	return i >= 0 && p.tokens[i].kind == tokenAnd
}

// moreNth reads days after days that ordinals count: right behind them they are
// counted alike, as "first mon wed" is stored, and with every they are not; else
// the text does not say.
func (p *parser) moreNth(g *group, start int, days uint8) *ParseError {
	s := &g.specs[len(g.specs)-1]
	every := p.tokens[max(start-1, 0)].kind == tokenEvery
	switch {
	case every:
		g.specs, g.dayEnd = append(g.specs, part{days: days}), p.i-1
		return nil
	case start == g.dayEnd+1 && !s.among:
		s.days |= days
		g.dayEnd = p.i - 1
		return nil
	}
	before, after := strings.TrimRight(p.text[:p.tokens[start].at], " ,&+"), p.text[p.tokens[start].at:]
	before = strings.TrimSuffix(before, " and")
	return p.asks(FaultOther, g.dayAt, p.i-1, before+" and "+strings.Join(nthWords(s.nth), " ")+" "+after,
		before+" "+strings.Join(p.timeWords(), " ")+" and "+after)
}

// timeWords returns the times of the text as they stand there.
func (p *parser) timeWords() (words []string) {
	for i, t := range p.tokens {
		if t.kind == tokenTime {
			words = append(words, p.said(i, i))
		}
	}
	return words
}
