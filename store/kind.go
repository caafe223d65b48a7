package store

import (
	"slices"
	"strings"

	"unpinch/schedule"
)

// kindIn returns the condition that a row's kind is one for which a method of
// schedule.Kind is true. What follows from a kind is written there and nowhere
// in SQL. As a list of constants it leaves the query's plan as it is.
func kindIn(is func(schedule.Kind) bool) string {
	return "kind IN " + oneOf(schedule.Kinds(), is)
}

// purposeIn returns the condition that a class's purpose is one for which a
// method of schedule.Purpose is true.
func purposeIn(is func(schedule.Purpose) bool) string {
	return "purpose IN " + oneOf(schedule.Purposes(), is)
}

// oneOf writes the names for which something is true as a list in SQL. The
// names are ours: none has a character that would end a string.
func oneOf[T ~string](all []T, is func(T) bool) string {
	var b strings.Builder
	for name := range slices.Values(all) {
		if !is(name) {
			continue
		}
		if b.Len() > 0 {
			b.WriteString(", ")
		}
		b.WriteString("'" + string(name) + "'")
	}
	return "(" + b.String() + ")"
}

// isClassPost reports whether a kind is one of the posts that the rule of a
// class or desk break plans.
func isClassPost(k schedule.Kind) bool { return k.Post() && k.OnTimetable() }
