package content

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// A naming is how a language's people write names: short forms, and the words
// that stand beside what makes the lift.
type naming struct {
	short    map[string][]string
	sides    map[string]string // what stands for "single" before an arm or a leg
	parts    map[string]bool   // arm, leg and what else has a side
	measured map[string]string // a bare word to the lift that it is with a distance
	counted  map[string]string // a bare word to the lift that it is with a high count before it
	high     int               // such a count
	distance map[string]bool   // units that make it so
	loads    map[string]bool   // units of a load
	rounds   map[string]bool   // words of a count that several lifts share
	rest     map[string]bool   // words of pauses and the like, which have amounts of their own
	ways     map[string]bool   // words that say how a famous workout is done
	attrs    []attribute
	phrases  map[string][]phrase // by their first word
	known    map[string]bool     // every word of a phrase
	plain    map[string]bool     // each word that alone is no part of a name
	unsure   map[string][]string // a name, its words sorted, to the lifts that it may be
	settled  []string            // the words of attributes, sorted

	nerve nerveWords // of drills: what is declined
}

// nerveWords name glides of nerves: alone, or one of some with one of the moves
// beside it.
type nerveWords struct{ Alone, Of, Moves []string }

// An attribute leaves a lift what it is, if the lift has one of each list that
// isn't empty; and a drill, if the drill is on its list or needs one of its gear.
type attribute struct{ gear, muscles, patterns, drills []string }

// fits reports whether the attribute can be said of a lift.
func (a attribute) fits(e *Exercise) bool {
	has := func(wanted, have []string) bool {
		return len(wanted) == 0 || slices.ContainsFunc(wanted, func(w string) bool { return slices.Contains(have, w) })
	}
	return has(a.gear, e.Equipment) && has(a.muscles, e.Muscles) && has(a.patterns, []string{e.Pattern})
}

// suits reports whether the attribute can be said of a drill.
func (a attribute) suits(d *Drill) bool {
	return slices.Contains(a.drills, d.ID) ||
		slices.ContainsFunc(a.gear, func(g string) bool { return slices.Contains(d.Equipment, g) })
}

// What a phrase is.
type phraseKind uint8

const (
	isAttribute phraseKind = iota
	isDose                 // how much
	isNote                 // says nothing of the lift
	isHeading              // names no lift, and explains nothing in a name
)

// A phrase is some words that stand side by side.
type phrase struct {
	words []string
	kind  phraseKind
	attr  int // of an attribute: its place
}

// The files of namings: of lifts, and of drills.
const (
	liftNaming  = "names.toml"
	drillNaming = "drill-names.toml"
)

// namingFile is one of these.
type namingFile struct {
	Short     map[string]string `toml:"short"`
	Sides     map[string]any    `toml:"sides"`
	Measured  map[string]string `toml:"measured"`
	Counted   map[string]any    `toml:"counted"`
	Attribute []struct {
		Words    []string `toml:"words"`
		Gear     []string `toml:"gear"`
		Muscles  []string `toml:"muscles"`
		Patterns []string `toml:"patterns"`
		Drills   []string `toml:"drills"`
	} `toml:"attribute"`
	Dose struct {
		Distance []string `toml:"distance"`
		Load     []string `toml:"load"`
		Round    []string `toml:"round"`
		Words    []string `toml:"words"`
	} `toml:"dose"`
	Notes    struct{ Words, Rest []string } `toml:"notes"`
	Headings struct{ Words []string }       `toml:"headings"`
	Famous   struct{ Words []string }       `toml:"famous"`
	Unsure   map[string][]string            `toml:"unsure"`
	Declined nerveWords                     `toml:"declined"`
}

