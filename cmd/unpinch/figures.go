package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"unpinch/commands/card"
	"unpinch/content"
	"unpinch/figure"
)

type figuresCmd struct {
	Out   string `required:"" type:"path" placeholder:"DIR" help:"The folder to write to. It is made if it isn't there."`
	Lifts bool   `help:"The load map of every lift too."`
	Poses string `type:"existingdir" placeholder:"DIR" help:"Draw the drills of this folder, such as figure/poses, in place of the program's own."`
	Watch bool   `help:"Go on: whenever a file of --poses changes, draw its drill again, or name what is wrong with it."`
}

// watchEvery is how often the files of poses are looked at.
const watchEvery = 300 * time.Millisecond

// Run writes every picture, and a sheet with all of them.
func (c *figuresCmd) Run(ctx context.Context, p program) error {
	if c.Watch && c.Poses == "" {
		return usageError{fmt.Errorf("--watch needs --poses: the folder whose files change")}
	}
	if err := os.MkdirAll(c.Out, 0o755); err != nil {
		return fmt.Errorf("make the folder of --out: %w", err)
	}
	if c.Watch {
		w := &poseWatch{folder: c.Poses, out: c.Out, say: p.out}
		return w.run(ctx)
	}
	poses, err := c.poses()
	if err != nil {
		return err
	}
	pictures, err := c.draw(poses)
	if err != nil {
		return err
	}
	if err := writePictures(c.Out, pictures...); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "Wrote %d pictures to %s.\n", len(pictures), c.Out)
	return nil
}

func (c *figuresCmd) poses() (*figure.Poses, error) {
	if c.Poses == "" {
		return figure.ShippedPoses()
	}
	return figure.ReadPoses(os.DirFS(c.Poses))
}

// draw returns all pictures: what the contact sheet shows, the sheet, and then
// what moves and the loads.
func (c *figuresCmd) draw(poses *figure.Poses) ([]figure.Picture, error) {
	lib, err := content.Load()
	if err != nil {
		return nil, err
	}
	stills, err := drawMaps(lib)
	if err != nil {
		return nil, err
	}
	var rest []figure.Picture
	for _, id := range poses.Drills() {
		still, moving, err := c.drill(poses, id)
		if err != nil {
			return nil, err
		}
		stills, rest = append(stills, still), append(rest, moving)
	}
	sheet, err := figure.ContactSheet(stills)
	if err != nil {
		return nil, err
	}
	if c.Lifts {
		loads, err := drawLoads(lib)
		if err != nil {
			return nil, err
		}
		rest = append(rest, loads...)
	}
	return append(append(stills, figure.Picture{Name: "contact-sheet.png", Data: sheet}), rest...), nil
}

// drill draws a drill. What moves is as it is sent, unless it is of --poses.
func (c *figuresCmd) drill(poses *figure.Poses, id string) (still, moving figure.Picture, err error) {
	if c.Poses != "" {
		return poses.Pictures(id)
	}
	data, err := poses.Drill(id, false)
	if err != nil {
		return still, moving, err
	}
	moving, err = new(figure.Album).Step(id, false)
	return figure.Picture{Name: id + ".png", Data: data}, moving, err
}

func writePictures(folder string, pictures ...figure.Picture) error {
	for _, picture := range pictures {
		if err := os.WriteFile(filepath.Join(folder, picture.Name), picture.Data, 0o644); err != nil {
			return fmt.Errorf("write a picture: %w", err)
		}
	}
	return nil
}

// drawMaps draws the body map and the maps of where.
func drawMaps(lib *content.Library) ([]figure.Picture, error) {
	var out []figure.Picture
	for _, p := range lib.Pictures("en") {
		data, err := figure.Draw(figure.Map(p.ID), card.MapWords(p))
		if err != nil {
			return nil, err
		}
		out = append(out, figure.Picture{Name: p.ID + ".png", Data: data})
	}
	return out, nil
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
		out = append(out, figure.Picture{Name: "load-" + e.ID + ".png", Data: data})
	}
	return out, nil
}
