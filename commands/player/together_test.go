package player_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
)

func TestTogetherCards(t *testing.T) {
	g := gymtest.New(t)
	offer := g.Together(gymtest.Carl())
	golden.Reply(t, "together-offer", offer)
	golden.Reply(t, "together-started", g.Tap(gymtest.Carl(), offer, "In 3 minutes"))
	lobby := g.After(0)
	golden.Reply(t, "together-lobby", lobby)
	golden.Reply(t, "together-in", g.Tap(gymtest.Mia(), lobby, "I'm in"))
	golden.Reply(t, "together-in-already", g.Tap(gymtest.Mia(), lobby, "I'm in"))
	golden.Reply(t, "together-in-second", g.Tap(gymtest.Carl(), lobby, "I'm in"))
	golden.Reply(t, "together-lobby-two", g.After(2*time.Second))
	first := g.After(3*time.Minute - 2*time.Second)
	golden.Reply(t, "together-first", first)
	golden.Reply(t, "together-said-pause", g.Tap(gymtest.Carl(), first, "Pause"))
	paused := g.After(0)
	golden.Reply(t, "together-paused", paused)
	golden.Reply(t, "together-said-on", g.Tap(gymtest.Olga(), paused, "Go on"))
	on := g.After(0)
	if labels := golden.Labels(on); labels[1] != "Pause" || titleOf(on) != "Step 1 of 4" {
		t.Errorf("it goes on with %q, %q", titleOf(on), labels)
	}
	for range 3 {
		g.After(g.Room().NextAt.Sub(g.Time))
	}
	golden.Reply(t, "together-done", g.After(g.Room().NextAt.Sub(g.Time)))
	golden.Reply(t, "together-over", g.Tap(gymtest.Mia(), on, "I'm in"))
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
			g := gymtest.New(t)
			start := "Now"
			if tc.act == "lobby" {
				start = "In 5 minutes"
			}
			g.Tap(gymtest.Carl(), g.Together(gymtest.Carl()), start)
			at := g.After(0)
			if tc.act != "" && tc.act != "lobby" {
				g.Tap(gymtest.Carl(), at, tc.act)
				if tc.wait > 0 {
					g.After(0) // it shows that it is paused
				}
			}
			if got := golden.Shown(g.After(tc.wait)); !strings.Contains(got, tc.want) {
				t.Errorf("it ends with\n%s", got)
			}
			if strings.Contains(g.Dump(), "calm-3") {
				t.Error("it is still there")
			}
			if labels := golden.Labels(g.Together(gymtest.Carl())); len(labels) != 4 {
				t.Errorf("the next is offered with %q", labels)
			}
		})
	}
}

func TestTogetherIsRefused(t *testing.T) {
	g := gymtest.New(t)
	offer := g.Together(gymtest.Carl())
	alone, blind, thread := gymtest.Carl(), gymtest.Carl(), gymtest.Carl()
	alone.Guild = ""
	blind.App = bot.ViewChannel
	thread.Kind, thread.App = 11, bot.ViewChannel|bot.SendInThreads|bot.AttachFiles|bot.ReadHistory
	other := gymtest.Carl()
	other.Channel = gymtest.GeneralID
	if got := golden.Labels(g.Together(thread)); len(got) != 4 {
		t.Errorf("in a thread: %q", got)
	}
	golden.Reply(t, "together-no-permission", g.Together(blind))
	if lost := g.Press(blind, golden.ID(t, offer, "Now"), nil); len(golden.Buttons(lost.Parts)) != 0 || strings.Contains(g.Dump(), "calm-3") {
		t.Errorf("started without a permission:\n%s", golden.Shown(lost))
	}
	g.Tap(gymtest.Carl(), offer, "Now")
	at := g.After(0)
	for name, tc := range map[string]struct {
		reply bot.Reply
		want  string
	}{
		"in a DM":            {g.Together(alone), "works in a server's channel"},
		"a second one":       {g.Together(gymtest.Mia()), "follows a routine already"},
		"a second start":     {g.Tap(gymtest.Mia(), offer, "Now"), "follows a routine already"},
		"a member's pause":   {g.Tap(gymtest.Mia(), at, "Pause"), "Only the one who started it"},
		"a member's end":     {g.Tap(gymtest.Mia(), at, "End for everyone"), "Only the one who started it"},
		"elsewhere":          {g.Tap(other, at, "I'm in"), "has ended"},
		"an unknown act":     {g.Press(gymtest.Carl(), button.TogetherID.For(button.TogetherState{Act: "dance", ID: g.Room().ID}), nil), "older or newer"},
		"an unknown player":  {g.Press(gymtest.Carl(), button.TogetherID.For(button.TogetherState{Act: button.ActIn, ID: "x"}), nil), "has ended"},
		"an unknown routine": {g.Press(gymtest.Carl(), button.StartID.For(button.StartState{Routine: "yoga-60", Minutes: 0}), nil), "older or newer"},
		"an odd start":       {g.Press(gymtest.Carl(), button.StartID.For(button.StartState{Routine: "calm-3", Minutes: 600}), nil), "older or newer"},
		"no state":           {g.Press(gymtest.Carl(), "togetherstart1:calm-3", nil), "older or newer"},
		"no player":          {g.Press(gymtest.Carl(), "together1:in", nil), "older or newer"},
	} {
		if got := golden.Shown(tc.reply); !strings.Contains(got, tc.want) {
			t.Errorf("%s: %q, want %q in it", name, got, tc.want)
		}
	}
	g.Run(gymtest.Olga(), "setup", map[string]any{"together": false})
	if got := golden.Shown(g.Together(gymtest.Mia())); !strings.Contains(got, "turned off on this server") {
		t.Errorf("turned off: %q", got)
	}
	if got := golden.Shown(g.Run(gymtest.Mia(), "stretch", map[string]any{"together": true})); !strings.Contains(got, "turned off on this server") {
		t.Errorf("turned off, without a routine: %q", got)
	}
	if shown := golden.Shown(g.Run(gymtest.Olga(), "setup", map[string]any{"together": true})); !strings.Contains(shown, "**Together** (channels follow a routine): on") {
		t.Errorf("turned on again: %s", shown)
	}
	if got := golden.Shown(g.Run(gymtest.Rita(), "setup", map[string]any{"together": false})); !strings.Contains(got, "Together is off") {
		t.Errorf("a server without a place: %s", got)
	}
}

