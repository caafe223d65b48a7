package figure

import "math"

// between is the pose at t, from 0 to 1, of the way from p to q.
func (p pose) between(q pose, t float64) pose {
	if p == q {
		return p
	}
	out := p
	out.Pelvis, out.Lean, out.Roll = p.Pelvis.to(q.Pelvis, t), p.Lean.to(q.Lean, t), mix(p.Roll, q.Roll, t)
	out.Low, out.Up, out.Neck, out.Nod = p.Low.to(q.Low, t), p.Up.to(q.Up, t), p.Neck.to(q.Neck, t), p.Nod.to(q.Nod, t)
	out.Slide, out.Breath = mix(p.Slide, q.Slide, t), mix(p.Breath, q.Breath, t)
	out.ShoulderL, out.ShoulderR = p.ShoulderL.to(q.ShoulderL, t), p.ShoulderR.to(q.ShoulderR, t)
	a, b := p.solve(), q.solve()
	out.HandL = p.HandL.between(q.HandL, a.arm[left], b.arm[left], t)
	out.HandR = p.HandR.between(q.HandR, a.arm[right], b.arm[right], t)
	out.FootL = p.FootL.between(q.FootL, a.leg[left], b.leg[left], t)
	out.FootR = p.FootR.between(q.FootR, a.leg[right], b.leg[right], t)
	return out
}

func mix(a, b, t float64) float64 { return a + (b-a)*t }

func (b bend) to(c bend, t float64) bend {
	return bend{mix(b.Pitch, c.Pitch, t), mix(b.Side, c.Side, t), mix(b.Turn, c.Turn, t)}
}

// between is a reach on the way to another, where they make the limbs a and b. A
// hand that stays on what it holds is counted from that; any other goes round its
// shoulder, and so stays as far from it as it is.
func (r reach) between(q reach, a, b limb, t float64) reach {
	if r == q {
		return r
	}
	out := reach{In: r.In, Grip: r.Grip, Lift: mix(r.Lift, q.Lift, t)}
	if r.In == q.In && r.Grip == q.Grip && r.In != ofShoulder {
		out.At = r.At.to(q.At, t)
		out.Joint = a.axes.local(a.pole).around(b.axes.local(b.pole), t)
		out.Point = a.axes.local(a.tip).around(b.axes.local(b.tip), t)
		out.Thumb = a.axes.local(a.thumb).around(b.axes.local(b.thumb), t)
		return out
	}
	out.In, out.Grip = ofShoulder, false
	out.At = a.own.local(a.end.minus(a.from)).around(b.own.local(b.end.minus(b.from)), t)
	out.Joint = a.own.local(a.pole).around(b.own.local(b.pole), t)
	out.Point = a.own.local(a.tip).around(b.own.local(b.tip), t)
	out.Thumb = a.own.local(a.thumb).around(b.own.local(b.thumb), t)
	return out
}

// local says a direction of the room in the frame's axes.
func (f frame) local(v vec) vec { return vec{v.dot(f.x), v.dot(f.y), v.dot(f.z)} }

// around is a place at t of the way to another, round the origin. Where the two
// are opposite it goes by the front.
func (a vec) around(b vec, t float64) vec {
	long := mix(a.length(), b.length(), t)
	u, w := a.unit(), b.unit()
	angle := math.Acos(max(-1, min(1, u.dot(w))))
	if angle < 0.01 {
		return u.to(w, t).unit().times(long)
	}
	aside := w.minus(u.times(w.dot(u)))
	if angle > math.Pi-0.1 {
		front := vec{0, 0, 1}
		aside = front.minus(u.times(front.dot(u)))
	}
	sin, cos := math.Sincos(angle * t)
	return u.times(cos).plus(aside.unit().times(sin)).times(long)
}
