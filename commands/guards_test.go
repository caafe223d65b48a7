package commands

import (
	"testing"

	"unpinch/bot"
	"unpinch/commands/gymtest"
)

// TestPressesAreGuarded holds what no handler checks itself: that a card
// answers nobody but its owner, and that nothing about /pinched is logged.
func TestPressesAreGuarded(t *testing.T) {
	cmds, parts := All(gymtest.Deps(t))
	open := 0
	for _, p := range parts {
		if !p.OwnerOnly {
			open++
		}
	}
	// Start, Done, Notify me, Try again and the two answers to a claim, which stand
	// on posts; what DMs have, for the one whom each went to; what can be read or
	// started beside a card; what a channel's card has for everybody, and the card
	// that everyone starts from.
	if open != 10 {
		t.Errorf("%d components that anybody may press", open)
	}
	for _, c := range cmds {
		if (c.Name == "pinched" || c.Name == "learn") && !c.Discreet {
			t.Errorf("/%s is not discreet", c.Name)
		}
	}
	for _, feature := range []func(Deps) (bot.Command, []bot.Component){pinched, learn} {
		if c, flow := feature(gymtest.Deps(t)); len(flow) != 1 || !flow[0].Discreet {
			t.Errorf("the buttons of /%s are not discreet", c.Name)
		}
	}
	for _, p := range parts {
		if p.Name() != "setup1" && p.Name() != "starthere1" {
			continue
		}
		if p.OwnerOnly == p.Discreet || p.OwnerOnly != p.Perm.Has(bot.ManageServer) {
			t.Errorf("of /setup, a button is guarded as %+v", p)
		}
	}
	for i, p := range myth(gymtest.Deps(t)) {
		if !p.Discreet {
			t.Errorf("button %d of a claim is not discreet", i)
		}
	}
}
