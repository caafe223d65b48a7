package reading_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/content"
	"unpinch/figure"
)

func TestModifyCards(t *testing.T) {
	room := open(t)
	for name, options := range map[string]map[string]any{
		"pick":         {},
		"lift":         {"exercise": "ohp"},
		"lift-area":    {"exercise": "bench_press", "area": "wrist_hand"},
		"lift-less":    {"exercise": "Deadlifts", "less": "grip"},
		"lift-both":    {"exercise": "pull ups", "area": "neck", "less": "grip"},
		"lift-one-of":  {"exercise": "deadlift", "area": "low_back", "less": "overhead"},
		"lift-nothing": {"exercise": "deadlift", "less": "overhead"},
		"lift-no-swap": {"exercise": "finger extension"},
		"workout":      {"exercise": "thrusters", "exercise2": "pull-ups, box jumps", "exercise3": "rower", "area": "low_back"},
		"missed":       {"exercise": "**pizza** @everyone", "area": "neck"},
		"unsure":       {"exercise": "curl"},
		"partly":       {"exercise": "squat 3x5, zebra press, curl, bench 3x8"},
		"famous":       {"exercise": "Murph"},
		"pasted":       {"exercise": "Murph For time: 1 mile run 100 pull-ups 200 push-ups 300 squats 1 mile run, wear a vest"},
		"long":         {"exercise": "A1. squat 5x5\nA2. bench 5x5\nB1) row machine 3x10\nB2) curls\nC. plank 3x30s each side\nC2. dips 3xmax @ BW\nrest 60 s\nD. leg press 4 x 12\nE. run 5k"},
	} {
		t.Run(name, func(t *testing.T) { golden.Reply(t, "modify-"+name, room.run(t, "modify", options)) })
	}
	for name, s := range map[string]button.ModifyState{
		"all":              {View: button.LiftAll, Lifts: []string{"overhead_squat"}},
		"sources":          {View: button.LiftSources, Lifts: []string{"overhead_press", "thruster", "spin"}},
		"mistake":          {View: button.LiftMistake, Lifts: []string{"overhead_press", "thruster"}, Lift: 2, Area: "neck"},
		"pattern":          {View: button.LiftOf, Of: "carry", Area: "neck"},
		"outdated-lift":    {View: button.LiftCard, Lifts: []string{"gone"}},
		"outdated-pattern": {View: button.LiftOf, Of: "gone"},
	} {
		t.Run(name, func(t *testing.T) {
			golden.Reply(t, "modify-"+name, room.lift(t, s))
		})
	}
	for name, s := range map[string]button.ShareState{"share-lift": {"back_squat"}, "share-workout": {"back_squat", "bench_press"}} {
		t.Run(name, func(t *testing.T) {
			golden.Reply(t, "modify-"+name, room.press(t, button.ShareID.For(s)))
		})
	}
}

// TestLoadMap draws a lift beside the swap that its card names first, also on the
// card for all; without the picture the card lacks nothing else.
func TestLoadMap(t *testing.T) {
	room := open(t)
	s := button.ModifyState{View: button.LiftCard, Lifts: []string{"overhead_press"}, Area: "neck"}
	with := room.lift(t, s)
	if len(with.Files) != 1 || with.Files[0].Name != "load-overhead-press.png" || len(with.Files[0].Data) > 60_000 {
		t.Fatalf("%d files", len(with.Files))
	}
	alt := with.Files[0].About
	for _, words := range []string{"Overhead press loads, of 3: 3 ", "Incline dumbbell press loads, of 3: ", "neck"} {
		if !strings.Contains(alt, words) {
			t.Errorf("the alt text lacks %q: %s", words, alt)
		}
	}
	if shared := room.press(t, button.ShareID.For(button.ShareState{"overhead_press"})); len(shared.Files) != 1 {
		t.Errorf("shared with %d files", len(shared.Files))
	}
	forbidden := room.request(t, nil)
	forbidden.AppPerms = bot.SendMessages
	without, err := room.ask(t, forbidden, button.ModifyID.For(s))
	if err != nil || len(without.Files) != 0 || strings.Join(golden.Texts(without.Parts), "\n") != strings.Join(golden.Texts(with.Parts), "\n") {
		t.Errorf("%v, without the picture:\n%s", err, golden.Shown(without))
	}
}

// TestEveryLoadMapIsDrawn draws the lifts with the longest names beside each other,
// where there is least room.
func TestEveryLoadMapIsDrawn(t *testing.T) {
	lib := open(t).lib
	lifts := slices.SortedFunc(slices.Values(lib.Lifts(card.DefaultLocale).All()), func(a, b *content.Exercise) int { return len(b.Name) - len(a.Name) })
	for i := range 12 {
		png, err := figure.LoadMap(card.LoadsOf(lifts[2*i], lifts[2*i+1]), card.LoadWords(lib, card.DefaultLocale))
		if err != nil || len(png) > 60_000 {
			t.Errorf("%s beside %s: %d bytes, %v", lifts[2*i].Name, lifts[2*i+1].Name, len(png), err)
		}
	}
}

func TestModifySaysWhatItCannotDo(t *testing.T) {
	room := open(t)
	_, err := room.command(t, "modify").Run(t.Context(), room.request(t, map[string]any{"exercise": strings.Repeat("squat 1x5, bench 2x5,", 11)}))
	var refused *bot.UserError
	if !errors.As(err, &refused) || refused.Key != "modify.too_many" {
		t.Errorf("22 lifts: %v", err)
	}
	if _, err := room.ask(t, room.request(t, nil), button.ShareID.For(button.ShareState{"gone"})); !errors.As(err, &refused) {
		t.Errorf("sharing a lift that is gone: %v", err)
	}
}

