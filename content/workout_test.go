package content

import (
	"strings"
	"testing"
	"time"
)

// read writes what a workout is read as: "id dose" for a certain lift, "?text" for one that
// isn't.
func readAs(w Workout) string {
	var out []string
	for _, l := range w.Lines {
		if !l.Certain() {
			out = append(out, "?"+l.Text)
			continue
		}
		out = append(out, strings.TrimSpace(l.ID+" "+l.Dose))
	}
	return strings.Join(out, " | ")
}

// TestReadWorkouts: each kind of line that people paste, in our own words.
func TestReadWorkouts(t *testing.T) {
	s := load(t).Lifts("en")
	for text, want := range map[string]string{
		// one lift, with what stands around it
		"A1. Bench press 3x8 @ 60kg":       "bench_press 3x8 @ 60kg",
		"B2) split squat 3 x 10 each side": "split_squat 3 x 10 each side",
		"- [ ] Deadlift, 5x5, heavy":       "deadlift 5x5",
		"\u2022 12 Wall balls, 9/6 kg":     "wall_ball 12, 9/6 kg",
		"Finisher: 50 burpees for time":    "burpee 50",
		"T1: OHP 5x3+":                     "overhead_press 5x3+",
		"Front squat (tempo 3-1-1) 4x6":    "front_squat 3-1-1, 4x6",
		"Row 2000m":                        "rower 2000m",
		"15 cal bike":                      "bike 15 cal",
		// several in a line
		"squat, bench; deadlift":         "back_squat | bench_press | deadlift",
		"dips + chin-ups":                "dip | chinup",
		"push-ups / air squats / lunges": "pushup | bw_squat | walking_lunge",
		"3x12 push-ups and 3x15 lunges":  "pushup 3x12 | walking_lunge 3x15",
		"3x10 dips SS 3x10 chins":        "dip 3x10 | chinup 3x10",
		"clean and jerk, snatch":         "clean_jerk | snatch",
		"squat and pizza":                "back_squat | ?pizza",
		"squat, zebra press, bench 3x8":  "back_squat | ?zebra press | bench_press 3x8",
		"clean and press":                "?clean and press",
		"squat bench":                    "?squat bench",
		// lines, and lines that have run together
		"Squat\n3x5\nBench\n3x5":                       "back_squat 3x5 | bench_press 3x5",
		"Squat 3x5 Bench 3x5 Deadlift 1x5":             "back_squat 3x5 | bench_press 3x5 | deadlift 1x5",
		"For time: 30 thrusters 20 pull-ups 400 m run": "thruster 30 | pullup 20 | run 400 m",
		"Evening session\nMonday, 4 May 2026 at 18:02\nDeadlift (Barbell)\nSet 1: 100 kg x 5\nSet 2: 110 kg x 3\nhttps://example.org/x": "deadlift Set 1: 100 kg x 5, Set 2: 110 kg x 3",
		// whose an amount is, where lines have run together
		"For time: 1 mile run 100 pull-ups 200 push-ups 1 mile run":      "run 1 mile | pullup 100 | pushup 200 | run 1 mile",
		"40 wall balls 9/6 kg 30 cal row 20 toes to bar 10 cleans 60/40": "wall_ball 40, 9/6 kg | rower 30 cal | t2b 20 | clean 10, 60/40",
		"3 rounds for time: 400m run 21 KB swings 24/16 12 pull-ups":     "run 400m | kb_swing 21, 24/16 | pullup 12",
		"5 rounds 10 deadlifts 100kg 20 box jumps":                       "deadlift 10, 100kg | box_jump 20",
		"bench 225 x 5 squat 315 x 5":                                    "bench_press 225 x 5 | back_squat 315 x 5",
		"Fran 21-15-9 thrusters 95/65 pull-ups":                          "thruster 21-15-9, 95/65 | pullup",
		"10 deadlifts 5 bench 3x5":                                       "deadlift | bench_press",
		"squat 3x5 bench 3x8 deadlift":                                   "back_squat | bench_press | deadlift",
		"20 min bike, 10 min mobility, 3 x 10 RDLs @ 60 kg":              "bike 20 min | rdl 3 x 10, 60 kg",
		"EMOM 12: min 1: 12 cal bike, min 2: 10 burpees, min 3: rest":    "bike EMOM 12: min 1: 12 cal | burpee min 2: 10",
		"squat, 3x5, bench, 3x8":                                         "back_squat 3x5 | bench_press 3x8",
		"3x5, squat, 3x8, bench":                                         "back_squat | bench_press",
		"Squat 3x5\nrest 90 s":                                           "back_squat 3x5",
		"Deadlift – 5 × 3 @ 85 %":                                        "deadlift 5 × 3 @ 85 %",
		// how much several lifts share
		"Back squat 5x5 @ 80%\n\n3 rounds for time\n15 thrusters\n10 pull-ups": "back_squat 5x5 @ 80% | thruster 15 | pullup 10",
		"10 pull-ups\n20 push-ups\n5 rounds":                                   "pullup 10 | pushup 20",
		// lines that name no lift
		"3 rounds for time of:":    "",
		"Rest 2 min between sets":  "",
		"DAY 2 | Legs & Shoulders": "",
		"We meet at the fountain and warm up together until everybody feels ready.": "",
		// a famous one, and its name above lifts that are written out
		"Grace":                            "clean_jerk 30",
		"the Grace workout":                "clean_jerk 30",
		"Grace\n15 clean and jerks, light": "clean_jerk 15",
		"Leg press, Grace":                 "leg_press | clean_jerk 30",
		"Grace, curl":                      "clean_jerk 30 | ?curl",
		"deadlift 5x5\nGrace\nplank":       "deadlift 5x5 | clean_jerk 30 | plank",
		"Grace\nIsabel":                    "clean_jerk 30 | snatch 30",
		"Grace with vest":                  "clean_jerk 30",
		"Grace (partitioned, 20 rounds)":   "clean_jerk 30",
		"A1. Squat 4x6 A2. Leg curl 3x12 B1) Cable row 3x10 B2) Dips 3x8": "back_squat 4x6 | ham_curl 3x12 | cable_row 3x10 | dip 3x8",
		"Grace and pizza": "?Grace and pizza",
	} {
		if got := readAs(s.Read(text)); got != want {
			t.Errorf("%q is\n%s, want\n%s", text, got, want)
		}
	}
}

