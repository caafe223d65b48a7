package figure

// The mannequin's bones, in centimetres.
const (
	hipWide      = 9.0
	thighLong    = 42.0
	shinLong     = 41.0
	ankleHigh    = 7.0
	shoulderWide = 17.0
	upperArmLong = 29.0
	forearmLong  = 26.0
	handLong     = 14.0
	neckLong     = 9.0
	headBall     = 10.5 // radius
)

// A space says what the places of a reach are counted from.
type space int

const (
	ofShoulder space = iota // the limb's own shoulder or hip, along the chest's or hip's axes
	ofRoom                  // the middle of the floor
	ofHead                  // the middle of the head
)

// spaces are their names in files.
var spaces = map[string]space{"shoulder": ofShoulder, "hip": ofShoulder, "room": ofRoom, "head": ofHead}

// A reach is where a hand or a foot goes. Its joint between bends by itself.
type reach struct {
	At    vec // the wrist or the ankle
	In    space
	Joint vec     // where elbow or knee points to; zero for down and back, or forward
	Point vec     // where fingers or toes point to; zero for on, or forward
	Lift  float64 // brings the limb nearer than it is, where it would hide behind
}

// both gives a reach and its mirror image.
func both(r reach) (left, right reach) { return r, r.flipped() }

func (r reach) flipped() reach {
	r.At, r.Joint, r.Point = r.At.flipped(), r.Joint.flipped(), r.Point.flipped()
	return r
}

// A pose is how the mannequin stands. Bends add up from the pelvis to the head.
type pose struct {
	Pelvis               vec // in the room, the floor at 0
	Lean                 bend
	Roll                 float64 // of a body that lies, about its own length, in degrees to its left
	Low, Up              bend    // the spine's lower and upper half
	Neck, Nod            bend    // the neck, and the head on it
	Slide                float64 // of the head, forward
	ShoulderL, ShoulderR vec     // shift of the shoulders: outward, up, forward
	HandL, HandR         reach
	FootL, FootR         reach
}

// shoulders shifts both alike.
func (p *pose) shoulders(v vec) { p.ShoulderL, p.ShoulderR = v, v }

func (p *pose) hands(r reach) { p.HandL, p.HandR = both(r) }

func (p *pose) feet(r reach) { p.FootL, p.FootR = both(r) }

// A limb is an arm or a leg: its two ends and what is between.
type limb struct {
	from, joint, end, tip vec
	lift                  float64
}

// A skeleton is a pose worked out.
type skeleton struct {
	pelvis, waist, chest, neck, head frame // chest is at the middle of the shoulders
	shoulder                         [2]vec
	arm, leg                         [2]limb // left, right
}

const (
	left, right = 0, 1
)

// sides are the signs of X on the left and on the right.
func sideSign(side int) float64 { return 1 - 2*float64(side) }

// solve works out where everything is.
func (p pose) solve() skeleton {
	var s skeleton
	s.pelvis = upright(p.Pelvis).bent(p.Lean, vec{}).bent(bend{Turn: p.Roll}, vec{})
	low := s.pelvis.bent(p.Low.times(0.5), vec{0, 8, 0})
	s.waist = low.bent(p.Low.times(0.5), vec{0, 8, 0})
	mid := s.waist.bent(p.Up.times(0.5), vec{0, 14, 0})
	s.chest = mid.bent(p.Up.times(0.5), vec{0, 15, 0})
	s.neck = s.chest.bent(p.Neck, vec{0, neckLong, 0})
	s.neck.at = s.chest.point(vec{0, 4, 0})
	s.head = s.chest.bent(p.Neck, vec{})
	s.head.at = s.neck.at.plus(s.head.y.times(neckLong + 6)).plus(s.chest.z.times(p.Slide + 1.5))
	s.head = s.head.bent(p.Nod, vec{})
	for side, r := range []reach{p.HandL, p.HandR} {
		shift := []vec{p.ShoulderL, p.ShoulderR}[side]
		s.shoulder[side] = s.chest.point(vec{sideSign(side) * (shoulderWide + shift.X), shift.Y - 2, shift.Z})
		s.arm[side] = s.reached(r, s.shoulder[side], s.chest, upperArmLong, forearmLong, vec{sideSign(side) * 0.4, -0.6, -1})
	}
	for side, r := range []reach{p.FootL, p.FootR} {
		hip := s.pelvis.point(vec{sideSign(side) * hipWide, 0, 0})
		s.leg[side] = s.reached(r, hip, s.pelvis, thighLong, shinLong, vec{sideSign(side) * 0.1, 0, 1})
	}
	return s
}

// reached works out one limb.
func (s skeleton) reached(r reach, from vec, own frame, first, second float64, pole vec) limb {
	out := limb{from: from, lift: r.Lift}
	target := own.direction(r.At).plus(from)
	direct := own.direction
	switch r.In {
	case ofRoom:
		target = r.At
		direct = func(v vec) vec { return v }
	case ofHead:
		target = s.head.point(r.At)
	}
	if r.Joint != (vec{}) {
		pole = r.Joint
	}
	out.joint, out.end = joint(from, target, first, second, direct(pole))
	if r.Point != (vec{}) {
		out.tip = direct(r.Point).unit()
	} else if second == shinLong {
		out.tip = own.z
	} else {
		out.tip = out.end.minus(out.joint).unit()
	}
	return out
}

// flipped is the pose with left and right exchanged.
func (p pose) flipped() pose {
	for _, b := range []*bend{&p.Lean, &p.Low, &p.Up, &p.Neck, &p.Nod} {
		b.Side, b.Turn = -b.Side, -b.Turn
	}
	p.Pelvis.X, p.Roll = -p.Pelvis.X, -p.Roll
	p.ShoulderL, p.ShoulderR = p.ShoulderR, p.ShoulderL
	p.HandL, p.HandR = p.HandR.flipped(), p.HandL.flipped()
	p.FootL, p.FootR = p.FootR.flipped(), p.FootL.flipped()
	return p
}
