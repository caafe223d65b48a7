package content

import (
	"slices"
	"strings"
)

// A Kind is what a routine is for.
type Kind string

// The kinds.
const (
	Pre      Kind = "pre"       // before training: movement only
	Post     Kind = "post"      // after it: holds
	Desk     Kind = "desk"      // in a break, with a chair at most
	Calm     Kind = "calm"      // gentle: small range, no long holds
	HipsLegs Kind = "hips_legs" // as gentle, for hips, back and legs
)

// Kinds returns the kinds, in the order in which they are offered.
func Kinds() []Kind { return []Kind{Pre, Post, Desk, Calm, HipsLegs} }

// Gentle reports whether routines of the kind have small movements only.
func (k Kind) Gentle() bool { return k == Calm || k == HipsLegs }

// A Focus is what training a warm-up is for.
type Focus string

// What a warm-up can be for.
const (
	Upper Focus = "" // neck, shoulders and upper back
	Lower Focus = "lower"
	Whole Focus = "whole"
)

// A Routine is drills in order, in one language throughout.
type Routine struct {
	ID      string   `toml:"id"` // kind, focus, minutes and, from the second on, variant: "pre-5", "pre-lower-5-2"; permanent
	Kind    Kind     `toml:"kind"`
	Focus   Focus    `toml:"focus"` // of a warm-up
	Minutes int      `toml:"minutes"`
	Variant int      `toml:"variant"` // from 1; routines of one kind, focus and length take turns
	Title   string   `toml:"title"`
	Lead    string   `toml:"lead"`    // may be empty
	Close   string   `toml:"close"`   // may be empty
	Sources []string `toml:"sources"` // its own, then those of its drills
	Grades  []Grade  `toml:"-"`       // of the sources
	Entries []Entry  `toml:"drills"`

	// Stop says when to stop, whatever the drill.
	Stop string `toml:"-"`

	// Reviewed is nil until a clinician has read the routine.
	Reviewed *Review `toml:"reviewed" json:"-"`
}

// An Entry is one drill of a routine, with its dose there.
type Entry struct {
	ID      string `toml:"drill"`
	Sets    int    `toml:"sets"` // this and the next two instead of the drill's own; 0 to keep it
	Reps    int    `toml:"reps"`
	Breaths int    `toml:"breaths"`

	Drill *Drill   `toml:"-"`
	Dose  Dose     `toml:"-"`
	Steps []string `toml:"-"` // the drill's, led by its gentle one in a calm routine
}

// A Side is the one that a step stretches or works.
type Side string

// The sides that a step can have.
const (
	Left   Side = "left"
	Right  Side = "right"
	InTurn Side = "both" // left and right in turn
	NoSide Side = "none"
)

// A Step is what is shown at a time: an entry, or one side of it.
type Step struct {
	Entry
	Side Side
}

// Seconds returns how long the step takes, with the time to get in place.
func (s Step) Seconds() int { return s.Dose.seconds(s.Drill.Sides) }

// Steps returns what a player shows, one after the other: a drill of each
// side twice, left first.
func (r *Routine) Steps() []Step {
	var out []Step
	for _, e := range r.Entries {
		switch e.Drill.Sides {
		case EachSide:
			out = append(out, Step{e, Left}, Step{e, Right})
		case BothSides:
			out = append(out, Step{e, InTurn})
		default:
			out = append(out, Step{e, NoSide})
		}
	}
	return out
}

// Seconds returns how long the routine takes: the sum of its steps.
func (r *Routine) Seconds() int {
	n := 0
	for _, s := range r.Steps() {
		n += s.Seconds()
	}
	return n
}

// HoldsNeck reports whether a drill of the routine holds the neck in a stretch.
func (r *Routine) HoldsNeck() bool {
	return slices.ContainsFunc(r.Entries, func(e Entry) bool { return e.Drill.HoldsNeck })
}

// equipment returns the ids of all that the routine needs, each once, in order.
func (r *Routine) equipment() []string {
	var out []string
	for _, e := range r.Entries {
		out = union(out, e.Drill.Equipment)
	}
	return out
}

// Routine looks up a routine. A locale that has no such routine gets the
// English one whole.
func (l *Library) Routine(locale, id string) (*Routine, bool) {
	for _, name := range []string{l.match(locale), fallback} {
		for _, r := range l.languages[name].routines {
			if r.ID == id {
				return r, true
			}
		}
	}
	return nil, false
}

// Routines returns every routine, in the file's order.
func (l *Library) Routines(locale string) []*Routine {
	var out []*Routine
	for _, r := range l.languages[fallback].routines {
		r, _ = l.Routine(locale, r.ID)
		out = append(out, r)
	}
	return out
}

// PostLines returns a routine as a class's post shows it: a line of Markdown a
// drill, with its dose.
func (l *Library) PostLines(locale string, r *Routine) []string {
	var out []string
	for _, e := range r.Entries {
		out = append(out, l.Say(locale, "stretch.line", map[string]any{
			"Name": e.Drill.Name, "Dose": l.DoseWords(locale, e.Dose, e.Drill.Sides)}))
	}
	return out
}

// NeedWords says what a routine needs, as "You need a chair, a mat."; empty if
// it needs nothing.
func (l *Library) NeedWords(locale string, r *Routine) string {
	var words []string
	for _, id := range r.equipment() {
		words = append(words, l.Say(locale, "equipment."+id, nil))
	}
	if len(words) == 0 {
		return ""
	}
	return l.Say(locale, "stretch.needs", map[string]any{"Equipment": strings.Join(words, ", ")})
}
