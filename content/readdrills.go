package content

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"unpinch/pattern"
)

const (
	pauseMost   = 5  // seconds that one rep may be held
	breathSlack = 3  // seconds by which a hold and its breaths may differ
	stopWords   = 30 // of the sentences that say when to stop
	altWords    = 40
	frameWords  = 40 // of a routine's title, lead and close
)

// slug is what an id that lives for ever may look like.
var slug = pattern.New(`^[a-z]+(-[a-z]+)*$`)

// equipment returns the ids of everything that a drill may need.
func equipment() []string {
	return []string{"band", "chair", "desk", "doorway", "foam-roller", "mat", "pillow", "towel", "wall"}
}

// drill reads and checks one drill.
func (r *reader) drill(file string) *Drill {
	d := &Drill{Dose: Dose{Sets: 1}}
	if !r.toml(file, d) {
		return d
	}
	if !slug().MatchString(d.ID) {
		r.fault(file, "id", "%q is not like chin-tuck", d.ID)
	}
	if d.ID != stem(file) {
		r.fault(file, "id", "%q is not the file's name", d.ID)
	}
	r.text(file, "name", d.Name, noPlaceholder)
	r.oneOf(file, "sides", string(d.Sides), string(NoSides), string(BothSides), string(EachSide))
	r.dose(file, "dose", d.Dose)
	for i, e := range d.Equipment {
		r.oneOf(file, fmt.Sprintf("equipment[%d]", i), e, equipment()...)
	}
	if len(d.Steps) == 0 {
		r.fault(file, "steps", "has none")
	}
	for i, s := range d.Steps {
		r.sentence(file, fmt.Sprintf("steps[%d]", i), s, stepWords)
	}
	if d.Gentle != "" {
		r.sentence(file, "gentle", d.Gentle, stepWords)
	}
	r.sentence(file, "stop", d.Stop, stopWords)
	if d.HoldsNeck && !d.Dose.held() {
		r.fault(file, "holds_neck", "goes with a hold")
	}
	r.sentence(file, "alt", d.Alt, altWords)
	r.cites(file, "sources", d.Sources)
	d.Grades = gradesOf(r.sources, d.Sources)
	r.review(file, "reviewed", d.Reviewed)
	return d
}

// drillIndex prepares the names of the drills, and checks that none is there
// twice.
func (r *reader) drillIndex(dir string, drills []*Drill) index {
	var x index
	n := r.naming(dir, drillNaming)
	if file := path.Join(dir, drillNaming); dir == fallback || len(r.glob(file)) > 0 {
		r.namedDrills(file, n, drills)
	}
	for i, d := range drills {
		x.add(n, i, false, d.Name, d.Names...)
	}
	x.settle(n, len(drills), func(of int, a attribute) bool { return a.suits(drills[of]) })
	owner, there := map[string]int{}, map[string]bool{}
	for _, k := range x.keys {
		file := path.Join(dir, "drills", drills[k.of].ID+".toml")
		words := strings.Join(k.words, " ")
		switch o, ok := owner[k.squashed]; {
		case ok && o != k.of:
			r.fault(file, "names", "%q is a name of %s too", k.text, drills[o].ID)
		case there[words]:
			r.fault(file, "names", "%q is there twice", k.text)
		}
		there[words] = true
		owner[k.squashed] = k.of
	}
	if r.err() == nil { // working it out takes as long as all else together, and content with a fault is used by nobody
		x.spoken = spokenIn(x.keys, n)
	}
	return x
}

// spokenIn returns the names in which a word says how much, the longest first.
func spokenIn(keys []key, n *naming) []string {
	var out []string
	for _, k := range keys {
		if rest, _ := readAmounts(k.text + " 5"); len(n.words(rest)) < len(n.words(k.text)) {
			out = append(out, k.text)
		}
	}
	slices.SortFunc(out, func(a, b string) int { return len(b) - len(a) })
	return out
}

