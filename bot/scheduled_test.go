package bot

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"
)

// What is sent for an event, and nothing of it that did not change.
func TestScheduledEvents(t *testing.T) {
	start := time.Date(2026, 12, 2, 19, 0, 0, 0, time.FixedZone("", 3600))
	event := ScheduledEvent{"Strength", "Iron Garden", "about", start, start.Add(time.Hour)}
	with := func(change func(*ScheduledEvent)) ScheduledEvent {
		e := event
		change(&e)
		return e
	}
	change := func(is ScheduledEvent) func(*Bot) error {
		return func(b *Bot) error { return b.ChangeEvent(t.Context(), "5", "6", event, is) }
	}
	const path = " /api/v10/guilds/5/scheduled-events"
	for name, tc := range map[string]struct {
		do   func(*Bot) error
		want string
	}{
		"made": {func(b *Bot) error {
			id, err := b.AddEvent(t.Context(), "5", event)
			if id != "77" {
				t.Errorf("its id is %q", id)
			}
			return err
		}, "POST" + path + ` {"name":"Strength","description":"about","scheduled_start_time":"2026-12-02T18:00:00Z","scheduled_end_time":"2026-12-02T19:00:00Z",` +
			`"entity_metadata":{"location":"Iron Garden"},"entity_type":3,"privacy_level":2}`},
		"renamed":   {change(with(func(e *ScheduledEvent) { e.Name = "Yoga" })), "PATCH" + path + `/6 {"name":"Yoga"}`},
		"elsewhere": {change(with(func(e *ScheduledEvent) { e.Place = "Pier 9" })), "PATCH" + path + `/6 {"entity_metadata":{"location":"Pier 9"}}`},
		"moved": {change(with(func(e *ScheduledEvent) { e.Start, e.End = start.Add(time.Hour), start.Add(2*time.Hour) })),
			"PATCH" + path + `/6 {"scheduled_start_time":"2026-12-02T19:00:00Z","scheduled_end_time":"2026-12-02T20:00:00Z"}`},
		"longer": {change(with(func(e *ScheduledEvent) { e.End = start.Add(90 * time.Minute) })),
			"PATCH" + path + `/6 {"scheduled_start_time":"2026-12-02T18:00:00Z","scheduled_end_time":"2026-12-02T19:30:00Z"}`},
		"a long name": {change(with(func(e *ScheduledEvent) { e.Name = strings.Repeat("é", 101) })), "PATCH" + path + `/6 {"name":"` + strings.Repeat("é", 99) + `…"}`},
		"cancelled":   {func(b *Bot) error { return b.CancelEvent(t.Context(), "5", "6") }, "PATCH" + path + `/6 {"status":4}`},
		"deleted":     {func(b *Bot) error { return b.DeleteEvent(t.Context(), "5", "6") }, "DELETE" + path + "/6 "},
	} {
		t.Run(name, func(t *testing.T) {
			d := &discord{answer: func(int, *http.Request) *http.Response { return respond(200, nil, `{"id":"77"}`) }}
			if err := tc.do(overBot(t, d)); err != nil {
				t.Fatal(err)
			}
			compareRequests(t, d.all(), []string{tc.want})
		})
	}
}

// Only the bot's own events that have not ended count.
func TestOwnEvents(t *testing.T) {
	d := &discord{answer: func(int, *http.Request) *http.Response {
		return respond(200, nil, `[
{"id":"1","creator_id":"42","name":"a","description":"b","status":1,"entity_metadata":{"location":"c"},"scheduled_start_time":"2026-12-02T18:00:00+00:00","scheduled_end_time":"2026-12-02T19:00:00+00:00"},
{"id":"2","creator_id":"42","name":"runs","description":null,"status":2,"entity_metadata":{"location":"c"},"scheduled_start_time":"2026-12-02T18:00:00+00:00","scheduled_end_time":"2026-12-02T19:00:00+00:00"},
{"id":"3","creator_id":"42","name":"ended","status":3,"entity_metadata":{"location":"c"},"scheduled_start_time":"2026-12-02T18:00:00+00:00","scheduled_end_time":"2026-12-02T19:00:00+00:00"},
{"id":"4","creator_id":"9","name":"another's","status":1,"entity_metadata":null,"channel_id":"8","scheduled_start_time":"2026-12-02T18:00:00+00:00","scheduled_end_time":null},
{"id":"5","name":"of before","status":1,"entity_metadata":null,"scheduled_start_time":"2026-12-02T18:00:00+00:00","scheduled_end_time":null}]`)
	}}
	b := overBot(t, d)
	b.self.Store(nil)
	if _, err := b.OwnEvents(t.Context(), "5"); !errors.Is(err, errNoSelf) {
		t.Errorf("before the first login: %v", err)
	}
	b.self.Store(new("42"))
	own, err := b.OwnEvents(t.Context(), "5")
	start := time.Date(2026, 12, 2, 18, 0, 0, 0, time.UTC)
	if err != nil || len(own) != 2 || own["1"] != (ScheduledEvent{"a", "c", "b", start, start.Add(time.Hour)}) || own["2"].Name != "runs" {
		t.Errorf("got %v, %v", own, err)
	}
}
