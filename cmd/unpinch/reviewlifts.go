package main

import (
	"fmt"
	"strings"

	"unpinch/content"
)

// liftParts is the library of lifts, a chapter a pattern.
func liftParts(lib *content.Library) []reviewPart {
	s := lib.Lifts("en")
	var out []reviewPart
	for _, p := range s.Patterns() {
		part := reviewPart{Title: "Lifts: " + p.Name, About: fmt.Sprintf(
			"Behind /modify and /pinched. Stresses are graded 1 (a little) to 3 (much) by us. Swaps are computed from them; the reason of one says \"keeps the %s\".", p.Keeps)}
		for _, e := range s.Of(p.ID) {
			part.Items = append(part.Items, liftItem(lib, e))
		}
		out = append(out, part)
	}
	return out
}

func liftItem(lib *content.Library, e *content.Exercise) reviewItem {
	item := reviewItem{Key: "modify/" + e.ID, Title: e.Name, Sources: e.Sources, Grades: e.Grades}
	add := func(format string, args ...any) { item.Lines = append(item.Lines, "- "+fmt.Sprintf(format, args...)) }
	for _, l := range e.Loads {
		add("Loads: %s %d (%s)", lib.StressWord("en", l.Stress), l.Grade, strings.Join(l.Areas, ", "))
	}
	add("Leave out for now if: %s", e.Pause)
	for _, c := range e.Modify {
		add("Change the %s: %s", c.Step, c.Text)
	}
	for _, w := range lib.Lifts("en").Swaps(e, content.Concern{}) {
		add("Swap in %s: %s", w.Name, lib.Reason("en", w))
	}
	add("Cue: %s", e.Cue)
	for _, cue := range e.Setup {
		add("Set-up: %s", cue)
	}
	for _, f := range e.Faults {
		var words []string
		for _, l := range f.Loads {
			words = append(words, lib.StressWord("en", l))
		}
		add("Common fault: %s (%s)", f.Text, strings.Join(words, ", "))
	}
	if e.Lighter != "" {
		add("Weight: %s", e.Lighter)
	}
	return item
}
