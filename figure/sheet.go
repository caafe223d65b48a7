package figure

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"slices"
)

// The contact sheet's pages, in pixels.
const (
	sheetColumns = 4
	sheetStep    = 416 // a picture at the width that a phone shows, and a gap
	sheetWide    = 400 // of these the picture
	sheetMost    = 496 // the height that a picture may have
	sheetName    = 64  // for its name and the gaps
)

// A Picture is a drawn picture and the name of its file.
type Picture struct {
	Name string
	Data []byte
}

// ContactSheet shows pictures side by side, each on Discord's dark and light
// ground by turns and as wide as on a phone, with its name below.
func ContactSheet(pictures []Picture) ([]byte, error) {
	if len(pictures) == 0 {
		return nil, errors.New("draw the contact sheet: there are no pictures")
	}
	var images []image.Image
	for _, p := range pictures {
		img, err := png.Decode(bytes.NewReader(p.Data))
		if err != nil {
			return nil, fmt.Errorf("draw the contact sheet: read %s: %w", p.Name, err)
		}
		images = append(images, img)
	}
	var rows []float64 // their heights: that of the tallest picture
	for row := range slices.Chunk(images, sheetColumns) {
		tallest := 0.0
		for _, img := range row {
			tallest = max(tallest, float64(img.Bounds().Dy())*sheetScale(img))
		}
		rows = append(rows, math.Ceil(tallest)+sheetName)
	}
	height := 0.0
	for _, h := range rows {
		height += h
	}
	c, err := newCanvas(sheetStep*min(len(pictures), sheetColumns), int(height))
	if err != nil {
		return nil, err
	}
	c.dc.SetFontFace(c.bold)
	y := 0.0
	for i, img := range images {
		row, column := i/sheetColumns, i%sheetColumns
		c.cell(pictures[i].Name, img, float64(sheetStep*column), y, rows[row], pages[i%2], pages[(i+1)%2])
		if column == sheetColumns-1 {
			y += rows[row]
		}
	}
	return c.png()
}

// sheetScale is how much a picture shrinks to fit on the sheet.
func sheetScale(img image.Image) float64 {
	return min(sheetWide/float64(img.Bounds().Dx()), sheetMost/float64(img.Bounds().Dy()))
}

// cell draws a picture with its name below, on a page.
func (c *canvas) cell(name string, img image.Image, x, y, height float64, page, words color.RGBA) {
	c.dc.DrawRectangle(x, y, sheetStep, height)
	c.dc.SetColor(page)
	c.dc.Fill()
	c.dc.SetColor(words)
	c.dc.DrawStringAnchored(name, x+sheetStep/2, y+height-24, 0.5, 0.35)
	c.dc.Push()
	c.dc.Translate(x+8, y+8)
	c.dc.Scale(sheetScale(img), sheetScale(img))
	c.dc.DrawImage(img, 0, 0)
	c.dc.Pop()
}

// pages are Discord's dark and light ground.
var pages = []color.RGBA{{0x31, 0x33, 0x38, 255}, {0xFF, 0xFF, 0xFF, 255}}
