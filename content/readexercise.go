package content

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"unpinch/pattern"
)

// liftSlug is what a lift may be called for good: five fit into one custom ID.
var liftSlug = pattern.New(`^[a-z][a-z0-9_]{0,15}$`)

// Limits of a lift's texts, so that its card is read in 20 seconds.
const (
	liftNameRunes = 36 // a select's entry shows no more on a phone
	pauseWords    = 13
	modifyWords   = 8
	cueWords      = 12
	patternLifts  = 25 // a select holds no more
)

// steps is the ladder of modifications, in the order in which to try them.
func steps() []string { return []string{"load", "range", "tempo", "implement", "pattern"} }

// muscles are what a lift may train. fullBody is no common ground for a swap.
func muscles() []string {
	return []string{"quads", "hamstrings", "glutes", "calves", "shins", "adductors", "abductors", "hip_flexors", "chest", "lats",
		"back", "upper_back", "neck", "shoulders", "cuff", "triceps", "biceps", "forearms", "core", "obliques", "lungs", fullBody}
}

const (
	fullBody = "full_body"
	pool     = "pool"
)

// common is the gear of any gym. Swaps that need other gear come later.
func common() []string {
	return []string{"band", "bar", "barbell", "bench", "bike", "bodyweight", "box", "cable", "dip_bars", "dumbbell",
		"kettlebell", "machine", "mat", "plate", "rack", "rower", "stick", "treadmill"}
}

// gear is what a lift may need, the thing that it is known by first.
func gear() []string {
	return append(common(), "axle", "bag", "ball", "belt_machine", "climbing_wall", "ghd", "gripper", "hangboard", "keg",
		"landmine", "log", "outdoors", "pegboard", pool, "rings", "rope", "sandbag", "ski_erg", "sled", "stone",
		"trap_bar", "tyre", "vest", "wheel", "yoke", "yoke_bar")
}

// exerciseEntry is a lift's table in its pattern's file.
type exerciseEntry struct {
	Name      string            `toml:"name"`
	Names     []string          `toml:"names"`
	Muscles   []string          `toml:"muscles"`
	Equipment []string          `toml:"equipment"`
	Positions []string          `toml:"positions"`
	Stresses  []string          `toml:"stresses"` // as "overhead 3 neck elbow"
	Pause     string            `toml:"pause"`
	Modify    map[string]string `toml:"modify"`
	Cue       string            `toml:"cue"`
	Sources   []string          `toml:"sources"`
	Swaps     []string          `toml:"swaps"`
	Staple    bool              `toml:"staple"`
	HintOnly  bool              `toml:"hint_only"`
	Setup     []string          `toml:"setup"`
	Faults    []Fault           `toml:"faults"`
	Lighter   string            `toml:"lighter"`
}

// lifts reads a language's patterns and the lifts of each.
func (r *reader) lifts(dir string) *Lifts {
	s := &Lifts{byID: map[string]*Exercise{}, byCode: map[string]*Exercise{}}
	file := path.Join(dir, "patterns.toml")
	var list struct {
		Patterns []*Pattern `toml:"pattern"`
	}
	if !r.toml(file, &list) {
		return s
	}
	s.patterns = list.Patterns
	r.patterns(file, list.Patterns)
	for _, file := range r.glob(path.Join(dir, "exercises", "*.toml")) {
		if _, ok := s.Pattern(stem(file)); !ok {
			r.fault(file, "file", "has no pattern of its name in %s", path.Join(dir, "patterns.toml"))
		}
		r.exercises(file, s)
	}
	slices.SortFunc(s.all, func(a, b *Exercise) int { return cmp.Or(first(a.Staple, b.Staple), cmp.Compare(a.Name, b.Name)) })
	r.hints(dir, s)
	r.plans(path.Join(dir, "plans.toml"), s)
	s.index = liftIndex(r.naming(dir, liftNaming), s.all)
	r.names(dir, s)
	r.bareNames(path.Join(dir, liftNaming), s)
	r.workouts(dir, s)
	return s
}

