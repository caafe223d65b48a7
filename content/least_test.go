package content

import (
	"slices"
	"testing"
)

// least is what lifts of a kind load at least, whoever wrote them down.
type least struct {
	kind   string
	is     func(e *Exercise) bool
	stress Stress
	grade  int
	areas  []string
}

func of(patterns ...string) func(*Exercise) bool {
	return func(e *Exercise) bool { return slices.Contains(patterns, e.Pattern) }
}

func in(position string) func(*Exercise) bool {
	return func(e *Exercise) bool { return slices.Contains(e.Positions, position) }
}

func training(pattern string, muscles ...string) func(*Exercise) bool {
	return func(e *Exercise) bool { return e.Pattern == pattern && slices.Contains(muscles, e.Muscles[0]) }
}

// with is a pattern's lifts that are known by some gear.
func with(pattern string, gear ...string) func(*Exercise) bool {
	return func(e *Exercise) bool { return e.Pattern == pattern && slices.Contains(gear, e.Equipment[0]) }
}

// held is a lift whose weight or bar is in the hands.
func held(e *Exercise) bool {
	hands := []string{"barbell", "dumbbell", "kettlebell", "trap_bar", "axle", "bar", "rings", "log", "landmine", "hangboard", "pegboard"}
	elsewhere := []string{"bar_on_back", "on_hips", "crook"}
	return slices.Contains(hands, e.Equipment[0]) &&
		!slices.ContainsFunc(e.Positions, func(p string) bool { return slices.Contains(elsewhere, p) })
}

func leasts() []least {
	return []least{
		{"weight at the shoulders", in("rack"), ElbowFlex, 2, []string{"elbow"}},
		{"hang", in("hang"), Traction, 2, []string{"shoulder_upper_back"}},
		{"hang", in("hang"), Overhead, 2, []string{"shoulder_upper_back"}},
		{"hang", in("hang"), Grip, 2, []string{"wrist_hand"}},
		{"weight on the palms", in("palms"), WristExt, 1, []string{"wrist_hand"}},
		{"weight on the elbows", in("elbows"), DirectPressure, 1, []string{"elbow"}},
		{"bar across the back", in("bar_on_back"), DirectPressure, 1, []string{"neck"}},
		{"bent over", in("bent_over"), FlexLoad, 1, []string{"mid_back", "low_back"}},
		{"landing", in("landing"), Impact, 1, []string{"low_back", "knee_foot"}},
		{"arms behind", in("arms_back"), Traction, 1, []string{"shoulder_upper_back"}},
		{"curling up", in("curl"), FlexLoad, 1, []string{"mid_back", "low_back"}},
		{"straight legs in front", in("legs_straight"), Traction, 1, []string{"buttock_hip", "knee_foot"}},
		{"bar on the hips", in("on_hips"), DirectPressure, 1, []string{"buttock_hip", "thigh"}},
		{"bar in the elbow crook", in("crook"), ElbowFlex, 3, []string{"elbow"}},
		{"bar in the elbow crook", in("crook"), DirectPressure, 2, []string{"elbow"}},
		{"held in the hands", held, Grip, 1, []string{"wrist_hand"}},
		{"squat, press or lunge", of("squat", "leg_machines", "single_leg"), Compression, 1, []string{"knee_foot"}},
		{"barbell squat", with("squat", "barbell", "yoke_bar"), Compression, 2, []string{"low_back", "buttock_hip", "knee_foot"}},
		{"heavy bar from the floor", with("hinge", "axle", "trap_bar"), Compression, 2, []string{"mid_back", "low_back", "buttock_hip"}},
		{"press overhead", of("vertical_push"), Overhead, 1, []string{"shoulder_upper_back"}},
		{"pull from above", of("vertical_pull"), Overhead, 1, []string{"shoulder_upper_back"}},
		{"pull from above", of("vertical_pull"), Grip, 1, []string{"wrist_hand"}},
		{"row", training("horizontal_pull", "lats"), ElbowFlex, 1, []string{"elbow"}},
		{"row", training("horizontal_pull", "lats"), Traction, 1, []string{"mid_back"}},
		{"curl", training("arms", "biceps"), ElbowFlex, 1, []string{"elbow"}},
		{"curl", training("arms", "biceps"), Grip, 1, []string{"wrist_hand"}},
		{"triceps", of("triceps"), ElbowFlex, 1, []string{"elbow"}},
		{"triceps", of("triceps"), Grip, 1, []string{"wrist_hand"}},
	}
}

// TestEveryKindLoadsItsLeast: no squat spares the knee, no rack the elbow.
func TestEveryKindLoadsItsLeast(t *testing.T) {
	for _, kind := range leasts() {
		n := 0
		for _, e := range load(t).Lifts("en").All() {
			if !kind.is(e) {
				continue
			}
			n++
			for _, area := range kind.areas {
				if !slices.ContainsFunc(e.Loads, func(l Graded) bool {
					return l.Stress == kind.stress && l.Grade >= kind.grade && slices.Contains(l.Areas, area)
				}) {
					t.Errorf("%s: %s is less than %d on the %s, though it is a lift of the kind %q", e.ID, kind.stress, kind.grade, area, kind.kind)
				}
			}
		}
		if n == 0 {
			t.Errorf("no lift is of the kind %q", kind.kind)
		}
	}
}

// TestPressesBendTheElbow: every press starts from bent arms.
func TestPressesBendTheElbow(t *testing.T) {
	for _, e := range load(t).Lifts("en").All() {
		want := map[string]int{"vertical_push": 2, "horizontal_push": 1}[e.Pattern]
		if slices.Contains(e.Muscles, "triceps") && e.Grade(ElbowFlex) < want {
			t.Errorf("%s bends the elbow by %d, at least %d", e.ID, e.Grade(ElbowFlex), want)
		}
	}
}
