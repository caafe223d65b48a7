package schedule

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

var (
	zonePattern       = regexp.MustCompile(`(cron_)?tz\s*=\S*`)
	descriptorPattern = regexp.MustCompile(`^@\pL.*`)
	halfPattern       = regexp.MustCompile(`(\d)\s*([ap])\.?m\b\.?`)
	dashPattern       = regexp.MustCompile(`\s*[-–—]\s*`)
	separatorPattern  = regexp.MustCompile(`[\s,;&+@/]+`)
	timePattern       = regexp.MustCompile(`^(\d{1,2})(?:[:.h](\d{2}))?(h)?([ap]m?)?$`)
	plainTimePattern  = regexp.MustCompile(`^\d{4}$`)
	datePattern       = regexp.MustCompile(`^\d{4}-\d{2}-\d{2}$`)
	ordinalPattern    = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)$`)
	numberPattern     = regexp.MustCompile(`^\d+$`)
)

// split cuts a rule into its words.
func split(text string) []string {
	text = halfPattern.ReplaceAllString(text, "$1${2}m")
	text = dashPattern.ReplaceAllString(text, "-")
	var words []string
	for _, w := range separatorPattern.Split(text, -1) {
		if w = strings.Trim(w, ".:()-"); w != "" {
			words = append(words, w)
		}
	}
	return words
}

// dayNames reads a word for one or more weekdays: two letters of a name or
// more, with or without an s.
func dayNames(w string) (days uint8, ok bool) {
	switch w {
	case "daily", "everyday":
		return allDays, true
	case "weekday", "weekdays", "workday", "workdays":
		return weekdays, true
	case "weekend", "weekends":
		return weekend, true
	case "weds":
		return 1 << time.Wednesday, true
	}
	if len(w) < 2 {
		return 0, false
	}
	for _, d := range weekOrder {
		name := strings.ToLower(d.String())
		if strings.HasPrefix(name, w) || len(w) > 3 && strings.HasPrefix(name, strings.TrimSuffix(w, "s")) {
			return 1 << d, true
		}
	}
	return 0, false
}

// ordinalOf reads first or 1st, up to 31st.
func ordinalOf(w string) (n int, ok bool) {
	if i := slices.Index(nths, w); i > 0 {
		return i, true
	}
	m := ordinalPattern.FindStringSubmatch(w)
	if m == nil {
		return 0, false
	}
	n, _ = strconv.Atoi(m[1])
	return n, n >= 1 && n <= 31
}

// countOf reads how many weeks: 2, two, second or other.
func countOf(w string) (n int, ok bool) {
	switch w {
	case "other":
		return 2, true
	case "one", "two", "three", "four", "five", "six":
		return 1 + slices.Index([]string{"one", "two", "three", "four", "five", "six"}, w), true
	}
	if n, ok := ordinalOf(w); ok {
		return n, true
	}
	n, err := strconv.Atoi(w)
	return n, err == nil
}
