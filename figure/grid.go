package figure

import (
	"errors"
	"fmt"
	"image"
	"math"
	"slices"

	"git.sr.ht/~sbinet/gg"
)

const (
	drillMargin = 16 // pixels around a frame of a drill's picture
	stripMargin = 12 // around one of a strip's
	drillScale  = 6  // the most pixels of a centimetre
	arrowColour = "#5A2489"
)

// A grid puts frames side by side, each row on one floor.
type grid struct {
	columns  int
	high     int  // the most pixels of a frame's height
	mirrored bool // each frame in itself; their order stays
	numbered bool
	strip    bool // every frame at its own scale, where a drill has one for all
}

// margins returns the pixels above a frame and around it.
func (g grid) margins() (head, room float64) {
	room = drillMargin
	if g.strip {
		room = stripMargin
	}
	if g.numbered {
		return 2*badgeSize + 10, room // so that no number hides a hand
	}
	return room, room
}

// scales returns how many pixels a centimetre of each frame has.
func (g grid) scales(frames []seenFrame) []float64 {
	head, room := g.margins()
	out := make([]float64, len(frames))
	for i, f := range frames {
		out[i] = min((float64(width/g.columns)-2*room)/(f.high.X-f.low.X), (float64(g.high)-head-room)/(f.high.Y-f.low.Y), drillScale)
	}
	if !g.strip {
		least := slices.Min(out)
		for i := range out {
			out[i] = least
		}
	}
	return out
}

// rows returns the height of every row.
func (g grid) rows(frames []seenFrame, scales []float64) (rows []float64, total float64) {
	head, room := g.margins()
	rows = make([]float64, (len(frames)+g.columns-1)/g.columns)
	for i, f := range frames {
		row := &rows[i/g.columns]
		*row = max(*row, math.Ceil((f.high.Y-f.low.Y)*scales[i]+head+room))
	}
	for _, h := range rows {
		total += h
	}
	return rows, total
}

// draw draws the frames as a PNG.
func (g grid) draw(frames []seenFrame) ([]byte, error) {
	scales := g.scales(frames)
	rows, total := g.rows(frames, scales)
	c, err := newCanvas(width, int(total))
	if err != nil {
		return nil, err
	}
	_, room := g.margins()
	wide, top := float64(width/g.columns), 0.0
	for i, f := range frames {
		left, floor := wide*float64(i%g.columns), top+rows[i/g.columns]-room
		middle := scales[i] * (f.low.X + f.high.X) / 2
		p := placement{X: left + wide/2 - middle, Y: floor - scales[i]*f.high.Y, ScaleX: scales[i], ScaleY: scales[i]}
		if g.mirrored {
			p.ScaleX, p.X = -scales[i], left+wide/2+middle
		}
		c.frame(f, p)
		if f.cropped { // the row below is not there yet
			c.dc.DrawRectangle(left, floor, wide, (f.deep-f.high.Y)*scales[i]+4)
			c.dc.SetHexColor(ground)
			c.dc.Fill()
		}
		corner := point{left + badgeSize + 8, top + badgeSize + 8}
		switch {
		case f.another && !g.strip:
			c.look(corner)
		case g.numbered:
			c.badge(corner, 1+i)
		}
		if i%g.columns == g.columns-1 {
			top += rows[i/g.columns]
		}
	}
	img, ok := c.dc.Image().(*image.RGBA)
	if !ok {
		return nil, errors.New("the drawing library gave no RGBA picture")
	}
	if g.strip {
		return encodeSmall(img)
	}
	return encode(img)
}

// look marks a second look at a pose with an eye, where a step has its number.
func (c *canvas) look(p point) {
	c.dc.SetHexColor(ink)
	c.dc.DrawCircle(p.X, p.Y, badgeSize)
	c.dc.Fill()
	c.trace([]shape{{Curve: []point{{p.X - 13, p.Y}, {p.X - 5, p.Y - 7}, {p.X + 5, p.Y - 7}, {p.X + 13, p.Y}, {p.X + 5, p.Y + 7}, {p.X - 5, p.Y + 7}}}})
	c.dc.SetHexColor(onBadge)
	c.dc.Fill()
	c.dc.SetHexColor(ink)
	c.dc.DrawCircle(p.X, p.Y, 4.5)
	c.dc.Fill()
}

