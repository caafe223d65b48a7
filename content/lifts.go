package content

import (
	"cmp"
	"slices"
)

// Lifts is one language's library of lifts. Like the Library it is immutable.
type Lifts struct {
	all      []*Exercise // staples first, then by name
	byID     map[string]*Exercise
	byCode   map[string]*Exercise
	patterns []*Pattern          // in the order offered
	plans    map[string]areaPlan // of each area
	index    index
	workouts map[string]Workout // famous ones, by the words of their names
}

// AreaIDs returns the ids of all areas of the body, in the menu's order,
// whether or not their cards have been written.
func AreaIDs() []string { return menu() }

// Lifts returns the library of lifts. A language without one has the English.
func (l *Library) Lifts(locale string) *Lifts {
	if s := l.lifts[l.match(locale)]; s != nil {
		return s()
	}
	return l.lifts[fallback]()
}

// All returns every lift, those that most gyms train first, then by name.
func (s *Lifts) All() []*Exercise { return slices.Clone(s.all) }

// ByID looks up a lift by its id.
func (s *Lifts) ByID(id string) (*Exercise, bool) {
	e, ok := s.byID[id]
	return e, ok
}

// ByCode looks up a lift by the code of its id.
func (s *Lifts) ByCode(code string) (*Exercise, bool) {
	e, ok := s.byCode[code]
	return e, ok
}

// Patterns returns the patterns in the order in which they are offered.
func (s *Lifts) Patterns() []*Pattern { return slices.Clone(s.patterns) }

// Pattern looks up a pattern by its id.
func (s *Lifts) Pattern(id string) (*Pattern, bool) {
	for _, p := range s.patterns {
		if p.ID == id {
			return p, true
		}
	}
	return nil, false
}

// Of returns the lifts of a pattern, at most 25, by name.
func (s *Lifts) Of(pattern string) []*Exercise {
	var out []*Exercise
	for _, e := range s.all {
		if e.Pattern == pattern {
			out = append(out, e)
		}
	}
	slices.SortFunc(out, func(a, b *Exercise) int { return cmp.Compare(a.Name, b.Name) })
	return out
}

// Loading returns the lifts that load an area, by our grading, the worst first.
func (s *Lifts) Loading(area string) []*Exercise {
	var out []*Exercise
	for _, e := range s.all {
		if e.On(area) > 0 {
			out = append(out, e)
		}
	}
	slices.SortStableFunc(out, func(a, b *Exercise) int { return cmp.Compare(b.On(area), a.On(area)) })
	return out
}
