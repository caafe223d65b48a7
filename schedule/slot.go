package schedule

import (
	"cmp"
	"strings"
	"time"
)

// A Slot is a day and a time of day on the local clock, in no particular zone:
// the start that a rule plans then, or where one is moved to. What is kept by its
// slot stays with it in another zone. The zero Slot is none.
type Slot struct {
	Day   Date
	Clock Clock
}

// SlotOf returns the day and the minute that t's own clock shows.
func SlotOf(t time.Time) Slot { return Slot{DateOf(t), Clock(t.Hour()*60 + t.Minute())} }

// ParseSlot reads a slot written as 2026-12-05 18:00.
func ParseSlot(text string) (Slot, error) {
	t, err := time.Parse(slotLayout, strings.TrimSpace(text))
	if err != nil {
		return Slot{}, &ParseError{Fault: FaultDate, Seen: text}
	}
	return SlotOf(t), nil
}

const slotLayout = "2006-01-02 15:04"

// IsZero reports whether s is none.
func (s Slot) IsZero() bool { return s == Slot{} }

// String returns the slot as 2026-12-05 18:00, and the zero Slot as nothing. Of
// two slots the earlier one's text comes first.
func (s Slot) String() string {
	if s.IsZero() {
		return ""
	}
	return s.Day.String() + " " + s.Clock.String()
}

// On returns the first instant at which a zone's clock shows the slot or, where
// it never does, more.
func (s Slot) On(zone *time.Location) time.Time { return s.Clock.On(s.Day, zone) }

// Compare says by a number below zero that s is earlier than o, above zero that
// it is later.
func (s Slot) Compare(o Slot) int {
	return cmp.Or(cmp.Compare(s.Day.days(), o.Day.days()), cmp.Compare(s.Clock, o.Clock))
}

// Clocks returns the times at which the rule plans starts on a day, earliest
// first, in no particular zone.
func (r Rule) Clocks(d Date) (all []Clock) {
	for at := d.Start(time.UTC).Add(-1); ; {
		next, err := r.Next(at, time.UTC)
		if err != nil || DateOf(next) != d {
			return all
		}
		all, at = append(all, SlotOf(next).Clock), next
	}
}

// Plans reports whether the rule plans a start for a slot, in no particular zone.
func (r Rule) Plans(s Slot) bool {
	next, err := r.Next(s.On(time.UTC).Add(-1), time.UTC)
	return err == nil && SlotOf(next) == s
}

// SlotAt returns what the rule plans the start for that Next has returned: what
// its clock shows, unless that was set forward then. Of several wall times in one
// gap it is the earliest.
func (r Rule) SlotAt(at time.Time) Slot {
	before := at.Add(-time.Second)
	if offset(before.Unix(), at.Location()) == offset(at.Unix(), at.Location()) {
		return SlotOf(at)
	}
	wall := time.Date(before.Year(), before.Month(), before.Day(), before.Hour(), before.Minute(), before.Second(), 0, time.UTC)
	for {
		next, err := r.Next(wall, time.UTC)
		if err != nil {
			return SlotOf(at)
		}
		if s := SlotOf(next); !s.Day.skipped(at.Location()) {
			return s
		}
		wall = next
	}
}

// skipped reports whether a zone's clock never showed the day.
func (d Date) skipped(zone *time.Location) bool { return d.Start(zone).Equal(d.Add(1).Start(zone)) }
