package input_test

import (
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
)

// TestWhichDayIsTaken asks about 03/04 wherever a day can be typed, guesses
// nothing, and goes on with the day that was pressed.
func TestWhichDayIsTaken(t *testing.T) {
	var g *gymtest.Gym
	for name, tc := range map[string]struct {
		who gymtest.Person
		ask func() bot.Reply
	}{
		"a last day": {gymtest.Carl(), func() bot.Reply {
			return g.Run(gymtest.Carl(), "class add", map[string]any{"at": "mon 10:00", "until": "03/04"})
		}},
		"an edit": {gymtest.Carl(), func() bot.Reply {
			return g.Run(gymtest.Carl(), "class edit", map[string]any{"class": "1", "until": "3/4"})
		}},
		"closed days": {gymtest.Carl(), func() bot.Reply { return g.Run(gymtest.Carl(), "class closed", map[string]any{"dates": "03/04"}) }},
		"the form of closed days": {gymtest.Carl(), func() bot.Reply {
			return g.Press(gymtest.Carl(), "closedset1:1", map[string]string{"dates": " 03/04 "})
		}},
		"a pause of a class": {gymtest.Carl(), func() bot.Reply {
			return g.Press(gymtest.Carl(), "classset1:pause/1/0", map[string]string{"day": "03/04"})
		}},
		"a pause of DMs": {gymtest.Mia(), func() bot.Reply { return g.Run(gymtest.Mia(), "me pause", map[string]any{"until": "03/04"}) }},
		"a moved start": {gymtest.Carl(), func() bot.Reply {
			start := time.Date(2027, 2, 20, 18, 0, 0, 0, time.UTC)
			return g.Press(gymtest.Carl(), "classset1:"+gymtest.ClassText(1, start.Unix(), "move"), map[string]string{"at": "03/04 at 6 pm"})
		}},
	} {
		g = gymtest.New(t)
		g.Time = time.Date(2027, 2, 20, 12, 0, 0, 0, time.UTC)
		g.Agree(gymtest.Mia())
		g.Add(map[string]any{"at": "daily 18:00", "title": "Row"})
		before := g.Dump()
		asked := tc.ask()
		if text := golden.Shown(asked); !strings.Contains(text, "can be two days") || g.Dump() != before {
			t.Errorf("%s: %s", name, text)
			continue
		}
		taken := golden.Shown(g.Tap(tc.who, asked, "Thu 4 Mar 2027"))
		if !strings.Contains(taken, "4 Mar") && !strings.Contains(taken, "2027-03-04") || strings.Contains(taken, "3 Apr") {
			t.Errorf("%s: %s", name, taken)
		}
	}
}
