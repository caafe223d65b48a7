package playground

import (
	"bytes"
	"image"
	"image/color"
	"image/gif"
	"image/png"
	"net/http"
	"testing"

	"unpinch/playground/rig"
	"unpinch/playground/wire"
)

// TestStillOfMovingPicture: as from Discord's media proxy, format=png is the first
// frame of a picture that moves, and changes nothing else.
func TestStillOfMovingPicture(t *testing.T) {
	t.Parallel()
	l := newLab(t)
	var moving bytes.Buffer
	frame := image.NewPaletted(image.Rect(0, 0, 3, 2), color.Palette{color.White, color.Black})
	if err := gif.EncodeAll(&moving, &gif.GIF{Image: []*image.Paletted{frame, frame}, Delay: []int{9, 9}}); err != nil {
		t.Fatal(err)
	}
	get := func(name, content, query string) (body []byte, kind string) {
		t.Helper()
		m := l.Do("POST", l.Posts("general"), rig.Form{Payload: `{"content":"x","attachments":[{"id":0,"filename":"` + name + `"}]}`,
			Files: []string{name}, Contents: map[string]string{name: content}})
		r, err := http.Get(wire.Text(wire.Objects(wire.List(m, "attachments"))[0], "url") + query)
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		var b bytes.Buffer
		if _, err := b.ReadFrom(r.Body); err != nil {
			t.Fatal(err)
		}
		return b.Bytes(), r.Header.Get("Content-Type")
	}
	still, kind := get("a.gif", moving.String(), "?format=png")
	if img, err := png.Decode(bytes.NewReader(still)); err != nil || kind != "image/png" || img.Bounds() != frame.Rect {
		t.Errorf("the still is %q: %v", kind, err)
	}
	for _, tc := range [][3]string{{"a.gif", moving.String(), ""}, {"b.gif", "no picture", "?format=png"}, {"c.txt", "text", "?format=png"}} {
		if got, _ := get(tc[0], tc[1], tc[2]); string(got) != tc[1] {
			t.Errorf("%s%s has %d bytes, want %d", tc[0], tc[2], len(got), len(tc[1]))
		}
	}
}
