package class_test

import (
	"strings"
	"testing"

	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// TestTwin asks before a class is there twice: as a command, as one of several
// lines, and when it came to be there since the card was made. Any difference but
// another title, and a class that has ended, makes it no twin.
func TestTwin(t *testing.T) {
	carl := gymtest.Carl()
	g := gymtest.New(t)
	same := map[string]any{"at": "mon wed 18:00", "title": "Strength"}
	early := g.Run(gymtest.Coach(0), "class add", same)
	g.Add(same)
	contract := g.Run(carl, "class add", same)
	golden.Reply(t, "class-twin", contract)
	fields := map[string]string{"lines": "wed mon 18:00 Strength\ntue 07:00\ntue 08:00", "before": "10", "cool_down": "yes"}
	golden.Reply(t, "class-twin-lines", g.Press(carl, button.LinesNewID.For(button.NewLines(1)), fields))

	kicks := g.Kicks
	asked := g.Tap(gymtest.Coach(0), early, "Save")
	if got := golden.Shown(asked); !strings.Contains(got, "This class exists already") || g.Kicks != kicks || g.Only().Title != "Strength" {
		t.Errorf("a card from before the twin says %s", got)
	}
	if got := golden.Shown(g.Tap(gymtest.Coach(0), asked, "Add it a second time")); !strings.Contains(got, "Saved. The next post") {
		t.Errorf("on yes it says %s", got)
	}
	all, err := g.Store.SeriesOf(t.Context(), gymtest.IronID)
	if err != nil || len(all) != 2 {
		t.Errorf("%d classes, %v", len(all), err)
	}
	titled := g.Run(gymtest.Olga(), "class add", map[string]any{"at": "mon wed 18:00", "title": "Strong", "place": "Iron Garden"})
	if got := golden.Shown(titled); !strings.Contains(got, "exists already") {
		t.Errorf("with another title it says %s", got)
	}
	for _, option := range []map[string]any{
		{"at": "mon wed 18:15"}, {"length": 45}, {"before": 5}, {"cool_down": false}, {"place": "Sydney hall"},
	} {
		if option["place"] != nil {
			g.Sydney()
		}
		other := map[string]any{"at": "mon wed 18:00", "title": "Strength", "place": "Iron Garden"}
		for name, value := range option {
			other[name] = value
		}
		if got := golden.Shown(g.Run(gymtest.Olga(), "class add", other)); strings.Contains(got, "exists already") || !strings.Contains(got, "[Save]") {
			t.Errorf("with %v it says %s", option, got)
		}
	}
}

// TestTwinOfAnEndedClass adds a class again whose last day is over.
func TestTwinOfAnEndedClass(t *testing.T) {
	g := gymtest.New(t)
	g.Saved("mon 18:00", func(s *schedule.Series) { s.Until = schedule.Date{Year: 2026, Month: 11, Day: 23} })
	g.Time = g.Time.AddDate(0, 0, 7)
	if got := golden.Shown(g.Run(gymtest.Carl(), "class add", map[string]any{"at": "mon 18:00"})); strings.Contains(got, "exists already") {
		t.Errorf("it says %s", got)
	}
}

// TestTwinByEdit asks before an edit makes a class the same as another, and not
// before an edit of one that is.
func TestTwinByEdit(t *testing.T) {
	carl := gymtest.Carl()
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00"})
	g.Add(map[string]any{"at": "tue 18:00"})
	contract := g.Run(carl, "class edit", map[string]any{"class": "2", "at": "mon 18:00"})
	golden.Reply(t, "class-twin-edit", contract)
	if got := golden.Shown(g.Tap(carl, contract, "Save it anyway")); !strings.Contains(got, "Saved.") {
		t.Errorf("on yes it says %s", got)
	}
	again := g.Run(carl, "class edit", map[string]any{"class": "2", "until": "2026-12-18"})
	if got := golden.Shown(again); strings.Contains(got, "Another class") || !strings.Contains(got, "[Save]") {
		t.Errorf("of a twin it says %s", got)
	}
}
