package schedule

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"

	"unpinch/pattern"
)

var rrulePattern = pattern.New(`(?i)(^|[:;])FREQ=`)

// rrule refuses a rule of iCalendar, with the same as people write it where there
// is one.
func rrule(text string) *ParseError {
	e := &ParseError{Fault: FaultWord, Seen: strings.TrimSpace(text)}
	if i := strings.LastIndexByte(text, ':'); i >= 0 {
		text = text[i+1:]
	}
	has := map[string]string{}
	for one := range strings.SplitSeq(strings.ToUpper(strings.TrimSpace(text)), ";") {
		key, value, _ := strings.Cut(one, "=")
		has[key] = value
	}
	if words, ok := rruleWords(has); ok {
		e.try = []string{strings.Join(words, " ")}
	}
	return e
}

// rruleWords writes an iCalendar rule as people do, if each of its parts is one
// that rules here have.
func rruleWords(has map[string]string) (words []string, ok bool) {
	every, _ := strconv.Atoi(has["INTERVAL"])
	switch has["FREQ"] {
	case "DAILY":
		words = []string{"daily"}
		if every > 1 {
			words = []string{fmt.Sprintf("every %d days", every)}
		}
	case "WEEKLY":
		if every > 1 {
			words = []string{fmt.Sprintf("every %d weeks", every)}
		}
	case "MONTHLY", "YEARLY":
		if every > 1 {
			return nil, false
		}
	default:
		return nil, false
	}
	for key := range has {
		if !strings.Contains(" FREQ INTERVAL BYDAY BYMONTHDAY BYMONTH BYHOUR BYMINUTE BYSECOND UNTIL WKST ", " "+key+" ") {
			return nil, false
		}
	}
	if has["FREQ"] == "YEARLY" && has["BYMONTH"] == "" || has["FREQ"] == "DAILY" && has["BYDAY"] != "" || has["BYDAY"] != "" && has["BYMONTHDAY"] != "" {
		return nil, false
	}
	return rruleDays(words, has)
}

// rruleDays appends the days, the times and the end of an iCalendar rule.
func rruleDays(words []string, has map[string]string) ([]string, bool) {
	monthly := has["FREQ"] == "MONTHLY" || has["FREQ"] == "YEARLY"
	for day := range strings.SplitSeq(has["BYDAY"], ",") {
		n, name := day[:max(0, len(day)-2)], strings.ToLower(day[max(0, len(day)-2):])
		nth, err := strconv.Atoi(strings.TrimPrefix(n, "+"))
		switch {
		case day == "":
		case (n != "") != monthly, n != "" && (err != nil || nth < -1 || nth == 0 || nth >= len(nths)):
			return nil, false
		case n != "":
			words = append(words, nths[max(nth, 0)], rruleDay(name), "and")
		default:
			words = append(words, rruleDay(name))
		}
	}
	for date := range strings.SplitSeq(has["BYMONTHDAY"], ",") {
		switch n, err := strconv.Atoi(date); {
		case date == "":
		case err != nil || !monthly || n < -1 || n == 0 || n > 31:
			return nil, false
		case n < 0:
			words = append(words, "last day", "and")
		default:
			words = append(words, ordinal(n), "and")
		}
	}
	if n := len(words); n > 0 && words[n-1] == "and" {
		words = words[:n-1]
	}
	return rruleTimes(words, has)
}

// rruleTimes appends the months, the times and the end of an iCalendar rule.
func rruleTimes(words []string, has map[string]string) ([]string, bool) {
	if months := has["BYMONTH"]; months != "" {
		words = append(words, "in")
		for month := range strings.SplitSeq(months, ",") {
			n, err := strconv.Atoi(month)
			if err != nil || n < 1 || n > 12 {
				return nil, false
			}
			words = append(words, monthWord(n))
		}
	}
	minute, err := strconv.Atoi(cmp.Or(has["BYMINUTE"], "0"))
	if err != nil || minute < 0 || minute > 59 {
		return nil, false
	}
	for hour := range strings.FieldsFuncSeq(has["BYHOUR"], func(r rune) bool { return r == ',' }) {
		n, err := strconv.Atoi(hour)
		if err != nil || n < 0 || n > 23 {
			return nil, false
		}
		words = append(words, Clock(n*60+minute).String())
	}
	if until := has["UNTIL"]; len(until) >= 8 {
		words = append(words, "until", until[:4]+"-"+until[4:6]+"-"+until[6:8])
	}
	return words, len(words) > 0
}

// rruleDay writes a day that iCalendar has by two letters.
func rruleDay(name string) string {
	if days, ok := dayNames(name); ok {
		return dayWords(days)[0]
	}
	return name
}
