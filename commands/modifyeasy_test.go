package commands

import (
	"strings"
	"testing"

	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/content"
)

// TestModifyKeepsWhatIsEasy sees that /modify swaps with what the reader keeps
// low, that nobody else does, and that Share tells nobody.
func TestModifyKeepsWhatIsEasy(t *testing.T) {
	d := gymtest.Deps(t)
	p := d.People.(*gymtest.People)
	p.Version, p.Kept, p.Until = card.ConsentVersion, []string{"grip"}, gymtest.Noon.AddDate(0, 0, 3)
	m := modifyFlow{d}
	state := button.ModifyState{View: button.LiftCard, Lifts: []string{"deadlift"}}
	reply, err := m.turn(t.Context(), gymtest.Request(t, d, nil), state)
	if err != nil {
		t.Fatal(err)
	}
	golden.Reply(t, "modify-easy", reply)
	deadlift, _ := d.Content.Lifts("en").ByID("deadlift")
	best := d.Content.Lifts("en").Swaps(deadlift, content.Concern{Easy: content.LessSetOf(content.LessGrip)})
	if text := strings.Join(golden.Texts(reply.Parts), "\n"); !strings.Contains(text, best[0].Name) {
		t.Errorf("the best swap for less grip, %s, is not on the card", best[0].Name)
	}
	shared, err := m.share(t.Context(), gymtest.Request(t, d, nil), button.ShareState{"deadlift"})
	if err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(golden.Texts(shared.Parts), "\n"); strings.Contains(text, "keep low") {
		t.Errorf("Share tells what is kept low: %s", text)
	}
	p.Until = gymtest.Noon
	plain, err := m.turn(t.Context(), gymtest.Request(t, d, nil), state)
	if err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(golden.Texts(plain.Parts), "\n"); strings.Contains(text, "keep low") {
		t.Error("it goes on after its time")
	}
}
