// Package schedule says when a class starts: rules as people write them, the
// local clock of a place all year, exceptions, and the time zones of the
// world. It reads no clock and keeps nothing.
package schedule

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"
	"time"
)

// A Rule says on which days and at which times of the local clock something
// starts. Parse and Read make one; the zero Rule never runs.
type Rule struct {
	parts       []part // it runs on each
	from, until Date   // its first and last day; none where zero
	anchor      int64  // a day of the week that every so many weeks are counted from
	cron        string // the five fields that it came from, if it did
}

// A part of a rule has days and times of its own. One with both days and dates
// runs on either, as in cron.
type part struct {
	times  []Clock // sorted, each once
	days   uint8   // weekdays, bit 0 for Sunday
	nth    uint8   // which of those in the month, bit 0 for the last; 0 for every one
	among  bool    // nth counts days of the set, not each weekday by itself
	dates  uint32  // days of the month, bit 0 for the last day
	months uint16  // bit 1 for January; 0 for all
	once   []Date  // sorted, each once; then all before is empty but times
	every  int     // of so many weeks or days one; 0 or 1 for each
	daily  bool    // every counts days, from the rule's first one
}

// Times returns the rule's times of day, each once and the earliest first.
func (r Rule) Times() []Clock {
	var all []Clock
	for _, p := range r.parts {
		all = append(all, p.times...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// IsZero reports whether r is the zero Rule.
func (r Rule) IsZero() bool { return len(r.parts) == 0 }

// Equal reports whether both rules are stored alike.
func (r Rule) Equal(o Rule) bool { return r.String() == o.String() }

// Until returns the last day on which the rule may run; none if zero.
func (r Rule) Until() Date { return r.until }

// WithoutUntil returns the rule without its last day.
func (r Rule) WithoutUntil() Rule {
	r.until = Date{}
	return r
}

// Typed returns the rule for people of a country to change: as String, but the
// days by their names where the word weekdays means others there, and with the and
// that keeps the second and the last from being the one before the last.
func (r Rule) Typed(country string) string {
	text := r.text(workweek(country) != weekdays)
	for _, nth := range nths[2:] {
		text = strings.ReplaceAll(text, nth+" last ", nth+" and last ")
	}
	return text
}

// String returns the rule as it is stored. Parse reads it back to an equal
// rule.
func (r Rule) String() string { return r.text(false) }

// text writes the rule, Mondays to Fridays by their names if told so.
func (r Rule) text(named bool) string {
	switch {
	case r.IsZero():
		return ""
	case r.cron != "":
		return r.cron
	}
	var words []string
	for i, p := range r.parts {
		if i > 0 {
			words = append(words, "and")
		}
		words = p.appendTo(words, named)
	}
	if !r.from.IsZero() {
		words = append(words, "from", r.from.String())
	}
	if !r.until.IsZero() {
		words = append(words, "until", r.until.String())
	}
	return strings.Join(words, " ")
}

// appendTo appends the words of a part.
func (p part) appendTo(words []string, named bool) []string {
	days := dayWords(p.days)
	if named && p.days == weekdays {
		days = namedDays(p.days)
	}
	switch {
	case len(p.once) > 0:
		for _, d := range p.once {
			words = append(words, d.String())
		}
	case p.every > 1 && p.daily:
		words = append(words, fmt.Sprintf("every %d days", p.every))
	case p.every > 1:
		words = append(append(words, fmt.Sprintf("every %d weeks", p.every)), days...)
	case p.dates != 0:
		words = appendDates(words, p.dates)
	case p.among && p.days == weekdays && !named:
		words = append(append(words, nthWords(p.nth)...), "weekday")
	case p.among:
		words = append(append(append(words, nthWords(p.nth)...), "weekday", "among"), days...)
	default:
		words = append(append(words, nthWords(p.nth)...), days...)
	}
	if p.months != 0 {
		words = append(words, "in")
		for m := time.January; m <= time.December; m++ {
			if p.months&(1<<m) != 0 {
				words = append(words, monthWord(int(m)))
			}
		}
	}
	for _, t := range p.times {
		words = append(words, t.String())
	}
	return words
}

// monthWord writes a month as it is stored.
func monthWord(n int) string { return strings.ToLower(time.Month(n).String()[:3]) }

func appendDates(words []string, dates uint32) []string {
	for d := 1; d <= 31; d++ {
		if dates&(1<<d) != 0 {
			words = append(words, ordinal(d))
		}
	}
	if dates&1 != 0 {
		words = append(words, "last day")
	}
	return words
}

// MarshalText returns String.
func (r Rule) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads what MarshalText wrote. Of the zero Rule that is
// nothing.
func (r *Rule) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*r = Rule{}
		return nil
	}
	parsed, err := Parse(string(text))
	if err != nil {
		return err
	}
	*r = parsed
	return nil
}

const (
	allDays  = 1<<7 - 1
	weekend  = 1<<time.Saturday | 1<<time.Sunday
	weekdays = allDays &^ weekend
)

// weekOrder is how people here read a week.
var weekOrder = []time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday, time.Saturday, time.Sunday}

// dayWords writes weekdays as they are stored.
func dayWords(days uint8) []string {
	switch days {
	case allDays:
		return []string{"daily"}
	case weekdays:
		return []string{"weekdays"}
	case weekend:
		return []string{"weekends"}
	}
	return namedDays(days)
}

// namedDays writes each weekday by its name.
func namedDays(days uint8) (words []string) {
	for _, d := range weekOrder {
		if days&(1<<d) != 0 {
			words = append(words, strings.ToLower(d.String()[:3]))
		}
	}
	return words
}

// nths names which weekday of the month, by bit.
var nths = []string{"last", "first", "second", "third", "fourth", "fifth"}

// nthWords writes them as they are stored, the last one last.
func nthWords(nth uint8) []string {
	var words []string
	for i := range nths {
		if i = (i + 1) % len(nths); nth&(1<<i) != 0 {
			words = append(words, nths[i])
		}
	}
	return words
}

// ordinal writes 1 as 1st.
func ordinal(n int) string {
	suffix := "th"
	switch {
	case n/10 == 1:
	case n%10 == 1:
		suffix = "st"
	case n%10 == 2:
		suffix = "nd"
	case n%10 == 3:
		suffix = "rd"
	}
	return fmt.Sprintf("%d%s", n, suffix)
}

// one reports whether exactly one bit is set.
func one[T uint8 | uint16 | uint32](set T) bool { return bits.OnesCount32(uint32(set)) == 1 }
