package figure

import (
	"cmp"
	"math"
	"slices"
)

// The mannequin's colours: soft, so that what is stretched stands out.
const (
	mannequinSkin  = "#E9C9A9"
	mannequinHair  = "#6B5B4E"
	mannequinTop   = "#8FC1BB"
	mannequinLegs  = "#66788C"
	mannequinShoe  = "#3B4450"
	mannequinSole  = "#EDEBE6"
	stretchedTint  = "#E4572E"
	mannequinFace  = "#4A3B30"
	mannequinCheek = "#DDB08C"
)

// A coat is shapes of one colour.
type coat struct {
	fill   string
	shapes []shape
}

// A line is drawn on a part, so many centimetres wide.
type line struct {
	colour string
	wide   float64
	points []point
}

// A part is what is drawn at once: its edge, its coats, the stretched zones
// that lie within it, and lines. Nearer parts hide farther ones.
type part struct {
	near  float64
	coats []coat
	zones []tinted
	lines []line
	seam  bool // without an edge: it hides one between two parts
}

// A tinted shape is as strong as its muscle is stretched, at most 1.
type tinted struct {
	shape
	strength float64
}

func (p part) shapes() []shape {
	var out []shape
	for _, c := range p.coats {
		out = append(out, c.shapes...)
	}
	return out
}

// A ring is a cross-section of the trunk.
type ring struct {
	of         frame
	up, fore   float64
	wide, deep float64 // half widths
}

// seenFrom returns the ring's points in the picture.
func (r ring) seenFrom(v eye) []point {
	const n = 20
	out := make([]point, n)
	for i := range n {
		s, c := math.Sincos(2 * math.Pi * float64(i) / n)
		out[i], _ = v.seen(r.of.point(vec{r.wide * c, r.up, r.fore + r.deep*s}))
	}
	return out
}

// skinned returns the shapes around neighbouring rings.
func skinned(v eye, rings ...ring) []shape {
	var out []shape
	for i := 1; i < len(rings); i++ {
		out = append(out, shape{Polygon: convex(append(rings[i-1].seenFrom(v), rings[i].seenFrom(v)...))})
	}
	return out
}

// convex returns the convex hull of points.
func convex(points []point) []point {
	slices.SortFunc(points, func(a, b point) int { return cmp.Or(cmp.Compare(a.X, b.X), cmp.Compare(a.Y, b.Y)) })
	half := func(points []point) (out []point) {
		for _, p := range points {
			for len(out) > 1 && turns(out[len(out)-2], out[len(out)-1], p) <= 0 {
				out = out[:len(out)-1]
			}
			out = append(out, p)
		}
		return out[:max(0, len(out)-1)]
	}
	lower := half(points)
	slices.Reverse(points)
	return append(lower, half(points)...)
}

// turns tells which way the path a, b, c turns, by its sign.
func turns(a, b, c point) float64 { return (b.X-a.X)*(c.Y-a.Y) - (b.Y-a.Y)*(c.X-a.X) }

// A knot is a ball in space.
type knot struct {
	at vec
	r  float64
}

// strung returns the limb around balls in space.
func strung(v eye, knots ...knot) shape {
	var s shape
	for _, k := range knots {
		p, _ := v.seen(k.at)
		s.Limb = append(s.Limb, ball{p.X, p.Y, k.r})
	}
	return s
}

// parts returns the mannequin as seen from a view, in no order.
func (s skeleton) parts(v eye, zones []zoneOf) []part {
	out := []part{s.trunk(v), s.headPart(v), {}, {}, s.legPart(v, left), s.legPart(v, right), {}, {}}
	for side := range 2 {
		out[armParts+side], out[foreParts+side] = s.armPart(v, side)
	}
	s.shade(v, out)
	for _, z := range zones {
		i, shape := s.zone(v, z)
		out[i].zones = append(out[i].zones, tinted{shape, z.strength})
	}
	for side := range 2 {
		out = append(out, s.seams(v, side, out)...)
	}
	return out
}

// The places of the parts that have zones.
const (
	trunkPart = 0
	armParts  = 2 // upper arms: left, then right
	legParts  = 4
	foreParts = 6 // forearms with their hands
)

