package figure

import "slices"

// leg is a right leg seen from the front, its outer side at the left, with the
// half of the pelvis.
var leg = []shape{
	{Limb: []ball{{0, 40, 72}, {8, 180, 58}, {14, 300, 44}}},
	{Limb: []ball{{14, 300, 44}, {14, 376, 46}, {16, 530, 22}}},
	{Limb: []ball{{16, 536, 24}, {6, 590, 30}, {-4, 606, 28}}},
	{Curve: []point{{-68, 10}, {-52, -60}, {-40, -110}, {20, -122}, {104, -118}, {108, -20}, {104, 60}, {68, 96}, {0, 60}}},
}

// toes show from the front.
var toes = []shape{
	{Limb: []ball{{14, 616, 12}, {16, 634, 10}}},
	{Limb: []ball{{-2, 622, 8}, {-3, 638, 7}}},
	{Limb: []ball{{-15, 620, 8}, {-17, 634, 6.5}}},
	{Limb: []ball{{-26, 614, 7}, {-29, 626, 6}}},
}

// The lines of the leg: 1 outer thigh, 2 front of the thigh to the knee,
// 3 inner knee and calf, 4 outer shin, top of the foot and big toe, 5 buttock,
// back of thigh and calf, outer foot.
var (
	outerThigh = []point{{-100, 0}, {-34, 6}, {-22, 120}, {-16, 240}, {-100, 256}}

	legFront = []zone{
		{Line: 2, Shapes: []shape{{Polygon: []point{{-31, 30}, {30, 44}, {110, 96}, {90, 312}, {18, 332}, {-100, 320}, {-100, 256}, {-16, 240}, {-22, 120}}}}, Badges: []point{{24, 180}}},
		{Line: 1, Shapes: []shape{{Polygon: outerThigh}}, Badges: []point{{-44, 110}}},
		{Line: 4, Shapes: []shape{{Polygon: []point{{-100, 320}, {18, 332}, {20, 420}, {16, 560}, {80, 560}, {80, 660}, {-26, 660}, {-20, 570}, {-100, 560}}}}, Badges: []point{{-8, 410}, {4, 596}}},
		{Line: 3, Shapes: []shape{{Polygon: []point{{18, 332}, {20, 420}, {16, 560}, {90, 560}, {90, 312}}}}, Badges: []point{{38, 390}}},
		{Line: 5, Shapes: []shape{{Polygon: []point{{-20, 566}, {-26, 660}, {-60, 660}, {-60, 556}}}}},
	}
	legBack = []zone{
		{Line: 1, Shapes: []shape{{Polygon: outerThigh}}, Badges: []point{{-44, 110}}},
		{Line: 4, Shapes: []shape{{Polygon: []point{{-100, 320}, {-8, 330}, {-6, 430}, {6, 540}, {-100, 570}}}}, Badges: []point{{-22, 390}}},
		{Line: 3, Shapes: []shape{{Polygon: []point{{38, 320}, {34, 430}, {26, 560}, {90, 560}, {90, 310}}}}, Badges: []point{{46, 400}}},
		{Line: 5, Shapes: []shape{
			{Limb: []ball{{40, 8, 50}, {24, 40, 50}}},
			{Polygon: []point{{-22, 64}, {62, 64}, {52, 200}, {38, 320}, {34, 430}, {26, 560}, {80, 560}, {80, 660}, {-60, 660}, {-60, 560}, {6, 540}, {-6, 430}, {-8, 330}, {-16, 240}, {-22, 120}}},
		}, Badges: []point{{18, 180}, {14, 470}}},
	}
)

// legMap is a right leg from front and back.
func legMap() drawing {
	front := at(196, 180, 0.9)
	return drawing{Height: 1000, Legend: 796, Columns: 1, Views: [2]view{
		{Place: front, Body: append(slices.Clone(leg), toes...), Zones: legFront},
		{Place: placement{X: 604, Y: front.Y, ScaleX: -front.ScaleX, ScaleY: front.ScaleY}, Body: leg, Zones: legBack},
	}}
}
