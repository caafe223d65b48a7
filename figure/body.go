package figure

// body is the mannequin, some 640 high, its middle at x 0 and its crown at y 0.
func body() []shape {
	return append(mirrored(
		shape{Limb: []ball{{0, 36, 31}, {0, 54, 26}}},                                   // head
		shape{Limb: []ball{{0, 70, 17}, {0, 112, 20}}},                                  // neck
		shape{Limb: []ball{{72, 143, 19}, {91, 224, 16}, {98, 252, 15}, {115, 342, 9}}}, // arm
		shape{Limb: []ball{{115, 342, 9}, {121, 366, 14}, {126, 398, 8}}},               // hand
		shape{Limb: []ball{{116, 354, 7}, {107, 382, 5}}},                               // thumb
		shape{Limb: []ball{{38, 350, 37}, {40, 410, 32}, {41, 484, 21}}},                // thigh
		shape{Limb: []ball{{41, 484, 21}, {43, 522, 22}, {40, 604, 11}}},                // shin
		shape{Limb: []ball{{40, 606, 12}, {48, 630, 11}, {56, 634, 9}}},                 // foot
	), shape{Curve: []point{ // trunk
		{13, 92}, {28, 110}, {66, 121}, {87, 142}, {72, 182}, {66, 220}, {58, 268}, {66, 312}, {74, 350}, {40, 384},
		{-40, 384}, {-74, 350}, {-66, 312}, {-58, 268}, {-66, 220}, {-72, 182}, {-87, 142}, {-66, 121}, {-28, 110}, {-13, 92},
	}})
}

// The nine areas, in the order of the legend, on both sides of the mannequin.
var (
	bodyFront = []zone{
		{Line: 8, Shapes: mirrored(shape{Limb: []ball{{46, 398, 42}, {44, 440, 34}}}), Badges: []point{{-42, 420}}},
		{Line: 7, Shapes: mirrored(shape{Limb: []ball{{74, 330, 22}, {70, 356, 24}}}), Badges: []point{{-62, 344}}},
		{Line: 9, Shapes: mirrored(shape{Limb: []ball{{42, 494, 32}, {48, 640, 40}}}), Badges: []point{{-42, 540}}},
		{Line: 5, Shapes: mirrored(shape{Limb: []ball{{48, 200, 18}, {46, 236, 18}}}), Badges: []point{{-47, 218}}},
		{Line: 2, Shapes: mirrored(shape{Limb: []ball{{78, 130, 40}, {84, 160, 30}}}), Badges: []point{{-76, 140}}},
		{Line: 1, Shapes: []shape{{Limb: []ball{{0, 88, 24}, {0, 104, 26}}}}, Badges: []point{{0, 102}}},
		{Line: 3, Shapes: mirrored(shape{Limb: []ball{{95, 236, 24}, {100, 262, 24}}}), Badges: []point{{-98, 250}}},
		{Line: 4, Shapes: mirrored(shape{Limb: []ball{{114, 346, 22}, {124, 400, 30}}}), Badges: []point{{-120, 368}}},
	}
	bodyBack = []zone{
		{Line: 8, Shapes: mirrored(shape{Limb: []ball{{44, 404, 40}, {42, 440, 34}}}), Badges: []point{{42, 428}}},
		{Line: 7, Shapes: mirrored(shape{Limb: []ball{{34, 346, 42}, {46, 346, 42}}}), Badges: []point{{36, 350}}},
		{Line: 9, Shapes: mirrored(shape{Limb: []ball{{42, 494, 32}, {48, 640, 40}}}), Badges: []point{{42, 540}}},
		{Line: 6, Shapes: []shape{{Limb: []ball{{-44, 274, 34}, {44, 274, 34}}}}, Badges: []point{{0, 276}}},
		{Line: 5, Shapes: []shape{{Limb: []ball{{-36, 211, 30}, {36, 211, 30}}}}, Badges: []point{{0, 210}}},
		{Line: 2, Shapes: []shape{{Limb: []ball{{-78, 144, 36}, {78, 144, 36}}}}, Badges: []point{{0, 150}}},
		{Line: 1, Shapes: []shape{{Limb: []ball{{0, 88, 24}, {0, 104, 26}}}}, Badges: []point{{0, 100}}},
		{Line: 3, Shapes: mirrored(shape{Limb: []ball{{95, 236, 24}, {100, 262, 24}}}), Badges: []point{{98, 250}}},
		{Line: 4, Shapes: mirrored(shape{Limb: []ball{{114, 346, 22}, {124, 400, 30}}}), Badges: []point{{120, 368}}},
	}
)

// bodyMap is front and back of the mannequin.
func bodyMap() drawing {
	return drawing{Height: 970, Legend: 762, Columns: 2, Views: [2]view{
		{Place: at(230, 72, 1), Body: body(), Zones: bodyFront},
		{Place: at(570, 72, 1), Body: body(), Zones: bodyBack},
	}}
}
