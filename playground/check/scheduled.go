package check

import (
	"fmt"
	"time"

	"unpinch/playground/wire"
)

// The types and statuses of scheduled events.
const (
	EventStage    = 1
	EventVoice    = 2
	EventExternal = 3

	EventScheduled = 1
	EventActive    = 2
	EventCompleted = 3
	EventCanceled  = 4
)

// guildOnly is the one privacy level that scheduled events have.
const guildOnly = 2

// eventAhead is how far ahead an event may be scheduled.
const eventAhead = 5 * 365 * 24 * time.Hour

// A ScheduledEvent is what is known of an event that a bot makes or changes. The
// playground has no stages and no voice channels, so that every event is external.
type ScheduledEvent struct {
	Name, Description, Location string
	Start, End                  time.Time
	Status                      int64
}

// NewScheduledEvent checks an event that is made at an instant.
func NewScheduledEvent(body map[string]any, now time.Time) (ScheduledEvent, *wire.Refusal) {
	t := &wire.FieldErrors{}
	f := form{obj: body, t: t}
	e := ScheduledEvent{Status: EventScheduled}
	f.choice("entity_type", needed, EventExternal)
	f.choice("privacy_level", needed, guildOnly)
	f.event(&e, needed)
	f.times(e, now)
	if no := wire.InvalidForm(t); no != nil {
		return ScheduledEvent{}, no
	}
	return e, nil
}

// ChangedScheduledEvent checks a change of an event at an instant.
func ChangedScheduledEvent(e ScheduledEvent, body map[string]any, now time.Time) (ScheduledEvent, *wire.Refusal) {
	t := &wire.FieldErrors{}
	f := form{obj: body, t: t}
	f.choice("entity_type", optional, EventExternal)
	f.choice("privacy_level", optional, guildOnly)
	was := e
	if to, ok := f.choice("status", optional, EventScheduled, EventActive, EventCompleted, EventCanceled); ok && to != e.Status {
		if !mayBecome(e.Status, to) {
			f.fail("status", "GUILD_SCHEDULED_EVENT_STATUS_INVALID_TRANSITION", fmt.Sprintf("Status %d cannot become %d.", e.Status, to))
		}
		e.Status = to
	}
	f.event(&e, optional)
	if f.has("scheduled_start_time") && was.Status != EventScheduled {
		f.fail("scheduled_start_time", "GUILD_SCHEDULED_EVENT_START_TIME_ACTIVE", "The start of an event that has begun cannot be changed.")
	}
	if f.has("scheduled_start_time") || f.has("scheduled_end_time") {
		f.times(e, now)
	}
	if no := wire.InvalidForm(t); no != nil {
		return ScheduledEvent{}, no
	}
	return e, nil
}

// mayBecome reports whether Discord lets an event change from a status to another.
func mayBecome(from, to int64) bool {
	return from == EventScheduled && (to == EventActive || to == EventCanceled) || from == EventActive && to == EventCompleted
}

// event reads the fields that an event has when it is made and when it is changed.
func (f form) event(e *ScheduledEvent, n need) {
	if s, ok := f.text("name", 1, 100, n); ok {
		e.Name = s
	}
	if s, ok := f.text("description", 0, 1000, optional); ok {
		e.Description = s
	}
	if f.has("channel_id") {
		f.fail("channel_id", "GUILD_SCHEDULED_EVENT_CHANNEL_EXTERNAL", "An external event has no channel.")
	}
	if meta, ok := f.sub("entity_metadata", n); ok {
		if s, ok := meta.text("location", 1, 100, needed); ok {
			e.Location = s
		}
	}
	f.instant("scheduled_start_time", &e.Start, n)
	f.instant("scheduled_end_time", &e.End, n)
}

// times checks that an event begins in the future and ends after that.
func (f form) times(e ScheduledEvent, now time.Time) {
	switch {
	case e.Start.IsZero() || e.End.IsZero():
	case f.has("scheduled_start_time") && !e.Start.After(now):
		f.fail("scheduled_start_time", "GUILD_SCHEDULED_EVENT_SCHEDULE_PAST", "Cannot schedule event in the past.")
	case e.Start.After(now.Add(eventAhead)):
		f.fail("scheduled_start_time", "GUILD_SCHEDULED_EVENT_SCHEDULE_FUTURE", "Cannot schedule event more than 5 years in the future.")
	case !e.End.After(e.Start):
		f.fail("scheduled_end_time", "GUILD_SCHEDULED_EVENT_SCHEDULE_END", "Cannot schedule event to end before its start.")
	}
}

// instant reads a time of ISO 8601 into at.
func (f form) instant(key string, at *time.Time, n need) {
	s, ok := f.text(key, 1, 100, n)
	if !ok {
		return
	}
	v, err := time.Parse(time.RFC3339, s)
	if err != nil {
		f.fail(key, "DATE_TIME_TYPE_PARSE", fmt.Sprintf("Could not parse %s. Should be ISO8601.", s))
		return
	}
	*at = v.UTC()
}