func (r *reader) patterns(file string, all []*Pattern) {
	var ids []string
	for _, p := range all {
		ids = append(ids, p.ID)
	}
	for i, p := range all {
		at := fmt.Sprintf("pattern[%d]", i)
		if !liftSlug().MatchString(p.ID) || slices.Contains(ids[:i], p.ID) {
			r.fault(file, at+".id", "%q is no new name of small letters, digits and _, at most 16", p.ID)
		}
		r.text(file, at+".name", p.Name, noPlaceholder)
		r.text(file, at+".keeps", p.Keeps, noPlaceholder)
		for j, id := range p.Near {
			if !slices.Contains(ids, id) || id == p.ID {
				r.fault(file, fmt.Sprintf("%s.near[%d]", at, j), "%q is no other pattern", id)
			}
		}
		for j, id := range p.Gentler {
			if !slices.Contains(ids, id) || id == p.ID {
				r.fault(file, fmt.Sprintf("%s.gentler[%d]", at, j), "%q is no other pattern", id)
			}
		}
	}
}

// exercises reads one pattern's file.
func (r *reader) exercises(file string, s *Lifts) {
	entries := map[string]exerciseEntry{}
	if !r.toml(file, &entries) {
		return
	}
	if len(entries) > patternLifts {
		r.fault(file, "file", "has %d lifts, at most %d", len(entries), patternLifts)
	}
	for _, id := range slices.Sorted(maps.Keys(entries)) {
		e := r.exercise(file, id, entries[id])
		if s.byID[id] != nil {
			r.fault(file, id, "is there twice: the other one is in %s.toml", s.byID[id].Pattern)
			continue
		}
		if o := s.byCode[Code(id)]; o != nil {
			r.fault(file, id, "has the code of %s: one of them needs another name", o.ID)
		}
		s.byID[id], s.byCode[Code(id)] = e, e
		s.all = append(s.all, e)
	}
}

func (r *reader) exercise(file, id string, t exerciseEntry) *Exercise {
	e := &Exercise{ID: id, Pattern: stem(file), Name: t.Name, Names: t.Names, Muscles: t.Muscles, Equipment: t.Equipment,
		Positions: t.Positions, HintOnly: t.HintOnly, Pause: t.Pause, Cue: t.Cue, Hints: t.Swaps, Staple: t.Staple, Sources: t.Sources,
		Setup: t.Setup, Faults: t.Faults, Lighter: t.Lighter}
	if !liftSlug().MatchString(id) {
		r.fault(file, id, "is not small letters, digits and _, at most 16")
	}
	r.text(file, id+".name", t.Name, noPlaceholder)
	if n := utf8.RuneCountInString(t.Name); n > liftNameRunes {
		r.fault(file, id+".name", "has %d characters, at most %d", n, liftNameRunes)
	}
	r.allOf(file, id+".muscles", t.Muscles, muscles())
	r.allOf(file, id+".equipment", t.Equipment, gear())
	for i, p := range t.Positions {
		r.oneOf(file, fmt.Sprintf("%s.positions[%d]", id, i), p, positions()...)
	}
	e.Loads = r.loads(file, id+".stresses", t.Stresses)
	r.short(file, id+".pause", t.Pause, pauseWords)
	r.short(file, id+".cue", t.Cue, cueWords)
	e.Modify = r.ladderOf(file, id+".modify", t.Modify)
	r.cites(file, id+".sources", t.Sources)
	e.Grades = gradesOf(r.sources, t.Sources)
	r.setup(file, id, e)
	return e
}

// allOf checks a list that may not be empty against the allowed values.
func (r *reader) allOf(file, key string, values, allowed []string) {
	if len(values) == 0 {
		r.fault(file, key, "has none")
	}
	for i, v := range values {
		r.oneOf(file, fmt.Sprintf("%s[%d]", key, i), v, allowed...)
	}
}

func (r *reader) short(file, key, text string, most int) {
	r.text(file, key, text, noPlaceholder)
	r.budget(file, key, countWords(text), most)
}

