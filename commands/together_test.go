package commands

import (
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/delivery"
)

// together asks as carl for a routine that the channel follows.
func (g *gym) together(p person) bot.Reply {
	g.t.Helper()
	return g.run(p, "stretch", map[string]any{"routine": "calm", "minutes": 3, "together": true})
}

// room is the player that the channel of the classes follows.
func (g *gym) room() delivery.Player {
	g.t.Helper()
	p, err := g.db.PlayerIn(g.t.Context(), classesID)
	if err != nil {
		g.t.Fatal(err)
	}
	return p
}

func TestTogetherCards(t *testing.T) {
	g := newGym(t)
	offer := g.together(carl())
	golden.Reply(t, "together-offer", offer)
	golden.Reply(t, "together-started", g.tap(carl(), offer, "In 3 minutes"))
	lobby := g.after(0)
	golden.Reply(t, "together-lobby", lobby)
	golden.Reply(t, "together-in", g.tap(mia(), lobby, "I'm in"))
	golden.Reply(t, "together-in-already", g.tap(mia(), lobby, "I'm in"))
	golden.Reply(t, "together-in-second", g.tap(carl(), lobby, "I'm in"))
	golden.Reply(t, "together-lobby-two", g.after(2*time.Second))
	first := g.after(3*time.Minute - 2*time.Second)
	golden.Reply(t, "together-first", first)
	golden.Reply(t, "together-said-pause", g.tap(carl(), first, "Pause"))
	paused := g.after(0)
	golden.Reply(t, "together-paused", paused)
	golden.Reply(t, "together-said-on", g.tap(olga(), paused, "Go on"))
	on := g.after(0)
	if labels := golden.Labels(on); labels[1] != "Pause" || titleOf(on) != "Step 1 of 4" {
		t.Errorf("it goes on with %q, %q", titleOf(on), labels)
	}
	for range 3 {
		g.after(g.room().NextAt.Sub(g.now))
	}
	golden.Reply(t, "together-done", g.after(g.room().NextAt.Sub(g.now)))
	golden.Reply(t, "together-over", g.tap(mia(), on, "I'm in"))
}

func TestTogetherEnds(t *testing.T) {
	for name, tc := range map[string]struct {
		act  string
		wait time.Duration
		want string
	}{
		"by its starter":              {"End for everyone", 0, "ended for everyone"},
		"when it is paused for long":  {"Pause", 15 * time.Minute, "stood still too long"},
		"when the bot was away":       {"", 5 * time.Minute, "stood still too long"},
		"when it is away for a start": {"lobby", 9 * time.Minute, "stood still too long"},
	} {
		t.Run(name, func(t *testing.T) {
			g := newGym(t)
			start := "Now"
			if tc.act == "lobby" {
				start = "In 5 minutes"
			}
			g.tap(carl(), g.together(carl()), start)
			at := g.after(0)
			if tc.act != "" && tc.act != "lobby" {
				g.tap(carl(), at, tc.act)
				if tc.wait > 0 {
					g.after(0) // it shows that it is paused
				}
			}
			if got := golden.Shown(g.after(tc.wait)); !strings.Contains(got, tc.want) {
				t.Errorf("it ends with\n%s", got)
			}
			if strings.Contains(g.dump(), "calm-3") {
				t.Error("it is still there")
			}
			if labels := golden.Labels(g.together(carl())); len(labels) != 4 {
				t.Errorf("the next is offered with %q", labels)
			}
		})
	}
}