func (s skeleton) trunk(v eye) part {
	p, w, c := s.pelvis, s.waist, s.chest
	_, near := v.seen(p.at.to(c.at, 0.5))
	mid := s.waist.bent(bend{}, vec{})
	mid.at = w.at.to(c.at, 0.5)
	mid.x, mid.y, mid.z = w.x.plus(c.x).unit(), w.y.plus(c.y).unit(), w.z.plus(c.z).unit()
	var yoke []shape
	for side := range 2 {
		yoke = append(yoke, strung(v, knot{c.point(vec{sideSign(side) * 6, 1, -0.5}), 5}, knot{s.shoulder[side], 5.6}),
			strung(v, knot{s.shoulder[side], 5.6}, knot{c.point(vec{sideSign(side) * 9, -14, 0}), 6}))
	}
	waist := ring{w, 0, 0, 12.5, 8.5}
	out := part{near: near, coats: []coat{
		{mannequinSkin, []shape{strung(v, knot{s.neck.at.plus(c.y.times(-3)), 5.6}, knot{s.head.point(vec{0, -6, -1}), 5.2})}},
		{mannequinLegs, skinned(v, ring{p, -7, 0, 12, 8}, ring{p, 0, -0.5, 15.5, 9.8}, ring{p, 8, 0, 14, 9}, waist)},
		{mannequinTop, append(skinned(v, ring{p, 5, 0, 14.8, 9.4}, waist, ring{mid, 0, 0.5 + 2*s.breath, 14.5 + 3*s.breath, 9.8 + 3*s.breath}, ring{c, -6, 0.5 + s.breath, 15 + 2*s.breath, 9.5 + 2*s.breath}, ring{c, 2, -0.5, 9, 6}), yoke...)},
	}}
	if _, front := v.seen(c.z); front < 0.2 { // no neckline from behind
		out.coats[2].shapes = append(out.coats[2].shapes, skinned(v, ring{c, 0, -0.5, 11, 6}, ring{c, 6, -1, 6.4, 5})...)
	}
	return out
}

// headPart is the head with its face.
func (s skeleton) headPart(v eye) part {
	h := s.head
	at, near := v.seen(h.at)
	p := part{near: near + 12, coats: []coat{{mannequinSkin, []shape{
		strung(v, knot{h.at, headBall}),
		strung(v, knot{h.at, headBall - 1.5}, knot{h.point(vec{0, -5, 2.6}), 7.4}),
		strung(v, knot{h.point(vec{0, -1, 9}), 2}, knot{h.point(vec{0, -2.4, 11.4}), 1.5}),
	}}}}
	facing := func(d vec) float64 {
		_, n := v.seen(h.point(d))
		_, m := v.seen(h.at)
		return (n - m) / d.length()
	}
	p.coats = append(p.coats, coat{mannequinHair, []shape{s.hair(v, at)}})
	if facing(vec{0, -2, 10}) > 0.7 {
		p.coats = append(p.coats, coat{mannequinCheek, []shape{strung(v, knot{h.point(vec{0, -1, 9.4}), 1.2}, knot{h.point(vec{0, -2.4, 11.4}), 1.5})}})
	}
	for _, x := range []float64{-1, 1} {
		if facing(vec{x, 0, 0}) > 0.2 {
			p.coats = append(p.coats, coat{mannequinCheek, []shape{strung(v, knot{h.point(vec{x * 10, 0.6, -0.6}), 2.3}, knot{h.point(vec{x * 9.8, -2, -0.4}), 1.7})}})
		}
		if facing(vec{x * 3.8, 1, 9.4}) > 0.3 {
			p.coats = append(p.coats, coat{mannequinFace, []shape{strung(v, knot{h.point(vec{x * 3.8, 1.2, 9.4}), 1.25})}})
		}
	}
	if facing(vec{0, -6, 8}) > 0.2 {
		var smile []point
		for _, m := range []vec{{-3, -5.4, 9}, {-1.6, -6.5, 9.6}, {0, -6.9, 9.8}, {1.6, -6.5, 9.6}, {3, -5.4, 9}} {
			q, _ := v.seen(h.point(m))
			smile = append(smile, q)
		}
		p.lines = append(p.lines, line{mannequinFace, 0.9, smile})
	}
	return p
}