func TestFamousWorkouts(t *testing.T) {
	s := load(t).Lifts("en")
	if n := len(s.Workouts()); n < 44 {
		t.Errorf("%d workouts", n)
	}
	for _, name := range s.Workouts() {
		for _, typed := range []string{name, strings.ToUpper(name), name + " workout", "WOD: " + name} {
			if w := s.Read(typed); w.Name != name || len(w.Lines) == 0 || w.Certain() {
				t.Errorf("%q is %q with %d lifts", typed, w.Name, len(w.Lines))
			}
		}
	}
}

// TestReadIsBounded: the longest text, of the worst kinds, takes no time that
// anyone would notice.
func TestReadIsBounded(t *testing.T) {
	s := load(t).Lifts("en")
	for _, unit := range []string{"squat ", "3 ", "3x5 squat ", "zebra 5 ", "squat and ", "squat/", "squat,", "squat\n", "(squat ", "é", "\xff", "a1. "} {
		start := time.Now()
		w := s.Read(strings.Repeat(unit, 100_000/len(unit)))
		if len(w.Lines) > workoutBytes {
			t.Errorf("%q: %d lines", unit, len(w.Lines))
		}
		if took := time.Since(start); took > 3*time.Second {
			t.Errorf("%q takes %s", unit, took)
		}
	}
}

func TestCodesDiffer(t *testing.T) {
	if a, b := Code("back_squat"), Code("bench_press"); a == b || len(a) != CodeLen || a != "qGP" {
		t.Errorf("the codes are %s and %s", a, b) // they sit in custom IDs: they never change
	}
	s := load(t).Lifts("en")
	for _, e := range s.All() {
		if got, ok := s.ByCode(Code(e.ID)); !ok || got != e {
			t.Errorf("the code of %s finds another", e.ID)
		}
	}
}

// TestALongTextIsCutBetweenWords: what is too long says so, and no name is half of a word.
func TestALongTextIsCutBetweenWords(t *testing.T) {
	s := load(t).Lifts("en")
	for unit, cut := range map[string]bool{"squat, ": true, "squat\n": true, "squat 3x5 ": true} {
		w := s.Read(strings.Repeat(unit, 6000/len(unit)))
		if w.Cut != cut {
			t.Errorf("%q: cut is %t", unit, w.Cut)
		}
		for _, l := range w.Lines {
			if !l.Certain() && strings.Contains(l.Text, "squ") && len(l.Text) < 5 {
				t.Errorf("%q has %q", unit, l.Text)
			}
		}
	}
	if s.Read("squat, bench").Cut {
		t.Error("a short text is cut")
	}
}
