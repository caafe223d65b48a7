package content

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestCoverage prints how far the library reaches, and fails where it is thin.
func TestCoverage(t *testing.T) {
	s := load(t).Lifts("en")
	var b strings.Builder
	fmt.Fprintf(&b, "\n%-16s", "lifts that load")
	for _, area := range AreaIDs() {
		fmt.Fprintf(&b, " %14.14s", area)
	}
	perArea, graded, coached := map[string]int{}, map[Grade]int{}, 0
	for _, p := range s.Patterns() {
		fmt.Fprintf(&b, "\n%-16s", p.ID)
		for _, area := range AreaIDs() {
			n := 0
			for _, e := range s.Of(p.ID) {
				if e.On(area) > 0 {
					n++
				}
			}
			perArea[area] += n
			fmt.Fprintf(&b, " %14d", n)
		}
	}
	fmt.Fprintf(&b, "\n%-16s", "together")
	for _, area := range AreaIDs() {
		fmt.Fprintf(&b, " %14d", perArea[area])
		if perArea[area] < 12 {
			t.Errorf("%s: %d lifts, at least 12", area, perArea[area])
		}
	}
	nicks := 0
	for _, e := range s.All() {
		for _, g := range e.Grades {
			graded[g]++
		}
		if slices.Equal(e.Grades, []Grade{Coaching}) && slices.Equal(e.Sources, []string{"CC"}) {
			coached++
		}
		if len(e.Names) >= 3 {
			nicks++
		}
	}
	all := len(s.All())
	fmt.Fprintf(&b, "\n%d lifts; resting on %v; %d on coaching practice without a page; %d with three more names", all, graded, coached, nicks)
	t.Log(b.String())
	if all < 140 || coached*2 > all || nicks*20 < all*19 || graded[Guideline]+graded[HealthService] < 25 {
		t.Error("too few lifts, too few that rest on a page, or too few names")
	}
}

// TestCommonLifts holds the article's lifts to what the others need not have.
func TestCommonLifts(t *testing.T) {
	s := load(t).Lifts("en")
	for _, id := range []string{"overhead_squat", "overhead_press", "back_squat", "deadlift", "bench_press"} {
		e, ok := s.ByID(id)
		if !ok || len(e.Setup) != 3 || len(e.Faults) != 2 || e.Lighter == "" {
			t.Errorf("%s has no set-up, faults or word on the weight", id)
		}
	}
}

func TestLiftsOfASecondLanguage(t *testing.T) {
	fsys := embedded(t)
	for file, data := range fsys {
		if rest, ok := strings.CutPrefix(file, "en/"); ok && (strings.HasPrefix(rest, "exercises/") || rest == "patterns.toml" || rest == "plans.toml" || rest == "words.toml") {
			fsys["pt/"+rest] = data
		}
	}
	edit(t, fsys, "pt/exercises/squat.toml", `name = "Back squat"`, `name = "Agachamento"`)
	l, err := LoadFrom(fsys)
	if err != nil {
		t.Fatal(err)
	}
	for locale, want := range map[string]string{"pt-BR": "Agachamento", "en-US": "Back squat", "de": "Back squat"} {
		if e, ok := l.Lifts(locale).ByID("back_squat"); !ok || e.Name != want {
			t.Errorf("%s: the back squat is %q", locale, e.Name)
		}
	}
}

func TestLoading(t *testing.T) {
	s := load(t).Lifts("en")
	list := s.Loading("wrist_hand")
	for i, e := range list {
		if e.On("wrist_hand") == 0 || i > 0 && e.On("wrist_hand") > list[i-1].On("wrist_hand") {
			t.Errorf("%s stands in the wrong place", e.ID)
		}
	}
	if len(list) < 12 {
		t.Errorf("only %d", len(list))
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		if _, err := Load(); err != nil {
			b.Fatal(err)
		}
	}
}
