package figure

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"strconv"

	"git.sr.ht/~sbinet/gg"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
)

// The colours. A picture brings its own light ground, so that it reads on a
// dark page as on a light one.
const (
	ground  = "#D2D8D9"
	skin    = "#E3DDD2"
	edge    = "#857D72"
	ink     = "#26241F"
	onBadge = "#FFFFFF"
)

// Sizes in pixels. Pictures are twice as wide as a phone shows them, so text
// is twice as high as it must be there.
const (
	width     = 800
	margin    = 30
	textSize  = 27
	badgeSize = 17 // radius
	lineStep  = 44 // of the legend
	columnGap = 16 // taken from the right margin
)

// A canvas is a picture in the making.
type canvas struct {
	dc            *gg.Context
	regular, bold font.Face
}

// newCanvas returns an empty card.
func newCanvas(width, height int) (*canvas, error) {
	c := &canvas{dc: gg.NewContext(width, height)}
	var err error
	if c.regular, err = face(goregular.TTF, textSize); err != nil {
		return nil, err
	}
	if c.bold, err = face(gobold.TTF, textSize-3); err != nil {
		return nil, err
	}
	c.dc.SetHexColor(ground)
	c.dc.Clear()
	c.dc.SetLineJoinRound()
	return c, nil
}

func face(ttf []byte, size float64) (font.Face, error) {
	f, err := opentype.Parse(ttf)
	if err != nil {
		return nil, fmt.Errorf("read the font: %w", err)
	}
	out, err := opentype.NewFace(f, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, fmt.Errorf("size the font: %w", err)
	}
	return out, nil
}

// trace adds the shapes to the path.
func (c *canvas) trace(shapes []shape) {
	for _, s := range shapes {
		for _, polygon := range s.outlines() {
			c.dc.NewSubPath()
			for _, p := range polygon {
				c.dc.LineTo(p.X, p.Y)
			}
			c.dc.ClosePath()
		}
	}
}

// figure draws a body or a part of one: its skin with an edge around it all.
func (c *canvas) figure(body []shape) {
	c.trace(body)
	c.dc.SetHexColor(edge)
	c.dc.SetLineWidth(5)
	c.dc.StrokePreserve()
	c.dc.SetHexColor(skin)
	c.dc.Fill()
}

// A zone is a tinted part of a figure. Its number is the line of the legend
// that names it.
type zone struct {
	Line   int        // from 1
	Of     []int      // two other lines whose stripes it has; nil for a tint of its own
	Fill   gg.Pattern // in place of the line's tint; nil for that
	Shapes []shape
	Badges []point // where its number stands; none means nowhere
}

// tints are the colours of the legend's lines. Numbers say the same, so no one
// needs to tell the colours apart.
var tints = []color.RGBA{
	{0xE9, 0xB4, 0x4C, 255}, {0x4F, 0xB0, 0xA3, 255}, {0xD9, 0x7B, 0x66, 255}, {0x8A, 0xA6, 0xD0, 255}, {0x9F, 0xC0, 0x78, 255},
	{0xB7, 0x97, 0xC6, 255}, {0xF0, 0xA8, 0x88, 255}, {0x6F, 0xB6, 0xCC, 255}, {0xD6, 0xC2, 0x5A, 255},
}

// stripes is a pattern of two colours, aslant.
type stripes struct{ a, b color.Color }

// ColorAt returns the colour of a pixel.
func (s stripes) ColorAt(x, y int) color.Color {
	if (x+y)%stripeWidth < stripeWidth/2 {
		return s.a
	}
	return s.b
}

// stripeWidth is the width of a pair of stripes, in pixels.
const stripeWidth = 24

// tint returns the colour of a line of the legend, from 1.
func tint(line int) color.Color {
	return tints[(line-1)%len(tints)]
}

// paint sets what a zone and its line of the legend are filled with.
func (c *canvas) paint(z zone) {
	if z.Fill != nil {
		c.dc.SetFillStyle(z.Fill)
		return
	}
	if len(z.Of) == 2 {
		c.dc.SetFillStyle(stripes{tint(z.Of[0]), tint(z.Of[1])})
		return
	}
	c.dc.SetFillStyle(gg.NewSolidPattern(tint(z.Line)))
}

// zones draws the zones that lie within a body, and their numbers above all.
func (c *canvas) zones(body []shape, p placement, zones []zone) {
	c.trace(body)
	c.dc.Clip()
	for _, z := range zones {
		c.trace(movedAll(z.Shapes, p))
		c.dc.SetHexColor(ground)
		c.dc.SetLineWidth(4)
		c.dc.StrokePreserve()
		c.paint(z)
		c.dc.Fill()
	}
	c.dc.ResetClip()
	for _, z := range zones {
		for _, b := range z.Badges {
			c.badge(p.point(b), z.Line)
		}
	}
}

// badge draws the number of a line.
func (c *canvas) badge(p point, line int) {
	c.dc.DrawCircle(p.X, p.Y, badgeSize)
	c.dc.SetHexColor(ink)
	c.dc.Fill()
	c.dc.SetHexColor(onBadge)
	c.dc.SetFontFace(c.bold)
	c.dc.DrawStringAnchored(strconv.Itoa(line), p.X, p.Y, 0.5, 0.35)
}

// caption writes a word above a figure.
func (c *canvas) caption(x float64, text string) {
	c.dc.SetHexColor(ink)
	c.dc.SetFontFace(c.regular)
	c.dc.DrawStringAnchored(text, x, margin, 0.5, 0.35)
}

// legend names the zones' lines from y down, in columns of equal width. It
// returns an error for a text that does not fit.
func (c *canvas) legend(y float64, columns int, zones []zone, lines []string) error {
	across := float64(width-2*margin) / float64(columns)
	for i, l := range lines {
		at := legendBadge(y, columns, i, len(lines))
		x, row := at.X-24, at.Y
		c.dc.DrawRoundedRectangle(x, row-17, 48, 34, 8)
		for _, z := range zones {
			if z.Line == i+1 {
				c.paint(z)
			}
		}
		c.dc.Fill()
		c.badge(at, i+1)
		c.dc.SetHexColor(ink)
		c.dc.SetFontFace(c.regular)
		if w, _ := c.dc.MeasureString(l); w > across-64 {
			return fmt.Errorf("%q is %.0f pixels wide, at most %.0f", l, w, across-64)
		}
		c.dc.DrawStringAnchored(l, x+60, row, 0, 0.35)
	}
	return nil
}

// png returns the picture as a file.
func (c *canvas) png() ([]byte, error) { return c.pngOf(256) }

// pngOf returns the picture as a file of at most so many colours.
func (c *canvas) pngOf(colours int) ([]byte, error) {
	img, ok := c.dc.Image().(*image.RGBA)
	if !ok {
		return nil, errors.New("the drawing library gave no RGBA picture")
	}
	return encodeFew(img, colours)
}

// darker is a colour in the shade.
func darker(hex string) string {
	n, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil { // no colour of a file comes here: they are names
		return hex
	}
	r, g, b := n>>16&255, n>>8&255, n&255
	return fmt.Sprintf("#%02X%02X%02X", r*87/100, g*87/100, b*87/100)
}
