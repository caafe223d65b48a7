package figure

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"strings"
	"sync"
	"testing"
)

// shippedOnce reads the poses once for all tests.
var shippedOnce = sync.OnceValues(ShippedPoses)

func shipped(t testing.TB) *Poses {
	t.Helper()
	p, err := shippedOnce()
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// plans returns every drill's plan, in the order of their ids.
func plans(t testing.TB) []plan {
	t.Helper()
	var out []plan
	for _, id := range shipped(t).Drills() {
		out = append(out, shipped(t).plans[id])
	}
	return out
}

// longest is a routine of many drills, some cropped, some with clips and props.
const longest = "breathing-reset march-and-swing shoulder-rolls elbow-circles neck-turns ear-to-shoulder chin-tuck lying-nod " +
	"standing-turn standing-side-reach half-kneeling-turn overhead-reach y-to-w open-book"

// TestDrillsAreSmallAndWhole draws every drill for both sides: small files, of
// the cards' width, in which nothing touches the edge but what is cropped there.
func TestDrillsAreSmallAndWhole(t *testing.T) {
	t.Parallel()
	seen := map[string]string{}
	for _, id := range shipped(t).Drills() {
		for _, mirrored := range []bool{false, true} {
			if mirrored && !strings.HasPrefix(id, "s") { // some of them
				continue
			}
			data, err := shipped(t).Drill(id, mirrored)
			if err != nil {
				t.Fatal(err)
			}
			if len(data) > 60<<10 {
				t.Errorf("%s has %d bytes, at most 60 KB", id, len(data))
			}
			if other := seen[string(data)]; other != "" {
				t.Errorf("%s (mirrored %t) looks like %s", id, mirrored, other)
			}
			seen[string(data)] = id
			img := decoded(t, data)
			b := img.Bounds()
			if b.Dx() != width || b.Dy() < 150 || b.Dy() > 620 {
				t.Errorf("%s is %v", id, b)
			}
			for y := b.Min.Y; y < b.Max.Y; y++ {
				for _, x := range []int{b.Min.X, b.Max.X - 1} {
					if !isGround(img.At(x, y)) {
						t.Fatalf("%s (mirrored %t) is cut off at %d, %d", id, mirrored, x, y)
					}
				}
			}
			for x := b.Min.X; x < b.Max.X; x++ {
				if !isGround(img.At(x, b.Min.Y)) || !isGround(img.At(x, b.Max.Y-1)) {
					t.Fatalf("%s (mirrored %t) is cut off above or below %d", id, mirrored, x)
				}
			}
		}
	}
}

func isGround(c color.Color) bool {
	r, g, b, _ := c.RGBA()
	return fmt.Sprintf("#%02X%02X%02X", r>>8, g>>8, b>>8) == ground
}

// TestSameBytes: a picture that differs from run to run would be sent anew.
func TestSameBytes(t *testing.T) {
	t.Parallel()
	for name, draw := range map[string]func() ([]byte, error){
		"a drill": func() ([]byte, error) { return shipped(t).Drill("open-book", true) },
		"a strip": func() ([]byte, error) { return shipped(t).Strip(strings.Fields(longest)) },
	} {
		a, err := draw()
		b, err2 := draw()
		if err != nil || err2 != nil || !bytes.Equal(a, b) {
			t.Errorf("%s differs from one drawing to the next (%v, %v)", name, err, err2)
		}
	}
}

// TestMirroredShowsTheOtherSide: what is stretched stands as far to the other
// side of its cell.
func TestMirroredShowsTheOtherSide(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"side-neck-stretch", "doorway-chest-stretch", "lying-twist"} {
		var aside [2]float64
		for i := range aside {
			data, err := shipped(t).Drill(id, i == 1)
			if err != nil {
				t.Fatal(err)
			}
			aside[i] = tintedAt(decoded(t, data), image.Rect(400, 0, 800, 620)) - 600
		}
		if aside[0] == 0 || max(aside[0]+aside[1], -aside[0]-aside[1]) > 2 {
			t.Errorf("%s: the tint stands %.0f pixels aside, mirrored %.0f", id, aside[0], aside[1])
		}
	}
}

