package figure

import (
	"fmt"
	"image/color"
	"math"
	"strings"

	"git.sr.ht/~sbinet/gg"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
)

// A Timetable is some days of classes.
type Timetable struct {
	Days   []TimetableDay
	Places []string // what the letters A, B and so on stand for; none for one place
	Off    string   // what a crossed start means, such as "cancelled"
	Moved  string   // what a dashed one means
}

// A TimetableDay is a day and what starts on it.
type TimetableDay struct {
	Label  string // such as "Mon 30"
	Today  bool
	Starts []TimetableStart
}

// A TimetableStart is one start of a class.
type TimetableStart struct {
	Time  string // such as "18:00"
	Title string // cut where it doesn't fit; "" for none
	Place int    // of Places, from 0
	Off   bool   // crossed out
	Moved bool   // in a dashed frame
	Past  bool   // in a paler ink
}

// TimetableMost is how many starts a picture holds that a phone still shows.
const TimetableMost = 48

// The timetable's sizes in pixels.
const (
	chipHigh    = 42
	chipStep    = 50
	chipMark    = 34 // the width of a place's pattern
	chipsFrom   = 152
	chipGap     = 12
	chipTime    = 84 // of its width the time
	dayGap      = 14
	fewStarts   = 12 // up to these stand in one column
	legendCell  = 46
	legendBelow = 20

	timetableColours = 16 // so that its many words stay small
)

const (
	todayGround = "#E4EFE9"
	chipGround  = "#FFFFFF"
	palerInk    = "#6E685E"
)

// DrawTimetable draws days of classes as a PNG of 800 pixels' width. It returns
// an error for no days, for too many starts, and for a label that does not fit.
func DrawTimetable(t Timetable) ([]byte, error) {
	count := 0
	for _, d := range t.Days {
		count += len(d.Starts)
	}
	if len(t.Days) == 0 || count > TimetableMost {
		return nil, fmt.Errorf("draw the timetable: %d days with %d starts, want 1 day or more and at most %d starts", len(t.Days), count, TimetableMost)
	}
	columns := 2
	if count <= fewStarts {
		columns = 1
	}
	key := t.key()
	height := margin / 2
	for _, d := range t.Days {
		height += d.high(columns)
	}
	height += legendBelow + legendCell*((len(key)+1)/2)
	known, err := sfnt.Parse(goregular.TTF)
	if err != nil {
		return nil, fmt.Errorf("draw the timetable: read the font: %w", err)
	}
	c, err := newCanvas(width, height)
	if err != nil {
		return nil, fmt.Errorf("draw the timetable: %w", err)
	}
	drawer := timetableDrawer{c, known, columns, len(t.Places) > 1}
	y := float64(margin) / 2
	for _, d := range t.Days {
		if err := drawer.day(y, d); err != nil {
			return nil, fmt.Errorf("draw the timetable: %w", err)
		}
		y += float64(d.high(columns))
	}
	for i, k := range key {
		drawer.keyCell(margin+float64(i%2)*(width-2*margin)/2, y+legendBelow/2+legendCell*float64(i/2), k)
	}
	return c.pngOf(timetableColours)
}

// high returns how many pixels a day takes with its gap.
func (d TimetableDay) high(columns int) int {
	rows := max(1, (len(d.Starts)+columns-1)/columns)
	return rows*chipStep + dayGap
}

// A keyEntry is what a chip of the key looks like, and what that means.
type keyEntry struct {
	start TimetableStart
	words string
	place bool
}

// key returns the entries that the timetable needs.
func (t Timetable) key() []keyEntry {
	var out []keyEntry
	if len(t.Places) > 1 {
		for i, p := range t.Places {
			out = append(out, keyEntry{TimetableStart{Place: i}, p, true})
		}
	}
	var off, moved bool
	for _, d := range t.Days {
		for _, s := range d.Starts {
			off, moved = off || s.Off, moved || s.Moved
		}
	}
	if off {
		out = append(out, keyEntry{TimetableStart{Off: true}, t.Off, false})
	}
	if moved {
		out = append(out, keyEntry{TimetableStart{Moved: true}, t.Moved, false})
	}
	return out
}

// A timetableDrawer draws the parts of a timetable.
type timetableDrawer struct {
	c       *canvas
	known   *sfnt.Font
	columns int
	marked  bool // chips bear the letter of their place
}

// day draws a day from y down.
func (t timetableDrawer) day(y float64, d TimetableDay) error {
	c := t.c
	if d.Today {
		c.dc.DrawRoundedRectangle(margin/3, y, width-2*margin/3, float64(d.high(t.columns))-dayGap/2, 10)
		c.dc.SetHexColor(todayGround)
		c.dc.Fill()
	}
	c.dc.SetFontFace(c.bold)
	if w, _ := c.dc.MeasureString(d.Label); d.Label == "" || w > chipsFrom-margin-chipGap/2 {
		return fmt.Errorf("the label %q is empty or %.0f pixels wide, at most %d", d.Label, w, chipsFrom-margin-chipGap/2)
	}
	c.dc.SetHexColor(ink)
	c.dc.DrawStringAnchored(d.Label, margin, y+chipStep/2, 0, 0.35)
	if len(d.Starts) == 0 {
		c.dc.SetHexColor(edge)
		c.dc.DrawStringAnchored("–", chipsFrom+chipGap, y+chipStep/2, 0, 0.35)
		return nil
	}
	wide := math.Floor((width - margin/2 - chipsFrom - chipGap*float64(t.columns-1)) / float64(t.columns)) // whole pixels, so that equal words are equal bytes
	for i, s := range d.Starts {
		x := chipsFrom + (wide+chipGap)*float64(i%t.columns)
		t.chip(x, y+chipStep*float64(i/t.columns)+(chipStep-chipHigh)/2, wide, s)
	}
	return nil
}

