package content

import (
	"maps"
	"slices"
	"sync"
	"testing"
)

// concerns is every area with every "less" and each alone; and every area with
// what somebody keeps low.
func concerns() []Concern {
	var out []Concern
	for _, area := range append([]string{""}, AreaIDs()...) {
		for _, less := range append([]Less{""}, Lesses()...) {
			out = append(out, Concern{area, less, 0})
		}
		out = append(out, Concern{area, "", LessSetOf(LessGrip, LessOverhead)}, Concern{area, LessGrip, LessSetOf(LessNeckLoad)})
	}
	return out
}

// everySwap has the swaps of every lift for each of the concerns, in their order.
// It takes seconds, and several tests look at it.
var everySwap = sync.OnceValues(func() (map[string][][]Swap, error) {
	l, err := loaded()
	if err != nil {
		return nil, err
	}
	s, all := l.Lifts("en"), map[string][][]Swap{}
	for _, e := range s.All() {
		for _, c := range concerns() {
			all[e.ID] = append(all[e.ID], s.Swaps(e, c))
		}
	}
	return all, nil
})

// eachSwap goes through the whole library, one lift and concern after the other.
// Short runs leave that out.
func eachSwap(t *testing.T, look func(e *Exercise, c Concern, swaps []Swap)) {
	t.Helper()
	if testing.Short() {
		t.Skip("goes through the whole library")
	}
	all, err := everySwap()
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range load(t).Lifts("en").All() {
		for i, c := range concerns() {
			look(e, c, all[e.ID][i])
		}
	}
}

// gradesByStress counts a lift's stresses from its data, not with the rule's own code.
func gradesByStress(e *Exercise) (by map[Stress]int, worst int) {
	by = map[Stress]int{}
	for _, l := range e.Loads {
		by[l.Stress] = l.Grade
		worst = max(worst, l.Grade)
	}
	return by, worst
}

// onArea adds up what reaches an area.
func onArea(e *Exercise, area string) int {
	n := 0
	for _, l := range e.Loads {
		if slices.Contains(l.Areas, area) {
			n += l.Grade
		}
	}
	return n
}

// wanted says over again which stresses a concern is about.
func wanted(e *Exercise, c Concern) map[Stress]bool {
	out := map[Stress]bool{}
	less := map[Less][]Stress{LessOverhead: {Overhead}, LessGrip: {Grip}, LessWristBend: {WristExt}, LessElbowBend: {ElbowFlex},
		LessSpinalLoad: {Compression}, LessBackBend: {FlexLoad, ExtLoad}, LessImpact: {Impact}}
	for _, l := range e.Loads {
		spine := slices.ContainsFunc(l.Areas, func(a string) bool { return a == "neck" || a == "mid_back" || a == "low_back" })
		out[l.Stress] = c.Area != "" && slices.Contains(l.Areas, c.Area) ||
			slices.Contains(less[c.Less], l.Stress) && (c.Less != LessSpinalLoad || spine) ||
			c.Less == LessNeckLoad && slices.Contains(l.Areas, "neck") ||
			c.Easy == LessSetOf(LessGrip, LessOverhead) && (l.Stress == Grip || l.Stress == Overhead) ||
			c.Easy == LessSetOf(LessNeckLoad) && slices.Contains(l.Areas, "neck")
	}
	if c.Area == "" && c.Less == "" && !slices.Contains(slices.Collect(maps.Values(out)), true) {
		for _, l := range e.Loads[:min(2, len(e.Loads))] {
			out[l.Stress] = true
		}
	}
	return out
}

// TestSwapsKeepTheRule goes over the whole library: every lift, every area,
// every "less", together and with what is kept low.
func TestSwapsKeepTheRule(t *testing.T) {
	t.Parallel()
	eachSwap(t, func(e *Exercise, c Concern, swaps []Swap) {
		concerned := wanted(e, c)
		if len(swaps) > 3 {
			t.Errorf("%s %v: %d swaps", e.ID, c, len(swaps))
		}
		for i, w := range swaps {
			at := e.ID + " for " + c.Area + "/" + string(c.Less) + " by " + w.ID
			falls(t, at, e, w, concerned)
			if was, is := onArea(e, c.Area), onArea(w.Exercise, c.Area); is > was || is == was && is > 0 {
				t.Errorf("%s: the area's load does not fall", at)
			}
			if w.total() > e.total() || w.leftOut() {
				t.Errorf("%s: asks more in all, or is best left out", at)
			}
			if w.ID == e.ID || slices.ContainsFunc(swaps[:i], func(o Swap) bool { return o.ID == w.ID }) {
				t.Errorf("%s: the lift itself, or twice", at)
			}
		}
	})
}

