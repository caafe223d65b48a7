// Package paste reads a timetable as it stands on a website or in a sheet: days
// and titles as headings, several classes in a line, tables with days or times
// across, in English, German and Spanish. It knows weeks; a rule beyond them, or a
// single day of the calendar, is read as timetable.ParseLine does. It is pure.
//
// It uses every word, or says which it leaves out: a line is read whole, as a
// heading, or refused with the word that stopped it.
package paste

import (
	"strconv"
	"strings"
	"time"

	"unpinch/pattern"
	"unpinch/schedule"
	"unpinch/timetable"
	"unpinch/visible"
)

// A Paste is what was read.
type Paste struct {
	Lines    []timetable.Line // several may be of one line
	Faults   []Fault
	Headings []Heading
	// Open are lines with times without am or pm. They are read when it is known
	// which half of the day is meant, all of them at once.
	Open []string
}

// A Fault is a line that isn't read, as it has to be written to be read
// elsewhere: with the days of its heading.
type Fault struct {
	timetable.Fault
	Again string
}

// A Heading is a line that is no class: days or a title of the lines below, or
// one that was left out.
type Heading struct {
	N       int
	Text    string
	Classes int // that it says something of; 0 if it was left out
}

const maxLine = 500 // bytes

// Read reads a text with so many classes and faults at most. half says in which half of the
// day times without am or pm are, if they need it: in a timetable of 24 hours
// they don't. Days are read as at a place.
func Read(text string, half Half, most int, here schedule.Here) Paste {
	r := reader{most: most, half: half, here: here, all: strings.Split(localWeekdays(visible.Text(text), here), "\n")}
	for n := 0; n < len(r.all) && !r.full; {
		n = r.next(r.all, n)
	}
	r.arrange()
	return r.finish()
}

// An entry is what a line of a text is: classes, a heading or a fault.
type entry struct {
	n       int
	text    string
	reading reading
	line    *timetable.Line // of a rule beyond weeks
	table   int             // which table it is of; 0 for none
	note    bool            // it is left out
	skipped bool            // it was made part of another
	heading *Heading
}

// A reader reads a text line by line, and then what the lines mean together.
type reader struct {
	all     []string // its lines
	most    int
	half    Half
	here    schedule.Here
	entries []entry
	classes int
	days    uint8 // of the last heading of days
	full    bool
	tables  int
	header  string // the first row of the last table

	found  []found
	faults []Fault
	heads  []*Heading
}

// next reads the line that begins at n, or the table, and returns the line after
// it.
func (r *reader) next(lines []string, n int) int {
	if end, ok := r.table(lines, n); ok {
		return end
	}
	if text := strings.TrimSpace(lines[n]); text != "" {
		r.add(r.entryOf(n+1, text))
	}
	return n + 1
}

// add keeps an entry. Classes beyond the most are a fault, and end the reading.
func (r *reader) add(e entry) {
	if r.full || e.text == "" {
		return
	}
	if r.classes += len(e.reading.classes); e.line != nil || e.reading.fault != nil {
		r.classes++
	}
	if r.classes > r.most {
		r.full = true
		e = entry{n: e.n, table: e.table, reading: reading{fault: &timetable.Fault{Code: timetable.CodeMany, Example: strconv.Itoa(r.most)}}}
	}
	if e.isDays() {
		if r.days = e.reading.days; e.reading.closed {
			r.days = 0
		}
	}
	r.entries = append(r.entries, e)
}

// entryOf reads one line.
func (r *reader) entryOf(n int, full string) entry {
	e := entry{n: n, text: full}
	if len(full) > maxLine {
		e.reading.fault = &timetable.Fault{Code: timetable.CodeTooLong, Seen: cut(full[:20]), Example: "mon wed fri 18:00"}
		return e
	}
	text := undress(full)
	switch {
	case text == "":
		e.text = ""
	case beyondWeeks(text):
		e.line, e.reading.fault = r.calendar(text)
	default:
		e.reading = readLine(endCell(text), r.days)
		if ownLine().MatchString(text) {
			e.reading.settle()
		}
		if f := e.reading.fault; f != nil && f.Code == timetable.CodeOnce {
			if line, fault := r.calendar(text); fault == nil {
				e.line, e.reading = line, reading{}
			}
		}
		e.note = isNote(text, e.reading)
	}
	return e
}

