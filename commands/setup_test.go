package commands

import (
	"strings"
	"testing"
	"unicode/utf8"

	"unpinch/bot"
)

func channel(id string, kind int, may bot.Perm) bot.ChannelValue {
	return bot.ChannelValue{ID: id, Name: "a-channel", Kind: kind, Perms: may}
}

// TestSetup makes a place and changes one thing after the other.
func TestSetup(t *testing.T) {
	g := newGym(t, true)
	const thread, publicThread = "1325750707814400011", 11
	for _, tc := range []struct {
		name    string
		options map[string]any
		kicks   int
	}{
		{"none", nil, 0},
		{"none", map[string]any{"name": "Iron Garden"}, 0}, // no zone, no place
		{"first", map[string]any{"zone": "lisbon"}, 1},
		{"same", nil, 1},
		{"name", map[string]any{"name": "  Iron   Garden, *main* hall "}, 2},
		{"zone", map[string]any{"zone": "Asia/Kolkata"}, 3},
		{"channel-closed", map[string]any{"channel": channel(generalID, 0, bot.ViewChannel)}, 4},
		{"thread-closed", map[string]any{"channel": channel(thread, publicThread, bot.SendMessages)}, 5},
		{"thread", map[string]any{"channel": channel(thread, publicThread, postable|bot.SendInThreads)}, 6},
		{"elsewhere", nil, 6}, // of a channel that isn't here nobody knows
		{"coach", map[string]any{"coach": bot.RoleValue{ID: coachID, Name: "coach"}}, 7},
		{"log-closed", map[string]any{"log": channel(generalID, 0, 0)}, 8},
		{"tidy-off", map[string]any{"tidy": false}, 9},
	} {
		reply := g.run(olga(), "setup", tc.options)
		golden(t, "setup-"+tc.name, reply)
		if n := words(reply); n > 120 {
			t.Errorf("%s: %d words", tc.name, n)
		}
		if g.kicks != tc.kicks {
			t.Errorf("%s: the engine was told %d times, want %d", tc.name, g.kicks, tc.kicks)
		}
	}
	here := olga()
	here.channel, here.kind, here.app = thread, publicThread, bot.ViewChannel|bot.SendMessages|bot.ReadHistory|bot.AttachFiles
	if text := card(g.run(here, "setup", nil)); !strings.Contains(text, "Send Messages in Threads") {
		t.Errorf("in a thread where it can't post: %s", text)
	}
}

func TestSetupRefuses(t *testing.T) {
	g := newGym(t)
	other := g.place(ironID, "Harbour")
	if other.ID == 0 {
		t.Fatal("no second place")
	}
	before := g.dump()
	var said table
	for _, tc := range []struct {
		in      string
		options map[string]any
	}{
		{"zone: Atlantis", map[string]any{"zone": "Atlantis"}},
		{"zone: 6,000 letters", map[string]any{"zone": strings.Repeat("x", 6000)}},
		{"zone: germany", map[string]any{"zone": "germany"}},
		{"name: 41 letters", map[string]any{"name": strings.Repeat("ü", 41)}},
		{"name: Harbour", map[string]any{"name": "Harbour"}},
		{"coach: @everyone", map[string]any{"coach": bot.RoleValue{ID: ironID, Name: "@everyone"}}},
	} {
		said.row(tc.in, g.run(olga(), "setup", tc.options))
	}
	said.golden(t, "setup-refusals")
	if g.dump() != before || g.kicks != 0 {
		t.Error("a refusal changed something")
	}
}

// TestLongestSetup holds that the longest place is within Discord's limits.
func TestLongestSetup(t *testing.T) {
	g := newGym(t, true)
	g.run(olga(), "setup", map[string]any{"zone": "America/Argentina/ComodRivadavia", "name": strings.Repeat("#", placeNameMax),
		"channel": channel(classesID, 0, 0), "log": channel(generalID, 0, 0), "coach": bot.RoleValue{ID: coachID}})
}

func TestZoneSuggestions(t *testing.T) {
	g := newGym(t, true)
	s := setupFlow{Deps: g.Deps}
	for typed, first := range map[string]string{"": "Pacific/Honolulu", "   ": "Pacific/Honolulu", "lis": "Europe/Lisbon", "Munich": "Europe/Berlin", "+5:30": "Asia/Kolkata", "a": "", strings.Repeat("x", 6000): ""} {
		got, err := s.suggestZones(t.Context(), nil, typed)
		if err != nil || len(got) > 25 {
			t.Errorf("%.20q: %d choices, %v", typed, len(got), err)
		}
		if first != "" && (len(got) == 0 || got[0].Value != first) {
			t.Errorf("%.20q: %v, want %s first", typed, got, first)
		}
		seen := map[string]bool{}
		for _, c := range got {
			if seen[c.Label] || c.Label == "" {
				t.Errorf("%.20q: the label %q stands twice, or is empty", typed, c.Label)
			}
			seen[c.Label] = true
			if again, err := g.findZone(c.Value); err != nil || again.Name != c.Value {
				t.Errorf("the choice %s is read as %v, %v", c.Value, again, err)
			}
		}
	}
	for _, name := range g.Zones.Names() {
		got, err := s.suggestZones(t.Context(), nil, name)
		if err != nil || len(got) == 0 {
			t.Errorf("%s: %d choices, %v", name, len(got), err)
		}
		for _, c := range got {
			if n := utf8.RuneCountInString(c.Label); n > 100 || len(c.Value) > 100 {
				t.Errorf("%q has %d characters", c.Label, n)
			}
		}
	}
}
