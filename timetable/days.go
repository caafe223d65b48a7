package timetable

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"time"

	"unpinch/schedule"
)

// runMarks are what people write between the first day of a run and the last: a
// hyphen only where it can't be one within a day, as of 2026-12-24.
var runMarks = []struct {
	mark  *regexp.Regexp
	plain string
}{
	{regexp.MustCompile(`(?i)\s*(?:\.{2,}|[…–—])\s*|\s+(?:-|to|until|till)\s+`), ".."},
	{regexp.MustCompile(`^(\d{1,2})-(\d{1,2}[.\s])`), "$1..$2"},                      // 24-27 Dec
	{regexp.MustCompile(`([A-Za-z]\s*\d{1,2})-(\d{1,2}(?:\s|$))`), "$1..$2"},         // Dec 24-27
	{regexp.MustCompile(`([A-Za-z]|[A-Za-z]\s*\d{1,2}|\.)-(\d|[A-Za-z])`), "$1..$2"}, // 24 Dec-2 Jan
}

// PlainDays writes every mark between the first day of a run and the last as
// two full stops.
func PlainDays(text string) string {
	for _, m := range runMarks {
		text = m.mark.ReplaceAllString(text, m.plain)
	}
	return text
}

// ParseDays reads a day, as 2026-12-24, 24 Dec 2026, Dec 24 or 24.12.2026, or the
// first and the last of a run, as 2026-12-27..2026-12-30, 24 Dec - 2 Jan or 24-27
// Dec. Without a year it is the next that isn't over today. The last may come
// before the first only if both have a year.
func ParseDays(text string, today schedule.Date) (first, last schedule.Date, err error) {
	from, to, several := strings.Cut(PlainDays(strings.TrimSpace(text)), "..")
	if !several {
		to = from
	}
	a, b := readDay(from), readDay(strings.TrimLeft(to, ".")) // 24.-27.12.
	switch {                                                  // 24..27 Dec, Dec 24..27
	case a.month == 0 && b.month != 0 && a.day != 0:
		a.month = b.month
	case b.month == 0 && a.month != 0 && b.day != 0:
		b.month, b.year = a.month, cmp.Or(b.year, a.year)
	}
	if !a.ok() || !b.ok() {
		return first, last, &schedule.ParseError{Fault: schedule.FaultDate, Seen: strings.TrimSpace(text)}
	}
	switch {
	case b.year != 0:
		last = b.in(b.year)
	case a.year != 0:
		last = b.from(a.in(a.year))
	default:
		last = b.from(today)
	}
	if a.year != 0 {
		return a.in(a.year), last, nil
	}
	return a.until(last), last, nil
}

// A dayRead is a day as somebody wrote it, of which a part is 0 that wasn't.
type dayRead struct {
	day   int
	month time.Month
	year  int
}

var (
	isoDay   = regexp.MustCompile(`^(\d{4})-(\d{2})-(\d{2})$`)
	dotDay   = regexp.MustCompile(`^(\d{1,2})\.(\d{1,2})\.?(\d{4})?$`)
	dayMonth = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th|\.)?(?:\s*(?:of\s+)?([a-z]{3,9})\.?)?(?:\s+(\d{4}))?$`)
	monthDay = regexp.MustCompile(`^([a-z]{3,9})\.?\s*(\d{1,2})(?:st|nd|rd|th)?(?:\s+(\d{4}))?$`)
)

// readDay returns the zero dayRead for what is no day.
func readDay(text string) dayRead {
	text = strings.ToLower(strings.TrimSpace(text))
	if m := isoDay.FindStringSubmatch(text); m != nil {
		return dayRead{numberOf(m[3]), time.Month(numberOf(m[2])), numberOf(m[1])}
	}
	if m := dotDay.FindStringSubmatch(text); m != nil {
		return dayRead{numberOf(m[1]), time.Month(numberOf(m[2])), numberOf(m[3])}
	}
	if m := dayMonth.FindStringSubmatch(text); m != nil {
		return dayRead{numberOf(m[1]), monthNamed(m[2]), numberOf(m[3])}
	}
	if m := monthDay.FindStringSubmatch(text); m != nil {
		return dayRead{numberOf(m[2]), monthNamed(m[1]), numberOf(m[3])}
	}
	return dayRead{}
}

func numberOf(digits string) int {
	n, _ := strconv.Atoi(digits)
	return n
}

// monthNamed reads the name of a month, or its first letters, at least three; 0
// if it is none.
func monthNamed(name string) time.Month {
	for m := time.January; m <= time.December && name != ""; m++ {
		if strings.HasPrefix(strings.ToLower(m.String()), name) || name == "sept" && m == time.September {
			return m
		}
	}
	return 0
}

// ok reports whether there is such a day in some year, or in its own.
func (d dayRead) ok() bool {
	year := d.year
	if year == 0 {
		year = 2024 // which has a 29 February
	}
	return d.month != 0 && d.is(year)
}

func (d dayRead) is(year int) bool {
	return schedule.DateOf(time.Date(year, d.month, d.day, 0, 0, 0, 0, time.UTC)) == d.in(year)
}

func (d dayRead) in(year int) schedule.Date {
	return schedule.Date{Year: year, Month: d.month, Day: d.day}
}

// from returns the first such day that is not before another.
func (d dayRead) from(other schedule.Date) schedule.Date {
	year := other.Year
	for !d.is(year) || d.in(year).Before(other) {
		year++
	}
	return d.in(year)
}

// until returns the last such day that is not after another.
func (d dayRead) until(other schedule.Date) schedule.Date {
	year := other.Year
	for !d.is(year) || other.Before(d.in(year)) {
		year--
	}
	return d.in(year)
}

// daysFrom counts the days from a first one to a last one, both with them.
func daysFrom(first, last schedule.Date) int {
	unix := func(d schedule.Date) int64 { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC).Unix() }
	return int((unix(last)-unix(first))/(24*60*60)) + 1
}
