package figure

// holdPlans are stretches that are held, standing or on the floor.
func holdPlans() []plan {
	stand := standing()
	return []plan{
		{id: "doorway-chest-stretch", frames: []frameOf{
			{from: fromFrontRight, props: []prop{doorFrame()}, pose: stand.with(func(p *pose) {
				p.HandL = reach{At: vec{40, 146, 4}, In: ofRoom, Joint: vec{1, -1, 0}, Point: vec{0, 1, 0}}
			})},
			{from: fromFrontRight, props: []prop{doorFrame()}, pose: stand.with(func(p *pose) {
				p.Pelvis.Z, p.Up.Turn = 18, -14
				p.HandL = reach{At: vec{40, 148, 4}, In: ofRoom, Joint: vec{1, -0.8, -0.4}, Point: vec{0, 1, 0}}
				p.FootR = reach{At: vec{-10, ankleHigh, 34}, In: ofRoom, Point: vec{0, 0, 1}}
				p.FootL = reach{At: vec{10, ankleHigh, 2}, In: ofRoom, Point: vec{0.1, 0, 1}}
			}), zones: []zoneOf{{"chest", left}}, arrows: []arrow{{"pelvis", point{20, 0}, point{46, 4}, 0}}},
		}},
		{id: "cross-body-stretch", frames: []frameOf{
			{from: fromFront, crop: bust(), pose: stand},
			{from: fromFront, crop: bust(), pose: stand.with(func(p *pose) {
				p.HandL = reach{At: vec{-45, -3, 20}, Joint: vec{0, -0.6, 1}, Lift: 4}
				p.HandR = reach{At: vec{17, -10, 25}, Joint: vec{-0.5, -1, 0.3}, Point: vec{0.4, 0.9, -0.4}, Lift: 20}
			}), zones: []zoneOf{{"rear", left}}, arrows: []arrow{{"elbowL", point{12, 14}, point{-14, 14}, 0}}},
		}},
		{id: "desk-lat-stretch", frames: []frameOf{
			{from: fromLeft, props: []prop{desk(38)}, pose: stand.with(func(p *pose) {
				p.Lean.Pitch, p.Pelvis.Z = 30, -8
				p.hands(reach{At: vec{17, 80, 42}, In: ofRoom, Joint: vec{0.3, -1, -1}, Point: vec{0, 0, 1}})
			})},
			{from: fromLeft, props: []prop{desk(38)}, pose: stand.with(func(p *pose) {
				p.Pelvis, p.Lean, p.Up, p.Neck = vec{0, 86, -53}, bend{Pitch: 86}, bend{Pitch: -4}, bend{Pitch: -2}
				p.hands(reach{At: vec{17, 79, 44}, In: ofRoom, Joint: vec{0.3, -1, 0}, Point: vec{0, 0, 1}})
				p.feet(reach{At: vec{11, ankleHigh, -48}, In: ofRoom, Point: vec{0.1, 0, 1}})
			}), zones: []zoneOf{{"side", left}}, arrows: []arrow{{"pelvis", point{-8, -22}, point{20, -18}, 0}}},
		}},
		{id: "upper-back-hug", frames: []frameOf{
			{from: fromFront, crop: bust(), pose: hug()},
			{from: fromBack, crop: bust(), pose: hug().with(func(p *pose) { p.Neck.Pitch, p.Nod.Pitch = 16, 14 }),
				zones: []zoneOf{{"blade", left}, {"blade", right}}, arrows: []arrow{{"chest", point{9, 24}, point{27, 24}, 0}, {"chest", point{-9, 24}, point{-27, 24}, 0}}},
		}},
		{id: "triceps-stretch", frames: []frameOf{
			{from: fromFront, crop: bust(), pose: armUp()},
			{from: fromBack, crop: bust(), pose: armUp(), zones: []zoneOf{{"triceps", left}}},
		}},
		{id: "side-stretch", frames: []frameOf{
			{from: fromFront, pose: stand.with(func(p *pose) { p.HandR = onHip(); p.HandL = reach{At: vec{2, 54, 2}, Joint: vec{1, 0, 0}} })},
			{from: fromFront, pose: overSide(stand).with(func(p *pose) { p.HandR = onHip() }),
				zones: []zoneOf{{"side", left}}, arrows: []arrow{{"head", point{30, -42}, point{-34, -24}, 14}}},
		}},
		{id: "reach-and-round", frames: []frameOf{
			{from: fromLeft, crop: bust(), pose: stand.with(func(p *pose) { p.hands(reach{At: vec{-14, -4, 50}, Joint: vec{0.6, -0.4, 0}}) })},
			{from: fromLeft, crop: bust(), pose: stand.with(func(p *pose) {
				p.Up.Pitch, p.Low.Pitch, p.Neck.Pitch, p.Nod.Pitch = 34, -4, 14, 10
				p.shoulders(vec{0, 0, 7})
				p.hands(reach{At: vec{-14, 14, 50}, Joint: vec{0.6, -0.4, 0}})
			}), zones: []zoneOf{{"back", left}}, arrows: []arrow{{"chest", point{14, 12}, point{34, 2}, 0}}},
		}},
		{id: "chest-opener", frames: []frameOf{
			{from: fromBackLeft, crop: bust(), pose: handsBehind()},
			{from: fromFrontLeft, crop: bust(), pose: handsBehind().with(func(p *pose) {
				p.shoulders(vec{0, -1, -6})
				p.Up.Pitch = -6
				p.hands(reach{At: vec{-13, -44, -24}, Joint: vec{1, 0, -0.4}})
			}), zones: []zoneOf{{"chest", left}, {"chest", right}}, arrows: []arrow{{"shoulderL", point{-6, -10}, point{20, -6}, -3}}},
		}},
		{id: "hip-flexor-stretch", frames: []frameOf{
			{from: fromLeft, props: []prop{mat(-66, 66)}, pose: halfKneeling().flipped()},
			{from: fromLeft, props: []prop{mat(-66, 66)}, pose: halfKneeling().flipped().with(func(p *pose) {
				p.Pelvis = vec{0, 42, 18}
				p.Lean.Pitch = -4
				p.HandL = reach{At: vec{-7, 56, 46}, In: ofRoom, Joint: vec{1, -0.5, -1}, Point: vec{0, -0.3, 1}}
				p.HandR = reach{At: vec{-11, 56, 44}, In: ofRoom, Joint: vec{-1, -0.5, -1}, Point: vec{0, -0.3, 1}}
			}), zones: []zoneOf{{"hip", left}}, arrows: []arrow{{"pelvis", point{30, -4}, point{4, -4}, 0}}},
		}},
		{id: "lying-twist", frames: []frameOf{
			{from: overHead, props: []prop{mat(-84, 74)}, pose: lying().with(armsWide)},
			{from: overHead, props: []prop{mat(-84, 74)}, pose: lying().with(armsWide).with(func(p *pose) {
				p.Roll, p.Up.Turn, p.Low.Turn, p.Neck.Turn = -64, 40, 24, 20
				p.Pelvis.X = 4
				p.FootL = reach{At: vec{-20, 20, 40}, In: ofRoom, Joint: vec{-1, 0, -0.4}, Point: vec{-1, 0, 0.3}}
				p.FootR = reach{At: vec{-22, 6, 44}, In: ofRoom, Joint: vec{-1, 0, -0.4}, Point: vec{-1, 0, 0.3}}
			}), zones: []zoneOf{{"side", left}}, arrows: []arrow{{"kneeL", point{44, -14}, point{8, -12}, 4}}},
		}},
	}
}

