package content

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// OwnMost is how many drills a routine of one's own has at most.
const OwnMost = 5

// Mine is the kind of a routine of one's own.
const Mine Kind = "mine"

// Bounds of a line of one's own.
const (
	ownSets    = 5
	ownReps    = 30
	ownHold    = 60  // seconds
	ownRepMax  = 10  // seconds: a hold up to that is a rep's, a longer one a set's
	ownLongest = 30  // minutes that all lines take
	ownPace    = 4.0 // seconds of a rep of a drill that is held otherwise
)

// An OwnEntry is a line of a routine of one's own: reps, which may each be held
// for Hold seconds, or without reps one hold a set.
type OwnEntry struct {
	Drill    string // its id
	Sets     int    // at least 1
	Reps     int    // of each side; breaths of a drill of breaths alone; 0 for a hold
	Hold     int    // seconds; 0 for none
	EachSide bool   // the line says so; a drill with sides is done on both anyway
}

// An OwnFaultKind says why a line can't be read.
type OwnFaultKind string

// The faults.
const (
	OwnNoName  OwnFaultKind = "no name"  // it does not begin with a drill's name
	OwnUnknown OwnFaultKind = "unknown"  // no drill has that name, or several have
	OwnNoDose  OwnFaultKind = "no dose"  // it does not say how much
	OwnOddDose OwnFaultKind = "odd dose" // how much can't be read
	OwnTooMuch OwnFaultKind = "too much" // more, or less, than a line may ask
	OwnNoSides OwnFaultKind = "no sides" // a drill without sides is asked for each side
	OwnTooMany OwnFaultKind = "too many" // more lines than OwnMost
	OwnTooLong OwnFaultKind = "too long" // all lines take more than half an hour
	OwnNoLines OwnFaultKind = "no lines" // nothing is there
)

// How a line asks for both sides: as we write it, and as people do.
const (
	ownEachSide  = " each side"
	ownSideWords = ` (?:each side|per side|each way|both sides|each|a side|e/s)`
)

// An OwnFault is a line that can't be read: which, what was seen, and names of
// drills that may be meant.
type OwnFault struct {
	Line int // as people count, blank lines too; 0 for the whole
	Kind OwnFaultKind
	Seen string
	Near []string
}

var (
	ownMark = regexp.MustCompile(`^(?:[-*•–]|\d{1,2}[.)])\s+`) // of a list
	ownDose = regexp.MustCompile(`^(?:(\d{1,4})x)?(?:(\d{1,4})x)?(\d{1,4}) ?(s|secs?|seconds?|reps?|times|breaths?)?(?: holds?)?(?:` + ownSideWords + `)?$`)
	ownSide = regexp.MustCompile(ownSideWords + `$`)
	ownX    = regexp.MustCompile(`\s*(?:[x×*]|(?:sets|reps)(?: of| x)?)\s*(\d)`)
)

// ParseOwn reads a routine of one's own, a drill a line: "chin tuck 8x5s",
// "doorway 2x30s each side", "neck turns 5". It returns every line's fault, and
// no entries beside one.
func (l *Library) ParseOwn(locale, text string) ([]OwnEntry, []OwnFault) {
	var out []OwnEntry
	var faults []OwnFault
	lines := 0
	for i, line := range strings.Split(text, "\n") {
		line = ownMark.ReplaceAllString(strings.Join(strings.Fields(line), " "), "")
		if line == "" {
			continue
		}
		if lines++; lines > OwnMost { // which is the only fault then
			continue
		}
		e, fault := l.parseOwnLine(locale, line)
		if fault.Kind != "" {
			fault.Line = i + 1
			faults = append(faults, fault)
		}
		out = append(out, e)
	}
	switch {
	case lines == 0:
		return nil, []OwnFault{{Kind: OwnNoLines}}
	case lines > OwnMost:
		return nil, []OwnFault{{Kind: OwnTooMany, Seen: strconv.Itoa(lines)}}
	case len(faults) > 0:
		return nil, faults
	}
	if n := l.OwnRoutine(locale, out).Minutes; n > ownLongest {
		return nil, []OwnFault{{Kind: OwnTooLong, Seen: strconv.Itoa(n)}}
	}
	return out, nil
}

func (l *Library) parseOwnLine(locale, line string) (OwnEntry, OwnFault) {
	digit := strings.IndexAny(line, "0123456789")
	name := line
	if digit >= 0 {
		name = line[:digit]
	}
	name = strings.Trim(name, " :,;-–")
	if name == "" {
		return OwnEntry{}, OwnFault{Kind: OwnNoName, Seen: line}
	}
	d, near := l.findDrill(locale, name)
	if d == nil {
		return OwnEntry{}, OwnFault{Kind: OwnUnknown, Seen: name, Near: near}
	}
	if digit < 0 {
		return OwnEntry{}, OwnFault{Kind: OwnNoDose, Seen: line}
	}
	e, kind := parseOwnDose(line[digit:], d)
	if kind != "" {
		return OwnEntry{}, OwnFault{Kind: kind, Seen: line[digit:], Near: []string{d.Name}}
	}
	return e, OwnFault{}
}

