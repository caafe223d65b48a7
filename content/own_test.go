package content

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// saved is what lines are kept as, or how they are refused.
func saved(l *Library, text string) string {
	r := l.ReadOwn("en", text)
	if len(r.Faults) > 0 {
		switch f := r.Faults[0]; f.Kind {
		case OwnUnknown:
			return "?"
		case OwnNerve:
			return "nerve"
		default:
			return "! " + f.Mended
		}
	}
	var lines []string
	for _, e := range r.Entries {
		lines = append(lines, l.OwnLine("en", e))
	}
	return strings.Join(lines, " · ")
}

// TestReadOwnReadsSheets reads lines as sheets of exercises have them, and keeps
// none as another drill.
func TestReadOwnReadsSheets(t *testing.T) {
	l := load(t)
	data, err := os.ReadFile("testdata/physio.tsv")
	if err != nil {
		t.Fatal(err)
	}
	lines := 0
	for _, row := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if strings.HasPrefix(row, "#") {
			continue
		}
		text, want, _ := strings.Cut(row, "\t")
		text = strings.NewReplacer(`\n`, "\n", `\t`, "\t").Replace(text)
		lines++
		if got := saved(l, text); got != want {
			t.Errorf("%q: kept as %q, want %q", text, got, want)
		}
	}
	if lines < 150 {
		t.Errorf("%d lines, want 150 or more", lines)
	}
}

// TestReadOwnSaysHow says what is read otherwise than it is written.
func TestReadOwnSaysHow(t *testing.T) {
	l := load(t)
	for text, want := range map[string][]OwnNote{
		"chin tuck 8x5s": nil,
		"UT stretch, hold 20–30s, repeat 3x, 2x/day": {{1, OwnOften, "2x/day"}, {1, OwnLower, "hold 20-30s"}},
		"\nchin tuck":                      {{2, OwnDefault, "Chin tuck"}},
		"pec stretch 2x30":                 {{1, OwnSeconds, "Doorway chest stretch"}},
		"shoulder rolls 10 each way":       {{1, OwnNoSides, "Shoulder rolls"}},
		"band pull-apart 10 with red band": {{1, OwnLeftOut, "red band"}},
		"doorway 30s right side":           {{1, OwnLeftOut, "right side"}},
	} {
		if r := l.ReadOwn("en", text); !reflect.DeepEqual(r.Notes, want) {
			t.Errorf("%q: notes %+v, want %+v; faults %+v", text, r.Notes, want, r.Faults)
		}
	}
}

func TestReadOwnNamesEveryFault(t *testing.T) {
	l := load(t)
	for _, tc := range []struct {
		text string
		want []OwnFault
	}{
		{"", []OwnFault{{Kind: OwnNoLines}}},
		{" \n\n", []OwnFault{{Kind: OwnNoLines}}},
		{"Home programme:\n", []OwnFault{{Kind: OwnNoLines}}},
		{strings.Repeat("neck turns 5\n", 6), []OwnFault{{Kind: OwnTooMany, Seen: "6", Mended: strings.TrimSpace(strings.Repeat("neck turns 5\n", 5))}}},
		{"chin tuck 5x50x10s\nlying nod 5x30x10s", []OwnFault{{Kind: OwnTooLong, Seen: "79"}}},
		{"8x5s", []OwnFault{{Line: 1, To: 1, Kind: OwnNoName, Seen: "8x5s", Dose: "8 x 5s"}}},
		{"chin tuck 2x3x4", []OwnFault{{Line: 1, To: 1, Kind: OwnOddDose, Seen: "2 x 3 x 4", Near: []string{"chin-tuck"}, Dose: "2 x 3 x 4", Mended: "Chin tuck 8x3s"}}},
		{"chin tuck 0", []OwnFault{{Line: 1, To: 1, Kind: OwnTooMuch, Seen: "0", Near: []string{"chin-tuck"}, Dose: "0", Mended: "Chin tuck 8x3s"}}},
		{"chin tuck\n51", []OwnFault{{Line: 1, To: 2, Kind: OwnTooMuch, Seen: "51", Near: []string{"chin-tuck"}, Dose: "51", Mended: "Chin tuck 50"}}},
		{"doorway 4 min", []OwnFault{{Line: 1, To: 1, Kind: OwnTooMuch, Seen: "4 min", Near: []string{"doorway-chest-stretch"}, Dose: "4 min", Mended: "Doorway chest stretch 2x120s"}}},
		{"median nerve slider 10", []OwnFault{{Line: 1, To: 1, Kind: OwnNerve, Seen: "median nerve slider 10", Dose: "10"}}},
	} {
		r := l.ReadOwn("en", tc.text)
		if r.Entries != nil || !reflect.DeepEqual(r.Faults, tc.want) {
			t.Errorf("%q: got %+v, %+v, want %+v", tc.text, r.Entries, r.Faults, tc.want)
		}
	}
}

// TestUnsureNamesAsk names the word that is not understood, and what may be meant.
func TestUnsureNamesAsk(t *testing.T) {
	l := load(t)
	for _, tc := range []struct{ line, word, near, dose string }{
		{"weighted chin tuck 2x8", "weighted", "chin-tuck", "2 x 8"},
		{"3x10 push-ups", "", "wall-push-up", "3 x 10"},
		{"sleeper stretch 3 x 30s", "sleeper", "", "3 x 30s"},
		{"frog jump 5", "frog", "", "5"},
	} {
		r := l.ReadOwn("en", tc.line)
		if len(r.Faults) != 1 || r.Faults[0].Kind != OwnUnknown {
			t.Errorf("%q: got %+v", tc.line, r)
			continue
		}
		f := r.Faults[0]
		if f.Word != tc.word || f.Dose != tc.dose || len(f.Near) == 0 || len(f.Near) > NearMost || tc.near != "" && f.Near[0] != tc.near {
			t.Errorf("%q: got %+v, want %+v", tc.line, f, tc)
		}
		if again := l.ReadOwn("en", MendOwn("neck turns 5\n"+r.Text, OwnFault{Line: 2, To: 2}, "Chin tuck "+f.Dose)); len(again.Faults) > 0 || again.Entries[1].Drill != "chin-tuck" {
			t.Errorf("%q with another name: %+v", tc.line, again)
		}
	}
}

