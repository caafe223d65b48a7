package timetable

import (
	"regexp"
	"strings"
	"time"

	"unpinch/pattern"
	"unpinch/schedule"
)

// runMarks are what people write between the first day of a run and the last: a
// hyphen only where it can't be one within a day, as of 2026-12-24.
var runMarks = []struct {
	mark  func() *regexp.Regexp
	plain string
}{
	{pattern.New(`(?i)\s*(?:\.{2,}|[…–—])\s*|\s+(?:-|to|until|till)\s+`), ".."},
	{pattern.New(`^(\d{1,2})-(\d{1,2}[.\s])`), "$1..$2"},                      // 24-27 Dec
	{pattern.New(`([A-Za-z]\s*\d{1,2})-(\d{1,2}(?:\s|$))`), "$1..$2"},         // Dec 24-27
	{pattern.New(`([A-Za-z]|[A-Za-z]\s*\d{1,2}|\.)-(\d|[A-Za-z])`), "$1..$2"}, // 24 Dec-2 Jan
}

// PlainDays writes every mark between the first day of a run and the last as
// two full stops.
func PlainDays(text string) string {
	for _, m := range runMarks {
		text = m.mark().ReplaceAllString(text, m.plain)
	}
	return text
}

// ParseDays reads a day as schedule.ReadDay does, or the first and the last of a
// run, as 2026-12-27..2026-12-30, 24 Dec - 2 Jan or 24-27 Dec. Without a year it is
// the next that isn't over today. The last may come before the first only if both
// have a year. It returns a *schedule.ParseError for anything else, and for a day
// that can be two.
func ParseDays(text string, today schedule.Date) (first, last schedule.Date, err error) {
	plain := PlainDays(strings.TrimSpace(text))
	from, to := plain, plain
	if i := strings.LastIndex(plain, ".."); i >= 0 { // 24.12...2.1. has the first day's own
		from, to = plain[:i], plain[i+2:]
	}
	fault := &schedule.ParseError{Fault: schedule.FaultDate, Seen: strings.TrimSpace(text)}
	if strings.Contains(from, "..") {
		return first, last, fault
	}
	from, to = bothWhole(strings.TrimSpace(from), strings.TrimSpace(to))
	first, ok := theDay(from, today)
	if !ok {
		return first, last, fault
	}
	begin := today
	if later, _ := theDay(from, today.Add(2*yearDays)); later == first { // it has a year
		begin = first
	}
	if last, ok = theDay(to, begin); !ok {
		return first, last, fault
	}
	if before, _ := theDay(from, last.Add(2-yearDays)); before.Month == first.Month && before.Day == first.Day {
		first = before // the last such day until then: the run may be on
	}
	return first, last, nil
}

// yearDays is a year and, in leap years, no more than its days.
const yearDays = 366

// theDay reads a day that can be no other: one in full in any year.
func theDay(text string, today schedule.Date) (schedule.Date, bool) {
	if day, err := schedule.ParseDate(text); err == nil {
		return day, true
	}
	days := schedule.ReadDay(text, today)
	if len(days) != 1 {
		return schedule.Date{}, false
	}
	return days[0], true
}

// A dayAlone is the day of a month whose name stands at the other end of a run, and
// dayOf is that of an end with its month behind it or before it.
var (
	dayAlone   = pattern.New(`^(\d{1,2}(?:st|nd|rd|th)?)\.?$`)
	dayAndYear = pattern.New(`^\d{1,2}(?:st|nd|rd|th)?(?:,?\s+\d{4})?$`)
	dayBefore  = pattern.New(`^\d{1,2}(?:st|nd|rd|th)?`)
	dayBehind  = pattern.New(`\d{1,2}(?:st|nd|rd|th)?$`)
)

// bothWhole gives an end of a run the month that only the other has: 24..27 Dec,
// Dec 24..27.
func bothWhole(from, to string) (string, string) {
	if m := dayAlone().FindStringSubmatch(from); m != nil && !dayAlone().MatchString(to) {
		return m[1] + dayBefore().ReplaceAllString(to, ""), to
	}
	if dayAndYear().MatchString(to) && !dayAlone().MatchString(from) {
		return from, dayBehind().ReplaceAllString(from, to)
	}
	return from, to
}

// daysFrom counts the days from a first one to a last one, both with them.
func daysFrom(first, last schedule.Date) int {
	unix := func(d schedule.Date) int64 { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix() }
	return int((unix(last)-unix(first))/(24*60*60)) + 1
}
