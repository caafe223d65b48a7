package commands

import "testing"

// TestPressesAreGuarded holds what no handler checks itself: that a card
// answers nobody but its owner, and that nothing about /pinched is logged.
func TestPressesAreGuarded(t *testing.T) {
	cmds, parts := All(deps(t))
	open := 0
	for _, p := range parts {
		if !p.OwnerOnly {
			open++
		}
	}
	if open != 2 { // Done, and Try again, which stand on posts
		t.Errorf("%d components that anybody may press", open)
	}
	for _, c := range cmds {
		if c.Name == "pinched" && !c.Discreet {
			t.Error("/pinched is not discreet")
		}
	}
	if _, flow := pinched(deps(t)); !flow[0].Discreet {
		t.Error("the buttons of /pinched are not discreet")
	}
}
