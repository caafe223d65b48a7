package content

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the golden files")

// Names are permanent: buttons and saved routines hold them. A drill that is
// no longer wanted stays, and leaves the routines.
func TestDrillsAreAllThere(t *testing.T) {
	var got []string
	for _, d := range load(t).Drills("en-US") {
		got = append(got, d.ID)
	}
	want := strings.Fields(`band-pull-apart breathing-reset cat-cow childs-pose-side-reach chin-tuck cross-body-stretch
		desk-lat-stretch doorway-chest-stretch ear-to-shoulder foam-roller-lean front-side-neck-stretch half-kneeling-turn
		hug-and-open lying-nod neck-turns nose-to-armpit open-book seated-turn shoulder-blade-push-up shoulder-blade-squeeze
		shoulder-rolls side-neck-stretch thread-the-needle thread-the-needle-hold upper-back-hug wall-slides
		arm-circles bird-dog chest-opener elbow-circles hip-flexor-stretch knee-rocks lying-twist march-and-swing overhead-reach
		reach-and-round seated-cat-cow seated-side-bend side-stretch standing-cat-cow standing-side-reach standing-turn
		triceps-stretch y-to-w
		ankle-circles back-of-head-press band-external-rotation band-row bodyweight-squat calf-stretch ceiling-punch clamshell
		figure-four-stretch forearm-stretch-fingers-down forearm-stretch-fingers-up forehead-press glute-bridge hamstring-stretch
		heel-raises hip-circles hip-hinge hip-switch knee-to-wall pelvic-tilt side-lying-arm-raise
		side-lying-external-rotation side-lying-leg-raise side-of-head-press sphinx step-touch wall-extension wall-push-up
		wrist-circles wrist-prayer-stretch
		dead-bug knee-to-chest pendulum quad-stretch side-plank-knees sit-to-stand`)
	for _, id := range want {
		if !slices.Contains(got, id) {
			t.Errorf("the drill %s is gone", id)
		}
	}
	if _, ok := load(t).Drill("en-US", "somersault"); ok {
		t.Error("found a drill that does not exist")
	}
}

func TestDose(t *testing.T) {
	l := load(t)
	for _, tc := range []struct {
		dose    Dose
		sides   Sides
		words   string
		seconds int // of one card
	}{
		{Dose{Sets: 1, Reps: 8, Pace: 2.5}, NoSides, "8 slow reps", 28},
		{Dose{Sets: 1, Reps: 1, Pace: 2.5}, NoSides, "1 slow rep", 11},
		{Dose{Sets: 1, Reps: 8, Pace: 2, Hold: 5}, NoSides, "8 slow reps, hold 5 s", 64},
		{Dose{Sets: 3, Reps: 5, Pace: 2, Hold: 2}, NoSides, "3 x 5 slow reps, hold 2 s", 84},
		{Dose{Sets: 1, Reps: 5, Pace: 3}, BothSides, "5 slow reps each way", 38},
		{Dose{Sets: 2, Reps: 5, Pace: 3}, EachSide, "2 x 5 slow reps each side", 46},
		{Dose{Sets: 1, Hold: 24, Breaths: 4}, EachSide, "24 s each side (4 slow breaths)", 32},
		{Dose{Sets: 2, Hold: 30, Breaths: 5}, EachSide, "2 x 30 s each side (5 slow breaths)", 76},
		{Dose{Sets: 2, Hold: 20, Breaths: 3}, NoSides, "2 x 20 s (3 slow breaths)", 56},
		{Dose{Sets: 1, Breaths: 5}, NoSides, "5 slow breaths", 38},
		{Dose{Sets: 1, Breaths: 1}, NoSides, "1 slow breath", 14},
	} {
		if got := l.DoseWords("en-US", tc.dose, tc.sides); got != tc.words {
			t.Errorf("%+v %s reads %q, want %q", tc.dose, tc.sides, got, tc.words)
		}
		if got := tc.dose.seconds(tc.sides); got != tc.seconds {
			t.Errorf("%+v %s takes %d s, want %d", tc.dose, tc.sides, got, tc.seconds)
		}
	}
}

// The lines of a class's post, for every routine, as people read them.
func TestPostLines(t *testing.T) {
	l := load(t)
	var b strings.Builder
	for _, r := range l.Routines("en-US") {
		fmt.Fprintf(&b, "%s: %s, %d minutes (%d s)\n", r.ID, r.Title, r.Minutes, r.Seconds())
		for _, line := range l.PostLines("en-US", r) {
			fmt.Fprintln(&b, line)
		}
		fmt.Fprintln(&b)
	}
	path := filepath.Join("testdata", "routines.golden")
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if b.String() != string(want) {
		t.Errorf("the lines are\n%s\nwant\n%s", b.String(), want)
	}
}

