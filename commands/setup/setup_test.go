package setup_test

import (
	"strconv"
	"strings"
	"testing"
	"unpinch/commands/place"

	"unpinch/bot"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// TestSetup makes a place and changes one thing after the other.
func TestSetup(t *testing.T) {
	g := gymtest.New(t, true)
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
		{"channel-closed", map[string]any{"channel": gymtest.Channel(gymtest.GeneralID, 0, bot.ViewChannel)}, 4},
		{"thread-closed", map[string]any{"channel": gymtest.Channel(thread, publicThread, bot.SendMessages)}, 5},
		{"thread", map[string]any{"channel": gymtest.Channel(thread, publicThread, gymtest.Postable|bot.SendInThreads)}, 5}, // the same one, where it may post now
		{"elsewhere", nil, 5}, // of a channel that isn't here nobody knows
		{"coach", map[string]any{"coach": bot.RoleValue{ID: gymtest.CoachID, Name: "coach"}}, 6},
		{"log-closed", map[string]any{"log": gymtest.Channel(gymtest.GeneralID, 0, 0)}, 7},
		{"tidy-off", map[string]any{"tidy": false}, 8},
		{"country", map[string]any{"country": "india"}, 9},
		{"again", map[string]any{"country": "IN", "tidy": false}, 9}, // as it is already
	} {
		reply := g.Run(gymtest.Olga(), "setup", tc.options)
		golden.Reply(t, "setup-"+tc.name, reply)
		if n := golden.Words(reply); n > 120+5*strings.Count(golden.Shown(reply), "channel select") {
			t.Errorf("%s: %d words", tc.name, n)
		}
		if g.Kicks != tc.kicks {
			t.Errorf("%s: the engine was told %d times, want %d", tc.name, g.Kicks, tc.kicks)
		}
	}
	here := gymtest.Olga()
	here.Channel, here.Kind, here.App = thread, publicThread, bot.ViewChannel|bot.SendMessages|bot.ReadHistory|bot.AttachFiles
	if text := golden.Shown(g.Run(here, "setup", nil)); !strings.Contains(text, "Send Messages in Threads") {
		t.Errorf("in a thread where it can't post: %s", text)
	}
}

func TestSetupRefuses(t *testing.T) {
	g := gymtest.New(t)
	place := g.Place(gymtest.IronID, "Harbour")
	place.ChannelID = gymtest.GeneralID
	if _, err := g.Store.SavePlace(t.Context(), place, schedule.By{At: g.Time}); err != nil {
		t.Fatal(err)
	}
	before := g.Dump()
	var said golden.Table
	for _, tc := range []struct {
		in      string
		options map[string]any
	}{
		{"zone: Atlantis", map[string]any{"zone": "Atlantis"}},
		{"zone: 6,000 letters", map[string]any{"zone": strings.Repeat("x", 6000)}},
		{"zone: germany", map[string]any{"zone": "germany"}},
		{"name: 41 letters", map[string]any{"name": strings.Repeat("ü", 41)}},
		{"name: Harbour, together: False", map[string]any{"name": "Harbour", "together": false}},
		{"name: Harbour, place: Iron Garden", map[string]any{"name": "Harbour", "place": "iron  garden"}},
		{"place: 41 letters", map[string]any{"place": strings.Repeat("ü", 41), "zone": "Lisbon"}},
		{"place: Hilltop", map[string]any{"place": "Hill*top", "tidy": false}},
		{"coach: @everyone", map[string]any{"coach": bot.RoleValue{ID: gymtest.IronID, Name: "@everyone"}}},
		{"country: Atlantis", map[string]any{"country": "Atlantis"}},
	} {
		said.Row(tc.in, g.Run(gymtest.Olga(), "setup", tc.options))
	}
	elsewhere := gymtest.Olga()
	elsewhere.Channel = "1325750707814400055"
	said.Row("tidy: True, where no place posts", g.Run(elsewhere, "setup", map[string]any{"tidy": false}))
	said.Compare(t, "setup-refusals")
	if g.Dump() != before || g.Kicks != 0 {
		t.Error("a refusal changed something")
	}
}

