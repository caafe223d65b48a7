package figure

import (
	"bytes"
	"embed"
	"fmt"
	"hash/crc32"
	"image"
	"image/gif"
	"strings"
)

// The moving pictures, the strips of class posts and the maps as they were drawn,
// so that neither a start nor anyone waits for them. TestShippedPictures,
// commands/post's TestShippedStrips and commands/reading's
// TestEveryPictureIsDrawn hold that they still are what the code draws, and write
// them.
//
//go:embed moving/*.gif strips/*.png maps/*.png
var shippedFiles embed.FS

// StripFile returns the file of this folder that a strip of these drills is
// shipped as, if it is.
func StripFile(ids []string) string { return "strips/" + strings.Join(ids, "+") + ".png" }

// shippedStrip returns a strip, or fs.ErrNotExist for one that isn't shipped.
func shippedStrip(ids []string) ([]byte, error) {
	data, err := shippedFiles.ReadFile(StripFile(ids))
	if err != nil {
		return nil, fmt.Errorf("read the strip: %w", err)
	}
	return data, nil
}

// MapFile returns the file of this folder that a map with these words is shipped
// as, if it is.
func MapFile(m Map, words Words) string {
	return fmt.Sprintf("maps/%s-%08x.png", m, crc32.ChecksumIEEE(fmt.Appendf(nil, "%q", words)))
}

// shippedMoving returns a drill's moving picture, mirrored for the right where
// asked. It returns fs.ErrNotExist for a drill that has none.
func shippedMoving(id string, mirrored bool) ([]byte, error) {
	data, err := shippedFiles.ReadFile("moving/" + id + ".gif")
	if err != nil {
		return nil, fmt.Errorf("read the moving picture: %w", err)
	}
	if !mirrored {
		return data, nil
	}
	return flippedMoving(data)
}

// flippedMoving returns the mirror image of a moving picture: reading and writing
// it takes a tenth of the time of drawing.
func flippedMoving(data []byte) ([]byte, error) {
	g, err := gif.DecodeAll(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("read the moving picture: %w", err)
	}
	for i, f := range g.Image {
		r := f.Rect
		out := image.NewPaletted(image.Rect(g.Config.Width-r.Max.X, r.Min.Y, g.Config.Width-r.Min.X, r.Max.Y), f.Palette)
		for y := range r.Dy() {
			from, to := f.Pix[y*f.Stride:][:r.Dx()], out.Pix[y*out.Stride:][:r.Dx()]
			for x, p := range from {
				to[len(to)-1-x] = p
			}
		}
		g.Image[i] = out
	}
	var out bytes.Buffer
	if err := gif.EncodeAll(&out, g); err != nil {
		return nil, fmt.Errorf("write the moving picture mirrored: %w", err)
	}
	return out.Bytes(), nil
}
