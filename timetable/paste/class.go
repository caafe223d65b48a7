package paste

import (
	"slices"
	"strings"
	"unicode"

	"unpinch/pattern"
	"unpinch/schedule"
	"unpinch/timetable"
)

// The orders in which the days, times and texts of several classes may follow
// one another. What fits none can be read in two ways.
var (
	daysFirst   = pattern.New(`^(?:D(?:TX)+)+$|^(?:D(?:XT)+)+$|^(?:DT)+$`)
	daysLast    = pattern.New(`^(?:TD)+$|^(?:TXD)+$`)
	titleOfAll  = pattern.New(`^X(?:DT)+$|^X(?:TD)+$`)
	titlesFirst = pattern.New(`^(?:XDT)+$|^(?:XTD)+$`)
	timesOnly   = pattern.New(`^(?:TX)+D?$|^(?:XT)+D?$`)
	titleBefore = pattern.New(`^XD?(?:TX)+$`)
	lastTitle   = pattern.New(`^DT(?:DT)+X$`)
)

// classesOf reads the items of a line.
func classesOf(items []item, heading uint8) reading {
	items = demote(items)
	kinds := kindsOf(items)
	times := strings.Count(kinds, "T")
	var r reading
	for _, it := range items {
		if it.kind == 'X' && times > 0 && it.title != "" && !strings.ContainsFunc(it.title, unicode.IsLetter) {
			r.fault = &timetable.Fault{Code: timetable.CodeUnit, Seen: it.title, Example: "60min"}
			return r
		}
	}
	switch {
	case times == 0:
		return timeless(items)
	case times == 1 && strings.Count(kinds, "D") <= 1:
		r.classes = []class{single(items)}
		r.fault = conflict(items, heading)
	case daysFirst().MatchString(kinds), daysLast().MatchString(kinds), titleOfAll().MatchString(kinds), titlesFirst().MatchString(kinds), timesOnly().MatchString(kinds),
		titleBefore().MatchString(kinds) && items[0].colon, lastTitle().MatchString(kinds):
		r.classes = several(items, kinds)
	default:
		r.fault = ambiguous(items)
	}
	return r
}

func kindsOf(items []item) string {
	var kinds strings.Builder
	for _, it := range items {
		kinds.WriteByte(it.kind)
	}
	return kinds.String()
}

// demote makes texts of the days that belong to a title: those not beside a
// time, where another day is, and those after the times of a line that has its
// days before them, as in "Fri 18:30 Barbell Friday".
func demote(items []item) (out []item) {
	beside := func(i int) bool {
		return i > 0 && items[i-1].kind == isTime || i+1 < len(items) && items[i+1].kind == isTime
	}
	some, last, led := false, -1, false
	for i, it := range items {
		some = some || it.kind == isDay && beside(i)
		if it.kind == isTime {
			last = i
		}
	}
	for i, it := range items {
		led = led || it.kind == isDay && i < last && beside(i)
		text := i+1 < len(items) && items[i+1].kind == 'X' || i > 0 && items[i-1].kind == 'X'
		if it.kind == isDay && text && last >= 0 && (some && !beside(i) || led && i > last) {
			it.kind, it.title = 'X', it.low
			it.title = strings.ToUpper(it.low[:1]) + it.low[1:]
		}
		if n := len(out) - 1; it.kind == 'X' && n >= 0 && out[n].kind == 'X' {
			out[n].title, out[n].half, out[n].colon = fields(out[n].title+" "+it.title), max(out[n].half, it.half), it.colon
			continue
		}
		out = append(out, it)
	}
	return out
}

// conflict finds a day that could belong to a title, or be another than that of
// the heading above.
func conflict(items []item, heading uint8) *timetable.Fault {
	for i, it := range items {
		if it.kind != isDay || heading == 0 || it.days == heading {
			continue
		}
		if i == 0 && len(items) > 1 && items[1].led { // Thursday: Push 6pm
			continue
		}
		if i+1 >= len(items) || items[i+1].kind != isTime {
			return &timetable.Fault{Code: timetable.CodeAmbiguous, Seen: it.low, Example: it.low + " 18:00"}
		}
	}
	return nil
}