// There is a routine of every kind and length, one of them without equipment.
// Classes have enough variants that five days running don't repeat a
// five-minute one.
func TestEveryLengthHasItsVariants(t *testing.T) {
	l := load(t)
	least := map[string]int{"pre-3": 3, "pre-5": 5, "pre-lower-5": 5, "pre-whole-5": 5, "post-3": 3, "post-5": 5,
		"hips_legs-3": 2, "hips_legs-5": 2, "hips_legs-10": 2}
	kinds := []string{"pre-lower", "pre-whole"}
	for _, k := range Kinds() {
		kinds = append(kinds, string(k))
	}
	for _, kind := range kinds {
		for _, minutes := range []int{3, 5, 10} {
			variants, bare := 0, 0
			id := fmt.Sprintf("%s-%d", kind, minutes)
			for _, r := range l.Routines("en-US") {
				if r.ID != id && !strings.HasPrefix(r.ID, id+"-") {
					continue
				}
				variants++
				if l.NeedWords("en-US", r) == "" {
					bare++
				}
			}
			if want := max(1, least[id]); variants < want {
				t.Errorf("%d variants of %s, want %d", variants, id, want)
			}
			if bare == 0 {
				t.Errorf("every variant of %s needs something", id)
			}
		}
	}
}

func TestSteps(t *testing.T) {
	l := load(t)
	r, ok := l.Routine("en-US", "post-10")
	if !ok {
		t.Fatal("no post-10")
	}
	var got []string
	for _, s := range r.Steps() {
		got = append(got, s.Drill.ID+" "+string(s.Side))
	}
	want := []string{"lying-nod none", "side-neck-stretch left", "side-neck-stretch right", "nose-to-armpit left", "nose-to-armpit right"}
	if len(got) != 14 || !slices.Equal(got[:5], want) {
		t.Errorf("%d steps, %v, want 14, the first %v", len(got), got, want)
	}
	if got, want := l.NeedWords("en-US", r), "You need a mat, a towel, a chair, a doorway, a pillow, a desk or bench, a foam roller."; got != want {
		t.Errorf("NeedWords = %q, want %q", got, want)
	}
	calm, _ := l.Routine("en-US", "calm-3")
	if got := l.NeedWords("en-US", calm); got != "" {
		t.Errorf("the calm routine says %q, it needs nothing", got)
	}
	if _, ok := l.Routine("en-US", "post-7"); ok {
		t.Error("found a routine that does not exist")
	}
}

// A calm routine begins each drill with how to keep it small; the drill itself
// stays as it is elsewhere.
func TestCalmKeepsItSmall(t *testing.T) {
	l := load(t)
	calm, _ := l.Routine("en-US", "calm-3")
	for _, e := range calm.Entries {
		if e.Steps[0] != e.Drill.Gentle || len(e.Steps) != len(e.Drill.Steps)+1 {
			t.Errorf("%s has the steps %q", e.ID, e.Steps)
		}
	}
	pre, _ := l.Routine("en-US", "pre-3")
	for _, e := range pre.Entries {
		if !slices.Equal(e.Steps, e.Drill.Steps) {
			t.Errorf("%s has the steps %q before training", e.ID, e.Steps)
		}
	}
}

// Every piece of equipment has its word.
func TestEquipmentHasWords(t *testing.T) {
	for _, id := range equipment() {
		if !slices.Contains(load(t).Keys(), "equipment."+id) {
			t.Errorf("no message equipment.%s", id)
		}
	}
}

// A routine never mixes two languages: it comes whole, or in English.
func TestRoutineInAnotherLanguage(t *testing.T) {
	fsys := embedded(t)
	fsys["pt/words.toml"] = fsys["en/words.toml"]
	fsys[`pt/drills/chin-tuck.toml`] = fsys[tuckFile]
	edit(t, fsys, "pt/drills/chin-tuck.toml", `name = "Chin tuck"`, `name = "Queixo para trás"`)
	l, err := LoadFrom(fsys)
	if err != nil {
		t.Fatal(err)
	}
	if d, ok := l.Drill("pt-BR", "chin-tuck"); !ok || d.Name != "Queixo para trás" {
		t.Errorf("the drill is %+v", d)
	}
	if n, want := len(l.Drills("pt")), len(l.Drills("en")); n != want {
		t.Errorf("%d drills, want %d", n, want)
	}
	r, ok := l.Routine("pt-BR", "pre-3")
	if !ok || r.Entries[3].Drill.Name != "Chin tuck" {
		t.Error("the routine is not there in English")
	}
	fsys["pt/routines.toml"] = fsys[routinesFile]
	if _, err = LoadFrom(fsys); err == nil || !strings.Contains(err.Error(), `pt/routines.toml: pre-3.drills[0].drill: there is no drill "breathing-reset"`) {
		t.Errorf("Load says %v", err)
	}
}
