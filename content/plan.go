package content

import (
	"cmp"
	"slices"
)

// A Plan is what to leave out for an area at first, and what to do instead.
type Plan struct {
	Pause   []*Exercise // three that most gyms train and that load it most
	Instead []*Exercise // a swap for each, in the same order
	Cue     string      // of the first swap
}

// pausedAtMost is how many lifts a plan pauses.
const pausedAtMost = 3

// Plan returns what to leave out for an area, each from another pattern, and
// what to do instead.
func (s *Lifts) Plan(area string) Plan {
	var p Plan
	patterns := map[string]bool{}
	for _, e := range s.staplesOn(area) {
		if patterns[e.Pattern] || len(p.Pause) == pausedAtMost {
			continue
		}
		swaps := slices.DeleteFunc(s.Swaps(e, Concern{Area: area}), func(w Swap) bool { return slices.Contains(p.Instead, w.Exercise) })
		if len(swaps) == 0 {
			continue
		}
		w := slices.MinFunc(swaps, func(a, b Swap) int { return cmp.Compare(a.On(area), b.On(area)) })
		patterns[e.Pattern] = true
		p.Pause, p.Instead = append(p.Pause, e), append(p.Instead, w.Exercise)
	}
	if len(p.Instead) > 0 {
		p.Cue = p.Instead[0].Cue
	}
	return p
}

// staplesOn returns the staples that load an area, the worst first; of those
// that load it alike, lifts with a set-up first, then in the patterns' order.
func (s *Lifts) staplesOn(area string) []*Exercise {
	var out []*Exercise
	for _, p := range s.patterns {
		for _, e := range s.Of(p.ID) {
			if e.Staple && e.On(area) > 0 {
				out = append(out, e)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b *Exercise) int {
		return cmp.Or(cmp.Compare(b.On(area), a.On(area)), first(len(a.Setup) > 0, len(b.Setup) > 0))
	})
	return out
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
	return []string{"squat", "hinge", "horizontal_push", "horizontal_pull", "trunk", "single_leg", "vertical_push", "vertical_pull"}
}

// Today returns a session for an area: of each pattern the lift with the least
// load on it.
func (s *Lifts) Today(area string) Session {
	var out Session
	var best []*Exercise
	for _, p := range session() {
		if e := s.least(area, p); e != nil {
			best = append(best, e)
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

// least returns the lift of a pattern that loads an area least, what most gyms
// train before the rest.
func (s *Lifts) least(area, pattern string) *Exercise {
	all := s.Of(pattern)
	if len(all) == 0 {
		return nil
	}
	return slices.MinFunc(all, func(a, b *Exercise) int {
		return cmp.Or(cmp.Compare(a.On(area), b.On(area)), first(a.Staple, b.Staple), cmp.Compare(a.total(), b.total()))
	})
}
