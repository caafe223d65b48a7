package figure

// The colours of things.
const (
	wood      = "#D9B382"
	woodDark  = "#B98F5E"
	plaster   = "#E6E0D4"
	matColour = "#C9D3E3"
	foam      = "#9A8FB5"
	cloth     = "#F2E3C6"
	bandColor = "#3E8E5A"
)

// A prop is a thing in the picture.
type prop struct {
	boxes []box
	rolls []roll
	hands string // the colour of what is stretched between the hands; "" for nothing
}

// A box stands along the room's axes.
type box struct {
	low, high vec
	fill      string
	lift      float64
}

// A roll is round: two ends and a radius.
type roll struct {
	a, b vec
	r    float64
	fill string
	lift float64
}

// chair has its seat at sitHigh below a body that sits at 0 and looks along Z.
func chair() prop {
	p := prop{boxes: []box{
		{vec{-20, 42, -18}, vec{20, 46, 22}, wood, -8},
		{vec{-20, 46, -21}, vec{20, 84, -18}, wood, -6},
	}}
	for _, x := range []float64{-20, 17} {
		for _, z := range []float64{-21, 19} {
			p.boxes = append(p.boxes, box{vec{x, 0, z}, vec{x + 3, 42, z + 3}, woodDark, -22})
		}
	}
	return p
}

// mat lies under a body, along Z.
func mat(from, to float64) prop {
	return prop{boxes: []box{{vec{-34, -2, from}, vec{34, 0, to}, matColour, -400}}}
}

// wallAt stands before or behind the body.
func wallAt(z float64) prop {
	return prop{boxes: []box{{vec{-60, 0, min(z, z+4)}, vec{60, 190, max(z, z+4)}, plaster, -300}}}
}

func desk(z float64) prop {
	p := prop{boxes: []box{{vec{-45, 70, z}, vec{45, 75, z + 45}, wood, -4}}}
	for _, x := range []float64{-42, 38} {
		p.boxes = append(p.boxes, box{vec{x, 0, z + 6}, vec{x + 4, 70, z + 10}, woodDark, -8}, box{vec{x, 0, z + 36}, vec{x + 4, 70, z + 40}, woodDark, -8})
	}
	return p
}

// parts returns the prop as seen, for a body whose hands are there.
func (p prop) parts(v eye, s skeleton) []part {
	var out []part
	for _, b := range p.boxes {
		out = append(out, b.part(v))
	}
	for _, r := range p.rolls {
		_, near := v.seen(r.a.to(r.b, 0.5))
		out = append(out, part{near: near + r.lift, coats: []coat{{r.fill, []shape{strung(v, knot{r.a, r.r}, knot{r.b, r.r})}}}})
	}
	if p.hands != "" {
		l, r := s.arm[left], s.arm[right]
		a, near := v.seen(l.end.to(l.end.plus(l.tip.times(handLong)), 0.5))
		b, _ := v.seen(r.end.to(r.end.plus(r.tip.times(handLong)), 0.5))
		out = append(out, part{near: near + 20, lines: []line{{p.hands, 2.2, []point{a, b}}}})
	}
	return out
}

// part draws the faces that are seen; they share an edge.
func (b box) part(v eye) part {
	var corners []point
	for i := range 8 {
		at := b.low
		if i&1 > 0 {
			at.X = b.high.X
		}
		if i&2 > 0 {
			at.Y = b.high.Y
		}
		if i&4 > 0 {
			at.Z = b.high.Z
		}
		q, _ := v.seen(at)
		corners = append(corners, q)
	}
	_, near := v.seen(b.low.to(b.high, 0.5))
	return part{near: near + b.lift, coats: []coat{{b.fill, []shape{{Polygon: convex(corners)}}}}}
}
