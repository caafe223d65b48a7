package figure

import (
	"errors"
	"fmt"
	"strconv"
)

// A Calendar is weeks of training, each with its seven days.
type Calendar struct {
	Days  [7]string // heads of the columns, such as "M"; one or two letters
	Weeks []Week    // the oldest first; at most 16
	Key   [2]string // what a ticked day and a full week are, such as "trained" and "3 or more"
}

// A Week is a row of a calendar.
type Week struct {
	Label string // such as "23 Nov"
	Days  [7]Day
	Count int  // of sessions; shown at the end of the row unless 0
	Full  bool // the count stands in a ring
}

// A Day is how a day looks on a calendar.
type Day int

// The looks of a day.
const (
	Rest    Day = iota // a small dot
	Trained            // a disc with a tick
	Ahead              // nothing: the day is still to come
)

// weeksMost is how many rows fit a picture that a phone shows whole.
const weeksMost = 16

// The calendar's sizes in pixels.
const (
	rowStep  = 48
	dayStep  = 76
	firstDay = 196 // the middle of the first column
	countX   = firstDay + 7*dayStep - 8
	dayDisc  = 19
	restDot  = 5
	tickDone = "#2A9D8F" // a disc; white on it is told apart by shape and shade
)

// DrawCalendar draws a calendar as a PNG of 800 pixels' width. It returns an
// error for no weeks, too many, and words that don't fit.
func DrawCalendar(k Calendar) ([]byte, error) {
	if len(k.Weeks) == 0 || len(k.Weeks) > weeksMost {
		return nil, fmt.Errorf("draw the calendar: %d weeks, want 1 to %d", len(k.Weeks), weeksMost)
	}
	top := 2.3 * margin
	c, err := newCanvas(width, int(top)+rowStep*len(k.Weeks)+80)
	if err != nil {
		return nil, fmt.Errorf("draw the calendar: %w", err)
	}
	for i, d := range k.Days {
		if err := c.word(firstDay+dayStep*float64(i), margin, 0.5, dayStep, d); err != nil {
			return nil, fmt.Errorf("draw the calendar: %w", err)
		}
	}
	for i, w := range k.Weeks {
		if err := c.week(top+rowStep*(float64(i)+0.5), w); err != nil {
			return nil, fmt.Errorf("draw the calendar: %w", err)
		}
	}
	if err := c.key(top+rowStep*float64(len(k.Weeks))+36, k.Key); err != nil {
		return nil, fmt.Errorf("draw the calendar: %w", err)
	}
	return c.png()
}

// week draws one row.
func (c *canvas) week(y float64, w Week) error {
	if err := c.word(margin, y, 0, firstDay-margin-dayDisc-4, w.Label); err != nil {
		return err
	}
	for i, d := range w.Days {
		x := firstDay + dayStep*float64(i)
		switch d {
		case Trained:
			c.tick(x, y)
		case Rest:
			c.dc.DrawCircle(x, y, restDot)
			c.dc.SetHexColor(edge)
			c.dc.Fill()
		}
	}
	if w.Count == 0 {
		return nil
	}
	if w.Full {
		c.ring(countX, y)
	}
	return c.word(countX, y, 0.5, 2*dayDisc, strconv.Itoa(w.Count))
}

// tick draws a day of training.
func (c *canvas) tick(x, y float64) {
	c.dc.DrawCircle(x, y, dayDisc)
	c.dc.SetHexColor(tickDone)
	c.dc.Fill()
	c.dc.NewSubPath()
	c.dc.MoveTo(x-9, y+1)
	c.dc.LineTo(x-3, y+8)
	c.dc.LineTo(x+9, y-7)
	c.dc.SetHexColor(onBadge)
	c.dc.SetLineWidth(5)
	c.dc.Stroke()
}

// ring draws what surrounds the count of a full week.
func (c *canvas) ring(x, y float64) {
	c.dc.DrawCircle(x, y, dayDisc)
	c.dc.SetHexColor(ink)
	c.dc.SetLineWidth(4)
	c.dc.Stroke()
}

// key says what tick and ring mean.
func (c *canvas) key(y float64, words [2]string) error {
	const half = (width - 2*margin) / 2
	for i, draw := range []func(x, y float64){c.tick, c.ring} {
		x := margin + half*float64(i) + dayDisc
		draw(x, y)
		if err := c.word(x+dayDisc+14, y, 0, half-2*dayDisc-20, words[i]); err != nil {
			return err
		}
	}
	return nil
}

// word writes a text beside x (0 to its right, 0.5 around it). It returns an
// error for one that is empty or wider than most.
func (c *canvas) word(x, y, anchor, most float64, text string) error {
	if text == "" {
		return errors.New("a word is missing")
	}
	c.dc.SetHexColor(ink)
	c.dc.SetFontFace(c.regular)
	if w, _ := c.dc.MeasureString(text); w > most {
		return fmt.Errorf("%q is %.0f pixels wide, at most %.0f", text, w, most)
	}
	c.dc.DrawStringAnchored(text, x, y, anchor, 0.35)
	return nil
}
