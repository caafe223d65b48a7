package commands

import (
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/commands/input"
	"unpinch/content"
)

func TestEasy(t *testing.T) {
	d := gymtest.Deps(t)
	p, m := d.People.(*gymtest.People), member{d, input.NewTyped(d.Now)}
	call := func(step button.EasyStep, values ...string) bot.Reply {
		t.Helper()
		reply, err := m.setEasy(t.Context(), gymtest.Request(t, d, nil, values...), step)
		if err != nil {
			t.Fatal(err)
		}
		return reply
	}
	first, err := m.easyCard(t.Context(), gymtest.Request(t, d, nil))
	if err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(golden.Texts(first.Parts), ""); !strings.Contains(text, "remember you") {
		t.Errorf("without consent the card is %q", text)
	}
	if call(button.EasyPick, "grip"); p.Kept != nil {
		t.Error("kept without consent")
	}
	p.Version = card.ConsentVersion
	golden.Reply(t, "easy-none", call(button.EasyClear))
	golden.Reply(t, "easy-two", call(button.EasyPick, "grip", "overhead", "no such thing"))
	if want := []string{"overhead", "grip"}; !slices.Equal(p.Kept, want) || !p.Until.Equal(gymtest.Noon.AddDate(0, 0, easyDays)) {
		t.Errorf("kept %v until %v, want %v for %d days", p.Kept, p.Until, want, easyDays)
	}
	p.Until = gymtest.Noon.Add(time.Hour)
	if call(button.EasyRenew); len(p.Kept) != 2 || !p.Until.Equal(gymtest.Noon.AddDate(0, 0, easyDays)) {
		t.Errorf("renewed: %v until %v", p.Kept, p.Until)
	}
	p.Until = gymtest.Noon
	if call(button.EasyRenew); len(p.Kept) != 0 {
		t.Errorf("what was over came back: %v", p.Kept)
	}
}

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
