package reading_test

import (
	"strings"
	"testing"

	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
)

// TestPinchedTakesOnlyALiftThatItIsSureOf: a name that is nearly a lift's gets the
// signs without the lift, and no word of how little it asks.
func TestPinchedTakesOnlyALiftThatItIsSureOf(t *testing.T) {
	g := gymtest.New(t)
	plain := golden.Shown(g.Run(gymtest.Mia(), "pinched", map[string]any{"area": "low_back"}))
	for typed, want := range map[string]string{
		"Leg press": "leg_press", "LÉG-press!": "leg_press", "leg_press": "leg_press", "ohp": "overhead_press", "db_press": "db_press",
		"Leg Press (Machine)": "leg_press", "press overhead": "overhead_press", "bench press 3x10": "bench_press",
		"leg press" + strings.Repeat(" ", 60) + "machine": "leg_press",
		"leg pres": "", "leg": "", "press": "", "Leg Press (Sled)": "", "squat, bench": "", "Fran": "", "pizza": "",
	} {
		signs := g.Run(gymtest.Mia(), "pinched", map[string]any{"area": "low_back", "exercise": typed})
		note, rest, _ := strings.Cut(golden.Shown(signs), "\n")
		unsure := strings.HasPrefix(note, "I am not sure which lift you mean")
		if unsure != (want == "") {
			t.Errorf("%q: the card begins %q", typed, note)
		}
		if unsure && rest != plain {
			t.Errorf("%q: the signs read\n%s", typed, rest)
		}
		next := golden.ID(t, signs, "None of these")
		if asked := strings.HasSuffix(next, "/"+want); want != "" && !asked || want == "" && !strings.HasSuffix(next, "//") {
			t.Errorf("%q leads to %s, want the lift %q", typed, next, want)
		}
		if text := golden.Shown(g.Press(gymtest.Mia(), golden.ID(t, g.Press(gymtest.Mia(), next, nil), "None of these"), nil)); want == "" && strings.Contains(text, "not graded") {
			t.Errorf("%q is told\n%s", typed, text)
		}
	}
}
