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
	"unpinch/content"
)

func TestEasy(t *testing.T) {
	d := deps(t)
	p, m := d.People.(*people), member{d, &typedLines{}}
	call := func(step button.EasyStep, values ...string) bot.Reply {
		t.Helper()
		reply, err := m.setEasy(t.Context(), request(t, d, nil, values...), step)
		if err != nil {
			t.Fatal(err)
		}
		return reply
	}
	first, err := m.easyCard(t.Context(), request(t, d, nil))
	if err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(golden.Texts(first.Parts), ""); !strings.Contains(text, "remember you") {
		t.Errorf("without consent the card is %q", text)
	}
	if call(button.EasyPick, "grip"); p.easy != nil {
		t.Error("kept without consent")
	}
	p.version = card.ConsentVersion
	golden.Reply(t, "easy-none", call(button.EasyClear))
	golden.Reply(t, "easy-two", call(button.EasyPick, "grip", "overhead", "no such thing"))
	if want := []string{"overhead", "grip"}; !slices.Equal(p.easy, want) || !p.until.Equal(noon.AddDate(0, 0, easyDays)) {
		t.Errorf("kept %v until %v, want %v for %d days", p.easy, p.until, want, easyDays)
	}
	p.until = noon.Add(time.Hour)
	if call(button.EasyRenew); len(p.easy) != 2 || !p.until.Equal(noon.AddDate(0, 0, easyDays)) {
		t.Errorf("renewed: %v until %v", p.easy, p.until)
	}
	p.until = noon
	if call(button.EasyRenew); len(p.easy) != 0 {
		t.Errorf("what was over came back: %v", p.easy)
	}
}

// TestModifyKeepsWhatIsEasy sees that /modify swaps with what the reader keeps
// low, that nobody else does, and that Share tells nobody.
func TestModifyKeepsWhatIsEasy(t *testing.T) {
	d := deps(t)
	p := d.People.(*people)
	p.version, p.easy, p.until = card.ConsentVersion, []string{"grip"}, noon.AddDate(0, 0, 3)
	m := modifyFlow{d}
	state := button.ModifyState{View: button.LiftCard, Lifts: []string{"deadlift"}}
	reply, err := m.turn(t.Context(), request(t, d, nil), state)
	if err != nil {
		t.Fatal(err)
	}
	golden.Reply(t, "modify-easy", reply)
	deadlift, _ := d.Content.Lifts("en").ByID("deadlift")
	best := d.Content.Lifts("en").Swaps(deadlift, content.Concern{Easy: content.LessSetOf(content.LessGrip)})
	if text := strings.Join(golden.Texts(reply.Parts), "\n"); !strings.Contains(text, best[0].Name) {
		t.Errorf("the best swap for less grip, %s, is not on the card", best[0].Name)
	}
	shared, err := m.share(t.Context(), request(t, d, nil), button.ShareState{"deadlift"})
	if err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(golden.Texts(shared.Parts), "\n"); strings.Contains(text, "keep low") {
		t.Errorf("Share tells what is kept low: %s", text)
	}
	p.until = noon
	plain, err := m.turn(t.Context(), request(t, d, nil), state)
	if err != nil {
		t.Fatal(err)
	}
	if text := strings.Join(golden.Texts(plain.Parts), "\n"); strings.Contains(text, "keep low") {
		t.Error("it goes on after its time")
	}
}
