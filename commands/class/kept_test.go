package class_test

import (
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// A kept is a press on what was made earlier: a draft, a file that was read,
// lines that were refused, a form or a question that is open.
type kept struct {
	name string
	make func(g *gymtest.Gym) (customID string)
}

// everyKept lists every such press of a coach's. The gym has one class, on
// Mondays.
func everyKept() []kept {
	carl := gymtest.Carl
	labelled := func(reply bot.Reply, g *gymtest.Gym, label string) string { return golden.ID(g.T, reply, label) }
	draft := func(label string) func(*gymtest.Gym) string {
		return func(g *gymtest.Gym) string {
			return labelled(g.Run(carl(), "class add", map[string]any{"at": "tue 18:00"}), g, label)
		}
	}
	edit := func(label string) func(*gymtest.Gym) string {
		return func(g *gymtest.Gym) string {
			return labelled(g.Run(carl(), "class edit", map[string]any{"class": "1", "length": 45}), g, label)
		}
	}
	lines := func(text, label string) func(*gymtest.Gym) string {
		return func(g *gymtest.Gym) string {
			fields := map[string]string{"lines": text, "before": "10", "cool_down": "yes"}
			return labelled(g.Press(carl(), button.LinesNewID.For(button.NewLines(1)), fields), g, label)
		}
	}
	file := func(old, to string) func(*gymtest.Gym) string {
		return func(g *gymtest.Gym) string {
			return labelled(g.Hand(carl(), strings.Replace(g.FileOut(carl()), old, to, 1)), g, "Apply")
		}
	}
	formOf := func(a button.Act) func(*gymtest.Gym) string {
		return func(g *gymtest.Gym) string {
			return g.Press(carl(), button.ClassFormID.For(button.ClassState{Act: a, ID: 1, N: nextMonday(g)}), nil).Modal.ID
		}
	}
	pressed := func(a button.Act) func(*gymtest.Gym) string {
		return func(g *gymtest.Gym) string {
			return button.ClassID.For(button.ClassState{Act: a, ID: 1, N: nextMonday(g)})
		}
	}
	all := []kept{
		{"a new class, saved", draft("Save")},
		{"a new class, its form opened", draft("Change")},
		{"a new class, its form sent", func(g *gymtest.Gym) string { return g.Press(carl(), draft("Change")(g), nil).Modal.ID }},
		{"a new class, its posts shown", draft("Preview")},
		{"a change, saved", edit("Save")},
		{"a change, its form opened", edit("Change")},
		{"a change, its form sent", func(g *gymtest.Gym) string { return g.Press(carl(), edit("Change")(g), nil).Modal.ID }},
		{"lines, saved", lines("tue 18:00\nwed 18:00", "Save these 2")},
		{"lines, their form opened", lines("tue 18:00\nwed 18:00", "Change")},
		{"lines, their form sent", func(g *gymtest.Gym) string {
			return g.Press(carl(), lines("tue 18:00\nwed 18:00", "Change")(g), nil).Modal.ID
		}},
		{"refused lines, mended", lines("soon", "Mend the lines")},
		{"a file with a new class", file("classes:\n", "classes:\n      - at: fri 07:00\n")},
		{"a file with a change", file("length_min: 60", "length_min: 45")},
		{"a file without the class", file("      - id: 1\n        at: mon 18:00\n        length_min: 60\n        before_min: 10\n        cool_down: true\n", "")},
		{"a file that closes a day", file("\n    classes:", "\n    closed: [2026-12-24]\n    classes:")},
		{"a file that skips a start", file("cool_down: true\n", "cool_down: true\n        skips: [2026-11-23T18:00:00Z]\n")},
		{"a file that moves a start", file("cool_down: true\n", "cool_down: true\n        moves: [{from: 2026-11-23T18:00:00Z, to: 2026-11-23T19:00:00Z}]\n")},
		{"days, their form sent", func(g *gymtest.Gym) string { return g.Press(carl(), "closedform1:1", nil).Modal.ID }},
		{"a day, opened again", func(g *gymtest.Gym) string {
			return golden.Selects(g.Close(carl(), map[string]any{"dates": "2026-12-24"}).Parts)[0].ID
		}},
	}
	for _, a := range []button.Act{button.ActEdit, button.ActAlways, button.ActMove, button.ActPause} {
		all = append(all, kept{"the form to " + string(a), formOf(a)})
	}
	for _, a := range []button.Act{button.ActNow, button.ActSkip, button.ActUnskip, button.ActOff, button.ActCancel, button.ActResume, button.ActMend,
		button.ActAsk, button.ActRemove, button.ActOwner, button.ActTake} {
		all = append(all, kept{"the button to " + string(a), pressed(a)})
	}
	return all
}

func nextMonday(g *gymtest.Gym) int64 {
	g.T.Helper()
	r, err := g.Only().Recurrence(g.Zones)
	if err != nil {
		g.T.Fatal(err)
	}
	start, err := r.Next(g.Time)
	if err != nil {
		g.T.Fatal(err)
	}
	return start.Planned.Unix()
}

// TestKeptIsCheckedAsItIsNow presses what was made while carl was the coach
// after he is it no more: because the place has another coach role, or because
// he has lost the role. Nothing happens, and he is told what it needs.
func TestKeptIsCheckedAsItIsNow(t *testing.T) {
	fields := map[string]string{"at": "sat 10:00", "length": "30", "title": "Taken", "before": "10", "cool_down": "yes", "day": "2026-12-24",
		"lines": "sat 10:00", "dates": "2026-12-25"}
	lost := gymtest.Carl()
	lost.Roles = nil
	for _, now := range []struct {
		name, role string
		who        gymtest.Person
	}{{"without the role", gymtest.CoachID, lost}, {"of another coach role", "1325750707814400088", gymtest.Carl()}} {
		for _, k := range everyKept() {
			g := gymtest.New(t)
			g.Add(map[string]any{"at": "mon 18:00"})
			id := k.make(g)
			p := g.Only().Place
			p.CoachRole = now.role
			if _, err := g.Store.SavePlace(t.Context(), p, schedule.By{At: g.Time}); err != nil {
				t.Fatal(err)
			}
			before, kicks := g.Dump(), g.Kicks
			reply := g.Press(now.who, id, fields, "2026-12-24")
			if got := golden.Shown(reply); !strings.HasPrefix(got, "Changing classes at") || reply.Modal != nil {
				t.Errorf("%s, %s: %s", k.name, now.name, got)
			}
			if g.Dump() != before || g.Kicks != kicks {
				t.Errorf("%s, %s: something has changed", k.name, now.name)
			}
		}
	}
}

// TestPresetIsCheckedAsItIsNow has an admin save what a preset drafted after they
// manage the server no more.
func TestPresetIsCheckedAsItIsNow(t *testing.T) {
	g := gymtest.New(t)
	contract := g.Tap(gymtest.Olga(), g.Run(gymtest.Olga(), "setup", nil), "Open gym")
	before := g.Dump()
	lost := gymtest.Olga()
	lost.Perms = 0
	for _, label := range []string{"Save", "Change", "Preview"} {
		if got := golden.Shown(g.Tap(lost, contract, label)); !strings.HasPrefix(got, "Changing classes at") {
			t.Errorf("%s says %s", label, got)
		}
	}
	if g.Dump() != before {
		t.Error("a refusal changed something")
	}
}