func TestTogetherIsRefused(t *testing.T) {
	g := newGym(t)
	offer := g.together(carl())
	alone, blind, thread := carl(), carl(), carl()
	alone.guild = ""
	blind.app = bot.ViewChannel
	thread.kind, thread.app = 11, bot.ViewChannel|bot.SendInThreads|bot.AttachFiles|bot.ReadHistory
	other := carl()
	other.channel = generalID
	if got := golden.Labels(g.together(thread)); len(got) != 4 {
		t.Errorf("in a thread: %q", got)
	}
	golden.Reply(t, "together-no-permission", g.together(blind))
	if lost := g.press(blind, golden.ID(t, offer, "Now"), nil); len(golden.Buttons(lost.Parts)) != 0 || strings.Contains(g.dump(), "calm-3") {
		t.Errorf("started without a permission:\n%s", golden.Shown(lost))
	}
	g.tap(carl(), offer, "Now")
	at := g.after(0)
	for name, tc := range map[string]struct {
		reply bot.Reply
		want  string
	}{
		"in a DM":            {g.together(alone), "works in a server's channel"},
		"a second one":       {g.together(mia()), "follows a routine already"},
		"a second start":     {g.tap(mia(), offer, "Now"), "follows a routine already"},
		"a member's pause":   {g.tap(mia(), at, "Pause"), "Only who started it"},
		"a member's end":     {g.tap(mia(), at, "End for everyone"), "Only who started it"},
		"elsewhere":          {g.tap(other, at, "I'm in"), "has ended"},
		"an unknown act":     {g.press(carl(), button.TogetherID.For(button.TogetherState{Act: "dance", ID: g.room().ID}), nil), "older or newer"},
		"an unknown player":  {g.press(carl(), button.TogetherID.For(button.TogetherState{Act: button.ActIn, ID: "x"}), nil), "has ended"},
		"an unknown routine": {g.press(carl(), button.StartID.For(button.StartState{Routine: "yoga-60", Minutes: 0}), nil), "older or newer"},
		"an odd start":       {g.press(carl(), button.StartID.For(button.StartState{Routine: "calm-3", Minutes: 600}), nil), "older or newer"},
		"no state":           {g.press(carl(), "togetherstart1:calm-3", nil), "older or newer"},
		"no player":          {g.press(carl(), "together1:in", nil), "older or newer"},
	} {
		if got := golden.Shown(tc.reply); !strings.Contains(got, tc.want) {
			t.Errorf("%s: %q, want %q in it", name, got, tc.want)
		}
	}
	g.run(olga(), "setup", map[string]any{"together": false})
	if got := golden.Shown(g.together(mia())); !strings.Contains(got, "turned off on this server") {
		t.Errorf("turned off: %q", got)
	}
	if got := golden.Shown(g.run(mia(), "stretch", map[string]any{"together": true})); !strings.Contains(got, "turned off on this server") {
		t.Errorf("turned off, without a routine: %q", got)
	}
	if shown := golden.Shown(g.run(olga(), "setup", map[string]any{"together": true})); !strings.Contains(shown, "Together is on") {
		t.Errorf("turned on again: %s", shown)
	}
	if got := golden.Shown(g.run(rita(), "setup", map[string]any{"together": false})); !strings.Contains(got, "Together is off") {
		t.Errorf("a server without a place: %s", got)
	}
}

// A routine is picked first when none is named.
func TestTogetherPicks(t *testing.T) {
	g := newGym(t)
	menu := g.run(carl(), "stretch", map[string]any{"together": true})
	selects := golden.Selects(menu.Parts)
	if len(selects) != 1 {
		t.Fatalf("no choice on\n%s", golden.Shown(menu))
	}
	if offer := g.press(carl(), selects[0].ID, nil, "post-3"); !strings.Contains(golden.Shown(offer), "Together: Cool-down, 3 minutes") {
		t.Errorf("the pick leads to\n%s", golden.Shown(offer))
	}
}

// Nobody who follows is named, on the card or in the store.
func TestTogetherNamesNobody(t *testing.T) {
	g := newGym(t)
	g.tap(carl(), g.together(carl()), "In 1 minute")
	lobby := g.after(0)
	g.tap(mia(), lobby, "I'm in")
	if strings.Contains(g.dump(), mia().user) {
		t.Errorf("the store names mia:\n%s", g.dump())
	}
	if at := golden.Shown(g.after(time.Minute)); strings.Contains(at, carlID) || strings.Contains(at, "<@") {
		t.Errorf("the card names someone:\n%s", at)
	}
	if n, err := g.db.Forget(t.Context(), carlID); n != 1 || err != nil {
		t.Errorf("forgetting carl: %d, %v", n, err)
	}
	if p := g.room(); p.StartedBy != "" {
		t.Errorf("carl is forgotten, and the player has %q", p.StartedBy)
	}
	if got := golden.Shown(g.tap(carl(), lobby, "Pause")); !strings.Contains(got, "Only who started it") {
		t.Errorf("a forgotten starter: %q", got)
	}
}