// chip draws a start.
func (t timetableDrawer) chip(x, y, wide float64, s TimetableStart) {
	c := t.c
	c.dc.DrawRoundedRectangle(x, y, wide, chipHigh, 8)
	c.dc.SetHexColor(chipGround)
	c.dc.Fill()
	at := x + chipGap
	if t.marked {
		t.mark(x, y, s.Place)
		at = x + chipMark + chipGap
	}
	t.frame(x, y, wide, s.Moved)
	middle := y + chipHigh/2
	c.dc.SetHexColor(ink)
	if s.Past || s.Off {
		c.dc.SetHexColor(palerInk)
	}
	c.dc.SetFontFace(c.bold)
	c.dc.DrawStringAnchored(s.Time, at, middle, 0, 0.35)
	c.dc.SetFontFace(c.regular)
	title := t.fitting(s.Title, x+wide-at-chipTime-chipGap)
	c.dc.DrawStringAnchored(title, at+chipTime, middle, 0, 0.35)
	if s.Off {
		end, _ := c.dc.MeasureString(title)
		c.strike(at-4, at+chipTime+max(end, -chipTime/4)+4, middle)
	}
}

// frame draws the edge of a chip.
func (t timetableDrawer) frame(x, y, wide float64, dashed bool) {
	c := t.c
	c.dc.SetHexColor(edge)
	c.dc.SetLineWidth(2)
	if dashed {
		c.dc.SetHexColor(ink)
		c.dc.SetLineWidth(4)
		c.dc.SetDash(10, 8)
	}
	c.dc.DrawRoundedRectangle(x, y, wide, chipHigh, 8)
	c.dc.Stroke()
	c.dc.SetDash()
}

// strike crosses a text out.
func (c *canvas) strike(from, to, y float64) {
	c.dc.DrawLine(from, y, to, y)
	c.dc.SetHexColor(ink)
	c.dc.SetLineWidth(4)
	c.dc.Stroke()
}

// mark draws a place's pattern with its letter.
func (t timetableDrawer) mark(x, y float64, place int) {
	c := t.c
	c.dc.DrawRoundedRectangle(x, y, chipMark, chipHigh, 8)
	c.dc.SetFillStyle(patternOf(place))
	c.dc.Fill()
	c.dc.DrawCircle(x+chipMark/2, y+chipHigh/2, 14)
	c.dc.SetHexColor(ink)
	c.dc.Fill()
	c.dc.SetHexColor(onBadge)
	c.dc.SetFontFace(c.bold)
	c.dc.DrawStringAnchored(PlaceLetter(place), x+chipMark/2, y+chipHigh/2, 0.5, 0.35)
}

// PlaceLetter is A for the first place; after Z it begins again.
func PlaceLetter(place int) string { return string(rune('A' + place%26)) }

// keyCell draws an entry of the key.
func (t timetableDrawer) keyCell(x, y float64, k keyEntry) {
	c := t.c
	middle := y + chipHigh/2
	switch {
	case k.place:
		t.mark(x, y, k.start.Place)
	case k.start.Moved:
		t.frame(x, y, chipMark*2, true)
	default:
		c.dc.SetFontFace(c.bold)
		c.dc.SetHexColor(palerInk)
		c.dc.DrawStringAnchored("18:00", x, middle, 0, 0.35)
		c.strike(x-4, x+chipMark*2, middle)
	}
	c.dc.SetHexColor(ink)
	c.dc.SetFontFace(c.regular)
	from := x + 2*chipMark + chipGap
	if k.place {
		from = x + chipMark + chipGap
	}
	c.dc.DrawStringAnchored(t.fitting(k.words, x+(width-2*margin)/2-from-chipGap), from, middle, 0, 0.35)
}

// fitting returns what of a text the font has and fits, cut with an ellipsis.
func (t timetableDrawer) fitting(text string, most float64) string {
	var b sfnt.Buffer
	text = strings.Join(strings.Fields(strings.Map(func(r rune) rune {
		if i, err := t.known.GlyphIndex(&b, r); err != nil || i == 0 {
			return -1
		}
		return r
	}, text)), " ")
	if w, _ := t.c.dc.MeasureString(text); w <= most {
		return text
	}
	runes := []rune(text)
	for n := len(runes) - 1; n > 0; n-- {
		cut := strings.TrimRight(string(runes[:n]), " ·-–—,(") + "…"
		if w, _ := t.c.dc.MeasureString(cut); w <= most {
			return cut
		}
	}
	return ""
}

// A ruled pattern is a colour with marks of a paler one, a kind for each place.
type ruled struct {
	kind         int
	colour, pale color.Color
}

// The kinds of ruled patterns.
const ruledKinds = 5

// patternOf returns the pattern of a place.
func patternOf(place int) gg.Pattern {
	return ruled{place % ruledKinds, tint(place + 1), color.RGBA{0xFB, 0xF8, 0xF2, 255}}
}

// ColorAt returns the colour of a pixel.
func (r ruled) ColorAt(x, y int) color.Color {
	const step, half = 12, 6
	marked := false
	switch r.kind {
	case 1:
		marked = (x+y)%step < half
	case 2:
		marked = y%step < half
	case 3:
		marked = x%step < half
	case 4:
		marked = x%step < half && y%step < half
	}
	if marked {
		return r.pale
	}
	return r.colour
}