// A press that could not be counted can be made again.
func TestAJoinThatFails(t *testing.T) {
	g := gymtest.New(t)
	g.Tap(gymtest.Carl(), g.Together(gymtest.Carl()), "Now")
	at := g.After(0)
	full := &fullDisk{Players: g.Store, full: true}
	g.Players = full
	g.Restart()
	in := golden.ID(t, at, "I'm in")
	if _, err := g.Part(in).Press(t.Context(), gymtest.Mia().Request(g, nil), in); !errors.Is(err, errFull) {
		t.Errorf("a join that fails: %v", err)
	}
	full.full = false
	if got := golden.Shown(g.Tap(gymtest.Mia(), at, "I'm in")); strings.Contains(got, "in already") {
		t.Errorf("the next press says %q", got)
	}
}

var errFull = errors.New("the disk is full")

// fullDisk counts nobody while it is full.
type fullDisk struct {
	commands.Players
	full bool
}

func (f *fullDisk) JoinPlayer(ctx context.Context, id string, now, redraw time.Time) (int, error) {
	if f.full {
		return 0, errFull
	}
	return f.Players.JoinPlayer(ctx, id, now, redraw)
}

// A routine is picked first when none is named.
func TestTogetherPicks(t *testing.T) {
	g := gymtest.New(t)
	menu := g.Run(gymtest.Carl(), "stretch", map[string]any{"together": true})
	selects := golden.Selects(menu.Parts)
	if len(selects) != 1 {
		t.Fatalf("no choice on\n%s", golden.Shown(menu))
	}
	if offer := g.Press(gymtest.Carl(), selects[0].ID, nil, "post-3"); !strings.Contains(golden.Shown(offer), "Together: Cool-down, 3 minutes") {
		t.Errorf("the pick leads to\n%s", golden.Shown(offer))
	}
}

// Nobody who follows is named, on the card or in the store.
func TestTogetherNamesNobody(t *testing.T) {
	g := gymtest.New(t)
	g.Tap(gymtest.Carl(), g.Together(gymtest.Carl()), "In 1 minute")
	lobby := g.After(0)
	g.Tap(gymtest.Mia(), lobby, "I'm in")
	if strings.Contains(g.Dump(), gymtest.Mia().User) {
		t.Errorf("the store names mia:\n%s", g.Dump())
	}
	if at := golden.Shown(g.After(time.Minute)); strings.Contains(at, gymtest.CarlID) || strings.Contains(at, "<@") {
		t.Errorf("the card names someone:\n%s", at)
	}
	if n, err := g.Store.Forget(t.Context(), gymtest.CarlID); n != 1 || err != nil {
		t.Errorf("forgetting carl: %d, %v", n, err)
	}
	if p := g.Room(); p.StartedBy != "" {
		t.Errorf("carl is forgotten, and the player has %q", p.StartedBy)
	}
	if got := golden.Shown(g.Tap(gymtest.Carl(), lobby, "Pause")); !strings.Contains(got, "Only the one who started it") {
		t.Errorf("a forgotten starter: %q", got)
	}
}