// namedDrills checks that what a naming says is of drills that are there. Where a
// drill has a fault already, that one is enough. The English naming, beside another
// language's drills, may be of more.
func (r *reader) namedDrills(file string, n *naming, drills []*Drill) {
	if r.err() != nil {
		return
	}
	is := func(key, id string) {
		if !slices.ContainsFunc(drills, func(d *Drill) bool { return d.ID == id }) {
			r.fault(file, key, "there is no drill %q", id)
		}
	}
	for i, a := range n.attrs {
		for _, id := range a.drills {
			is(fmt.Sprintf("attribute[%d].drills", i), id)
		}
	}
}

// sentence checks a text of at most so many words.
func (r *reader) sentence(file, key, text string, most int) {
	r.text(file, key, text, noPlaceholder)
	r.budget(file, key, countWords(text), most)
}

// dose checks that a dose is one of the three that can be done: reps, a hold
// with its breaths, or breaths alone.
func (r *reader) dose(file, key string, d Dose) {
	if d.Sets < 1 || d.Sets > 5 {
		r.fault(file, key+".sets", "%d is not from 1 to 5", d.Sets)
	}
	switch {
	case d.Reps < 0 || d.Hold < 0 || d.Breaths < 0:
		r.fault(file, key, "has a number below 0")
	case d.Reps > 0:
		r.repDose(file, key, d)
	case d.Pace != 0:
		r.fault(file, key+".pace", "goes with reps")
	case d.Breaths == 0:
		r.fault(file, key+".breaths", "must be set, for a hold too")
	case d.Hold > 0 && (d.Hold < 10 || d.Hold > 60):
		r.fault(file, key+".hold", "%d s is not from 10 to 60", d.Hold)
	case d.Hold > 0 && max(d.Hold-d.Breaths*breath, d.Breaths*breath-d.Hold) > breathSlack:
		r.fault(file, key+".breaths", "%d of %d s each do not fill %d s", d.Breaths, breath, d.Hold)
	}
}

func (r *reader) repDose(file, key string, d Dose) {
	if d.Pace < 1 || d.Pace > 10 {
		r.fault(file, key+".pace", "%g s a rep is not from 1 to 10", d.Pace)
	}
	if d.Hold > pauseMost {
		r.fault(file, key+".hold", "%d s is too long for one rep, at most %d", d.Hold, pauseMost)
	}
	if d.Breaths > 0 {
		r.fault(file, key+".breaths", "go with a hold, or alone, but not with reps")
	}
}

// routines reads and checks the routines of one language, whose drills are
// given. A drill of another language won't do: a routine never mixes two.
func (r *reader) routines(file string, drills []*Drill) []*Routine {
	var f struct {
		Stop struct {
			Text    string   `toml:"text"`
			Sources []string `toml:"sources"`
		} `toml:"stop"`
		Routines []*Routine `toml:"routine"`
	}
	if !r.toml(file, &f) {
		return nil
	}
	r.sentence(file, "stop.text", f.Stop.Text, stopWords)
	r.cites(file, "stop.sources", f.Stop.Sources)
	if len(f.Routines) == 0 {
		r.fault(file, "routine", "has none")
	}
	for i, x := range f.Routines {
		at := fmt.Sprintf("routine[%d]", i)
		if x.ID != "" {
			at = x.ID
		}
		if slices.ContainsFunc(f.Routines[:i], func(y *Routine) bool { return y.ID == x.ID }) {
			r.fault(file, at+".id", "is there twice")
		}
		r.routine(file, at, x, drills)
		x.Stop = f.Stop.Text
		x.Sources = union(x.Sources, f.Stop.Sources)
		x.Grades = gradesOf(r.sources, x.Sources)
	}
	return f.Routines
}

