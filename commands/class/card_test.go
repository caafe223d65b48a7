package class_test

import (
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// TestClassCard holds the card of a class in each state, and what its buttons
// say.
func TestClassCard(t *testing.T) {
	g := gymtest.New(t)
	saved := g.Add(map[string]any{"at": "mon wed fri 18:00", "title": "Strength"})
	show := button.ClassID.For(button.ClassState{Act: button.ActShow, ID: 1, N: 0})
	golden.Reply(t, "class-card-member", g.Press(gymtest.Mia(), show, nil))

	skip := golden.ID(t, saved, "Skip Mon 23 Nov 18:00")
	golden.Reply(t, "class-skipped", g.Press(gymtest.Carl(), skip, nil))
	golden.Reply(t, "class-skipped-already", g.Press(gymtest.Carl(), skip, nil))
	g.Time = g.Time.AddDate(0, 0, 2) // the card is old, its start is over
	if got := golden.Shown(g.Press(gymtest.Carl(), skip, nil)); !strings.Contains(got, "Nothing has changed") {
		t.Errorf("skipping what is over says %s", got)
	}
	if n := len(g.Only().Skips); n != 1 {
		t.Errorf("%d starts are left out, want 1", n)
	}

	form := g.Press(gymtest.Carl(), golden.ID(t, saved, "Pause until"), nil)
	golden.Reply(t, "class-pause", form)
	var said golden.Table
	for _, day := range []string{"", "soon", "2026-11-24", "2026-11-23", "2027-11-25", "9999-12-31"} {
		said.Row("until: "+day, g.Press(gymtest.Carl(), form.Modal.ID, map[string]string{"day": day}))
	}
	said.Compare(t, "class-pause-refusals")
	paused := g.Press(gymtest.Carl(), form.Modal.ID, map[string]string{"day": " 2026-12-08 "})
	golden.Reply(t, "class-paused", paused)
	golden.Reply(t, "class-list-paused", g.Run(gymtest.Mia(), "class list", nil))
	if got := golden.Shown(g.Press(gymtest.Carl(), golden.ID(t, paused, "Resume"), nil)); !strings.Contains(got, "The pause is over.") || !g.Only().PausedUntil.IsZero() {
		t.Errorf("ending the pause says %s", got)
	}
	g.Press(gymtest.Carl(), form.Modal.ID, map[string]string{"day": "2026-12-08"})
	g.Time = time.Date(2026, 12, 8, 12, 0, 0, 0, time.UTC)
	for name, got := range map[string]string{"card": golden.Shown(g.Press(gymtest.Carl(), show, nil)), "list": golden.Shown(g.Run(gymtest.Mia(), "class list", nil))} {
		if strings.Contains(got, "paused") || strings.Contains(got, "Resume") {
			t.Errorf("a pause that is over is on the %s: %s", name, got)
		}
	}

	golden.Reply(t, "class-post-now", g.Press(gymtest.Carl(), golden.ID(t, saved, "Post now"), nil))
	if o := g.Newest(schedule.KindNow); o.ChannelID != gymtest.ClassesID || !o.DueAt.Equal(g.Time) {
		t.Errorf("Post now made %+v", o)
	}
	golden.Reply(t, "class-remove", g.Press(gymtest.Carl(), golden.ID(t, saved, "Remove"), nil))
	gone := g.Press(gymtest.Carl(), button.ClassID.For(button.ClassState{Act: button.ActRemove, ID: 1, N: 0}), nil)
	golden.Reply(t, "class-removed", gone)
	golden.Reply(t, "class-list-none", g.Press(gymtest.Carl(), golden.ID(t, gone, "This week"), nil))
	golden.Reply(t, "class-gone", g.Press(gymtest.Carl(), show, nil))
}

func TestBrokenClass(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00"})
	g.BreakClass(schedule.ReasonPermission)
	broken := g.Press(gymtest.Carl(), button.ClassID.For(button.ClassState{Act: button.ActShow, ID: 1, N: 0}), nil)
	golden.Reply(t, "class-broken", broken)
	golden.Reply(t, "class-list-broken", g.Run(gymtest.Mia(), "class list", nil))
	golden.Reply(t, "class-mended", g.Press(gymtest.Carl(), golden.ID(t, broken, "Try again"), nil))
	if !g.Only().BrokenAt.IsZero() {
		t.Error("the class is broken still")
	}
}

// TestClassWithoutAStart is past its last day.
func TestClassWithoutAStart(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00", "until": "2026-11-23"})
	g.Time = g.Time.AddDate(0, 0, 7)
	golden.Reply(t, "class-over", g.Press(gymtest.Carl(), button.ClassID.For(button.ClassState{Act: button.ActShow, ID: 1, N: 0}), nil))
}

// TestCardLabelsAreUnique also counts words: a card is read in 20 seconds.
func TestCardLabelsAreUnique(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon wed fri 18:00", "title": "Strength", "until": "2027-03-01", "ping": bot.RoleValue{ID: gymtest.CoachID}})
	look := func(what string, r bot.Reply) {
		t.Helper()
		seen := map[string]bool{}
		for _, b := range golden.Buttons(r.Parts) {
			if seen[b.Label] {
				t.Errorf("%s: two buttons are called %q", what, b.Label)
			}
			seen[b.Label] = true
		}
		if n := golden.Words(r); n > 120 {
			t.Errorf("%s: %d words", what, n)
		}
	}
	look("contract", g.Run(gymtest.Carl(), "class add", map[string]any{"at": "mon 18:00"}))
	look("edit", g.Press(gymtest.Carl(), "classset1:edit/1/0", map[string]string{"at": "tue 18:00", "length": "45", "title": "Strength", "before": "20", "cool_down": "yes"}))
	look("list", g.Run(gymtest.Carl(), "class list", nil))
	for _, a := range []button.Act{button.ActShow, button.ActAsk, button.ActNow, button.ActHistory, button.ActOff, button.ActOwner} {
		look(string(a), g.Press(gymtest.Carl(), button.ClassID.For(button.ClassState{Act: a, ID: 1, N: 0}), nil))
	}
	look("paused", g.Press(gymtest.Carl(), "classset1:pause/1/0", map[string]string{"day": "2026-12-24"}))
	g.BreakClass(schedule.ReasonChannel)
	look("broken", g.Press(gymtest.Carl(), button.ClassID.For(button.ClassState{Act: button.ActShow, ID: 1, N: 0}), nil))
}

// TestMend holds who may press Try again under the word of a broken class.
func TestMend(t *testing.T) {
	for _, tc := range []struct {
		name string
		who  gymtest.Person
		kind schedule.Kind
		want string
	}{
		{"the creator in the DM", gymtest.Person{User: gymtest.CarlID, Channel: "1325750707814400055"}, schedule.KindAlert, "Posts go out again."},
		{"a coach in the log channel", gymtest.Carl(), schedule.KindLog, "Posts go out again."},
		{"an admin", gymtest.Olga(), schedule.KindLog, "Posts go out again."},
		{"a member", gymtest.Mia(), schedule.KindLog, "Changing classes at"},
		{"a member, with the creator's button", gymtest.Mia(), schedule.KindAlert, "Changing classes at"},
		{"a stranger in a DM", gymtest.Person{User: "1325750707814400044"}, schedule.KindAlert, "That class isn't on the timetable any more."},
		{"another server", gymtest.Rita(), schedule.KindLog, "That class isn't on the timetable any more."},
	} {
		g := gymtest.New(t)
		g.Add(map[string]any{"at": "mon 18:00"})
		g.BreakClass(schedule.ReasonChannel)
		before, kicks := g.Dump(), g.Kicks
		got := golden.Shown(g.Press(tc.who, button.MendID.For(button.Occurrence(g.Newest(tc.kind).ID)), nil))
		if !strings.HasPrefix(got, tc.want) && !strings.HasPrefix(got, "-# "+tc.want) {
			t.Errorf("%s reads %q, want %q", tc.name, got, tc.want)
		}
		mended := strings.HasPrefix(tc.want, "Posts")
		if mended != g.Only().BrokenAt.IsZero() || !mended && (g.Dump() != before || g.Kicks != kicks) {
			t.Errorf("%s: mended %t", tc.name, g.Only().BrokenAt.IsZero())
		}
	}
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00"})
	g.BreakClass(schedule.ReasonChannel)
	id := button.MendID.For(button.Occurrence(g.Newest(schedule.KindLog).ID))
	g.Press(gymtest.Carl(), button.ClassID.For(button.ClassState{Act: button.ActRemove, ID: 1, N: 0}), nil)
	golden.Reply(t, "class-mend-gone", g.Press(gymtest.Carl(), id, nil))
	golden.Reply(t, "class-mend-over", g.Press(gymtest.Carl(), button.MendID.For(999), nil))
}
