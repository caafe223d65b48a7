package paste

import (
	"slices"
	"strings"

	"unpinch/schedule"
	"unpinch/timetable"
)

// eachCell makes classes of the cells of a row, of which each goes on with what
// its column and the first cell say. Those that differ by their days alone are
// one.
func (t *table) eachCell(row []string, of func(i int) (class, bool)) (r reading) {
	for i, cell := range row {
		width := max(len(t.days), len(t.times))
		if i >= width || empty(cell) {
			continue
		}
		c, ok := of(i)
		if !ok {
			continue
		}
		all, fault := inCell(cell, c)
		if fault != nil {
			return reading{fault: fault}
		}
		for _, one := range all {
			r.classes = merged(r.classes, one)
		}
	}
	return r
}

// merged adds a class, or its days to one that is the same in all else.
func merged(all []class, c class) []class {
	for i := range all {
		if all[i].title == c.title && all[i].length == c.length && all[i].half == c.half && slices.Equal(all[i].times, c.times) {
			all[i].days |= c.days
			return all
		}
	}
	return append(all, c)
}

// empty reports whether a cell has no class.
func empty(cell string) bool {
	cell = strings.ToLower(strings.Trim(cell, " -–—./*xX"))
	return cell == "" || slices.Contains(closed, cell)
}

// inCell reads the classes of a cell whose column and row say the days, and a
// time or a title.
func inCell(cell string, c class) ([]class, *timetable.Fault) {
	r := readLine(cell, c.days)
	own := r.fault == nil && len(r.classes) > 0
	switch {
	case r.fault != nil && (len(c.times) == 0 || r.fault.Code == timetable.CodeTypo || r.fault.Code == timetable.CodeOnce):
		return nil, r.fault
	case !own && len(c.times) == 0:
		return nil, ruleFault(schedule.FaultNoTime, cut(cell))
	case !own:
		c.title = cleanTitle(strings.TrimSpace(c.title + " " + cell))
		return []class{c}, nil
	case len(c.times) > 0:
		return nil, &timetable.Fault{Code: timetable.CodeMixed, Seen: cut(cell)}
	}
	for i := range r.classes {
		one := &r.classes[i]
		if one.days != 0 && one.days != c.days {
			return nil, &timetable.Fault{Code: timetable.CodeMixed, Seen: cut(cell)}
		}
		if one.days = c.days; one.title == "" {
			one.title = c.title
		} else if c.title != "" {
			one.title = c.title + ", " + one.title
		}
	}
	return r.classes, nil
}
