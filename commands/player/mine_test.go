package player_test

import (
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/delivery"
)

// A routine of one's own plays to its end, though its lines change meanwhile, and
// counts.
func TestOwnRoutinePlays(t *testing.T) {
	g := gymtest.New(t)
	mine := map[string]any{"routine": "mine"}
	if got := golden.Shown(g.Run(gymtest.Mia(), "stretch", mine)); !strings.Contains(got, "You have no routine of your own yet") {
		t.Errorf("without one: %s", got)
	}
	if got := golden.Shown(g.Run(gymtest.Mia(), "stretch", map[string]any{"routine": "mine", "together": true})); !strings.Contains(got, "for you alone") {
		t.Errorf("together: %s", got)
	}
	if err := g.Store.Agree(t.Context(), gymtest.Mia().User, card.ConsentVersion, "en", g.Time); err != nil {
		t.Fatal(err)
	}
	if shown := g.Lines("chin tuck 2x8\ndoorway 20s"); !strings.Contains(shown, "[Start]") {
		t.Fatalf("the routine can't be started: %s", shown)
	}
	first := g.Run(gymtest.Mia(), "stretch", mine)
	if got := golden.Shown(first); !strings.Contains(got, "Step 1 of 3") || !strings.Contains(got, "Chin tuck") {
		t.Fatalf("the first card is %s", got)
	}
	g.Lines("neck turns 5") // what runs stays as it was
	var last bot.Reply
	for range 20 {
		last = g.After(g.Player().NextAt.Sub(g.Time))
		if strings.Contains(golden.Shown(last), "You did your own routine to the end") {
			break
		}
		if strings.Contains(golden.Shown(last), "Neck turns") {
			t.Fatalf("a change moved the cards of what runs: %s", golden.Shown(last))
		}
	}
	golden.Reply(t, "stretch-done-mine", last)
	if counted := golden.Shown(g.Press(gymtest.Mia(), golden.ID(t, last, "Count today"), nil)); !strings.Contains(counted, "1") {
		t.Errorf("counting says %s", counted)
	}
	if again := golden.Shown(g.Run(gymtest.Mia(), "stretch", mine)); !strings.Contains(again, "Neck turns") {
		t.Errorf("the next one has %s", again)
	}
}

// A routine that was changed starts anew with its lines of today: what would go on
// with those from before is offered nowhere.
func TestAChangedOwnRoutine(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	mine := map[string]any{"routine": "mine"}
	const goOn = "Continue at step"
	g.Lines("chin tuck 2x8\ndoorway 20s")
	at := g.Run(gymtest.Mia(), "stretch", mine)
	if got := golden.Shown(g.Run(gymtest.Mia(), "stretch", mine)); !strings.Contains(got, goOn) {
		t.Errorf("unchanged, it says %s", got)
	}
	stopped := g.Tap(gymtest.Mia(), at, "Stop")
	g.Lines("neck turns 5")
	if got := golden.Shown(g.Run(gymtest.Mia(), "stretch", nil)); strings.Contains(got, goOn) || !strings.Contains(got, "mine: My own routine") {
		t.Errorf("without an option, it says %s", got)
	}
	for range 2 { // a double press too
		for _, label := range []string{"Continue at step 1", "From the start"} { // of a card from before
			if got := golden.Shown(g.Tap(gymtest.Mia(), stopped, label)); !strings.Contains(got, "Neck turns") {
				t.Errorf("%s shows %s", label, got)
			}
		}
	}
	g.Lines("wall slides 5")
	if got := golden.Shown(g.Run(gymtest.Mia(), "stretch", mine)); !strings.Contains(got, "Step 1 of 1") || !strings.Contains(got, "Wall slides") {
		t.Errorf("it starts %s", got)
	}
}

// Every button on every card of a routine of one's own shows something, whatever
// its drills and doses are, up to the longest.
func TestEveryButtonOfAnOwnRoutine(t *testing.T) {
	gymtest.Slow(t)
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	for _, lines := range []string{
		"neck turns 5", "belly breathing 50", "chin tuck", "open book 3x20 reps", "doorway 2x120s each side", "bird dog 10x5s each side",
		long, longest,
	} {
		if shown := g.Lines(lines); !strings.Contains(shown, "[Start]") {
			t.Fatalf("%q can't be started: %s", lines, shown)
		}
		at := g.Run(gymtest.Mia(), "stretch", map[string]any{"routine": "mine"})
		for step := 0; !strings.HasPrefix(titleOf(at), "That was the last step"); step++ {
			if step > 40 {
				t.Fatalf("%q does not end", lines)
			}
			if got := golden.Labels(at); strings.Join(got, ",") != "Next,Previous,Stop,More" {
				t.Fatalf("%q: the buttons are %v", lines, got)
			}
			open := g.Tap(gymtest.Mia(), at, "More")
			for _, label := range []string{"Whole routine as text", "Sources", "Check the signs"} {
				got := golden.Shown(g.Tap(gymtest.Mia(), open, label))
				if strings.Contains(got, "changed meanwhile") || strings.Contains(got, "outdated") || len(got) < 200 {
					t.Errorf("%q, card %d: %s shows %s", lines, step, label, got)
				}
			}
			for _, label := range []string{"Wait for Next", "Move on by itself", "Less"} {
				if at = g.Tap(gymtest.Mia(), g.Tap(gymtest.Mia(), at, "More"), label); titleOf(at) != titleOf(open) {
					t.Errorf("%q, card %d: %s shows %s", lines, step, label, titleOf(at))
				}
			}
			at = g.Tap(gymtest.Mia(), at, "Next")
		}
	}
}

