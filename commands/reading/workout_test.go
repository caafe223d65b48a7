package reading_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
)

// TestPickingOneKeepsTheOthers: a name that isn't certain stands beside the lifts that are, and
// the lift that is picked for it joins them, with the sets and reps of the others.
func TestPickingOneKeepsTheOthers(t *testing.T) {
	room := open(t)
	card := room.run(t, "modify", map[string]any{"exercise": "squat 3x5, zebra press, bench 3x8", "area": "neck"})
	text := golden.Shown(card)
	for _, want := range []string{"**Back squat** 3x5", "**Bench press** 3x8", "**zebra press**", "Check the signs first"} {
		if !strings.Contains(text, want) {
			t.Errorf("the card lacks %q:\n%s", want, text)
		}
	}
	state := button.ModifyState{View: button.LiftAdd, Area: "neck", Lifts: []string{"back_squat", "bench_press"}, Doses: []string{"3x5", "3x8"}}
	id := button.ModifyID.For(state)
	if !strings.Contains(text, id) {
		t.Fatalf("no select says %s:\n%s", id, text)
	}
	text = golden.Shown(room.press(t, id, "overhead_press", "deadlift"))
	for _, want := range []string{"**Back squat** 3x5", "**Bench press** 3x8", "**Overhead press**", "**Deadlift**", "Check the signs first"} {
		if !strings.Contains(text, want) {
			t.Errorf("after the pick the card lacks %q:\n%s", want, text)
		}
	}
}

// TestLongWorkoutHasPages: five lifts a page, each opens from its page and leads
// back to it, and sets and reps stay.
func TestLongWorkoutHasPages(t *testing.T) {
	room := open(t)
	var lines []string
	for i, name := range []string{"squat", "bench", "deadlift", "ohp", "plank", "dip", "pull-up", "lunge", "run", "burpee", "leg press", "situp"} {
		lines = append(lines, fmt.Sprintf("%s %dx%d", name, 3, i+1))
	}
	card := room.run(t, "modify", map[string]any{"exercise": strings.Join(lines, "\n")})
	for page := 1; ; page++ {
		fits(t, "page", card)
		text := golden.Shown(card)
		if !strings.Contains(text, fmt.Sprintf("Page %d of 3", page)) || !strings.Contains(text, fmt.Sprintf("3x%d", page*5-4)) {
			t.Errorf("page %d is\n%s", page, text)
		}
		if page == 3 {
			break
		}
		card = room.press(t, golden.ID(t, card, "Next page"))
	}
	open := room.press(t, selectOf(t, card), "12")
	if text := golden.Shown(open); !strings.Contains(text, "## Sit-up") {
		t.Errorf("the twelfth lift is\n%s", text)
	}
	if text := golden.Shown(room.press(t, golden.ID(t, open, "Back to the workout"))); !strings.Contains(text, "Page 3 of 3") || !strings.Contains(text, "3x12") {
		t.Errorf("back is\n%s", text)
	}
}

// selectOf returns the custom ID of the first select.
func selectOf(t *testing.T, r bot.Reply) string {
	t.Helper()
	_, rest, ok := strings.Cut(golden.Shown(r), "select ")
	id, _, _ := strings.Cut(rest, " (")
	if !ok {
		t.Fatal("there is no select")
	}
	return id
}

func TestPasteForm(t *testing.T) {
	room := open(t)
	pick := room.run(t, "modify", map[string]any{"area": "neck", "less": "grip"})
	form := room.press(t, golden.ID(t, pick, "Paste a workout"))
	golden.Reply(t, "modify-paste", form)
	req := room.request(t, nil)
	req.Fields = map[string]string{"lines": "For time:\n21-15-9\nThrusters (95/65)\nPull-ups\nThen rest"}
	card, err := room.ask(t, req, form.Modal.ID)
	if err != nil {
		t.Fatal(err)
	}
	text := golden.Shown(card)
	if !strings.Contains(text, "**Thruster** 95/65") || !strings.Contains(text, "**Pull-up**") || strings.Contains(text, "Not sure") || !strings.Contains(text, "Check the signs first") {
		t.Errorf("the form leads to\n%s", text)
	}
}

// TestFamousWorkoutsFit draws each on its cards.
func TestFamousWorkoutsFit(t *testing.T) {
	room := plain(t)
	names := room.lib.Lifts("en").Workouts()
	if len(names) < 44 {
		t.Errorf("%d workouts", len(names))
	}
	for _, name := range names {
		card := room.run(t, "modify", map[string]any{"exercise": name})
		fits(t, name, card)
		if text := golden.Shown(card); !strings.Contains(text, "## ") || strings.Contains(text, "Not sure") {
			t.Errorf("%s is\n%s", name, text)
		}
	}
}

// TestEachMixOfCertainAndUnsure: a card says each lift that is certain, and each name
// that isn't with its nearest lift, however many there are of either.
func TestEachMixOfCertainAndUnsure(t *testing.T) {
	room := open(t)
	certain, unsure := []string{"squat", "bench", "deadlift", "plank"}, []string{"curl", "row", "foo", "press", "bar foo"}
	for lifts := range len(certain) + 1 {
		for missed := range len(unsure) + 1 {
			for _, between := range []string{"\n", ", "} {
				typed := strings.Join(append(slices.Clone(certain[:lifts]), unsure[:missed]...), between)
				card := room.run(t, "modify", map[string]any{"exercise": typed})
				fits(t, typed, card)
				text := golden.Shown(card)
				if strings.Contains(text, "ot sure which lift") != (missed > 0) {
					t.Errorf("%d certain, %d unsure:\n%s", lifts, missed, text)
				}
				for _, name := range unsure[:min(missed, 3)] {
					if !strings.Contains(text, name) {
						t.Errorf("%q lacks %q:\n%s", typed, name, text)
					}
				}
			}
		}
	}
	fits(t, "prose", room.run(t, "modify", map[string]any{"exercise": "Great session today, see you tomorrow! Bring a towel."}))
}

// TestALongTextSaysThatItIsCut: no name is half of a word.
func TestALongTextSaysThatItIsCut(t *testing.T) {
	room := open(t)
	for _, unit := range []string{"squat, ", "curl, ", "squat, curl, "} {
		card := room.run(t, "modify", map[string]any{"exercise": strings.Repeat(unit, 6000/len(unit))})
		fits(t, unit, card)
		if text := golden.Shown(card); !strings.Contains(text, "The text is too long") || strings.Contains(text, "**squ**") || strings.Contains(text, "**cur**") {
			t.Errorf("%q is\n%s", unit, text)
		}
	}
}
