package paste

import (
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"unpinch/timetable"
)

// found is a class with its days and title, before it is known in which half of
// the day it is.
type found struct {
	entry  *entry
	line   *timetable.Line // of a rule beyond weeks; nothing else counts then
	days   uint8
	times  []slot
	length int
	title  string
	half   Half
	run    int  // those with the same are of one column or list
	sorted bool // whose starts go up through the day
}

// finish makes classes of what was found.
func (r *reader) finish() Paste {
	r.wraps()
	full := slices.ContainsFunc(r.found, func(f found) bool {
		return slices.ContainsFunc(f.times, func(s slot) bool { return s.start.day || s.ends && s.end.day })
	})
	var p Paste
	there := map[string]string{}
	for i := range r.found {
		f := &r.found[i]
		if f.line != nil {
			l := *f.line
			l.N, l.Text = f.entry.n, f.entry.text
			r.keep(&p, f, l, there)
			continue
		}
		if f.settle(full, r.half) {
			for _, l := range r.lines(f) {
				r.keep(&p, f, l, there)
			}
		} else if text := timetable.Cut(undress(f.entry.text), 100); !slices.Contains(p.Open, text) {
			p.Open = append(p.Open, text)
		}
	}
	for _, h := range r.heads {
		p.Headings = append(p.Headings, *h)
	}
	p.Faults = r.faults
	slices.SortStableFunc(p.Faults, func(a, b Fault) int { return a.N - b.N })
	return p
}

// keep keeps a class, but not the same one twice.
func (r *reader) keep(p *Paste, f *found, l timetable.Line, there map[string]string) {
	key := l.Rule.String() + "\n" + l.Length.String() + "\n" + strings.ToLower(l.Title)
	if before := there[key]; before != "" {
		r.faultOf(f, &timetable.Fault{Code: timetable.CodeTwice, Seen: before})
		return
	}
	there[key] = cut(undress(l.Text))
	p.Lines = append(p.Lines, l)
}

// wraps finds columns and lists that go up through the day.
func (r *reader) wraps() {
	var runs []int
	starts, sorted := map[int][]*slot{}, map[int]bool{}
	for i := range r.found {
		f := &r.found[i]
		if f.line != nil {
			continue
		}
		if starts[f.run] == nil {
			runs = append(runs, f.run)
		}
		sorted[f.run] = f.sorted
		for k := range f.times {
			starts[f.run] = append(starts[f.run], &f.times[k])
		}
	}
	for _, run := range runs {
		wrap(starts[run], sorted[run])
	}
}

// settle reads the times that are open: as they are written in a timetable of 24
// hours, or in a half of the day. It reports false if neither is known.
func (f *found) settle(full bool, half Half) bool {
	for i := range f.times {
		s := &f.times[i]
		switch {
		case !s.start.open:
		case half != Unasked:
			n := s.length()
			shift(s, inHalf(s.start.at, half))
			s.end.at = s.start.at + n
		case full:
			shift(s, s.start.at)
		default:
			return false
		}
	}
	return true
}

// lines are the classes of what was found: one for each length.
func (r *reader) lines(f *found) (all []timetable.Line) {
	byLength := map[int][]slot{}
	var lengths []int
	for _, s := range f.times {
		n := s.length()
		switch {
		case n == 0 && f.length == 0:
			n = int(timetable.DefaultLength / time.Minute)
		case n == 0:
			n = f.length
		case f.length != 0 && f.length != n:
			r.faultOf(f, &timetable.Fault{Code: timetable.CodeAmbiguous, Seen: strconv.Itoa(f.length) + "min", Example: strconv.Itoa(n) + "min"})
			return nil
		}
		if byLength[n] == nil {
			lengths = append(lengths, n)
		}
		byLength[n] = append(byLength[n], s)
	}
	if n := utf8.RuneCountInString(f.title); n > timetable.MaxTitle {
		r.faultOf(f, &timetable.Fault{Code: timetable.CodeTitleLong, Seen: strconv.Itoa(n)})
		return nil
	}
	for _, n := range lengths {
		l := timetable.Line{N: f.entry.n, Text: f.entry.text, Length: minutes(n), Title: f.title}
		rule, err := ruleOf(f.days, byLength[n])
		if fault := lengthFault(n, strconv.Itoa(n)+"min"); fault != nil {
			r.faultOf(f, fault)
			return nil
		}
		if err != nil {
			r.faultOf(f, timetable.RuleFault(err))
			return nil
		}
		l.Rule = rule
		all = append(all, l)
	}
	return all
}

// faultOf keeps what is wrong with something that was found.
func (r *reader) faultOf(f *found, fault *timetable.Fault) {
	r.fault(f.entry, &scope{days: f.days &^ f.entry.ownDays()}, fault)
}

// ownDays are the days that an entry names itself.
func (e *entry) ownDays() (days uint8) {
	for _, c := range e.reading.classes {
		days |= c.days
	}
	return days
}

// dayNames are days as rules have them.
func dayNames(days uint8) (names []string) {
	for _, d := range week {
		if days&d != 0 {
			names = append(names, dayName(d))
		}
	}
	return names
}
