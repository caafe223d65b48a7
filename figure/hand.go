package figure

// hand is a right hand from the palm's side, fingers up, thumb to the right,
// the wrist at 0. Seen from the back it is flipped.
var hand = []shape{
	{Curve: []point{{-36, 28}, {-41, 6}, {-51, -30}, {-61, -72}, {-62, -112}, {-36, -134}, {12, -140}, {54, -128}, {62, -84}, {52, -32}, {42, 4}, {36, 28}}},
	{Limb: []ball{{44, -112, 18}, {54, -234, 13}}},                // index
	{Limb: []ball{{14, -124, 18}, {17, -260, 13.5}}},              // middle
	{Limb: []ball{{-17, -120, 17}, {-23, -240, 13}}},              // ring
	{Limb: []ball{{-46, -106, 15}, {-62, -196, 11.5}}},            // little
	{Limb: []ball{{38, -32, 26}, {84, -88, 19}, {108, -140, 14}}}, // thumb
}

// wrist goes on below the hand where there is no arm.
var wrist = []point{{-39, 4}, {39, 4}, {36, 40}, {38, 92}, {-38, 92}, {-36, 40}}

var ringFinger = []point{{-3, -290}, {-3, -146}, {-16, -134}, {-37, -146}, {-37, -290}}

// The lines of the hand: 1 thumb, index and middle finger, 2 little finger,
// 3 the back on the thumb's side, 4 the ring finger, which 1 and 2 share.
var (
	handPalm = []zone{
		{Line: 1, Shapes: []shape{{Polygon: []point{{-16, -60}, {4, -26}, {40, -4}, {140, -4}, {140, -290}, {-3, -290}, {-3, -146}, {-16, -134}}}},
			Badges: []point{{24, -90}}},
		{Line: 2, Shapes: []shape{{Polygon: []point{{-16, -60}, {-12, -8}, {-80, -8}, {-100, -220}, {-37, -220}, {-37, -146}, {-16, -134}}}},
			Badges: []point{{-40, -70}}},
		{Line: 4, Of: []int{1, 2}, Shapes: []shape{{Polygon: ringFinger}}, Badges: []point{{-21, -195}}},
	}
	handBack = []zone{
		{Line: 3, Shapes: []shape{{Polygon: []point{{-16, -10}, {-16, -134}, {-3, -146}, {-3, -194}, {80, -190}, {80, -130}, {140, -110}, {140, -2}, {30, -2}}}},
			Badges: []point{{32, -80}}},
		{Line: 1, Shapes: []shape{{Polygon: []point{{-3, -194}, {-3, -290}, {90, -290}, {90, -176}}}, {Limb: []ball{{100, -122, 20}, {112, -150, 20}}}},
			Badges: []point{{16, -230}}},
		{Line: 2, Shapes: []shape{{Polygon: []point{{-16, -60}, {-16, 0}, {-80, 0}, {-100, -220}, {-37, -220}, {-37, -146}, {-16, -134}}}},
			Badges: []point{{-40, -70}}},
		{Line: 4, Of: []int{1, 2}, Shapes: []shape{{Polygon: ringFinger}}, Badges: []point{{-21, -195}}},
	}
)

// handMap is palm and back of a right hand.
func handMap() drawing {
	whole := append([]shape{{Polygon: wrist}}, hand...)
	palm := at(202, 440, 1.34)
	return drawing{Height: 770, Legend: 606, Columns: 1, Views: [2]view{
		{Place: palm, Body: whole, Zones: handPalm},
		{Place: placement{X: 598, Y: palm.Y, ScaleX: -palm.ScaleX, ScaleY: palm.ScaleY}, Body: whole, Zones: handBack},
	}}
}
