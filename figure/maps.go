package figure

import "fmt"

// A Map names one of the pictures of this package.
type Map string

// The maps: the whole body with its nine areas, and where a nerve may be felt.
const (
	Body Map = "body-map"
	Hand Map = "where-hand"
	Arm  Map = "where-arm"
	Leg  Map = "where-leg"
)

// Lines returns how many lines the map's legend has.
func (m Map) Lines() int {
	n := 0
	for _, v := range m.drawing().Views {
		for _, z := range v.Zones {
			n = max(n, z.Line)
		}
	}
	return n
}

// Words are what is written on a map.
type Words struct {
	Views [2]string // above its two figures, such as "Front" and "Back"
	Lines []string  // the legend, as many as Lines says; those of Body in the menu's order
}

// Draw draws a map as a PNG of 800 pixels' width. It returns an error for an
// unknown map, and for words that are too many, too few or too long.
func Draw(m Map, words Words) ([]byte, error) {
	d := m.drawing()
	if d.Height == 0 {
		return nil, fmt.Errorf("draw %q: there is no such map", m)
	}
	if n := m.Lines(); len(words.Lines) != n {
		return nil, fmt.Errorf("draw %s: %d lines, want %d", m, len(words.Lines), n)
	}
	out, err := d.draw(words)
	if err != nil {
		return nil, fmt.Errorf("draw %s: %w", m, err)
	}
	return out, nil
}

// A drawing is two views of a body side by side above a legend.
type drawing struct {
	Height, Legend, Columns int // Legend is where its first line stands
	Views                   [2]view
}

// A view is one figure of a drawing.
type view struct {
	Place placement
	Body  []shape
	Zones []zone
}

func (m Map) drawing() drawing {
	switch m {
	case Body:
		return bodyMap()
	case Hand:
		return handMap()
	case Arm:
		return armMap()
	case Leg:
		return legMap()
	}
	return drawing{}
}

func (d drawing) draw(words Words) ([]byte, error) {
	c, err := newCanvas(width, d.Height)
	if err != nil {
		return nil, err
	}
	var zones []zone
	for i, v := range d.Views {
		c.caption(width*(0.27+0.46*float64(i)), words.Views[i])
		body := movedAll(v.Body, v.Place)
		c.figure(body)
		c.zones(body, v.Place, v.Zones)
		zones = append(zones, v.Zones...)
	}
	if err := c.legend(float64(d.Legend), d.Columns, zones, words.Lines); err != nil {
		return nil, err
	}
	return c.png()
}
