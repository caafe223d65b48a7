package main

import (
	"fmt"
	"os"
	"path/filepath"

	"unpinch/commands/card"
	"unpinch/content"
	"unpinch/figure"
)

type figuresCmd struct {
	Out   string `required:"" type:"path" placeholder:"DIR" help:"The folder to write to. It is made if it isn't there."`
	Lifts bool   `help:"The load map of every lift too."`
}

// Run writes every picture, and a sheet with all of them.
func (c *figuresCmd) Run(p program) error {
	lib, err := content.Load()
	if err != nil {
		return err
	}
	pictures, err := drawAll(lib)
	if err != nil {
		return err
	}
	sheet, err := figure.ContactSheet(pictures)
	if err != nil {
		return err
	}
	pictures = append(pictures, figure.Picture{Name: "contact-sheet.png", PNG: sheet})
	if c.Lifts {
		maps, err := drawLoads(lib)
		if err != nil {
			return err
		}
		pictures = append(pictures, maps...)
	}
	if err := os.MkdirAll(c.Out, 0o755); err != nil {
		return fmt.Errorf("make the folder of --out: %w", err)
	}
	for _, picture := range pictures {
		if err := os.WriteFile(filepath.Join(c.Out, picture.Name), picture.PNG, 0o644); err != nil {
			return fmt.Errorf("write a picture: %w", err)
		}
	}
	fmt.Fprintf(p.out, "Wrote %d pictures to %s.\n", len(pictures), c.Out)
	return nil
}

// drawAll draws every picture in the order of the contact sheet: the maps, then
// the drills.
func drawAll(lib *content.Library) ([]figure.Picture, error) {
	var out []figure.Picture
	for _, p := range lib.Pictures("en") {
		data, err := figure.Draw(figure.Map(p.ID), card.MapWords(p))
		if err != nil {
			return nil, err
		}
		out = append(out, figure.Picture{Name: p.ID + ".png", PNG: data})
	}
	poses, err := figure.ShippedPoses()
	if err != nil {
		return nil, err
	}
	drills, err := poses.Pictures()
	if err != nil {
		return nil, err
	}
	return append(out, drills...), nil
}

// drawLoads draws where each lift loads the body.
func drawLoads(lib *content.Library) ([]figure.Picture, error) {
	words := card.LoadWords(lib, card.DefaultLocale)
	var out []figure.Picture
	for _, e := range lib.Lifts(card.DefaultLocale).All() {
		data, err := figure.LoadMap(card.LoadsOf(e, nil), words)
		if err != nil {
			return nil, err
		}
		out = append(out, figure.Picture{Name: "load-" + e.ID + ".png", PNG: data})
	}
	return out, nil
}