// tintedAt returns the middle of what has the colour of stretching.
func tintedAt(img image.Image, within image.Rectangle) float64 {
	sum, n := 0, 0
	within = within.Intersect(img.Bounds())
	for y := within.Min.Y; y < within.Max.Y; y++ {
		for x := within.Min.X; x < within.Max.X; x++ {
			if r, g, b, _ := img.At(x, y).RGBA(); r>>8 > 200 && g>>8 > 80 && g>>8 < 125 && b>>8 < 90 {
				sum, n = sum+x, n+1
			}
		}
	}
	if n == 0 {
		return 0
	}
	return float64(sum) / float64(n)
}

func TestStrips(t *testing.T) {
	t.Parallel()
	for _, ids := range []string{"side-stretch", "side-stretch chin-tuck", longest} {
		data, err := shipped(t).Strip(strings.Fields(ids))
		if err != nil {
			t.Fatal(err)
		}
		if b := decoded(t, data).Bounds(); b.Dx() != width || len(data) > 60<<10 {
			t.Errorf("the strip of %s is %v, %d bytes", ids, b, len(data))
		}
	}
}

func TestWhatCannotBeDrawn(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		err  func() error
		want string
	}{
		"drill":          {func() error { _, err := shipped(t).Drill("somersault", false); return err }, `draw the drill "somersault": there is no such drill`},
		"drill in strip": {func() error { _, err := shipped(t).Strip([]string{"chin-tuck", "somersault"}); return err }, `draw the drill "somersault"`},
		"empty strip":    {func() error { _, err := shipped(t).Strip(nil); return err }, "draw a strip: there are no drills"},
	} {
		if err := tc.err(); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %q", name, err, tc.want)
		}
	}
}

// TestDrillsMove: a drill has a start and one or two ends, all of one view, that
// differ clearly, and an arrow or a stretched zone at its last. Beside them there
// is one other look at most.
func TestDrillsMove(t *testing.T) {
	t.Parallel()
	for _, p := range plans(t) {
		var steps []frameOf
		looks := 0
		for _, f := range p.frames {
			switch {
			case f.from != p.frames[0].from:
				looks++
			case !f.passing:
				steps = append(steps, f)
			}
		}
		if len(steps) < 2 || len(steps) > 3 || looks > 1 {
			t.Errorf("%s has %d steps and %d other looks", p.id, len(steps), looks)
			continue
		}
		for i, f := range steps[1:] {
			if far := steps[i].pose.distance(f.pose); far < 5 {
				t.Errorf("%s: step %d is %.1f cm from the one before", p.id, i+2, far)
			}
		}
		if last := steps[len(steps)-1]; len(last.arrows)+len(last.zones) == 0 {
			t.Errorf("%s: nothing says what its end is about", p.id)
		}
	}
}

// TestBodiesStandWhereTheySay: a joint below the floor, or a hand that does not
// come to the thing it holds, is drawn wrong from one side or the other.
func TestBodiesStandWhereTheySay(t *testing.T) {
	t.Parallel()
	for _, p := range plans(t) {
		for i, f := range p.frames {
			s := f.pose.solve()
			wanted := [4]reach{f.pose.HandL, f.pose.HandR, f.pose.FootL, f.pose.FootR}
			for k, l := range [4]limb{s.arm[left], s.arm[right], s.leg[left], s.leg[right]} {
				name := fmt.Sprintf("%s, frame %d: the %s", p.id, i+1, [4]string{"left arm", "right arm", "left leg", "right leg"}[k])
				for _, at := range []vec{l.from, l.joint, l.end} {
					if at.Y < 1 {
						t.Errorf("%s goes through the floor, to %.0f", name, at.Y)
					}
				}
				if d := wanted[k].At.minus(l.end).length(); wanted[k].In == ofRoom && d > 3 {
					t.Errorf("%s is %.0f cm short", name, d)
				}
			}
		}
	}
}

// TestFlippedTwice: the mirror image of a mirror image is the pose.
func TestFlippedTwice(t *testing.T) {
	t.Parallel()
	for _, p := range plans(t) {
		for _, f := range p.frames {
			if f.pose.flipped().flipped() != f.pose {
				t.Errorf("%s: two mirrors make another pose", p.id)
			}
		}
	}
}

func BenchmarkDrill(b *testing.B) {
	for b.Loop() {
		if _, err := shipped(b).Drill("seated-turn", true); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkStrip(b *testing.B) {
	ids := strings.Fields("breathing-reset shoulder-rolls neck-turns chin-tuck cat-cow seated-turn wall-slides band-pull-apart")
	for b.Loop() {
		if _, err := shipped(b).Strip(ids); err != nil {
			b.Fatal(err)
		}
	}
}
