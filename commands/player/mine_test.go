package player_test

import (
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
)

// TestOwnRoutinePlays plays a routine of one's own to its end, also after its
// lines were changed meanwhile, and counts it.
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
