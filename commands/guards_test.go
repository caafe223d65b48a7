package commands

import "testing"

// TestPressesAreGuarded holds what no handler checks itself: that a card
// answers nobody but its owner, and that nothing about /pinched is logged.
func TestPressesAreGuarded(t *testing.T) {
	cmds, parts := All(deps(t))
	for _, p := range parts {
		if !p.OwnerOnly {
			t.Errorf("a component that anybody may press: %+v", p)
		}
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
