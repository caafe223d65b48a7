package post

import (
	"slices"
	"time"

	"unpinch/content"
)

// The routines of posts and reminders take these minutes.
const (
	postMinutes     = 5
	deskMinutes     = 3
	reminderMinutes = 3
)

// routineOfDay returns a routine, or nil if there is none. Variants take turns
// by the day, so that a week of classes does not repeat one.
func routineOfDay(lib *content.Library, locale string, kind content.Kind, focus content.Focus, minutes int, day time.Time) *content.Routine {
	fit := slices.DeleteFunc(lib.Routines(locale), func(r *content.Routine) bool {
		return r.Kind != kind || r.Focus != focus || r.Minutes != minutes
	})
	if len(fit) == 0 {
		return nil
	}
	return fit[day.YearDay()%len(fit)]
}