// TestSeveralPlaces makes a second place, and finds out which is meant.
func TestSeveralPlaces(t *testing.T) {
	g := gymtest.New(t)
	general, elsewhere := gymtest.Channel(gymtest.GeneralID, 0, gymtest.Postable), gymtest.Olga()
	elsewhere.Channel = "1325750707814400055"
	golden.Reply(t, "setup-second", g.Run(gymtest.Olga(), "setup", map[string]any{"place": " Harbour  hall ", "zone": "London", "channel": general}))
	which := g.Run(elsewhere, "setup", map[string]any{"together": true})
	golden.Reply(t, "setup-which", which)
	pick := golden.Selects(which.Parts)[0]
	golden.Reply(t, "setup-switched", g.Press(elsewhere, pick.ID, nil, pick.Entries[1].Value))
	inGeneral := gymtest.Olga()
	inGeneral.Channel = gymtest.GeneralID
	for who, want := range map[*gymtest.Person]string{&elsewhere: "## Which place?", &inGeneral: "## Harbour hall", ptr(gymtest.Olga()): "## Iron Garden"} {
		if got := golden.Shown(g.Run(*who, "setup", nil)); !strings.Contains(got, want) {
			t.Errorf("in %s /setup shows %s, want %s", who.Channel, got, want)
		}
		if got := golden.Shown(g.Press(*who, "setup1:show/0/0", nil)); !strings.Contains(got, want) {
			t.Errorf("in %s the way back shows %s, want %s", who.Channel, got, want)
		}
	}
	renamed := golden.Shown(g.Run(elsewhere, "setup", map[string]any{"place": "harbour HALL", "name": "Pier", "tidy": false, "country": "Ireland"}))
	if !strings.Contains(renamed, "## Pier") || !strings.Contains(renamed, "Ireland") || !strings.Contains(renamed, "**Tidy** (older posts go): off") {
		t.Errorf("the renamed place: %s", renamed)
	}
	places, err := g.Store.Places(t.Context(), gymtest.IronID)
	if err != nil || len(places) != 2 || places[0].Name != "Iron Garden" || !places[0].Tidy || places[1].Country != "IE" || places[1].Zone != "Europe/London" {
		t.Errorf("the places are %+v, %v", places, err)
	}
	finder := place.Finder{Store: g.Store}
	if names, err := finder.Suggest(t.Context(), gymtest.Olga().Request(g, nil), " pi"); err != nil || len(names) != 1 || names[0].Value != "Pier" {
		t.Errorf("suggested: %v, %v", names, err)
	}
	for n := len(places); n < schedule.PlacesMax; n++ {
		g.Place(gymtest.IronID, "Hall "+strconv.Itoa(n))
	}
	golden.Reply(t, "setup-full", g.Run(gymtest.Olga(), "setup", map[string]any{"place": "One more", "zone": "Lisbon"}))
	golden.Reply(t, "setup-most", g.Run(gymtest.Olga(), "setup", map[string]any{"place": "Hall 24", "name": strings.Repeat("*", place.NameMax)}))
}

func ptr[T any](v T) *T { return &v }

// TestLongestSetup holds that the longest place is within Discord's limits.
func TestLongestSetup(t *testing.T) {
	g := gymtest.New(t, true)
	g.Run(gymtest.Olga(), "setup", map[string]any{"zone": "America/Argentina/ComodRivadavia", "name": strings.Repeat("#", place.NameMax),
		"channel": gymtest.Channel(gymtest.ClassesID, 0, 0), "log": gymtest.Channel(gymtest.GeneralID, 0, 0), "coach": bot.RoleValue{ID: gymtest.CoachID}})
}

// TestLanguageOfAPlace keeps the language of a place's posts, if the catalogue
// has it.
func TestLanguageOfAPlace(t *testing.T) {
	g := gymtest.New(t)
	if text := golden.Shown(g.Run(gymtest.Olga(), "setup", map[string]any{"language": "en"})); !strings.Contains(text, "Language of posts: **English**") {
		t.Errorf("olga reads %s", text)
	}
	g.Run(gymtest.Olga(), "setup", map[string]any{"language": "tlh"})
	if p, err := g.Store.Places(t.Context(), gymtest.IronID); err != nil || p[0].Language != "en" {
		t.Errorf("got %+v, %v, want en", p, err)
	}
}
