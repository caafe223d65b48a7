package figure

// floorPlans are the drills on the floor.
func floorPlans() []plan {
	return []plan{
		{id: "cat-cow", frames: []frameOf{
			{from: fromLeft, props: []prop{mat(-86, 44)}, pose: allFours().with(func(p *pose) {
				p.Lean.Pitch, p.Low.Pitch, p.Up.Pitch, p.Neck.Pitch = 36, 22, 44, 12
				p.shoulders(vec{0, 0, 4})
			}), zones: []zoneOf{{"back", left}}, arrows: []arrow{{"chest", point{24, -4}, point{24, -26}, 0}}},
			{from: fromLeft, props: []prop{mat(-86, 44)}, pose: allFours().with(func(p *pose) {
				p.Lean.Pitch, p.Low.Pitch, p.Up.Pitch, p.Neck.Pitch = 118, -30, -26, -6
				p.shoulders(vec{0, 0, -3})
			}), arrows: []arrow{{"chest", point{24, -30}, point{24, -6}, 0}}},
		}},
		{id: "thread-the-needle", frames: []frameOf{
			{from: fromFrontRight, props: []prop{mat(-86, 62)}, pose: needle(), arrows: []arrow{{"handL", point{14, -12}, point{-14, -12}, 0}}},
			{from: fromFrontRight, props: []prop{mat(-86, 62)}, pose: allFours().with(func(p *pose) {
				p.HandL = reach{At: vec{8, -3, -11}, In: ofHead, Joint: vec{1, 0, -0.6}, Point: vec{-1, 0.2, 0}}
				p.Up.Turn, p.Neck.Turn = 40, 10
			}), arrows: []arrow{{"elbowL", point{-20, 26}, point{2, -10}, 0}}},
		}},
		{id: "thread-the-needle-hold", frames: []frameOf{
			{from: fromFrontRight, props: []prop{mat(-86, 62)}, pose: allFours()},
			{from: fromFrontRight, props: []prop{mat(-86, 62)}, pose: needle(), zones: []zoneOf{{"blade", left}, {"rear", left}}},
		}},
		{id: "childs-pose-side-reach", frames: []frameOf{
			{from: fromLeft, props: []prop{mat(-84, 72)}, pose: child()},
			{from: fromAbove, props: []prop{mat(-84, 72)}, pose: child().with(func(p *pose) {
				p.Low.Side, p.Up.Side = -14, -16
				p.HandL = reach{At: vec{-16, 4, 47}, In: ofRoom, Joint: vec{1, 0.3, 0}, Point: vec{-0.4, 0, 1}}
				p.HandR = reach{At: vec{-38, 4, 31}, In: ofRoom, Joint: vec{-1, 0.3, 0}, Point: vec{-0.4, 0, 1}}
			}), zones: []zoneOf{{"side", left}}, arrows: []arrow{{"head", point{0, -44}, point{34, -36}, -4}}},
		}},
		{id: "open-book", frames: []frameOf{
			{from: overHead, props: []prop{mat(-84, 74), pillow(vec{0, 6, -64})}, pose: onSide()},
			{from: overHead, props: []prop{mat(-84, 74), pillow(vec{0, 6, -64})}, pose: onSide().with(func(p *pose) {
				p.Up.Turn, p.Low.Turn, p.Neck.Turn = 50, 14, 10
				p.HandL = reach{At: vec{50, 2, -10}, Joint: vec{0, -1, 0}}
			}), zones: []zoneOf{{"chest", left}}, arrows: []arrow{{"chest", point{-34, -26}, point{40, -22}, -14}}},
		}},
		{id: "lying-nod", frames: []frameOf{
			{from: fromLeft, crop: crop{left: 8}, props: []prop{mat(-90, 60), towelAt(vec{0, 2.5, -69})}, pose: lying().with(func(p *pose) { p.Pelvis.Y = 9; p.Neck.Pitch, p.Nod.Pitch = 14, -16 })},
			{from: fromLeft, crop: crop{left: 8}, props: []prop{mat(-90, 60), towelAt(vec{0, 2.5, -69})}, pose: lying().with(func(p *pose) { p.Pelvis.Y = 9; p.Neck.Pitch, p.Nod.Pitch = 14, 8 }),
				zones: []zoneOf{{"nape", left}}, arrows: []arrow{{"head", point{8, -20}, point{-20, -14}, 4}}},
		}},
		{id: "foam-roller-lean", column: true, frames: []frameOf{
			{from: fromLeft, props: []prop{mat(-90, 66), roller(-28)}, pose: onRoller().with(func(p *pose) { p.Up.Pitch, p.Neck.Pitch = 18, 8 })},
			{from: fromLeft, props: []prop{mat(-90, 66), roller(-28)}, pose: onRoller().with(func(p *pose) { p.Up.Pitch, p.Neck.Pitch = -30, 0 }),
				zones: []zoneOf{{"back", left}}, arrows: []arrow{{"head", point{6, -34}, point{22, -8}, -6}}},
		}},
		{id: "bird-dog", frames: []frameOf{
			{from: fromLeft, props: []prop{mat(-92, 66)}, pose: allFours()},
			{from: fromLeft, props: []prop{mat(-92, 66)}, pose: allFours().with(func(p *pose) {
				p.HandL = reach{At: vec{14, 58, 76}, In: ofRoom, Joint: vec{0.5, -1, 0}}
				p.FootR = reach{At: vec{-9, 46, -104}, In: ofRoom, Joint: vec{0, -1, 0}, Point: vec{0, -1, -0.3}}
			}), arrows: []arrow{{"handL", point{-4, 26}, point{-8, 8}, 0}, {"footR", point{4, 30}, point{8, 12}, 0}}},
		}},
		{id: "knee-rocks", frames: []frameOf{
			{from: overHead, props: []prop{mat(-84, 66)}, pose: lying()},
			{from: overHead, props: []prop{mat(-84, 66)}, pose: rocked(), arrows: []arrow{{"kneeL", point{-16, -12}, point{14, -4}, -4}}},
			{from: overHead, props: []prop{mat(-84, 66)}, pose: rocked().flipped(), arrows: []arrow{{"kneeR", point{16, -12}, point{-14, -4}, 4}}},
		}},
	}
}

