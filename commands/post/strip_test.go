package post_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/content"
	"unpinch/figure"
	"unpinch/schedule"
)

// TestEveryDrillHasItsPicture: content and figure know nothing of each other,
// so that only here a drill without a pose can be found, or a pose without a
// drill.
func TestEveryDrillHasItsPicture(t *testing.T) {
	var drills []string
	for _, d := range gymtest.Deps(t).Content.Drills("en") {
		drills = append(drills, d.ID)
	}
	slices.Sort(drills)
	if poses := figure.Drills(); !slices.Equal(drills, poses) {
		t.Errorf("there are the drills\n%v\nand the pictures\n%v", drills, poses)
	}
}

// TestStrip holds every routine's strip to what a message takes.
func TestStrip(t *testing.T) {
	gymtest.Slow(t)
	d := gymtest.Deps(t)
	name := regexp.MustCompile(`^[a-z0-9-]+\.png$`)
	for _, r := range d.Content.Routines("en") {
		parts, files := d.strip("en", r)
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

// TestStripAltFits leaves out doses, then names, rather than be refused.
func TestStripAltFits(t *testing.T) {
	d := gymtest.Deps(t)
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
		if got := d.stripAlt("en", long(tc.n, tc.name)); !strings.HasPrefix(got, tc.want) || len(got) > altMost {
			t.Errorf("%d drills of %d letters read %q, want %q", tc.n, tc.name, got, tc.want)
		}
	}
}

// TestPostWithoutPictures: a post says everything without its picture.
func TestPostWithoutPictures(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00"})
	o := schedule.Occurrence{ID: 7, Kind: schedule.KindPre, StartAt: time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)}
	with := must(t)(g.Render(g.Only(), o, false))
	g.Figures = nil
	g.Restart()
	without := must(t)(g.Render(g.Only(), o, false))
	if len(with.Files) != 1 || len(without.Files) != 0 {
		t.Errorf("%d and %d pictures, want 1 and 0", len(with.Files), len(without.Files))
	}
	if golden.Words(with) != golden.Words(without) || golden.Words(without) == 0 {
		t.Errorf("%d words with the picture, %d without", golden.Words(with), golden.Words(without))
	}
	bare := &content.Routine{ID: "pre-5", Entries: []content.Entry{{ID: "somersault"}}}
	g.Figures = &figure.Album{}
	g.Restart()
	if parts, files := g.strip("en", bare); parts != nil || files != nil {
		t.Error("a drill without a pose was drawn")
	}
}

func BenchmarkPost(b *testing.B) {
	d := gymtest.Deps(b)
	r, _ := d.Content.Routine("en", "pre-5")
	for b.Loop() {
		if _, files := d.strip("en", r); len(files) != 1 {
			b.Fatal("no picture")
		}
	}
}
