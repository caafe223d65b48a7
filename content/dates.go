package content

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"unpinch/pattern"
)

// placeholder is anything in braces; only some of it is understood.
var placeholder = pattern.New(`\{[^{}]*\}|[{}]`)

// relative is a date told from today: {ago:7}, {in:14}.
var relative = pattern.New(`^\{(ago|in):([1-9][0-9]{0,2})\}$`)

// fillDates replaces {ago:N} and {in:N} by the date N days before or after day,
// as say says it. Anything else is left as it is.
func fillDates(text string, day time.Time, say func(time.Time) string) string {
	return placeholder().ReplaceAllStringFunc(text, func(p string) string {
		m := relative().FindStringSubmatch(p)
		if m == nil {
			return p
		}
		n, err := strconv.Atoi(m[2])
		if err != nil {
			return p
		}
		if m[1] == "ago" {
			n = -n
		}
		return say(day.AddDate(0, 0, n))
	})
}

// badPlaceholder returns what is wrong with the placeholders of a text, or "".
func badPlaceholder(text string, ok func(string) bool) string {
	if !strings.ContainsAny(text, "{}") {
		return ""
	}
	for _, p := range placeholder().FindAllString(text, -1) {
		if !ok(p) {
			return fmt.Sprintf("unknown placeholder %q", p)
		}
	}
	return ""
}

func isDate(p string) bool { return relative().MatchString(p) }

func noPlaceholder(string) bool { return false }