// needle has the left arm threaded under the right.
func needle() pose {
	return allFours().with(func(p *pose) {
		p.Lean.Pitch, p.Low, p.Up = 100, bend{Turn: -10, Side: 4}, bend{Turn: -40, Side: 6, Pitch: 4}
		p.Neck = bend{Turn: -20, Pitch: 4}
		p.HandL = reach{At: vec{-37, 5, 14}, In: ofRoom, Joint: vec{0, -0.2, 1}, Point: vec{-1, 0, 0}, Lift: 30}
		p.HandR = reach{At: vec{-18, 4, 40}, In: ofRoom, Joint: vec{-1, 0.6, -0.4}, Point: vec{0, 0, 1}}
	})
}

// child sits back on the heels, knees wide, arms long.
func child() pose {
	p := pose{Pelvis: vec{0, 24, -50}, Lean: bend{Pitch: 74}, Low: bend{Pitch: 16}, Up: bend{Pitch: 8}, Neck: bend{Pitch: -4}}
	p.hands(reach{At: vec{17, 4, 44}, In: ofRoom, Joint: vec{1, 0.3, 0}, Point: vec{0, 0, 1}})
	p.feet(reach{At: vec{10, 4, -56}, In: ofRoom, Joint: vec{0.75, 0.05, 1}, Point: vec{-0.2, 0, -1}})
	return p
}

// onSide lies on the right side, the left one up, knees bent.
func onSide() pose {
	p := pose{Pelvis: vec{4, 19, 0}, Lean: bend{Pitch: -90}, Roll: -90}
	p.HandL = reach{At: vec{-4, -2, 53}, Joint: vec{0, -1, 0.2}, Lift: 30}
	p.HandR = reach{At: vec{6, 2, 53}, Joint: vec{0, -1, 0.1}}
	p.FootL = reach{At: vec{-16, 24, 44}, In: ofRoom, Joint: vec{-1, 0, -0.4}, Point: vec{-1, 0, 0.3}}
	p.FootR = reach{At: vec{-18, 6, 46}, In: ofRoom, Joint: vec{-1, 0, -0.4}, Point: vec{-1, 0, 0.3}}
	return p
}

// onRoller has its hands behind the head and a roller below the mid-back.
func onRoller() pose {
	p := lying()
	p.Pelvis, p.Lean, p.Low = vec{0, 12, 4}, bend{Pitch: -66}, bend{Pitch: -4}
	p.HandL, p.HandR = handBehindHead(), handBehindHead().flipped()
	return p
}

// rocked has both knees toward the left.
func rocked() pose {
	return lying().with(func(p *pose) {
		p.Lean.Side, p.Roll = 0, 14
		p.Low.Turn = -14
		p.FootL.Joint, p.FootR.Joint = vec{1, 0.9, 0}, vec{1, 0.9, 0}
	})
}

func pillow(at vec) prop {
	return prop{rolls: []roll{{at.plus(vec{-18, 0, 0}), at.plus(vec{18, 0, 0}), 9, "#F7F3EA", -60}}}
}

func towelAt(at vec) prop {
	return prop{boxes: []box{{at.plus(vec{-16, -2.5, -12}), at.plus(vec{16, 2.5, 12}), cloth, -40}}}
}

func roller(z float64) prop {
	return prop{rolls: []roll{{vec{-7, 7.5, z}, vec{7, 7.5, z}, 7.5, foam, -30}}}
}
