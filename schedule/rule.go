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
// starts. Parse makes one; the zero Rule never runs.
type Rule struct {
	times  []Clock // sorted, each once
	days   uint8   // weekdays, bit 0 for Sunday
	nth    uint8   // which of those in the month, bit 0 for the last; 0 for every one
	dates  uint32  // days of the month, bit 0 for the last day
	months uint16  // bit 1 for January; 0 for all
	every  int     // of so many weeks one; 0 or 1 for every week
	from   Date    // its first day, where every is above 1
	cron   string  // the five fields that it came from, if it did
}

// A rule with both days and dates runs on either, as in cron.

// Times returns the rule's times of day, earliest first.
func (r Rule) Times() []Clock { return slices.Clone(r.times) }

// IsZero reports whether r is the zero Rule.
func (r Rule) IsZero() bool { return len(r.times) == 0 }

// Equal reports whether both rules are stored alike.
func (r Rule) Equal(o Rule) bool { return r.String() == o.String() }

// String returns the rule as it is stored. Parse reads it back to an equal
// rule.
func (r Rule) String() string {
	switch {
	case r.IsZero():
		return ""
	case r.cron != "":
		return r.cron
	}
	var words []string
	switch {
	case r.dates != 0:
		for d := range 31 {
			if r.dates&(1<<(d+1)) != 0 {
				words = append(words, ordinal(d+1))
			}
		}
		if r.dates&1 != 0 {
			words = append(words, "last day")
		}
	case r.nth != 0:
		words = append(nthWords(r.nth), dayWords(r.days)...)
	case r.every > 1:
		words = append(words, fmt.Sprintf("every %d weeks", r.every))
		words = append(words, dayWords(r.days)...)
	default:
		words = dayWords(r.days)
	}
	for _, t := range r.times {
		words = append(words, t.String())
	}
	if r.every > 1 {
		words = append(words, "from "+r.from.String())
	}
	return strings.Join(words, " ")
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
	var words []string
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
