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
	Until       Date        // the last day that has starts; none if zero
	PausedUntil Date        // the first day that has starts again; no pause if zero
	Closed      []Date      // days on which the whole place is closed
	Skips       []time.Time // starts that are left out, by when they were planned
	Moves       []Move
}

// A Move is one start that takes place at another instant, once. It ends with
// the start it moves: if the rule no longer plans that one, the move is void.
type Move struct{ From, To time.Time }

// A Start is one instance of a Recurrence.
type Start struct {
	At      time.Time
	Planned time.Time // by the rule, iCalendar's RECURRENCE-ID; At unless the start was moved
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
		if !m.To.After(after) || !r.moves(m) {
			continue
		}
		moved := Start{At: m.To.In(r.Zone), Planned: m.From.In(r.Zone)}
		moved.Off = r.off(moved)
		if err != nil || moved.At.Before(next.At) || moved.At.Equal(next.At) && next.Off != "" {
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
		if r.over(at) {
			return Start{}, ErrNever
		}
		if !slices.ContainsFunc(r.Moves, func(m Move) bool { return m.From.Equal(at) && !r.skips(at) }) {
			s := Start{At: at, Planned: at}
			s.Off = r.off(s)
			return s, nil
		}
		after = at
	}
}

// moves reports whether a move holds: its start is planned and not left out,
// and no move before it in the list has the same.
func (r Recurrence) moves(m Move) bool {
	first := slices.IndexFunc(r.Moves, func(o Move) bool { return o.From.Equal(m.From) })
	if !r.Moves[first].To.Equal(m.To) {
		return false
	}
	at, err := r.Rule.Next(m.From.Add(-1), r.Zone)
	return err == nil && at.Equal(m.From) && !r.over(at) && !r.skips(at)
}

// over reports whether a planned start is past the class's last day.
func (r Recurrence) over(at time.Time) bool {
	return !r.Until.IsZero() && r.Until.Before(DateOf(at.In(r.Zone)))
}

func (r Recurrence) skips(planned time.Time) bool {
	return slices.ContainsFunc(r.Skips, planned.Equal)
}

// off returns why a start does not take place.
func (r Recurrence) off(s Start) Reason {
	day := DateOf(s.At.In(r.Zone))
	switch {
	case r.skips(s.Planned):
		return ReasonSkipped
	case !r.PausedUntil.IsZero() && day.Before(r.PausedUntil):
		return ReasonPaused
	case slices.Contains(r.Closed, day):
		return ReasonClosed
	}
	return ""
}

// Moved returns the starts after an instant that take place at another time than
// the rule has it, earliest first, on the class's clock.
func (r Recurrence) Moved(after time.Time) []Move {
	var moved []Move
	for _, m := range r.Moves {
		if m.To.After(after) && !m.To.Equal(m.From) && r.moves(m) {
			moved = append(moved, Move{m.From.In(r.Zone), m.To.In(r.Zone)})
		}
	}
	slices.SortFunc(moved, func(a, b Move) int { return a.To.Compare(b.To) })
	return moved
}
