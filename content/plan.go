package content

import (
	"cmp"
	"slices"
)

// A Plan is what to leave out for an area at first, and what to do instead.
type Plan struct {
	Pause   []*Exercise // three that most gyms train
	Instead []*Exercise // a swap for each, in the same order
}

// pausedAtMost is how many lifts a plan pauses.
const pausedAtMost = 3

// areaPlan is what plans are made of for one area.
type areaPlan struct {
	Staples []string `toml:"staples"` // ids of lifts, the likeliest in a gym first
	Out     []rest   `toml:"out"`
}

// rest is something that First days of an area leaves out. A lift is meant if
// everything that is set fits it.
type rest struct {
	Say      string   `toml:"say"` // stands in the text of First days
	Lifts    []string `toml:"lifts"`
	Pattern  string   `toml:"pattern"`
	Position string   `toml:"position"`
	Muscle   string   `toml:"muscle"` // the main one
	Stress   Stress   `toml:"stress"`
	Grade    int      `toml:"grade"` // of the stress, or more
}

func (o rest) fits(e *Exercise) bool {
	return (len(o.Lifts) == 0 || slices.Contains(o.Lifts, e.ID)) &&
		(o.Pattern == "" || o.Pattern == e.Pattern) &&
		(o.Position == "" || slices.Contains(e.Positions, o.Position)) &&
		(o.Muscle == "" || o.Muscle == e.Muscles[0]) &&
		(o.Stress == "" || e.Grade(o.Stress) >= o.Grade)
}

// Rested reports whether First days of an area leaves a lift out.
func (s *Lifts) Rested(area string, e *Exercise) bool {
	return slices.ContainsFunc(s.plans[area].Out, func(o rest) bool { return o.fits(e) })
}

// Plan returns what to leave out for an area, each from another pattern, and
// what to do instead: the first swap that First days of the area allows.
func (s *Lifts) Plan(area string) Plan {
	var p Plan
	patterns := map[string]bool{}
	for _, id := range s.plans[area].Staples {
		e, ok := s.ByID(id)
		if !ok || patterns[e.Pattern] || len(p.Pause) == pausedAtMost {
			continue
		}
		swaps := s.passing(e, Concern{Area: area})
		i := slices.IndexFunc(swaps, func(w Swap) bool {
			return w.usual() && !s.Rested(area, w.Exercise) && !slices.Contains(p.Instead, w.Exercise)
		})
		if i >= 0 {
			patterns[e.Pattern] = true
			p.Pause, p.Instead = append(p.Pause, e), append(p.Instead, swaps[i].Exercise)
		}
	}
	return p
}

// A Session is lifts for today that ask little of an area, by our grading.
type Session struct {
	Lifts  []*Exercise // four to six, a pattern each
	Cardio *Exercise
	Left   []*Pattern // patterns whose every lift asks too much
}

const (
	sessionLeast = 4
	sessionMost  = 6
	sessionLoad  = 1 // a lift that asks more of the area is left out, where others do
)

// session is the patterns of a session, those that it can do without last.
func session() []string {
	return []string{"squat", "hinge", "horizontal_push", "horizontal_pull", "trunk", "single_leg", "vertical_push", "vertical_pull", "planks", "hips"}
}

// Today returns a session for an area: of each pattern the lift with the least
// load on it, and nothing that First days of the area leaves out.
func (s *Lifts) Today(area string) Session {
	var out Session
	var best []*Exercise
	for _, id := range session() {
		if e := s.least(area, id); e != nil {
			best = append(best, e)
		} else if p, ok := s.Pattern(id); ok {
			out.Left = append(out.Left, p)
		}
	}
	slices.SortStableFunc(best, func(a, b *Exercise) int {
		return cmp.Compare(max(a.On(area), sessionLoad), max(b.On(area), sessionLoad))
	})
	for _, e := range best {
		fits := e.On(area) <= sessionLoad || len(out.Lifts) < sessionLeast
		switch {
		case fits && len(out.Lifts) < sessionMost:
			out.Lifts = append(out.Lifts, e)
		case !fits:
			p, _ := s.Pattern(e.Pattern)
			out.Left = append(out.Left, p)
		}
	}
	out.Cardio = s.least(area, "cardio")
	return out
}

// least returns the lift of a pattern that loads an area least, of those that
// any gym has and First days allows; what most gyms train before the rest. Nil
// if there is none.
func (s *Lifts) least(area, pattern string) *Exercise {
	all := slices.DeleteFunc(s.Of(pattern), func(e *Exercise) bool {
		return e.HintOnly || !e.usual() || s.Rested(area, e)
	})
	if len(all) == 0 {
		return nil
	}
	return slices.MinFunc(all, func(a, b *Exercise) int {
		return cmp.Or(cmp.Compare(a.On(area), b.On(area)), first(a.Staple, b.Staple), cmp.Compare(a.total(), b.total()))
	})
}
