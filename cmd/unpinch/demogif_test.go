package main

import (
	"cmp"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"golang.org/x/image/draw"
)

// frameTime is how long each step of the README's moving picture stands, in hundredths
// of a second.
const frameTime = 300

// movingPicture joins a folder's pictures of steps into one that moves, in colours
// that all share, 960 pixels wide.
func movingPicture(t *testing.T, folder string, steps []string) {
	t.Helper()
	var frames []*image.RGBA
	for _, step := range steps {
		frames = append(frames, smaller(t, filepath.Join(folder, step+"-wide.png")))
	}
	colours := commonColours(frames)
	near := map[color.RGBA]uint8{}
	moving := &gif.GIF{}
	for _, f := range frames {
		p := image.NewPaletted(f.Bounds(), colours)
		for i := range p.Pix {
			c := rgbaAt(f, i)
			index, met := near[c]
			if !met {
				index = uint8(colours.Index(c))
				near[c] = index
			}
			p.Pix[i] = index
		}
		moving.Image, moving.Delay = append(moving.Image, p), append(moving.Delay, frameTime)
	}
	file, err := os.Create(filepath.Join(folder, "demo.gif"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := gif.EncodeAll(file, moving); err != nil {
		t.Fatal(err)
	}
	if info, err := file.Stat(); err != nil || info.Size() > 3<<20 {
		t.Errorf("the moving picture is over 3 MB or can't be looked at: %v", err)
	}
}

func smaller(t *testing.T, path string) *image.RGBA {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	whole, err := png.Decode(file)
	if err != nil {
		t.Fatalf("read %s: %v", path, err)
	}
	box := whole.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, 960, 960*box.Dy()/box.Dx()))
	draw.CatmullRom.Scale(out, out.Bounds(), whole, box, draw.Src, nil)
	return out
}

// commonColours returns the most frequent colours of the fullest cells of the colour
// cube.
func commonColours(frames []*image.RGBA) color.Palette {
	cells := map[color.RGBA]map[color.RGBA]int{}
	pixels := map[color.RGBA]int{}
	for _, f := range frames {
		for i := range len(f.Pix) / 4 {
			c := rgbaAt(f, i)
			key := color.RGBA{c.R >> 4, c.G >> 4, c.B >> 4, 0}
			if cells[key] == nil {
				cells[key] = map[color.RGBA]int{}
			}
			pixels[key]++
			cells[key][c]++
		}
	}
	order := byCount(pixels)
	var out color.Palette
	add := func(c color.RGBA) {
		if len(out) < 256 && !slices.Contains(out, color.Color(c)) {
			out = append(out, c)
		}
	}
	for rank := range 4 { // light tones that differ little share a cell
		for _, key := range order[:min(len(order), 160)] {
			if all := byCount(cells[key]); rank < len(all) {
				add(all[rank])
			}
		}
	}
	return out
}

// byCount lists colours, the most frequent first.
func byCount(counts map[color.RGBA]int) []color.RGBA {
	return slices.SortedFunc(maps.Keys(counts), func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(a.R, b.R), cmp.Compare(a.G, b.G), cmp.Compare(a.B, b.B))
	})
}

func rgbaAt(f *image.RGBA, i int) color.RGBA {
	return color.RGBA{f.Pix[4*i], f.Pix[4*i+1], f.Pix[4*i+2], 255}
}
