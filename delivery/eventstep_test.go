package delivery_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"unpinch/delivery"
	"unpinch/schedule"
)

const eventZone = "Europe/Berlin"

// drawn is a start as the calendars of these tests have it.
func drawnEvent(s schedule.Series, start schedule.Start) delivery.Event {
	return delivery.Event{Name: s.Title, Place: s.Place.Name, Start: start.At.UTC(), End: start.At.Add(s.Length).UTC()}
}

// What is to be done about an event follows from the class, the time and what
// stands there.
func TestEventStep(t *testing.T) {
	slot := func(text string) schedule.Slot { return schedule.SlotOf(at(t, text+":00", eventZone)) }
	// stands is an event of a start, which says when that is.
	stands := func(of string, says ...string) func(*delivery.Entry) {
		return func(e *delivery.Entry) {
			if len(says) == 0 {
				says = []string{of}
			}
			begin := at(t, says[0]+":00", eventZone).UTC()
			e.Has = delivery.Standing{ID: "1", Slot: slot(of), Says: delivery.Event{Name: "Strength", Place: "Hall", Start: begin, End: begin.Add(time.Hour)}}
		}
	}
	gone := func(of string) func(*delivery.Entry) {
		return func(e *delivery.Entry) { e.Has = delivery.Standing{Slot: slot(of), Gone: true} }
	}
	skip := func(of string) func(*delivery.Entry) {
		return func(e *delivery.Entry) { e.Skips = append(e.Skips, slot(of)) }
	}
	move := func(of, to string) func(*delivery.Entry) {
		return func(e *delivery.Entry) { e.Moves = append(e.Moves, schedule.Move{From: slot(of), To: slot(to)}) }
	}
	type change = func(*delivery.Entry)
	off := func(e *delivery.Entry) { e.Event = false }
	removed := func(e *delivery.Entry) { e.RemovedAt = time.Unix(1, 0) }
	for name, tc := range map[string]struct {
		now     string
		changes []change
		want    string // what is done, the start, and when to look again
	}{
		// Mon and Wed at 18:00, an hour long; 30 November 2026 is a Monday.
		"nothing stands":          {"2026-11-30 12:00:00", nil, "made 2026-11-30 18:00"},
		"the class runs":          {"2026-11-30 18:20:00", nil, "made 2026-12-02 18:00"},
		"it is about to begin":    {"2026-11-30 17:59:30", nil, "stays Mon 19:00"},
		"it stands":               {"2026-11-30 12:00:00", []change{stands("2026-11-30 18:00")}, "stays Mon 19:00"},
		"it stands, to the last":  {"2026-11-30 17:59:59", []change{stands("2026-11-30 18:00")}, "stays Mon 19:00"},
		"it runs":                 {"2026-11-30 18:00:00", []change{stands("2026-11-30 18:00")}, "stays Mon 19:00"},
		"it is over":              {"2026-11-30 19:00:00", []change{stands("2026-11-30 18:00")}, "made 2026-12-02 18:00"},
		"the bot was away":        {"2026-12-01 19:00:00", []change{stands("2026-11-30 18:00")}, "made 2026-12-02 18:00"},
		"moved":                   {"2026-11-30 12:00:00", []change{stands("2026-11-30 18:00"), move("2026-11-30 18:00", "2026-11-30 19:30")}, "changed 2026-11-30 18:00 to Mon 19:30"},
		"moved before":            {"2026-11-30 12:00:00", []change{move("2026-11-30 18:00", "2026-11-30 19:30")}, "made 2026-11-30 18:00 to Mon 19:30"},
		"moved and back":          {"2026-11-30 12:00:00", []change{stands("2026-11-30 18:00", "2026-11-30 19:30")}, "changed 2026-11-30 18:00"},
		"moved behind the next":   {"2026-11-30 12:00:00", []change{stands("2026-11-30 18:00"), move("2026-11-30 18:00", "2026-12-03 18:00")}, "deleted Mon 19:00"},
		"moved to now":            {"2026-11-30 12:00:00", []change{stands("2026-11-30 18:00"), move("2026-11-30 18:00", "2026-11-30 12:01"), func(e *delivery.Entry) { e.Length = time.Minute }}, "changed 2026-11-30 18:00 to Mon 12:01"},
		"moved to this minute":    {"2026-11-30 12:00:30", []change{stands("2026-11-30 18:00"), move("2026-11-30 18:00", "2026-11-30 12:01")}, "deleted Mon 13:01"},
		"moved while it runs":     {"2026-11-30 18:10:00", []change{stands("2026-11-30 18:00"), move("2026-11-30 18:00", "2026-11-30 20:00")}, "stays Mon 19:00"},
		"another name":            {"2026-11-30 12:00:00", []change{stands("2026-11-30 18:00"), func(e *delivery.Entry) { e.Title = "Yoga" }}, "changed 2026-11-30 18:00"},
		"another length":          {"2026-11-30 12:00:00", []change{stands("2026-11-30 18:00"), func(e *delivery.Entry) { e.Length = 90 * time.Minute }}, "changed 2026-11-30 18:00"},
		"another zone":            {"2026-11-30 12:00:00", []change{stands("2026-11-30 18:00"), func(e *delivery.Entry) { e.Place.Zone = "Europe/Lisbon" }}, "changed 2026-11-30 18:00 to Mon 19:00"},
		"skipped":                 {"2026-11-30 12:00:00", []change{stands("2026-11-30 18:00"), skip("2026-11-30 18:00")}, "cancelled"},
		"skipped before":          {"2026-11-30 12:00:00", []change{skip("2026-11-30 18:00")}, "made 2026-12-02 18:00"},
		"skipped and back":        {"2026-11-30 12:00:00", []change{stands("2026-12-02 18:00")}, "deleted"},
		"cancelled while it runs": {"2026-11-30 18:10:00", []change{stands("2026-11-30 18:00"), skip("2026-11-30 18:00")}, "deleted"},
		"closed":                  {"2026-11-30 12:00:00", []change{stands("2026-11-30 18:00"), func(e *delivery.Entry) { e.Closed = []schedule.Date{date(t, "2026-11-30")} }}, "cancelled"},
		"paused":                  {"2026-11-30 12:00:00", []change{stands("2026-11-30 18:00"), func(e *delivery.Entry) { e.PausedUntil = date(t, "2026-12-14") }}, "cancelled"},
		"paused before":           {"2026-11-30 12:00:00", []change{func(e *delivery.Entry) { e.PausedUntil = date(t, "2026-12-14") }}, "made 2026-12-14 18:00"},
		"the rule has it no more": {"2026-11-30 12:00:00", []change{stands("2026-11-30 18:00"), func(e *delivery.Entry) { e.Rule = parse(t, "tue 18:00") }}, "cancelled"},
		"its last day was":        {"2026-11-30 12:00:00", []change{func(e *delivery.Entry) { e.Until = date(t, "2026-11-29") }}, "stays"},
		"years ahead":             {"2026-11-30 12:00:00", []change{func(e *delivery.Entry) { e.Rule = parse(t, "2034-01-01 18:00") }}, "stays Wed 18:00"},
		"somebody took it away":   {"2026-11-30 12:00:00", []change{gone("2026-11-30 18:00")}, "stays Mon 19:00"},
		"and it is moved":         {"2026-11-30 12:00:00", []change{gone("2026-11-30 18:00"), move("2026-11-30 18:00", "2026-11-30 19:30")}, "stays Mon 20:30"},
		"the next gets one":       {"2026-11-30 19:00:00", []change{gone("2026-11-30 18:00")}, "made 2026-12-02 18:00"},
		"turned off":              {"2026-11-30 12:00:00", []change{stands("2026-11-30 18:00"), off}, "deleted"},
		"turned off as it runs":   {"2026-11-30 18:10:00", []change{stands("2026-11-30 18:00"), off}, "deleted"},
		"off, and over":           {"2026-11-30 19:00:00", []change{stands("2026-11-30 18:00"), off}, "over"},
		"off":                     {"2026-11-30 12:00:00", []change{off}, "over"},
		"removed":                 {"2026-11-30 12:00:00", []change{stands("2026-11-30 18:00"), removed}, "deleted"},
		"removed before":          {"2026-11-30 12:00:00", []change{removed}, "over"},
		"its posts are broken":    {"2026-11-30 12:00:00", []change{func(e *delivery.Entry) { e.BrokenAt = time.Unix(1, 0) }}, "made 2026-11-30 18:00"},
		"the bot left":            {"2026-11-30 12:00:00", []change{stands("2026-11-30 18:00"), func(e *delivery.Entry) { e.Place.LeftAt = time.Unix(1, 0) }}, "stays"},
		"it can't be read":        {"2026-11-30 12:00:00", []change{stands("2026-11-30 18:00"), func(e *delivery.Entry) { e.Fault = errors.New("no rule") }}, "stays Mon 19:00"},
	} {
		t.Run(name, func(t *testing.T) {
			e := delivery.Entry{Series: schedule.Series{ID: 7, Event: true, Title: "Strength", Rule: parse(t, "mon wed 18:00"), Length: time.Hour,
				Place: schedule.Place{GuildID: "1", Name: "Hall", Zone: eventZone}}}
			for _, change := range tc.changes {
				change(&e)
			}
			clock, err := e.Recurrence(loadZones(t))
			if err != nil {
				t.Fatal(err)
			}
			step := e.Step(clock, at(t, tc.now, eventZone), drawnEvent)
			if got := stepText(t, step); !strings.HasPrefix(got, tc.want) || step.Do == delivery.EventStays && got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// stepText says what is done, for which start, and when it is looked at again.
func stepText(t *testing.T, s delivery.EventStep) string {
	zone, err := loadZones(t).Location(eventZone)
	if err != nil {
		t.Fatal(err)
	}
	clock := func(at time.Time) string {
		if at.IsZero() {
			return ""
		}
		return " " + at.In(zone).Format("Mon 15:04")
	}
	switch s.Do {
	case delivery.EventMade, delivery.EventChanged:
		return string(s.Do) + " " + s.Slot.String() + " to" + clock(s.Says.Start)
	}
	return string(s.Do) + clock(s.Next)
}
