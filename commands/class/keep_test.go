package class_test

import (
	"strings"
	"testing"
	"time"

	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// wednesday is what everybody skips here.
func wednesday() schedule.Slot {
	return schedule.Slot{Day: schedule.Date{Year: 2026, Month: 11, Day: 25}, Clock: 18 * 60}
}

// pick is the select in which a draft asks about that start.
func pick(draft int64) string {
	return button.ClassKeepID.For(button.ClassState{Act: button.ActKeep, ID: draft, N: wednesday().On(time.UTC).Unix()})
}

// exceptWednesday is a gym with a class, of which the start on Wednesday is left
// out.
func exceptWednesday(t *testing.T) *gymtest.Gym {
	t.Helper()
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon wed 18:00"})
	s := g.Only()
	r, err := s.Recurrence(g.Zones)
	if err != nil {
		t.Fatal(err)
	}
	start, ok := r.Start(wednesday())
	if !ok {
		t.Fatal("there is no start")
	}
	if err := g.Store.Skip(t.Context(), s.ID, start, schedule.By{UserID: gymtest.CarlID, At: g.Time}); err != nil {
		t.Fatal(err)
	}
	return g
}

// An exception goes with its start to the new time of day, and comes back with it.
func TestEditKeepsExceptions(t *testing.T) {
	g := exceptWednesday(t)
	edit := g.Run(gymtest.Carl(), "class edit", map[string]any{"class": "1", "at": "mon wed 18:30"})
	golden.Reply(t, "class-edit-skipped", edit)
	g.Tap(gymtest.Carl(), edit, "Save")
	half := wednesday()
	half.Clock += 30
	if s := g.Only(); len(s.Skips) != 1 || s.Skips[0] != half {
		t.Errorf("skipped are %v, want %v", s.Skips, half)
	}
	for _, at := range []string{"mon 18:30", "mon wed 18:30", "wed 18:00"} { // away, back, and elsewhere
		g.Tap(gymtest.Carl(), g.Run(gymtest.Carl(), "class edit", map[string]any{"class": "1", "at": at}), "Save")
	}
	if s := g.Only(); len(s.Skips) != 1 || s.Skips[0] != wednesday() {
		t.Errorf("skipped are %v, want %v", s.Skips, wednesday())
	}
}

// A day with several starts asks which of them is meant, and saves nothing before.
func TestEditAsksAboutExceptions(t *testing.T) {
	g := exceptWednesday(t)
	edit := g.Run(gymtest.Carl(), "class edit", map[string]any{"class": "1", "at": "mon wed 07:00 18:30"})
	golden.Reply(t, "class-edit-unclear", edit)
	if shown := golden.Shown(edit); strings.Contains(shown, "[Save]") {
		t.Errorf("it can be saved: %s", shown)
	}
	save := g.Press(gymtest.Carl(), "class1:save/2/0", nil) // as a forger does
	if shown := golden.Shown(save); !strings.Contains(shown, "was skipped") || len(g.Only().Rule.Times()) != 1 {
		t.Errorf("it was saved: %s", shown)
	}
	answered := g.Press(gymtest.Carl(), pick(2), nil, "18:30")
	golden.Reply(t, "class-edit-answered", answered)
	g.Tap(gymtest.Carl(), answered, "Save")
	half := wednesday()
	half.Clock += 30
	if s := g.Only(); len(s.Skips) != 1 || s.Skips[0] != half {
		t.Errorf("skipped are %v, want %v", s.Skips, half)
	}
}

// An exception that is let go is gone.
func TestEditLetsExceptionsGo(t *testing.T) {
	g := exceptWednesday(t)
	g.Run(gymtest.Carl(), "class edit", map[string]any{"class": "1", "at": "mon wed 07:00 18:30"})
	g.Tap(gymtest.Carl(), g.Press(gymtest.Carl(), pick(2), nil, "none"), "Save")
	if s := g.Only(); len(s.Skips) != 0 {
		t.Errorf("skipped are %v", s.Skips)
	}
	gone := g.Run(gymtest.Carl(), "class edit", map[string]any{"class": "1", "at": "fri 18:00"})
	if shown := golden.Shown(gone); strings.Contains(shown, "skipped") {
		t.Errorf("it is still there: %s", shown)
	}
}

// A form that was opened before somebody else saved doesn't take that back unseen.
func TestFormOfAStaleClass(t *testing.T) {
	g := gymtest.New(t)
	saved := g.Add(map[string]any{"at": "mon 18:00", "title": "Strength"})
	form := g.Press(gymtest.Carl(), golden.ID(t, saved, "Edit"), nil)
	g.Tap(gymtest.Olga(), g.Run(gymtest.Olga(), "class edit", map[string]any{"class": "1", "at": "mon 19:00"}), "Save") // in the same second
	contract := g.Press(gymtest.Carl(), form.Modal.ID, map[string]string{"at": "mon 18:00", "length": "60", "title": "Heavy", "before": "10", "cool_down": "yes"})
	golden.Reply(t, "class-edit-stale-form", contract)
	if s := g.Only(); s.Rule.String() != "mon 19:00" {
		t.Errorf("the class is at %s", s.Rule)
	}
}
