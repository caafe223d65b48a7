package timetable

import (
	"fmt"
	"strings"

	"unpinch/schedule"
)

// A Fault is one thing that is wrong with a line or a file: where, what was
// seen, and by its code what is wrong with it and what would work.
type Fault struct {
	N       int    // of the line, from 1; 0 if it is of the whole
	Text    string // the line, or the key of the file that it is about
	Code    Code
	Seen    string
	Example string
	Rule    *schedule.ParseError // where the code is CodeRule or CodeDate
}

// A Code is a stable word for one way to be wrong.
type Code string

// The codes of lines and files.
const (
	CodeRule      Code = "rule"       // no rule; Fault.Rule says why
	CodeLength    Code = "length"     // outside 5 to 1440 minutes
	CodeTitleLong Code = "title_long" // above 60 characters
	CodeTwice     Code = "twice"      // there before: the class, id, key, day or start
	CodeMany      Code = "many"       // more than 50 lines
	CodeTooLong   Code = "too_long"   // a line far longer than any class
)

// The codes of lines alone.
const (
	CodeUnit      Code = "unit"      // a number without its unit
	CodeAmbiguous Code = "ambiguous" // 6h after a time, a length or a time of day; noon before a title
	CodeOrder     Code = "order"     // a length after the title
	CodeQuote     Code = "quote"     // quotes that don't close, or words on both sides of them
	CodeTypo      Code = "typo"      // 6:30m; Example is what it may be
	CodeOnce      Code = "once"      // a date, or a word that makes it no class of every week
	CodeMixed     Code = "mixed"     // another time, of which it isn't clear what else belongs to it
	CodeWhose     Code = "whose"     // a line that may be the title of the time above or of that below
)

// The codes of files alone.
const (
	CodeText    Code = "text"    // no text at all
	CodeYAML    Code = "yaml"    // not YAML; Seen is what its reader says
	CodeSize    Code = "size"    // above MaxSize
	CodeEmpty   Code = "empty"   // nothing in it
	CodeVersion Code = "version" // another version than ours
	CodeAlias   Code = "alias"   // anchors, aliases, tags of their own
	CodeKey     Code = "key"     // a key that we don't know
	CodeHidden  Code = "hidden"  // a text of which nothing can be seen
	CodeMissing Code = "missing" // a key that has to be there
	CodeKind    Code = "kind"    // a list where a word belongs, and the like
	CodeZone    Code = "zone"    // no time zone
	CodeNumber  Code = "number"  // not a whole number above 0
	CodeLead    Code = "lead"    // outside 0 to 120 minutes
	CodeBool    Code = "bool"    // neither true nor false
	CodeFocus   Code = "focus"   // nothing that a warm-up is for
	CodeID      Code = "id"      // not an id of Discord's
	CodeDate    Code = "date"    // no day of the calendar; Fault.Rule says why
	CodeInstant Code = "instant" // no day with a time of day
	CodeCrowded Code = "crowded" // a list of more than fit; Seen is how many there are, and Example how many fit

	CodeDays      Code = "days"      // neither a day of the calendar nor the first and last of several
	CodeBackwards Code = "backwards" // a run of days that ends before it begins
	CodeStopped   Code = "stopped"   // more faults than are told; Seen is how many are
)

// says has for each code what is wrong, in English.
var says = map[Code]string{
	CodeRule:      "is no rule",
	CodeLength:    "is no length from 5 to 1440 minutes",
	CodeTitleLong: "is longer than 60 characters",
	CodeTwice:     "is there twice",
	CodeMany:      "more than 50 lines",
	CodeTooLong:   "is too long for a class",
	CodeUnit:      "has no unit",
	CodeAmbiguous: "can be read in two ways",
	CodeOrder:     "is a length after the title",
	CodeQuote:     "has quotes that don't close around the title",
	CodeTypo:      "is mistyped",
	CodeOnce:      "does not come every week",
	CodeMixed:     "is another time, and it isn't clear what belongs to it",
	CodeWhose:     "may be the title of the time above or below it",
	CodeText:      "is no text",
	CodeYAML:      "not YAML",
	CodeSize:      "the file is too large",
	CodeEmpty:     "nothing in it",
	CodeVersion:   "is a version that this program does not read",
	CodeAlias:     "anchors, aliases and tags are not read",
	CodeKey:       "is not a key of this file",
	CodeHidden:    "nothing of what is there can be seen",
	CodeMissing:   "is missing",
	CodeKind:      "does not belong here",
	CodeZone:      "is no time zone",
	CodeNumber:    "is no whole number above 0",
	CodeLead:      "is not from 0 to 120 minutes",
	CodeBool:      "is neither true nor false",
	CodeFocus:     "is nothing that a warm-up is for",
	CodeID:        "is no id of Discord's",
	CodeDate:      "is no day of the calendar",
	CodeInstant:   "is no day with a time of day",
	CodeCrowded:   "are too many",
	CodeDays:      "is neither a day nor the first and last of several",
	CodeBackwards: "ends before it begins",
	CodeStopped:   "faults, and the rest is not read",
	CodeCSV:       "not CSV",
	CodeJSON:      "not JSON",
	CodeSource:    "is not there, so this is another program's file",
}

// Error says it in English: "line 12: zone Europe/Lisbn: is no time zone; what
// works: Europe/Lisbon".
func (f Fault) Error() string {
	var parts []string
	if f.N > 0 {
		parts = append(parts, fmt.Sprintf("line %d", f.N))
	}
	about := f.Text
	if f.Rule == nil && !strings.Contains(" "+f.Text+" ", " "+f.Seen+" ") {
		about = strings.TrimSpace(f.Text + " " + f.Seen)
	}
	if about != "" {
		parts = append(parts, about)
	}
	if f.Rule != nil {
		return strings.Join(append(parts, f.Rule.Error()), ": ")
	}
	said := says[f.Code]
	if f.Example != "" {
		said += "; what works: " + f.Example
	}
	return strings.Join(append(parts, said), ": ")
}

// Faults are all that is wrong with a file, by line.
type Faults []Fault

// Error says them in English, one a line.
func (f Faults) Error() string {
	var lines []string
	for _, one := range f {
		lines = append(lines, one.Error())
	}
	return strings.Join(lines, "\n")
}

// Cut shortens what was seen to n characters.
func Cut(text string, n int) string {
	if most := 4*n + 4; len(text) > most { // longer than n characters in any case
		text = text[:most]
	}
	if runes := []rune(text); len(runes) > n {
		return string(runes[:n-1]) + "…"
	}
	return text
}
