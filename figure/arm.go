package figure

import "math"

// arm is a right arm that hangs, the palm to the front, seen from the front:
// its outer side at the left. Beside it stands the half of the trunk.
func arm() []shape {
	return append([]shape{
		{Limb: []ball{{0, 26, 56}, {8, 190, 47}, {14, 268, 39}}},
		{Limb: []ball{{14, 268, 39}, {10, 316, 42}, {-2, 440, 28}}},
		{Curve: []point{{-10, -28}, {64, -46}, {104, -66}, {112, -120}, {168, -122}, {172, 20}, {170, 200}, {100, 204}, {84, 130}, {50, 60}}},
	}, movedAll(hand, placement{X: -2, Y: 462, ScaleX: 0.74, ScaleY: 0.74, Turn: math.Pi})...)
}

// The lines of the arm: 1 outer upper arm, 2 outer forearm, thumb and index
// finger, 3 back of the arm and middle finger, 4 inner forearm, ring and little
// finger, 5 the inner side at the elbow.
var (
	outerArm    = []point{{-90, -40}, {-8, -50}, {-6, 120}, {-2, 222}, {-90, 226}}
	outerFore   = []point{{-90, 226}, {-2, 222}, {4, 330}, {-6, 480}, {-25, 556}, {-25, 700}, {-140, 700}}
	middle      = []point{{-6, 510}, {-25, 556}, {-25, 700}, {1, 700}, {1, 556}}
	innerFore   = []point{{8, 308}, {4, 400}, {-6, 510}, {1, 556}, {1, 700}, {90, 700}, {70, 312}}
	innerElbow  = []point{{24, 150}, {66, 150}, {68, 300}, {30, 306}, {22, 250}}
	backOfArm   = []ball{{2, 120, 15}, {6, 268, 15}, {4, 340, 15}, {-3, 500, 12}, {-11, 560, 6}}
	shoulderTop = []ball{{10, -18, 24}, {66, -24, 20}}
	bladeEdge   = []ball{{146, 40, 20}, {146, 110, 20}}

	armFront = []zone{
		{Line: 1, Shapes: []shape{{Polygon: outerArm}}, Badges: []point{{-30, 100}}},
		{Line: 2, Shapes: []shape{{Polygon: outerFore}}, Badges: []point{{-14, 330}}},
		{Line: 4, Shapes: []shape{{Polygon: innerFore}}, Badges: []point{{24, 400}}},
		{Line: 3, Shapes: []shape{{Polygon: middle}}, Badges: []point{{-12, 600}}},
		{Line: 5, Shapes: []shape{{Polygon: innerElbow}}, Badges: []point{{44, 224}}},
	}
	armBack = []zone{
		{Line: 1, Shapes: []shape{{Polygon: outerArm}, {Limb: shoulderTop}}, Badges: []point{{-34, 90}}},
		{Line: 2, Shapes: []shape{{Polygon: outerFore}}, Badges: []point{{-24, 480}}},
		{Line: 4, Shapes: []shape{{Polygon: innerFore}}, Badges: []point{{26, 500}}},
		{Line: 5, Shapes: []shape{{Polygon: innerElbow}}, Badges: []point{{44, 224}}},
		{Line: 3, Shapes: []shape{{Polygon: middle}, {Limb: backOfArm}, {Limb: bladeEdge}}, Badges: []point{{5, 300}, {146, 75}}},
	}
)

// armMap is a right arm from front and back.
func armMap() drawing {
	front := at(180, 174, 0.84)
	return drawing{Height: 990, Legend: 786, Columns: 1, Views: [2]view{
		{Place: front, Body: arm(), Zones: armFront},
		{Place: placement{X: 620, Y: front.Y, ScaleX: -front.ScaleX, ScaleY: front.ScaleY}, Body: arm(), Zones: armBack},
	}}
}
