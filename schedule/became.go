package schedule

import "time"

// SlotTo returns the slot of the start that takes place at an instant: of the one
// that was moved there, if one was.
func (r Recurrence) SlotTo(at time.Time) Slot {
	for _, m := range r.Moves {
		if m.To.On(r.Zone).Equal(at) && r.moves(m) {
			return m.From
		}
	}
	return r.Rule.SlotAt(at.In(r.Zone))
}

// Became returns what has become of the start of a slot; r is the clock of the
// series. If the rule has no such start any more, Off is ReasonChanged and there
// is no instant.
func (s Series) Became(slot Slot, r Recurrence) Start {
	is, ok := r.Start(slot)
	if !ok {
		is = Start{Slot: slot, Off: ReasonChanged}
	}
	if !s.RemovedAt.IsZero() {
		is.Off = ReasonRemoved
	}
	return is
}

// Carried returns which start of a rule is that of a slot by the rule before it.
// Where nobody can tell, that is the slot itself.
func Carried(before, after Rule, s Slot) Slot {
	is, _, _ := carried(before, after, s, nil)
	return is
}
