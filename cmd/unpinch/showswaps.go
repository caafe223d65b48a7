package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"unpinch/content"
)

type showSwapsCmd struct {
	JSON bool `name:"json" help:"As data, one query a line."`
}

// swapsJSON is one line of show swaps as data.
type swapsJSON struct {
	ID        string                 `json:"id"`
	Area      string                 `json:"area,omitempty"`
	Less      content.Less           `json:"less,omitempty"`
	Concerned map[content.Stress]int `json:"concerned"`
	Swaps     []reasonJSON           `json:"swaps"`
}

type reasonJSON struct {
	ID     string `json:"id"`
	Reason string `json:"reason"`
}

// Run prints every lift with each area and each wish alone; for people only
// where the lift has something to lower.
func (c *showSwapsCmd) Run(p program) error {
	lib, err := content.Load()
	if err != nil {
		return err
	}
	out := bufio.NewWriter(p.out)
	for _, e := range lib.Lifts("en").All() {
		for _, concern := range eachConcern() {
			if !c.JSON && len(concern.Of(e)) == 0 {
				continue
			}
			if err := c.print(out, lib, e, concern); err != nil {
				return err
			}
		}
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("print the swaps: %w", err)
	}
	return nil
}

// eachConcern is each area, then each wish.
func eachConcern() []content.Concern {
	var out []content.Concern
	for _, area := range content.AreaIDs() {
		out = append(out, content.Concern{Area: area})
	}
	for _, less := range content.Lesses() {
		out = append(out, content.Concern{Less: less})
	}
	return out
}

func (c *showSwapsCmd) print(out io.Writer, lib *content.Library, e *content.Exercise, concern content.Concern) error {
	line := swapsJSON{ID: e.ID, Area: concern.Area, Less: concern.Less, Concerned: map[content.Stress]int{}, Swaps: []reasonJSON{}}
	for _, s := range concern.Of(e) {
		line.Concerned[s] = e.Grade(s)
	}
	var said []string
	for _, w := range lib.Lifts("en").Swaps(e, concern) {
		line.Swaps = append(line.Swaps, reasonJSON{w.ID, lib.Reason("en", w)})
		said = append(said, w.Name)
	}
	if c.JSON {
		if err := json.NewEncoder(out).Encode(line); err != nil {
			return fmt.Errorf("print the swaps of %s: %w", e.ID, err)
		}
		return nil
	}
	about := strings.TrimSpace(concern.Area + " " + string(concern.Less))
	if _, err := fmt.Fprintf(out, "%s (%s): %s\n", e.Name, about, strings.Join(said, ", ")); err != nil {
		return fmt.Errorf("print the swaps of %s: %w", e.ID, err)
	}
	return nil
}
