package me_test

import (
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/content"
	"unpinch/figure"
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
	at := g.Tap(gymtest.Mia(), g.Run(gymtest.Mia(), "stretch", map[string]any{"routine": "mine"}), "More")
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
	for _, text := range []string{"8x5s", "shoulder 5", "*_frog_* jump <@1> 5", "weighted chin tuck 2x8", "chin tuck 2x3x4", "doorway 4 min",
		"chin tuck 5x50x10s\nlying nod 5x30x10s", strings.Repeat("neck turns 5\n", 6), " \n ", strings.Repeat("w", 200) + " 5",
		"chin tuck 10\nmedian nerve slider 2x10", "push-ups 3x10\nsleeper stretch 3x30s\nsciatic floss\nchin tuck 60\nchin tuck 1x2x3"} {
		said := g.Lines(text)
		all.WriteString(said)
		if g.Dump() != before {
			t.Fatalf("%q changed something", text)
		}
	}
	golden.Text(t, "routine-faults", all.String())
	said := strings.Join(keys, "\n") + "\n"
	for _, k := range []content.OwnFaultKind{content.OwnNoName, content.OwnUnknown, content.OwnNerve, content.OwnOddDose, content.OwnTooMuch,
		content.OwnTooMany, content.OwnTooLong, content.OwnNoLines} {
		if key := "me.routine.fault." + strings.ReplaceAll(string(k), " ", "_"); !strings.Contains(said, key+"\n") {
			t.Errorf("%q is not in the catalogue", key)
		}
	}
	for _, k := range []content.OwnNoteKind{content.OwnOften, content.OwnLeftOut, content.OwnLower, content.OwnDefault, content.OwnSeconds, content.OwnNoSides} {
		if key := "me.routine.note." + strings.ReplaceAll(string(k), " ", "_"); !strings.Contains(said, key+"\n") {
			t.Errorf("%q is not in the catalogue", key)
		}
	}
}

// idWith returns the first custom ID of a card that begins so.
func idWith(t *testing.T, r bot.Reply, prefix string) string {
	t.Helper()
	for _, s := range golden.Selects(r.Parts) {
		if strings.HasPrefix(s.ID, prefix) {
			return s.ID
		}
	}
	for _, b := range golden.Buttons(r.Parts) {
		if strings.HasPrefix(b.ID, prefix) {
			return b.ID
		}
	}
	t.Fatalf("no ID begins with %q:\n%s", prefix, golden.Shown(r))
	return ""
}

// TestOnePressMendsALine takes the drill that was meant, the line that is proposed,
// or leaves one out, and saves when each line can be read.
func TestOnePressMendsALine(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	before := g.Dump()
	refused := g.Press(gymtest.Mia(), "ownset1:show", map[string]string{
		"lines": "Doorway stretch: hold 20–30s, repeat 3x each side, 2x/day\nweighted chin tuck\n2x8\n\nneck turns 60\nulnar nerve glide 10\nopen book"})
	golden.Reply(t, "routine-mend", refused)
	picked := g.Press(gymtest.Mia(), idWith(t, refused, "ownfix1:pick/2/"), nil, "chin-tuck")
	if shown := golden.Shown(picked); strings.Contains(shown, "weighted") || !strings.Contains(shown, "ulnar") {
		t.Errorf("after a pick:\n%s", shown)
	}
	if again := golden.Shown(g.Press(gymtest.Mia(), idWith(t, refused, "ownfix1:pick/2/"), nil, "chin-tuck")); !strings.Contains(again, "no longer at hand") {
		t.Errorf("a second press on the old card:\n%s", again)
	}
	taken := g.Tap(gymtest.Mia(), picked, "Line 4: Neck turns 50")
	if g.Dump() != before {
		t.Error("something was kept with a line at fault")
	}
	saved := g.Tap(gymtest.Mia(), taken, "Leave out line 5")
	golden.Reply(t, "routine-mended", saved)
	if at := golden.Shown(g.Press(gymtest.Mia(), idWith(t, refused, "ownfix1:take/5/"), nil)); !strings.Contains(at, "no longer at hand") {
		t.Errorf("a press after all was saved:\n%s", at)
	}
	many := g.Press(gymtest.Mia(), "ownset1:show", map[string]string{"lines": strings.Repeat("neck turns 5\n", 7)})
	if first := golden.Shown(g.Tap(gymtest.Mia(), many, "Keep the first 5")); strings.Count(first, "Neck turns 5\n") != 5 {
		t.Errorf("the first five are\n%s", first)
	}
	if made := golden.Shown(g.Press(gymtest.Mia(), "ownfix1:pick/1/00000000", nil, "neck-turns")); !strings.Contains(made, "no longer at hand") {
		t.Errorf("a made-up press shows\n%s", made)
	}
}

// TestSheetToPrint shows the lines as a page, whose alternative text they are.
func TestSheetToPrint(t *testing.T) {
	g := gymtest.New(t)
	g.Figures = &figure.Album{}
	g.Agree(gymtest.Mia())
	shown := g.Press(gymtest.Mia(), "ownset1:show", map[string]string{"lines": "Chin tuck 8x5s\nDoorway chest stretch 2x30s each side"})
	sheet := g.Tap(gymtest.Mia(), shown, "Sheet to print")
	golden.Reply(t, "routine-sheet", sheet)
	if len(sheet.Files) != 1 || !strings.HasPrefix(string(sheet.Files[0].Data), "\x89PNG") || sheet.Files[0].About != "Chin tuck 8x5s; Doorway chest stretch 2x30s each side" {
		t.Errorf("the files are %d", len(sheet.Files))
	}
	g.Press(gymtest.Mia(), "own1:delete", nil)
	if got := golden.Shown(g.Tap(gymtest.Mia(), shown, "Sheet to print")); !strings.Contains(got, "No lines yet") {
		t.Errorf("after deleting: %s", got)
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
