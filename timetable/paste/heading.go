package paste

import (
	"slices"
	"strings"
	"unicode"

	"unpinch/pattern"
	"unpinch/schedule"
	"unpinch/timetable"
)

// What timetable.LineOf writes of days and of times.
const (
	ownDays  = `(?:(?:mon|tue|wed|thu|fri|sat|sun|daily|weekdays|weekends) )+`
	ownTimes = `(?:\d\d:\d\d )+`
)

const ordinal = `(?:first|second|third|fourth|fifth|last|\d{1,2}(?:st|nd|rd|th))`

var (
	cronPattern  = pattern.New(`^(?:cron\s+)?[\d*/,?-]+\s+[\d*/,?-]+\s+(?:[\w*/,?-]+\s+){2}[\w*/,?#-]+(?:\s|$)`)
	weeksPattern = pattern.New(`(?i)\b(?:every|each)\s+(?:\d+|other|second|two|three|four|five|six)\b|\bfortnightly\b|\bbiweekly\b|\b\d{4}-\d{2}-\d{2}\b|\bexcept\b`)
	nthPattern   = pattern.New(`(?i)\b` + ordinal + `(?:\s*(?:,|&|\+|and)\s*` + ordinal + `)*\s+(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*|(?:day|date)\s+(?:of|at|\d))\b`)
	datesPattern = pattern.New(`(?i)^` + ordinal + `(?:\s*(?:,|&|\+|and)\s*` + ordinal + `)*\s+(?:of\s+(?:the|each|every)\s+month\s+)?(?:at\s+)?\d|^(?:last\s+)?day\s+(?:\d+\s+)?(?:at\s+)?\d`)
	unionPattern = pattern.New(`^` + ownDays + ownTimes + `(?:and [a-z0-9 -]*?` + ownTimes + `)+\d+min(?: |$)`)
	dressPattern = pattern.New("^(?:[#>*_`~•·◦▪‣●○–—|\\s]|- |\\+ |-$|\\d{1,2}[.)] )+|[*_`~|\\s]+$")
	linkPattern  = pattern.New(`(?i)https?:|www\.|\S@\S`)
)

// beyondWeeks reports whether a line is a rule that weeks can't say.
func beyondWeeks(text string) bool {
	if cronPattern().MatchString(text) && strings.ContainsAny(text, "*?") || strings.HasPrefix(strings.ToLower(text), "cron ") {
		return true
	}
	return unionPattern().MatchString(text) || weeksPattern().MatchString(text) || nthPattern().MatchString(text) || datesPattern().MatchString(text)
}

// undress takes the marks of lists, headings and emphasis from a line.
func undress(text string) string {
	if cronPattern().MatchString(text) && strings.ContainsAny(text, "*?") {
		return text
	}
	text = dressPattern().ReplaceAllString(text, "")
	text = strings.NewReplacer("**", "", "__", "").Replace(text)
	return strings.TrimFunc(text, func(r rune) bool { return unicode.Is(unicode.So, r) || unicode.IsSpace(r) || r == '\ufe0f' })
}

// isNote reports whether a line without classes and days is a sentence rather
// than a title.
func isNote(text string, r reading) bool {
	if len(r.classes) > 0 || r.days != 0 || r.fault != nil {
		return false
	}
	words := strings.Fields(strings.ToLower(text))
	headline := func(w string) bool { return slices.Contains(headlines, strings.Trim(w, ".:,()")) }
	return columns[strings.ToLower(text)] != 0 || r.title != "" && allClosed(r.title) || len(words) > 8 || strings.HasSuffix(text, ".") || strings.HasSuffix(text, "!") || strings.HasSuffix(text, "?") || linkPattern().MatchString(text) ||
		slices.ContainsFunc(words, headline) || r.title == "" && r.half == Unasked || len([]rune(r.title)) > timetable.MaxTitle
}

// A scope is what the headings above a line say.
type scope struct {
	days   uint8
	title  string
	half   Half
	outer  bool // the title stands above the days
	broken *timetable.Fault

	daysHead, titleHead, tableHead *Heading
}

// arrange finds what the headings say of the lines below them.
func (r *reader) arrange() {
	for from := 0; from < len(r.entries); {
		to := from
		for to < len(r.entries) && !r.entries[to].isDays() && r.entries[to].table == 0 {
			to++
		}
		pairUp(r.entries[from:to])
		from = to + 1
	}
	titles := 0
	for i := range r.entries {
		if r.entries[i].isTitle() {
			titles++
		}
	}
	var s scope
	for i := range r.entries {
		r.place(&s, i, titles)
	}
}

// pairUp gives a block of lines with times alone the titles that stand in lines
// of their own: each before its times, or each after its time. Where that can't
// be told it is a fault of each time.
func pairUp(block []entry) {
	var kinds strings.Builder
	var at []int
	for i, e := range block {
		switch {
		case e.isTitle():
			kinds.WriteByte('N')
		case len(e.reading.classes) == 1 && e.reading.classes[0].title == "" && e.reading.classes[0].days == 0 && e.reading.fault == nil:
			kinds.WriteByte('T')
		case e.reading.fault != nil || len(e.reading.classes) > 0 || e.line != nil:
			return // lines that have their own
		default:
			continue
		}
		at = append(at, i)
	}
	k := kinds.String()
	switch {
	case strings.HasPrefix(k, "T") && strings.HasSuffix(k, "N") && !strings.Contains(k, "TT"):
		joinTitles(block, at, k)
	case strings.HasPrefix(k, "T") && strings.Contains(k, "NT"), strings.HasPrefix(k, "N") && strings.HasSuffix(k, "TN") && strings.Count(k, "T") > 1:
		seen := block[at[strings.Index(k, "N")]].reading.title
		for i, kind := range k {
			if kind == 'T' {
				block[at[i]].reading.fault = &timetable.Fault{Code: timetable.CodeWhose, Seen: seen}
			}
		}
	}
}

