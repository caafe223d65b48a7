package content

import (
	"fmt"
	"maps"
	"slices"
)

// plans reads what to leave out first for each area.
func (r *reader) plans(file string, s *Lifts) {
	if !r.toml(file, &s.plans) {
		return
	}
	for _, area := range AreaIDs() {
		p, ok := s.plans[area]
		if !ok {
			r.fault(file, area, "is missing")
			continue
		}
		if len(p.Staples) < pausedAtMost {
			r.fault(file, area+".staples", "has %d, at least %d", len(p.Staples), pausedAtMost)
		}
		for i, id := range p.Staples {
			if s.byID[id] == nil {
				r.fault(file, fmt.Sprintf("%s.staples[%d]", area, i), "%q is no lift", id)
			}
		}
		for i, o := range p.Out {
			r.rest(file, fmt.Sprintf("%s.out[%d]", area, i), o, s)
		}
	}
	for _, area := range slices.Sorted(maps.Keys(s.plans)) {
		r.oneOf(file, area, area, AreaIDs()...)
	}
}

// rest checks that what First days leaves out exists, and that it says what.
func (r *reader) rest(file, at string, o rest, s *Lifts) {
	r.text(file, at+".say", o.Say, noPlaceholder)
	for i, id := range o.Lifts {
		if s.byID[id] == nil {
			r.fault(file, fmt.Sprintf("%s.lifts[%d]", at, i), "%q is no lift", id)
		}
	}
	if (o.Stress == "") != (o.Grade == 0) {
		r.fault(file, at+".grade", "goes with a stress, and a stress with it")
	}
	if !slices.ContainsFunc(s.all, o.fits) {
		r.fault(file, at, "fits no lift")
	}
}
