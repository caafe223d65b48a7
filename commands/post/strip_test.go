package post

import (
	"bytes"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/commands/golden"
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

// onPosts reports whether class posts show the routine.
func onPosts(r *content.Routine) bool {
	switch r.Kind {
	case content.Pre, content.Post:
		return r.Minutes == postMinutes
	case content.Desk:
		return r.Minutes == deskMinutes
	}
	return false
}

// TestShippedStrips holds that the program brings the strip of every class post,
// and no other, as the poses say: of two routines, and in CI of all.
func TestShippedStrips(t *testing.T) {
	s := newStrips(t)
	poses, err := figure.ShippedPoses()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for _, locale := range s.lib.Languages() {
		for _, r := range s.lib.Routines(locale) {
			if onPosts(r) {
				want[filepath.Join("../../figure", figure.StripFile(drillsOf(r)))] = false
			}
		}
	}
	have, err := filepath.Glob("../../figure/strips/*.png")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range have {
		if _, ok := want[file]; ok {
			want[file] = true
		} else if !*golden.Update {
			t.Errorf("%s is on no post: make golden", file)
		} else if err := os.Remove(file); err != nil {
			t.Error(err)
		}
	}
	all := os.Getenv("CI") != "" && !testing.Short() || *golden.Update // short: under the race detector
	for i, file := range slices.Sorted(maps.Keys(want)) {
		if !want[file] && !*golden.Update {
			t.Errorf("%s is missing: make golden", file)
		} else if i < 2 || all {
			keepStrip(t, poses, file)
		}
	}
}

// keepStrip holds a file to the strip that it is named for, or writes it.
func keepStrip(t *testing.T, poses *figure.Poses, file string) {
	t.Helper()
	drawn, err := poses.Strip(strings.Split(strings.TrimSuffix(filepath.Base(file), ".png"), "+"))
	if err != nil {
		t.Fatal(err)
	}
	if *golden.Update {
		if err := os.WriteFile(file, drawn, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if data, err := os.ReadFile(file); runtime.GOARCH == "amd64" && !bytes.Equal(data, drawn) { // others round otherwise
		t.Errorf("%s is not what its poses say (%v): make golden", file, err)
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
