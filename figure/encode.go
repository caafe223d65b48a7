package figure

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"slices"
)

// shades is how many colours a picture can tell apart at first: 32
// of red, of green and of blue.
const shades = 1 << 15

// flatRun is how long a run is at least, in pixels, of a colour that is no edge's.
const flatRun = 5

// shade puts a pixel among the shades.
func shade(p uint32) int {
	return int(p>>3&31 | p>>11&31<<5 | p>>19&31<<10)
}

// encode returns a picture as a PNG of at most 256 colours: a third of the
// bytes of one with all of them, and no eye sees the difference on flat tints.
func encode(img *image.RGBA) ([]byte, error) { return encodeFew(img, 256) }

// encodeFew returns a picture as a PNG of at most so many colours, up to 256.
func encodeFew(img *image.RGBA, most int) ([]byte, error) {
	return encodeAt(png.DefaultCompression, img, most)
}

// encodeSmall returns a picture of flat tints as a PNG that is a quarter smaller
// than encode's, and takes longer: for one that is shipped and sent often.
func encodeSmall(img *image.RGBA) ([]byte, error) { return encodeAt(png.BestCompression, img, 64) }

func encodeAt(level png.CompressionLevel, img *image.RGBA, most int) ([]byte, error) {
	var out bytes.Buffer
	e := png.Encoder{CompressionLevel: level}
	if err := e.Encode(&out, reduced([]*image.RGBA{img}, most)[0]); err != nil {
		return nil, fmt.Errorf("encode the picture: %w", err)
	}
	return out.Bytes(), nil
}

// reduced returns pictures in one palette of so many colours at most. Some are
// drawn while somebody waits, so it counts shades in a table. Of a shade it keeps
// the colour of its longest run, so that flat colours stay what they are.
func reduced(all []*image.RGBA, most int) []*image.Paletted {
	var count, longest [shades]int
	var colours [shades]uint32
	for _, img := range all {
		eachRun(img.Pix, func(p uint32, _, n int) {
			s := shade(p)
			count[s] += n
			if n > longest[s] {
				longest[s], colours[s] = n, p
			}
		})
	}
	var used []int
	for s, n := range count {
		if n > 0 {
			used = append(used, s)
		}
	}
	flat := func(s int) int { return min(longest[s], flatRun) }
	slices.SortFunc(used, func(a, b int) int {
		return cmp.Or(cmp.Compare(flat(b), flat(a)), cmp.Compare(count[b], count[a]), cmp.Compare(a, b))
	})
	var palette color.Palette
	for _, s := range used[:min(len(used), most)] {
		palette = append(palette, opaque(colours[s]))
	}
	var index [shades]uint8
	for i, s := range used {
		index[s] = uint8(i)
		if i >= len(palette) {
			index[s] = uint8(palette.Index(opaque(colours[s])))
		}
	}
	out := make([]*image.Paletted, len(all))
	for i, img := range all {
		now := image.NewPaletted(img.Rect, palette)
		eachRun(img.Pix, func(p uint32, at, n int) {
			s := index[shade(p)]
			for k := at; k < at+n; k++ {
				now.Pix[k] = s
			}
		})
		out[i] = now
	}
	return out
}

func opaque(p uint32) color.RGBA { return color.RGBA{byte(p), byte(p >> 8), byte(p >> 16), 255} }

// eachRun calls f with every run of equal pixels, where it begins and how
// long it is.
func eachRun(pix []byte, f func(p uint32, at, n int)) {
	start, last := 0, binary.LittleEndian.Uint32(pix)
	for i := 4; i < len(pix); i += 4 {
		if p := binary.LittleEndian.Uint32(pix[i:]); p != last {
			f(last, start, i/4-start)
			start, last = i/4, p
		}
	}
	f(last, start, len(pix)/4-start)
}
