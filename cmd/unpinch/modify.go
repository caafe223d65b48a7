package main

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"unpinch/content"
)

type showModifyCmd struct {
	Exercise []string     `arg:"" help:"One to five lifts, as people call them."`
	Area     string       `placeholder:"AREA" help:"Go easy on this area, such as neck."`
	Less     content.Less `placeholder:"LESS" help:"What to ask less of, such as grip."`
	JSON     bool         `name:"json" help:"As data."`
}

// modifyJSON is one lift as data.
type modifyJSON struct {
	ID       string                 `json:"id"`
	Exercise string                 `json:"exercise"`
	Matched  string                 `json:"matched"` // the name that the query found
	Area     string                 `json:"area"`
	Less     content.Less           `json:"less"`
	Stresses map[content.Stress]int `json:"stresses"`
	Pause    string                 `json:"pause"`
	Modify   []content.Change       `json:"modify"`
	Swaps    []swapJSON             `json:"swaps"`
	Gentler  string                 `json:"gentler,omitempty"` // a pattern, when no swap is good
	Cue      string                 `json:"cue"`
	Sources  []sourceJSON           `json:"sources"`
}

type swapJSON struct {
	ID       string           `json:"id"`
	Exercise string           `json:"exercise"`
	Keeps    []string         `json:"keeps"`
	Lowers   []content.Stress `json:"lowers"`
	Reason   string           `json:"reason"`
}

// liftsAtOnce is how many lifts one call takes, as /modify does.
const liftsAtOnce = 5

// Run prints the lifts, as text or as data: a list for several.
func (c *showModifyCmd) Run(p program) error {
	lib, err := content.Load()
	if err != nil {
		return err
	}
	concern, err := c.concern(lib)
	if err != nil {
		return err
	}
	found, err := findLifts(lib.Lifts("en"), c.Exercise)
	if err != nil {
		return err
	}
	if !c.JSON {
		if concern.Area != "" {
			fmt.Fprintf(p.out, "%s unpinch show pinched --area %s\n\n", lib.Say("en", "card.signs", nil), concern.Area)
		}
		for _, m := range found {
			printLift(p.out, lib, m, concern)
		}
		printSources(p.out, lib, liftSources(found))
		return nil
	}
	var out []modifyJSON
	for _, m := range found {
		out = append(out, liftData(lib, m, concern))
	}
	if len(out) == 1 {
		return printJSON(p.out, out[0])
	}
	return printJSON(p.out, out)
}

// concern reads area and less, each in any case, with blanks or hyphens.
func (c *showModifyCmd) concern(lib *content.Library) (content.Concern, error) {
	var out content.Concern
	if c.Area != "" {
		a, err := findArea(lib, c.Area)
		if err != nil {
			return out, err
		}
		out.Area = a.ID
	}
	if c.Less == "" {
		return out, nil
	}
	var known []string
	for _, l := range content.Lesses() {
		if strings.NewReplacer(" ", "_", "-", "_").Replace(strings.ToLower(string(c.Less))) == string(l) {
			out.Less = l
			return out, nil
		}
		known = append(known, string(l))
	}
	return out, usageError{fmt.Errorf("there is no %q to ask less of; what works: %s", string(c.Less), strings.Join(known, ", "))}
}

// findLifts looks the lifts up, each argument one, or a famous workout; or all of
// them as the words of one name, which needs no quotes then.
func findLifts(s *content.Lifts, names []string) ([]content.Match, error) {
	joined := strings.Join(names, " ")
	whole, ok := s.Certain(joined)
	if ok && strings.EqualFold(whole.Matched, joined) {
		return []content.Match{whole}, nil
	}
	var out []content.Match
	var faults []error
	for _, name := range names {
		found, err := namedLifts(s, name)
		if err != nil {
			faults = append(faults, err)
		}
		out = append(out, found...)
	}
	switch {
	case len(faults) > 0 && ok:
		return []content.Match{whole}, nil
	case len(names) > liftsAtOnce:
		return nil, usageError{fmt.Errorf("%d lifts, at most %d at a time", len(names), liftsAtOnce)}
	}
	return out, errors.Join(faults...)
}

