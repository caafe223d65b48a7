package me_test

import (
	"strings"
	"testing"
	"time"

	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// TestNudgeIsTheSameFromEverywhere: what a press on /pinched keeps is what /me
// nudge keeps, to the byte, and the press itself is the same.
func TestNudgeIsTheSameFromEverywhere(t *testing.T) {
	dump := func(zone string, agreed bool, ask func(*gymtest.Gym) (custom string)) string {
		g := gymtest.New(t)
		if agreed {
			g.Agree(gymtest.Mia())
			g.Run(gymtest.Mia(), "me settings", map[string]any{"zone": zone, "active": "07:00-22:00"})
		}
		reply := g.Press(gymtest.Mia(), ask(g), nil)
		if !agreed {
			if strings.Contains(golden.Shown(reply), "neck") {
				t.Errorf("the consent card tells the area:\n%s", golden.Shown(reply))
			}
			reply = g.Press(gymtest.Mia(), golden.ID(t, reply, iAgree), nil)
		}
		golden.Reply(t, map[bool]string{true: "nudge-done", false: "nudge-done-no-zone"}[agreed], reply)
		return g.Rows()
	}
	pinched := func(g *gymtest.Gym) string {
		return golden.ID(t, g.Press(gymtest.Mia(), "pinched2:neck/next//GB/deadlift", nil), "Nudge me in 7 days")
	}
	card := func(g *gymtest.Gym) string {
		return golden.ID(t, g.Run(gymtest.Mia(), "me nudge", nil), "Nudge me in 7 days")
	}
	for _, agreed := range []bool{true, false} {
		from, here := dump("Asia/Tokyo", agreed, pinched), dump("Asia/Tokyo", agreed, card)
		if from != here {
			t.Errorf("from /pinched:\n%s\nfrom /me nudge:\n%s", from, here)
		}
		if strings.Count(from, "nudge") != 1 {
			t.Errorf("not one nudge:\n%s", from)
		}
	}
	g := gymtest.New(t)
	if a, b := pinched(g), card(g); a != b || a != "nudge1:7" {
		t.Errorf("the press is %q on /pinched and %q on /me nudge", a, b)
	}
	// The option makes the same row too.
	rows := func(ask func(*gymtest.Gym)) string {
		g := gymtest.New(t)
		g.Agree(gymtest.Mia())
		ask(g)
		return g.Rows()
	}
	if a, b := rows(func(g *gymtest.Gym) { g.Press(gymtest.Mia(), pinched(g), nil) }), rows(func(g *gymtest.Gym) { g.Run(gymtest.Mia(), "me nudge", map[string]any{"days": "7"}) }); a != b {
		t.Errorf("from /pinched:\n%s\nby the option:\n%s", a, b)
	}
}

// TestNudgeOnlyOnCardTwo: no other card of the flow offers a nudge, the stop
// card least of all.
func TestNudgeOnlyOnCardTwo(t *testing.T) {
	g := gymtest.New(t)
	for _, a := range g.Content.Areas(card.DefaultLocale) {
		for _, v := range []button.PinchedView{button.PinchedSigns, button.PinchedStop, button.PinchedYoungOn, button.PinchedNext, button.PinchedToday, button.PinchedDays, button.PinchedWhich, button.PinchedBack, button.PinchedMore, button.PinchedClinic, button.PinchedCoach, button.PinchedLoads, button.PinchedSources} {
			shown := g.Press(gymtest.Mia(), button.PinchedID.For(button.PinchedState{Area: a.ID, View: v}), nil)
			if offers := strings.Contains(golden.Shown(shown), "nudge1:"); offers != (v == button.PinchedNext) {
				t.Errorf("%s, %s: offers a nudge: %t", a.ID, v, offers)
			}
		}
	}
}

// TestNudgeTimes checks when a nudge comes that is asked for at noon in UTC.
func TestNudgeTimes(t *testing.T) {
	gymtest.Slow(t)
	for _, tc := range []struct {
		name    string
		options map[string]any
		pause   string
		days    string
		want    string
	}{
		{"exact", nil, "", "2", "2026-11-24T12:00:00Z"},
		{"hours without a clock", map[string]any{"active": "18:00-20:00"}, "", "2", "2026-11-24T12:00:00Z"},
		{"inside the hours", map[string]any{"zone": "Europe/Lisbon", "active": "07:00-22:00"}, "", "7", "2026-11-29T12:00:00Z"},
		{"before the hours", map[string]any{"zone": "Europe/Lisbon", "active": "18:00-20:00"}, "", "7", "2026-11-29T18:00:00Z"},
		{"after the hours", map[string]any{"zone": "Asia/Tokyo", "active": "07:00-21:00"}, "", "14", "2026-12-06T22:00:00Z"},
		{"over midnight", map[string]any{"zone": "Europe/Lisbon", "active": "22:00-06:00"}, "", "2", "2026-11-24T22:00:00Z"},
		{"no hours", map[string]any{"zone": "Asia/Tokyo"}, "", "2", "2026-11-24T12:00:00Z"},
		{"in a pause", map[string]any{"zone": "Europe/Lisbon", "active": "07:00-22:00"}, "2026-12-05", "7", "2026-12-05T07:00:00Z"},
		{"past a pause", map[string]any{"zone": "Europe/Lisbon", "active": "07:00-22:00"}, "2026-11-29", "7", "2026-11-29T12:00:00Z"},
		{"in a pause without a clock", nil, "2026-12-05", "7", "2026-12-05T00:00:00Z"},
	} {
		g := gymtest.New(t)
		g.Agree(gymtest.Mia())
		if tc.options != nil {
			g.Run(gymtest.Mia(), "me settings", tc.options)
		}
		if tc.pause != "" {
			g.Run(gymtest.Mia(), "me pause", map[string]any{"until": tc.pause})
		}
		g.Run(gymtest.Mia(), "me nudge", map[string]any{"days": tc.days})
		if got := g.NudgesOf(); len(got) != 1 || got[0] != tc.want {
			t.Errorf("%s: %v, want %s", tc.name, got, tc.want)
		}
	}
}

// TestNudgeOverAClockChange: two weeks later is the same hour on one's clock.
func TestNudgeOverAClockChange(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	g.Run(gymtest.Mia(), "me settings", map[string]any{"zone": "Europe/Lisbon"})
	g.Time = time.Date(2027, 3, 20, 18, 0, 0, 0, time.UTC) // summer time begins on the 28th
	g.Run(gymtest.Mia(), "me nudge", map[string]any{"days": "14"})
	if got := g.NudgesOf(); len(got) != 1 || got[0] != "2027-04-03T17:00:00Z" {
		t.Errorf("%v", got)
	}
}

// TestOneNudgeADay: a second one for the same day on the member's clock is the
// first.
func TestOneNudgeADay(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	g.Run(gymtest.Mia(), "me settings", map[string]any{"zone": "Asia/Tokyo"}) // noon in UTC is 21:00 there
	two := map[string]any{"days": "2"}
	g.Run(gymtest.Mia(), "me nudge", two)
	before := g.Rows()
	for range 2 {
		g.Time = g.Time.Add(3 * time.Second)
		golden.Reply(t, "nudge-already", g.Run(gymtest.Mia(), "me nudge", two))
	}
	if g.Rows() != before {
		t.Errorf("a second one is kept:\n%s", g.Rows())
	}
	g.Time = gymtest.Noon.Add(4 * time.Hour) // the next day there
	g.Run(gymtest.Mia(), "me nudge", two)
	if got := g.NudgesOf(); len(got) != 2 {
		t.Errorf("%v", got)
	}
}

func TestNudges(t *testing.T) {
	g := gymtest.New(t)
	golden.Reply(t, "nudges-none", g.Run(gymtest.Mia(), "me nudge", nil))
	before := g.Dump()
	ask := g.Run(gymtest.Mia(), "me nudge", map[string]any{"days": "2"})
	golden.Reply(t, "nudges-none", g.Press(gymtest.Mia(), golden.ID(t, ask, "No, keep nothing"), nil))
	for _, id := range []string{"nudge1:3", "nudge1:07", "nudge1:", "nudge1:7/neck", "nudge1:-2", "nudgeset1:agree/3", "nudgeset1:agree", "nudgeset1:x"} {
		g.Press(gymtest.Mia(), id, nil)
	}
	if g.Dump() != before {
		t.Fatalf("something was kept before consent:\n%s", g.Dump())
	}
	g.Press(gymtest.Mia(), golden.ID(t, ask, iAgree), nil)
	g.Run(gymtest.Mia(), "me settings", map[string]any{"zone": "Europe/Lisbon"})
	g.Run(gymtest.Mia(), "me nudge", map[string]any{"days": "14"})
	kicks := g.Kicks
	shown := g.Run(gymtest.Mia(), "me nudge", nil)
	golden.Reply(t, "nudges-two", shown)
	for _, later := range []int{1, 2, 3, 4, 5, 6, 8, 9} { // after 7 days one comes already
		g.Time = gymtest.Noon.AddDate(0, 0, later)
		g.Press(gymtest.Mia(), "nudge1:7", nil)
	}
	if got := len(g.NudgesOf()); got != schedule.NudgesMax || g.Kicks != kicks+8 {
		t.Errorf("%d nudges, the engine was told %d times", got, g.Kicks-kicks)
	}
	g.Time = gymtest.Noon.AddDate(0, 0, 20)
	golden.Reply(t, "nudges-full", g.Press(gymtest.Mia(), "nudge1:7", nil))
	g.Agree(gymtest.Carl())
	full := g.Dump()
	g.Press(gymtest.Carl(), "nudgeset1:drop", nil) // his own: none
	if g.Dump() != full {
		t.Error("carl took mia's nudges back")
	}
	golden.Reply(t, "nudges-none-lisbon", g.Press(gymtest.Mia(), golden.ID(t, shown, "Take all back"), nil))
	if got := g.NudgesOf(); len(got) != 0 {
		t.Errorf("taken back, and left %v", got)
	}
}
