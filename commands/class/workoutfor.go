package class

import (
	"context"
	"fmt"
	"slices"
	"time"

	"unpinch/commands/button"
	"unpinch/schedule"
)

// nameOf names a workout in a button: the first day of the week of a weekly one is 1,
// and that of a start is its slot as a number.
func nameOf(w schedule.Workout) int64 {
	if w.Weekly {
		return int64(w.Weekday()+6)%7 + 1
	}
	return button.StartOf(w.Slot)
}

// A turnout is what workouts of a class can be for, and those that are there.
type turnout struct {
	series schedule.Series
	clock  schedule.Recurrence
	kept   []schedule.Workout // without weekly ones that have ended
	open   []schedule.Workout // what one can be pasted for: the next start, weekdays, and later starts that have one
}

// turnout reads the workouts of a class.
func (w workouts) turnout(ctx context.Context, s schedule.Series) (turnout, error) {
	r, err := s.Recurrence(w.changing.face.atlas.Zones)
	if err != nil {
		return turnout{}, fmt.Errorf("read the workouts: %w", err)
	}
	all, err := w.store.Workouts(ctx, s.ID)
	if err != nil {
		return turnout{}, fmt.Errorf("read the workouts: %w", err)
	}
	t := turnout{series: s, clock: r, kept: slices.DeleteFunc(all, func(o schedule.Workout) bool { return o.Weekly && !o.Over.IsZero() })}
	now := w.now().In(r.Zone)
	if next, ok := nextOn(r, now); ok {
		t.open = append(t.open, schedule.Workout{ClassID: s.ID, Slot: next.Slot})
	}
	for _, day := range s.Rule.Recurring(schedule.DateOf(now), s.Until) {
		if first, ok := firstOn(r, day, now); ok {
			t.open = append(t.open, schedule.Workout{ClassID: s.ID, Slot: first, Weekly: true})
		}
	}
	for _, o := range t.kept {
		if start, ok := r.Start(o.Slot); ok && !o.Weekly && start.At.After(now) && !t.changeable(nameOf(o)) {
			t.open = append(t.open, o)
		}
	}
	return t, nil
}

// firstOn returns the slot of the first start on a weekday that has not begun.
func firstOn(r schedule.Recurrence, day time.Weekday, now time.Time) (schedule.Slot, bool) {
	for after := now; ; {
		s, err := r.Next(after)
		if err != nil || s.At.Sub(now) > moveDays*24*time.Hour {
			return schedule.Slot{}, false
		}
		if (schedule.Workout{Slot: s.Slot}).Weekday() == day {
			return s.Slot, true
		}
		after = s.At
	}
}

// find returns one of several workouts by its name in a button.
func find(all []schedule.Workout, n int64) (schedule.Workout, bool) {
	i := slices.IndexFunc(all, func(o schedule.Workout) bool { return nameOf(o) == n })
	if i < 0 {
		return schedule.Workout{}, false
	}
	return all[i], true
}

// changeable reports whether the workout of a name can be pasted, as no start that
// it is for has begun.
func (t turnout) changeable(n int64) bool {
	_, ok := find(t.open, n)
	return ok
}
