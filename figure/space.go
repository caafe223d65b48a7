package figure

import "math"

// A vec is a place or a direction in space, in centimetres: X to the left of
// the body, Y up, Z to where it looks.
type vec struct{ X, Y, Z float64 }

func (a vec) plus(b vec) vec          { return vec{a.X + b.X, a.Y + b.Y, a.Z + b.Z} }
func (a vec) minus(b vec) vec         { return vec{a.X - b.X, a.Y - b.Y, a.Z - b.Z} }
func (a vec) times(k float64) vec     { return vec{a.X * k, a.Y * k, a.Z * k} }
func (a vec) dot(b vec) float64       { return a.X*b.X + a.Y*b.Y + a.Z*b.Z }
func (a vec) length() float64         { return math.Sqrt(a.dot(a)) }
func (a vec) flipped() vec            { return vec{-a.X, a.Y, a.Z} }
func (a vec) to(b vec, t float64) vec { return a.plus(b.minus(a).times(t)) }
func (a vec) unit() vec               { return a.times(1 / max(a.length(), 1e-9)) }

// A bend is how one part of the body is turned against another, in degrees.
type bend struct {
	Pitch float64 // forward
	Side  float64 // toward the left
	Turn  float64 // to the left
}

func (b bend) times(k float64) bend { return bend{b.Pitch * k, b.Side * k, b.Turn * k} }

// A frame is where a part of the body stands, and its axes.
type frame struct{ at, x, y, z vec }

// upright is the frame of the room.
func upright(at vec) frame { return frame{at, vec{1, 0, 0}, vec{0, 1, 0}, vec{0, 0, 1}} }

// point returns where a place of the frame is in the room.
func (f frame) point(v vec) vec { return f.at.plus(f.direction(v)) }

func (f frame) direction(v vec) vec {
	return f.x.times(v.X).plus(f.y.times(v.Y)).plus(f.z.times(v.Z))
}

// bent returns the frame turned about its own axes and moved along itself.
func (f frame) bent(b bend, by vec) frame {
	sp, cp := math.Sincos(b.Pitch * math.Pi / 180)
	ss, cs := math.Sincos(b.Side * math.Pi / 180)
	st, ct := math.Sincos(b.Turn * math.Pi / 180)
	turn := func(v vec) vec { // aside, forward, then round
		v = vec{v.X*cs + v.Y*ss, v.Y*cs - v.X*ss, v.Z}
		v = vec{v.X, v.Y*cp - v.Z*sp, v.Z*cp + v.Y*sp}
		return vec{v.X*ct + v.Z*st, v.Y, v.Z*ct - v.X*st}
	}
	out := frame{f.at, f.direction(turn(vec{1, 0, 0})), f.direction(turn(vec{0, 1, 0})), f.direction(turn(vec{0, 0, 1}))}
	out.at = out.point(by)
	return out
}

// joint returns where the elbow or knee is between two bones whose far end
// reaches for a place, and how far that end comes. The joint points to pole.
func joint(from, to vec, first, second float64, pole vec) (elbow, end vec) {
	along := to.minus(from)
	d := min(max(along.length(), math.Abs(first-second)+0.1), first+second-0.01)
	u := along.unit()
	side := pole.minus(u.times(pole.dot(u))).unit()
	a := (first*first - second*second + d*d) / (2 * d)
	return from.plus(u.times(a)).plus(side.times(math.Sqrt(max(0, first*first-a*a)))), from.plus(u.times(d))
}

// An eye is where a picture is seen from.
type eye int

// The eyes. Those of a side show the body's own left or right.
const (
	fromFront eye = iota
	fromBack
	fromLeft
	fromRight
	fromFrontLeft // between front and left
	fromFrontRight
	fromBackLeft
	fromBackRight
	fromAbove // the nose up
	overHead  // of a body that lies, from above, its head up
	fromFeet  // likewise, from above its feet
)

// eyeNames are their names in files.
var eyeNames = map[string]eye{
	"front": fromFront, "back": fromBack, "left": fromLeft, "right": fromRight,
	"front left": fromFrontLeft, "front right": fromFrontRight, "back left": fromBackLeft, "back right": fromBackRight,
	"above": fromAbove, "overhead": overHead, "feet": fromFeet,
}

// eyes says how far each has walked round the body and how high it is, in
// degrees.
var eyes = []struct{ round, lift float64 }{
	fromFront: {0, 6}, fromBack: {180, 6}, fromLeft: {-90, 6}, fromRight: {90, 6},
	fromFrontLeft: {-40, 10}, fromFrontRight: {40, 10}, fromBackLeft: {-145, 10}, fromBackRight: {145, 10},
	fromAbove: {180, 80}, overHead: {0, 80}, fromFeet: {0, 42},
}

// seen returns where a place stands in the picture, in centimetres, and how
// near it is.
func (v eye) seen(p vec) (at point, near float64) {
	s, c := math.Sincos(eyes[v].round * math.Pi / 180)
	x, d := p.X*c+p.Z*s, p.Z*c-p.X*s
	s, c = math.Sincos(eyes[v].lift * math.Pi / 180)
	return point{x, -(p.Y*c - d*s)}, d*c + p.Y*s
}
