package player_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands"
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
				golden.Reply(t, "stretch-done-"+string(r.Kind), reply)
			}
			if err := g.StretchText(r.ID).Validate(); err != nil {
				t.Errorf("as text: %v", err)
			}
		})
	}
}

// Buttons move the player, and only from the card that they stand on.
func TestPressesOnAPlayer(t *testing.T) {
	gymtest.Slow(t)
	for _, tc := range []struct {
		name  string
		press string // labels, each on the card that the last led to
		want  string
	}{
		{"next is the change of sides", "Next", "Step 2 of 6, switch sides"},
		{"and the other side", "Next,Next", "Step 2 of 6, right side"},
		{"and the next drill", "Next,Next,Next", "Step 3 of 6, left side"},
		{"skip passes both sides", "Skip", "Step 3 of 6, left side"},
		{"skip from the change passes the other side", "Next,Skip", "Step 3 of 6, left side"},
		{"skip from the other side", "Next,Next,Skip", "Step 3 of 6, left side"},
		{"previous passes over the change", "Next,Next,Previous", "Step 1 of 6, left side"},
		{"previous from the change", "Next,Previous", "Step 1 of 6, left side"},
		{"previous at the start stays", "Previous", "Step 1 of 6, left side"},
		{"the switch keeps the card", "Next,Wait for Next,Move on by itself", "Step 2 of 6, switch sides"},
		{"stop", "Next,Stop", "Stopped at step 2 of 6"},
		{"go on where it was", "Next,Next,Stop,Continue at step 2", "Step 2 of 6, right side"},
		{"from the start", "Skip,Stop,From the start", "Step 1 of 6, left side"},
		{"to the end", "Skip,Skip,Skip", "Done: Cool-down, 3 minutes"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			g := gymtest.New(t)
			at := g.Stretch("post", 3)
			for _, label := range strings.Split(tc.press, ",") {
				at = g.Tap(gymtest.Mia(), at, label)
			}
			if got := titleOf(at); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

// A button on a card that has been overtaken shows what is on show, and skips
// nothing.
func TestAPressOnAnOldCard(t *testing.T) {
	g := gymtest.New(t)
	first := g.Stretch("post", 3)
	g.After(32 * time.Second) // it moves on by itself, as Next is pressed
	before := g.Player()
	if got := titleOf(g.Tap(gymtest.Mia(), first, "Next")); got != "Step 2 of 6, switch sides" {
		t.Errorf("got %q", got)
	}
	if after := g.Player(); !after.MoveAt.Equal(before.MoveAt) {
		t.Errorf("the next card comes at %v, want %v as before", after.MoveAt, before.MoveAt)
	}
	g.Time = g.Time.Add(time.Minute)
	if got := titleOf(g.Tap(gymtest.Mia(), first, "Skip")); got != "Step 2 of 6, switch sides" {
		t.Errorf("got %q", got)
	}
}

// A press takes the new ticket, cancels what was planned, and has the runner
// settle before it answers.
func TestAPressTakesOver(t *testing.T) {
	g := gymtest.New(t)
	first := g.Stretch("post", 3)
	settled := 0
	g.Settle = func(_ context.Context, id string) {
		if settled++; id != g.Player().ID || g.Player().Card != 1 {
			t.Errorf("settled before it was written: %+v", g.Player())
		}
	}
	g.Restart()
	before := g.Player()
	g.Time = g.Time.Add(30 * time.Second)
	g.Tap(gymtest.Mia(), first, "Next")
	after := g.Player()
	if after.Ticket == before.Ticket || !after.PressedAt.Equal(g.Time) || !after.NextAt.Equal(g.Time.Add(8*time.Second)) || settled != 1 {
		t.Errorf("after a press: %+v, settled %d times", after, settled)
	}
	if due, err := g.Store.DuePlayers(t.Context(), before.NextAt, 10); err != nil || len(due) != 0 {
		t.Errorf("%d players are due as before the press, %v", len(due), err)
	}
}

// A write that meets another change of the player is tried again.
func TestAPressThatMeetsAnotherChange(t *testing.T) {
	g := gymtest.New(t)
	first := g.Stretch("post", 3)
	m := &meddling{Players: g.Store, times: 1}
	g.Players = m
	g.Restart()
	if got := titleOf(g.Tap(gymtest.Mia(), first, "Next")); got != "Step 2 of 6, switch sides" {
		t.Errorf("got %q", got)
	}
	m.times = 100
	if got := golden.Shown(g.Tap(gymtest.Mia(), first, "Stop")); !strings.Contains(got, "too much to do") {
		t.Errorf("got %q", got)
	}
}

// meddling changes the player before each write, so many times.
type meddling struct {
	commands.Players
	times int
}

func (m *meddling) MovePlayer(ctx context.Context, p delivery.Player, now time.Time) error {
	if m.times--; m.times >= 0 {
		if err := m.Players.MovePlayer(ctx, p, now); err != nil {
			return err
		}
		return delivery.ErrPlayerMoved
	}
	return m.Players.MovePlayer(ctx, p, now)
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