// namedLifts returns the lifts that one argument names for certain.
func namedLifts(s *content.Lifts, name string) ([]content.Match, error) {
	if m, ok := s.Certain(name); ok {
		return []content.Match{m}, nil
	}
	var out []content.Match
	lines := s.Read(name).Lines
	for _, l := range lines {
		if !l.Certain() {
			lines = nil
			break
		}
		out = append(out, l.Match)
	}
	if len(lines) > 0 {
		return out, nil
	}
	var near []string
	for _, e := range s.Near(name) {
		near = append(near, e.Name)
	}
	if len(near) == 0 {
		return nil, fmt.Errorf("%q has no word of a lift", name)
	}
	return nil, fmt.Errorf("not certain which lift %q is; the nearest: %s", name, strings.Join(near, ", "))
}

func liftData(lib *content.Library, m content.Match, c content.Concern) modifyJSON {
	e, s := m.Exercise, lib.Lifts("en")
	out := modifyJSON{ID: e.ID, Exercise: e.Name, Matched: m.Matched, Area: c.Area, Less: c.Less, Stresses: map[content.Stress]int{},
		Pause: e.Pause, Modify: e.Modify, Swaps: []swapJSON{}, Cue: e.Cue, Sources: sourcesJSON(lib, e.Sources)}
	for _, l := range e.Loads {
		out.Stresses[l.Stress] = l.Grade
	}
	for _, w := range s.Swaps(e, c) {
		x := swapJSON{ID: w.ID, Exercise: w.Name, Keeps: w.Keeps(), Reason: lib.Reason("en", w)}
		for _, low := range w.Lowers {
			x.Lowers = append(x.Lowers, low.Stress)
		}
		out.Swaps = append(out.Swaps, x)
	}
	if g, ok := s.Gentler(e, c); ok && len(out.Swaps) == 0 {
		out.Gentler = g.ID
	}
	return out
}

// printLift prints one lift as plain text.
func printLift(w io.Writer, lib *content.Library, m content.Match, c content.Concern) {
	e, s := m.Exercise, lib.Lifts("en")
	fmt.Fprintf(w, "%s\n", strings.ToUpper(e.Name))
	for _, l := range e.Loads {
		var parts []string
		for _, area := range l.Areas {
			parts = append(parts, lib.Say("en", "part."+area, nil))
		}
		fmt.Fprintln(w, "  - "+lib.Say("en", "modify.load."+strconv.Itoa(l.Grade), map[string]any{"Stress": lib.StressWord("en", l.Stress), "Parts": strings.Join(parts, ", ")}))
	}
	fmt.Fprintf(w, "  Leave out for now if: %s\n", e.Pause)
	for _, step := range e.Modify {
		fmt.Fprintf(w, "  - %s: %s\n", step.Step, step.Text)
	}
	swaps := s.Swaps(e, c)
	for _, x := range swaps {
		fmt.Fprintf(w, "  Swap in %s: %s\n", x.Name, lib.Reason("en", x))
	}
	if g, ok := s.Gentler(e, c); ok && len(swaps) == 0 {
		fmt.Fprintf(w, "  No good swap. Gentler: %s\n", g.Name)
	}
	fmt.Fprintf(w, "  Cue: %s\n", e.Cue)
	for _, cue := range e.Setup {
		fmt.Fprintf(w, "  Set-up: %s\n", cue)
	}
	for _, f := range e.Faults {
		var words []string
		for _, l := range f.Loads {
			words = append(words, lib.StressWord("en", l))
		}
		fmt.Fprintf(w, "  Fault: %s (%s)\n", f.Text, strings.Join(words, ", "))
	}
	fmt.Fprintln(w)
}

// liftSources returns the sources of all lifts, each once.
func liftSources(found []content.Match) []string {
	var out []string
	for _, m := range found {
		for _, id := range m.Sources {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}