// frame draws one frame. What a crop leaves out below is painted over
// later, since a clip costs ten times as much; what it leaves out aside is clipped.
func (c *canvas) frame(f seenFrame, p placement) {
	if f.clipped {
		a, b := p.point(f.low), p.point(f.high)
		c.dc.DrawRectangle(min(a.X, b.X), 0, math.Abs(b.X-a.X), b.Y)
		c.dc.Clip()
		defer c.dc.ResetClip()
	}
	thick := max(1.6, min(3, p.ScaleY*0.9))
	for _, part := range f.parts {
		c.part(part, p, thick)
	}
	for _, a := range f.arrows {
		c.arrow(a, p)
	}
}

// stretched tints a zone within a part. It is drawn on a leaf of its own, because
// a clip costs as much as the leaf is large.
func (c *canvas) stretched(zone shape, within []shape, strength float64) {
	low, high := corners([]shape{zone})
	x, y := int(low.X), int(low.Y)
	leaf := gg.NewContext(int(high.X)-x+2, int(high.Y)-y+2)
	leaf.Translate(float64(-x), float64(-y))
	(&canvas{dc: leaf}).trace(within)
	leaf.Clip()
	(&canvas{dc: leaf}).trace([]shape{zone})
	leaf.SetHexColor(stretchedTint + fmt.Sprintf("%02X", int(0xD8*strength)))
	leaf.Fill()
	c.dc.DrawImage(leaf.Image(), x, y)
}

// part draws one part: its edge around all its coats, then them.
func (c *canvas) part(q part, p placement, thick float64) {
	if len(q.coats) > 0 && !q.seam {
		c.edge(movedAll(q.shapes(), p), thick)
	}
	for _, coat := range q.coats {
		c.trace(movedAll(coat.shapes, p))
		c.dc.SetHexColor(coat.fill)
		c.dc.Fill()
	}
	for _, z := range q.zones {
		c.stretched(z.moved(p), movedAll(q.shapes(), p), z.strength)
	}
	for _, l := range q.lines {
		c.dc.SetHexColor(l.colour)
		c.dc.SetLineWidth(l.wide * p.ScaleY)
		c.dc.SetLineCapRound()
		c.dc.NewSubPath()
		for _, at := range l.points {
			at = p.point(at)
			c.dc.LineTo(at.X, at.Y)
		}
		c.dc.Stroke()
	}
}

// edge draws what stands out around shapes. Limbs are drawn thicker rather than
// stroked, which takes a third of the time.
func (c *canvas) edge(shapes []shape, thick float64) {
	var thicker, rest []shape
	for _, s := range shapes {
		if len(s.Limb) == 0 {
			rest = append(rest, s)
			continue
		}
		limb := slices.Clone(s.Limb)
		for i := range limb {
			limb[i].R += thick
		}
		thicker = append(thicker, shape{Limb: limb})
	}
	c.dc.SetHexColor(edge)
	c.trace(thicker)
	c.dc.Fill()
	c.trace(rest)
	c.dc.SetLineWidth(2 * thick)
	c.dc.Stroke()
}

// arrow draws a curve with a head, with a pale rim that keeps it apart from
// what lies below.
func (c *canvas) arrow(path []point, p placement) {
	points := make([]point, len(path))
	for i, q := range path {
		points[i] = p.point(q)
	}
	thick := max(5.5, p.ScaleY*2.2)
	tip, before := points[len(points)-1], points[len(points)-4]
	along := math.Atan2(tip.Y-before.Y, tip.X-before.X)
	sin, cos := math.Sincos(along)
	reach := 2.6 * thick
	base := point{tip.X - reach*cos, tip.Y - reach*sin}
	for _, pass := range []struct {
		colour string
		more   float64
	}{{onBadge, 2.5}, {arrowColour, 0}} {
		c.dc.SetHexColor(pass.colour)
		c.dc.SetLineCapRound()
		c.dc.NewSubPath()
		for _, q := range points {
			if (tip.X-q.X)*cos+(tip.Y-q.Y)*sin > reach*0.8 || math.Hypot(tip.X-q.X, tip.Y-q.Y) > reach*1.2 {
				c.dc.LineTo(q.X, q.Y)
			}
		}
		c.dc.SetLineWidth(thick + 2*pass.more)
		c.dc.Stroke()
		c.dc.NewSubPath()
		w := 1.35*thick + pass.more
		c.dc.LineTo(tip.X+2*pass.more*cos, tip.Y+2*pass.more*sin)
		c.dc.LineTo(base.X-w*sin-pass.more*cos, base.Y+w*cos-pass.more*sin)
		c.dc.LineTo(base.X+w*sin-pass.more*cos, base.Y-w*cos-pass.more*sin)
		c.dc.ClosePath()
		c.dc.Fill()
	}
}
