package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"unpinch/content"
)

// longestName is the longest line that find reads, in bytes.
const longestName = 64 << 10

type findCmd struct {
	JSON bool `name:"json" help:"As data, a line each."`
}

// foundJSON is what a name is read as.
type foundJSON struct {
	Name    string   `json:"name"`
	Certain bool     `json:"certain"`
	ID      *string  `json:"id"`             // null unless certain
	Also    []string `json:"also,omitempty"` // of the other lifts that a line names
	Near    []string `json:"near"`
}

// Run reads names, one a line, and says of each which lift it is for certain, or
// which it may be.
func (c *findCmd) Run(p program) error {
	lib, err := content.Load()
	if err != nil {
		return err
	}
	lifts := lib.Lifts("en")
	out := bufio.NewWriter(p.out)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	lines := bufio.NewScanner(p.in)
	lines.Buffer(nil, longestName)
	for lines.Scan() {
		name := strings.TrimSuffix(lines.Text(), "\r")
		w := lifts.Read(name)
		if c.JSON {
			err = enc.Encode(found(name, w, lifts))
		} else {
			err = printFound(out, name, w)
		}
		if err != nil {
			return fmt.Errorf("write what %q is: %w", name, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read the names: %w", err)
	}
	return out.Flush()
}

// found says what a name is: certain when each of its lifts is.
func found(name string, w content.Workout, lifts *content.Lifts) foundJSON {
	out := foundJSON{Name: name, Certain: w.Certain(), Near: []string{}}
	near := func(e *content.Exercise) {
		for _, id := range out.Near {
			if id == e.ID {
				return
			}
		}
		if len(out.Near) < content.NearMost {
			out.Near = append(out.Near, e.ID)
		}
	}
	for i, l := range w.Lines {
		switch {
		case out.Certain && i == 0:
			out.ID = &l.ID
		case out.Certain:
			out.Also = append(out.Also, l.ID)
		case l.Certain():
			near(l.Exercise)
		}
	}
	for _, l := range w.Lines {
		for _, e := range l.Near {
			near(e)
		}
	}
	return out
}

// printFound prints a name as people read it.
func printFound(w io.Writer, name string, found content.Workout) error {
	if len(found.Lines) == 0 {
		_, err := fmt.Fprintf(w, "%s: names no lift\n", name)
		return err
	}
	for _, l := range found.Lines {
		var err error
		if l.Certain() {
			_, err = fmt.Fprintf(w, "%s: %s\n", name, l.Name)
		} else {
			var near []string
			for _, e := range l.Near {
				near = append(near, e.Name)
			}
			_, err = fmt.Fprintf(w, "%s: not certain; the nearest: %s\n", name, strings.Join(near, ", "))
		}
		if err != nil {
			return err
		}
	}
	return nil
}
