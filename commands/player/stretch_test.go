package player_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/commands/player"
	"unpinch/delivery"
)

// titleOf is the line that says which step a card shows.
func titleOf(r bot.Reply) string {
	for _, text := range golden.Texts(r.Parts) {
		for line := range strings.Lines(text) {
			if strings.HasPrefix(line, "### ") {
				return strings.TrimSpace(strings.TrimPrefix(line, "### "))
			}
		}
	}
	return ""
}

func TestPlayerCards(t *testing.T) {
	g := gymtest.New(t)
	first := g.Stretch("post", 3)
	golden.Reply(t, "stretch-first", first)
	golden.Reply(t, "stretch-change", g.After(32*time.Second))
	golden.Reply(t, "stretch-other-side", g.After(8*time.Second))
	second := g.After(24 * time.Second)
	golden.Reply(t, "stretch-second", second)
	still := g.Tap(gymtest.Mia(), second, "Wait for Next")
	golden.Reply(t, "stretch-waits", still)
	golden.Reply(t, "stretch-stopped", g.Tap(gymtest.Mia(), still, "Stop"))
	golden.Reply(t, "stretch-menu-continue", g.Run(gymtest.Mia(), "stretch", nil))
	golden.Reply(t, "stretch-text", g.Tap(gymtest.Mia(), first, "Whole routine as text"))
	golden.Reply(t, "stretch-sources", g.Tap(gymtest.Mia(), first, "Sources"))
	golden.Reply(t, "stretch-gentle", g.Tap(gymtest.Mia(), first, "Gentle version"))
	golden.Reply(t, "stretch-menu", g.Run(gymtest.Carl(), "stretch", nil))
	at := g.Press(gymtest.Carl(), button.PickID.For(button.PickOwn), nil, "post-5")
	for range 4 {
		at = g.Tap(gymtest.Carl(), at, "Skip")
	}
	golden.Reply(t, "stretch-sets", at)
	if menu := g.Tap(gymtest.Mia(), first, "Check the signs"); !strings.Contains(golden.Shown(menu), "Where is it felt?") {
		t.Errorf("Check the signs leads to\n%s", golden.Shown(menu))
	}
}

// Every routine plays from its first card to its end, on time, each card short
// and within Discord's limits, with the same buttons in the same order.
func TestEveryRoutinePlays(t *testing.T) {
	gymtest.Slow(t)
	g := gymtest.New(t)
	g.Figures = nil // they are drawn elsewhere
	g.Restart()
	for _, r := range g.Content.Routines(card.DefaultLocale) {
		t.Run(r.ID, func(t *testing.T) {
			g.T = t
			began := g.Time
			reply := g.Press(gymtest.Mia(), button.OpenID.For(button.Routine(r.ID)), nil)
			labels, cards := golden.Labels(reply), 0
			for strings.HasPrefix(titleOf(reply), "Step ") {
				if n := golden.Words(reply); n > 120 {
					t.Errorf("%d words on\n%s", n, golden.Shown(reply))
				}
				if got := golden.Labels(reply); !slices.Equal(got, labels) {
					t.Errorf("buttons %q, want %q", got, labels)
				}
				if !strings.HasPrefix(golden.Texts(reply.Parts)[0], "Tingling, numb or weak?") {
					t.Errorf("a card begins %q", golden.Texts(reply.Parts)[0])
				}
				cards++
				p, err := g.Store.PlayerOf(t.Context(), gymtest.Mia().User)
				if err != nil {
					t.Fatal(err)
				}
				reply = g.After(p.NextAt.Sub(g.Time))
			}
			if want := time.Duration(r.Seconds()) * time.Second; g.Time.Sub(began) != want {
				t.Errorf("it took %v, want %v", g.Time.Sub(began), want)
			}
			if want := len(r.Steps()); cards < want {
				t.Errorf("%d cards for %d steps", cards, want)
			}
			if !strings.HasPrefix(titleOf(reply), "Done: ") {
				t.Errorf("it ends with\n%s", golden.Shown(reply))
			}
			if r.Variant == 1 && r.Minutes == 3 {
				golden.Reply(t, "stretch-done-"+strings.TrimSuffix(r.ID, "-3"), reply)
			}
			if err := g.StretchText(r.ID).Validate(); err != nil {
				t.Errorf("as text: %v", err)
			}
		})
	}
}

