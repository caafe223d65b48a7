package content

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// signSet reads a limb's danger signs, composes the card's lines, and checks
// that no sign of the limb is missing.
func (r *reader) signSet(file string) *SignSet {
	limb := stem(file)
	s := &SignSet{Key: "signs." + limb, Limb: limb}
	var f signFile
	if !r.toml(file, &f) {
		return s
	}
	r.oneOf(file, "file", limb, limbs()...)
	s.Now = r.signLines(file, "now", f.Now, nowLines, nowWords)
	s.Soon = r.signLines(file, "soon", f.Soon, soonLines, soonWords)
	r.signCodes(file, "now", limb, f.Now, Emergency)
	r.signCodes(file, "soon", limb, f.Soon, Urgent)
	for _, e := range f.Now {
		s.signs = e.signs(s.signs, Emergency)
	}
	for _, e := range f.Soon {
		s.signs = e.signs(s.signs, Urgent)
	}
	for _, sign := range s.signs {
		s.Sources = union(s.Sources, sign.Sources)
	}
	s.Grades = gradesOf(r.sources, s.Sources)
	for _, id := range slices.Sorted(maps.Keys(r.codes)) {
		told := slices.ContainsFunc(s.signs, func(sign Sign) bool { return sign.Code == id })
		if r.codes[id].of(limb) && !told {
			r.fault(file, id, "the sign is missing")
		}
	}
	return s
}

// signLines checks one list and composes its lines.
func (r *reader) signLines(file, list string, entries []signEntry, lines, words int) []SignLine {
	var out []SignLine
	total := 0
	for i, e := range entries {
		at := fmt.Sprintf("%s[%d]", list, i)
		r.text(file, at+".key", e.Key, noPlaceholder)
		r.optional(file, at+".lead", e.Lead, noPlaceholder)
		if slices.ContainsFunc(entries[:i], func(b signEntry) bool { return b.Key == e.Key }) {
			r.fault(file, at+".key", "%q is there twice", e.Key)
		}
		line := e.line()
		if !strings.Contains(line.Text, "**") {
			r.fault(file, at, "has no key word in bold")
		}
		total += countWords(line.Text)
		out = append(out, line)
	}
	if len(entries) == 0 || len(entries) > lines {
		r.fault(file, list, "has %d lines, wants 1 to %d", len(entries), lines)
	}
	r.budget(file, list, total, words)
	return out
}

// signCodes checks the fragments of one list: known signs, of this limb, at this level.
func (r *reader) signCodes(file, list, limb string, entries []signEntry, level Level) {
	for i, e := range entries {
		if len(e.Parts) == 0 {
			r.fault(file, fmt.Sprintf("%s[%d].part", list, i), "has none")
		}
		for j, f := range e.Parts {
			at := fmt.Sprintf("%s[%d].part[%d]", list, i, j)
			r.text(file, at+".text", f.Text, noPlaceholder)
			r.cites(file, at+".sources", f.Sources)
			if len(f.Codes) == 0 {
				r.fault(file, at+".codes", "has none")
			}
			for _, id := range f.Codes {
				c, ok := r.codes[id]
				switch {
				case r.codes == nil:
				case !ok:
					r.fault(file, at+".codes", "%q is not in codes.toml", id)
				case c.Level != level:
					r.fault(file, at+".codes", "%q is %s, this list is %s", id, c.Level, level)
				case !c.of(limb):
					r.fault(file, at+".codes", "%q is no sign of the %s", id, limb)
				}
			}
		}
	}
}

// stop reads the words of the stop card.
func (r *reader) stop(file string) *Stop {
	s := &Stop{}
	if !r.toml(file, s) {
		return s
	}
	numbers := func(p string) bool { return p == "{emergency}" || p == "{urgent}" }
	r.block(file, "now", &s.Now, 0, numbers)
	r.block(file, "soon", &s.Soon, 0, numbers)
	r.block(file, "under_18", &s.Under18, 0, noPlaceholder)
	r.block(file, "pregnancy", &s.Pregnancy, 0, noPlaceholder)
	r.text(file, "ring.emergency", s.Ring.Emergency, noPlaceholder)
	r.text(file, "ring.urgent", s.Ring.Urgent, noPlaceholder)
	r.text(file, "ring.known", s.Ring.Known, func(p string) bool { return p == "{name}" || p == "{number}" })
	if !strings.Contains(strings.Join(s.Now.texts(), " "), "{emergency}") {
		r.fault(file, "now", "never says {emergency}")
	}
	if !strings.Contains(strings.Join(s.Soon.texts(), " "), "{urgent}") {
		r.fault(file, "soon", "never says {urgent}")
	}
	return s
}
