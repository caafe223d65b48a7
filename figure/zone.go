package figure

// A zoneOf names a stretched zone of one side of the body.
type zoneOf struct {
	name     string
	side     int
	strength float64 // 1 for all of it
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
		return trunkPart, strung(v, knot{h.point(vec{x * 6, -8, 0}), 2.6}, knot{c.point(vec{x * 5, 3, 0}), 2.8}, knot{c.point(vec{x * 10, 1, -1}), 2.6})
	case "nape":
		return trunkPart, strung(v, knot{h.point(vec{x * 3, -8, -5}), 2.6}, knot{c.point(vec{x * 4, 4, -5}), 2.8}, knot{c.point(vec{x * 4.5, 2, -6}), 2.6})
	case "throat":
		return trunkPart, strung(v, knot{h.point(vec{x * 5, -8, 3}), 2.2}, knot{c.point(vec{x * 4.5, 3, 4}), 2.4}, knot{c.point(vec{x * 5, 0.5, 5.5}), 2.4})
	case "chest":
		return trunkPart, strung(v, knot{c.point(vec{x * 5, -11, 9}), 4}, knot{c.point(vec{x * 10, -8, 8}), 4.4}, knot{c.point(vec{x * 15, -3, 4}), 3.6})
	case "side":
		return trunkPart, strung(v, knot{c.point(vec{x * 13, -13, 0}), 4}, knot{w.point(vec{x * 11.5, 8, 0}), 4.2}, knot{p.point(vec{x * 12, 12, 0}), 4})
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
		return foreParts + z.side, strung(v, knot{arm.joint.to(arm.end, 0.15), 3.2}, knot{arm.joint.to(arm.end, 0.75), 2.6})
	case "wrist":
		return foreParts + z.side, strung(v, knot{arm.joint.to(arm.end, 0.85), 3}, knot{arm.end.plus(arm.tip.times(3)), 3})
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
