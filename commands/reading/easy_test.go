package reading_test

import (
	"strings"
	"testing"

	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/commands/reading"
	"unpinch/content"
)

// TestModifyKeepsWhatIsEasy sees that /modify swaps with what the reader keeps
// low, that nobody else does, and that Share tells nobody.
func TestModifyKeepsWhatIsEasy(t *testing.T) {
	d := gymtest.Deps(t)
	p := &gymtest.People{Version: card.ConsentVersion, Kept: []string{"grip"}, Until: gymtest.Noon.AddDate(0, 0, 3)}
	room := reader{reading.New(reading.Needs{Content: d.Content, Wishes: p, Home: nowhere, Figures: d.Figures, Operator: d.Operator, Now: d.Now}), d.Content}
	state := button.ModifyID.For(button.ModifyState{View: button.LiftCard, Lifts: []string{"deadlift"}})
	reply := room.press(t, state)
	golden.Reply(t, "modify-easy", reply)
	deadlift, _ := d.Content.Lifts("en").ByID("deadlift")
	best := d.Content.Lifts("en").Swaps(deadlift, content.Concern{Easy: content.LessSetOf(content.LessGrip)})
	if text := strings.Join(golden.Texts(reply.Parts), "\n"); !strings.Contains(text, best[0].Name) {
		t.Errorf("the best swap for less grip, %s, is not on the card", best[0].Name)
	}
	shared := room.press(t, button.ShareID.For(button.ShareState{"deadlift"}))
	if text := strings.Join(golden.Texts(shared.Parts), "\n"); strings.Contains(text, "keep low") {
		t.Errorf("Share tells what is kept low: %s", text)
	}
	p.Until = gymtest.Noon
	if text := strings.Join(golden.Texts(room.press(t, state).Parts), "\n"); strings.Contains(text, "keep low") {
		t.Error("it goes on after its time")
	}
}