// timeless is a line without a time: days, or a text.
func timeless(items []item) reading {
	r := reading{only: len(items) == 1}
	if len(items) == 2 && items[0].kind == isDay && items[1].title != "" && strings.Trim(items[1].title, "0123456789") == "" {
		r.fault = ruleFault(schedule.FaultNumber, items[1].title)
		return r
	}
	for _, it := range items {
		switch it.kind {
		case isDay:
			r.days |= it.days
		case 'X':
			r.title = fields(r.title + " " + it.title)
		}
		r.half = max(r.half, it.half)
	}
	if len(items) > 1 && (r.title == "" || allClosed(r.title)) { // days, and morning, or that nothing is on
		r.closed = r.title != ""
		r.only, r.title = true, ""
	}
	return r
}

// allClosed reports whether a text says that there is no class.
func allClosed(text string) bool {
	for _, w := range strings.Fields(strings.ToLower(text)) {
		if !slices.Contains(closed, w) && !slices.Contains(fillers, w) && w != "day" {
			return false
		}
	}
	return true
}

// single is the only class of a line.
func single(items []item) (c class) {
	for _, it := range items {
		switch it.kind {
		case isDay:
			c.days |= it.days
		case isTime:
			c.times, c.length, c.seen = it.times, it.lengths, it.low
		case 'X':
			if c.title != "" && it.title != "" {
				c.title += ", "
			}
			c.title += it.title
		}
		c.half = max(c.half, it.half)
	}
	return c
}

// several are the classes of a line whose order is one of those above.
func several(items []item, kinds string) (all []class) {
	common, days, half := "", uint8(0), Unasked
	if titleOfAll().MatchString(kinds) || titleBefore().MatchString(kinds) {
		common, half = items[0].title, items[0].half
		items, kinds = items[1:], kinds[1:]
	}
	before, after := strings.HasPrefix(strings.TrimLeft(kinds, "D"), "X"), strings.HasSuffix(kinds, "D")
	title, titleHalf := "", half
	for _, it := range items {
		switch it.kind {
		case isDay:
			if days = it.days; after {
				for k := len(all) - 1; k >= 0 && all[k].days == 0; k-- {
					all[k].days = days
				}
			}
		case 'X':
			if title, titleHalf = it.title, max(half, it.half); !before && len(all) > 0 {
				n := len(all) - 1
				all[n].title, all[n].half = fields(common+" "+title), titleHalf
			}
		case isTime:
			c := class{days: days, seen: it.low, times: it.times, length: it.lengths, title: common, half: half}
			if before {
				c.title, c.half = fields(common+" "+title), titleHalf
			}
			if after {
				c.days = 0
			}
			all = append(all, c)
		}
	}
	if lastTitle().MatchString(kinds) {
		shareLast(all)
	}
	return all
}

// shareLast gives all classes of a line the title of the last, and its length to
// those that have none.
func shareLast(all []class) {
	last := all[len(all)-1]
	for i := range all {
		all[i].title, all[i].half = last.title, last.half
		if all[i].length == 0 {
			all[i].length = last.length
		}
	}
}

// ambiguous says of a line with several times that it can be read in two ways.
func ambiguous(items []item) *timetable.Fault {
	seen := false
	for _, it := range items {
		if it.kind == isTime && seen {
			return &timetable.Fault{Code: timetable.CodeMixed, Seen: it.low}
		}
		seen = seen || it.kind == isTime
	}
	for i := len(items) - 1; i >= 0; i-- {
		if items[i].kind == isDay {
			return ruleFault(schedule.FaultMixed, items[i].low)
		}
	}
	return &timetable.Fault{Code: timetable.CodeMixed}
}
