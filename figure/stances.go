package figure

// with returns the pose changed.
func (p pose) with(change func(*pose)) pose {
	change(&p)
	return p
}

// Stances: the poses that drills begin with.

// standing has its arms at its sides.
func standing() pose {
	p := pose{Pelvis: vec{0, 90, 0}}
	p.hands(reach{At: vec{5, -53, 3}, Joint: vec{0.5, 0, -1}})
	p.feet(reach{At: vec{11, ankleHigh, 0}, In: ofRoom, Point: vec{0.25, 0, 1}})
	return p
}

// sitHigh is the pelvis's height on a chair.
const sitHigh = 54

// sitting has its hands on its thighs.
func sitting() pose {
	p := pose{Pelvis: vec{0, sitHigh, -2}}
	p.hands(reach{At: vec{-3, -37, 24}, Joint: vec{0.5, -0.6, -1}, Point: vec{-0.2, -0.5, 1}})
	p.feet(reach{At: vec{11, ankleHigh, 41}, In: ofRoom, Joint: vec{0.1, 1, 1}, Point: vec{0.15, 0, 1}})
	return p
}

// allFours looks along Z.
func allFours() pose {
	p := pose{Pelvis: vec{0, 48, -22}, Lean: bend{Pitch: 80}}
	p.hands(reach{At: vec{17, 4, 22}, In: ofRoom, Joint: vec{0.3, 0, -1}, Point: vec{0, -0.1, 1}})
	p.feet(reach{At: vec{9, 4, -63}, In: ofRoom, Joint: vec{0, -1, 0.6}, Point: vec{0, 0, -1}})
	p.Neck = bend{Pitch: -6}
	return p
}

// lying is on its back, the head toward -Z, knees bent.
func lying() pose {
	p := pose{Pelvis: vec{0, 10, 0}, Lean: bend{Pitch: -90}}
	p.hands(reach{At: vec{31, 3, -2}, In: ofRoom, Joint: vec{1, 0, 0}, Point: vec{0, 0, 1}})
	p.feet(reach{At: vec{10, ankleHigh, 42}, In: ofRoom, Joint: vec{0, 1, 0}, Point: vec{0, 0, 1}})
	return p
}

// halfKneeling has the left foot in front.
func halfKneeling() pose {
	p := pose{Pelvis: vec{0, 47, 0}}
	p.hands(reach{At: vec{5, -53, 3}, Joint: vec{0.5, 0, -1}})
	p.FootL = reach{At: vec{10, ankleHigh, 40}, In: ofRoom, Joint: vec{0.1, 1, 1}, Point: vec{0, 0, 1}}
	p.FootR = reach{At: vec{-9, 4, -40}, In: ofRoom, Joint: vec{0, -1, 1}, Point: vec{0, 0, -1}}
	return p
}
