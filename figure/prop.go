package figure

// The colours of things.
const (
	wood      = "#E0BE90"
	woodDark  = "#B98F5E"
	plaster   = "#EFECE4"
	matColour = "#9FB3D1"
	foam      = "#9A8FB5"
	cloth     = "#F2E3C6"
	bandColor = "#3E8E5A"
)

// colourNames are their names in files.
var colourNames = map[string]string{"wood": wood, "dark wood": woodDark, "plaster": plaster, "foam": foam, "cloth": cloth, "pillow": "#F7F3EA", "band": bandColor, "iron": "#5B6168"}

// A prop is a thing in the picture.
type prop struct {
	boxes []box
	rolls []roll
	band  *band
	in    string // the place of the body that holds it; "" for the room
}

// A band is stretched from a place of the body to another, or to a post.
type band struct {
	from, to string
	post     *vec
	fill     string
	wide     float64
}

// moved returns the thing elsewhere.
func (p prop) moved(by vec) prop {
	out := prop{band: p.band, in: p.in}
	for _, b := range p.boxes {
		b.low, b.high = b.low.plus(by), b.high.plus(by)
		out.boxes = append(out.boxes, b)
	}
	for _, r := range p.rolls {
		r.a, r.b = r.a.plus(by), r.b.plus(by)
		out.rolls = append(out.rolls, r)
	}
	return out
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

// mat lies under a body, along Z.
func mat(from, to float64) prop {
	return prop{boxes: []box{{vec{-34, -2, from}, vec{34, 0, to}, matColour, -400}}}
}

// parts returns the prop as seen, for a body whose hands are there.
func (p prop) parts(v eye, s skeleton) []part {
	if p.in != "" {
		p = p.moved(s.grip(p.in))
	}
	var out []part
	for _, b := range p.boxes {
		out = append(out, b.part(v))
	}
	for _, r := range p.rolls {
		_, near := v.seen(r.a.to(r.b, 0.5))
		out = append(out, part{near: near + r.lift, coats: []coat{{r.fill, []shape{strung(v, knot{r.a, r.r}, knot{r.b, r.r})}}}})
	}
	if p.band != nil {
		out = append(out, p.band.parts(v, s)...)
	}
	return out
}

// parts returns the band, and the fingers of the hands that close over it.
func (b band) parts(v eye, s skeleton) []part {
	a, near := v.seen(s.grip(b.from))
	var end point
	if b.post != nil {
		end, _ = v.seen(*b.post)
	} else {
		end, _ = v.seen(s.grip(b.to))
	}
	out := []part{{near: near + 20, lines: []line{{b.fill, b.wide, []point{a, end}}}}}
	for side, name := range [2]string{"left hand", "right hand"} {
		if name == b.from || name == b.to {
			out = append(out, part{near: near + 20.1, coats: []coat{{mannequinSkin, []shape{s.palm(v, side)}}}})
		}
	}
	return out
}

// part draws the faces that are seen, those on top lighter.
func (b box) part(v eye) part {
	_, near := v.seen(b.low.to(b.high, 0.5))
	out := part{near: near + b.lift}
	for axis := range 3 {
		for _, far := range []bool{false, true} {
			normal, corners := b.face(axis, far)
			if _, n := v.seen(normal); n <= 0.01 {
				continue
			}
			var polygon []point
			for _, c := range corners {
				q, _ := v.seen(c)
				polygon = append(polygon, q)
			}
			fill := b.fill
			if axis != 1 {
				fill = darker(fill)
			}
			out.coats = append(out.coats, coat{fill, []shape{{Polygon: polygon}}})
		}
	}
	return out
}

// face returns a face's normal and corners: across an axis, at its far end or not.
func (b box) face(axis int, far bool) (normal vec, corners [4]vec) {
	low, high := [3]float64{b.low.X, b.low.Y, b.low.Z}, [3]float64{b.high.X, b.high.Y, b.high.Z}
	at, sign := low[axis], -1.0
	if far {
		at, sign = high[axis], 1
	}
	p, q := (axis+1)%3, (axis+2)%3
	for i, ends := range [4][2]float64{{low[p], low[q]}, {high[p], low[q]}, {high[p], high[q]}, {low[p], high[q]}} {
		var c [3]float64
		c[axis], c[p], c[q] = at, ends[0], ends[1]
		corners[i] = vec{c[0], c[1], c[2]}
	}
	var n [3]float64
	n[axis] = sign
	return vec{n[0], n[1], n[2]}, corners
}
