package reading

import (
	"slices"
	"strings"

	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
)

// A choice is which lifts a reader of an area is told of.
type choice struct {
	lifts *content.Lifts
	area  string
	asked *content.Exercise // the lift that was asked about; nil for none
}

func (c choice) concern() content.Concern { return content.Concern{Area: c.area} }

// plan is what to leave out and what to do instead: for the lift that was asked
// about, or else for the area.
func (c choice) plan() content.Plan {
	if c.asked == nil {
		return c.lifts.Plan(c.area)
	}
	p := content.Plan{Pause: []*content.Exercise{c.asked}}
	for _, w := range c.lifts.Swaps(c.asked, c.concern()) {
		p.Instead = append(p.Instead, w.Exercise)
	}
	return p
}

// on returns the lifts that the card of a view is about.
func (c choice) on(v button.PinchedView) []*content.Exercise {
	switch v {
	case button.PinchedNext, button.PinchedCoach:
		p := c.plan()
		return slices.Concat(p.Pause, p.Instead)
	case button.PinchedLift:
		if c.asked != nil { // nil when the lift is gone since the button was made
			return []*content.Exercise{c.asked}
		}
	case button.PinchedToday:
		d := c.lifts.Today(c.area)
		return append(d.Lifts, d.Cardio)
	}
	return nil
}

func names(lifts []*content.Exercise) string {
	var out []string
	for _, e := range lifts {
		out = append(out, e.Name)
	}
	return strings.Join(out, ", ")
}

// liftGrades joins the grades of lifts, the surest first, and with them the
// grading of the stresses, which is our own.
func liftGrades(lifts []*content.Exercise) []content.Grade {
	out := []content.Grade{content.Cautious}
	for _, e := range lifts {
		out = card.JoinGrades(out, e.Grades)
	}
	return out
}

// liftSourceIDs returns the sources of lifts, each once.
func liftSourceIDs(lifts []*content.Exercise) []string {
	var out []string
	for _, e := range lifts {
		for _, id := range e.Sources {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}
