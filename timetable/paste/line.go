package paste

import (
	"slices"
	"strings"

	"unpinch/pattern"
	"unpinch/schedule"
	"unpinch/timetable"
)

// An item is what a line is made of: days 'D', times 'T', a text 'X' or a
// length 'L'.
type item struct {
	kind    byte
	token   // of days, times and lengths
	title   string
	colon   bool // of a text: a colon or a dash follows
	led     bool // of a text: a colon stands before it
	half    Half // that its words say
	lengths int  // minutes that stand beside times
}

// A class is one of a line, before it is known on which days and in which half
// of the day it is.
type class struct {
	days   uint8
	times  []slot
	seen   string // the times as they were written
	length int    // minutes; 0 if none is given
	title  string
	half   Half
}

// A reading is what a line says by itself.
type reading struct {
	classes []class
	days    uint8 // of a line that has no time
	title   string
	half    Half
	only    bool // a line without a time has nothing but its days or its title
	closed  bool // nothing is on, on its days
	fault   *timetable.Fault
}

// everyPattern are words that say daily.
var everyPattern = pattern.New(`(?i)\b(?:every|each)\s?day\b|\bjeden tag\b|\btodos los d[ií]as\b`)

// readLine reads one line, or a cell of a table. heading are the days of the
// heading above it; 0 for none.
func readLine(text string, heading uint8) reading {
	text, quoted, fault := quotedTitle(everyPattern().ReplaceAllString(text, "daily"))
	if fault != nil {
		return reading{fault: fault}
	}
	all := tokens(text)
	if f := firstBad(all); f != nil {
		return reading{fault: f}
	}
	items := itemsOf(text, joined(text, all))
	for _, it := range items {
		if it.fault != nil {
			return reading{fault: it.fault}
		}
	}
	r := classesOf(items, heading)
	if quoted == "" || r.fault != nil {
		return r
	}
	if len(r.classes) != 1 || r.classes[0].title != "" {
		return reading{fault: &timetable.Fault{Code: timetable.CodeQuote, Seen: quoted, Example: `mon 18:00 "Open gym"`}}
	}
	r.classes[0].title = quoted
	return r
}

// quotes closes each kind of quotes that a title may stand in.
var quotes = map[string]string{`"`: `"`, "“": "”", "„": "“", "«": "»"}

// quotedTitle takes a title in quotes out of a line.
func quotedTitle(text string) (rest, title string, fault *timetable.Fault) {
	at := strings.IndexAny(text, `"“„«`)
	if at < 0 {
		return text, "", nil
	}
	for open, end := range quotes {
		if after, ok := strings.CutPrefix(text[at:], open); ok {
			inside, after, closed := strings.Cut(after, end)
			if title = fields(inside); closed && title != "" {
				return text[:at] + " , " + after, title, nil
			}
		}
	}
	return "", "", &timetable.Fault{Code: timetable.CodeQuote, Seen: cut(text[at:]), Example: `mon 18:00 "Open gym"`}
}

// firstBad finds what stops a line: a time that no clock shows, a date, a word
// that makes it no weekly class.
func firstBad(all []token) *timetable.Fault {
	for i, t := range all {
		if t.kind == isBad {
			return t.fault
		}
		if dated(all[i:]) {
			return &timetable.Fault{Code: timetable.CodeOnce, Seen: all[i+1].low + "/" + all[i+3].low}
		}
		if t.kind != isWord {
			continue
		}
		number := func(j int) bool { // 11, 11th
			return j >= 0 && j < len(all) && (all[j].kind == isNumber || strings.Trim(strings.TrimRight(all[j].low, "stndrh"), "0123456789") == "" && all[j].low[0] <= '9')
		}
		near := func(j, step int) bool {
			return number(j) || j >= 0 && j < len(all) && all[j].low == "." && number(j+step)
		}
		if slices.Contains(months, t.low) && (near(i-1, -1) || near(i+1, 1)) {
			return &timetable.Fault{Code: timetable.CodeOnce, Seen: t.low}
		}
		if slices.Contains(once, t.low) {
			return &timetable.Fault{Code: timetable.CodeOnce, Seen: t.low}
		}
		if slices.Contains(ordinals, t.low) && i+1 < len(all) && all[i+1].kind == isDay {
			return &timetable.Fault{Code: timetable.CodeOnce, Seen: t.low + " " + all[i+1].low}
		}
	}
	return nil
}

// dated reports whether a day with a date begins some tokens: Sat 12/12.
func dated(all []token) bool {
	return len(all) > 3 && all[0].kind == isDay && all[1].kind == isNumber && all[2].low == "/" && all[3].kind == isNumber && (len(all) == 4 || all[4].low != "/")
}

// itemsOf makes items of tokens: words and what stands between them become
// texts, of which those of fillers alone are left out.
func itemsOf(text string, all []token) (items []item) {
	for i := 0; i < len(all); {
		if t := all[i]; t.kind == isDay || t.kind == isTime || t.kind == isLength || t.kind == isBad {
			items, i = append(items, item{kind: t.kind, token: t}), i+1
			continue
		}
		end := i
		for end < len(all) && slices.Contains([]byte{isWord, isSep, isNumber}, all[end].kind) {
			end++
		}
		if n := len(items) - 1; n >= 0 && items[n].kind == isTime && strings.Trim(all[i].low, "0123456789") == "" && (i+1 == len(all) || all[i+1].kind == isWord) {
			seen := text[all[i].from:all[i].to]
			items = append(items, item{kind: isBad, token: token{fault: &timetable.Fault{Code: timetable.CodeUnit, Seen: seen, Example: seen + "min"}}})
		} else if it, ok := textItem(text, all[i:end]); ok {
			items = append(items, it)
		}
		i = end
	}
	return joinLengths(items)
}

