package schedule

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	namedDayPattern = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?\.?\s*(?:of\s+)?([a-z]{3,9})\.?,?(?:\s+(\d{4}))?$`)
	dayNamedPattern = regexp.MustCompile(`^([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?(?:\s+(\d{4}))?$`)
	dottedPattern   = regexp.MustCompile(`^(\d{1,2})\.\s?(\d{1,2})\.?(?:\s?(\d{4}))?$`)
	slashedPattern  = regexp.MustCompile(`^(\d{1,2})[/-](\d{1,2})(?:[/-](\d{4}))?$`)
	yearPattern     = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$`)
	weekdayPattern  = regexp.MustCompile(`^(?:this |on )?([a-z]{3,9})$`)
)

// ReadDay reads a day as people write it, such as "2026-12-24", "24 Dec",
// "Dec 24th", "24.12.", "12/24/2026", "tomorrow" or "friday". A day without a
// year is the next one from today on. It returns two where the text does not say
// which is meant, as 3/4, and none where the text is no day.
func ReadDay(text string, today Date) []Date {
	text = strings.ToLower(strings.Join(strings.Fields(text), " "))
	switch text {
	case "today":
		return []Date{today}
	case "tomorrow":
		return []Date{today.Add(1)}
	}
	if m := yearPattern.FindStringSubmatch(text); m != nil {
		return daysOf(today, [3]string{m[3], m[2], m[1]})
	}
	if m := namedDayPattern.FindStringSubmatch(text); m != nil {
		return daysOf(today, [3]string{m[1], monthNumber(m[2]), m[3]})
	}
	if m := dayNamedPattern.FindStringSubmatch(text); m != nil {
		return daysOf(today, [3]string{m[2], monthNumber(m[1]), m[3]})
	}
	if m := dottedPattern.FindStringSubmatch(text); m != nil {
		return daysOf(today, [3]string(m[1:4]))
	}
	if m := slashedPattern.FindStringSubmatch(text); m != nil {
		return daysOf(today, [3]string(m[1:4]), [3]string{m[2], m[1], m[3]})
	}
	if m := weekdayPattern.FindStringSubmatch(text); m != nil {
		for day := today; day.Before(today.Add(7)); day = day.Add(1) {
			name := strings.ToLower(day.Start(time.UTC).Weekday().String())
			if m[1] == name || m[1] == name[:3] {
				return []Date{day}
			}
		}
	}
	return nil
}

// monthNumber returns the number of a month by its name or the beginning of it,
// or "".
func monthNumber(name string) string {
	for month := time.January; month <= time.December; month++ {
		if strings.HasPrefix(strings.ToLower(month.String()), name) || name == "sept" && month == time.September {
			return strconv.Itoa(int(month))
		}
	}
	return ""
}

// daysOf returns the days of the calendar among readings of day, month and year,
// each once.
func daysOf(today Date, readings ...[3]string) (days []Date) {
	for _, r := range readings {
		day, err := strconv.Atoi(r[0])
		month, err2 := strconv.Atoi(r[1])
		first, last := today.Year, today.Year+8 // to the next 29 February
		if r[2] != "" {
			first, _ = strconv.Atoi(r[2])
			last = first
		}
		if err != nil || err2 != nil {
			continue
		}
		for year := first; year <= last; year++ {
			d := Date{year, time.Month(month), day}
			if d != dateOn(d.days()) || r[2] == "" && d.Before(today) {
				continue
			}
			if len(days) == 0 || days[0] != d {
				days = append(days, d)
			}
			break
		}
	}
	return days
}
