package figure

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"math"
)

// A moving picture's sizes, and its time in hundredths of a second.
const (
	movingWide    = 400 // pixels at least
	movingMost    = 440 // of width and height
	movingMargin  = 14
	movingFrames  = 16
	movingColours = 31 // and one that shows what was there
	movingStep    = 7  // from one frame to the next
	startPause    = 90
	endPause      = 140
)

// Moving draws a drill that moves, as a GIF that goes on for ever. Its first frame
// is the drill's last one, with its arrow and what is stretched, so that it says
// enough where nothing moves. It returns an error for an id without a picture.
func (p *Poses) Moving(id string) ([]byte, error) {
	plan, err := p.planOf(id)
	if err != nil {
		return nil, err
	}
	moments := plan.moments()
	frames := make([]*image.RGBA, len(moments))
	box := around(moments)
	for i, m := range moments {
		if frames[i], err = box.draw(m.seenFrame); err != nil {
			return nil, fmt.Errorf("draw the drill %q: %w", id, err)
		}
	}
	return animated(frames, moments)
}

// A moment is a frame of a moving picture.
type moment struct {
	seenFrame
	delay int
}

// moments are the frames of a moving picture: the drill's last step first, then on
// to the start and all the way.
func (p plan) moments() []moment {
	var keys []frameOf
	for _, f := range p.frames {
		if f.from == p.frames[0].from {
			keys = append(keys, f)
		}
	}
	n := len(keys)
	last := n - 1 // where it stops
	for keys[last].passing && last > 0 {
		last--
	}
	steps := stepsBetween(keys)
	var out []moment
	for i := range n {
		k := (last + i) % n
		a, b := keys[k], keys[(k+1)%n]
		out = append(out, moment{a.seen(), a.pause(k)})
		for s := range steps[k] {
			t := float64(s+1) / float64(steps[k]+1)
			out = append(out, moment{a.toward(b, t*t*(3-2*t)).seen(), movingStep})
		}
	}
	return out
}

func (f frameOf) pause(key int) int {
	switch {
	case f.passing:
		return movingStep
	case key == 0:
		return startPause
	}
	return endPause
}

// stepsBetween shares out the frames between the keys, by how far it is.
func stepsBetween(keys []frameOf) []int {
	n := len(keys)
	far, all := make([]float64, n), 0.0
	for i, k := range keys {
		far[i] = math.Sqrt(k.pose.distance(keys[(i+1)%n].pose)) + 1
		all += far[i]
	}
	out := make([]int, n)
	for i := range out {
		out[i] = max(1, int(float64(movingFrames-n)*far[i]/all))
	}
	return out
}

// distance is how far the place that moves most moves from a pose to another.
func (p pose) distance(q pose) float64 {
	a, b := p.solve(), q.solve()
	most := 5 * math.Abs(p.Breath-q.Breath)
	for _, place := range []string{"crown", "nose", "chin", "chest"} {
		most = max(most, a.place(place).minus(b.place(place)).length())
	}
	for side := range 2 {
		for _, joint := range []string{"shoulder", "elbow", "fingers", "knee", "toes"} {
			most = max(most, a.joint(joint, side).minus(b.joint(joint, side)).length())
		}
	}
	return most
}

// toward is the frame at t of the way to another. What is stretched grows and
// fades; arrows are for where it stops.
func (f frameOf) toward(g frameOf, t float64) frameOf {
	out := f
	out.pose, out.arrows, out.zones = f.pose.between(g.pose, t), nil, nil
	red := math.Round(t*3) / 3 // few shades leave the palette to the edges
	for _, z := range f.zones {
		out.zones = append(out.zones, zoneOf{z.name, z.side, (1 - red) * z.strength})
	}
	for _, z := range g.zones {
		out.zones = append(out.zones, zoneOf{z.name, z.side, red * z.strength})
	}
	return out
}

// A window is the part of the plane that a moving picture shows.
type window struct {
	place      placement
	wide, high int
	floor      float64 // where a crop cuts off below, in pixels
}

// around returns the window that has all the frames.
func around(moments []moment) window {
	low, high := moments[0].low, moments[0].high
	for _, m := range moments[1:] {
		low = point{min(low.X, m.low.X), min(low.Y, m.low.Y)}
		high = point{max(high.X, m.high.X), max(high.Y, m.high.Y)}
	}
	across, down := high.X-low.X, high.Y-low.Y
	scale := min((movingMost-2*movingMargin)/across, (movingMost-2*movingMargin)/down)
	w := window{wide: max(movingWide, int(math.Round(across*scale))+2*movingMargin), high: int(math.Round(down*scale)) + 2*movingMargin}
	w.place = at(float64(w.wide)/2-scale*(low.X+high.X)/2, movingMargin-scale*low.Y, scale)
	w.floor = w.place.point(high).Y
	return w
}

func (w window) draw(f seenFrame) (*image.RGBA, error) {
	c, err := newCanvas(w.wide, w.high)
	if err != nil {
		return nil, err
	}
	c.frame(f, w.place)
	if f.cropped {
		c.dc.DrawRectangle(0, w.floor, float64(w.wide), movingMargin)
		c.dc.SetHexColor(ground)
		c.dc.Fill()
	}
	img, ok := c.dc.Image().(*image.RGBA)
	if !ok {
		return nil, errors.New("the drawing library gave no RGBA picture")
	}
	return img, nil
}

// animated encodes frames: the first one whole, of each later one the rectangle
// that changed.
func animated(frames []*image.RGBA, moments []moment) ([]byte, error) {
	flat := reduced(frames, movingColours)
	palette := append(flat[0].Palette, color.RGBA{})
	clear := uint8(len(palette) - 1)
	out := gif.GIF{Config: image.Config{ColorModel: palette, Width: flat[0].Rect.Dx(), Height: flat[0].Rect.Dy()}}
	for i, f := range flat {
		if i > 0 {
			f = changed(flat[i-1], f, clear)
		}
		f.Palette = palette
		out.Image = append(out.Image, f)
		out.Delay = append(out.Delay, moments[i].delay)
		out.Disposal = append(out.Disposal, gif.DisposalNone)
	}
	var data bytes.Buffer
	if err := gif.EncodeAll(&data, &out); err != nil {
		return nil, fmt.Errorf("encode the moving picture: %w", err)
	}
	return data.Bytes(), nil
}

// changed returns what a frame has that the one before has not.
func changed(before, now *image.Paletted, clear uint8) *image.Paletted {
	low, high := now.Rect.Max, now.Rect.Min
	for y := range now.Rect.Dy() {
		for x := range now.Rect.Dx() {
			if i := y*now.Stride + x; before.Pix[i] != now.Pix[i] {
				low = image.Pt(min(low.X, x), min(low.Y, y))
				high = image.Pt(max(high.X, x+1), max(high.Y, y+1))
			}
		}
	}
	if low.X >= high.X { // the same: a pixel keeps the time
		low, high = image.Pt(0, 0), image.Pt(1, 1)
	}
	out := image.NewPaletted(image.Rectangle{Min: low, Max: high}, now.Palette)
	for y := low.Y; y < high.Y; y++ {
		for x := low.X; x < high.X; x++ {
			i := y*now.Stride + x
			out.SetColorIndex(x, y, now.Pix[i])
			if before.Pix[i] == now.Pix[i] {
				out.SetColorIndex(x, y, clear)
			}
		}
	}
	return out
}