// textItem makes a text of words. It reports false for one of nothing but
// fillers, of which only the half of the day is kept: that of a text without a
// title.
func textItem(text string, all []token) (it item, ok bool) {
	first, last, only := -1, -1, true
	for i, t := range all {
		if t.kind == isSep {
			continue
		}
		if half, ok := halves[t.low]; ok {
			if it.half = half; t.low == "mañana" {
				it.half = Morning
			}
		} else if !slices.Contains(fillers, t.low) {
			only = false
		}
		if first < 0 {
			first = i
		}
		last = i
	}
	it.kind, it.led = 'X', len(all) > 0 && all[0].low == ":"
	if first < 0 {
		return it, false
	}
	if first, last = trimmed(text, all, first, last); only {
		return it, it.half != Unasked
	}
	first, last = bracketed(all, first, last)
	from, to := all[first].from, all[last].to
	it.title = cleanTitle(text[from:to])
	it.colon = last+1 < len(all) && slices.Contains([]string{":", "-", "–", "—"}, all[last+1].low)
	it.token = token{kind: 'X', from: from, to: to, low: strings.ToLower(it.title)}
	return it, true
}

// trimmed leaves out the fillers at the ends of a title.
func trimmed(text string, all []token, first, last int) (int, int) {
	edge := func(t token) bool { return slices.Contains(edges, t.low) && text[t.from:t.to] == t.low } // On Ramp, Coach A
	for first < last && edge(all[first]) {
		first++
		if all[first].low == "the" && slices.Contains([]string{"for", "in"}, all[first-1].low) && first < last {
			first++
		}
	}
	for first < last && edge(all[last]) {
		last--
	}
	return first, last
}

// bracketed takes the marks around a title with it.
func bracketed(all []token, first, last int) (int, int) {
	for first > 0 && slices.Contains([]string{"(", "@", "£", "#", "["}, all[first-1].low) {
		first--
	}
	for last+1 < len(all) && slices.Contains([]string{")", "+", "]", "!", "?", "%"}, all[last+1].low) {
		last++
	}
	if last+2 < len(all) && all[last+1].low == "." && all[last+2].low == ")" {
		last += 2
	}
	return first, last
}

// joinLengths puts lengths beside the times that they belong to, and makes one
// text of the two that stood around one.
func joinLengths(items []item) (out []item) {
	pending := 0
	for _, it := range items {
		last := len(out) - 1
		switch {
		case it.kind == isLength && slices.ContainsFunc(out, func(o item) bool { return o.kind == isTime }):
			for out[last].kind != isTime {
				last--
			}
			if out[last].lengths != 0 && out[last].lengths != it.minutes {
				it.kind, it.fault = isBad, &timetable.Fault{Code: timetable.CodeAmbiguous, Seen: it.low, Example: "60min"}
				out = append(out, it)
				continue
			}
			out[last].lengths = it.minutes
		case it.kind == isLength:
			pending = it.minutes
		case it.kind == 'X' && last >= 0 && out[last].kind == 'X':
			out[last].title = fields(strings.TrimRight(out[last].title, " (") + " " + strings.TrimLeft(it.title, ") "))
			out[last].half = max(out[last].half, it.half)
			out[last].colon = it.colon
		default:
			if it.kind == isTime && pending != 0 {
				it.lengths, pending = pending, 0
			}
			out = append(out, it)
		}
	}
	return out
}

var edgeMarks = pattern.New(`^[\s\-–—:,;|·•*>/.=~]+|[\s\-–—:,;|·•*/.=~]+$`)

// tightComma is a comma without a space before a word, as a file of commas has it.
var tightComma = pattern.New(`,(\pL)`)

// cleanTitle takes away what parts a title from what stands beside it, and
// brackets that are not closed or stand around all of it.
func cleanTitle(text string) string {
	text = fields(tightComma().ReplaceAllString(edgeMarks().ReplaceAllString(text, ""), ", $1"))
	for _, pair := range []string{"()", "[]"} {
		open, end := string(pair[0]), string(pair[1])
		if strings.HasPrefix(text, open) && strings.Index(text, end) == len(text)-1 {
			text = text[1 : len(text)-1]
		}
		if strings.Count(text, open) != strings.Count(text, end) {
			text = strings.Trim(text, pair)
		}
		if strings.Count(text, open) != strings.Count(text, end) {
			text = strings.NewReplacer(open, "", end, "").Replace(text)
		}
	}
	return fields(edgeMarks().ReplaceAllString(text, ""))
}

// fields puts one space between words.
func fields(text string) string { return strings.Join(strings.Fields(text), " ") }

// cut shortens what was seen.
func cut(text string) string {
	if runes := []rune(text[:min(len(text), 400)]); len(runes) > 60 {
		return string(runes[:59]) + "…"
	}
	return text
}

// ruleFault is a fault of a line's days and times.
func ruleFault(fault schedule.Fault, seen string) *timetable.Fault {
	p := &schedule.ParseError{Fault: fault, Seen: seen}
	return &timetable.Fault{Code: timetable.CodeRule, Seen: seen, Example: p.Example(), Rule: p}
}
