package commands

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/content"
	"unpinch/delivery"
)

// stretch starts a routine as mia and returns its first card.
func (g *gym) stretch(kind string, minutes int) bot.Reply {
	g.t.Helper()
	return g.run(mia(), "stretch", map[string]any{"routine": kind, "minutes": minutes})
}

// tap presses a button by its label.
func (g *gym) tap(p person, on bot.Reply, label string) bot.Reply {
	g.t.Helper()
	return g.press(p, golden.ID(g.t, on, label), nil)
}

// after lets time pass and does what is due for the only player then, as the
// runner would.
func (g *gym) after(d time.Duration) bot.Reply {
	g.t.Helper()
	g.now = g.now.Add(d)
	due, err := g.db.DuePlayers(g.t.Context(), g.now, 10)
	if err != nil || len(due) != 1 {
		g.t.Fatalf("%d players are due, %v", len(due), err)
	}
	p, reply := g.Advance(due[0], g.now)
	if err := g.db.MovePlayers(g.t.Context(), []delivery.Player{p}, g.now); err != nil {
		g.t.Fatal(err)
	}
	if err := reply.Validate(); err != nil {
		g.t.Errorf("over Discord's limits: %v", err)
	}
	return reply
}

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
	g := newGym(t)
	first := g.stretch("post", 3)
	golden.Reply(t, "stretch-first", first)
	golden.Reply(t, "stretch-change", g.after(32*time.Second))
	golden.Reply(t, "stretch-other-side", g.after(8*time.Second))
	second := g.after(24 * time.Second)
	golden.Reply(t, "stretch-second", second)
	still := g.tap(mia(), second, "Wait for Next")
	golden.Reply(t, "stretch-waits", still)
	golden.Reply(t, "stretch-stopped", g.tap(mia(), still, "Stop"))
	golden.Reply(t, "stretch-menu-continue", g.run(mia(), "stretch", nil))
	golden.Reply(t, "stretch-text", g.tap(mia(), first, "Whole routine as text"))
	golden.Reply(t, "stretch-sources", g.tap(mia(), first, "Sources"))
	golden.Reply(t, "stretch-gentle", g.tap(mia(), first, "Gentle version"))
	golden.Reply(t, "stretch-menu", g.run(carl(), "stretch", nil))
	at := g.press(carl(), button.PickID.For(button.PickOwn), nil, "post-5")
	for range 4 {
		at = g.tap(carl(), at, "Skip")
	}
	golden.Reply(t, "stretch-sets", at)
	if menu := g.tap(mia(), first, "Check the signs"); !strings.Contains(golden.Shown(menu), "Where is it felt?") {
		t.Errorf("Check the signs leads to\n%s", golden.Shown(menu))
	}
}

// Every routine plays from its first card to its end, on time, each card short
// and within Discord's limits, with the same buttons in the same order.
func TestEveryRoutinePlays(t *testing.T) {
	slow(t)
	g := newGym(t)
	g.Figures = nil // they are drawn elsewhere
	g.restart()
	for _, r := range g.Content.Routines(card.DefaultLocale) {
		t.Run(r.ID, func(t *testing.T) {
			g.t = t
			began := g.now
			reply := g.press(mia(), button.OpenID.For(button.Routine(r.ID)), nil)
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
				p, err := g.db.PlayerOf(t.Context(), mia().user)
				if err != nil {
					t.Fatal(err)
				}
				reply = g.after(p.NextAt.Sub(g.now))
			}
			if want := time.Duration(r.Seconds()) * time.Second; g.now.Sub(began) != want {
				t.Errorf("it took %v, want %v", g.now.Sub(began), want)
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
			if err := g.stretchText(r.ID).Validate(); err != nil {
				t.Errorf("as text: %v", err)
			}
		})
	}
}

func (g *gym) stretchText(id string) bot.Reply {
	g.t.Helper()
	return g.press(mia(), button.ReadID.For(button.ReadState{View: button.ReadText, Routine: id}), nil)
}

