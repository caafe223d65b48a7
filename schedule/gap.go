package schedule

import "time"

// shortSpell is what two clocks are further apart than usual for, or less, when
// their changes are weeks from each other: not half a year.
const shortSpell = 6 * 7 * 24 * time.Hour

// A Gap is a time in which two clocks are not as far apart as usual.
type Gap struct {
	From, Until time.Time     // the first instant, and the first after it
	Ahead       time.Duration // how far the second clock is ahead meanwhile
	Usual       time.Duration // and how far usually
}

// GapWeeks returns when the clock of b is not as far ahead of that of a as
// usual, from an instant up to another, earliest first. Usual is how far it is
// at from; if that ends within six weeks, what comes after it. Two changes of a
// clock within a week count as one.
func GapWeeks(a, b *time.Location, from, until time.Time) []Gap {
	ahead := func(at time.Time) time.Duration {
		return time.Duration(offset(at.Unix(), b)-offset(at.Unix(), a)) * time.Second
	}
	var spells []Gap
	for at := from; at.Before(until); {
		end := until
		for _, zone := range []*time.Location{a, b} {
			if change, ok := NextChange(at, zone); ok && change.Before(end) {
				end = change
			}
		}
		if last := len(spells) - 1; last >= 0 && spells[last].Ahead == ahead(at) {
			spells[last].Until = end
		} else {
			spells = append(spells, Gap{From: at, Until: end, Ahead: ahead(at)})
		}
		at = end
	}
	if len(spells) == 0 {
		return nil
	}
	usual := spells[0].Ahead
	if len(spells) > 1 && spells[0].Until.Sub(from) <= shortSpell {
		usual = spells[1].Ahead
	}
	var gaps []Gap
	for _, s := range spells {
		if s.Usual = usual; s.Ahead != usual {
			gaps = append(gaps, s)
		}
	}
	return gaps
}

const (
	// changeStep is shorter than any zone ever kept a change of its clock.
	changeStep = 7 * daySeconds
	// changeHorizon is how far ahead NextChange looks, in seconds: a little
	// over a year.
	changeHorizon = 54 * changeStep
)

// NextChange returns the first instant after an instant, within about a year,
// at which the zone's clock is set. It is not ok when it never is.
func NextChange(after time.Time, zone *time.Location) (at time.Time, ok bool) {
	for from := after.Unix(); from < after.Unix()+changeHorizon; from += changeStep {
		if change, ok := nextChange(from, from+changeStep, zone); ok {
			return time.Unix(change, 0).In(zone), true
		}
	}
	return time.Time{}, false
}
