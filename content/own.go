package content

import (
	"strconv"
	"strings"
)

// OwnMost is how many drills a routine of one's own has at most.
const OwnMost = 5

// Mine is the kind of a routine of one's own.
const Mine Kind = "mine"

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
	OwnNoName  OwnFaultKind = "no name"  // it says how much, but of no drill
	OwnUnknown OwnFaultKind = "unknown"  // it is not certain which drill it means
	OwnNerve   OwnFaultKind = "nerve"    // it is a glide of a nerve, which is declined
	OwnOddDose OwnFaultKind = "odd dose" // it says how much in two ways
	OwnTooMuch OwnFaultKind = "too much" // more, or less, than a line may ask
	OwnTooMany OwnFaultKind = "too many" // more lines than OwnMost
	OwnTooLong OwnFaultKind = "too long" // all lines take more than half an hour
	OwnNoLines OwnFaultKind = "no lines" // nothing is there
)

// An OwnFault is a line that can't be read.
type OwnFault struct {
	Line   int // as people count, blank lines too; 0 for the whole
	To     int // the last line that belongs to it
	Kind   OwnFaultKind
	Seen   string   // what can't be read
	Word   string   // of what was seen, the word that is not understood
	Near   []string // ids of drills that may be meant, at most NearMost
	Dose   string   // how much, as written
	Mended string   // the line as it would be read; "" where that is for the reader to say
}

// An OwnNoteKind says in which way a line is read otherwise than it is written.
type OwnNoteKind string

// The notes.
const (
	OwnOften   OwnNoteKind = "often"    // how often a day or week, which no routine holds
	OwnLeftOut OwnNoteKind = "left out" // what else none holds: a band's colour, one side, rests
	OwnLower   OwnNoteKind = "lower"    // of a range the lower end
	OwnDefault OwnNoteKind = "own dose" // it does not say how much: the drill's own
	OwnSeconds OwnNoteKind = "seconds"  // a number without a unit, beside a stretch
	OwnNoSides OwnNoteKind = "no sides" // each side of a drill that moves both as one
)

// An OwnNote says how a line is read.
type OwnNote struct {
	Line int
	Kind OwnNoteKind
	Seen string
}

// An OwnReading is what lines are read as.
type OwnReading struct {
	Text    string     // as it was read: as written, with a line for each drill of a list
	Entries []OwnEntry // none beside a fault
	Faults  []OwnFault
	Notes   []OwnNote
}

// ReadOwn reads a routine of one's own, a drill a line, as sheets of exercises
// have them: "chin tuck 8x5s", "3 sets of 12 wall slides", "doorway stretch, hold
// 20-30s, repeat 3x, 2x/day", or how much on a line of its own below the name. A
// line is read only if each of its words is understood.
func (l *Library) ReadOwn(locale, text string) OwnReading {
	out := OwnReading{Text: l.listedOwn(locale, text)}
	items := l.ownItems(locale, out.Text)
	switch {
	case len(items) == 0:
		out.Faults = []OwnFault{{Kind: OwnNoLines}}
		return out
	case len(items) > OwnMost:
		out.Faults = []OwnFault{{Kind: OwnTooMany, Seen: strconv.Itoa(len(items)), Mended: firstItems(out.Text, items)}}
		return out
	}
	for _, it := range items {
		e, notes, fault := l.readOwnItem(locale, it)
		if fault.Kind != "" {
			fault.Line, fault.To = it.from, it.to
			out.Faults = append(out.Faults, fault)
			continue
		}
		for i := range notes {
			notes[i].Line = it.from
		}
		out.Entries, out.Notes = append(out.Entries, e), append(out.Notes, notes...)
	}
	if len(out.Faults) > 0 {
		out.Entries, out.Notes = nil, nil
		return out
	}
	if n := l.OwnRoutine(locale, out.Entries).Minutes; n > ownLongest {
		out.Entries, out.Faults = nil, []OwnFault{{Kind: OwnTooLong, Seen: strconv.Itoa(n)}}
	}
	return out
}

// firstItems returns the lines of the first items that a routine has room for.
func firstItems(text string, items []ownItem) string {
	return strings.Join(strings.Split(text, "\n")[:items[OwnMost-1].to], "\n")
}

// readOwnItem reads one drill.
func (l *Library) readOwnItem(locale string, it ownItem) (OwnEntry, []OwnNote, OwnFault) {
	name, dose := it.name, strings.Join(it.amounts.written, " ")
	seen := OwnFault{Seen: name, Dose: dose}
	if name == "" {
		seen.Kind, seen.Seen = OwnNoName, strings.TrimSpace(it.text)
		return OwnEntry{}, nil, seen
	}
	if l.ownNerve(locale, it.text) {
		seen.Kind, seen.Seen = OwnNerve, strings.TrimSpace(it.text)
		return OwnEntry{}, nil, seen
	}
	d, near, word := l.findDrill(locale, name)
	if d == nil {
		seen.Kind, seen.Near, seen.Word = OwnUnknown, near, word
		return OwnEntry{}, nil, seen
	}
	e, notes, kind := it.amounts.entry(d)
	if kind != "" {
		return OwnEntry{}, nil, OwnFault{Kind: kind, Seen: dose, Near: []string{d.ID}, Dose: dose, Mended: l.OwnLine(locale, e)}
	}
	return e, notes, OwnFault{}
}

// MendOwn returns a text with a line in place of those of a fault; "" leaves them
// out.
func MendOwn(text string, f OwnFault, line string) string {
	lines := strings.Split(text, "\n")
	if f.Line < 1 || f.To > len(lines) {
		return line // of the whole
	}
	out := append([]string{}, lines[:f.Line-1]...)
	if line != "" {
		out = append(out, line)
	}
	return strings.Join(append(out, lines[f.To:]...), "\n")
}
