package figure

import (
	"fmt"
	"math"
	"slices"
)

// A plan is the picture of one drill. Where sides count, it is drawn for the
// left.
type plan struct {
	id     string
	frames []frameOf // the start first
	column bool      // one below the other: for a body that lies
}

// A frameOf is one moment of a drill.
type frameOf struct {
	passing bool // gone through without a stop; in no still picture
	from    eye
	pose    pose
	props   []prop
	zones   []zoneOf
	arrows  []arrow
	crop    crop
}

// A crop leaves out what is beyond it, in centimetres of the picture; a zero
// leaves out nothing.
type crop struct {
	Left   float64 `toml:"left"`
	Right  float64 `toml:"right"`
	Top    float64 `toml:"top"`
	Bottom float64 `toml:"bottom"`
}

// An arrow shows a movement: either of a place of the body since another pose, or
// from one place of the picture to another, in centimetres from a place of the
// body, x to the right and y down.
type arrow struct {
	by    string // a place, as "left hand"
	since *pose  // nil for from and to
	aside float64
	from  point
	to    point
	bulge float64 // how far its middle stands aside, to the right of its way
}

// drillHigh is the most pixels of a frame's height in a drill's picture.
const drillHigh = 500

// planOf finds a drill's plan.
func (p *Poses) planOf(id string) (plan, error) {
	if plan, ok := p.plans[id]; ok {
		return plan, nil
	}
	return plan{}, fmt.Errorf("draw the drill %q: there is no such drill", id)
}

// Pictures draws a drill as the files ID.png and ID.gif, for the left where sides
// count. It returns an error for an id without a picture.
func (p *Poses) Pictures(id string) (still, moving Picture, err error) {
	still, moving = Picture{Name: id + ".png"}, Picture{Name: id + ".gif"}
	if still.Data, err = p.Drill(id, false); err != nil {
		return still, moving, err
	}
	moving.Data, err = p.Moving(id)
	return still, moving, err
}

// Drill draws a drill, start and end in one picture of 800 pixels' width, as a
// PNG. A drill of each side is drawn for the left, or mirrored for the right.
// It returns an error for an id without a picture.
func (p *Poses) Drill(id string, mirrored bool) ([]byte, error) {
	plan, err := p.planOf(id)
	if err != nil {
		return nil, err
	}
	views := plan.seen()
	if plan.column {
		return grid{columns: 1, high: drillHigh/2 + 40, mirrored: mirrored, numbered: true}.draw(views)
	}
	return grid{columns: len(views), high: drillHigh, mirrored: mirrored, numbered: true}.draw(views)
}

// Strip draws a whole routine: of each drill its last frame, numbered from 1 in
// the routine's order, as a PNG of 800 pixels' width. It returns an error for
// no ids, and for an id without a picture.
func (p *Poses) Strip(ids []string) ([]byte, error) {
	if len(ids) == 0 {
		return nil, fmt.Errorf("draw a strip: there are no drills")
	}
	var views []seenFrame
	for _, id := range ids {
		plan, err := p.planOf(id)
		if err != nil {
			return nil, err
		}
		all := plan.seen()
		views = append(views, all[len(all)-1])
	}
	columns := 3
	if n := len(ids); n == 4 || n > 9 {
		columns = 4
	}
	columns = min(columns, len(ids))
	return grid{columns: columns, high: width / columns, numbered: true, strip: true}.draw(views)
}

// A seenFrame is a frame in the plane of the picture.
type seenFrame struct {
	parts     []part
	arrows    [][]point
	low, high point   // the corners around what is shown
	deep      float64 // how far down it goes, shown or not
	cropped   bool    // below
	another   bool    // a second look at the pose before
	clipped   bool    // at a side
}

// seen returns the frames of the still picture.
func (p plan) seen() []seenFrame {
	var out []seenFrame
	for _, f := range p.frames {
		if !f.passing {
			seen := f.seen()
			seen.another = f.from != p.frames[0].from
			out = append(out, seen)
		}
	}
	return out
}

func (f frameOf) seen() seenFrame {
	s := f.pose.solve()
	out := seenFrame{parts: s.parts(f.from, f.zones)}
	for _, p := range f.props {
		out.parts = append(out.parts, p.parts(f.from, s)...)
	}
	slices.SortStableFunc(out.parts, func(a, b part) int {
		if a.near < b.near {
			return -1
		}
		if a.near > b.near {
			return 1
		}
		return 0
	})
	for _, a := range f.arrows {
		if a.since != nil {
			out.arrows = append(out.arrows, a.trail(f.pose, f.from))
			continue
		}
		out.arrows = append(out.arrows, a.path(s, f.from))
	}
	out.frame(f.crop)
	return out
}