// joinTitles gives each time the titles after it.
func joinTitles(block []entry, at []int, kinds string) {
	last := 0
	for i, kind := range kinds {
		e := &block[at[i]]
		if kind == 'T' {
			last = at[i]
			continue
		}
		c := &block[last].reading.classes[0]
		if c.title != "" {
			c.title += ", "
		}
		c.title, c.half = c.title+e.reading.title, max(c.half, e.reading.half)
		block[last].text += " " + e.text
		e.skipped = true
	}
}

// place reads an entry under the headings above it.
func (r *reader) place(s *scope, i, titles int) {
	e := &r.entries[i]
	switch {
	case e.skipped:
	case e.reading.fault != nil:
		r.fault(e, s, e.reading.fault)
		if e.reading.fault.Code == timetable.CodeOnce {
			s.broken, s.days = e.reading.fault, 0
		}
	case e.line != nil:
		r.found = append(r.found, found{entry: e, line: e.line})
	case len(e.reading.classes) > 0:
		for _, c := range e.reading.classes {
			r.placeClass(s, e, c, titles)
		}
	case e.note:
		r.head(e)
	case e.table != 0:
		s.tableHead = r.head(e)
	case e.isDays():
		s.under(e.reading, r.head(e))
	case e.reading.days != 0:
		s.broken = ruleFault(schedule.FaultNoTime, cut(e.text))
		r.fault(e, nil, s.broken)
		s.days = 0
	case e.reading.title == "":
		s.half = e.reading.half
		r.head(e)
	default:
		s.titled(e.reading, r.head(e), i > 0 && r.entries[i-1].isDays())
	}
}

// under goes on below a heading of days. Nothing is on days that are closed.
func (s *scope) under(r reading, head *Heading) {
	if s.days, s.half, s.broken, s.daysHead = r.days, r.half, nil, head; r.closed {
		s.days = 0
	}
	if !s.outer {
		s.title, s.titleHead = "", nil
	}
}

// titled goes on below a title, which stands right below days if it is inner.
func (s *scope) titled(r reading, head *Heading, inner bool) {
	if s.days == 0 || inner {
		s.outer = !inner
	}
	if s.outer {
		s.days, s.daysHead = 0, nil
	}
	s.title, s.titleHead, s.half = r.title, head, max(s.half, r.half)
}

// head says a heading back.
func (r *reader) head(e *entry) *Heading {
	e.heading = &Heading{N: e.n, Text: cut(undress(e.text))}
	r.heads = append(r.heads, e.heading)
	return e.heading
}

// placeClass reads a class of a line under the headings above it.
func (r *reader) placeClass(s *scope, e *entry, c class, titles int) {
	f := found{entry: e, days: c.days, title: c.title, length: c.length, half: max(c.half, Unasked), run: e.n}
	own := c.days != 0
	if !own {
		f.days = s.days
	}
	if f.half == Unasked && e.table == 0 {
		f.half = s.half
	}
	switch {
	case f.days == 0 && s.broken != nil:
		r.fault(e, nil, s.broken)
		return
	case f.days == 0:
		r.fault(e, nil, ruleFault(schedule.FaultNoDay, cut(c.seen)))
		return
	}
	if e.table == 0 && !own {
		counts(s.daysHead)
		f.run = -s.daysHead.N
	} else if e.table != 0 {
		counts(s.tableHead)
		f.run, f.sorted = -1<<20-e.table, true
	}
	if e.table == 0 && s.title != "" && (f.title == "" || own && s.days == 0 && titles > 1) {
		counts(s.titleHead)
		if f.title != "" {
			f.title = ", " + f.title
		}
		f.title = s.title + f.title
	}
	f.times = share(c.times, f.half)
	r.found = append(r.found, f)
}

func counts(h *Heading) {
	if h != nil {
		h.Classes++
	}
}

// fault keeps what is wrong with a line.
func (r *reader) fault(e *entry, s *scope, f *timetable.Fault) {
	one := Fault{Fault: *f, Again: undress(e.text)}
	one.N, one.Text = e.n, ""
	if e.text != "" {
		one.Text = timetable.Cut(fields(undress(e.text)), 100)
	}
	days := uint8(0)
	if s != nil && e.table == 0 {
		days = s.days
	}
	switch {
	case f.Code == timetable.CodeMany:
		one.Again = r.rest(e, days)
	case days != 0 && !slices.ContainsFunc(tokens(e.text), func(t token) bool { return t.kind == isDay }):
		one.Again = strings.Join(dayNames(days), " ") + ": " + one.Again
	case e.table != 0:
		one.Again = r.header + "\n" + strings.TrimSpace(r.all[e.n-1])
	}
	r.faults = append(r.faults, one)
}

// rest is what is left from a line on, below what heads it.
func (r *reader) rest(e *entry, days uint8) string {
	var head []string
	if days != 0 {
		head = []string{strings.Join(dayNames(days), " ")}
	}
	if e.table != 0 {
		head = append(head, r.header)
	}
	return strings.Join(append(head, r.all[e.n-1:]...), "\n")
}