// parseOwnDose reads how much of a drill.
func parseOwnDose(text string, d *Drill) (OwnEntry, OwnFaultKind) {
	text = ownX.ReplaceAllString(strings.ToLower(strings.TrimRight(text, " .,;")), "x$1")
	m := ownDose.FindStringSubmatch(text)
	if m == nil {
		return OwnEntry{}, OwnOddDose
	}
	a, b, n := number(m[1]), number(m[2]), number(m[3])
	e := OwnEntry{Drill: d.ID, Sets: 1, EachSide: ownSide.MatchString(text)}
	switch unit := m[4]; {
	case strings.HasPrefix(unit, "s") && m[2] != "":
		e.Sets, e.Reps, e.Hold = a, b, n
	case strings.HasPrefix(unit, "s") && m[1] != "" && n <= ownRepMax:
		e.Reps, e.Hold = a, n
	case strings.HasPrefix(unit, "s"):
		e.Hold = n
	case m[2] != "":
		return OwnEntry{}, OwnOddDose
	case strings.HasPrefix(unit, "b") && !d.breathed():
		e.Hold = n * breath
	default:
		e.Reps = n
	}
	if m[1] != "" && m[2] == "" && (e.Reps == 0 || e.Hold == 0) {
		e.Sets = a
	}
	switch {
	case e.Sets < 1 || e.Sets > ownSets, e.Reps == 0 && e.Hold == 0, e.Reps > ownReps, e.Hold > ownHold,
		m[2] != "" && b == 0, m[1] != "" && a == 0, n == 0, e.Reps > 0 && e.Hold > ownRepMax:
		return OwnEntry{}, OwnTooMuch
	case e.EachSide && d.Sides == NoSides:
		return OwnEntry{}, OwnNoSides
	}
	return e, ""
}

// number reads up to four digits; none are 0.
func number(digits string) int {
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// OwnLine writes an entry as the line that ParseOwn reads. It is "" for a drill
// that isn't there.
func (l *Library) OwnLine(locale string, e OwnEntry) string {
	d, ok := l.Drill(locale, e.Drill)
	if !ok {
		return ""
	}
	var numbers []string
	if e.Sets > 1 {
		numbers = append(numbers, strconv.Itoa(e.Sets))
	}
	if e.Reps > 0 {
		numbers = append(numbers, strconv.Itoa(e.Reps))
	}
	if e.Hold > 0 {
		numbers = append(numbers, strconv.Itoa(e.Hold)+"s")
	}
	line := d.Name + " " + strings.Join(numbers, "x")
	if e.EachSide {
		line += ownEachSide
	}
	return line
}

// OwnRoutine makes a routine of one's own lines, which a player plays as any
// other. It is nil without one whose drill is there.
func (l *Library) OwnRoutine(locale string, entries []OwnEntry) *Routine {
	r := &Routine{ID: string(Mine), Kind: Mine, Variant: 1, Title: l.Say(locale, "me.routine.name", nil)}
	for _, o := range entries {
		d, ok := l.Drill(locale, o.Drill)
		if !ok {
			continue
		}
		r.Entries = append(r.Entries, Entry{ID: d.ID, Drill: d, Dose: o.dose(d), Steps: d.Steps})
		r.Sources = union(r.Sources, d.Sources)
	}
	if len(r.Entries) == 0 {
		return nil
	}
	if all := l.Routines(locale); len(all) > 0 {
		r.Stop = all[0].Stop
	}
	r.Minutes = (r.Seconds() + 59) / 60
	r.Grades = gradesOf(l.sources, r.Sources)
	return r
}

// dose is the entry's, with the pace of the drill's own reps.
func (o OwnEntry) dose(d *Drill) Dose {
	dose := Dose{Sets: o.Sets, Reps: o.Reps, Hold: o.Hold}
	switch {
	case o.Reps > 0 && o.Hold == 0 && d.breathed():
		dose.Reps, dose.Breaths = 0, o.Reps
	case o.Reps > 0:
		dose.Pace = d.Dose.Pace
		if dose.Pace == 0 {
			dose.Pace = ownPace
		}
	default:
		dose.Breaths = max(1, int(math.Round(float64(o.Hold)/breath)))
	}
	return dose
}

// breathed reports whether the drill is one of breaths alone.
func (d *Drill) breathed() bool { return d.Dose.Reps == 0 && d.Dose.Hold == 0 }

// ownNear is how many names a fault offers.
const ownNear = 3

// findDrill looks a drill up by a name that fits no other, or returns the
// names of those that may be meant.
func (l *Library) findDrill(locale, name string) (*Drill, []string) {
	var near []string
	for _, language := range slices.Compact([]string{l.match(locale), fallback}) {
		g := l.languages[language]
		i, others := g.byName.only(name)
		if i >= 0 {
			return g.drills[i], nil
		}
		if near == nil {
			for _, o := range others[:min(ownNear, len(others))] {
				near = append(near, g.drills[o].Name)
			}
		}
	}
	return nil, near
}

// only returns the one place that a text is certain to name, or whose name alone it
// begins; else -1, and the places that come nearest.
func (x *index) only(text string) (place int, near []int) {
	all := x.wordsOf(text)
	if at, ok := x.decide(all); ok {
		return x.keys[at].of, nil
	}
	if hits := x.search(all); len(hits) == 1 && hits[0].way <= wayWords {
		return x.keys[hits[0].at].of, nil
	}
	return -1, x.likely(all, NearMost, func(int, string) bool { return false })
}
