package main

import (
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"unpinch/content"
)

type showStretchCmd struct {
	Routine string `required:"" placeholder:"ROUTINE" help:"The routine: pre, post, desk, calm or hips_legs."`
	Minutes int    `required:"" placeholder:"N" help:"How long: 3, 5 or 10."`
	JSON    bool   `name:"json" help:"As data."`
}

// stretchJSON is show stretch as data.
type stretchJSON struct {
	Routine content.Kind `json:"routine"`
	Minutes int          `json:"minutes"`
	Drills  []stepJSON   `json:"drills"`
}

// stepJSON is one step. A drill of each side is two steps, left and right.
type stepJSON struct {
	ID      string       `json:"id"`
	Name    string       `json:"name"`
	Side    content.Side `json:"side"`    // left, right, both in turn, or none
	Seconds int          `json:"seconds"` // with the time to get in place, so that they add up
	Breaths int          `json:"breaths"` // slow ones that fill each hold; 0 where reps are counted
	Steps   []string     `json:"steps"`
	Alt     string       `json:"alt"`
}

// Run prints the routine.
func (c *showStretchCmd) Run(p program) error {
	lib, err := content.Load()
	if err != nil {
		return err
	}
	r, err := findRoutine(lib, c.Routine, c.Minutes)
	if err != nil {
		return err
	}
	if !c.JSON {
		printRoutine(p.out, lib, r)
		return nil
	}
	out := stretchJSON{Routine: r.Kind, Minutes: r.Minutes}
	for _, s := range r.Steps() {
		out.Drills = append(out.Drills, stepJSON{s.ID, s.Drill.Name, s.Side, s.Seconds(), s.Dose.Breaths, s.Steps, s.Drill.Alt})
	}
	return printJSON(p.out, out)
}

// findRoutine looks up the first variant of a routine by its kind or title, in
// any case.
func findRoutine(lib *content.Library, name string, minutes int) (*content.Routine, error) {
	var kinds, lengths []string
	for _, r := range lib.Routines("en") {
		if !slices.Contains(kinds, string(r.Kind)) {
			kinds = append(kinds, string(r.Kind))
		}
		if !strings.EqualFold(string(r.Kind), strings.TrimSpace(name)) && !strings.EqualFold(r.Title, strings.TrimSpace(name)) {
			continue
		}
		if r.Minutes == minutes {
			return r, nil
		}
		if n := strconv.Itoa(r.Minutes); !slices.Contains(lengths, n) {
			lengths = append(lengths, n)
		}
	}
	if len(lengths) > 0 {
		return nil, usageError{fmt.Errorf("there is no routine %q of %d minutes; what works: %s", name, minutes, strings.Join(lengths, ", "))}
	}
	return nil, usageError{fmt.Errorf("there is no routine %q; what works: %s", name, strings.Join(kinds, ", "))}
}

// printRoutine prints the routine as plain text.
func printRoutine(w io.Writer, lib *content.Library, r *content.Routine) {
	fmt.Fprintf(w, "%s, %d minutes\n", strings.ToUpper(r.Title), r.Minutes)
	if r.Lead != "" {
		fmt.Fprintln(w, r.Lead)
	}
	if needs := lib.NeedWords("en", r); needs != "" {
		fmt.Fprintln(w, needs)
	}
	fmt.Fprintf(w, "%s\n\n", r.Stop)
	for i, e := range r.Entries {
		fmt.Fprintf(w, "%d. %s: %s\n", i+1, e.Drill.Name, lib.DoseWords("en", e.Dose, e.Drill.Sides))
		for _, step := range e.Steps {
			fmt.Fprintf(w, "  - %s\n", step)
		}
		fmt.Fprintf(w, "  %s\n\n", e.Drill.Stop)
	}
	if r.Close != "" {
		fmt.Fprintf(w, "%s\n\n", r.Close)
	}
	fmt.Fprintf(w, "%s\n\n", reviewWords(lib, r))
	printSources(w, lib, r.Sources)
}

// reviewWords says who has read the routine and all its drills, if anybody has.
func reviewWords(lib *content.Library, r *content.Routine) string {
	review := r.Reviewed
	for _, e := range r.Entries {
		if e.Drill.Reviewed == nil {
			review = nil
		}
	}
	if review == nil {
		return lib.Say("en", "card.foot.unreviewed", nil)
	}
	return lib.Say("en", "card.foot.reviewed", map[string]any{"By": review.By, "Role": review.Role, "Date": review.Date})
}
