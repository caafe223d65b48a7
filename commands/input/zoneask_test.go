package input_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
)

// TestAClockIsAskedAbout holds that nothing is saved of a clock that names no
// place before its user has said whose it is, on each route.
func TestAClockIsAskedAbout(t *testing.T) {
	g := gymtest.New(t)
	before := g.Dump()
	var said golden.Table
	for _, zone := range []string{"EST", "cet", "GMT", "MST", "PST", "BST", "IST", "CST", "Eastern", "Pacific time", "MST7MDT", "Etc/GMT+5", "+2", "UTC+2", "GMT-3", "+5:30"} {
		said.Row("/setup zone:"+zone, g.Run(gymtest.Olga(), "setup", map[string]any{"zone": zone}))
	}
	said.Compare(t, "zone-asks")
	if g.Dump() != before {
		t.Error("a question changed something")
	}
}

// TestAClockIsTaken presses what a question offers, as if it had been typed, and
// what was typed beside it counts too.
func TestAClockIsTaken(t *testing.T) {
	g := gymtest.New(t)
	for label, want := range map[string]string{"New York": "America/New_York", "EST, never changed": "EST"} {
		for route, ask := range map[string]func() bot.Reply{
			"setup": func() bot.Reply {
				return g.Run(gymtest.Olga(), "setup", map[string]any{"zone": "EST", "name": "Hall " + want})
			},
			"settings": func() bot.Reply {
				return g.Run(gymtest.Mia(), "me settings", map[string]any{"zone": " est "})
			},
			"settings form": func() bot.Reply {
				form := g.Press(gymtest.Mia(), "settingsform1:show", nil)
				return g.Press(gymtest.Mia(), form.Modal.ID, map[string]string{"zone": "EST", "country": "", "active": ""})
			},
			"reminders": func() bot.Reply {
				return g.Run(gymtest.Mia(), "me reminders", map[string]any{"zone": "EST", "at": "daily 07:00"})
			},
		} {
			taken := g.Tap(whoOf(route), ask(), label)
			if agree := "I agree, and I am 16 or older, or my parent agrees"; slices.Contains(golden.Labels(taken), agree) {
				taken = g.Tap(gymtest.Mia(), taken, agree)
			}
			place, err := g.Store.Places(t.Context(), gymtest.IronID)
			var mem string
			if route == "setup" {
				mem = place[0].Zone
			} else {
				mem = g.Set().Zone
			}
			if err != nil || mem != want {
				t.Errorf("%s, %s: kept is %q, %v; want %s\n%s", route, label, mem, err, want, golden.Shown(taken))
			}
			if route == "setup" && place[0].Name != "Hall "+want {
				t.Errorf("what was typed beside the zone is lost: %s", place[0].Name)
			}
		}
	}
}

// TestAnOfferIsItsUsers holds that nobody else takes an offer, nor anyone later.
func TestAnOfferIsItsUsers(t *testing.T) {
	g := gymtest.New(t)
	asked := g.Run(gymtest.Olga(), "setup", map[string]any{"zone": "EST"})
	id, before := golden.ID(t, asked, "New York"), g.Dump()
	away := gymtest.Olga()
	away.Perms = 0
	for name, shown := range map[string]bot.Reply{
		"someone else":          g.Press(gymtest.Carl(), id, nil),
		"one who may no longer": g.Press(away, id, nil),
		"an offer beyond":       g.Press(gymtest.Olga(), strings.Replace(id, "/0", "/9", 1), nil),
		"one below":             g.Press(gymtest.Olga(), strings.Replace(id, "/0", "/-1", 1), nil),
		"another refusal":       g.Press(gymtest.Olga(), "again1:r0/0", nil),
	} {
		if len(golden.Labels(shown)) > 0 {
			t.Errorf("%s gets %s", name, golden.Shown(shown))
		}
	}
	g.Time = g.Time.Add(15 * time.Minute)
	if text := golden.Shown(g.Press(gymtest.Olga(), id, nil)); !strings.Contains(text, "Run the command again") || g.Dump() != before {
		t.Errorf("later: %s", text)
	}
}

func whoOf(route string) gymtest.Person {
	if route == "setup" {
		return gymtest.Olga()
	}
	return gymtest.Mia()
}
