package figure

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

var writeTo = flag.String("write", "", "the folder to write every drill's picture to")

func TestWrite(t *testing.T) {
	if *writeTo == "" {
		t.Skip("no -write")
	}
	var all []Picture
	for _, id := range Drills() {
		data, err := Drill(id, false)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, Picture{id + ".png", data})
		if err := os.WriteFile(filepath.Join(*writeTo, id+".png"), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	montage(t, all, *writeTo, "mont", 12)
}

func TestWriteStrips(t *testing.T) {
	if *writeTo == "" {
		t.Skip("no -write")
	}
	var all []Picture
	for _, l := range []string{
		"breathing-reset shoulder-rolls neck-turns chin-tuck cat-cow seated-turn wall-slides band-pull-apart",
		"side-neck-stretch nose-to-armpit doorway-chest-stretch open-book upper-back-hug",
		"cross-body-stretch triceps-stretch side-stretch",
		"childs-pose-side-reach thread-the-needle-hold hip-flexor-stretch lying-twist breathing-reset",
		"breathing-reset march-and-swing shoulder-rolls elbow-circles neck-turns ear-to-shoulder chin-tuck standing-cat-cow standing-turn standing-side-reach half-kneeling-turn overhead-reach y-to-w arm-circles",
		"march-and-swing knee-rocks foam-roller-lean bird-dog",
	} {
		data, err := Strip(strings.Fields(l))
		if err != nil {
			t.Fatal(err)
		}
		t.Log(len(data))
		all = append(all, Picture{l, data})
	}
	montage(t, all, *writeTo, "strip", 6)
}

func BenchmarkDrill(b *testing.B) {
	for b.Loop() {
		if _, err := Drill("seated-turn", true); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkStrip(b *testing.B) {
	ids := strings.Fields("breathing-reset shoulder-rolls neck-turns chin-tuck cat-cow seated-turn wall-slides band-pull-apart")
	for b.Loop() {
		if _, err := Strip(ids); err != nil {
			b.Fatal(err)
		}
	}
}