// loads reads lines such as "overhead 3 neck shoulder_upper_back".
func (r *reader) loads(file, key string, lines []string) []Graded {
	var out []Graded
	for i, line := range lines {
		at := fmt.Sprintf("%s[%d]", key, i)
		f := strings.Fields(line)
		if len(f) < 3 {
			r.fault(file, at, "%q is not a stress, its grade and the areas it reaches", line)
			continue
		}
		l := Graded{Stress: Stress(f[0]), Areas: f[2:]}
		if !slices.Contains(Stresses(), l.Stress) {
			r.fault(file, at, "%q is not one of %s", f[0], joined(Stresses()))
		}
		if slices.ContainsFunc(out, func(o Graded) bool { return o.Stress == l.Stress }) {
			r.fault(file, at, "%q is there twice", f[0])
		}
		grade, err := strconv.Atoi(f[1])
		if err != nil || grade < 1 || grade > maxGrade {
			r.fault(file, at, "%q is no grade from 1 to %d", f[1], maxGrade)
		}
		l.Grade = grade
		for _, a := range l.Areas {
			r.oneOf(file, at, a, AreaIDs()...)
		}
		out = append(out, l)
	}
	slices.SortStableFunc(out, func(a, b Graded) int {
		return cmp.Or(cmp.Compare(b.Grade, a.Grade),
			cmp.Compare(slices.Index(Stresses(), a.Stress), slices.Index(Stresses(), b.Stress)))
	})
	return out
}

func joined(all []Stress) string {
	var words []string
	for _, s := range all {
		words = append(words, string(s))
	}
	return strings.Join(words, ", ")
}

// ladderOf puts the modifications into their order. A lift that is not worth
// modifying has the last rung alone: another pattern.
func (r *reader) ladderOf(file, key string, texts map[string]string) []Change {
	var out []Change
	for _, step := range steps() {
		if text, ok := texts[step]; ok {
			r.short(file, key+"."+step, text, modifyWords)
			out = append(out, Change{step, text})
		}
	}
	for _, step := range slices.Sorted(maps.Keys(texts)) {
		r.oneOf(file, key+"."+step, step, steps()...)
	}
	if len(texts) < 2 && texts["pattern"] == "" {
		r.fault(file, key, "wants two steps, or pattern alone")
	}
	return out
}

// setup checks what only a few lifts carry: all of it or none.
func (r *reader) setup(file, id string, e *Exercise) {
	if len(e.Setup) == 0 && len(e.Faults) == 0 && e.Lighter == "" {
		return
	}
	if len(e.Setup) != 3 {
		r.fault(file, id+".setup", "has %d cues, wants 3", len(e.Setup))
	}
	if len(e.Faults) != 2 {
		r.fault(file, id+".faults", "has %d, wants 2", len(e.Faults))
	}
	for i, cue := range e.Setup {
		r.short(file, fmt.Sprintf("%s.setup[%d]", id, i), cue, stepWords)
	}
	for i, f := range e.Faults {
		at := fmt.Sprintf("%s.faults[%d]", id, i)
		r.short(file, at+".text", f.Text, stepWords)
		for _, s := range f.Loads {
			if e.Grade(s) == 0 {
				r.fault(file, at+".loads", "%q is none of the lift's stresses", s)
			}
		}
		if len(f.Loads) == 0 {
			r.fault(file, at+".loads", "has none")
		}
	}
	r.short(file, id+".lighter", e.Lighter, stepWords+2)
}

// hints checks that the lifts a coach would swap in exist.
func (r *reader) hints(dir string, s *Lifts) {
	for _, e := range s.all {
		for i, id := range e.Hints {
			if s.byID[id] == nil || id == e.ID {
				r.fault(path.Join(dir, "exercises", e.Pattern+".toml"), fmt.Sprintf("%s.swaps[%d]", e.ID, i), "%q is no other lift", id)
			}
		}
	}
}

// names checks that no name stands for two lifts.
func (r *reader) names(dir string, s *Lifts) {
	owner := map[string]*Exercise{}
	for _, k := range s.index.keys {
		e := s.all[k.of]
		if o := owner[k.squashed]; o != nil && o != e {
			r.fault(path.Join(dir, "exercises", e.Pattern+".toml"), e.ID+".names", "%q is a name of %s too", k.text, o.ID)
		}
		owner[k.squashed] = e
	}
}

// first orders true before false.
func first(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}
