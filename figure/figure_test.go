package figure

import (
	"bytes"
	"image"
	"image/png"
	"math"
	"strings"
	"testing"
)

// allMaps returns every map.
func allMaps() []Map { return []Map{Body, Hand, Arm, Leg} }

// words are as many as a map wants, each of one kind.
func words(m Map, text string) Words {
	w := Words{Views: [2]string{"Front", "Back"}}
	for range m.Lines() {
		w.Lines = append(w.Lines, text)
	}
	return w
}

func drawn(t *testing.T, m Map, w Words) []byte {
	t.Helper()
	data, err := Draw(m, w)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func decoded(t *testing.T, data []byte) image.Image {
	t.Helper()
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func TestMapsAreSmallAndTheSameEachTime(t *testing.T) {
	t.Parallel()
	for _, m := range allMaps() {
		data := drawn(t, m, words(m, "Elbow"))
		if len(data) > 60<<10 {
			t.Errorf("%s has %d bytes, at most 60 KB", m, len(data))
		}
		if w := decoded(t, data).Bounds().Dx(); w != 800 {
			t.Errorf("%s is %d pixels wide, want 800", m, w)
		}
		if !bytes.Equal(data, drawn(t, m, words(m, "Elbow"))) {
			t.Errorf("%s differs from one drawing to the next", m)
		}
		if bytes.Equal(data, drawn(t, m, words(m, "Knee"))) {
			t.Errorf("%s does not show its words", m)
		}
	}
}

// TestGroundIsOurs: a transparent picture would lose its words on a dark page.
func TestGroundIsOurs(t *testing.T) {
	t.Parallel()
	for _, m := range allMaps() {
		img := decoded(t, drawn(t, m, words(m, "Elbow")))
		b := img.Bounds()
		for _, p := range []image.Point{b.Min, {b.Max.X - 1, 0}, {0, b.Max.Y - 1}, {b.Max.X - 1, b.Max.Y - 1}} {
			if got := img.At(p.X, p.Y); !isGround(got) {
				t.Errorf("%s is %v at %v, want its own ground", m, got, p)
			}
		}
	}
}

// TestEveryLineIsOnTheFigure: a line of the legend without a numbered zone
// says nothing.
func TestEveryLineIsOnTheFigure(t *testing.T) {
	t.Parallel()
	for m, want := range map[Map]int{Body: 9, Hand: 4, Arm: 5, Leg: 5} {
		if m.Lines() != want {
			t.Errorf("%s has %d lines, want %d", m, m.Lines(), want)
		}
		numbered := map[int]bool{}
		for _, v := range m.drawing().Views {
			for _, z := range v.Zones {
				numbered[z.Line] = numbered[z.Line] || len(z.Badges) > 0
				for _, of := range z.Of {
					if of < 1 || of > want || of == z.Line {
						t.Errorf("%s: line %d is striped with line %d", m, z.Line, of)
					}
				}
			}
		}
		for line := range want {
			if !numbered[line+1] {
				t.Errorf("%s: no number %d stands on the figure", m, line+1)
			}
		}
	}
}

// TestNumbersStandOnTheirFigure holds every badge against the picture without
// it: its middle must not be bare ground.
func TestNumbersStandOnTheirFigure(t *testing.T) {
	t.Parallel()
	for _, m := range allMaps() {
		for i, v := range m.drawing().Views {
			c, err := newCanvas(width, m.drawing().Height)
			if err != nil {
				t.Fatal(err)
			}
			c.figure(movedAll(v.Body, v.Place))
			for _, z := range v.Zones {
				for _, b := range z.Badges {
					at := v.Place.point(b)
					if isGround(c.dc.Image().At(int(at.X), int(at.Y))) {
						t.Errorf("%s: number %d of view %d stands beside the figure", m, z.Line, i)
					}
				}
			}
		}
	}
}

func TestWordsThatDoNotFit(t *testing.T) {
	t.Parallel()
	for _, tc := range []struct {
		m    Map
		w    Words
		want string
	}{
		{Hand, Words{}, "draw where-hand: 0 lines, want 4"},
		{Hand, words(Hand, strings.Repeat("finger ", 12)), "pixels wide, at most 676"},
		{Body, words(Body, "Shoulder, upper back, arm"), "pixels wide, at most 306"},
		{"where-tail", Words{}, `draw "where-tail": there is no such map`},
	} {
		if _, err := Draw(tc.m, tc.w); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: %v, want %q", tc.m, err, tc.want)
		}
	}
}

func TestContactSheet(t *testing.T) {
	t.Parallel()
	var all []Picture
	for _, m := range allMaps() {
		all = append(all, Picture{string(m) + ".png", drawn(t, m, words(m, "Elbow"))})
	}
	all = append(all, all[0])
	data, err := ContactSheet(all)
	if err != nil {
		t.Fatal(err)
	}
	tallest := func(row []Picture) (h int) {
		for _, p := range row {
			img := decoded(t, p.Data)
			h = max(h, int(math.Ceil(float64(img.Bounds().Dy())*sheetScale(img))))
		}
		return h + sheetName
	}
	if b := decoded(t, data).Bounds(); b.Dx() != 4*sheetStep || b.Dy() != tallest(all[:4])+tallest(all[4:]) {
		t.Errorf("the sheet is %v, want a row of four and one of one, each as high as it needs", b)
	}
	if _, err := ContactSheet(nil); err == nil {
		t.Error("a sheet of nothing")
	}
	if _, err := ContactSheet([]Picture{{"x.png", []byte("no")}}); err == nil || !strings.Contains(err.Error(), "read x.png") {
		t.Errorf("a picture that is none: %v", err)
	}
}

// TestOutlinesRunOneWay: two that ran against each other would cut a hole.
func TestOutlinesRunOneWay(t *testing.T) {
	t.Parallel()
	area := func(polygon []point) (a float64) {
		for i, p := range polygon {
			q := polygon[(i+1)%len(polygon)]
			a += p.X*q.Y - q.X*p.Y
		}
		return a
	}
	for _, s := range []shape{
		{Limb: []ball{{0, 0, 3}}},
		{Limb: []ball{{0, 0, 3}, {9, 2, 1}, {4, 30, 5}}},
		{Limb: []ball{{0, 0, 9}, {1, 1, 2}}}, // one ball within the other
		{Curve: []point{{0, 0}, {5, 0}, {5, 5}, {0, 5}}},
		{Polygon: []point{{0, 0}, {0, 5}, {5, 5}, {5, 0}}},
	} {
		for _, p := range []placement{at(0, 0, 1), {ScaleX: -1, ScaleY: 1}, {X: 3, ScaleX: 2, ScaleY: 2, Turn: 1}} {
			for _, o := range s.moved(p).outlines() {
				if area(o) <= 0 {
					t.Errorf("%+v placed at %+v runs the other way", s, p)
				}
			}
		}
	}
}

func BenchmarkDrawBody(b *testing.B) {
	w := words(Body, "Elbow")
	for b.Loop() {
		if _, err := Draw(Body, w); err != nil {
			b.Fatal(err)
		}
	}
}