// TestModifyIsPrivateAndSharedWithoutArea: cards are private; what is posted
// names neither area nor wish, pings nobody, and carries no button.
func TestModifyIsPrivateAndSharedWithoutArea(t *testing.T) {
	room := open(t)
	c, cards, share := room.command(t, "modify"), room.part(t, "modify1"), room.part(t, "share1")
	if c.Answer != bot.NewPrivate || !c.Discreet || cards.Answer != bot.Update || share.Answer != bot.NewPublic || !cards.Discreet || !share.Discreet {
		t.Error("a card of /modify is not private and discreet, or sharing is not public")
	}
	for _, lifts := range []button.ShareState{{"bench_press"}, {"bench_press", "deadlift", "overhead_squat"}} {
		posted := room.press(t, button.ShareID.For(lifts))
		if len(golden.Buttons(posted.Parts)) > 0 || posted.PingRole != "" || strings.Contains(golden.Shown(posted), "42") || strings.Contains(golden.Shown(posted), "Tingling, numb") {
			t.Errorf("posted:\n%s", golden.Shown(posted))
		}
	}
	for _, area := range content.AreaIDs() {
		private := room.run(t, "modify", map[string]any{"exercise": "bench", "area": area, "less": "grip"})
		for _, b := range golden.Buttons(private.Parts) {
			if strings.HasPrefix(b.ID, "share1:") && b.ID != "share1:bench_press" {
				t.Errorf("the button that shares says %q", b.ID)
			}
		}
	}
}

// TestEveryLiftsCard draws every lift with every area and wish. Each card keeps
// within the limits and the budget of words, and its labels differ.
func TestEveryLiftsCard(t *testing.T) {
	gymtest.Slow(t)
	room := plain(t)
	longest, most := "", 0
	for _, e := range room.lib.Lifts("en").All() {
		for _, area := range append([]string{""}, content.AreaIDs()...) {
			for _, less := range append([]content.Less{""}, content.Lesses()...) {
				if area != "" && less != "" && less != content.LessGrip {
					continue
				}
				r := room.lift(t, button.ModifyState{View: button.LiftCard, Area: area, Less: less, Lifts: []string{e.ID}})
				at := fmt.Sprintf("%s %s %s", e.ID, area, less)
				fits(t, at, r)
				if n := wordsOn(r); n > most {
					longest, most = at, n
				}
			}
		}
		fits(t, e.ID+" all", room.lift(t, button.ModifyState{View: button.LiftAll, Lifts: []string{e.ID}}))
	}
	t.Logf("the longest card is %s, with %d words", longest, most)
}

// TestFiveLongestNamesFit has the longest IDs and names on one card.
func TestFiveLongestNamesFit(t *testing.T) {
	room := open(t)
	var ids, names []string
	for _, e := range room.lib.Lifts("en").All() {
		if len(e.ID) == 16 && len(ids) < button.LiftsAtOnce {
			ids, names = append(ids, e.ID), append(names, e.Name)
		}
	}
	if len(ids) < button.LiftsAtOnce {
		t.Fatalf("only %v have the longest ids", ids)
	}
	for lift := range button.LiftsAtOnce + 1 {
		for _, v := range []button.LiftView{button.LiftCard, button.LiftAll, button.LiftSources, button.LiftMistake} {
			fits(t, string(v), room.lift(t, button.ModifyState{View: v, Area: "knee_foot", Less: content.LessImpact, Lift: lift, Lifts: ids}))
		}
	}
	fits(t, "shared", room.press(t, button.ShareID.For(ids)))
	fits(t, "typed", room.run(t, "modify", map[string]any{"exercise": strings.Join(names, ",")}))
}

// TestModifySelectsLeadOn follows pattern, lift, and one lift of a workout.
func TestModifySelectsLeadOn(t *testing.T) {
	room := open(t)
	turn := func(s button.ModifyState, value string) string {
		return golden.Shown(room.lift(t, s, value))
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
	for _, p := range room.lib.Lifts("en").Patterns() {
		fits(t, p.ID, room.lift(t, button.ModifyState{View: button.LiftPick}, p.ID))
	}
}

// FuzzModifyTyped pastes anything where a lift belongs: it gets a card, or is
// refused in words.
func FuzzModifyTyped(f *testing.F) {
	room := open(f)
	for _, s := range []string{"deadlift", "squat 3x5 @ 80kg, bench; ohp", "A1. DB bench 3x10\nA2. row", "21-15-9\nthrusters\npull-ups", "\u200b,\n,", "dedlift / squta + banana"} {
		f.Add(s)
	}
	modify := room.command(f, "modify")
	f.Fuzz(func(t *testing.T, text string) {
		reply, err := modify.Run(t.Context(), room.request(t, map[string]any{"exercise": text}))
		if _, refused := errors.AsType[*bot.UserError](err); err != nil && !refused {
			t.Fatalf("%q: %v", text, err)
		}
		if err := reply.Validate(); err != nil {
			t.Fatalf("%q: %v", text, err)
		}
	})
}

// FuzzModifyTurn presses buttons that the bot never made: each gets a card.
func FuzzModifyTurn(f *testing.F) {
	room := open(f)
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
		card, err := room.ask(t, room.request(t, nil, values...), button.ModifyID.For(s))
		if _, refused := errors.AsType[*bot.UserError](err); refused {
			return // of a state that no ID can carry
		}
		if err == nil {
			err = card.Validate()
		}
		if err != nil {
			t.Errorf("%q: %v", text, err)
		}
	})
}
