package delivery

import (
	"errors"
	"time"

	"unpinch/schedule"
)

// An Event is what a server's calendar says of one start.
type Event struct {
	Name, Place, About string
	Start, End         time.Time // in UTC
}

// same reports whether two events say the same.
func (e Event) same(o Event) bool {
	return e.Name == o.Name && e.Place == o.Place && e.About == o.About && e.Start.Equal(o.Start) && e.End.Equal(o.End)
}

// A Standing is what stands on a server's calendar for a class, as far as is
// known.
type Standing struct {
	ID   string        // Discord's; "" for none
	Slot schedule.Slot // of the start that it is of, or was when Gone
	Says Event         // as it was written last
	Gone bool          // somebody took it away: that start gets none any more
}

// An Entry is a class with what its server's calendar has of it.
type Entry struct {
	schedule.Series
	Has      Standing
	Fault    error // the stored rule can't be read; nil if it can
	Failures int   // in a row
	Changes  int64 // of the class: a later one makes what was read out of date
}

const (
	// eventNear is how close to its start an event is made or moved no more:
	// Discord takes none in the past, and the clocks may differ.
	eventNear = time.Minute
	// eventFar is how far ahead Discord takes events, a day less.
	eventFar = (5*365 - 1) * 24 * time.Hour
)

// An EventDo is what has to be done about an event.
type EventDo string

// What has to be done.
const (
	EventStays     EventDo = "stays"     // all is as it should be until Next
	EventMade      EventDo = "made"      // there is none yet
	EventChanged   EventDo = "changed"   // it says something else than what is true
	EventCancelled EventDo = "cancelled" // its start doesn't take place
	EventDeleted   EventDo = "deleted"   // it is to stand there no more
	EventOver      EventDo = "over"      // the class has no event, and is to have none
)

// An EventStep is the next thing to do about the event of a class.
type EventStep struct {
	Do   EventDo
	Slot schedule.Slot // of the start that the event is to be of
	Says Event         // what it is to say
	// Next is when to look again: for a class whose event stays, and for one of
	// which Discord takes nothing. It is zero for not before a change.
	Next time.Time
}

// wanted reports whether the class is to have an event.
func (e Entry) wanted() bool { return e.Event && e.RemovedAt.IsZero() }

// Step returns the next thing to do about a class's event, so that its next start
// stands on the calendar, and no other: an event that runs stays to its end. clock
// is the class's own. It depends on nothing else.
func (e Entry) Step(clock schedule.Recurrence, now time.Time, draw func(schedule.Series, schedule.Start) Event) EventStep {
	has := e.Has
	if has.ID != "" && !now.Before(has.Says.End) { // Discord ended it
		has = Standing{}
	}
	switch {
	case !e.Place.LeftAt.IsZero(): // Joined has it looked at again
		return EventStep{Do: EventStays}
	case !e.wanted() && has.ID == "":
		return EventStep{Do: EventOver}
	case !e.wanted():
		return EventStep{Do: EventDeleted, Next: has.Says.End}
	case e.Fault != nil:
		return EventStep{Do: EventStays, Next: has.Says.End}
	case has.ID != "" && !now.Before(has.Says.Start):
		if e.Became(has.Slot, clock).Off == schedule.ReasonSkipped {
			return EventStep{Do: EventDeleted, Next: has.Says.End}
		}
		return EventStep{Do: EventStays, Next: has.Says.End}
	}
	start, err := comingStart(clock, now)
	if has.ID != "" && (err != nil || start.Slot != has.Slot) {
		if e.Became(has.Slot, clock).Off != "" {
			return EventStep{Do: EventCancelled, Next: has.Says.End}
		}
		return EventStep{Do: EventDeleted, Next: has.Says.End} // another start comes first
	}
	if err != nil {
		return EventStep{Do: EventStays}
	}
	return e.stepTo(has, start, now, draw(e.Series, start))
}

// stepTo returns the next thing to do about the event of a start that comes next;
// has stands for that start, or nothing does.
func (e Entry) stepTo(has Standing, start schedule.Start, now time.Time, says Event) EventStep {
	near := start.At.Sub(now) < eventNear
	step := EventStep{Do: EventStays, Slot: start.Slot, Says: says, Next: says.End}
	switch {
	case has.ID == "" && start.At.Sub(now) > eventFar:
		step.Next = start.At.Add(-eventFar)
	case has.ID == "" && (near || has.Gone && has.Slot == start.Slot):
	case has.ID == "":
		step.Do = EventMade
	case near && !start.At.Equal(has.Says.Start):
		step.Do = EventDeleted
	case !says.same(has.Says):
		step.Do = EventChanged
	}
	return step
}

// comingStart returns the first start after an instant that takes place, or
// schedule.ErrNever.
func comingStart(clock schedule.Recurrence, after time.Time) (schedule.Start, error) {
	at, err := clock.NextStart(after)
	if err != nil {
		return schedule.Start{}, err
	}
	start, err := clock.Next(at.Add(-1))
	if err == nil && !start.At.Equal(at) {
		err = errors.New("the start is not where it was")
	}
	return start, err
}