// naming reads a language's file of a naming, or the English where it has none.
func (r *reader) naming(dir, name string) *naming {
	file := path.Join(dir, name)
	if dir != fallback && len(r.glob(file)) == 0 {
		file = path.Join(fallback, name)
	}
	n := &naming{short: map[string][]string{}, sides: map[string]string{}, parts: map[string]bool{},
		distance: map[string]bool{}, loads: map[string]bool{}, rounds: map[string]bool{}, rest: map[string]bool{},
		ways: map[string]bool{}, phrases: map[string][]phrase{}, known: map[string]bool{}, plain: map[string]bool{}}
	var f namingFile
	if !r.toml(file, &f) {
		return n
	}
	for w, long := range f.Short {
		n.short[w] = strings.Fields(long)
	}
	n.measured, n.unsure, n.nerve = f.Measured, f.Unsure, f.Declined
	r.sides(file, n, f.Sides)
	r.counted(file, n, f.Counted)
	for i, a := range f.Attribute {
		at := fmt.Sprintf("attribute[%d]", i)
		for _, list := range []struct {
			key         string
			has, allows []string
		}{{".gear", a.Gear, slices.Concat(gear(), equipment())}, {".muscles", a.Muscles, muscles()}} {
			for j, v := range list.has {
				r.oneOf(file, fmt.Sprintf("%s%s[%d]", at, list.key, j), v, list.allows...)
			}
		}
		n.attrs = append(n.attrs, attribute{a.Gear, a.Muscles, a.Patterns, a.Drills})
		n.add(isAttribute, i, a.Words)
	}
	for _, w := range f.Dose.Distance {
		n.distance[w] = true
	}
	for _, w := range f.Dose.Load {
		n.loads[w] = true
	}
	for _, w := range f.Dose.Round {
		n.rounds[w] = true
	}
	n.add(isDose, 0, slices.Concat(f.Dose.Distance, f.Dose.Load, f.Dose.Round, f.Dose.Words))
	for _, w := range f.Notes.Rest {
		n.rest[w] = true
	}
	n.add(isNote, 0, slices.Concat(f.Notes.Rest, f.Notes.Words))
	for _, w := range f.Famous.Words {
		n.ways[w] = true
	}
	n.add(isHeading, 0, f.Headings.Words)
	slices.Sort(n.settled)
	n.settled = slices.Compact(n.settled)
	return n
}

// sides reads what stands for one side.
func (r *reader) sides(file string, n *naming, all map[string]any) {
	for w, v := range all {
		switch v := v.(type) {
		case string:
			n.sides[w] = v
		case []any:
			for _, part := range v {
				n.parts[fmt.Sprint(part)] = true
			}
		default:
			r.fault(file, "sides."+w, "is neither a word nor a list of them")
		}
	}
}

// counted reads what a high count makes another lift.
func (r *reader) counted(file string, n *naming, all map[string]any) {
	n.counted = map[string]string{}
	for w, v := range all {
		switch v := v.(type) {
		case string:
			n.counted[w] = v
		case int64:
			n.high = int(v)
		default:
			r.fault(file, "counted."+w, "is neither a lift nor a count")
		}
	}
}

// add takes the phrases of one kind.
func (n *naming) add(kind phraseKind, attr int, phrases []string) {
	for _, text := range phrases {
		p := phrase{kind: kind, attr: attr}
		for _, t := range n.tokens(text) {
			p.words = append(p.words, t.word)
			n.known[t.word] = true
			if kind == isAttribute {
				n.settled = append(n.settled, t.word)
			}
		}
		if len(p.words) == 1 && kind != isAttribute {
			n.plain[p.words[0]] = true
		}
		n.phrases[p.words[0]] = append(n.phrases[p.words[0]], p)
	}
}

// bareNames checks that what bare words stand for are lifts.
func (r *reader) bareNames(file string, s *Lifts) {
	n := s.index.naming
	is := func(key, id string) {
		if s.byID[id] == nil {
			r.fault(file, key, "%q is no lift", id)
		}
	}
	for w, id := range n.measured {
		is("measured."+w, id)
	}
	for w, id := range n.counted {
		is("counted."+w, id)
	}
	named := n.unsure
	n.unsure = map[string][]string{}
	for w, ids := range named {
		all := s.index.wordsOf(w) // in any order
		slices.Sort(all)
		n.unsure[strings.Join(all, " ")] = ids
		for i, id := range ids {
			is(fmt.Sprintf("unsure.%s[%d]", w, i), id)
		}
		if len(ids) > NearMost {
			r.fault(file, "unsure."+w, "has %d lifts, at most %d", len(ids), NearMost)
		}
	}
}
