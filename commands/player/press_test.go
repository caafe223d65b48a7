package player_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"unpinch/commands"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/delivery"
)

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
		{"skip passes both sides", "More,Skip", "Step 3 of 6, left side"},
		{"skip from the change passes the other side", "Next,More,Skip", "Step 3 of 6, left side"},
		{"skip from the other side", "Next,Next,More,Skip", "Step 3 of 6, left side"},
		{"previous passes over the change", "Next,Next,Previous", "Step 1 of 6, left side"},
		{"previous from the change", "Next,Previous", "Step 1 of 6, left side"},
		{"previous at the start stays", "Previous", "Step 1 of 6, left side"},
		{"the switch keeps the card", "Next,More,Wait for Next,More,Move on by itself", "Step 2 of 6, switch sides"},
		{"stop", "Next,Stop", "Stopped at step 2 of 6"},
		{"go on where it was", "Next,Next,Stop,Continue at step 2", "Step 2 of 6, right side"},
		{"from the start", "More,Skip,Stop,From the start", "Step 1 of 6, left side"},
		{"to the end", "More,Skip,More,Skip,More,Skip", "That was the last step"},
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

// A button on a card that another has overtaken shows the present card and skips
// nothing.
func TestAPressOnAnOldCard(t *testing.T) {
	g := gymtest.New(t)
	first := g.Tap(gymtest.Mia(), g.Stretch("post", 3), "More")
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

// The end praises the minutes that were spent, and none that were not: however a
// routine is followed, a rest counts for nothing.
func TestTheEndSaysWhatIsTrue(t *testing.T) {
	gymtest.Slow(t)
	for _, tc := range []struct {
		name  string
		waits bool          // for Next
		each  time.Duration // on a card
		rest  time.Duration // after the first
		want  string
	}{
		{"by itself", false, 0, 0, "3 minutes of mild holds"},
		{"by itself, with a rest", false, 0, 20 * time.Minute, "3 minutes of mild holds"},
		{"at its pace", true, 32 * time.Second, 0, "3 minutes of mild holds"},
		{"in a hurry", false, 2 * time.Second, 0, "That was the last step"},
		{"in a hurry, waiting", true, 2 * time.Second, 0, "That was the last step"},
		{"in a hurry, with a rest", true, 2 * time.Second, 20 * time.Minute, "That was the last step"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			g := gymtest.New(t)
			at := g.Stretch("post", 3)
			if tc.waits {
				at = g.Tap(gymtest.Mia(), g.Tap(gymtest.Mia(), at, "More"), "Wait for Next")
			}
			for i := 0; strings.HasPrefix(titleOf(at), "Step "); i++ {
				if i == 1 && tc.rest > 0 {
					stopped := g.Tap(gymtest.Mia(), at, "Stop")
					g.Time = g.Time.Add(tc.rest)
					at = g.Tap(gymtest.Mia(), stopped, "Continue at step 2")
				}
				if tc.each == 0 {
					at = g.After(g.Player().NextAt.Sub(g.Time))
					continue
				}
				g.Time = g.Time.Add(tc.each)
				at = g.Tap(gymtest.Mia(), at, "Next")
			}
			got := golden.Shown(at)
			if counts := strings.Contains(got, "[Count today]"); !strings.Contains(got, tc.want) || counts != strings.Contains(tc.want, "minutes") {
				t.Errorf("it ends with\n%s", got)
			}
		})
	}
}

// A press is tried again when the player changes meanwhile.
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