// Fifteen minutes without a press end a card politely; it can go on for half an
// hour.
func TestAPlayerRests(t *testing.T) {
	g := gymtest.New(t)
	first := g.Stretch("post", 3)
	waiting := g.Tap(gymtest.Mia(), g.Tap(gymtest.Mia(), first, "Skip"), "Wait for Next")
	g.Time = g.Time.Add(10 * time.Minute)
	g.Tap(gymtest.Mia(), waiting, "Next") // from here on they count
	rest := g.After(14*time.Minute + 30*time.Second)
	golden.Reply(t, "stretch-rest", rest)
	if p := g.Player(); p.Ticket != "" || !p.NextAt.IsZero() {
		t.Errorf("it rests as %+v", p)
	}
	g.Time = g.Time.Add(29 * time.Minute)
	if on := g.Tap(gymtest.Mia(), rest, "Continue at step 4"); titleOf(on) != "Step 4 of 6, switch sides" || !strings.Contains(golden.Shown(on), "Waits for you") {
		t.Errorf("it goes on with\n%s", golden.Shown(on))
	}
	g.Time = g.Time.Add(31 * time.Minute)
	if old := golden.Shown(g.Tap(gymtest.Mia(), rest, "Continue at step 4")); !strings.Contains(old, "has had its time") {
		t.Errorf("an old card says %q", old)
	}
	if again := g.Run(gymtest.Mia(), "stretch", nil); slices.Contains(golden.Labels(again), "Continue at step 4") {
		t.Errorf("reopening too late offers %q", golden.Labels(again))
	}
}

// Reopening offers to go on, unless another routine is asked for by name.
func TestReopening(t *testing.T) {
	g := gymtest.New(t)
	first := g.Stretch("post", 3)
	g.Tap(gymtest.Mia(), first, "Skip")
	if again := golden.Labels(g.Stretch("post", 3)); again[0] != "Continue at step 3" {
		t.Errorf("the same routine offers %q", again)
	}
	if other := titleOf(g.Stretch("desk", 3)); other != "Step 1 of 5" {
		t.Errorf("another routine begins at %q", other)
	}
	if old := golden.Shown(g.Tap(gymtest.Mia(), first, "Next")); !strings.Contains(old, "has had its time") {
		t.Errorf("the first card says %q", old)
	}
	if n := strings.Count(g.Dump(), `"desk-3"`); n != 1 || strings.Contains(g.Dump(), `"post-3"`) {
		t.Errorf("%d players of mia's:\n%s", n, g.Dump())
	}
}

func TestStretchIsRefused(t *testing.T) {
	g := gymtest.New(t)
	first := g.Stretch("post", 3)
	for name, tc := range map[string]struct {
		reply bot.Reply
		want  string
	}{
		"no such length":      {g.Stretch("desk", 7), "“Desk break” does not come in 7 minutes. What works: 3, 5, 10."},
		"no length of any":    {g.Run(gymtest.Mia(), "stretch", map[string]any{"minutes": 7}), "no routine of 7 minutes. What works: 3, 5, 10."},
		"someone else's card": {g.Tap(gymtest.Carl(), first, "Next"), "has had its time"},
		"an unknown act":      {g.Press(gymtest.Mia(), button.PlayID.For(button.PlayState{Act: "dance", ID: g.Player().ID, Card: 0}), nil), "older or newer"},
		"an unknown routine":  {g.Press(gymtest.Mia(), button.OpenID.For("yoga-60"), nil), "older or newer"},
		"nothing picked":      {g.Press(gymtest.Mia(), button.PickID.For(button.PickOwn), nil), "older or newer"},
		"an unknown pick":     {g.Press(gymtest.Mia(), button.PickID.For(button.PickOwn), nil, "yoga-60"), "older or newer"},
		"an unknown view":     {g.Press(gymtest.Mia(), button.ReadID.For(button.ReadState{View: "film", Routine: "post-3"}), nil), "older or newer"},
		"text of nothing":     {g.Press(gymtest.Mia(), button.ReadID.For(button.ReadState{View: button.ReadText, Routine: "yoga-60"}), nil), "older or newer"},
		"no state":            {g.Press(gymtest.Mia(), "play1:next", nil), "older or newer"},
		"no card in it":       {g.Press(gymtest.Mia(), "play1:next/x/r1", nil), "older or newer"},
	} {
		if got := golden.Shown(tc.reply); !strings.Contains(got, tc.want) {
			t.Errorf("%s: %q, want %q in it", name, got, tc.want)
		}
	}
}

// Cards work without pictures, where the bot may not send files.
func TestPlayersWithoutPictures(t *testing.T) {
	g := gymtest.New(t)
	nowhere := gymtest.Mia()
	nowhere.App = bot.ViewChannel
	if got := g.Press(nowhere, button.OpenID.For("post-3"), nil); strings.Contains(golden.Shown(got), "picture") || len(got.Files) > 0 {
		t.Errorf("a picture where files can't be sent:\n%s", golden.Shown(got))
	}
	if moved := g.After(32 * time.Second); len(moved.Files) > 0 {
		t.Errorf("the next card has a picture:\n%s", golden.Shown(moved))
	}
}

// A routine that a newer version has changed ends in words.
func TestAPlayerOfAnotherVersion(t *testing.T) {
	g := gymtest.New(t)
	for _, p := range []delivery.Player{{Routine: "yoga-60"}, {Routine: "post-3", Card: 99}, {Routine: "post-3", Card: -2}} {
		p.Locale, p.UserID = "en", "1"
		if after, reply := player.NewCards(g.Content, g.Figures).Advance(p, gymtest.Noon); !after.Gone || !strings.Contains(golden.Shown(reply), "has changed") {
			t.Errorf("%+v becomes %+v, %s", p, after, golden.Shown(reply))
		}
	}
}
