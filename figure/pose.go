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
	ofHead                  // the middle of the head, along its axes
	ofChest                 // the middle of the shoulders, along the chest's axes
	ofPelvis                // the middle of the hips, along their axes
	ofSameKnee              // these along the room's axes
	ofOtherKnee
	ofSameFoot
	ofOtherFoot
	ofOtherElbow
	ofOtherHand
)

// spaces are their names in files.
var spaces = map[string]space{
	"shoulder": ofShoulder, "hip": ofShoulder, "room": ofRoom, "head": ofHead, "chest": ofChest, "pelvis": ofPelvis,
	"same knee": ofSameKnee, "other knee": ofOtherKnee, "same foot": ofSameFoot, "other foot": ofOtherFoot,
	"other elbow": ofOtherElbow, "other hand": ofOtherHand,
}

// A reach is where a hand or a foot goes. Its joint between bends by itself.
type reach struct {
	At    vec  // the wrist or the ankle
	Grip  bool // the palm is there, not the wrist
	In    space
	Joint vec     // where elbow or knee points to; zero for down and back, or forward
	Point vec     // where fingers or toes point to; zero for on, or forward
	Thumb vec     // where the thumb points to; zero for forward and up
	Lift  float64 // brings the limb nearer than it is, where it would hide behind
}

func (r reach) flipped() reach {
	r.At, r.Joint, r.Point, r.Thumb = r.At.flipped(), r.Joint.flipped(), r.Point.flipped(), r.Thumb.flipped()
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
	Breath               float64 // how full the ribs are, 0 at rest, about 1 at most
	ShoulderL, ShoulderR vec     // shift of the shoulders: outward, up, forward
	HandL, HandR         reach
	FootL, FootR         reach
}

// A limb is an arm or a leg: its two ends and what is between.
type limb struct {
	from, joint, end vec
	pole, tip, thumb vec   // directions: of the joint, of fingers or toes, of the thumb
	own, axes        frame // of chest or hip, and of the reach's directions
	lift             float64
}

// A skeleton is a pose worked out.
type skeleton struct {
	pelvis, waist, chest, neck, head frame // chest is at the middle of the shoulders
	breath                           float64
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
	s := skeleton{breath: p.Breath}
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
	feet, hands := [2]reach{p.FootL, p.FootR}, [2]reach{p.HandL, p.HandR}
	for _, side := range inTurn(feet) {
		hip := s.pelvis.point(vec{sideSign(side) * hipWide, 0, 0})
		s.leg[side] = s.reached(feet[side], side, hip, s.pelvis, boneOf{thighLong, shinLong, vec{sideSign(side) * 0.1, 0, 1}})
	}
	shifts := [2]vec{p.ShoulderL, p.ShoulderR}
	for side, shift := range shifts {
		s.shoulder[side] = s.chest.point(vec{sideSign(side) * (shoulderWide + shift.X), shift.Y - 2, shift.Z})
	}
	for _, side := range inTurn(hands) {
		s.arm[side] = s.reached(hands[side], side, s.shoulder[side], s.chest, boneOf{upperArmLong, forearmLong, vec{sideSign(side) * 0.4, -0.6, -1}})
	}
	return s
}

// inTurn has the side first that the other one builds on.
func inTurn(r [2]reach) [2]int {
	switch r[left].In {
	case ofOtherKnee, ofOtherFoot, ofOtherElbow, ofOtherHand:
		return [2]int{right, left}
	}
	return [2]int{left, right}
}

// A boneOf is what a limb has of its own: two lengths, and where its joint
// points to unless a reach says.
type boneOf struct {
	first, second float64
	pole          vec
}

// space returns what the places of a reach are counted from.
func (s skeleton) space(in space, side int, from vec, own frame) frame {
	at := upright
	switch in {
	case ofRoom:
		return at(vec{})
	case ofHead:
		return s.head
	case ofChest:
		return s.chest
	case ofPelvis:
		return s.pelvis
	case ofSameKnee:
		return at(s.leg[side].joint)
	case ofOtherKnee:
		return at(s.leg[1-side].joint)
	case ofSameFoot:
		return at(s.leg[side].end)
	case ofOtherFoot:
		return at(s.leg[1-side].end)
	case ofOtherElbow:
		return at(s.arm[1-side].joint)
	case ofOtherHand:
		return at(s.arm[1-side].end)
	}
	own.at = from
	return own
}

// reached works out one limb.
func (s skeleton) reached(r reach, side int, from vec, own frame, b boneOf) limb {
	in := s.space(r.In, side, from, own)
	target := in.point(r.At)
	if r.In == ofHead { // an elbow follows the chest
		in = own
	}
	direct := in.direction
	if r.Grip {
		target = target.minus(direct(r.Point).unit().times(handLong / 2))
	}
	if r.Joint != (vec{}) {
		b.pole = r.Joint
	}
	out := limb{from: from, own: own, axes: in, pole: direct(b.pole), lift: r.Lift}
	out.joint, out.end = joint(from, target, b.first, b.second, out.pole)
	switch {
	case r.Point != (vec{}):
		out.tip = direct(r.Point).unit()
	case b.second == shinLong:
		out.tip = own.z
	default:
		out.tip = out.end.minus(out.joint).unit()
	}
	thumb := own.z.plus(own.y.times(0.6))
	if r.Thumb != (vec{}) {
		thumb = direct(r.Thumb)
	}
	out.thumb = thumb.minus(out.tip.times(thumb.dot(out.tip))).unit()
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
