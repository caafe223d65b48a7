package setup_test

import (
	"strings"
	"testing"

	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// TestZoneIsShownFirst holds that another clock is shown before it is saved, with
// what stays as it is, and that nothing has changed before.
func TestZoneIsShownFirst(t *testing.T) {
	g := gymtest.New(t)
	class := g.Saved("mon wed fri 18:00", func(s *schedule.Series) { s.Title = "Strength" })
	g.Saved("sat 10:00")
	r, err := class.Recurrence(g.Zones)
	if err != nil {
		t.Fatal(err)
	}
	next, err := r.Next(g.Time)
	if err != nil {
		t.Fatal(err)
	}
	by := schedule.By{UserID: gymtest.Carl().User, At: g.Time}
	if err := g.Store.Skip(t.Context(), class.ID, next, by); err != nil {
		t.Fatal(err)
	}
	zone := func() string {
		t.Helper()
		all, err := g.Store.Places(t.Context(), gymtest.IronID)
		if err != nil {
			t.Fatal(err)
		}
		return all[0].Zone
	}
	shown := g.Run(gymtest.Olga(), "setup", map[string]any{"zone": "Europe/Berlin"})
	golden.Reply(t, "setup-zone-asked", shown)
	if got := zone(); got != "Europe/Lisbon" {
		t.Errorf("shown: the zone is %s already", got)
	}
	g.Run(gymtest.Olga(), "setup", map[string]any{"tidy": false})
	again := g.Tap(gymtest.Olga(), shown, "Save")
	golden.Reply(t, "setup-zone-meanwhile", again)
	if got := zone(); got != "Europe/Lisbon" {
		t.Errorf("changed meanwhile: the zone is %s", got)
	}
	for range 2 {
		saved := golden.Shown(g.Tap(gymtest.Olga(), again, "Save"))
		if got := zone(); got != "Europe/Berlin" || !strings.Contains(saved, "Europe/Berlin") {
			t.Errorf("saved: the zone is %s, and the card says %s", got, saved)
		}
	}
	is, err := g.Store.Series(t.Context(), class.ID)
	if err != nil || len(is.Skips) != 1 || is.Skips[0] != next.Slot {
		t.Errorf("the skip is %v, %v, want it kept", is.Skips, err)
	}
	if rest := golden.Shown(g.Run(gymtest.Olga(), "setup", map[string]any{"zone": "Asia/Tokyo", "name": "Dojo"})); !strings.Contains(rest, "The rest is saved") || !strings.Contains(rest, "Dojo") {
		t.Errorf("with more: %s", rest)
	}
	if rita := golden.Shown(g.Press(gymtest.Mia(), golden.ID(t, again, "Save"), nil)); strings.Contains(rita, "Berlin") {
		t.Errorf("a member reads %s", rita)
	}
}
