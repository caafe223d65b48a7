package schedule

import (
	"slices"
	"time"
)

// A Workout is what a coach pasted for a class: for one start, or for those on a
// weekday.
type Workout struct {
	ClassID int64
	// Slot is the start or, of a weekly one, the first that it is for.
	Slot   Slot
	Weekly bool
	Lines  string // as they were pasted
	Over   Date   // the last day that it is for; zero for a weekly one that goes on
}

// Weekday is the day of the week that its starts are on.
func (w Workout) Weekday() time.Weekday { return w.Slot.Day.weekday() }

// overSlack allows for a last day that is told by the clock of UTC, where the
// start's own may be a day ahead.
const overSlack = 1

// WorkoutFor returns the workout of the start of a slot: its own, or else that of
// its weekday, unless that has ended before.
func WorkoutFor(all []Workout, s Slot) (w Workout, ok bool) {
	for _, o := range all {
		switch {
		case !o.Weekly && o.Slot == s:
			return o, true
		case !o.Weekly || o.Weekday() != s.Day.weekday() || o.Slot.Compare(s) > 0:
		case !o.Over.IsZero() && o.Over.Add(overSlack).Before(s.Day):
		case !ok || o.Slot.Compare(w.Slot) > 0:
			w, ok = o, true
		}
	}
	return w, ok
}

const (
	// weekdayDays is how far ahead starts are looked at for the weekdays that they
	// come back on.
	weekdayDays = 70
	// weekdayStarts bounds how many.
	weekdayStarts = 500
)

// Recurring returns the weekdays on which the rule plans starts again and again from
// a day on, Monday first.
func (r Rule) Recurring(from, until Date) (days []time.Weekday) {
	var on [7]Date // the last start of each weekday
	end := from.Add(weekdayDays)
	at := from.Start(time.UTC).Add(-1)
	for range weekdayStarts {
		next, err := r.Next(at, time.UTC)
		day := DateOf(next)
		if err != nil || end.Before(day) || !until.IsZero() && until.Before(day) {
			break
		}
		weekday := day.weekday()
		if was := on[weekday]; !was.IsZero() && was != day && !slices.Contains(days, weekday) {
			days = append(days, weekday)
		}
		on[weekday], at = day, next
	}
	slices.SortFunc(days, func(a, b time.Weekday) int { return int(a+6)%7 - int(b+6)%7 })
	return days
}

func (d Date) weekday() time.Weekday { return d.Start(time.UTC).Weekday() }