func armsWide(p *pose) { p.hands(reach{At: vec{48, 4, -2}, Joint: vec{0, -1, -0.2}}) }

func onHip() reach {
	return reach{At: vec{2, -40, 8}, Joint: vec{-1, 0, -0.3}, Point: vec{0.6, -0.5, 0.5}}
}

func hug() pose {
	return standing().with(func(p *pose) {
		p.HandL = reach{At: vec{-33, 1, 9}, Joint: vec{0.4, -0.8, 1}, Point: vec{-0.35, 0.2, -1}, Lift: 4}
		p.HandR = reach{At: vec{33, -1, 11}, Joint: vec{-0.4, -0.8, 1}, Point: vec{0.35, 0.2, -1}, Lift: 10}
		p.shoulders(vec{1, 0, 5})
	})
}

func armUp() pose {
	return standing().with(func(p *pose) {
		p.HandL = reach{At: vec{3, -12, -12}, In: ofHead, Joint: vec{0.25, 1, 0.1}, Point: vec{-0.3, -1, 0}, Lift: -9}
		p.HandR = reach{At: vec{2, 15, -4}, In: ofHead, Joint: vec{-1, 0.5, 0}, Point: vec{1, 0, 0}}
	})
}

func handsBehind() pose {
	return standing().with(func(p *pose) { p.hands(reach{At: vec{-14, -46, -12}, Joint: vec{1, 0, -0.4}}) })
}

// doorFrame is a doorway that the body stands in, its edge a forearm's reach to
// the left.
func doorFrame() prop {
	return prop{boxes: []box{
		{vec{44, 0, -8}, vec{52, 190, 4}, wood, -40},
		{vec{-62, 0, -8}, vec{-54, 190, 4}, wood, -40},
		{vec{-62, 190, -8}, vec{52, 198, 4}, wood, -40},
	}}
}
