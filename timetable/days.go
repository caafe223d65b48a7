package timetable

import (
	"regexp"
	"strings"
	"time"

	"unpinch/schedule"
)

// runMark is what people write between the first day of a run and the last.
var runMark = regexp.MustCompile(`\s*(?:\.{2,}|[…–—])\s*`)

// PlainDays writes every mark between the first day of a run and the last as
// two full stops.
func PlainDays(text string) string { return runMark.ReplaceAllString(text, "..") }

// ParseDays reads a day, as 2026-12-24, or the first and the last of a run, as
// 2026-12-27..2026-12-30. The last may come before the first.
func ParseDays(text string) (first, last schedule.Date, err error) {
	from, to, several := strings.Cut(PlainDays(text), "..")
	if !several {
		to = from
	}
	if first, err = schedule.ParseDate(from); err == nil {
		last, err = schedule.ParseDate(to)
	}
	return first, last, err
}

// daysFrom counts the days from a first one to a last one, both with them.
func daysFrom(first, last schedule.Date) int {
	unix := func(d schedule.Date) int64 { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix() }
	return int((unix(last)-unix(first))/(24*60*60)) + 1
}