// Buttons move the player, and only from the card that they stand on.
func TestPressesOnAPlayer(t *testing.T) {
	slow(t)
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
			g := newGym(t)
			at := g.stretch("post", 3)
			for _, label := range strings.Split(tc.press, ",") {
				at = g.tap(mia(), at, label)
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
	g := newGym(t)
	first := g.stretch("post", 3)
	g.after(32 * time.Second) // it moves on by itself, as Next is pressed
	before := g.player()
	if got := titleOf(g.tap(mia(), first, "Next")); got != "Step 2 of 6, switch sides" {
		t.Errorf("got %q", got)
	}
	if after := g.player(); !after.MoveAt.Equal(before.MoveAt) {
		t.Errorf("the next card comes at %v, want %v as before", after.MoveAt, before.MoveAt)
	}
	g.now = g.now.Add(time.Minute)
	if got := titleOf(g.tap(mia(), first, "Skip")); got != "Step 2 of 6, switch sides" {
		t.Errorf("got %q", got)
	}
}

func (g *gym) player() delivery.Player {
	g.t.Helper()
	p, err := g.db.PlayerOf(g.t.Context(), mia().user)
	if err != nil {
		g.t.Fatal(err)
	}
	return p
}

// A press takes the new ticket, cancels what was planned, and has the runner
// settle before it answers.
func TestAPressTakesOver(t *testing.T) {
	g := newGym(t)
	first := g.stretch("post", 3)
	settled := 0
	g.Settle = func(_ context.Context, id string) {
		if settled++; id != g.player().ID || g.player().Card != 1 {
			t.Errorf("settled before it was written: %+v", g.player())
		}
	}
	g.restart()
	before := g.player()
	g.now = g.now.Add(30 * time.Second)
	g.tap(mia(), first, "Next")
	after := g.player()
	if after.Ticket == before.Ticket || !after.PressedAt.Equal(g.now) || !after.NextAt.Equal(g.now.Add(8*time.Second)) || settled != 1 {
		t.Errorf("after a press: %+v, settled %d times", after, settled)
	}
	if due, err := g.db.DuePlayers(t.Context(), before.NextAt, 10); err != nil || len(due) != 0 {
		t.Errorf("%d players are due as before the press, %v", len(due), err)
	}
}

// A write that meets another change of the player is tried again.
func TestAPressThatMeetsAnotherChange(t *testing.T) {
	g := newGym(t)
	first := g.stretch("post", 3)
	m := &meddling{Players: g.db, times: 1}
	g.Players = m
	g.restart()
	if got := titleOf(g.tap(mia(), first, "Next")); got != "Step 2 of 6, switch sides" {
		t.Errorf("got %q", got)
	}
	m.times = 100
	if got := golden.Shown(g.tap(mia(), first, "Stop")); !strings.Contains(got, "too much to do") {
		t.Errorf("got %q", got)
	}
}

// meddling changes the player before each write, so many times.
type meddling struct {
	Players
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
	g := newGym(t)
	first := g.stretch("post", 3)
	waiting := g.tap(mia(), g.tap(mia(), first, "Skip"), "Wait for Next")
	g.now = g.now.Add(10 * time.Minute)
	g.tap(mia(), waiting, "Next") // from here on they count
	rest := g.after(14*time.Minute + 30*time.Second)
	golden.Reply(t, "stretch-rest", rest)
	if p := g.player(); p.Ticket != "" || !p.NextAt.IsZero() {
		t.Errorf("it rests as %+v", p)
	}
	g.now = g.now.Add(29 * time.Minute)
	if on := g.tap(mia(), rest, "Continue at step 4"); titleOf(on) != "Step 4 of 6, switch sides" || !strings.Contains(golden.Shown(on), "Waits for you") {
		t.Errorf("it goes on with\n%s", golden.Shown(on))
	}
	g.now = g.now.Add(31 * time.Minute)
	if old := golden.Shown(g.tap(mia(), rest, "Continue at step 4")); !strings.Contains(old, "has had its time") {
		t.Errorf("an old card says %q", old)
	}
	if again := g.run(mia(), "stretch", nil); slices.Contains(golden.Labels(again), "Continue at step 4") {
		t.Errorf("reopening too late offers %q", golden.Labels(again))
	}
}

// Reopening offers to go on, unless another routine is asked for by name.
func TestReopening(t *testing.T) {
	g := newGym(t)
	first := g.stretch("post", 3)
	g.tap(mia(), first, "Skip")
	if again := golden.Labels(g.stretch("post", 3)); again[0] != "Continue at step 3" {
		t.Errorf("the same routine offers %q", again)
	}
	if other := titleOf(g.stretch("desk", 3)); other != "Step 1 of 5" {
		t.Errorf("another routine begins at %q", other)
	}
	if old := golden.Shown(g.tap(mia(), first, "Next")); !strings.Contains(old, "has had its time") {
		t.Errorf("the first card says %q", old)
	}
	if n := strings.Count(g.dump(), `"desk-3"`); n != 1 || strings.Contains(g.dump(), `"post-3"`) {
		t.Errorf("%d players of mia's:\n%s", n, g.dump())
	}
}

func TestStretchIsRefused(t *testing.T) {
	g := newGym(t)
	first := g.stretch("post", 3)
	for name, tc := range map[string]struct {
		reply bot.Reply
		want  string
	}{
		"no such length":      {g.stretch("desk", 7), "“Desk break” does not come in 7 minutes. What works: 3, 5, 10."},
		"no length of any":    {g.run(mia(), "stretch", map[string]any{"minutes": 7}), "no routine of 7 minutes. What works: 3, 5, 10."},
		"someone else's card": {g.tap(carl(), first, "Next"), "has had its time"},
		"an unknown act":      {g.press(mia(), button.PlayID.For(button.PlayState{Act: "dance", ID: g.player().ID, Card: 0}), nil), "older or newer"},
		"an unknown routine":  {g.press(mia(), button.OpenID.For("yoga-60"), nil), "older or newer"},
		"nothing picked":      {g.press(mia(), button.PickID.For(button.PickOwn), nil), "older or newer"},
		"an unknown pick":     {g.press(mia(), button.PickID.For(button.PickOwn), nil, "yoga-60"), "older or newer"},
		"an unknown view":     {g.press(mia(), button.ReadID.For(button.ReadState{View: "film", Routine: "post-3"}), nil), "older or newer"},
		"text of nothing":     {g.press(mia(), button.ReadID.For(button.ReadState{View: button.ReadText, Routine: "yoga-60"}), nil), "older or newer"},
		"no state":            {g.press(mia(), "play1:next", nil), "older or newer"},
		"no card in it":       {g.press(mia(), "play1:next/x/r1", nil), "older or newer"},
	} {
		if got := golden.Shown(tc.reply); !strings.Contains(got, tc.want) {
			t.Errorf("%s: %q, want %q in it", name, got, tc.want)
		}
	}
}

// Cards work without pictures, where the bot may not send files.
func TestPlayersWithoutPictures(t *testing.T) {
	g := newGym(t)
	nowhere := mia()
	nowhere.app = bot.ViewChannel
	if got := g.press(nowhere, button.OpenID.For("post-3"), nil); strings.Contains(golden.Shown(got), "picture") || len(got.Files) > 0 {
		t.Errorf("a picture where files can't be sent:\n%s", golden.Shown(got))
	}
	if moved := g.after(32 * time.Second); len(moved.Files) > 0 {
		t.Errorf("the next card has a picture:\n%s", golden.Shown(moved))
	}
}

// A routine that a newer version has changed ends in words.
func TestAPlayerOfAnotherVersion(t *testing.T) {
	g := newGym(t)
	for _, p := range []delivery.Player{{Routine: "yoga-60"}, {Routine: "post-3", Card: 99}, {Routine: "post-3", Card: -2}} {
		p.Locale, p.UserID = "en", "1"
		if after, reply := g.Advance(p, noon); !after.Gone || !strings.Contains(golden.Shown(reply), "has changed") {
			t.Errorf("%+v becomes %+v, %s", p, after, golden.Shown(reply))
		}
	}
}

// What is due when the bot was away goes on from now, with its whole time.
func TestAPlayerThatIsLate(t *testing.T) {
	r, _ := deps(t).Content.Routine(card.DefaultLocale, "post-3")
	due := noon.Add(32 * time.Second)
	for name, tc := range map[string]struct{ late, next time.Duration }{
		"on time":        {0, 8 * time.Second},
		"a second late":  {time.Second, 7 * time.Second},
		"a minute late":  {time.Minute, 8 * time.Second},
		"just in time":   {13*time.Minute + 57*time.Second, 8 * time.Second},
		"over its limit": {14 * time.Minute, 0},
	} {
		f := follower{delivery.Player{UserID: "1", Ticket: "1/t", Auto: true, PressedAt: noon, MoveAt: due, NextAt: due}, r, playCards(r)}
		now := due.Add(tc.late)
		after, rested := f.moveOn(now)
		if tc.next == 0 {
			if !rested || !after.resting() || after.Card != 0 {
				t.Errorf("%s: %+v", name, after.Player)
			}
			continue
		}
		if rested || after.Card != 1 || after.MoveAt.Sub(now) != tc.next {
			t.Errorf("%s: the next card comes after %v, want %v", name, after.MoveAt.Sub(now), tc.next)
		}
	}
}

// The cards of a routine take as long as its steps, and a switch of sides is a
// card of its own.
func TestPlayCards(t *testing.T) {
	for _, r := range deps(t).Content.Routines(card.DefaultLocale) {
		total, changes, rights := time.Duration(0), 0, 0
		for _, c := range playCards(r) {
			if total += c.Takes; c.Takes < content.GetInPlace*time.Second {
				t.Errorf("%s: a card of %v", r.ID, c.Takes)
			}
			if c.Change {
				changes++
			}
		}
		for _, s := range r.Steps() {
			if s.Side == content.Right {
				rights++
			}
		}
		if total != time.Duration(r.Seconds())*time.Second || changes != rights {
			t.Errorf("%s: %v and %d changes of sides, want %d s and %d", r.ID, total, changes, r.Seconds(), rights)
		}
	}
}

// The states of buttons read back as they were written.
func FuzzPlayState(f *testing.F) {
	f.Add("next", "byv63dus3ny8", 3)
	f.Add("", "a/b", -1)
	f.Fuzz(func(t *testing.T, act, id string, n int) {
		if strings.Contains(act, "/") {
			return
		}
		want := button.PlayState{Act: button.PlayAct(act), ID: id, Card: n}
		text, err := want.MarshalText()
		var got button.PlayState
		if err != nil || got.UnmarshalText(text) != nil || got != want {
			t.Errorf("%q reads back as %+v, want %+v", text, got, want)
		}
	})
}
