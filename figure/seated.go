package figure

// sitBust crops a body on a chair at the seat.
func sitBust() crop { return crop{bottom: -44} }

// holdsSeat has the left hand at the seat's edge, the right one on the thigh.
func holdsSeat() pose {
	return sitting().with(func(p *pose) {
		p.HandL = reach{At: vec{22, 50, 0}, In: ofRoom, Joint: vec{0.6, 0, -1}, Point: vec{-0.1, -1, 0.1}}
	})
}

// seatedPlans are the drills on a chair.
func seatedPlans() []plan {
	seat := []prop{chair()}
	return []plan{
		{id: "breathing-reset", frames: []frameOf{
			{from: fromFront, crop: sitBust(), props: seat, pose: handOnRibs(),
				arrows: []arrow{{"chest", point{18, 26}, point{36, 24}, 0}, {"chest", point{-18, 26}, point{-36, 24}, 0}}},
			{from: fromFront, crop: sitBust(), props: seat, pose: handOnRibs().with(func(p *pose) { p.shoulders(vec{0, -3, 0}) }),
				arrows: []arrow{{"shoulderL", point{12, -18}, point{13, -4}, 0}, {"shoulderR", point{-12, -18}, point{-13, -4}, 0}}},
		}},
		{id: "seated-turn", frames: []frameOf{
			{from: fromFront, props: seat, pose: sitting().with(crossed)},
			{from: fromFront, props: seat, pose: sitting().with(crossed).with(func(p *pose) { p.Up.Turn, p.Low.Turn = 42, 8 }),
				arrows: []arrow{{"chest", point{-28, 6}, point{26, 4}, 16}}},
			{from: fromFront, props: seat, pose: sitting().with(crossed).with(func(p *pose) { p.Up.Turn, p.Low.Turn = -42, -8 }),
				arrows: []arrow{{"chest", point{28, 6}, point{-26, 4}, -16}}},
		}},
		{id: "side-neck-stretch", frames: []frameOf{
			{from: fromFront, props: seat, pose: holdsSeat()},
			{from: fromFront, props: seat, pose: holdsSeat().with(func(p *pose) { p.Neck.Side, p.Nod.Side = -26, -14 }),
				zones: []zoneOf{{"neck", left}}, arrows: []arrow{{"head", point{10, -18}, point{-18, -6}, 6}}},
		}},
		{id: "nose-to-armpit", frames: []frameOf{
			{from: fromFront, crop: sitBust(), props: seat, pose: sitting().with(func(p *pose) { p.Neck.Turn, p.Nod.Turn = -30, -12 }),
				arrows: []arrow{{"head", point{10, -17}, point{-14, -14}, 3}}},
			{from: fromFront, crop: sitBust(), props: seat, pose: noseDown(),
				arrows: []arrow{{"head", point{-17, -4}, point{-16, 20}, 6}}},
			{from: fromBack, crop: sitBust(), pose: noseDown(), zones: []zoneOf{{"nape", left}}},
		}},
		{id: "front-side-neck-stretch", frames: []frameOf{
			{from: fromFront, props: seat, pose: holdsSeat()},
			{from: fromFront, props: seat, pose: holdsSeat().with(func(p *pose) {
				p.Neck, p.Nod = bend{Pitch: -8, Side: -22}, bend{Pitch: -10, Side: -12}
			}), zones: []zoneOf{{"throat", left}}, arrows: []arrow{{"head", point{10, -18}, point{-18, -6}, 6}}},
		}},
		{id: "seated-cat-cow", frames: []frameOf{
			{from: fromLeft, props: seat, pose: sitting().with(func(p *pose) {
				p.Lean.Pitch, p.Low.Pitch, p.Up.Pitch, p.Neck.Pitch = -14, 22, 36, 10
				p.shoulders(vec{0, 0, 5})
				p.hands(reach{At: vec{11, 59, 24}, In: ofRoom, Joint: vec{1, 0, -1}, Point: vec{0, -0.3, 1}})
			}), zones: []zoneOf{{"back", left}}, arrows: []arrow{{"chest", point{0, 16}, point{22, 6}, 0}}},
			{from: fromLeft, props: seat, pose: sitting().with(func(p *pose) {
				p.Lean.Pitch, p.Low.Pitch, p.Up.Pitch, p.Neck.Pitch = 12, -10, -20, 0
				p.shoulders(vec{0, 0, -4})
			}), arrows: []arrow{{"chest", point{-14, 12}, point{-28, -8}, 0}}},
		}},
		{id: "seated-side-bend", frames: []frameOf{
			{from: fromFront, props: seat, pose: sitting().with(crossed)},
			{from: fromFront, props: seat, pose: sitting().with(crossed).with(func(p *pose) { p.Low.Side, p.Up.Side = 12, 18 }),
				zones: []zoneOf{{"side", right}}, arrows: []arrow{{"head", point{-12, -18}, point{22, -8}, -6}}},
			{from: fromFront, props: seat, pose: sitting().with(crossed).with(func(p *pose) { p.Low.Side, p.Up.Side = -12, -18 }),
				zones: []zoneOf{{"side", left}}, arrows: []arrow{{"head", point{12, -18}, point{-22, -8}, 6}}},
		}},
	}
}

func noseDown() pose {
	return sitting().with(func(p *pose) {
		p.Neck, p.Nod = bend{Pitch: 22, Turn: -30}, bend{Pitch: 18, Turn: -12}
	})
}

func handOnRibs() pose {
	return sitting().with(func(p *pose) {
		p.HandL = reach{At: vec{-17, -17, 14}, Joint: vec{1, -0.4, -0.2}, Point: vec{-1, -0.1, 0.1}, Lift: 6}
	})
}