// Every drill is found by its own name, whatever the others are called, and every
// line is read again as what it was written from.
func TestEveryDrillHasItsLine(t *testing.T) {
	l := load(t)
	for _, d := range l.Drills("en") {
		for _, e := range []OwnEntry{
			{d.ID, 1, 5, 0, d.Sides != NoSides}, {d.ID, 3, 8, 0, false}, {d.ID, 1, 8, 5, false}, {d.ID, 1, 30, 0, false}, {d.ID, 10, 5, 0, false},
			{d.ID, 2, 8, 5, false}, {d.ID, 1, 0, 5, false}, {d.ID, 4, 0, 40, d.Sides != NoSides}, {d.ID, 1, 0, 120, false}, {d.ID, 10, 0, 11, false},
		} {
			r := l.ReadOwn("en", l.OwnLine("en", e))
			if len(r.Faults) > 0 || r.Entries[0] != e || len(r.Notes) > 0 {
				t.Errorf("%q: got %+v, want %+v", l.OwnLine("en", e), r, e)
			}
		}
		for _, name := range d.Names {
			if r := l.ReadOwn("en", name+" 5"); len(r.Faults) > 0 || r.Entries[0].Drill != d.ID {
				t.Errorf("%q: got %+v, want %s", name, r, d.ID)
			}
			if r := l.ReadOwn("en", name); len(r.Faults) > 0 || r.Entries[0].Drill != d.ID {
				t.Errorf("%q alone: got %+v, want %s", name, r, d.ID)
			}
		}
	}
	if line := l.OwnLine("en", OwnEntry{Drill: "gone", Sets: 1, Reps: 5}); line != "" {
		t.Errorf("a drill that is not there is written as %q", line)
	}
}

func TestOwnRoutinePlaysLikeAnyOther(t *testing.T) {
	l := load(t)
	r := l.ReadOwn("en", "chin tuck 8x5s\ndoorway 2x30s each side\nneck turns 5\nopen book 6 reps each side\nslow breathing 5")
	if len(r.Faults) > 0 {
		t.Fatal(r.Faults)
	}
	own := l.OwnRoutine("en", append(r.Entries, OwnEntry{Drill: "gone", Sets: 1, Reps: 5}))
	want := []Dose{
		{Sets: 1, Reps: 8, Pace: 2, Hold: 5}, {Sets: 2, Hold: 30, Breaths: 5}, {Sets: 1, Reps: 5, Pace: 3},
		{Sets: 1, Reps: 6, Pace: ownPace}, {Sets: 1, Breaths: 5},
	}
	var doses []Dose
	for _, e := range own.Entries {
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
	if got := own.Seconds(); got != 64+2*76+38+2*32+38 || own.Minutes != 6 || len(own.Steps()) != 7 {
		t.Errorf("%d s, %d minutes, %d cards", got, own.Minutes, len(own.Steps()))
	}
	if own.ID != "mine" || own.Stop == "" || own.Title == "" || len(own.Sources) == 0 || len(own.Grades) == 0 {
		t.Errorf("lacks something: %+v", own)
	}
	if own := l.OwnRoutine("en", nil); own != nil {
		t.Errorf("a routine of nothing: %+v", own)
	}
}

func FuzzReadOwn(f *testing.F) {
	l := load(f)
	for _, s := range []string{"chin tuck 8x5s", "doorway 2x30s each side", "5 sets of 3x4s", "neck turns 0", "a\nb\n1", "é 1x1x1s e/s",
		"Exercise,Sets\nchin tuck,3", "chin tuck 10, wall slides 2x8", "hold 20–30s\npec stretch", "\"chin tuck\",\"3\"", "4 point × ½ min"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := l.ReadOwn("en", text)
		if (len(r.Entries) == 0) == (len(r.Faults) == 0) {
			t.Fatalf("%q: %+v", text, r)
		}
		for _, fault := range r.Faults {
			if fault.Mended != "" && fault.Kind != OwnTooMany {
				if again := l.ReadOwn("en", fault.Mended); len(again.Faults) > 0 && again.Faults[0].Line > 0 {
					t.Errorf("%q is mended as %q, which has %+v", text, fault.Mended, again.Faults)
				}
			}
		}
		var lines []string
		for _, e := range r.Entries {
			lines = append(lines, l.OwnLine("en", e))
		}
		if len(lines) == 0 {
			return
		}
		again := l.ReadOwn("en", strings.Join(lines, "\n"))
		if !slices.Equal(again.Entries, r.Entries) || len(again.Faults) > 0 {
			t.Errorf("%q became %q: got %+v, want %+v", text, lines, again, r.Entries)
		}
	})
}

// TestReadOwnStops reads no more lines than a routine has, however many there are.
func TestReadOwnStops(t *testing.T) {
	lib := load(t)
	allocated := func(lines int) float64 {
		text := strings.Repeat("chin tukc 8x5s\n", lines)
		return testing.AllocsPerRun(1, func() { lib.ReadOwn("en", text) })
	}
	if five, many := allocated(OwnMost), allocated(400); many > 20*five {
		t.Errorf("%.0f allocations for five lines, %.0f for 400", five, many)
	}
}
