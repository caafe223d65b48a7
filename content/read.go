package content

import (
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
)

// limbs are the sets of danger signs that a file may hold.
func limbs() []string { return []string{"arm", "leg", "trunk"} }

func (r *reader) readCodes() {
	const file = "codes.toml"
	codes := map[string]code{}
	if !r.toml(file, &codes) {
		return
	}
	r.codes = codes
	for _, id := range slices.Sorted(maps.Keys(r.codes)) {
		c := r.codes[id]
		r.oneOf(file, id+".level", string(c.Level), string(Emergency), string(Urgent))
		if len(c.Limbs)+len(c.Areas) == 0 {
			r.fault(file, id+".limbs", "has none")
		}
		for _, limb := range c.Limbs {
			r.oneOf(file, id+".limbs", limb, "arm", "leg")
		}
		for _, area := range c.Areas {
			r.oneOf(file, id+".areas", area, menu()...)
		}
	}
}

// on reports whether an area's cards must tell the sign.
func (c code) on(area, limb string) bool {
	if len(c.Areas) > 0 {
		return slices.Contains(c.Areas, area)
	}
	return limb == "trunk" || slices.Contains(c.Limbs, limb)
}

func (r *reader) readSources() {
	const file = "sources.toml"
	sources := map[string]Source{}
	if !r.toml(file, &sources) {
		return
	}
	r.sources = sources
	for _, id := range slices.Sorted(maps.Keys(r.sources)) {
		s := r.sources[id]
		s.ID = id
		r.sources[id] = s
		r.text(file, id+".title", s.Title, noPlaceholder)
		r.oneOf(file, id+".grade", string(s.Grade), "guideline", "health_service", "coaching", "cautious")
		if s.Case && s.Grade != Cautious {
			r.fault(file, id+".grade", "is %q, but one case is a reason for caution and no more", s.Grade)
		}
		// Only what rests on nobody's page but ours may go without an address.
		if s.URL != "" || s.Grade == Guideline || s.Grade == HealthService {
			r.address(file, id+".url", s.URL)
		}
	}
}

// area reads and checks one area, but for its danger signs.
func (r *reader) area(file string) *Area {
	a := &Area{}
	if !r.toml(file, a) {
		return a
	}
	r.oneOf(file, "id", a.ID, menu()...)
	if a.ID != stem(file) {
		r.fault(file, "id", "%q is not the file's name", a.ID)
	}
	r.text(file, "felt", a.Felt, noPlaceholder)
	r.text(file, "name", a.Name, noPlaceholder)
	r.oneOf(file, "group", a.Group, "upper", "middle", "lower")
	r.oneOf(file, "limb", a.Limb, limbs()...)
	r.ladder(file, &a.Ladder)
	r.block(file, "tonight", &a.Tonight, stepWords, noPlaceholder)
	r.block(file, "first_days", &a.FirstDays, stepWords, noPlaceholder)
	r.block(file, "nerve", &a.Nerve, stepWords, noPlaceholder)
	r.block(file, "back", &a.Back, stepWords, noPlaceholder)
	r.block(file, "clinic", &a.Clinic, stepWords, noPlaceholder)
	r.shape(file, a)
	r.also(file, a)
	r.review(file, "reviewed", a.Reviewed)
	return a
}

// areaSigns puts the area's danger signs together; a language that has areas has
// their signs too.
func (r *reader) areaSigns(file, dir string, b *signBook, a *Area) *SignSet {
	if !slices.Contains(limbs(), a.Limb) { // said already
		return &SignSet{}
	}
	if b == nil || b.limbs[a.Limb].Now == nil {
		r.fault(file, "limb", "has no danger signs: %s has none", path.Join(dir, "signs", a.Limb+".toml"))
		return &SignSet{}
	}
	return r.signs(dir, b, a.ID, a.Limb)
}

// shape checks that the blocks have the parts which their cards promise.
func (r *reader) shape(file string, a *Area) {
	if n := len(a.Nerve.Parts); n != 3 {
		r.fault(file, "nerve.part", "has %d lists, wants nerve-like, muscle-like and joint- or tendon-like", n)
	}
	if a.Nerve.Close == "" {
		r.fault(file, "nerve.close", "must be set")
	}
	if n := len(a.Back.Parts); n != 5 {
		r.fault(file, "back.part", "has %d stages, wants 5", n)
	}
	if n := a.Clinic.lines(); n < 6 || n > 9 {
		r.fault(file, "clinic.part", "has %d prompts, wants 6 to 9", n)
	}
}

// also checks the links to other areas. A language that lacks one gets it in
// English, so it must be there.
func (r *reader) also(file string, a *Area) {
	r.text(file, "also.text", a.Also.Text, noPlaceholder)
	if n := len(a.Also.Areas); n < 1 || n > 3 {
		r.fault(file, "also.areas", "has %d areas, wants 1 to 3", n)
	}
	for i, id := range a.Also.Areas {
		at := fmt.Sprintf("also.areas[%d]", i)
		if _, err := fs.Stat(r.fsys, path.Join(fallback, "areas", id+".toml")); err != nil || id == a.ID {
			r.fault(file, at, "%q is not another area", id)
		}
		if slices.Contains(a.Also.Areas[:i], id) {
			r.fault(file, at, "%q is there twice", id)
		}
	}
	r.cites(file, "also.sources", a.Also.Sources)
	a.Also.Grades = gradesOf(r.sources, a.Also.Sources)
}

func (r *reader) ladder(file string, l *Ladder) {
	l.Key = stem(file) + ".ladder"
	r.text(file, "ladder.title", l.Title, noPlaceholder)
	if len(l.Rungs) != len(levels()) {
		r.fault(file, "ladder.rung", "has %d rungs, wants %d", len(l.Rungs), len(levels()))
	}
	words := countWords(l.Title)
	for i, rung := range l.Rungs {
		at := fmt.Sprintf("ladder.rung[%d]", i)
		if i < len(levels()) && rung.Level != levels()[i] {
			r.fault(file, at+".level", "%q is not %q", rung.Level, levels()[i])
		}
		r.text(file, at+".text", rung.Text, isDate)
		r.cites(file, at+".sources", rung.Sources)
		l.Sources = union(l.Sources, rung.Sources)
		words += countWords(rung.Text)
	}
	r.budget(file, "ladder", words, cardWords-frame)
	l.Grades = gradesOf(r.sources, l.Sources)
}
