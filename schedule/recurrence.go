package schedule

import (
	"errors"
	"slices"
	"time"
)

// A Recurrence is a rule in a zone with its exceptions: iCalendar's recurrence
// set. Its instances are Starts. Days here are those of the zone, and a class
// that runs across midnight belongs to the day on which it starts.
type Recurrence struct {
	Rule        Rule
	Zone        *time.Location
	Until       Date   // the last day that has starts; none if zero
	PausedUntil Date   // the first day that has starts again; no pause if zero
	Closed      []Date // days on which the whole place is closed
	Skips       []Slot // starts that are left out, by what the rule plans them for
	Moves       []Move
}

// A Move is one start that takes place at another time, once. It ends with
// the start it moves: while the rule does not plan that one, the move is void.
type Move struct{ From, To Slot }

// A Start is one instance of a Recurrence.
type Start struct {
	At      time.Time
	Planned time.Time // by the rule; At unless the start was moved
	// Slot is what the rule plans it for, iCalendar's RECURRENCE-ID. It is what
	// Planned's clock shows, unless the rule's time is one that the zone skips.
	Slot Slot
	// Off is why it does not take place, the reason that counts first if there
	// are several: skipped, paused or closed. It is empty if it does.
	Off Reason
}

// NextStart returns the first start after an instant that takes place, or
// ErrNever if there is none.
func (r Recurrence) NextStart(after time.Time) (time.Time, error) {
	for {
		s, err := r.Next(after)
		if err != nil || s.Off == "" {
			return s.At, err
		}
		after = s.At
	}
}

// Next returns the first start after an instant, or ErrNever if there is none.
// The start may be one that does not take place, with the reason. Of two at
// one instant Next returns the one that takes place.
func (r Recurrence) Next(after time.Time) (Start, error) {
	next, err := r.planned(after)
	if err != nil && !errors.Is(err, ErrNever) {
		return Start{}, err
	}
	for _, m := range r.Moves {
		at := m.To.On(r.Zone)
		if !at.After(after) || !r.moves(m) {
			continue
		}
		moved := r.moved(m)
		if err != nil || at.Before(next.At) || at.Equal(next.At) && next.Off != "" {
			next, err = moved, nil
		}
	}
	return next, err
}

// NextDue returns when the message of a kind with that offset is due next,
// strictly after an instant, and the start that it belongs to, or ErrNever if
// there is none.
func (r Recurrence) NextDue(after time.Time, offset time.Duration) (due time.Time, start Start, err error) {
	start, err = r.Next(after.Add(-offset))
	return start.At.Add(offset), start, err
}

// planned returns the rule's own first start after an instant, without those
// moved elsewhere.
func (r Recurrence) planned(after time.Time) (Start, error) {
	for {
		at, err := r.Rule.Next(after, r.Zone)
		if err != nil {
			return Start{}, err
		}
		s := Start{At: at, Planned: at, Slot: r.Rule.SlotAt(at)}
		if r.over(s.Slot) {
			return Start{}, ErrNever
		}
		if !slices.ContainsFunc(r.Moves, func(m Move) bool { return m.From == s.Slot && !r.skips(s.Slot) }) {
			s.Off = r.off(s)
			return s, nil
		}
		after = at
	}
}

// moved returns the start that a move moves.
func (r Recurrence) moved(m Move) Start {
	s := Start{At: m.To.On(r.Zone), Planned: m.From.On(r.Zone), Slot: m.From}
	s.Off = r.off(s)
	return s
}

// moves reports whether a move holds: its start is planned and not left out,
// and no move before it in the list has the same.
func (r Recurrence) moves(m Move) bool {
	first := slices.IndexFunc(r.Moves, func(o Move) bool { return o.From == m.From })
	return r.Moves[first].To == m.To && !r.skips(m.From) && r.plans(m.From)
}

// plans reports whether the rule has a start of its own for a slot in this zone.
// Of several in one gap of the clock only the earliest is one.
func (r Recurrence) plans(s Slot) bool {
	if !r.Rule.Plans(s) || r.over(s) {
		return false
	}
	at, err := r.Rule.Next(s.On(r.Zone).Add(-1), r.Zone)
	return err == nil && r.Rule.SlotAt(at) == s
}

// Start returns the start that the rule plans for a slot, when it takes place or,
// if it is left out, would. It is not ok if the rule plans none there.
func (r Recurrence) Start(s Slot) (start Start, ok bool) {
	if !r.plans(s) {
		return Start{}, false
	}
	m := Move{s, s}
	if i := slices.IndexFunc(r.Moves, func(m Move) bool { return m.From == s }); i >= 0 {
		m = r.Moves[i]
	}
	return r.moved(m), true
}

// Taken reports whether another start than that of a slot is at a time, left out
// or not.
func (r Recurrence) Taken(to, of Slot) bool {
	r.Skips = append(slices.Clone(r.Skips), of) // so that any other comes first
	at := to.On(r.Zone)
	there, err := r.Next(at.Add(-1))
	return err == nil && there.At.Equal(at) && there.Slot != of
}

// over reports whether a planned start is past the class's last day.
func (r Recurrence) over(s Slot) bool { return !r.Until.IsZero() && r.Until.Before(s.Day) }

func (r Recurrence) skips(s Slot) bool { return slices.Contains(r.Skips, s) }

// off returns why a start does not take place.
func (r Recurrence) off(s Start) Reason {
	day := DateOf(s.At.In(r.Zone))
	switch {
	case r.skips(s.Slot):
		return ReasonSkipped
	case !r.PausedUntil.IsZero() && day.Before(r.PausedUntil):
		return ReasonPaused
	case slices.Contains(r.Closed, day):
		return ReasonClosed
	}
	return ""
}

// Moved returns the starts after an instant that take place at another time than
// the rule has it, earliest first.
func (r Recurrence) Moved(after time.Time) []Start {
	var moved []Start
	for _, m := range r.Moves {
		if s := r.moved(m); s.At.After(after) && m.To != m.From && r.moves(m) {
			moved = append(moved, s)
		}
	}
	slices.SortFunc(moved, func(a, b Start) int { return a.At.Compare(b.At) })
	return moved
}
