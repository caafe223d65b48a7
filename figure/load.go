package figure

import (
	"fmt"
	"image/color"
	"strings"

	"git.sr.ht/~sbinet/gg"
)

// Areas is how many areas of the body a load map tells apart, in the order of the
// body map's legend.
const Areas = 9

// heaviest is the highest grade of a load; 0 is none.
const heaviest = 3

// A Load is where a lift loads the body: a grade from 0, none, to 3 for each area.
type Load struct {
	Title  string
	Grades [Areas]int
}

// LoadWords are what is written on a load map beside the titles.
type LoadWords struct {
	Views  [2]string        // under the figures, such as "Front" and "Back"
	Grades [heaviest]string // the legend, from the lightest on
}

// loadStyle is how a load map is laid out: alone a lift has larger figures than
// beside another.
type loadStyle struct {
	scale      float64
	x          [2]float64 // the middle of the front and of the back, from the left of the lift's half
	across     float64    // a lift's width
	legend     float64
	height     int
	caption, y float64 // where the views' names and the figures' crowns are
}

func loadLayout(lifts int) loadStyle {
	if lifts == 1 {
		return loadStyle{scale: 0.8, x: [2]float64{250, 550}, across: width, caption: 645, y: 90, legend: 700, height: 740}
	}
	return loadStyle{scale: 0.62, x: [2]float64{104, 296}, across: width / 2, caption: 530, y: 90, legend: 585, height: 625}
}

// LoadMap draws where one lift loads the body, or two side by side, as a PNG of
// 800 pixels' width and at most 60 KB. A grade is told by tint, by pattern and
// by its number. It returns an error for other numbers of lifts, for a grade
// that is none, and for words that are too long.
func LoadMap(loads []Load, words LoadWords) ([]byte, error) {
	if len(loads) != 1 && len(loads) != 2 {
		return nil, fmt.Errorf("draw a load map: %d lifts, want one or two", len(loads))
	}
	style := loadLayout(len(loads))
	c, err := newCanvas(width, style.height)
	if err != nil {
		return nil, err
	}
	for i, l := range loads {
		if err := c.load(l, words.Views, style, style.across*float64(i)); err != nil {
			return nil, fmt.Errorf("draw the load map of %q: %w", l.Title, err)
		}
	}
	var grades []zone
	for i := range words.Grades {
		grades = append(grades, zone{Line: i + 1, Fill: loadFill(i + 1)})
	}
	if err := c.legend(style.legend, heaviest, grades, words.Grades[:]); err != nil {
		return nil, fmt.Errorf("draw a load map: %w", err)
	}
	return c.png()
}

// load draws one lift, from left on.
func (c *canvas) load(l Load, views [2]string, style loadStyle, left float64) error {
	if err := c.title(l.Title, left+style.across/2, style.across-2*columnGap); err != nil {
		return err
	}
	for side, zones := range [2][]zone{bodyFront, bodyBack} {
		p := at(left+style.x[side], style.y, style.scale)
		figure := movedAll(body(), p)
		c.figure(figure)
		graded, err := l.graded(zones)
		if err != nil {
			return err
		}
		c.zones(figure, p, graded)
		c.dc.SetHexColor(ink)
		c.dc.SetFontFace(c.regular)
		c.dc.DrawStringAnchored(views[side], left+style.x[side], style.caption, 0.5, 0.35)
	}
	return nil
}

// graded returns the zones that are loaded, with their grades for numbers.
func (l Load) graded(zones []zone) (out []zone, err error) {
	for _, z := range zones {
		grade := l.Grades[z.Line-1]
		if grade < 0 || grade > heaviest {
			return nil, fmt.Errorf("the grade of area %d is %d, want 0 to %d", z.Line, grade, heaviest)
		}
		if grade > 0 {
			z.Line, z.Fill = grade, loadFill(grade)
			out = append(out, z)
		}
	}
	return out, nil
}

// loadFill is what an area of a grade is filled with: dots, stripes, all of it.
func loadFill(grade int) gg.Pattern {
	light, middle, heavy := color.RGBA{0xF3, 0xD9, 0x9B, 255}, color.RGBA{0xE8, 0x9B, 0x4A, 255}, color.RGBA{0xC2, 0x3B, 0x22, 255}
	switch grade {
	case 1:
		return dots{light, middle}
	case 2:
		return stripes{middle, light}
	}
	return gg.NewSolidPattern(heavy)
}

// dots is a pattern of small squares on a ground.
type dots struct{ ground, dot color.Color }

// ColorAt returns the colour of a pixel.
func (d dots) ColorAt(x, y int) color.Color {
	const apart, size = 12, 3
	if (x+y/apart%2*apart/2)%apart < size && y%apart < size {
		return d.dot
	}
	return d.ground
}

// title writes a lift's name above its figures, on two lines where one is too
// narrow.
func (c *canvas) title(text string, x, across float64) error {
	c.dc.SetHexColor(ink)
	c.dc.SetFontFace(c.bold)
	lines := c.dc.WordWrap(text, across)
	if len(lines) > 2 {
		return fmt.Errorf("%q takes %d lines, at most 2", text, len(lines))
	}
	y := float64(margin)
	if len(lines) == 1 {
		y += lineStep / 4
	}
	for i, line := range lines {
		line = strings.TrimSpace(line)
		if w, _ := c.dc.MeasureString(line); w > across {
			return fmt.Errorf("%q is %.0f pixels wide, at most %.0f", line, w, across)
		}
		c.dc.DrawStringAnchored(line, x, y+float64(i)*(textSize+3), 0.5, 0.35)
	}
	return nil
}
