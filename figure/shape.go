// Package figure draws the pictures: the body map, the maps of where a nerve
// is felt, and sheets of them. The shapes are data in this package; every word
// on a picture comes from the caller. A picture's bytes depend on nothing else.
package figure

import (
	"math"
	"slices"
)

// A point is a place on a figure, x to the right and y down.
type point struct{ X, Y float64 }

// A ball is a circle on a figure.
type ball struct{ X, Y, R float64 }

// A shape is a part of a figure: a limb, which is the skin around a chain of
// balls, a smooth closed curve through points, or a polygon.
type shape struct {
	Limb    []ball
	Curve   []point
	Polygon []point
}

// mirrored returns the shapes with those of the other side of the body, where
// x is 0 in the middle.
func mirrored(shapes ...shape) []shape {
	out := append([]shape(nil), shapes...)
	for _, s := range shapes {
		out = append(out, s.moved(placement{ScaleX: -1, ScaleY: 1}))
	}
	return out
}

// A placement puts a figure somewhere: turned by Turn radians first, then
// scaled (a negative ScaleX mirrors), then moved.
type placement struct{ X, Y, ScaleX, ScaleY, Turn float64 }

// at places a figure at a scale without turning it.
func at(x, y, scale float64) placement { return placement{X: x, Y: y, ScaleX: scale, ScaleY: scale} }

func (p placement) point(q point) point {
	sin, cos := math.Sincos(p.Turn)
	return point{p.X + p.ScaleX*(q.X*cos-q.Y*sin), p.Y + p.ScaleY*(q.X*sin+q.Y*cos)}
}

// moved returns the shape where the placement puts it.
func (s shape) moved(p placement) shape {
	var out shape
	for _, b := range s.Limb {
		c := p.point(point{b.X, b.Y})
		out.Limb = append(out.Limb, ball{c.X, c.Y, b.R * p.ScaleY})
	}
	for _, q := range s.Curve {
		out.Curve = append(out.Curve, p.point(q))
	}
	for _, q := range s.Polygon {
		out.Polygon = append(out.Polygon, p.point(q))
	}
	return out
}

func movedAll(shapes []shape, p placement) []shape {
	out := make([]shape, len(shapes))
	for i, s := range shapes {
		out[i] = s.moved(p)
	}
	return out
}

// outlines returns the closed polygons whose union is the shape. All run the
// same way round, so that they join under the winding rule.
func (s shape) outlines() [][]point {
	var out [][]point
	for i, b := range s.Limb {
		if i == 0 && len(s.Limb) > 1 {
			continue // the first hull has it
		}
		a := b
		if i > 0 {
			a = s.Limb[i-1]
		}
		out = append(out, hull(a, b))
	}
	if len(s.Curve) > 0 {
		out = append(out, oriented(smooth(s.Curve)))
	}
	if len(s.Polygon) > 0 {
		out = append(out, oriented(slices.Clone(s.Polygon)))
	}
	return out
}

// arcStep is the widest angle between two points of a circle.
const arcStep = math.Pi / 24

// hull is the skin around two balls.
func hull(a, b ball) []point {
	if a.R < b.R {
		a, b = b, a
	}
	distance := math.Hypot(b.X-a.X, b.Y-a.Y)
	if distance+b.R <= a.R { // one within the other
		return arc(nil, a, 0, 2*math.Pi)
	}
	towards := math.Atan2(b.Y-a.Y, b.X-a.X)
	touch := math.Acos((a.R - b.R) / distance)
	out := arc(nil, a, towards+touch, towards+2*math.Pi-touch)
	return arc(out, b, towards-touch, towards+touch)
}

// arc adds the points of a ball's edge from one angle to a larger one.
func arc(out []point, b ball, from, to float64) []point {
	steps := max(1, int(math.Ceil((to-from)/arcStep)))
	for i := range steps + 1 {
		sin, cos := math.Sincos(from + (to-from)*float64(i)/float64(steps))
		out = append(out, point{b.X + b.R*cos, b.Y + b.R*sin})
	}
	return out
}

// curveSteps is how many pieces each part of a smooth curve is drawn in.
const curveSteps = 12

// smooth is a closed Catmull-Rom curve through the points.
func smooth(through []point) []point {
	n := len(through)
	var out []point
	for i := range n {
		a, b, c, d := through[(i+n-1)%n], through[i], through[(i+1)%n], through[(i+2)%n]
		for k := range curveSteps {
			t := float64(k) / curveSteps
			out = append(out, point{spline(a.X, b.X, c.X, d.X, t), spline(a.Y, b.Y, c.Y, d.Y, t)})
		}
	}
	return out
}

// spline is where a Catmull-Rom curve from b to c stands at t, from 0 to 1.
func spline(a, b, c, d, t float64) float64 {
	return b + t/2*(c-a+t*(2*a-5*b+4*c-d+t*(3*(b-c)+d-a)))
}

// oriented turns a polygon the way that hulls run.
func oriented(polygon []point) []point {
	area := 0.0
	for i, p := range polygon {
		q := polygon[(i+1)%len(polygon)]
		area += p.X*q.Y - q.X*p.Y
	}
	if area < 0 {
		for i, j := 0, len(polygon)-1; i < j; i, j = i+1, j-1 {
			polygon[i], polygon[j] = polygon[j], polygon[i]
		}
	}
	return polygon
}
