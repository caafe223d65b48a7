package schedule

import (
	"fmt"
	"strings"
	"time"
)

// A Slot names a start for as long as its class is changed: the local day and
// the time of day for which the rule planned it.
type Slot struct {
	Day   Date
	Clock Clock
}

// SlotOf returns the slot of a start that was planned for an instant, on the
// class's clock.
func SlotOf(planned time.Time) Slot {
	return Slot{DateOf(planned), Clock(planned.Hour()*60 + planned.Minute())}
}

// IsZero reports whether the slot names no start.
func (s Slot) IsZero() bool { return s == Slot{} }

// String returns the slot as 2026-12-02 18:00, or "" for none.
func (s Slot) String() string {
	if s.IsZero() {
		return ""
	}
	return s.Day.String() + " " + s.Clock.String()
}

// ParseSlot reads what String returns.
func ParseSlot(text string) (Slot, error) {
	if text == "" {
		return Slot{}, nil
	}
	day, clock, _ := strings.Cut(text, " ")
	var s Slot
	var err error
	if s.Day, err = ParseDate(day); err != nil {
		return Slot{}, fmt.Errorf("read a slot: %w", err)
	}
	if s.Clock, err = ParseClock(clock); err != nil {
		return Slot{}, fmt.Errorf("read a slot: %w", err)
	}
	return s, nil
}

// Slot returns the slot of a start that took place, or was to, at an instant: of
// the start that was moved there, if one was.
func (r Recurrence) Slot(at time.Time) Slot {
	for _, m := range r.Moves {
		if m.To.Equal(at) && r.moves(m) {
			at = m.From
		}
	}
	return SlotOf(at.In(r.Zone))
}

// Became returns what has become of the start of a slot. Of a day whose starts
// are at other times of day now, it is the only one, or else the nearest. If the
// rule has no start on that day any more, Off is ReasonChanged and there is no
// instant.
func (r Recurrence) Became(s Slot) Start {
	planned, ok := r.nearest(s)
	if !ok {
		return Start{Off: ReasonChanged}
	}
	is := Start{At: planned, Planned: planned}
	for _, m := range r.Moves {
		if m.From.Equal(planned) && r.moves(m) {
			is.At = m.To.In(r.Zone)
		}
	}
	is.Off = r.off(is)
	return is
}

// nearest returns when the rule has the start of a slot now.
func (r Recurrence) nearest(s Slot) (planned time.Time, ok bool) {
	const none = 24 * 60
	best := Clock(none)
	for after := s.Day.Start(r.Zone).Add(-1); ; after = planned {
		at, err := r.Rule.Next(after, r.Zone)
		if err != nil || r.over(at) || DateOf(at) != s.Day {
			break
		}
		away := SlotOf(at).Clock - s.Clock
		if away < 0 {
			away = -away
		}
		if away > best {
			break
		}
		best, planned, ok = away, at, true
	}
	return planned, ok
}

// Became returns what has become of a start of the series, whose clock is r: of
// one that was removed, none takes place.
func (s Series) Became(slot Slot, r Recurrence) Start {
	is := r.Became(slot)
	if !s.RemovedAt.IsZero() {
		is.Off = ReasonRemoved
	}
	return is
}