// longest is as long as half an hour allows.
const longest = "Child's pose with side reach 3x60s each side\nCross-body shoulder stretch 3x60s each side\n" +
	"Hands-behind chest stretch 3x60s\nThread the needle, held 2x60s each side\nShoulder-blade squeeze 3x10x5s"

// The list of routines has one's own, if there is one.
func TestPickingOnesOwn(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	if got := golden.Shown(g.Run(gymtest.Mia(), "stretch", nil)); strings.Contains(got, "mine: ") {
		t.Errorf("without one: %s", got)
	}
	g.Lines("neck turns 5")
	if got := golden.Shown(g.Run(gymtest.Mia(), "stretch", map[string]any{"minutes": 10})); strings.Contains(got, "mine: ") {
		t.Errorf("of 10 minutes: %s", got)
	}
	menu := g.Run(gymtest.Mia(), "stretch", nil)
	if got := golden.Shown(menu); !strings.Contains(got, "mine: My own routine") {
		t.Errorf("the list is %s", got)
	}
	picked := g.Press(gymtest.Mia(), "playpick1:own", nil, "mine")
	if got := golden.Shown(picked); !strings.Contains(got, "Neck turns") {
		t.Errorf("picked, it shows %s", got)
	}
}

// long is a routine as a physio may write it: five drills with long names.
const long = "Child's pose with side reach 2x20s each side\nCross-body shoulder stretch 2x20s each side\n" +
	"Hands-behind chest stretch 2x20s\nFront-side neck stretch 2x20s each side\nShoulder-blade squeeze 2x10x5s"

// A routine of long names plays, and can be read beside its cards.
func TestALongRoutineOfOnesOwn(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	if shown := g.Lines(long); !strings.Contains(shown, "[Start]") {
		t.Fatalf("the routine can't be started: %s", shown)
	}
	at := g.Run(gymtest.Mia(), "stretch", map[string]any{"routine": "mine"})
	golden.Reply(t, "stretch-mine-first", at)
	at = g.Tap(gymtest.Mia(), at, "More")
	golden.Reply(t, "stretch-mine-more", at)
	golden.Reply(t, "stretch-mine-text", g.Tap(gymtest.Mia(), at, "Whole routine as text"))
	golden.Reply(t, "stretch-mine-sources", g.Tap(gymtest.Mia(), at, "Sources"))
	for range 40 {
		if strings.HasPrefix(titleOf(at), "Done: ") {
			return
		}
		at = g.After(g.Player().NextAt.Sub(g.Time))
	}
	t.Errorf("it does not end:\n%s", golden.Shown(at))
}

// A button reads the routine that it stands beside, as long as the reader follows
// or keeps it.
func TestReadingAnOwnRoutine(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	mine := map[string]any{"routine": "mine"}
	const name, changed = "Child's pose", "This routine has changed meanwhile."
	read := func(on bot.Reply, label, want string) {
		t.Helper()
		if got := golden.Shown(g.Tap(gymtest.Mia(), on, label)); !strings.Contains(got, want) {
			t.Errorf("%s shows %s, want %q in it", label, got, want)
		}
	}
	g.Lines(long)
	first := g.Tap(gymtest.Mia(), g.Run(gymtest.Mia(), "stretch", mine), "More")
	g.Lines("neck turns 5")
	read(first, "Whole routine as text", name) // it runs as it was
	read(first, "Sources", "where this comes from")
	second := g.Tap(gymtest.Mia(), g.Press(gymtest.Mia(), button.OpenID.For(button.OwnRoutine), nil), "More")
	read(second, "Whole routine as text", "Neck turns")
	read(first, "Whole routine as text", changed)
	read(first, "Sources", changed)
	g.Press(gymtest.Mia(), button.OpenID.For("desk-3"), nil) // another one runs
	read(second, "Whole routine as text", "Neck turns")
	g.Lines(long)
	read(first, "Whole routine as text", name) // the lines are back
	read(second, "Whole routine as text", changed)
	if got := golden.Shown(g.Tap(gymtest.Carl(), first, "Whole routine as text")); !strings.Contains(got, changed) {
		t.Errorf("carl reads %s", got)
	}
	// The buttons of earlier cards hold the lines.
	old := "playread1:text/mine\nNeck turns 5"
	if got := golden.Shown(g.Press(gymtest.Mia(), old, nil)); !strings.Contains(got, changed) {
		t.Errorf("an old button that no longer fits shows %s", got)
	}
	g.Lines("neck turns 5")
	if got := golden.Shown(g.Press(gymtest.Mia(), old, nil)); !strings.Contains(got, "Neck turns") {
		t.Errorf("an old button shows %s", got)
	}
}

// A player from before buttons had versions goes on.
func TestAnOwnRoutineAsItIsKept(t *testing.T) {
	g := gymtest.New(t)
	p := delivery.Player{ID: "r0", UserID: gymtest.Mia().User, Ticket: "7/t", Locale: "en", Routine: "mine\n" + long, Card: 1, Auto: true,
		PressedAt: g.Time, MoveAt: g.Time.Add(time.Minute), NextAt: g.Time.Add(time.Minute), ExpiresAt: g.Time.Add(time.Hour)}
	if err := g.Store.StartPlayer(t.Context(), p, g.Time); err != nil {
		t.Fatal(err)
	}
	if at := g.After(time.Minute); !strings.HasPrefix(titleOf(at), "Step 2 of ") {
		t.Errorf("it goes on with\n%s", golden.Shown(at))
	}
}
