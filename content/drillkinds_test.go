package content

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// What steps may not say, whatever the drill.
var wrongSteps = []struct{ why, pattern string }{
	{"loads the arm's nerves with the head tilted away", `hold (on to )?the (seat|chair)`},
	{"works against the shoulder blade, which rises with the arm", `(arms?|hands?|reach)[^.]*(up|overhead|above)[^.]*shoulders? (blades? )?(slides? |stays? |glides? )?down`},
	{"circles the head", `(circle|roll) (the|your) (head|neck)`},
}

// TestDrillsSayForWhomTheyDiffer: a drill that lies says what pregnancy changes,
// one on a roller what weak bones do, and no step is one that loads nerves.
func TestDrillsSayForWhomTheyDiffer(t *testing.T) {
	lying := regexp.MustCompile(`(?i)\blie (on your (back|front)|back\b|face)`)
	back, rollers := 0, 0
	for _, d := range load(t).Drills("en") {
		steps := strings.Join(d.Steps, " ")
		if lying.MatchString(steps) {
			if back++; !strings.Contains(strings.ToLower(d.Stop), "pregnant") {
				t.Errorf("%s lies on the back or the front and doesn't say what pregnancy changes", d.ID)
			}
		}
		if slices.Contains(d.Equipment, "foam-roller") {
			if rollers++; !strings.Contains(d.Stop, "osteoporosis") {
				t.Errorf("%s is on a roller and doesn't say what weak bones do", d.ID)
			}
		}
		for _, wrong := range wrongSteps {
			if found := regexp.MustCompile(`(?i)` + wrong.pattern).FindString(steps + " " + d.Alt); found != "" {
				t.Errorf("%s: %q %s", d.ID, found, wrong.why)
			}
		}
	}
	if back < 7 || rollers < 1 {
		t.Errorf("%d drills lie, %d are on a roller: the test looks past them", back, rollers)
	}
}

// TestStepsTeach: the steps of a drill say where the body begins, and then what
// moves.
func TestStepsTeach(t *testing.T) {
	start := regexp.MustCompile(`(?i)^(sit|stand|lie|kneel|on all fours|face a wall|hands on|this forearm on|loop a band|reach this arm|press the palms)\b`)
	for _, d := range load(t).Drills("en") {
		if !start.MatchString(d.Steps[0]) {
			t.Errorf("%s begins with %q, which says no position", d.ID, d.Steps[0])
		}
		if len(d.Steps) < 3 || len(d.Steps) > 5 {
			t.Errorf("%s has %d steps, want 3 to 5", d.ID, len(d.Steps))
		}
	}
}

// TestHeldNecks: each stretch that holds the neck is marked as one, so that posts
// tell who had better skip it.
func TestHeldNecks(t *testing.T) {
	var got []string
	for _, d := range load(t).Drills("en") {
		if d.HoldsNeck {
			got = append(got, d.ID)
		}
		if d.Dose.held() && strings.Contains(strings.ToLower(d.Name+strings.Join(d.Names, " ")), "neck") && !d.HoldsNeck {
			t.Errorf("%s is a held stretch of the neck, and not marked", d.ID)
		}
	}
	if want := []string{"front-side-neck-stretch", "nose-to-armpit", "side-neck-stretch"}; !slices.Equal(got, want) {
		t.Errorf("%v hold the neck, want %v", got, want)
	}
	for id, want := range map[string]bool{"post-5": true, "post-5-2": false, "desk-10": true, "pre-5": false, "pre-lower-5": false} {
		if r, ok := load(t).Routine("en", id); !ok || r.HoldsNeck() != want {
			t.Errorf("%s holds the neck: %t, want %t", id, !want, want)
		}
	}
}

// TestCoolDownsSayItOnce: what holds have in common stands in the routine's lead.
func TestCoolDownsSayItOnce(t *testing.T) {
	for _, r := range load(t).Routines("en") {
		if r.Kind == Post && !strings.Contains(r.Lead, "twice") {
			t.Errorf("%s doesn't say that more range takes a second hold", r.ID)
		}
	}
	for _, d := range load(t).Drills("en") {
		if strings.Contains(strings.Join(d.Steps, " "), "twice") {
			t.Errorf("%s says what its routine says", d.ID)
		}
	}
}

// TestWarmUpsFitTheirFocus: a warm-up for legs or the whole body has a squat, a
// hinge and something for the ankles.
func TestWarmUpsFitTheirFocus(t *testing.T) {
	for _, r := range load(t).Routines("en") {
		if r.Focus == Upper {
			continue
		}
		has := func(ids ...string) bool {
			return slices.ContainsFunc(r.Entries, func(e Entry) bool { return slices.Contains(ids, e.ID) })
		}
		if !has("bodyweight-squat") || !has("hip-hinge") || !has("knee-to-wall", "ankle-circles", "heel-raises") {
			t.Errorf("%s lacks a squat, a hinge or the ankles", r.ID)
		}
	}
}
