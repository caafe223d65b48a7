package figure

import (
	"bytes"
	"errors"
	"fmt"
	"image/color"
	"image/png"
)

// The contact sheet's pages, in pixels.
const (
	sheetColumns = 4
	sheetStep    = 416 // a picture at the width that a phone shows, and a gap
	sheetRow     = 560 // a picture, its name and a gap
)

// A Picture is a drawn picture and the name of its file.
type Picture struct {
	Name string
	PNG  []byte
}

// ContactSheet shows pictures side by side, each on Discord's dark and light
// ground by turns and as wide as on a phone, with its name below.
func ContactSheet(pictures []Picture) ([]byte, error) {
	if len(pictures) == 0 {
		return nil, errors.New("draw the contact sheet: there are no pictures")
	}
	rows := (len(pictures) + sheetColumns - 1) / sheetColumns
	c, err := newCanvas(sheetStep*min(len(pictures), sheetColumns), sheetRow*rows)
	if err != nil {
		return nil, err
	}
	c.dc.SetFontFace(c.bold)
	for i, p := range pictures {
		img, err := png.Decode(bytes.NewReader(p.PNG))
		if err != nil {
			return nil, fmt.Errorf("draw the contact sheet: read %s: %w", p.Name, err)
		}
		x, y := float64(sheetStep*(i%sheetColumns)), float64(sheetRow*(i/sheetColumns))
		page, words := pages[i%2], pages[(i+1)%2]
		c.dc.DrawRectangle(x, y, sheetStep, sheetRow)
		c.dc.SetColor(page)
		c.dc.Fill()
		c.dc.SetColor(words)
		c.dc.DrawStringAnchored(p.Name, x+sheetStep/2, y+sheetRow-24, 0.5, 0.35)
		scale := min(400/float64(img.Bounds().Dx()), (sheetRow-64)/float64(img.Bounds().Dy()))
		c.dc.Push()
		c.dc.Translate(x+8, y+8)
		c.dc.Scale(scale, scale)
		c.dc.DrawImage(img, 0, 0)
		c.dc.Pop()
	}
	return c.png()
}

// pages are Discord's dark and light ground.
var pages = []color.RGBA{{0x31, 0x33, 0x38, 255}, {0xFF, 0xFF, 0xFF, 255}}
