package player

import (
	"testing"
	"time"

	"unpinch/commands/card"
	"unpinch/content"
	"unpinch/delivery"
)

func library(t *testing.T) *content.Library {
	t.Helper()
	lib, err := content.Load()
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// A player that was due while the bot was away goes on from now, and its next card
// gets its whole time.
func TestAPlayerThatIsLate(t *testing.T) {
	noon := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	r, _ := library(t).Routine(card.DefaultLocale, "post-3")
	due := noon.Add(32 * time.Second)
	for name, tc := range map[string]struct{ late, next time.Duration }{
		"on time":        {0, 8 * time.Second},
		"a second late":  {time.Second, 7 * time.Second},
		"a minute late":  {time.Minute, 8 * time.Second},
		"just in time":   {13*time.Minute + 57*time.Second, 8 * time.Second},
		"over its limit": {14 * time.Minute, 0},
	} {
		f := follower{Player: delivery.Player{UserID: "1", Ticket: "1/t", Auto: true, PressedAt: noon, MoveAt: due, NextAt: due}, follows: r, cards: playCards(r)}
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
	for _, r := range library(t).Routines(card.DefaultLocale) {
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