// hair covers the half of the head that is up and behind, as far as it is seen.
func (s skeleton) hair(v eye, middle point) shape {
	pole := s.head.direction(vec{0, 0.66, -0.75})
	tip, near := v.seen(pole)
	across := math.Atan2(tip.Y, tip.X)
	var out []point
	const n, r = 24, headBall + 0.6
	for i := range n + 1 { // along the head's edge
		sin, cos := math.Sincos(across - math.Pi/2 + math.Pi*float64(i)/n)
		out = append(out, point{middle.X + r*cos, middle.Y + r*sin})
	}
	sin, cos := math.Sincos(across)
	for i := range n + 1 { // back along the hair's edge on the near half
		t := math.Pi * float64(i) / n
		u, w := r*math.Cos(t), r*math.Sin(t)*near
		out = append(out, point{middle.X - u*sin - w*cos, middle.Y + u*cos - w*sin})
	}
	return shape{Polygon: out}
}

// armPart draws an arm in two, the nearer half over the other.
func (s skeleton) armPart(v eye, side int) (upper, fore part) {
	a := s.arm[side]
	_, elbow := v.seen(a.joint)
	_, wrist := v.seen(a.end)
	_, shoulder := v.seen(a.from)
	near := (shoulder+2*elbow+2*wrist)/5 + 5 + a.lift
	hand := func(along, aside float64) vec { return a.end.plus(a.tip.times(along)).plus(a.thumb.times(aside)) }
	upper = part{near: near, coats: []coat{
		{mannequinSkin, []shape{strung(v, knot{a.from, 5.2}, knot{a.joint, 4})}},
		{mannequinTop, []shape{strung(v, knot{a.from, 5.6}, knot{a.from.to(a.joint, 0.45), 5.1})}},
	}}
	fore = part{near: near - 0.005, coats: []coat{{mannequinSkin, []shape{
		strung(v, knot{a.joint, 4}, knot{a.joint.to(a.end, 0.3), 4.1}, knot{a.end, 2.9}),
		s.palm(v, side),
		strung(v, knot{hand(2, 1.6), 2}, knot{hand(5.4, 4.4), 1.5}, knot{hand(8.4, 5), 1.3}),
	}}}}
	if wrist > shoulder {
		fore.near = near + 0.005
	}
	return upper, fore
}

// palm is a hand without its thumb.
func (s skeleton) palm(v eye, side int) shape {
	a := s.arm[side]
	hand := func(along, aside float64) vec { return a.end.plus(a.tip.times(along)).plus(a.thumb.times(aside)) }
	return strung(v, knot{a.end, 2.9}, knot{hand(4, 0.6), 3.5}, knot{hand(7.5, 0), 3.5}, knot{hand(handLong, -0.4), 2})
}

func (s skeleton) legPart(v eye, side int) part {
	l := s.leg[side]
	_, hip := v.seen(l.from)
	_, knee := v.seen(l.joint)
	_, ankle := v.seen(l.end)
	sole := l.end.minus(l.joint).unit()
	sole = sole.minus(l.tip.times(sole.dot(l.tip))).unit()
	foot := func(down, on float64) vec { return l.end.plus(sole.times(down)).plus(l.tip.times(on)) }
	return part{near: (hip+2*knee+ankle)/4 - 12 + l.lift, coats: []coat{
		{mannequinSkin, []shape{strung(v, knot{l.joint, 6}, knot{l.joint.to(l.end, 0.3), 5.9}, knot{l.end, 3.7})}},
		{mannequinLegs, []shape{strung(v, knot{l.from, 9.2}, knot{l.joint, 6.4}), strung(v, knot{l.joint, 6.4}, knot{l.joint.to(l.end, 0.72), 4.8})}},
		{mannequinSole, []shape{strung(v, knot{foot(5.4, -4.6), 1.6}, knot{foot(5.4, 15.5), 1.6})}},
		{mannequinShoe, []shape{
			strung(v, knot{l.end, 4.2}, knot{foot(2.4, -4), 3.4}),
			strung(v, knot{l.end, 4.2}, knot{foot(1.6, 7), 4}, knot{foot(3, 14), 2.6}),
			strung(v, knot{foot(2.6, -4), 3}, knot{foot(3, 14), 2.6}),
		}},
	}}
}
