package figure

// A Badge is a number on a map, in pixels of its picture.
type Badge struct {
	Line int // of the legend, from 1
	X, Y float64
}

// Badges returns the numbers on the map's figures and in its legend.
func (m Map) Badges() []Badge {
	d := m.drawing()
	var out []Badge
	for _, v := range d.Views {
		for _, z := range v.Zones {
			for _, b := range z.Badges {
				p := v.Place.point(b)
				out = append(out, Badge{z.Line, p.X, p.Y})
			}
		}
	}
	for line := range m.Lines() {
		p := legendBadge(float64(d.Legend), d.Columns, line, m.Lines())
		out = append(out, Badge{line + 1, p.X, p.Y})
	}
	return out
}

// Size returns the size of the map's picture, in pixels.
func (m Map) Size() (w, h int) { return width, m.drawing().Height }

// legendBadge returns where the number of a line stands in a legend from y down.
func legendBadge(y float64, columns, line, lines int) point {
	rows := (lines + columns - 1) / columns
	across := float64(width-2*margin) / float64(columns)
	return point{margin + (across+columnGap)*float64(line/rows) + 24, y + lineStep*float64(line%rows)}
}
