package figure

import "strings"

// places are the places of the body that have no side, as a file names them.
var places = map[string]bool{"head": true, "crown": true, "nose": true, "chin": true, "nape": true,
	"chest": true, "breastbone": true, "upper back": true, "lower back": true, "pelvis": true}

// joints are those of each side.
var joints = map[string]bool{"shoulder": true, "elbow": true, "hand": true, "fingers": true, "hip": true, "knee": true,
	"foot": true, "toes": true, "heel": true}

// isPlace reports whether a name is that of a place of the body.
func isPlace(name string) bool {
	side, joint, _ := strings.Cut(name, " ")
	return places[name] || (side == "left" || side == "right") && joints[joint]
}

// place returns where a place of the body is: that of a hand is the wrist.
func (s skeleton) place(name string) vec {
	h, c := s.head, s.chest
	switch name {
	case "head":
		return h.at
	case "crown":
		return h.point(vec{0, headBall, 0})
	case "nose":
		return h.point(vec{0, -1, headBall})
	case "chin":
		return h.point(vec{0, -headBall, 5})
	case "nape":
		return h.point(vec{0, -headBall, -5})
	case "chest":
		return c.at
	case "breastbone":
		return c.point(vec{0, -12, 10})
	case "upper back":
		return c.point(vec{0, -10, -10})
	case "lower back":
		return s.waist.point(vec{0, 0, -9})
	case "pelvis":
		return s.pelvis.at
	}
	side, joint, _ := strings.Cut(name, " ")
	if side == "left" {
		return s.joint(joint, left)
	}
	return s.joint(joint, right)
}

func (s skeleton) joint(name string, side int) vec {
	a, l := s.arm[side], s.leg[side]
	return map[string]vec{"shoulder": s.shoulder[side], "elbow": a.joint, "hand": a.end, "fingers": a.end.plus(a.tip.times(handLong)),
		"hip": l.from, "knee": l.joint, "foot": l.end, "toes": l.end.plus(l.tip.times(16)), "heel": l.end.plus(l.tip.times(-5))}[name]
}

// grip is where a place of the body holds something: a hand in its middle.
func (s skeleton) grip(name string) vec {
	if side, ok := strings.CutSuffix(name, " hand"); ok {
		return s.place(name).to(s.place(side+" fingers"), 0.5)
	}
	return s.place(name)
}
