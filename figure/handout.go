package figure

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"strings"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

// A Handout is a routine on a page to print.
type Handout struct {
	Title  string
	Drills []HandoutDrill
	Foot   []string // below all drills
}

// A HandoutDrill is what the page says of a drill, beside its picture.
type HandoutDrill struct {
	ID, Name, Dose string
	Steps          []string
	Stop           string
}

// The page in pixels: A4 at 150 dots an inch, and longer only where words need it.
const (
	pageWide, pageHigh = 1240, 1754
	pageMargin         = 54
	pagePicture        = 500 // the width of a drill's picture, and
	pagePictureHigh    = 260 // its height, at most
	pageGap            = 30
	pageTitle          = 34
	pageName           = 26
	pageText           = 20
	paper              = "#FFFFFF"
	rule               = "#C9C4BA"
)

// A pageLine is a line of words with its font.
type pageLine struct {
	text string
	face font.Face
	step float64 // to the next
}

// Handout draws a page to print: of each drill the picture, and beside it its
// number, name, dose and steps, as a PNG on white. A drill without a picture has its
// words alone. The page is not kept, as it is somebody's own.
func (a *Album) Handout(h Handout) ([]byte, error) {
	fonts, err := pageFonts()
	if err != nil {
		return nil, fmt.Errorf("draw a page to print: %w", err)
	}
	var rows []pageRow
	height := pageMargin + 2.0*pageTitle
	for i, d := range h.Drills {
		row := fonts.row(i+1, d)
		if row.picture, err = a.drillImage(d.ID); err != nil {
			row.picture = nil // its words say it all
		}
		rows = append(rows, row)
		height += row.high() + pageGap
	}
	var foot []pageLine
	for _, text := range h.Foot {
		foot = append(foot, fonts.wrapped(text, fonts.text, pageText, pageWide-2*pageMargin)...)
	}
	c, err := newCanvas(pageWide, max(pageHigh, int(height+high(foot))+pageMargin))
	if err != nil {
		return nil, err
	}
	c.dc.SetHexColor(paper)
	c.dc.Clear()
	c.dc.SetHexColor(ink)
	c.dc.SetFontFace(fonts.title)
	c.dc.DrawString(h.Title, pageMargin, pageMargin+pageTitle)
	y := pageMargin + 2.0*pageTitle
	for _, row := range rows {
		y = c.row(row, y)
	}
	c.lines(foot, pageMargin, float64(c.dc.Height())-pageMargin-high(foot))
	return c.png()
}

// drillImage is a drill's picture.
func (a *Album) drillImage(id string) (image.Image, error) {
	data, err := a.Drill(id, false)
	if err != nil {
		return nil, err
	}
	img, err := png.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("read the picture of %s: %w", id, err)
	}
	return img, nil
}

// A pageRow is a drill on the page.
type pageRow struct {
	picture image.Image // nil for none
	words   []pageLine
}

// scale is how much the picture shrinks.
func (r pageRow) scale() float64 {
	return min(pagePicture/float64(r.picture.Bounds().Dx()), pagePictureHigh/float64(r.picture.Bounds().Dy()))
}

// high is the height of the row.
func (r pageRow) high() float64 {
	if r.picture == nil {
		return high(r.words)
	}
	return max(high(r.words), r.scale()*float64(r.picture.Bounds().Dy()))
}

func high(lines []pageLine) float64 {
	sum := 0.0
	for _, l := range lines {
		sum += l.step
	}
	return sum
}

// row draws a drill below a rule, and returns where the next begins.
func (c *canvas) row(r pageRow, y float64) float64 {
	c.dc.SetHexColor(rule)
	c.dc.SetLineWidth(2)
	c.dc.DrawLine(pageMargin, y-pageGap/2, pageWide-pageMargin, y-pageGap/2)
	c.dc.Stroke()
	if r.picture != nil {
		c.dc.Push()
		c.dc.Translate(pageMargin, y)
		c.dc.Scale(r.scale(), r.scale())
		c.dc.DrawImage(r.picture, 0, 0)
		c.dc.Pop()
	}
	c.lines(r.words, pageMargin+pagePicture+pageGap, y)
	return y + r.high() + pageGap
}

// lines draws lines of words, one below the other.
func (c *canvas) lines(all []pageLine, x, y float64) {
	c.dc.SetHexColor(ink)
	for _, l := range all {
		c.dc.SetFontFace(l.face)
		y += l.step
		c.dc.DrawString(l.text, x, y-l.step/4)
	}
}

// fontsOfPage are the sizes of the page's words.
type fontsOfPage struct{ title, name, dose, text font.Face }

func pageFonts() (f fontsOfPage, err error) {
	for _, want := range []struct {
		to   *font.Face
		ttf  []byte
		size float64
	}{{&f.title, gobold.TTF, pageTitle}, {&f.name, gobold.TTF, pageName}, {&f.dose, gobold.TTF, pageText}, {&f.text, goregular.TTF, pageText}} {
		if *want.to, err = face(want.ttf, want.size); err != nil {
			return f, err
		}
	}
	return f, nil
}

// row sets the words of a drill.
func (f fontsOfPage) row(number int, d HandoutDrill) pageRow {
	const wide = pageWide - 2*pageMargin - pagePicture - pageGap
	words := f.wrapped(fmt.Sprintf("%d. %s", number, d.Name), f.name, pageName, wide)
	words = append(words, f.wrapped(d.Dose, f.dose, pageText, wide)...)
	for _, s := range d.Steps {
		words = append(words, f.wrapped(s, f.text, pageText, wide)...)
	}
	return pageRow{words: append(words, f.wrapped(d.Stop, f.dose, pageText, wide)...)}
}

// wrapped breaks a text into lines of at most a width.
func (f fontsOfPage) wrapped(text string, face font.Face, size, wide float64) []pageLine {
	var out []pageLine
	line := ""
	flush := func() {
		if line != "" {
			out = append(out, pageLine{line, face, size * 1.3})
		}
	}
	for _, word := range strings.Fields(text) {
		longer := word
		if line != "" {
			longer = line + " " + word
		}
		if float64(font.MeasureString(face, longer).Ceil()) > wide {
			flush()
			longer = word
		}
		line = longer
	}
	flush()
	return out
}