// calendar reads a rule beyond weeks. What would be lost in its title is a fault.
func (r *reader) calendar(text string) (*timetable.Line, *timetable.Fault) {
	line, fault := timetable.ParseLine(text, r.here)
	if fault == nil {
		fault = firstBad(tokens(line.Title))
	}
	if seen := weeksPattern().FindString(line.Title) + nthPattern().FindString(line.Title); fault == nil && seen != "" && !strings.Contains(text, `"`+line.Title) {
		fault = &timetable.Fault{Code: timetable.CodeOnce, Seen: seen}
	}
	if fault != nil {
		return nil, fault
	}
	return &line, nil
}

// twoCells are a start and its end in cells of their own.
var twoCells = pattern.New(`(?i)(^|[\t,;])(\d{1,2}(?:[:.]\d{2})?\s?(?:[ap]\.?m\.?)?)(?:\t|[,;])(\d{1,2}[:.]\d{2}\s?(?:[ap]\.?m\.?)?|\d{1,2}\s?[ap]m)([\t,;]|$)`)

// endCell makes a span of two times that stand in cells of their own beside a day
// and a title, as in a file without a header.
func endCell(text string) string {
	if strings.Count(text, "\t") < 3 && strings.Count(text, ",") < 3 && strings.Count(text, ";") < 3 || len(twoCells().FindAllString(text, 2)) != 1 {
		return text
	}
	joined := twoCells().ReplaceAllString(text, "$1$2 - $3$4")
	if r := readLine(joined, 0); len(r.classes) != 1 || len(r.classes[0].times) != 1 || r.classes[0].times[0].length() > 4*60 {
		return text
	}
	return joined
}

var weekdaysPattern = pattern.New(`(?im)(^[^\pL\d\n]*)weekday\b|\bweekdays\b|\b(?:every|each) weekday\b`)

// localWeekdays names the days that weekdays are in a country, where they aren't
// Monday to Friday.
func localWeekdays(text string, here schedule.Here) string {
	r, err := schedule.Read("weekdays 00:00", here)
	if err != nil || r.Rule.String() == "weekdays 00:00" {
		return text
	}
	return weekdaysPattern().ReplaceAllString(text, "${1}"+strings.TrimSuffix(r.Rule.String(), " 00:00"))
}

// ownLine is a line as timetable.LineOf writes it, whose times are those of 24
// hours.
var ownLine = pattern.New(`^` + ownDays + ownTimes + `\d+min(?: |$)`)

func (r reading) settle() {
	for _, c := range r.classes {
		for i := range c.times {
			c.times[i].start.open = false
		}
	}
}

func (e entry) isDays() bool {
	return e.reading.fault == nil && len(e.reading.classes) == 0 && e.line == nil && e.reading.days != 0 && e.reading.only && !e.skipped
}

func (e entry) isTitle() bool {
	return e.reading.fault == nil && len(e.reading.classes) == 0 && e.line == nil && e.reading.days == 0 && e.reading.title != "" && !e.note && !e.skipped
}

func minutes(n int) time.Duration { return time.Duration(n) * time.Minute }

// ruleOf makes the rule of some days and starts.
func ruleOf(days uint8, starts []slot) (schedule.Rule, error) {
	var words []string
	for _, d := range week {
		if days&d != 0 {
			words = append(words, dayName(d))
		}
	}
	for _, s := range starts {
		words = append(words, schedule.Clock(s.start.at%dayLong).String())
	}
	return schedule.Parse(strings.Join(words, " "))
}

func dayName(d uint8) string {
	for w := time.Sunday; w <= time.Saturday; w++ {
		if d == 1<<w {
			return strings.ToLower(w.String()[:3])
		}
	}
	return ""
}
