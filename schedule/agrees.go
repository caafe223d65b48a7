package schedule

import (
	"math/bits"
	"slices"
	"strings"
	"time"
)

// agrees refuses a part that is not as weekly, monthly or yearly as the text says.
func (p *parser) agrees(g *group, s *part, monthly bool) *ParseError {
	switch {
	case p.weekly > 0 && s.days == allDays && g.every < 2:
		return p.fail(FaultDays, p.weekly-1, p.weekly-1)
	case p.monthly > 0 && !monthly && !slices.ContainsFunc(g.specs, func(s part) bool { return s.nth != 0 || s.dates != 0 }):
		at := p.monthly - 1
		day := min(g.dayAt, len(p.tokens)-1)
		if len(s.once) > 0 || s.every > 1 || !one(s.days) {
			return p.fail(FaultDays, at, at)
		}
		text := func(nth string) string { return p.text[:p.tokens[day].at] + nth + " " + p.text[p.tokens[day].at:] }
		return p.asks(FaultOther, at, max(at, p.monthlyEnd), text("first"), text("last"))
	case p.yearly > 0 && s.months == 0 && !slices.ContainsFunc(p.counts, func(c count) bool { return c.unit == unitYear }):
		return p.fail(FaultDays, p.yearly-1, p.yearly-1)
	}
	return nil
}

// stepped gives a part the months that are one of so many: from a first day on,
// or the quarters of the year.
func (p *parser) stepped(s *part, monthly bool) *ParseError {
	if !monthly || s.months != 0 {
		return p.fail(FaultDays, p.stepAt, p.stepEnd)
	}
	switch {
	case p.quarters:
		s.months = eachMonths(time.January, p.step)
	case p.fromAt != 0:
		s.months = eachMonths(p.from.Month, p.step)
	default:
		e := p.ask(FaultFrom, p.stepAt, p.stepEnd)
		if today := p.here.Today; !today.IsZero() {
			for i := range min(3, p.step) {
				words := (part{months: eachMonths(today.Month+time.Month(i), p.step)}).appendTo(nil, false)
				e.try = append(e.try, p.without(p.stepAt, p.stepEnd, "")+" "+strings.Join(words, " "))
			}
		}
		return e
	}
	return nil
}

// eachMonths returns one of so many months, from one on.
func eachMonths(first time.Month, step int) (set uint16) {
	for m := int(first); m < int(first)+12; m += step {
		set |= 1 << ((m-1)%12 + 1)
	}
	return set
}

// counted refuses a text that says how often, and then names more or less.
func (p *parser) counted() *ParseError {
	for _, c := range p.counts {
		times, days, dates, yearly := 0, uint8(0), 0, 0
		for _, g := range p.groups {
			times += len(g.times)
			for _, s := range g.specs {
				days |= s.days &^ g.except
				n := max(1, bits.OnesCount8(s.nth)) * max(1, bits.OnesCount32(s.dates), bits.OnesCount8(s.days))
				dates, yearly = dates+n, yearly+n*bits.OnesCount16(s.months|g.months)
			}
			yearly += len(g.dates)
		}
		n := map[int]int{unitDay: times, unitWeek: bits.OnesCount8(days), unitMonth: dates, unitYear: yearly}[c.unit]
		if n != c.n {
			e := p.fail(FaultCount, c.at, c.end, "")
			if c.unit == unitYear && 12%c.n == 0 { // twice a year 1st
				e.try = []string{p.without(c.at, c.end, "") + " " + strings.Join((part{months: eachMonths(time.January, 12/c.n)}).appendTo(nil, false), " ")}
			}
			return e
		}
	}
	return nil
}
