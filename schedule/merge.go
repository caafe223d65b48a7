package schedule

import (
	"cmp"
	"math/bits"
	"slices"
	"time"
)

// anchored finds the week that every so many are counted from: that of the first
// day on which such a part runs. Rules that have nothing else begin on that day.
func (r *Rule) anchored() {
	days, all := uint8(0), true
	for _, s := range r.parts {
		weeks := s.every > 1 && !s.daily
		if all = all && weeks; weeks {
			days |= s.days
		}
	}
	if days == 0 || r.from.IsZero() {
		return
	}
	first := r.from.days()
	for !(part{days: days}).onWeekday(first) {
		first++
	}
	if r.anchor = first; all {
		r.from = dateOn(first)
	}
}

// merged joins parts that differ in nothing but their times, or in nothing but
// their days, and sorts the rest: weekdays first, those of every so many weeks
// last.
func merged(parts []part) []part {
	for again := true; again; {
		again = false
		for i := 0; i < len(parts) && !again; i++ {
			for j := i + 1; j < len(parts) && !again; j++ {
				if joined, ok := parts[i].join(parts[j]); ok {
					parts[i] = joined
					parts = slices.Delete(parts, j, j+1)
					again = true
				}
			}
		}
	}
	slices.SortStableFunc(parts, func(a, b part) int {
		return cmp.Or(cmp.Compare(a.rank(), b.rank()), slices.Compare(a.order(), b.order()))
	})
	return parts
}

// rank says what kind of days a part has.
func (p part) rank() int {
	switch {
	case p.every > 1:
		return 9
	case len(p.once) > 0:
		return 3
	case p.dates != 0:
		return 2
	case p.nth != 0:
		return 1
	}
	return 0
}

// order is what parts of one rank are sorted by.
func (p part) order() []int {
	first := 0
	for i, d := range weekOrder {
		if p.days&(1<<d) != 0 {
			first = i
			break
		}
	}
	o := []int{first, int(p.times[0]), bits.TrailingZeros32(p.dates), int(p.nth), int(p.months), p.every, int(p.days), int(p.dates)}
	for _, d := range p.once {
		o = append(o, int(d.days()))
	}
	for _, t := range p.times {
		o = append(o, int(t))
	}
	return o
}

// join makes one part of two that are one, if they are.
func (p part) join(o part) (part, bool) {
	if p.every != o.every || p.daily != o.daily || p.among != o.among || p.months != o.months || (len(p.once) > 0) != (len(o.once) > 0) || (p.dates != 0) != (o.dates != 0) || (p.nth != 0) != (o.nth != 0) {
		return part{}, false
	}
	sameTimes := slices.Equal(p.times, o.times)
	sameDays := p.days == o.days && p.nth == o.nth && p.dates == o.dates && slices.Equal(p.once, o.once)
	switch {
	case sameDays:
		times := slices.Concat(p.times, o.times)
		slices.Sort(times)
		if times = slices.Compact(times); len(times) > MaxTimes {
			return part{}, false
		}
		p.times = times
	case !sameTimes:
		return part{}, false
	case len(p.once) > 0:
		p.once = slices.Concat(p.once, o.once)
		slices.SortFunc(p.once, func(a, b Date) int { return cmp.Compare(a.days(), b.days()) })
		p.once = slices.Compact(p.once)
	case p.dates != 0:
		p.dates |= o.dates
	case p.nth == o.nth && !p.among:
		p.days |= o.days
	case p.days == o.days:
		p.nth |= o.nth
	default:
		return part{}, false
	}
	return p, true
}

// settle puts the parts of a rule in order, with the days that they count from.
func (p *parser) settle(r *Rule) *ParseError {
	last := len(p.tokens) - 1
	for i := range r.parts {
		if s := &r.parts[i]; s.every > 1 && p.fromAt == 0 {
			switch today := p.here.Today; {
			case s.daily && !today.IsZero():
				r.from = today
			case s.daily:
				return p.fail(FaultFrom, 0, last)
			default:
				return p.noFirst(r.parts)
			}
		}
	}
	if err := p.lasts(r); err != nil {
		return err
	}
	if lasting := func(s part) bool { return len(s.once) == 0 }; !p.here.Today.IsZero() && p.fromAt+p.untilAt > 0 && !slices.ContainsFunc(r.parts, lasting) {
		at := max(p.fromAt, p.untilAt) - 1 // 24 dec 18:00 until 26 dec
		return p.fail(FaultDays, at, min(at+1, last))
	}
	r.parts = merged(r.parts)
	r.anchored()
	switch _, runs := r.nextWall(0); {
	case !r.until.IsZero() && r.until.Before(r.from):
		return p.fail(FaultDate, p.untilAt-1, p.untilAt)
	case !runs:
		return p.fail(FaultNever, 0, last)
	case len(r.parts) > maxParts:
		return p.fail(FaultMany, 0, last)
	}
	return nil
}

// lasts gives a rule its last day, if the text says for how long it runs.
func (p *parser) lasts(r *Rule) *ParseError {
	if p.weeks == 0 && p.monthsOn == 0 {
		return nil
	}
	first := cmp.Or(r.from, p.here.Today)
	if first.IsZero() {
		return p.fail(FaultDate, p.untilAt-1, p.untilAt+1)
	}
	if p.fromAt == 0 {
		r.from = first
	}
	r.until = first.Add(p.weeks - 1)
	if p.monthsOn > 0 {
		month := dateOn((Date{first.Year, first.Month + time.Month(p.monthsOn), 1}).days())
		r.until = month.Add(min(first.Day, daysIn(month)) - 2)
	}
	return nil
}

// noFirst refuses weeks without a day to count from, and asks which it is.
func (p *parser) noFirst(parts []part) *ParseError {
	days, weeks, at, end := uint8(0), 2, 0, len(p.tokens)-1
	for _, s := range parts {
		if s.every > 1 {
			days, weeks = days|s.days, s.every
		}
	}
	for _, g := range p.groups {
		if g.every > 1 {
			at, end = g.everyAt-1, g.everyEnd
		}
	}
	return p.asks(FaultFrom, at, end, p.withFirsts(p.text, days, weeks)...)
}
