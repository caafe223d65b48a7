package figure

import (
	"bytes"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestHandout draws a page of A4's shape, white at its edge, for five drills with as
// many words as a drill has, also where one has no picture; more make it longer.
// HANDOUT_DIR keeps the page.
func TestHandout(t *testing.T) {
	long := strings.Repeat("a long word and another ", 12)
	page := Handout{Title: "My own routine", Foot: []string{strings.Repeat("a word and more ", 8), "How sure: coaching practice."}}
	for _, id := range []string{"chin-tuck", "doorway-chest-stretch", "open-book", "wall-slides", "gone"} {
		page.Drills = append(page.Drills, HandoutDrill{ID: id, Name: "Drill " + id, Dose: "2 x 30 s each side (5 slow breaths)",
			Steps: []string{"Stand tall and look ahead.", "Slide the head straight back.", "The chin stays level.", "Hold, breathe.", "Then let it come forward."},
			Stop:  strings.Repeat("leave it out while it tingles, ", 5)})
	}
	var album Album
	data, err := album.Handout(page)
	if err != nil {
		t.Fatal(err)
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if b := img.Bounds(); b.Dx() != pageWide || b.Dy() != pageHigh {
		t.Errorf("the page is %v", b)
	}
	if r, g, b, _ := img.At(5, 5).RGBA(); r != 0xffff || g != 0xffff || b != 0xffff {
		t.Errorf("the paper is %x %x %x", r, g, b)
	}
	if len(data) > 400<<10 {
		t.Errorf("%d bytes", len(data))
	}
	if dir := os.Getenv("HANDOUT_DIR"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, "handout.png"), data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	page.Drills[0].Steps = append(page.Drills[0].Steps, strings.Repeat(long, 12))
	data, err = album.Handout(page)
	if err != nil {
		t.Fatal(err)
	}
	if img, err = png.Decode(bytes.NewReader(data)); err != nil || img.Bounds().Dy() <= pageHigh {
		t.Errorf("many words make a page of %v, %v", img.Bounds(), err)
	}
}