// frame finds the box around what is shown.
func (f *seenFrame) frame(k crop) {
	var all []shape
	for _, p := range f.parts {
		all = append(all, p.shapes()...)
	}
	for _, a := range f.arrows {
		all = append(all, shape{Polygon: a})
	}
	f.low, f.high = corners(all)
	f.deep = f.high.Y
	if k.Left != 0 {
		f.low.X = k.Left
	}
	if k.Right != 0 {
		f.high.X = k.Right
	}
	if k.Top != 0 {
		f.low.Y = k.Top
	}
	if k.Bottom != 0 {
		f.high.Y = k.Bottom
	}
	f.cropped, f.clipped = k.Bottom != 0, k.Left != 0 || k.Right != 0 || k.Top != 0
}

// path is the arrow's curve in the picture.
func (a arrow) path(s skeleton, v eye) []point {
	o, _ := v.seen(s.place(a.by))
	from, to := point{o.X + a.from.X, o.Y + a.from.Y}, point{o.X + a.to.X, o.Y + a.to.Y}
	if from == to {
		return loop(from, a.bulge)
	}
	dx, dy := to.X-from.X, to.Y-from.Y
	long := max(math.Hypot(dx, dy), 1e-9)
	middle := point{(from.X+to.X)/2 - dy/long*2*a.bulge, (from.Y+to.Y)/2 + dx/long*2*a.bulge}
	var out []point
	for i := range 17 {
		t := float64(i) / 16
		q := func(a, b, c float64) float64 { return (1-t)*(1-t)*a + 2*t*(1-t)*b + t*t*c }
		out = append(out, point{q(from.X, middle.X, to.X), q(from.Y, middle.Y, to.Y)})
	}
	return out
}

// The least and most that an arrow is long, in centimetres of the picture.
const trailLeast, trailMost = 16, 75

// trail is the way that the arrow's place came, seen in the picture. Its tip is
// at the place, or aside of it.
func (a arrow) trail(now pose, v eye) []point {
	const n = 24
	way := make([]point, n+1)
	for i := range way {
		way[i], _ = v.seen(a.since.between(now, float64(i)/n).solve().grip(a.by))
	}
	return lengthened(asideOf(way, a.aside))
}

// asideOf moves a path to the right of its way.
func asideOf(way []point, by float64) []point {
	a, b := way[0], way[len(way)-1]
	long := max(math.Hypot(b.X-a.X, b.Y-a.Y), 1e-9)
	x, y := -(b.Y-a.Y)/long*by, (b.X-a.X)/long*by
	out := make([]point, len(way))
	for i, p := range way {
		out[i] = point{p.X + x, p.Y + y}
	}
	return out
}

// lengthened returns the end of a path, not longer than an arrow may be, or the
// path drawn out backward so that it is long enough.
func lengthened(way []point) []point {
	end := len(way) - 1
	first, long := end, 0.0
	for first > 0 && long < trailMost {
		long += math.Hypot(way[first].X-way[first-1].X, way[first].Y-way[first-1].Y)
		first--
	}
	out := way[first:]
	if long >= trailLeast || long < 1e-9 {
		return out
	}
	more, tip := trailLeast/long, out[len(out)-1]
	for i, p := range out {
		out[i] = point{tip.X + (p.X-tip.X)*more, tip.Y + (p.Y-tip.Y)*more}
	}
	return out
}

// loop is the path of a round arrow. It begins below and is open there.
func loop(middle point, r float64) []point {
	var out []point
	for i := range 25 {
		sin, cos := math.Sincos(math.Pi * (0.75 + 1.6*float64(i)/24))
		out = append(out, point{middle.X + r*cos, middle.Y + math.Abs(r)*sin})
	}
	return out
}

// corners returns the corners of the box around shapes.
func corners(shapes []shape) (low, high point) {
	low, high = point{math.Inf(1), math.Inf(1)}, point{math.Inf(-1), math.Inf(-1)}
	note := func(x, y, r float64) {
		low = point{min(low.X, x-r), min(low.Y, y-r)}
		high = point{max(high.X, x+r), max(high.Y, y+r)}
	}
	for _, s := range shapes {
		for _, b := range s.Limb {
			note(b.X, b.Y, b.R)
		}
		for _, p := range s.Polygon {
			note(p.X, p.Y, 0)
		}
	}
	return low, high
}
