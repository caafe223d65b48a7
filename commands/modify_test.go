package commands

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/content"
)

// modified runs /modify with options.
func modified(t testing.TB, d Deps, options map[string]any) bot.Reply {
	t.Helper()
	c, _ := modify(d)
	r, err := c.Run(t.Context(), gymtest.Request(t, d, options))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestModifyCards(t *testing.T) {
	d := gymtest.Deps(t)
	for name, options := range map[string]map[string]any{
		"pick":         {},
		"lift":         {"exercise": "ohp"},
		"lift-area":    {"exercise": "bench_press", "area": "wrist_hand"},
		"lift-less":    {"exercise": "Deadlifts", "less": "grip"},
		"lift-both":    {"exercise": "pull ups", "area": "neck", "less": "grip"},
		"lift-nothing": {"exercise": "deadlift", "less": "overhead"},
		"lift-no-swap": {"exercise": "finger extension"},
		"workout":      {"exercise": "thrusters", "exercise2": "pull-ups, box jumps", "exercise3": "rower", "area": "low_back"},
		"missed":       {"exercise": "**pizza** @everyone", "area": "neck"},
	} {
		t.Run(name, func(t *testing.T) { golden.Reply(t, "modify-"+name, modified(t, d, options)) })
	}
	m := modifyFlow{d}
	for name, s := range map[string]button.ModifyState{
		"all":              {View: button.LiftAll, Lifts: []string{"overhead_squat"}},
		"sources":          {View: button.LiftSources, Lifts: []string{"overhead_press", "thruster", "spin"}},
		"mistake":          {View: button.LiftMistake, Lifts: []string{"overhead_press", "thruster"}, Lift: 2, Area: "neck"},
		"pattern":          {View: button.LiftOf, Of: "carry", Area: "neck"},
		"outdated-lift":    {View: button.LiftCard, Lifts: []string{"gone"}},
		"outdated-pattern": {View: button.LiftOf, Of: "gone"},
	} {
		t.Run(name, func(t *testing.T) {
			golden.Reply(t, "modify-"+name, must(t)(m.turn(t.Context(), gymtest.Request(t, d, nil), s)))
		})
	}
	for name, s := range map[string]button.ShareState{"share-lift": {"back_squat"}, "share-workout": {"back_squat", "bench_press"}} {
		t.Run(name, func(t *testing.T) {
			golden.Reply(t, "modify-"+name, must(t)(m.share(t.Context(), gymtest.Request(t, d, nil), s)))
		})
	}
}

func TestModifySaysWhatItCannotDo(t *testing.T) {
	d := gymtest.Deps(t)
	c, _ := modify(d)
	_, err := c.Run(t.Context(), gymtest.Request(t, d, map[string]any{"exercise": "squat,bench,deadlift,ohp,row,dip,clean"}))
	var refused *bot.UserError
	if !errors.As(err, &refused) || refused.Key != "modify.too_many" {
		t.Errorf("seven lifts: %v", err)
	}
	if _, err := (modifyFlow{d}).share(t.Context(), gymtest.Request(t, d, nil), button.ShareState{"gone"}); !errors.As(err, &refused) {
		t.Errorf("sharing a lift that is gone: %v", err)
	}
}

// TestModifyIsPrivateAndSharedWithoutArea: cards are private; what is posted
// names neither area nor wish, pings nobody, and carries no button.
func TestModifyIsPrivateAndSharedWithoutArea(t *testing.T) {
	d := gymtest.Deps(t)
	c, parts := modify(d)
	if c.Answer != bot.NewPrivate || !c.Discreet || parts[0].Answer != bot.Update || parts[1].Answer != bot.NewPublic || !parts[0].Discreet || !parts[1].Discreet {
		t.Error("a card of /modify is not private and discreet, or sharing is not public")
	}
	m := modifyFlow{d}
	for _, lifts := range []button.ShareState{{"bench_press"}, {"bench_press", "deadlift", "overhead_squat"}} {
		posted := must(t)(m.share(t.Context(), gymtest.Request(t, d, nil), lifts))
		if len(golden.Buttons(posted.Parts)) > 0 || posted.PingRole != "" || strings.Contains(golden.Shown(posted), "42") || strings.Contains(golden.Shown(posted), "Tingling, numb") {
			t.Errorf("posted:\n%s", golden.Shown(posted))
		}
	}
	for _, area := range content.AreaIDs() {
		private := modified(t, d, map[string]any{"exercise": "bench", "area": area, "less": "grip"})
		for _, b := range golden.Buttons(private.Parts) {
			if strings.HasPrefix(b.ID, "share1:") && b.ID != "share1:bench_press" {
				t.Errorf("the button that shares says %q", b.ID)
			}
		}
	}
}

// TestEveryLiftsCard draws every lift with every area and wish: within the
// limits, within the budget of words, labels told apart.
func TestEveryLiftsCard(t *testing.T) {
	gymtest.Slow(t)
	d := gymtest.Deps(t)
	m := modifyFlow{d}
	req := gymtest.Request(t, d, nil)
	longest, most := "", 0
	for _, e := range d.Content.Lifts("en").All() {
		for _, area := range append([]string{""}, content.AreaIDs()...) {
			for _, less := range append([]content.Less{""}, content.Lesses()...) {
				if area != "" && less != "" && less != content.LessGrip {
					continue
				}
				r := must(t)(m.turn(t.Context(), req, button.ModifyState{View: button.LiftCard, Area: area, Less: less, Lifts: []string{e.ID}}))
				at := fmt.Sprintf("%s %s %s", e.ID, area, less)
				fits(t, at, r)
				if n := wordsOn(r); n > most {
					longest, most = at, n
				}
			}
		}
		fits(t, e.ID+" all", must(t)(m.turn(t.Context(), req, button.ModifyState{View: button.LiftAll, Lifts: []string{e.ID}})))
	}
	t.Logf("the longest card is %s, with %d words", longest, most)
}

// fits holds a card to Discord's limits, 120 words and labels of its own.
func fits(t *testing.T, name string, r bot.Reply) {
	t.Helper()
	if err := r.Validate(); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	if n := wordsOn(r); n > 120 {
		t.Errorf("%s has %d words, at most 120", name, n)
	}
	labels := map[string]bool{}
	for _, b := range golden.Buttons(r.Parts) {
		if labels[b.Label] {
			t.Errorf("%s: two buttons read %q", name, b.Label)
		}
		labels[b.Label] = true
	}
	if text := golden.Shown(r); strings.Contains(text, "?modify") || strings.Contains(text, "<no value>") {
		t.Errorf("%s lacks a word:\n%s", name, text)
	}
}

// TestFiveLongestNamesFit: the longest IDs and names on one card.
func TestFiveLongestNamesFit(t *testing.T) {
	d := gymtest.Deps(t)
	var ids, names []string
	for _, e := range d.Content.Lifts("en").All() {
		if len(e.ID) == 16 && len(ids) < button.LiftsAtOnce {
			ids, names = append(ids, e.ID), append(names, e.Name)
		}
	}
	if len(ids) < button.LiftsAtOnce {
		t.Fatalf("only %v have the longest ids", ids)
	}
	m := modifyFlow{d}
	for lift := range button.LiftsAtOnce + 1 {
		for _, v := range []button.LiftView{button.LiftCard, button.LiftAll, button.LiftSources, button.LiftMistake} {
			fits(t, string(v), must(t)(m.turn(t.Context(), gymtest.Request(t, d, nil), button.ModifyState{View: v, Area: "knee_foot", Less: content.LessImpact, Lift: lift, Lifts: ids})))
		}
	}
	fits(t, "shared", must(t)(m.share(t.Context(), gymtest.Request(t, d, nil), ids)))
	fits(t, "typed", modified(t, d, map[string]any{"exercise": strings.Join(names, ",")}))
}

// TestModifySelectsLeadOn follows pattern, lift, and one lift of a workout.
func TestModifySelectsLeadOn(t *testing.T) {
	d := gymtest.Deps(t)
	m := modifyFlow{d}
	turn := func(s button.ModifyState, value string) string {
		return golden.Shown(must(t)(m.turn(t.Context(), gymtest.Request(t, d, nil, value), s)))
	}
	if got := turn(button.ModifyState{View: button.LiftPick, Area: "neck"}, "hinge"); !strings.Contains(got, "deadlift: Deadlift") {
		t.Errorf("the pattern's card is\n%s", got)
	}
	if got := turn(button.ModifyState{View: button.LiftOf, Of: "hinge", Area: "neck"}, "deadlift"); !strings.Contains(got, "## Deadlift") || !strings.Contains(got, "Check the signs first") {
		t.Errorf("the lift's card is\n%s", got)
	}
	if got := turn(button.ModifyState{View: button.LiftCard, Lifts: []string{"dip", "clean"}}, "2"); !strings.Contains(got, "## Clean") || !strings.Contains(got, "Back to the workout") {
		t.Errorf("one lift of a workout is\n%s", got)
	}
	for _, p := range d.Content.Lifts("en").Patterns() {
		fits(t, p.ID, must(t)(m.turn(t.Context(), gymtest.Request(t, d, nil, p.ID), button.ModifyState{View: button.LiftPick})))
	}
}

func TestModifySuggests(t *testing.T) {
	d := gymtest.Deps(t)
	m := modifyFlow{d}
	for _, typed := range []string{"", "b", "ben", "bench pres", "zzzz"} {
		got, err := m.suggest(t.Context(), gymtest.Request(t, d, nil), typed)
		if err != nil || len(got) > 25 || typed != "zzzz" && len(got) == 0 {
			t.Errorf("%q: %d, %v", typed, len(got), err)
		}
		if strings.HasPrefix(typed, "ben") && got[0].Value != "bench_press" {
			t.Errorf("%q offers %v first", typed, got[0])
		}
	}
}

func FuzzModifyID(f *testing.F) {
	f.Add("l0000ohp")
	f.Add("l9854a+b+c+d+e")
	f.Add("o1000hinge")
	f.Fuzz(func(t *testing.T, text string) {
		var s, back button.ModifyState
		if s.UnmarshalText([]byte(text)) != nil {
			return
		}
		again, err := s.MarshalText()
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		if err := back.UnmarshalText(again); err != nil || fmt.Sprint(back) != fmt.Sprint(s) {
			t.Errorf("%q came back as %+v, want %+v, %v", again, back, s, err)
		}
	})
}

// FuzzModifyTurn presses buttons that nobody made: each gets a card.
func FuzzModifyTurn(f *testing.F) {
	d := gymtest.Deps(f)
	m := modifyFlow{d}
	f.Add("l0000deadlift", "")
	f.Add("s0019deadlift", "")
	f.Add("p9900", "hinge")
	f.Add("x0000", "deadlift")
	f.Fuzz(func(t *testing.T, text, value string) {
		var s button.ModifyState
		if len(text) > 90 || s.UnmarshalText([]byte(text)) != nil {
			return
		}
		var values []string
		if value != "" {
			values = []string{value}
		}
		r, err := m.turn(t.Context(), gymtest.Request(t, d, nil, values...), s)
		if err != nil {
			t.Fatal(err)
		}
		if err := r.Validate(); err != nil {
			t.Errorf("%q: %v", text, err)
		}
	})
}
