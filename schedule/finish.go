package schedule

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// finish makes the rule, if what was read is one.
func (p *parser) finish() (Reading, *ParseError) {
	if err := p.flush(); err != nil {
		return Reading{}, err
	}
	if err := p.whole(); err != nil {
		return Reading{}, err
	}
	r := Rule{from: p.from, until: p.until}
	for i := range p.groups {
		parts, err := p.parts(&p.groups[i])
		if err != nil {
			return Reading{}, err
		}
		r.parts = append(r.parts, parts...)
	}
	if err := p.counted(); err != nil {
		return Reading{}, err
	}
	if err := p.settle(&r); err != nil {
		return Reading{}, err
	}
	return Reading{r, p.length, p.lengthSeen}, nil
}

// whole refuses a text whose groups don't fit together.
func (p *parser) whole() *ParseError {
	last := len(p.tokens) - 1
	switch {
	case len(p.groups) == 0:
		e := p.fail(FaultNoDay, 0, last)
		e.try = p.dayless()
		return e
	case p.untilIn > 0 && p.untilIn < len(p.groups):
		at := max(p.fromAt, p.untilAt) - 1
		return p.fail(FaultMixed, at, min(at+1, last))
	case len(p.groups) > 1 && p.groups[0].everyLed && slices.ContainsFunc(p.groups[1:], func(g group) bool { return g.everyAt == 0 }):
		return p.everyFirst()
	}
	for i, g := range p.groups {
		if i > 0 && g.first == 0 {
			return p.fail(FaultMixed, last-1, last-1)
		}
	}
	return nil
}

// everyFirst refuses every so many weeks before several groups of days: each has
// it, or the first alone.
func (p *parser) everyFirst() *ParseError {
	g, last := p.groups[0], len(p.tokens)-1
	every := p.said(g.everyAt-1, g.everyEnd)
	var one, all strings.Builder
	for i := 1; i < len(p.groups); i++ { // each with it, or the first alone and last
		at := p.tokens[min(p.groups[i].dayAt, last)].at
		all.Reset()
		all.WriteString(p.text[:at] + every + " " + p.text[at:])
		at = p.tokens[min(p.groups[1].dayAt, last)].at
		one.Reset()
		one.WriteString(strings.TrimRight(p.text[:at], " ,;&"))
	}
	if len(p.groups) > 2 || p.fromAt != 0 && p.fromAt-1 < p.groups[1].dayAt {
		return p.fail(FaultMixed, g.everyAt-1, g.everyEnd)
	}
	first := strings.TrimSuffix(strings.TrimSpace(one.String()), " and")
	rest := p.text[p.tokens[p.groups[1].dayAt].at:]
	tail := ""
	if p.fromAt != 0 {
		cut := p.tokens[p.fromAt-1].at - p.tokens[p.groups[1].dayAt].at
		rest, tail = strings.TrimSpace(rest[:cut]), " "+rest[cut:]
	}
	return p.asks(FaultMixed, g.everyAt-1, g.everyEnd, all.String(), rest+" and "+first+tail)
}

// parts makes the parts of a rule that a group is.
func (p *parser) parts(g *group) ([]part, *ParseError) {
	if err := p.defaultDays(g); err != nil {
		return nil, err
	}
	if len(g.times) == 0 {
		e := p.fail(FaultNoTime, g.dayAt, g.dayEnd)
		if !g.begun && g.everyAt > 0 {
			e = p.fail(FaultNoTime, g.everyAt-1, g.everyEnd)
		}
		if len(p.groups) == 1 {
			e.ask, e.try = true, p.untimed()
		}
		if len(p.groups) > 1 { // mon 18:00 wed
			first := p.groups[0]
			if first.timeAt > 0 && first.first == 'd' && len(p.groups) == 2 {
				at, end := p.tokens[first.timeAt].at, p.tokens[first.times[len(first.times)-1].at].end
				e.try = []string{p.text[:at] + e.Seen + " " + p.text[at:end] + p.text[p.tokens[g.dayEnd].end:]}
			}
		}
		return nil, e
	}
	times, err := p.resolve(g)
	if err != nil {
		return nil, err
	}
	slices.Sort(times)
	dates, err := p.datesOf(g)
	if err != nil {
		return nil, err
	}
	parts := slices.Concat(g.specs, dates)
	for i := range parts {
		if err := p.complete(g, &parts[i]); err != nil {
			return nil, err
		}
		parts[i].times = times
	}
	return parts, nil
}

