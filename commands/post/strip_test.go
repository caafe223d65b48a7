package post

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/content"
	"unpinch/figure"
)

// newStrips returns what draws the real content.
func newStrips(t testing.TB) strips {
	t.Helper()
	lib, err := content.Load()
	if err != nil {
		t.Fatal(err)
	}
	return strips{lib, &figure.Album{}}
}

// TestEveryDrillHasItsPicture finds drills without a pose and poses without a
// drill. content and figure know nothing of each other, so only tests of both can.
func TestEveryDrillHasItsPicture(t *testing.T) {
	var drills []string
	for _, d := range newStrips(t).lib.Drills("en") {
		drills = append(drills, d.ID)
	}
	slices.Sort(drills)
	shipped, err := figure.ShippedPoses()
	if err != nil {
		t.Fatal(err)
	}
	if poses := shipped.Drills(); !slices.Equal(drills, poses) {
		t.Errorf("there are the drills\n%v\nand the pictures\n%v", drills, poses)
	}
}

// TestStrip holds every routine's strip to what a message takes.
func TestStrip(t *testing.T) {
	if testing.Short() {
		t.Skip("draws every routine")
	}
	s := newStrips(t)
	name := regexp.MustCompile(`^[a-z0-9_-]+\.png$`)
	for _, r := range s.lib.Routines("en") {
		parts, files := s.draw("en", r)
		if len(parts) != 1 || len(files) != 1 {
			t.Fatalf("%s has %d pictures", r.ID, len(files))
		}
		image := parts[0].(bot.Gallery)[0]
		if f := files[0]; image.File != f.Name || !name.MatchString(f.Name) || len(f.Data) > 60<<10 {
			t.Errorf("%s: %q shows %q of %d bytes", r.ID, image.File, f.Name, len(f.Data))
		}
		if n := len([]rune(image.Alt)); n > altMost || strings.Count(image.Alt, ". ") < len(r.Entries) {
			t.Errorf("%s reads %q", r.ID, image.Alt)
		}
	}
}

// TestStripAltFits holds that a long routine loses its doses, then its names,
// rather than be refused by Discord.
func TestStripAltFits(t *testing.T) {
	s := newStrips(t)
	long := func(n, name int) *content.Routine {
		r := &content.Routine{}
		for range n {
			r.Entries = append(r.Entries, content.Entry{Drill: &content.Drill{Name: strings.Repeat("x", name), Sides: content.NoSides}, Dose: content.Dose{Sets: 1, Breaths: 5}})
		}
		return r
	}
	for _, tc := range []struct {
		n, name int
		want    string
	}{
		{2, 3, "1. xxx: 5 slow breaths. 2. xxx: 5 slow breaths."},
		{60, 3, "1. xxx. 2. xxx. 3. xxx."},
		{2, 600, "2 drills in pictures."},
	} {
		if got := s.alt("en", long(tc.n, tc.name)); !strings.HasPrefix(got, tc.want) || len(got) > altMost {
			t.Errorf("%d drills of %d letters read %q, want %q", tc.n, tc.name, got, tc.want)
		}
	}
}

// TestStripOfADrillWithoutAPose holds that a routine that can't be drawn has no
// picture and is no fault.
func TestStripOfADrillWithoutAPose(t *testing.T) {
	r := &content.Routine{ID: "pre-5", Entries: []content.Entry{{ID: "somersault"}}}
	if parts, files := newStrips(t).draw("en", r); parts != nil || files != nil {
		t.Error("a drill without a pose was drawn")
	}
}

func BenchmarkPost(b *testing.B) {
	s := newStrips(b)
	r, _ := s.lib.Routine("en", "pre-5")
	for b.Loop() {
		if _, files := s.draw("en", r); len(files) != 1 {
			b.Fatal("no picture")
		}
	}
}