// falls checks that what is concerned falls, that nothing else of weight is new,
// and that a swap says what it lowers.
func falls(t *testing.T, at string, e *Exercise, w Swap, concerned map[Stress]bool) {
	t.Helper()
	before, _ := gradesByStress(e)
	after, _ := gradesByStress(w.Exercise)
	sumBefore, sumAfter := 0, 0
	for _, kind := range Stresses() {
		if concerned[kind] {
			sumBefore, sumAfter = sumBefore+before[kind], sumAfter+after[kind]
		}
		if after[kind] > before[kind] && (concerned[kind] || after[kind] > 1) {
			t.Errorf("%s: %s rises from %d to %d", at, kind, before[kind], after[kind])
		}
		if concerned[kind] && after[kind] == 3 {
			t.Errorf("%s: %s stays at the highest grade", at, kind)
		}
	}
	if sumAfter >= sumBefore {
		t.Errorf("%s: the stresses concerned go from %d to %d", at, sumBefore, sumAfter)
	}
	for _, low := range w.Lowers {
		if low.From != before[low.Stress] || low.To != after[low.Stress] || low.To >= low.From || !concerned[low.Stress] {
			t.Errorf("%s: says it lowers %+v", at, low)
		}
	}
	if len(w.Lowers) == 0 {
		t.Errorf("%s: says nothing of what it lowers", at)
	}
}

// TestAreaAndLessAreBothHonoured: asked for both, both fall.
func TestAreaAndLessAreBothHonoured(t *testing.T) {
	t.Parallel()
	less := map[Less]Stress{LessOverhead: Overhead, LessGrip: Grip, LessWristBend: WristExt, LessElbowBend: ElbowFlex, LessSpinalLoad: Compression, LessImpact: Impact}
	eachSwap(t, func(e *Exercise, c Concern, swaps []Swap) {
		for _, w := range swaps {
			if s, ok := less[c.Less]; ok && wanted(e, Concern{Less: c.Less})[s] && e.Grade(s) > 0 && w.Grade(s) >= e.Grade(s) {
				t.Errorf("%s for %s and less %s: %s has as much", e.ID, c.Area, c.Less, w.ID)
			}
		}
	})
}

// TestHintsReorderOnly: a hint comes first where it keeps the rule, and not at
// all where it breaks it.
func TestHintsReorderOnly(t *testing.T) {
	mk := func(id string, hints []string, loads ...Graded) *Exercise {
		return &Exercise{ID: id, Pattern: "p", Name: id, Muscles: []string{"quads"}, Equipment: []string{"barbell"}, Loads: loads, Hints: hints}
	}
	grip := func(n int) Graded { return Graded{Grip, n, []string{"elbow"}} }
	e := mk("e", []string{"worse", "twin", "hinted"}, grip(2))
	s := &Lifts{all: []*Exercise{e,
		mk("worse", nil, grip(3)), mk("twin", nil, grip(2)), mk("plain", nil), mk("hinted", nil, grip(1)),
		mk("heavy", nil, Graded{Impact, 2, []string{"elbow"}}),
		mk("fourth", nil), mk("fifth", nil)}}
	var got []string
	for _, w := range s.Swaps(e, Concern{}) {
		got = append(got, w.ID)
	}
	if want := []string{"hinted", "plain"}; !slices.Equal(got, want) {
		t.Errorf("Swaps = %v, want %v", got, want)
	}
	if got := s.Swaps(mk("x", nil, grip(1)), Concern{Less: LessImpact}); got != nil {
		t.Errorf("swaps for a stress that the lift does not have: %v", got)
	}
}

// TestGentler: a lift without a good swap is sent to a pattern that asks less.
func TestGentler(t *testing.T) {
	t.Parallel()
	s := load(t).Lifts("en")
	eachSwap(t, func(e *Exercise, c Concern, swaps []Swap) {
		if len(c.Of(e)) == 0 {
			if p, ok := s.Gentler(e, c); ok {
				t.Errorf("%s %v: %s is gentler than nothing", e.ID, c, p.ID)
			}
			return
		}
		if len(swaps) > 0 {
			return
		}
		p, ok := s.Gentler(e, c)
		if !ok {
			return
		}
		n, sum := 0, 0
		for _, x := range s.Of(p.ID) {
			n++
			for kind, on := range wanted(e, c) {
				if on {
					sum += x.Grade(kind)
				}
			}
		}
		own := 0
		for kind, on := range wanted(e, c) {
			if on {
				own += e.Grade(kind)
			}
		}
		if p.ID == e.Pattern || sum >= n*own {
			t.Errorf("%s %v: %s asks as much", e.ID, c, p.ID)
		}
	})
}

// The swaps of the lifts that people ask about most, as a coach would read them.
func TestSwapsOfTheArticlesLifts(t *testing.T) {
	s := load(t).Lifts("en")
	for _, tc := range []struct {
		id   string
		c    Concern
		want []string
	}{
		{"overhead_press", Concern{}, []string{"incline_db_press", "machine_press", "landmine_press"}},
		{"bench_press", Concern{Area: "wrist_hand"}, []string{"floor_press", "db_bench", "chest_machine"}},
		{"deadlift", Concern{Less: LessGrip}, []string{"kb_deadlift", "band_gm", "trap_bar_high"}},
		{"back_squat", Concern{Area: "low_back"}, []string{"goblet_squat", "belt_squat", "ssb_squat"}},
		{"overhead_squat", Concern{Less: LessOverhead}, []string{"goblet_squat", "box_squat", "belt_squat"}},
	} {
		e, ok := s.ByID(tc.id)
		if !ok {
			t.Fatalf("there is no %s", tc.id)
		}
		var got []string
		for _, w := range s.Swaps(e, tc.c) {
			got = append(got, w.ID)
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("%s %v: %v, want %v", tc.id, tc.c, got, tc.want)
		}
	}
}
