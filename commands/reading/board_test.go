package reading

import (
	"strings"
	"testing"

	"unpinch/content"
)

// TestReadBoard holds that each line of a workout is there once, in order: lifts
// with their doses, what may be one with a question mark, and the rest after "#".
func TestReadBoard(t *testing.T) {
	lib, err := content.Load()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]string{
		"Strength\nBack squat 5x5 @ 80%\n\n3 rounds for time:\n15 thrusters": "# Strength | Back squat: 5x5 @ 80% | # 3 rounds for time: | Thruster: 15",
		"Back squat\n5x5\nPull-up\n10":                                       "Back squat: 5x5 | Pull-up: 10",
		"15 thrusters, 10 pull-ups\n400 m run\nRest 2 min":                   "Thruster: 15 | Pull-up: 10 | Running: 400 m | # Rest 2 min",
		"A1. Back squat 5x5\nA2. Pull-up 5x5":                                "Back squat: 5x5 | Pull-up: 5x5",
		"everybody ||y||\neverybody ||y||":                                   "everybody? | y? | everybody? | y?",
		"Fran":                                                               "Thruster: 21-15-9 | Pull-up: 21-15-9",
		"":                                                                   "",
	} {
		var got []string
		for _, l := range readBoard(lib.Lifts("en"), text).lines {
			switch {
			case l.head:
				got = append(got, "# "+l.Text)
			case l.Certain():
				got = append(got, l.Exercise.Name+": "+l.Dose)
			default:
				got = append(got, l.Text+"?")
			}
		}
		if s := strings.Join(got, " | "); s != want {
			t.Errorf("%q: got %s, want %s", text, s, want)
		}
	}
}
