package paste

import (
	"encoding/csv"
	"slices"
	"strings"

	"unpinch/schedule"
	"unpinch/timetable"
)

// A table is one whose first row says what its columns are.
type table struct {
	sep    string
	barred bool     // its rows begin with a bar
	days   []uint8  // of each column, where days go across
	times  [][]slot // likewise, where times do
	names  []int    // likewise, where each class has a row
	last   uint8    // the days of the row before, where each class has a row
	head   []string // the first row
}

// table reads the table that begins at a line, and returns the line after it.
func (r *reader) table(lines []string, n int) (end int, ok bool) {
	t, ok := tableOf(lines[n])
	if !ok {
		return 0, false
	}
	r.tables++
	r.header = lines[n]
	head := entry{n: n + 1, text: strings.Join(slices.DeleteFunc(slices.Clone(t.head), func(c string) bool { return c == "" }), ", "), table: r.tables}
	at := len(r.entries)
	r.add(head)
	for end = n + 1; end < len(lines); end++ {
		if len(lines[end]) > 4*maxLine {
			break
		}
		row := t.cells(lines[end])
		if strings.TrimSpace(lines[end]) == "" {
			if end+1 < len(lines) && len(cells(lines[end+1], t.sep)) > 1 {
				continue
			}
			break
		}
		if len(row) < 2 && t.sep != "," && t.sep != ";" || r.full {
			break
		}
		if another, again := tableOf(lines[end]); again && (another.times == nil || t.times != nil) {
			break
		}
		if strings.Trim(lines[end], "|:-+= \t") != "" {
			r.row(&t, row, end+1, strings.TrimSpace(lines[end]))
		}
	}
	if end == n+1 {
		r.entries = r.entries[:at]
		return 0, false
	}
	r.leaveOut(&t, n+1)
	return end, true
}

// leaveOut says which columns are left out.
func (r *reader) leaveOut(t *table, n int) {
	for i, kind := range t.names {
		if kind == colOther {
			r.add(entry{n: n, text: t.head[i], note: true})
		}
	}
}

// separators part the cells of a row.
var separators = []string{"\t", "⇥", "|", ";", ","}

// tableOf reads the first row of a table.
func tableOf(line string) (table, bool) {
	if len(line) > 4*maxLine {
		return table{}, false
	}
	for _, sep := range separators {
		head := cells(line, sep)
		if len(head) < 2 {
			continue
		}
		t := table{sep: sep, head: head, barred: strings.HasPrefix(strings.TrimSpace(line), "|")}
		if t.named(head) || t.across(head, sep == "," || sep == ";") {
			return t, true
		}
	}
	return table{}, false
}

// cells are the cells of a row, the first of which may be empty in a table whose
// rows begin without a bar.
func (t *table) cells(line string) []string {
	all := cells(line, t.sep)
	if t.sep == "|" && !t.barred && strings.HasPrefix(strings.TrimSpace(line), "|") {
		all = append([]string{""}, all...)
	}
	return all
}

// cells are the cells of a row.
func cells(line, sep string) (all []string) {
	line = strings.TrimRight(line, "\r")
	switch {
	case !strings.Contains(line, sep):
		return nil
	case sep == "|":
		line = strings.TrimSpace(line)
		all = strings.Split(strings.TrimSuffix(strings.TrimPrefix(line, sep), sep), sep)
	case sep == "⇥":
		all = strings.Split(line, sep)
	default:
		read := csv.NewReader(strings.NewReader(line))
		read.Comma, read.LazyQuotes, read.FieldsPerRecord = rune(sep[0]), true, -1
		var err error
		if all, err = read.Read(); err != nil {
			all = strings.Split(line, sep)
		}
	}
	for i := range all {
		all[i] = fields(strings.Trim(undress(all[i]), `*_`))
	}
	return all
}

// named reads the names of columns.
func (t *table) named(head []string) bool {
	known, when := 0, false
	for _, cell := range head {
		kind := columns[strings.ToLower(strings.Trim(cell, " .:*"))]
		if t.names = append(t.names, kind); kind != 0 {
			known++
			when = when || kind == colDay || kind == colStart
		}
	}
	if known < 2 || !when || !slices.Contains(t.names, colStart) || !slices.Contains(t.names, colTitle) && !slices.Contains(t.names, colDay) {
		t.names = nil
	}
	return t.names != nil
}

