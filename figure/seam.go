package figure

import (
	"math"
	"slices"
)

// shade darkens the limbs of the far side, where one side hides the other.
func (s skeleton) shade(v eye, parts []part) {
	_, l := v.seen(s.pelvis.x)
	_, middle := v.seen(vec{})
	side := right
	if l < middle {
		side = left
	}
	if math.Abs(l-middle) < 0.8 {
		return
	}
	for _, i := range []int{armParts + side, foreParts + side, legParts + side} {
		for k, c := range parts[i].coats {
			parts[i].coats[k].fill = darker(c.fill)
		}
	}
}

// seams hide the edges where thigh and trunk, sleeve and trunk, and the halves of
// an arm meet.
func (s skeleton) seams(v eye, side int, parts []part) []part {
	c, l := s.chest, s.leg[side]
	trunk, x := parts[trunkPart], sideSign(side)
	hip := l.from.to(l.joint, 0.12)
	thigh := strung(v, knot{hip, 7.4}, knot{s.pelvis.point(vec{x * 6, -4, 0}), 7})
	shoulder := strung(v, knot{s.shoulder[side].to(s.arm[side].joint, 0.06), 4.6}, knot{c.point(vec{x * 10, -3, 0}), 4.4})
	over := func(p part, fill string, s shape) part {
		return part{near: max(trunk.near, p.near) + 0.001, coats: []coat{{fill, []shape{s}}}, zones: slices.Concat(trunk.zones, p.zones), seam: true}
	}
	a, fore := s.arm[side], parts[foreParts+side]
	elbow := part{near: max(parts[armParts+side].near, fore.near), seam: true, zones: fore.zones,
		coats: []coat{{fore.coats[0].fill, []shape{strung(v, knot{a.joint.to(a.from, 0.16), 3.8}, knot{a.joint, 3.9}, knot{a.joint.to(a.end, 0.16), 3.9})}}}}
	return []part{over(parts[legParts+side], mannequinLegs, thigh), over(parts[armParts+side], mannequinTop, shoulder), elbow}
}