// defaultDays gives a group without days those that other words say.
func (p *parser) defaultDays(g *group) *ParseError {
	if len(g.specs)+len(g.dates) > 0 {
		return nil
	}
	for i, c := range p.counts {
		if c.unit == unitDay && len(p.groups) == 1 || c.unit == unitWeek && c.n == 7 {
			p.counts[i].n = max(1, len(g.times))
			if c.unit == unitDay {
				p.counts[i].n = c.n
			} else {
				p.counts[i].n = 7
			}
			p.addDays(g, allDays, true, false)
			return nil
		}
	}
	last := len(p.tokens) - 1
	switch {
	case g.every > 1 && g.daily:
		g.specs = append(g.specs, part{})
		return nil
	case g.every > 1 && p.fromAt != 0:
		p.addDays(g, 1<<floorMod(p.from.days()+4, 7), false, false)
		return nil
	case len(p.groups) > 1:
		return p.fail(FaultMixed, g.timeAt, g.timeAt)
	}
	e := p.fail(FaultNoDay, 0, last)
	e.try = p.dayless()
	return e
}

// datesOf makes parts of a group's dates: once, or every year.
func (p *parser) datesOf(g *group) ([]part, *ParseError) {
	if len(g.dates) == 0 {
		return nil, nil
	}
	if p.yearly > 0 {
		return p.yearlyDates(g)
	}
	once := part{}
	for _, d := range g.dates {
		day, ok := p.resolveDate(d)
		if !ok || day.Year > 2999 {
			return nil, p.fail(FaultDate, d.at, d.end)
		}
		once.once = append(once.once, day)
	}
	if g.dateAlone {
		i := slices.IndexFunc(g.specs, part.weekly)
		for j, d := range once.once {
			if !g.specs[i].onWeekday(d.days()) {
				raw := g.dates[j]
				from, to := min(g.dayAt, raw.at), max(g.dayEnd, raw.end)
				return nil, p.ask(FaultWeekday, from, to, p.said(raw.at, raw.end), strings.TrimSpace(strings.Replace(p.said(from, to), p.said(raw.at, raw.end), "", 1)))
			}
		}
		g.specs = slices.Delete(g.specs, i, i+1)
	}
	slices.SortFunc(once.once, func(a, b Date) int { return cmp.Compare(a.days(), b.days()) })
	once.once = slices.Compact(once.once)
	return []part{once}, nil
}

// yearlyDates makes parts of dates that come every year.
func (p *parser) yearlyDates(g *group) ([]part, *ParseError) {
	var parts []part
	if g.dateAlone {
		return nil, p.fail(FaultDays, g.dayAt, g.dayEnd)
	}
	for _, d := range g.dates {
		if d.year != 0 {
			return nil, p.fail(FaultDays, d.at, d.end)
		}
		parts = append(parts, part{dates: 1 << d.day, months: 1 << d.month})
	}
	return parts, nil
}

// complete puts on a part what the words around it say.
func (p *parser) complete(g *group, s *part) *ParseError {
	monthly := s.nth != 0 || s.dates != 0
	if g.months != 0 {
		if len(s.once) > 0 || g.every > 1 {
			return p.fail(FaultDays, g.monthAt, g.monthAt)
		}
		s.months = g.months
	}
	if err := p.completeDays(g, s, monthly); err != nil {
		return err
	}
	if p.step != 0 {
		return p.stepped(s, monthly)
	}
	return p.agrees(g, s, monthly)
}

// completeDays puts on a part of how many weeks it is one, and what it leaves out.
func (p *parser) completeDays(g *group, s *part, monthly bool) *ParseError {
	if g.every > 1 {
		if monthly || len(s.once) > 0 || g.daily && s.days != 0 {
			var instead []string
			if g.daily && g.every%7 == 0 {
				instead = []string{"every " + strconv.Itoa(g.every/7) + " weeks"}
			}
			return p.fail(FaultDays, g.everyAt-1, g.everyEnd, instead...)
		}
		s.every, s.daily = g.every, g.daily
	}
	if g.except != 0 {
		if !s.weekly() || s.days&^g.except == 0 || g.except&^s.days != 0 {
			return p.fail(FaultDays, g.exceptAt, p.i-1)
		}
		s.days &^= g.except
	}
	return nil
}
