package main

import (
	"fmt"
	"strings"
	"testing"
)

// TestSaveWhoseAnswerIsLost saves a class each time while something befalls the
// answer: Discord never gets it, gets it late, or takes it and says nothing. The
// admin sees it saved, at the latest on the second press, and it is there once.
func TestSaveWhoseAnswerIsLost(t *testing.T) {
	t.Parallel()
	g := newGym(t, "classes")
	for i, tc := range []struct {
		name  string
		rule  asks
		again bool // nothing can reach the admin: they press again
	}{
		{"dropped before it counts", asks{"drop": true, "times": 1}, false},
		{"dropped after it counts", asks{"drop": true, "times": 1, "after_commit": true}, false},
		{"a 5xx before it counts", asks{"status": 502, "times": 1}, false},
		{"a 5xx after it counts", asks{"status": 502, "times": 1, "after_commit": true}, false},
		{"slow after it counts", asks{"delay_ms": 2700, "times": 1, "after_commit": true}, false},
		{"slow before it counts", asks{"delay_ms": 2700, "times": 1}, false},
		{"refused once", asks{"status": 400, "times": 1}, false},
		{"dropped for good", asks{"drop": true}, true},
		{"a 5xx for good", asks{"status": 503}, true},
	} {
		add := asks{"as": "olga", "channel": "general", "name": "class add", "options": asks{"at": fmt.Sprintf("mon 06:%02d", i)}}
		contract := g.command(add)
		tc.rule["route"] = "POST /interactions/{interaction}/{token}/callback"
		g.faults(asks{"rules": []any{tc.rule}})
		var a answer
		if status := g.post("/click", asks{"as": "olga", "message": contract.ID, "label": "Save"}, &a); status != 200 {
			t.Fatalf("%s: HTTP %d", tc.name, status)
		}
		g.noFaults()
		if lost := a.Interaction.Outcome == "failed"; lost != tc.again {
			t.Errorf("%s: the press is %s, %+v", tc.name, a.Interaction.Outcome, a.Error)
		}
		want := "Saved. The next post"
		shown := a.Messages
		switch {
		case tc.again:
			want, shown = fmt.Sprintf("Saved: Mondays at 06:%02d.", i), []message{g.press("olga", contract.ID, "Save")}
		case tc.rule["status"] == 400:
			want = "This may have been saved: look at `/class list`."
		}
		if len(shown) != 1 || !strings.Contains(shown[0].View.Text, want) {
			t.Errorf("%s: want %q in %+v\n%s", tc.name, want, shown, g.bot.log)
		}
		if got := g.command(add).View.Text; !strings.Contains(got, "This class exists already") {
			t.Errorf("%s: added again it says %s", tc.name, got)
		}
		g.once(i + 2) // with the one of every day
	}
}

// once holds that there are so many classes.
func (g *gym) once(want int) {
	g.t.Helper()
	list := g.command(asks{"as": "olga", "channel": "general", "name": "class list"}).View.Text
	if !strings.Contains(list, fmt.Sprintf("%d classes at Iron Garden", want)) {
		g.t.Errorf("want %d classes in\n%s", want, list)
	}
}
