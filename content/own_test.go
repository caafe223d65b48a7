package content

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestParseOwnReadsWhatPeopleWrite(t *testing.T) {
	l := load(t)
	for _, tc := range []struct {
		line string
		want OwnEntry
		back string // as it is written again
	}{
		{"Chin tuck 8x5s", OwnEntry{"chin-tuck", 1, 8, 5, false}, "Chin tuck 8x5s"},
		{"chin tuck 8 x 5 s", OwnEntry{"chin-tuck", 1, 8, 5, false}, "Chin tuck 8x5s"},
		{"- Chin tucks: 8 reps x 5 sec.", OwnEntry{"chin-tuck", 1, 8, 5, false}, "Chin tuck 8x5s"},
		{"doorway 2x30s each side", OwnEntry{"doorway-chest-stretch", 2, 0, 30, true}, "Doorway chest stretch 2x30s each side"},
		{"2. pec stretch 30 seconds hold per side", OwnEntry{"doorway-chest-stretch", 1, 0, 30, true}, "Doorway chest stretch 30s each side"},
		{"neck turns 5", OwnEntry{"neck-turns", 1, 5, 0, false}, "Neck turns 5"},
		{"NECK ROTATION 5 reps each way", OwnEntry{"neck-turns", 1, 5, 0, true}, "Neck turns 5 each side"},
		{"open book 6 each side", OwnEntry{"open-book", 1, 6, 0, true}, "Open book 6 each side"},
		{"wall slides 3 sets of 8", OwnEntry{"wall-slides", 3, 8, 0, false}, "Wall slides 3x8"},
		{"wall slidse 3×8", OwnEntry{"wall-slides", 3, 8, 0, false}, "Wall slides 3x8"},
		{"chin tuck 2x8x5s", OwnEntry{"chin-tuck", 2, 8, 5, false}, "Chin tuck 2x8x5s"},
		{"thread the needle 5", OwnEntry{"thread-the-needle", 1, 5, 0, false}, "Thread the needle 5"},
		{"belly breathing 6 breaths", OwnEntry{"breathing-reset", 1, 6, 0, false}, "Breathing reset 6"},
		{"upper trap stretch 2x5 breaths e/s", OwnEntry{"side-neck-stretch", 2, 0, 30, true}, "Side neck stretch 2x30s each side"},
		{"scalene stretch 10s", OwnEntry{"front-side-neck-stretch", 1, 0, 10, false}, "Front-side neck stretch 10s"},
		{"scalene stretch 1x20s", OwnEntry{"front-side-neck-stretch", 1, 0, 20, false}, "Front-side neck stretch 20s"},
	} {
		got, faults := l.ParseOwn("en-GB", tc.line)
		if len(faults) > 0 || len(got) != 1 || got[0] != tc.want {
			t.Errorf("%q: got %+v, %+v, want %+v", tc.line, got, faults, tc.want)
			continue
		}
		if back := l.OwnLine("en-GB", got[0]); back != tc.back {
			t.Errorf("%q: written as %q, want %q", tc.line, back, tc.back)
		}
	}
}

func TestParseOwnNamesEveryFault(t *testing.T) {
	l := load(t)
	for _, tc := range []struct {
		text string
		want []OwnFault
	}{
		{"", []OwnFault{{Kind: OwnNoLines}}},
		{" \n\n", []OwnFault{{Kind: OwnNoLines}}},
		{strings.Repeat("neck turns 5\n", 6), []OwnFault{{Kind: OwnTooMany, Seen: "6"}}},
		{"chin tuck 5x30x10s\nlying nod 2x30x10s", []OwnFault{{Kind: OwnTooLong, Seen: "42"}}},
		{"8x5s", []OwnFault{{1, OwnNoName, "8x5s", nil}}},
		{"8x5s chin tuck", []OwnFault{{1, OwnNoName, "8x5s chin tuck", nil}}},
		{"chin tuck", []OwnFault{{1, OwnNoDose, "chin tuck", nil}}},
		{"chin tuck 5 or so", []OwnFault{{1, OwnOddDose, "5 or so", []string{"Chin tuck"}}}},
		{"chin tuck 2x3x4", []OwnFault{{1, OwnOddDose, "2x3x4", []string{"Chin tuck"}}}},
		{"chin tuck 2x3x4x5s", []OwnFault{{1, OwnOddDose, "2x3x4x5s", []string{"Chin tuck"}}}},
		{"chin tuck 5 min", []OwnFault{{1, OwnOddDose, "5 min", []string{"Chin tuck"}}}},
		{"chin tuck 0", []OwnFault{{1, OwnTooMuch, "0", []string{"Chin tuck"}}}},
		{"chin tuck 0x5s", []OwnFault{{1, OwnTooMuch, "0x5s", []string{"Chin tuck"}}}},
		{"chin tuck 31", []OwnFault{{1, OwnTooMuch, "31", []string{"Chin tuck"}}}},
		{"chin tuck 6x8", []OwnFault{{1, OwnTooMuch, "6x8", []string{"Chin tuck"}}}},
		{"chin tuck 2x8x20s", []OwnFault{{1, OwnTooMuch, "2x8x20s", []string{"Chin tuck"}}}},
		{"doorway 61s", []OwnFault{{1, OwnTooMuch, "61s", []string{"Doorway chest stretch"}}}},
		{"doorway 11 breaths", []OwnFault{{1, OwnTooMuch, "11 breaths", []string{"Doorway chest stretch"}}}},
		{"chin tuck 8 each side", []OwnFault{{1, OwnNoSides, "8 each side", []string{"Chin tuck"}}}},
		{"neck turns 5\n\nshoulder 5\nchin tuck", []OwnFault{
			{3, OwnUnknown, "shoulder", []string{"Shoulder rolls", "Ear to shoulder", "Shoulder-blade squeeze"}},
			{4, OwnNoDose, "chin tuck", nil}}},
	} {
		entries, faults := l.ParseOwn("en", tc.text)
		if entries != nil || !reflect.DeepEqual(faults, tc.want) {
			t.Errorf("%q: got %+v, %+v, want %+v", tc.text, entries, faults, tc.want)
		}
	}
	if _, faults := l.ParseOwn("en", "frog jump 5"); len(faults) != 1 || len(faults[0].Near) != ownNear {
		t.Errorf("a drill that nobody knows: %+v, want %d names", faults, ownNear)
	}
}

