package me_test

import (
	"strings"
	"testing"

	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/content"
)

// TestRoutineFromNothingToForget follows a member who writes lines with a
// fault, mends them, changes and deletes them.
func TestRoutineFromNothingToForget(t *testing.T) {
	g := gymtest.New(t)
	before := g.Dump()
	nothing := g.Run(gymtest.Mia(), "me routine", nil)
	golden.Reply(t, "routine-nothing", nothing)
	golden.Reply(t, "routine-consent", g.Press(gymtest.Mia(), "ownform1:show", nil))
	golden.Reply(t, "routine-consent", g.Press(gymtest.Mia(), "ownset1:show", map[string]string{"lines": "chin tuck 8x5s"}))
	ask := g.Press(gymtest.Mia(), golden.ID(t, nothing, "Write my routine"), nil)
	golden.Reply(t, "routine-consent", ask)
	golden.Reply(t, "routine-nothing", g.Press(gymtest.Mia(), golden.ID(t, ask, "No, keep nothing"), nil))
	if g.Dump() != before {
		t.Fatal("something was kept before consent")
	}
	none := g.Press(gymtest.Mia(), golden.ID(t, ask, "I agree, and I am 16 or older, or my parent agrees"), nil)
	golden.Reply(t, "routine-none", none)
	golden.Reply(t, "routine-none", g.Press(gymtest.Mia(), "own1:sources", nil))
	golden.Reply(t, "routine-form-empty", g.Press(gymtest.Mia(), golden.ID(t, none, "Write my lines"), nil))

	agreed := g.Dump()
	refused := g.Press(gymtest.Mia(), "ownset1:show", map[string]string{"lines": "Chin tuck 8x5s\nfrog jump 5\nNeck turns 5"})
	golden.Reply(t, "routine-refused", refused)
	if g.Dump() != agreed {
		t.Fatal("lines with a fault changed something")
	}
	const wrong = "Chin tuck 8x5s\nfrog jump 5\nNeck turns 5"
	if got := g.Press(gymtest.Mia(), golden.ID(t, refused, "Mend my lines"), nil).Modal.Fields[0].Value; got != wrong {
		t.Errorf("the form has\n%s\nwant what was written:\n%s", got, wrong)
	}
	golden.Reply(t, "routine-names", g.Press(gymtest.Mia(), golden.ID(t, refused, "Names of drills"), nil))
	const mended = "Chin tuck 8x5s\nDoorway chest stretch 2x30s each side\nNeck turns 5"
	shown := g.Press(gymtest.Mia(), "ownset1:show", map[string]string{"lines": mended})
	golden.Reply(t, "routine-three", shown)
	form := g.Press(gymtest.Mia(), golden.ID(t, shown, "Change"), nil)
	if got := form.Modal.Fields[0].Value; got != mended {
		t.Errorf("the form has\n%s\nwant\n%s", got, mended)
	}
	golden.Reply(t, "routine-sources", g.Press(gymtest.Mia(), golden.ID(t, shown, "Sources"), nil))
	sure := g.Press(gymtest.Mia(), golden.ID(t, shown, "Delete"), nil)
	golden.Reply(t, "routine-sure", sure)
	golden.Reply(t, "routine-three", g.Press(gymtest.Mia(), golden.ID(t, sure, "Keep it"), nil))
	golden.Reply(t, "routine-none", g.Press(gymtest.Mia(), golden.ID(t, sure, "Delete my routine"), nil))
	if g.Dump() != agreed {
		t.Errorf("something is left of the routine:\n%s", g.Dump())
	}
	g.Lines(mended)
	if rows, err := g.Store.Forget(t.Context(), gymtest.Mia().User); rows != 4 || err != nil {
		t.Errorf("forgot %d rows, %v, want 4", rows, err)
	}
	if g.Dump() != before {
		t.Errorf("something is left:\n%s", g.Dump())
	}
}

// TestDeletedRoutineIsGone leaves no line anywhere, though a card follows them.
func TestDeletedRoutineIsGone(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	before := g.Dump()
	g.Lines("Chin tuck 8x5s")
	at := g.Run(gymtest.Mia(), "stretch", map[string]any{"routine": "mine"})
	g.Press(gymtest.Mia(), "own1:delete", nil)
	if g.Dump() != before {
		t.Errorf("something is left of the routine:\n%s", g.Dump())
	}
	for label, want := range map[string]string{"Next": "This card has had its time", "Whole routine as text": "This routine has changed meanwhile"} {
		if got := golden.Shown(g.Tap(gymtest.Mia(), at, label)); !strings.Contains(got, want) {
			t.Errorf("%s shows %s", label, got)
		}
	}
}

// TestRoutineFaultsAreSaid shows every fault of a line with its words.
func TestRoutineFaultsAreSaid(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	before, keys := g.Dump(), g.Content.Keys()
	var all strings.Builder
	for _, text := range []string{"8x5s", "shoulder 5", "*_frog_* jump <@1> 5", "chin tuck", "chin tuck 5 min", "doorway 90s",
		"chin tuck 8 each side", "chin tuck 5x30x10s\nlying nod 2x30x10s", strings.Repeat("neck turns 5\n", 6), " \n ", strings.Repeat("w", 200) + " 5"} {
		said := g.Lines(text)
		all.WriteString(said)
		if g.Dump() != before {
			t.Fatalf("%q changed something", text)
		}
	}
	golden.Text(t, "routine-faults", all.String())
	for _, k := range []content.OwnFaultKind{content.OwnNoName, content.OwnUnknown, content.OwnNoDose, content.OwnOddDose, content.OwnTooMuch,
		content.OwnNoSides, content.OwnTooMany, content.OwnTooLong, content.OwnNoLines} {
		key := "me.routine.fault." + strings.ReplaceAll(string(k), " ", "_")
		if !strings.Contains(strings.Join(keys, "\n")+"\n", key+"\n") {
			t.Errorf("%q is not in the catalogue", key)
		}
	}
}

// TestLongestRoutineFits holds the card with the longest names and doses within
// Discord's limits, and the form's text within its own.
func TestLongestRoutineFits(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	golden.Reply(t, "routine-longest", g.Press(gymtest.Mia(), "ownset1:show", map[string]string{
		"lines": strings.Repeat("Child's pose with side reach 2x2x10s each side\n", content.OwnMost)}))
	if form := g.Press(gymtest.Mia(), "ownform1:show", nil); len(form.Modal.Fields[0].Value) > form.Modal.Fields[0].Max {
		t.Errorf("%d characters in a field of %d", len(form.Modal.Fields[0].Value), form.Modal.Fields[0].Max)
	}
}

// TestRoutinesAreTheirOwn: each member sees, changes and deletes only theirs.
func TestRoutinesAreTheirOwn(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	g.Agree(gymtest.Carl())
	g.Lines("Chin tuck 8x5s")
	if shown := golden.Shown(g.Run(gymtest.Carl(), "me routine", nil)); strings.Contains(shown, "Chin tuck 8x5s\n") {
		t.Errorf("carl sees %s", shown)
	}
	g.Press(gymtest.Carl(), "own1:delete", nil)
	g.Press(gymtest.Carl(), "progress1:back", nil)
	if shown := golden.Shown(g.Run(gymtest.Mia(), "me routine", nil)); !strings.Contains(shown, "Chin tuck 8x5s\n") {
		t.Errorf("mia sees %s", shown)
	}
}
