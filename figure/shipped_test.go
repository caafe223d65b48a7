package figure

import (
	"bytes"
	"flag"
	"image"
	"image/gif"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "draw the moving pictures anew")

// TestShippedPictures holds that the program brings what the poses say: of three
// drills, and in CI of all.
func TestShippedPictures(t *testing.T) {
	t.Parallel()
	if runtime.GOARCH != "amd64" {
		t.Skip("other processors round otherwise, so that a pixel may differ")
	}
	ids := []string{"chin-tuck", "lying-twist", "neck-turns"}
	if os.Getenv("CI") != "" && !testing.Short() || *update { // short: under the race detector
		ids = shipped(t).Drills()
	}
	for _, id := range ids {
		drawn, err := shipped(t).Moving(id)
		if err != nil {
			t.Fatal(err)
		}
		if *update {
			if err := os.WriteFile(filepath.Join("moving", id+".gif"), drawn, 0o644); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if data, err := shippedMoving(id, false); !bytes.Equal(data, drawn) {
			t.Errorf("%s is not what its pose says (%v): make golden", id, err)
		}
	}
}

// TestEveryDrillMoves holds what Discord and a phone are sent: small, as wide as
// a card, for ever, and the first frame whole.
func TestEveryDrillMoves(t *testing.T) {
	t.Parallel()
	found, err := filepath.Glob("moving/*.gif")
	if err != nil {
		t.Fatal(err)
	}
	var have []string
	for _, f := range found {
		id := strings.TrimSuffix(filepath.Base(f), ".gif")
		have = append(have, id)
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		g, err := gif.DecodeAll(bytes.NewReader(data))
		if err != nil {
			t.Fatalf("%s: %v", id, err)
		}
		if len(data) > 150<<10 || g.Config.Width < 400 || g.Config.Width > 480 || g.Config.Height > 480 {
			t.Errorf("%s has %d bytes and is %d × %d", id, len(data), g.Config.Width, g.Config.Height)
		}
		if n := len(g.Image); n < 12 || n > 16 || g.LoopCount != 0 {
			t.Errorf("%s has %d frames and %d rounds, want 12 to 16, and rounds without end", id, n, g.LoopCount)
		}
		if g.Image[0].Rect != image.Rect(0, 0, g.Config.Width, g.Config.Height) || g.Delay[0] < 100 {
			t.Errorf("%s begins with %v for %d hundredths", id, g.Image[0].Rect, g.Delay[0])
		}
	}
	slices.Sort(have)
	if drills := shipped(t).Drills(); !slices.Equal(have, drills) {
		t.Errorf("there are the moving pictures\n%v\nand the drills\n%v\nmake golden; delete what no drill has", have, drills)
	}
}

// TestMirroredMoves: two mirrors make the picture that was.
func TestMirroredMoves(t *testing.T) {
	t.Parallel()
	a := &Album{}
	left, err := a.Step("side-stretch", false)
	right, err2 := a.Step("side-stretch", true)
	if err != nil || err2 != nil || left.Name != "side-stretch.gif" || bytes.Equal(left.Data, right.Data) {
		t.Fatalf("%s, %v, %v", left.Name, err, err2)
	}
	if back, err := flippedMoving(right.Data); err != nil || !bytes.Equal(back, left.Data) {
		t.Errorf("the mirror image of the mirror image differs (%v)", err)
	}
	if _, err := a.Step("somersault", true); err == nil {
		t.Error("a drill that isn't there has a picture")
	}
}

func BenchmarkMirrored(b *testing.B) {
	data, err := shippedMoving("side-stretch", false)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := flippedMoving(data); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMoving(b *testing.B) {
	for b.Loop() {
		if _, err := shipped(b).Moving("side-stretch"); err != nil {
			b.Fatal(err)
		}
	}
}