// Every drill is found by its own name, whatever the others are called.
func TestEveryDrillHasItsLine(t *testing.T) {
	l := load(t)
	for _, d := range l.Drills("en") {
		for _, e := range []OwnEntry{
			{d.ID, 1, 5, 0, d.Sides != NoSides}, {d.ID, 3, 8, 0, false}, {d.ID, 1, 8, 5, false},
			{d.ID, 2, 8, 5, false}, {d.ID, 1, 0, 5, false}, {d.ID, 4, 0, 40, d.Sides != NoSides},
		} {
			got, faults := l.ParseOwn("en", l.OwnLine("en", e))
			if len(faults) > 0 || got[0] != e {
				t.Errorf("%q: got %+v, %+v, want %+v", l.OwnLine("en", e), got, faults, e)
			}
		}
		for _, name := range d.Names {
			if got, faults := l.ParseOwn("en", name+" 5"); len(faults) > 0 || got[0].Drill != d.ID {
				t.Errorf("%q: got %+v, %+v, want %s", name, got, faults, d.ID)
			}
		}
	}
	if line := l.OwnLine("en", OwnEntry{Drill: "gone", Sets: 1, Reps: 5}); line != "" {
		t.Errorf("a drill that is not there is written as %q", line)
	}
}

func TestOwnRoutinePlaysLikeAnyOther(t *testing.T) {
	l := load(t)
	entries, faults := l.ParseOwn("en", "chin tuck 8x5s\ndoorway 2x30s each side\nneck turns 5\nopen book 6 each side\nslow breathing 5")
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	r := l.OwnRoutine("en", append(entries, OwnEntry{Drill: "gone", Sets: 1, Reps: 5}))
	want := []Dose{
		{Sets: 1, Reps: 8, Pace: 2, Hold: 5}, {Sets: 2, Hold: 30, Breaths: 5}, {Sets: 1, Reps: 5, Pace: 3},
		{Sets: 1, Reps: 6, Pace: ownPace}, {Sets: 1, Breaths: 5},
	}
	var doses []Dose
	for _, e := range r.Entries {
		doses = append(doses, e.Dose)
		if e.Drill == nil || len(e.Steps) == 0 {
			t.Errorf("%s has no steps to play", e.ID)
		}
	}
	if !slices.Equal(doses, want) {
		t.Errorf("got %+v, want %+v", doses, want)
	}
	// 8 s to get in place and the work, for each set and card:
	// 64, two cards of 2 x 38, 38, two cards of 32, 38.
	if got := r.Seconds(); got != 64+2*76+38+2*32+38 || r.Minutes != 6 || len(r.Steps()) != 7 {
		t.Errorf("%d s, %d minutes, %d cards", got, r.Minutes, len(r.Steps()))
	}
	if r.ID != "mine" || r.Stop == "" || r.Title == "" || len(r.Sources) == 0 || len(r.Grades) == 0 {
		t.Errorf("lacks something: %+v", r)
	}
	if r := l.OwnRoutine("en", nil); r != nil {
		t.Errorf("a routine of nothing: %+v", r)
	}
}

func FuzzParseOwn(f *testing.F) {
	l := load(f)
	for _, s := range []string{"chin tuck 8x5s", "doorway 2x30s each side", "5 sets of 3x4s", "neck turns 0", "a\nb\n1", "é 1x1x1s e/s"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		entries, faults := l.ParseOwn("en", text)
		if (len(entries) == 0) == (len(faults) == 0) {
			t.Fatalf("%q: %+v and %+v", text, entries, faults)
		}
		var lines []string
		for _, e := range entries {
			lines = append(lines, l.OwnLine("en", e))
		}
		if len(entries) == 0 {
			return
		}
		again, faults := l.ParseOwn("en", strings.Join(lines, "\n"))
		if !slices.Equal(again, entries) || len(faults) > 0 {
			t.Errorf("%q became %q: got %+v, %+v, want %+v", text, lines, again, faults, entries)
		}
	})
}

// TestParseOwnStops reads no more lines than a routine has, however many there are.
func TestParseOwnStops(t *testing.T) {
	lib := load(t)
	allocated := func(lines int) float64 {
		text := strings.Repeat("chin tukc 8x5s\n", lines)
		return testing.AllocsPerRun(1, func() { lib.ParseOwn("en", text) })
	}
	if five, many := allocated(OwnMost), allocated(400); many > 20*five {
		t.Errorf("%.0f allocations for five lines, %.0f for 400", five, many)
	}
}
