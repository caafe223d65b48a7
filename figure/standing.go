package figure

// bust crops a standing body at the hips.
func bust() crop { return crop{bottom: -82} }

// elbowsIn bends both elbows at the sides.
func elbowsIn(p *pose) { p.hands(reach{At: vec{1, -28, 24}, Joint: vec{0.2, 0, -1}}) }

// crossed crosses the arms on the chest.
func crossed(p *pose) {
	p.HandL = reach{At: vec{-26, -6, 13}, Joint: vec{0.6, -1, 0.5}, Lift: 4}
	p.HandR = reach{At: vec{26, -6, 15}, Joint: vec{-0.6, -1, 0.5}, Lift: 8}
}

// handBehindHead is the left one.
func handBehindHead() reach {
	return reach{At: vec{8, -3, -11}, In: ofHead, Joint: vec{1, 0.25, 0.1}, Point: vec{-1, 0.3, -0.2}}
}

// standingPlans are the movements of a body that stands.
func standingPlans() []plan {
	stand := standing()
	return []plan{
		{id: "shoulder-rolls", frames: []frameOf{
			{from: fromFront, crop: bust(), pose: stand.with(func(p *pose) { p.shoulders(vec{0, 6, 1}) }),
				arrows: []arrow{{"shoulderL", point{15, 8}, point{15, -12}, 0}, {"shoulderR", point{-15, 8}, point{-15, -12}, 0}}},
			{from: fromLeft, crop: bust(), pose: stand.with(func(p *pose) { p.shoulders(vec{0, 1, -6}) }),
				arrows: []arrow{round("shoulderL", 0, 3, 12)}},
		}},
		{id: "shoulder-blade-squeeze", frames: []frameOf{
			{from: fromBack, crop: bust(), pose: stand.with(elbowsIn)},
			{from: fromBack, crop: bust(), pose: stand.with(elbowsIn).with(func(p *pose) { p.shoulders(vec{-4, -1, -7}) }),
				zones:  []zoneOf{{"blade", left}, {"blade", right}},
				arrows: []arrow{{"shoulderL", point{-17, 8}, point{6, 12}, 0}, {"shoulderR", point{17, 8}, point{-6, 12}, 0}}},
		}},
		{id: "neck-turns", frames: []frameOf{
			{from: fromFront, crop: bust(), pose: stand},
			{from: fromFront, crop: bust(), pose: stand.with(func(p *pose) { p.Neck.Turn, p.Nod.Turn = 40, 20 }),
				arrows: []arrow{{"head", point{-9, -17}, point{14, -14}, -3}}},
			{from: fromFront, crop: bust(), pose: stand.with(func(p *pose) { p.Neck.Turn, p.Nod.Turn = -40, -20 }),
				arrows: []arrow{{"head", point{9, -17}, point{-14, -14}, 3}}},
		}},
		{id: "ear-to-shoulder", frames: []frameOf{
			{from: fromFront, crop: bust(), pose: stand},
			{from: fromFront, crop: bust(), pose: stand.with(func(p *pose) { p.Neck.Side, p.Nod.Side = 20, 12 }),
				zones: []zoneOf{{"neck", right}}, arrows: []arrow{{"head", point{-10, -16}, point{17, -8}, -5}}},
			{from: fromFront, crop: bust(), pose: stand.with(func(p *pose) { p.Neck.Side, p.Nod.Side = -20, -12 }),
				zones: []zoneOf{{"neck", left}}, arrows: []arrow{{"head", point{10, -16}, point{-17, -8}, 5}}},
		}},
		{id: "chin-tuck", frames: []frameOf{
			{from: fromLeft, crop: bust(), pose: stand.with(func(p *pose) { p.Slide, p.Neck.Pitch, p.Nod.Pitch = 3, 10, -10 })},
			{from: fromLeft, crop: bust(), pose: stand.with(func(p *pose) { p.Slide, p.Neck.Pitch, p.Nod.Pitch = -4, -2, 6 }),
				zones: []zoneOf{{"nape", left}}, arrows: []arrow{{"head", point{-38, 3}, point{-16, 3}, 0}}},
		}},
		{id: "hug-and-open", frames: []frameOf{
			{from: fromFront, crop: bust(), pose: stand.with(crossed)},
			{from: fromFront, crop: bust(), pose: stand.with(func(p *pose) {
				p.hands(reach{At: vec{48, -6, 12}, Joint: vec{0, -1, -0.6}})
			}), zones: []zoneOf{{"chest", left}, {"chest", right}},
				arrows: []arrow{{"chest", point{20, 30}, point{62, 18}, -4}, {"chest", point{-20, 30}, point{-62, 18}, 4}}},
		}},
		{id: "wall-slides", frames: []frameOf{
			{from: fromFront, props: []prop{wallAt(-13)}, pose: stand.with(func(p *pose) {
				p.hands(reach{At: vec{30, 4, -5}, Joint: vec{0.5, -1, -0.2}, Point: vec{0, 1, 0}})
			})},
			{from: fromFront, props: []prop{wallAt(-13)}, pose: stand.with(func(p *pose) {
				p.hands(reach{At: vec{22, 44, -5}, Joint: vec{1, -0.2, 0}, Point: vec{0, 1, 0}})
			}), arrows: []arrow{{"handL", point{14, 36}, point{14, 4}, 0}, {"handR", point{-14, 36}, point{-14, 4}, 0}}},
		}},
		{id: "band-pull-apart", frames: []frameOf{
			{from: fromFrontLeft, crop: bust(), props: []prop{{hands: bandColor}}, pose: stand.with(func(p *pose) {
				p.hands(reach{At: vec{-5, -4, 53}, Joint: vec{0.6, -1, 0}, Lift: 8})
			})},
			{from: fromFrontLeft, crop: bust(), props: []prop{{hands: bandColor}}, pose: stand.with(func(p *pose) {
				p.hands(reach{At: vec{49, -3, 22}, Joint: vec{0, -1, -0.5}})
				p.shoulders(vec{-1, 0, -4})
			}), arrows: []arrow{{"handL", point{-14, 18}, point{16, 22}, 0}, {"handR", point{14, 18}, point{-16, 14}, 0}}},
		}},
		{id: "shoulder-blade-push-up", frames: []frameOf{
			{from: fromLeft, props: []prop{wallSlice(50)}, pose: wallLean().with(func(p *pose) {
				p.shoulders(vec{-3, 0, -7})
				p.Pelvis.Z, p.Up.Pitch = -2.5, -10
			}), arrows: []arrow{{"chest", point{20, 14}, point{-8, 14}, 0}}},
			{from: fromLeft, props: []prop{wallSlice(50)}, pose: wallLean().with(func(p *pose) {
				p.shoulders(vec{2, 0, 6})
				p.Pelvis.Z, p.Up.Pitch, p.Low.Pitch, p.Neck.Pitch = -24, 16, 0, -8
			}), zones: []zoneOf{{"back", left}}, arrows: []arrow{{"chest", point{-2, 14}, point{28, 14}, 0}}},
		}},
		{id: "half-kneeling-turn", frames: []frameOf{
			{from: fromFrontLeft, pose: halfKneeling().with(func(p *pose) { p.HandL = handBehindHead() })},
			{from: fromFrontLeft, pose: halfKneeling().with(func(p *pose) {
				p.HandL = handBehindHead()
				p.Up, p.Low, p.Neck = bend{Pitch: -8, Turn: 42}, bend{Turn: 12}, bend{Turn: 8, Pitch: -6}
			}), arrows: []arrow{{"head", point{-20, -10}, point{20, -12}, -8}}},
		}},
		{id: "standing-cat-cow", frames: []frameOf{
			{from: fromLeft, pose: braced().with(func(p *pose) {
				p.Low.Pitch, p.Up.Pitch, p.Neck.Pitch, p.Lean.Pitch = 26, 44, 6, 18
				p.shoulders(vec{0, 0, 5})
			}), zones: []zoneOf{{"back", left}}, arrows: []arrow{{"chest", point{14, 10}, point{26, -14}, 0}}},
			{from: fromLeft, pose: braced().with(func(p *pose) {
				p.Low.Pitch, p.Up.Pitch, p.Neck.Pitch, p.Lean.Pitch = -8, -24, -10, 62
				p.shoulders(vec{0, 0, -4})
			}), arrows: []arrow{{"chest", point{-20, 10}, point{-32, -10}, 0}}},
		}},
		{id: "standing-turn", frames: []frameOf{
			{from: fromFront, pose: stand.with(crossed)},
			{from: fromFront, pose: stand.with(crossed).with(func(p *pose) { p.Up.Turn, p.Low.Turn = 40, 12 }),
				arrows: []arrow{{"chest", point{-28, 6}, point{26, 4}, 16}}},
			{from: fromFront, pose: stand.with(crossed).with(func(p *pose) { p.Up.Turn, p.Low.Turn = -40, -12 }),
				arrows: []arrow{{"chest", point{28, 6}, point{-26, 4}, -16}}},
		}},
		{id: "standing-side-reach", frames: []frameOf{
			{from: fromFront, pose: stand},
			{from: fromFront, pose: overSide(stand),
				zones: []zoneOf{{"side", left}}, arrows: []arrow{{"head", point{30, -42}, point{-34, -24}, 14}}},
			{from: fromFront, pose: overSide(stand).flipped(),
				zones: []zoneOf{{"side", right}}, arrows: []arrow{{"head", point{-30, -42}, point{34, -24}, -14}}},
		}},
		{id: "arm-circles", frames: []frameOf{
			{from: fromFront, crop: bust(), pose: stand.with(func(p *pose) { p.hands(reach{At: vec{49, -20, 4}, Joint: vec{0, -1, -0.5}}) }),
				arrows: []arrow{round("handL", 4, 0, 14), round("handR", -4, 0, -14)}},
			{from: fromFront, crop: bust(), pose: stand.with(func(p *pose) { p.hands(reach{At: vec{52, 3, -3}, Joint: vec{0, -1, -0.5}}) }),
				arrows: []arrow{round("handL", 4, 0, 14), round("handR", -4, 0, -14)}},
		}},
		{id: "elbow-circles", frames: []frameOf{
			{from: fromFront, crop: bust(), pose: stand.with(func(p *pose) {
				p.hands(reach{At: vec{4, -2, 8}, Joint: vec{0.5, -1, 0.9}, Point: vec{-0.7, 0.6, -0.5}, Lift: 6})
			})},
			{from: fromFront, crop: bust(), pose: stand.with(func(p *pose) {
				p.hands(reach{At: vec{5, 0, 6}, Joint: vec{1, 0.25, -0.1}, Point: vec{-1, 0.1, -0.4}, Lift: 6})
			}), arrows: []arrow{round("elbowL", 2, 0, 13), round("elbowR", -2, 0, -13)}},
		}},
		{id: "overhead-reach", frames: []frameOf{
			{from: fromFrontLeft, pose: stand},
			{from: fromFrontLeft, pose: stand.with(func(p *pose) {
				p.hands(reach{At: vec{5, 54, 4}, Joint: vec{0.4, 0, 1}})
				p.shoulders(vec{0, 3, 0})
			}), zones: []zoneOf{{"side", left}}, arrows: []arrow{{"chest", point{-48, 26}, point{-34, -50}, 10}}},
		}},
		{id: "y-to-w", frames: []frameOf{
			{from: fromBack, crop: bust(), pose: stand.with(func(p *pose) { p.hands(reach{At: vec{26, 47, 2}, Joint: vec{1, 0, 0}}) })},
			{from: fromBack, crop: bust(), pose: stand.with(func(p *pose) {
				p.hands(reach{At: vec{26, 4, 0}, Joint: vec{0.4, -1, -0.3}, Point: vec{0.1, 1, 0}})
				p.shoulders(vec{-3, -2, -4})
			}), zones: []zoneOf{{"blade", left}, {"blade", right}}, arrows: []arrow{{"handL", point{-10, -26}, point{-12, 10}, 0}, {"handR", point{10, -26}, point{12, 10}, 0}}},
		}},
		{id: "march-and-swing", frames: []frameOf{
			{from: fromLeft, pose: marching(), arrows: []arrow{{"kneeL", point{-12, 14}, point{-12, -12}, 0}}},
			{from: fromLeft, pose: marching().flipped(), arrows: []arrow{{"kneeR", point{-12, 14}, point{-12, -12}, 0}}},
		}},
	}
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

// overSide reaches over the head with the left arm.
func overSide(p pose) pose {
	p.Low.Side, p.Up.Side, p.Neck.Side = -12, -22, -6
	p.HandL = reach{At: vec{-12, 50, 4}, Joint: vec{1, 0.4, 0}, Point: vec{-0.7, 0.7, 0}}
	p.HandR = reach{At: vec{-8, -52, 2}, Joint: vec{-0.5, 0, -1}}
	return p
}

// marching has the left knee up and the right arm in front.
func marching() pose {
	return standing().with(func(p *pose) {
		p.FootL = reach{At: vec{10, 50, 22}, In: ofRoom, Joint: vec{0, 1, 1}, Point: vec{0, -0.3, 1}}
		p.HandR = reach{At: vec{-2, -32, 34}, Joint: vec{-0.3, -1, -0.5}}
		p.HandL = reach{At: vec{4, -38, -24}, Joint: vec{0.3, 0, -1}}
	})
}

// braced has the hands on the thighs and the knees bent.
func braced() pose {
	p := standing()
	p.Pelvis = vec{0, 80, -16}
	p.hands(reach{At: vec{13, 60, 7}, In: ofRoom, Joint: vec{0.8, 0, -1}, Point: vec{-0.2, -1, 0.5}})
	return p
}

// wallSlice is a wall before the body, seen from aside.
func wallSlice(z float64) prop {
	return prop{boxes: []box{{vec{-30, 0, z}, vec{30, 180, z + 5}, plaster, -60}}}
}

// wallLean has both hands on a wall at 50.
func wallLean() pose {
	p := standing()
	p.Pelvis, p.Lean = vec{0, 88, -10}, bend{Pitch: 9}
	p.hands(reach{At: vec{18, 128, 47}, In: ofRoom, Joint: vec{0.3, -1, 0}, Point: vec{0, 1, 0.1}})
	p.feet(reach{At: vec{10, ankleHigh, -22}, In: ofRoom, Point: vec{0.1, 0, 1}})
	return p
}
