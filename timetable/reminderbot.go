package timetable

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"unpinch/pattern"
)

// ImportReminderBotCSV reads the reminders that reminder-bot.com's dashboard
// exports. Such a file gives times in UTC and no zone, so its reminders are
// taken for a zone's: each keeps the time of day that its next one has there.
// It returns Faults if the data is no such file or has more than 1,000 reminders,
// or the error of a context that ends first.
//
// A reminder of every day, of every so many weeks, or of every month up to its
// 28th makes a class with the reminder's name, until the day on which it
// expires.
func ImportReminderBotCSV(ctx context.Context, data []byte, zone *time.Location) (Imported, error) {
	if len(data) > MaxImport {
		return Imported{}, Faults{{Code: CodeSize}}
	}
	r := csv.NewReader(patient{ctx, bytes.NewReader(bytes.TrimPrefix(data, []byte(bom)))})
	r.ReuseRecord, r.FieldsPerRecord, r.Comma = true, -1, comma(data)
	head, err := r.Read()
	if errors.Is(err, io.EOF) {
		return Imported{}, Faults{{Code: CodeEmpty}}
	}
	if err != nil {
		return Imported{}, csvFault(ctx, err)
	}
	width := len(head)
	columns, faults := columnsOf(head)
	if len(faults) > 0 {
		return Imported{}, faults
	}
	var all Imported
	for n := 1; ; n++ {
		row, err := r.Read()
		if more := len(row) - width; err == nil && more != 0 && (more != 1 || row[width] != "") { // but for a comma at its end
			line, column := r.FieldPos(0)
			err = &csv.ParseError{StartLine: line, Line: line, Column: column, Err: csv.ErrFieldCount}
		}
		switch {
		case errors.Is(err, io.EOF) && n-1 > maxReminders:
			return Imported{}, tooMany(n - 1)
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return Imported{}, csvFault(ctx, err)
		case n <= maxReminders:
			all.row(n, columns.of(row), zone)
		}
	}
}

// comma is what parts the cells of a file, by its first line: a spreadsheet writes
// it anew with tabs or semicolons.
func comma(data []byte) rune {
	first, _, _ := bytes.Cut(data, []byte("\n"))
	for _, c := range ";\t" {
		if bytes.ContainsRune(first, c) {
			return c
		}
	}
	return ','
}

// columns are where the columns that matter are in a row, by name.
type columns map[string]int

// columnsOf finds the columns, and says which that every such file has are not
// there.
func columnsOf(head []string) (columns, Faults) {
	all := columns{}
	for i, name := range head {
		all[name] = i
	}
	var faults Faults
	for _, name := range []string{"name", "channel", "enabled", "utc_time", "interval_seconds", "interval_months"} {
		if _, ok := all[name]; !ok {
			faults = append(faults, Fault{N: 1, Text: name, Code: CodeSource})
		}
	}
	return all, faults
}

// of returns what a row has in each column.
func (c columns) of(row []string) map[string]string {
	column := map[string]string{}
	for _, name := range []string{"name", "channel", "enabled", "utc_time", "interval_seconds", "interval_days", "interval_months", "expires"} {
		if i, ok := c[name]; ok && i < len(row) {
			column[name] = strings.TrimSpace(row[i])
		}
	}
	return column
}

// row adds a reminder, or why it makes no class.
func (all *Imported) row(n int, column map[string]string, zone *time.Location) {
	from := fields(plainLine(column["name"]))
	if from == "" {
		from = fmt.Sprintf("#%d", n)
	}
	c, why := reminder(column, zone)
	if why != "" {
		all.Skipped = append(all.Skipped, Skipped{Cut(from, MaxTitle), why})
		return
	}
	c.From = Cut(from, MaxTitle)
	if column["name"] != unnamed {
		c.Class.Title = Cut(fields(plainLine(column["name"])), MaxTitle)
	}
	all.Classes = append(all.Classes, c)
}

// csvFault says where the reader stopped, or that a context has ended.
func csvFault(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return fmt.Errorf("read reminders: %w", ctx.Err())
	}
	f := Fault{Code: CodeCSV, Seen: Cut(err.Error(), 100)}
	if p, ok := errors.AsType[*csv.ParseError](err); ok {
		f.N, f.Seen = p.Line, p.Err.Error()
	}
	return Faults{f}
}

// unnamed is the name of a reminder that nobody has named.
const unnamed = "Reminder"

var channelPattern = pattern.New(`^#(\d{15,20})$`)

// reminder makes a class of one row, or says why not.
func reminder(column map[string]string, zone *time.Location) (ImportedClass, Why) {
	channel := channelPattern().FindStringSubmatch(column["channel"])
	next, err := utcTime(column["utc_time"])
	every, ok := intervalOf(column)
	switch enabled := strings.ToLower(column["enabled"]); {
	case enabled == "false" || enabled == "0":
		return ImportedClass{}, WhyOff
	case channel == nil:
		return ImportedClass{}, WhyChannel
	case err != nil || !ok:
		return ImportedClass{}, WhyUnreadable
	}
	next = next.In(zone)
	rule, why := every.rule(next)
	if why != "" {
		return ImportedClass{}, why
	}
	c, why := importedClass(rule)
	if expires := column["expires"]; expires != "" && why == "" {
		end, err := utcTime(expires)
		switch {
		case err != nil:
			return ImportedClass{}, WhyUnreadable
		case end.Before(next):
			return ImportedClass{}, WhyOver
		}
		c.Until = lastDay(end, next)
	}
	return ImportedClass{Class: c, Channel: channel[1], Zone: zone.String()}, why
}

// utcTime reads a time as databases write it, in UTC.
func utcTime(text string) (time.Time, error) {
	return time.Parse("2006-01-02T15:04:05", strings.Replace(text, " ", "T", 1))
}

// An interval is how long after one time of a reminder the next one is.
type interval struct{ months, days, seconds int }

// intervalOf reads an interval. What isn't given is 0.
func intervalOf(column map[string]string) (every interval, ok bool) {
	for _, f := range []struct {
		name string
		to   *int
	}{{"interval_months", &every.months}, {"interval_days", &every.days}, {"interval_seconds", &every.seconds}} {
		if column[f.name] == "" {
			continue
		}
		n, err := strconv.Atoi(column[f.name])
		if err != nil || n < 0 {
			return interval{}, false
		}
		*f.to = n
	}
	return every, true
}

// rule writes the rule of what comes next at a time, and then in intervals.
func (i interval) rule(next time.Time) (rule string, why Why) {
	const day = 24 * 60 * 60
	switch {
	case i == interval{}:
		return "", WhyOnce
	case i == interval{months: 1} && next.Day() > 28:
		return "", WhyMonthEnd
	case i == interval{months: 1}:
		return fmt.Sprintf("day %d %s", next.Day(), next.Format("15:04")), ""
	case i.months > 0 || i.seconds%day != 0:
		return "", WhyInterval
	}
	return everyDays(i.days+i.seconds/day, next)
}