// headMost is how long a cell of days or a time may be, in bytes.
const headMost = 40

// across reads days or times that stand across. With strict the first cell has
// to be a name or nothing: a list of days is no table.
func (t *table) across(head []string, strict bool) bool {
	days, times := make([]uint8, len(head)), make([][]slot, len(head))
	nDays, nTimes := 0, 0
	for i, cell := range head {
		if len(cell) > headMost {
			return false
		}
		r := readLine(cell, 0)
		switch {
		case r.fault != nil:
		case r.days != 0 && r.only && len(r.classes) == 0:
			days[i] = r.days
			nDays++
		case len(r.classes) == 1 && r.classes[0].title == "" && r.classes[0].days == 0 && i > 0:
			times[i] = r.classes[0].times
			nTimes++
		case cell != "" && i > 0:
			return false
		}
	}
	first := columns[strings.ToLower(head[0])] != 0 || head[0] == ""
	switch {
	case nDays > 1 && nTimes == 0 && (!strict || first && days[0] == 0):
		t.days = days
	case nTimes > 1 && nDays == 0 && (!strict || first) && len(times[0]) == 0:
		t.times = times
	}
	return t.days != nil || t.times != nil
}

// row reads a row.
func (r *reader) row(t *table, row []string, n int, text string) {
	e := entry{n: n, text: text, table: r.tables}
	switch {
	case t.names != nil:
		e.reading = t.record(row)
	case t.days != nil:
		e.reading = t.dayRow(row)
	default:
		e.reading = t.timeRow(row)
	}
	if e.reading.fault == nil && len(e.reading.classes) == 0 {
		e.note = true
	}
	r.add(e)
}

// record reads a row that is one class.
func (t *table) record(row []string) reading {
	of := map[int]string{}
	for i, cell := range row[:min(len(row), len(t.names))] {
		of[t.names[i]] = cell
	}
	day, when, end, title, length := of[colDay], of[colStart], of[colEnd], of[colTitle], of[colLength]
	if end != "" {
		when += " - " + end
	}
	if length != "" && strings.Trim(length, "0123456789") == "" {
		length += " min"
	}
	r := readLine(day+" , "+when+" , "+length, 0)
	switch {
	case r.fault != nil:
		return r
	case len(r.classes) == 0 && strings.Trim(when, "- ") == "":
		return reading{fault: ruleFault(schedule.FaultNoTime, cut(strings.Join(row, " ")))}
	case len(r.classes) != 1 || r.classes[0].title != "":
		return reading{fault: &timetable.Fault{Code: timetable.CodeMixed, Seen: cut(fields(day + " " + when + " " + length))}}
	}
	c := &r.classes[0]
	if c.days == 0 {
		c.days = t.last
	}
	t.last, c.title = c.days, cleanTitle(title)
	return r
}

// dayRow reads a row of a table whose columns are days. Its first cell has the
// time of the classes in the others, or their title.
func (t *table) dayRow(row []string) reading {
	var lead class
	if t.days[0] == 0 {
		first := readLine(row[0], 0)
		switch {
		case first.fault != nil:
			return first
		case len(first.classes) == 1:
			lead = first.classes[0]
		case len(first.classes) > 1:
			return reading{fault: &timetable.Fault{Code: timetable.CodeMixed, Seen: cut(row[0])}}
		default:
			lead.title, lead.half = first.title, first.half
		}
	}
	return t.eachCell(row, func(i int) (class, bool) {
		c := lead
		c.days = t.days[i]
		return c, c.days != 0
	})
}

// timeRow reads a row of a table whose columns are times. Its first cell has the
// days.
func (t *table) timeRow(row []string) reading {
	first := readLine(row[0], 0)
	if first.fault != nil {
		return first
	}
	if first.days == 0 || len(first.classes) > 0 || !first.only {
		return reading{fault: ruleFault(schedule.FaultNoDay, cut(row[0]))}
	}
	return t.eachCell(row, func(i int) (class, bool) {
		return class{days: first.days, times: t.times[i]}, t.times[i] != nil
	})
}
