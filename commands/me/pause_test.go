package me_test

import (
	"testing"
	"time"

	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// TestPause compares the answers to days. It is Sunday 22 November 2026.
func TestPause(t *testing.T) {
	g := gymtest.New(t)
	before := g.Dump()
	var b golden.Table
	b.Row("/me pause", g.Run(gymtest.Mia(), "me pause", nil))
	for _, until := range []string{"off", "tomorrow", "2026-13-01", "2026-11-22", "2026-11-21", "2027-11-23"} {
		b.Row("/me pause until:"+until, g.Run(gymtest.Mia(), "me pause", map[string]any{"until": until}))
	}
	ask := g.Run(gymtest.Mia(), "me pause", map[string]any{"until": "2026-12-05"})
	b.Row("/me pause until:2026-12-05, without consent", ask)
	g.Press(gymtest.Mia(), golden.ID(t, ask, "No, keep nothing"), nil)
	for _, id := range []string{"pauseme1:agree/2026-11-22", "pauseme1:agree/2028-01-01", "pauseme1:agree/x", "pauseme1:agree", "pauseme1:for/0", "pauseme1:for/366", "pauseme1:for/x", "pauseme1:x"} {
		g.Press(gymtest.Mia(), id, nil)
	}
	if g.Dump() != before {
		t.Fatalf("something was kept before consent:\n%s", g.Dump())
	}
	b.Row("I agree", g.Press(gymtest.Mia(), golden.ID(t, ask, iAgree), nil))
	if got := g.Set().PausedUntil.String(); got != "2026-12-05" {
		t.Errorf("paused until %s", got)
	}
	g.Run(gymtest.Mia(), "me pause", map[string]any{"until": "Off"})
	g.Run(gymtest.Mia(), "me settings", map[string]any{"zone": "Europe/Lisbon", "active": "07:00-22:00"})
	g.Run(gymtest.Mia(), "me reminders", map[string]any{"at": "weekdays 11:00"})
	g.Run(gymtest.Mia(), "me nudge", map[string]any{"days": "2"})
	g.Run(gymtest.Mia(), "me nudge", map[string]any{"days": "14"})
	shown := g.Run(gymtest.Mia(), "me pause", nil)
	b.Row("/me pause, with what waits", shown)
	paused := g.Press(gymtest.Mia(), golden.ID(t, shown, "Pause for a week"), nil)
	b.Row("Pause for a week", paused)
	if got := g.NudgesOf(); got[0] != "2026-11-29T07:00:00Z" || got[1] != "2026-12-06T12:00:00Z" {
		t.Errorf("the nudges come at %v", got)
	}
	kicks := g.Kicks
	b.Row("Pause for 4 weeks", g.Press(gymtest.Mia(), golden.ID(t, paused, "Pause for 4 weeks"), nil))
	if got := g.Set().PausedUntil.String(); got != "2026-12-20" || g.Kicks == kicks {
		t.Errorf("paused until %s", got)
	}
	// Another setting keeps the pause, and its end with the hours.
	g.Run(gymtest.Mia(), "me settings", map[string]any{"active": "09:00-22:00"})
	if got := g.Set().PausedUntil.String(); got != "2026-12-20" {
		t.Errorf("a setting made the pause end on %q", got)
	}
	b.Row("End the pause", g.Press(gymtest.Mia(), golden.ID(t, paused, "End the pause"), nil))
	if got := g.Set().PausedUntil; !got.IsZero() {
		t.Errorf("paused until %s", got)
	}
	if got := g.NudgesOf(); got[0] != "2026-11-24T12:00:00Z" || got[1] != "2026-12-06T12:00:00Z" {
		t.Errorf("after the pause the nudges come at %v", got)
	}
	b.Compare(t, "pause-table")
}

// TestPauseGoesByOnesOwnDay: a day begins on the member's clock, and a pause
// that is over is none.
func TestPauseGoesByOnesOwnDay(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	g.Run(gymtest.Mia(), "me settings", map[string]any{"zone": "Pacific/Auckland"}) // where it is Monday
	g.Run(gymtest.Mia(), "me pause", map[string]any{"until": "2026-11-23"})
	if got := g.Set().PausedUntil; !got.IsZero() {
		t.Errorf("paused until today: %s", got)
	}
	g.Run(gymtest.Mia(), "me pause", map[string]any{"until": "2026-11-24"})
	if got := g.Set().PausedUntil; got.IsZero() {
		t.Error("not paused until tomorrow")
	}
	g.Time = gymtest.Noon.Add(24 * time.Hour) // 25 November there
	golden.Reply(t, "pause-over", g.Run(gymtest.Mia(), "me pause", nil))
	g.Run(gymtest.Mia(), "me settings", map[string]any{"country": "NZ"})
	if got := g.Set().PausedUntil; got != (schedule.Date{}) {
		t.Errorf("a pause that is over stays: %s", got)
	}
}