// routine checks one routine and completes it.
func (r *reader) routine(file, at string, x *Routine, drills []*Drill) {
	id := string(x.Kind)
	if x.Focus != Upper {
		id += "-" + string(x.Focus)
	}
	id = fmt.Sprintf("%s-%d", id, x.Minutes)
	if x.Variant > 1 {
		id = fmt.Sprintf("%s-%d", id, x.Variant)
	}
	if x.ID != id {
		r.fault(file, at+".id", "%q is not %q, which kind, focus, minutes and variant make", x.ID, id)
	}
	var kinds []string
	for _, k := range Kinds() {
		kinds = append(kinds, string(k))
	}
	r.oneOf(file, at+".kind", string(x.Kind), kinds...)
	r.oneOf(file, at+".focus", string(x.Focus), string(Upper), string(Lower), string(Whole))
	if x.Focus != Upper && x.Kind != Pre {
		r.fault(file, at+".focus", "goes with a warm-up")
	}
	r.oneOf(file, at+".minutes", fmt.Sprint(x.Minutes), "3", "5", "10")
	if x.Variant < 1 {
		r.fault(file, at+".variant", "%d is below 1", x.Variant)
	}
	r.text(file, at+".title", x.Title, noPlaceholder)
	r.optional(file, at+".lead", x.Lead, noPlaceholder)
	r.optional(file, at+".close", x.Close, noPlaceholder)
	r.budget(file, at, countWords(x.Title, x.Lead, x.Close), frameWords)
	r.cites(file, at+".sources", x.Sources)
	r.review(file, at+".reviewed", x.Reviewed)
	r.entries(file, at+".drills", x, drills)
}

// entries checks the drills of a routine, and that they fill its minutes.
func (r *reader) entries(file, at string, x *Routine, drills []*Drill) {
	whole, held := len(x.Entries) > 0, 0
	if !whole {
		r.fault(file, at, "has none")
	}
	for i := range x.Entries {
		e := &x.Entries[i]
		whole = r.entry(file, fmt.Sprintf("%s[%d]", at, i), x.Kind, e, drills) && whole
		if e.Dose.held() {
			held++
		}
	}
	if !whole {
		return // what follows would be wrong only because of that
	}
	for _, e := range x.Entries {
		x.Sources = union(x.Sources, e.Drill.Sources)
	}
	if got, want := x.Seconds(), x.Minutes*60; got*10 < want*9 || got*10 > want*11 {
		r.fault(file, at, "take %d s, which is not within a tenth of %d s", got, want)
	}
	if x.Kind == Post && held*2 < len(x.Entries) {
		r.fault(file, at, "hold %d stretches of %d, wants half of them or more", held, len(x.Entries))
	}
}

// entry finds an entry's drill, works out its dose and checks that the drill
// suits the kind of routine. It returns false if there is no such drill.
func (r *reader) entry(file, at string, kind Kind, e *Entry, drills []*Drill) bool {
	i := slices.IndexFunc(drills, func(d *Drill) bool { return d.ID == e.ID })
	if i < 0 {
		r.fault(file, at+".drill", "there is no drill %q", e.ID)
		return false
	}
	e.Drill, e.Dose, e.Steps = drills[i], drills[i].Dose, drills[i].Steps
	if e.Sets != 0 {
		e.Dose.Sets = e.Sets
	}
	if e.Reps != 0 {
		e.Dose.Reps = e.Reps
	}
	if e.Breaths != 0 {
		e.Dose.Breaths = e.Breaths
	}
	if e.Sets != 0 || e.Reps != 0 || e.Breaths != 0 {
		r.dose(file, at, e.Dose)
	}
	switch {
	case kind == Pre && e.Dose.held():
		r.fault(file, at+".drill", "%s is held; before training there is movement only", e.ID)
	case kind.Gentle() && (e.Dose.held() || e.Drill.Gentle == ""):
		r.fault(file, at+".drill", "%s is not gentle: a calm routine has small movements that say how, and no holds", e.ID)
	case kind == Desk && slices.ContainsFunc(e.Drill.Equipment, func(q string) bool { return q != "chair" && q != "desk" }):
		r.fault(file, at+".drill", "%s needs more than a chair and a desk", e.ID)
	}
	if kind.Gentle() && e.Drill.Gentle != "" {
		e.Steps = append([]string{e.Drill.Gentle}, e.Drill.Steps...)
	}
	return true
}
