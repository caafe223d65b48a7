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
		out = append(out, p.band.part(v, s))
	}
	return out
}

func (b band) part(v eye, s skeleton) part {
	a, near := v.seen(s.grip(b.from))
	var end point
	if b.post != nil {
		end, _ = v.seen(*b.post)
	} else {
		end, _ = v.seen(s.grip(b.to))
	}
	return part{near: near + 20, lines: []line{{b.fill, b.wide, []point{a, end}}}}
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
