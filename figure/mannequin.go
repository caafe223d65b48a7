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
	mannequinShoe  = "#F4F1EA"
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
	zones []shape
	lines []line
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
	out := []part{s.trunk(v), s.headPart(v), s.armPart(v, left), s.armPart(v, right), s.legPart(v, left), s.legPart(v, right)}
	for _, z := range zones {
		i, shape := s.zone(v, z)
		out[i].zones = append(out[i].zones, shape)
	}
	return out
}

// The places of the parts that have zones.
const (
	trunkPart = 0
	armParts  = 2 // left, then right
	legParts  = 4
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
	return part{near: near, coats: []coat{
		{mannequinSkin, []shape{strung(v, knot{s.neck.at.plus(c.y.times(-3)), 5.6}, knot{s.head.point(vec{0, -6, -1}), 5.2})}},
		{mannequinLegs, skinned(v, ring{p, -7, 0, 13, 8}, ring{p, 0, -0.5, 16, 9.8}, ring{p, 8, 0, 14, 9}, waist)},
		{mannequinTop, append(skinned(v, ring{p, 5, 0, 14.8, 9.4}, waist, ring{mid, 0, 0.5, 14.5, 9.8}, ring{c, -6, 0.5, 15, 9.5}, ring{c, 2, -0.5, 9, 6}), yoke...)},
	}}
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
	if facing(vec{0, -2, 10}) > 0.25 {
		p.coats = append(p.coats, coat{mannequinCheek, []shape{strung(v, knot{h.point(vec{0, -1, 9.4}), 1.2}, knot{h.point(vec{0, -2.4, 11.4}), 1.5})}})
	}
	for _, x := range []float64{-1, 1} {
		if facing(vec{x, 0, 0}) > 0.2 {
			p.coats = append(p.coats, coat{mannequinCheek, []shape{strung(v, knot{h.point(vec{x * 10, 0.6, -0.6}), 2.3}, knot{h.point(vec{x * 9.8, -2, -0.4}), 1.7})}})
		}
		if facing(vec{x * 3.8, 1, 9.4}) > 0.12 {
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

func (s skeleton) armPart(v eye, side int) part {
	a := s.arm[side]
	_, elbow := v.seen(a.joint)
	_, wrist := v.seen(a.end)
	_, shoulder := v.seen(a.from)
	knuckles, tip := a.end.plus(a.tip.times(handLong/2)), a.end.plus(a.tip.times(handLong))
	return part{near: (shoulder+2*elbow+2*wrist)/5 + 5 + a.lift, coats: []coat{
		{mannequinSkin, []shape{
			strung(v, knot{a.from, 5.2}, knot{a.joint, 4}),
			strung(v, knot{a.joint, 4}, knot{a.joint.to(a.end, 0.3), 4.1}, knot{a.end, 2.9}),
			strung(v, knot{a.end, 2.9}, knot{knuckles, 3.9}, knot{tip, 2.3}),
		}},
		{mannequinTop, []shape{strung(v, knot{a.from, 5.6}, knot{a.from.to(a.joint, 0.45), 5.1})}},
	}}
}

func (s skeleton) legPart(v eye, side int) part {
	l := s.leg[side]
	_, hip := v.seen(l.from)
	_, knee := v.seen(l.joint)
	_, ankle := v.seen(l.end)
	shin := l.end.minus(l.joint).unit()
	heel := l.end.plus(shin.times(3.2)).plus(l.tip.times(-3.5))
	toes := l.end.plus(shin.times(4)).plus(l.tip.times(16))
	return part{near: (hip+2*knee+ankle)/4 - 12 + l.lift, coats: []coat{
		{mannequinSkin, []shape{strung(v, knot{l.joint, 6}, knot{l.joint.to(l.end, 0.3), 5.9}, knot{l.end, 3.7})}},
		{mannequinLegs, []shape{strung(v, knot{l.from, 9.2}, knot{l.joint, 6.4}), strung(v, knot{l.joint, 6.4}, knot{l.joint.to(l.end, 0.28), 6.2})}},
		{mannequinShoe, []shape{strung(v, knot{l.end, 4}, knot{heel, 3.6}, knot{toes, 2.8}), strung(v, knot{l.end, 4}, knot{l.end.to(toes, 0.5), 3.9})}},
	}}
}

// A zoneOf names a stretched zone of one side of the body.
type zoneOf struct {
	name string
	side int
}

// zoneNames are those that a zoneOf may have.
var zoneNames = map[string]bool{"neck": true, "nape": true, "throat": true, "chest": true, "side": true, "blade": true, "back": true,
	"low": true, "rear": true, "triceps": true, "hip": true, "calf": true, "belly": true, "biceps": true, "forearm": true, "wrist": true,
	"thigh": true, "inner thigh": true, "hamstring": true, "glute": true, "shin": true}

// zone returns the place of the part that has it, and its shape.
func (s skeleton) zone(v eye, z zoneOf) (int, shape) {
	x := sideSign(z.side)
	c, w, p, h := s.chest, s.waist, s.pelvis, s.head
	arm, leg := s.arm[z.side], s.leg[z.side]
	switch z.name {
	case "neck":
		return trunkPart, strung(v, knot{h.point(vec{x * 6, -8, 0}), 2.6}, knot{c.point(vec{x * 5, 3, 0}), 3}, knot{c.point(vec{x * 13, -0.5, 0}), 3.4})
	case "nape":
		return trunkPart, strung(v, knot{h.point(vec{x * 3, -8, -5}), 2.6}, knot{c.point(vec{x * 5, 2, -5}), 3}, knot{c.point(vec{x * 9, -4, -7}), 3.4})
	case "throat":
		return trunkPart, strung(v, knot{h.point(vec{x * 5, -8, 3}), 2.2}, knot{c.point(vec{x * 4.5, 3, 4}), 2.6}, knot{c.point(vec{x * 7, -3, 7}), 3})
	case "chest":
		return trunkPart, strung(v, knot{c.point(vec{x * 5, -11, 9}), 4}, knot{c.point(vec{x * 10, -8, 8}), 4.4}, knot{c.point(vec{x * 15, -3, 4}), 3.6})
	case "side":
		return trunkPart, strung(v, knot{c.point(vec{x * 13, -8, 0}), 4.4}, knot{w.point(vec{x * 11.5, 8, 0}), 4.2}, knot{p.point(vec{x * 12, 12, 0}), 4})
	case "blade":
		return trunkPart, strung(v, knot{c.point(vec{x * 6, -3, -8}), 3.6}, knot{c.point(vec{x * 6, -17, -9}), 4})
	case "back":
		return trunkPart, strung(v, knot{c.point(vec{0, -2, -8}), 4}, knot{c.point(vec{0, -20, -9}), 4.4})
	case "low":
		return trunkPart, strung(v, knot{w.point(vec{x * 4, 4, -8}), 4}, knot{p.point(vec{x * 5, 4, -8}), 4.4})
	case "rear":
		return armParts + z.side, strung(v, knot{arm.from, 4.2}, knot{arm.from.to(arm.joint, 0.5), 3.6})
	case "triceps":
		return armParts + z.side, strung(v, knot{arm.from.to(arm.joint, 0.2), 3.4}, knot{arm.from.to(arm.joint, 0.85), 3})
	case "hip":
		return legParts + z.side, strung(v, knot{leg.from.plus(p.z.times(3)), 5}, knot{leg.from.to(leg.joint, 0.45).plus(p.z.times(2)), 4})
	case "belly":
		return trunkPart, strung(v, knot{c.point(vec{x * 4, -18, 9}), 4}, knot{p.point(vec{x * 4, 8, 9}), 4})
	case "biceps":
		return armParts + z.side, strung(v, knot{arm.from.to(arm.joint, 0.4), 3.4}, knot{arm.from.to(arm.joint, 0.9), 3})
	case "forearm":
		return armParts + z.side, strung(v, knot{arm.joint.to(arm.end, 0.15), 3.2}, knot{arm.joint.to(arm.end, 0.75), 2.6})
	case "wrist":
		return armParts + z.side, strung(v, knot{arm.joint.to(arm.end, 0.85), 3}, knot{arm.end.plus(arm.tip.times(3)), 3})
	case "thigh":
		return legParts + z.side, strung(v, knot{leg.from.to(leg.joint, 0.25).plus(leg.pole.times(2.5)), 5}, knot{leg.from.to(leg.joint, 0.85).plus(leg.pole.times(1.5)), 4})
	case "inner thigh":
		return legParts + z.side, strung(v, knot{leg.from.to(leg.joint, 0.2).plus(p.x.times(-x * 4)), 4.4}, knot{leg.from.to(leg.joint, 0.8).plus(p.x.times(-x * 3)), 3.6})
	case "hamstring":
		return legParts + z.side, strung(v, knot{leg.from.to(leg.joint, 0.25).plus(leg.pole.times(-2.5)), 5}, knot{leg.from.to(leg.joint, 0.9).plus(leg.pole.times(-2)), 4})
	case "glute":
		return legParts + z.side, strung(v, knot{leg.from.plus(p.z.times(-4)), 6}, knot{leg.from.plus(p.z.times(-5)).plus(p.y.times(4)), 5})
	case "shin":
		return legParts + z.side, strung(v, knot{leg.joint.to(leg.end, 0.2), 3.6}, knot{leg.joint.to(leg.end, 0.8), 3})
	case "calf":
		return legParts + z.side, strung(v, knot{leg.joint.to(leg.end, 0.15), 4.4}, knot{leg.joint.to(leg.end, 0.65), 3.4})
	}
	panic("figure: no zone " + z.name)
}
