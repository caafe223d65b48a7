package content

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestPlan(t *testing.T) {
	s := load(t).Lifts("en")
	for _, area := range AreaIDs() {
		p := s.Plan(area)
		if len(p.Pause) != 3 || len(p.Instead) != 3 {
			t.Errorf("%s: pauses %d, %d instead", area, len(p.Pause), len(p.Instead))
			continue
		}
		var said []string
		for i, e := range p.Pause {
			w := p.Instead[i]
			if w.On(area) >= e.On(area) || slices.Contains(p.Pause, w) || slices.Contains(p.Instead[:i], w) {
				t.Errorf("%s: %s instead of %s", area, w.ID, e.ID)
			}
			said = append(said, e.Name+" > "+w.Name)
		}
		t.Log(area, said)
	}
}

func TestToday(t *testing.T) {
	s := load(t).Lifts("en")
	for _, area := range AreaIDs() {
		d := s.Today(area)
		if len(d.Lifts) < 4 || len(d.Lifts) > 6 || d.Cardio == nil {
			t.Errorf("%s: %d lifts, cardio %v", area, len(d.Lifts), d.Cardio)
		}
		var said []string
		patterns := map[string]bool{}
		for _, e := range d.Lifts {
			for _, other := range s.Of(e.Pattern) {
				if other.On(area) < e.On(area) && !other.HintOnly && other.usual() && !s.Rested(area, other) {
					t.Errorf("%s: %s loads it less than %s", area, other.ID, e.ID)
				}
			}
			if patterns[e.Pattern] {
				t.Errorf("%s: two of %s", area, e.Pattern)
			}
			patterns[e.Pattern] = true
			said = append(said, e.Name)
		}
		for _, p := range d.Left {
			for _, e := range s.Of(p.ID) {
				if e.On(area) <= 1 && !e.HintOnly && e.usual() && !s.Rested(area, e) || patterns[p.ID] {
					t.Errorf("%s: %s is left out, %s would do", area, p.ID, e.ID)
				}
			}
		}
		t.Log(area, said, d.Cardio.Name, len(d.Left))
	}
}

// TestPlansAgreeWithFirstDays: nothing is named for instead or today that First
// days of the area leaves out, and what it leaves out is said there.
func TestPlansAgreeWithFirstDays(t *testing.T) {
	l := load(t)
	s := l.Lifts("en")
	for _, area := range AreaIDs() {
		p, today := s.Plan(area), s.Today(area)
		for _, e := range slices.Concat(p.Instead, today.Lifts, []*Exercise{today.Cardio}) {
			if s.Rested(area, e) {
				t.Errorf("%s: %s is named, though First days leaves it out", area, e.ID)
			}
			if slices.Contains(p.Pause, e) {
				t.Errorf("%s: %s is to be left out and to be done", area, e.ID)
			}
		}
		a, _ := l.Area("en", area)
		text := strings.ToLower(fmt.Sprint(a.FirstDays.Parts))
		for _, o := range s.plans[area].Out {
			if !strings.Contains(text, o.Say) {
				t.Errorf("%s: First days says nothing of %q, which plans leave out", area, o.Say)
			}
		}
	}
}

// TestStaplesComeFirst: what most gyms train is named before what few do.
func TestStaplesComeFirst(t *testing.T) {
	s := load(t).Lifts("en")
	for area, want := range map[string][]string{
		"neck":       {"overhead_press", "back_squat"},
		"mid_back":   {"bb_row"},
		"low_back":   {"deadlift", "back_squat"},
		"wrist_hand": {"pushup", "front_squat"},
		"elbow":      {"bb_curl", "dip"},
		"knee_foot":  {"back_squat"},
	} {
		for i, e := range s.Plan(area).Pause[:len(want)] {
			if e.ID != want[i] {
				t.Errorf("%s: %s is left out in place %d, want %s", area, e.ID, i+1, want[i])
			}
		}
	}
}

// TestReasons: each reason says what was kept and names what was lowered.
func TestReasons(t *testing.T) {
	t.Parallel()
	l := load(t)
	seen := map[string]bool{} // what a reason is made of
	eachSwap(t, func(e *Exercise, _ Concern, swaps []Swap) {
		for _, w := range swaps {
			key := fmt.Sprint(w.Pattern, w.SamePattern, w.Shared, w.Lowers)
			if seen[key] {
				continue
			}
			seen[key] = true
			got := l.Reason("en", w)
			kept := "keeps the "
			if !w.SamePattern {
				kept = "still works the "
			}
			if strings.Contains(got, "?") || !strings.HasPrefix(got, kept) || !strings.Contains(got, l.StressWord("en", w.Lowers[0].Stress)) || len(w.Keeps()) == 0 {
				t.Errorf("%s by %s: %q keeps %v", e.ID, w.ID, got, w.Keeps())
			}
		}
	})
	s := l.Lifts("en")
	row, _ := s.ByID("bb_row")
	if got, want := l.Reason("en", s.Swaps(row, Concern{})[0]), "keeps the pull, takes loaded bending and compression away"; got != want {
		t.Errorf("Reason = %q, want %q", got, want)
	}
}
