package me_test

import (
	"strings"
	"testing"

	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// TestAgreeLeadsOn: the press that agrees leads to what was asked for, with what
// was typed or picked before the question.
func TestAgreeLeadsOn(t *testing.T) {
	for _, tc := range []struct {
		name string
		ask  func(g *gymtest.Gym) string // the custom ID of I agree
		want []string                    // of the card
	}{
		{"easy", func(g *gymtest.Gym) string { return golden.ID(t, g.Press(gymtest.Mia(), "easy1:renew", nil), iAgree) }, []string{"What to keep low"}},
		{"easy, picked", func(g *gymtest.Gym) string {
			return golden.ID(t, g.Press(gymtest.Mia(), "easy1:pick", nil, "grip", "overhead"), iAgree)
		}, []string{"Kept low until", "- Less overhead", "- Less grip"}},
		{"routine", func(g *gymtest.Gym) string {
			return golden.ID(t, g.Press(gymtest.Mia(), "ownset1:show", map[string]string{"lines": "chin tuck 8x5s"}), iAgree)
		}, []string{"**Chin tuck:** 8 slow reps"}},
		{"settings", func(g *gymtest.Gym) string {
			return golden.ID(t, g.Run(gymtest.Mia(), "me settings", map[string]any{"zone": "Tokyo", "active": "07:00-22:00"}), iAgree)
		}, []string{"Asia/Tokyo", "07:00 and 22:00"}},
		{"pause", func(g *gymtest.Gym) string {
			return golden.ID(t, g.Run(gymtest.Mia(), "me pause", map[string]any{"until": "2026-12-24"}), iAgree)
		}, []string{"Paused until Thu 24 Dec 2026"}},
		{"nudge", func(g *gymtest.Gym) string {
			return golden.ID(t, g.Run(gymtest.Mia(), "me nudge", map[string]any{"days": "7"}), iAgree)
		}, []string{"I will DM you"}},
		{"progress", func(g *gymtest.Gym) string {
			return golden.ID(t, g.Press(gymtest.Mia(), "progress1:count", nil), iAgree)
		}, []string{"Today"}},
		{"a reminder", func(g *gymtest.Gym) string {
			return golden.ID(t, g.Run(gymtest.Mia(), "me reminders", map[string]any{"at": "weekdays 11:00", "zone": "Lisbon"}), iAgree)
		}, []string{"Mondays to Fridays at 11:00"}},
	} {
		g := gymtest.New(t)
		got := golden.Shown(g.Press(gymtest.Mia(), tc.ask(g), nil))
		for _, want := range tc.want {
			if !strings.Contains(got, want) {
				t.Errorf("%s: I agree leads to\n%s\nwithout %q", tc.name, got, want)
			}
		}
	}
}

// TestSettingsFormIsMended: a field that is refused stands in the form that the
// card opens, beside those that are right, until the form is taken.
func TestSettingsFormIsMended(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	typed := map[string]string{"zone": "Lisbon", "country": "Portugal", "active": "7 to whenever"}
	refused := g.Press(gymtest.Mia(), "settingsset1:show", typed)
	golden.Reply(t, "settings-mend", refused)
	form := g.Press(gymtest.Mia(), golden.ID(t, refused, "Change what I typed"), nil)
	for _, f := range form.Modal.Fields {
		if f.Value != typed[f.ID] {
			t.Errorf("the form's %s has %q, want %q", f.ID, f.Value, typed[f.ID])
		}
	}
	typed["active"] = "07:00-22:00"
	g.Press(gymtest.Mia(), form.Modal.ID, typed)
	if mem := g.Set(); mem.Zone != "Europe/Lisbon" || mem.Country != "PT" || mem.Active.String() != "07:00-22:00" {
		t.Errorf("kept %+v", mem)
	}
	for _, f := range g.Press(gymtest.Mia(), "settingsform1:show", nil).Modal.Fields {
		if f.ID == "zone" && f.Value != "Europe/Lisbon" {
			t.Errorf("the form still has %q", f.Value)
		}
	}
}

// TestForgetOffersACopy: the card that asks before all is deleted offers it as a
// file, and a no keeps it.
func TestForgetOffersACopy(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	privacy := g.Run(gymtest.Mia(), "me privacy", nil)
	ask := g.Press(gymtest.Mia(), golden.ID(t, privacy, "Withdraw and delete all of it"), nil)
	golden.Reply(t, "forget-sure", ask)
	before := g.Dump()
	if file := g.Press(gymtest.Mia(), golden.ID(t, ask, "Export it first"), nil); len(file.Files) != 1 || !strings.Contains(string(file.Files[0].Data), gymtest.Mia().User) {
		t.Errorf("the copy is %s", golden.Shown(file))
	}
	g.Press(gymtest.Mia(), golden.ID(t, ask, "Keep it"), nil)
	if g.Dump() != before {
		t.Error("something changed before it was deleted")
	}
	g.Press(gymtest.Mia(), golden.ID(t, ask, "Delete all of it"), nil)
	if dump := g.Rows(); strings.Contains(dump, gymtest.Mia().User) {
		t.Errorf("something is left:\n%s", dump)
	}
	if got := golden.Shown(g.Press(gymtest.Mia(), "consent1:sure", nil)); !strings.Contains(got, "nothing") {
		t.Errorf("pressed once more it says %s", got)
	}
}

// TestAllDMs shows every kind of DM on one card, and that each can be stopped or
// held from there.
func TestAllDMs(t *testing.T) {
	g := gymtest.New(t)
	golden.Reply(t, "all-dms-none", g.Run(gymtest.Mia(), "me notify", nil))
	g.Agree(gymtest.Mia())
	s := g.Saved("sun 18:00", func(s *schedule.Series) { s.Title = "Strength" })
	g.Follow(gymtest.Mia(), schedule.Follow{UserID: gymtest.Mia().User, Place: s.Place, ClassID: s.ID, Days: schedule.EveryDay})
	g.Run(gymtest.Mia(), "me reminders", map[string]any{"at": "weekdays 11:00", "zone": "Lisbon"})
	g.Run(gymtest.Mia(), "me nudge", map[string]any{"days": "7"})
	all := g.Run(gymtest.Mia(), "me notify", nil)
	golden.Reply(t, "all-dms", all)
	pause := g.Press(gymtest.Mia(), golden.ID(t, all, "Pause all"), nil)
	g.Press(gymtest.Mia(), golden.ID(t, pause, "Pause for a week"), nil)
	paused := g.Press(gymtest.Mia(), golden.ID(t, pause, "All my DMs"), nil)
	golden.Reply(t, "all-dms-paused", paused)
	g.Press(gymtest.Mia(), golden.ID(t, paused, "End the pause"), nil)
	if back := g.Press(gymtest.Mia(), golden.ID(t, paused, "Take the nudges back"), nil); len(g.NudgesOf()) != 0 {
		t.Errorf("a nudge is left: %s", golden.Shown(back))
	}
	one := g.Press(gymtest.Mia(), "reminders1:pick", nil, "2")
	if got := golden.Shown(one); !strings.Contains(got, "Mondays to Fridays at 11:00") {
		t.Errorf("a reminder that was picked shows %s", got)
	}
}
