package figure

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	stddraw "image/draw"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/image/draw"
)

func montage(t *testing.T, all []Picture, dir, name string, per int) {
	for k := 0; k < len(all); k += per {
		part := all[k:min(k+per, len(all))]
		var ims []image.Image
		for _, p := range part {
			im, err := png.Decode(bytes.NewReader(p.PNG))
			if err != nil {
				t.Fatal(err)
			}
			h := im.Bounds().Dy() * 400 / im.Bounds().Dx()
			d := image.NewRGBA(image.Rect(0, 0, 400, h))
			draw.CatmullRom.Scale(d, d.Bounds(), im, im.Bounds(), draw.Src, nil)
			ims = append(ims, d)
		}
		H := 0
		for i := 0; i < len(ims); i += 3 {
			h := 0
			for j := i; j < min(i+3, len(ims)); j++ {
				h = max(h, ims[j].Bounds().Dy())
			}
			H += h + 8
		}
		out := image.NewRGBA(image.Rect(0, 0, 3*408, H))
		y := 0
		for i := 0; i < len(ims); i += 3 {
			h := 0
			for j := i; j < min(i+3, len(ims)); j++ {
				h = max(h, ims[j].Bounds().Dy())
			}
			c := color.RGBA{0x31, 0x33, 0x38, 255}
			if i/3%2 == 1 {
				c = color.RGBA{255, 255, 255, 255}
			}
			stddraw.Draw(out, image.Rect(0, y, 3*408, y+h+8), image.NewUniform(c), image.Point{}, stddraw.Src)
			for j := i; j < min(i+3, len(ims)); j++ {
				stddraw.Draw(out, image.Rect((j-i)*408+4, y+4, (j-i)*408+404, y+4+ims[j].Bounds().Dy()), ims[j], image.Point{}, stddraw.Src)
			}
			y += h + 8
		}
		var b bytes.Buffer
		png.Encode(&b, out)
		os.WriteFile(filepath.Join(dir, fmt.Sprintf("%s%d.png", name, k/per)), b.Bytes(), 0o644)
	}
}
