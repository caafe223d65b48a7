package reading_test

import (
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/content"
)

func TestPinchedWithALift(t *testing.T) {
	room := open(t)
	run := func(options map[string]any) bot.Reply { return room.run(t, "pinched", options) }
	golden.Reply(t, "pinched-lift-signs", run(map[string]any{"area": "wrist_hand", "exercise": "bench"}))
	golden.Reply(t, "pinched-lift-menu", run(map[string]any{"exercise": "dead lift"}))
	golden.Reply(t, "pinched-lift-unsure", run(map[string]any{"area": "neck", "exercise": "*pizza*"}))
	for name, s := range map[string]button.PinchedState{
		"next":    {Area: "wrist_hand", View: button.PinchedNext, Lift: "bench_press"},
		"own":     {Area: "wrist_hand", View: button.PinchedLift, Lift: "bench_press"},
		"coach":   {Area: "wrist_hand", View: button.PinchedCoach, Lift: "bench_press"},
		"little":  {Area: "knee_foot", View: button.PinchedNext, Lift: "bench_press"},
		"no-swap": {Area: "wrist_hand", View: button.PinchedNext, Lift: "bird_dog"},
		"sources": {Area: "wrist_hand", View: button.PinchedSources, Arg: "lift", Lift: "bench_press"},
		"gone":    {Area: "neck", View: button.PinchedLift, Lift: "gone"},
		"loads":   {Area: "neck", View: button.PinchedLoads, Arg: "2"},
	} {
		t.Run(name, func(t *testing.T) { golden.Reply(t, "pinched-lift-"+name, room.card(t, s)) })
	}
}

// TestALiftThatIsGone: a button may be older than the library. Its card says so,
// and what rests on the lift rests on nothing.
func TestALiftThatIsGone(t *testing.T) {
	room := open(t)
	for _, lift := range []string{"gone", ""} {
		own := room.card(t, button.PinchedState{Area: "neck", View: button.PinchedLift, Lift: lift})
		sources := room.card(t, button.PinchedState{Area: "neck", View: button.PinchedSources, Arg: string(button.PinchedLift), Lift: lift})
		if !strings.Contains(golden.Shown(own), "Start again") || !strings.Contains(golden.Shown(sources), "(1 of 1)") {
			t.Errorf("the lift %q shows\n%s\nand its sources\n%s", lift, golden.Shown(own), golden.Shown(sources))
		}
	}
}

// TestEveryLiftInEveryArea draws card 2 and the lift's own card for all.
func TestEveryLiftInEveryArea(t *testing.T) {
	gymtest.Slow(t)
	room := open(t)
	longest, most := "", 0
	for _, e := range room.lib.Lifts("en").All() {
		for _, area := range content.AreaIDs() {
			for _, v := range []button.PinchedView{button.PinchedNext, button.PinchedLift} {
				r := room.card(t, button.PinchedState{Area: area, View: v, Lift: e.ID, Country: "GB"})
				fits(t, area+" "+e.ID+" "+string(v), r)
				if n := wordsOn(r); n > most {
					longest, most = area+" "+e.ID+" "+string(v), n
				}
			}
		}
	}
	t.Logf("the longest card is %s, with %d words", longest, most)
}

// TestWordsForTheCoachNameNoArea: the line that leaves Discord says nothing of
// the body and gives no reason.
func TestWordsForTheCoachNameNoArea(t *testing.T) {
	room := open(t)
	for _, area := range content.AreaIDs() {
		line := ""
		for _, text := range golden.Texts(room.card(t, button.PinchedState{Area: area, View: button.PinchedCoach}).Parts) {
			if strings.HasPrefix(text, "> ") {
				line = strings.ToLower(text)
			}
		}
		a, _ := room.lib.Area("en", area)
		for _, word := range []string{"tingl", "numb", "pain", "nerve", "because", strings.ToLower(a.Name)} {
			if line == "" || strings.Contains(line, word) {
				t.Errorf("%s: %q", area, line)
			}
		}
	}
}

// TestTheLiftStays: the lift that was asked about stays through the menu, the
// signs and back.
func TestTheLiftStays(t *testing.T) {
	room := open(t)
	r := room.card(t, button.PinchedState{View: button.PinchedMenu, Lift: "bench_press"}, "elbow")
	for _, label := range []string{"None of these", "None of these", "Bench press", "Back", "More", "Back"} {
		var to button.PinchedState
		for _, b := range golden.Buttons(r.Parts) {
			if b.Label == label {
				to = follow(t, b.ID)
			}
		}
		if to.Lift != "bench_press" {
			t.Fatalf("%q leads to %+v", label, to)
		}
		r = room.card(t, to)
	}
	if !strings.Contains(golden.Shown(r), "**Leave out for now:** Bench press.") {
		t.Errorf("card 2 came back as\n%s", golden.Shown(r))
	}
}
