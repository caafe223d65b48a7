package store

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"unpinch/schedule"
)

// workoutDays is how many days a workout outlives its start.
const workoutDays = 7

const (
	workoutsQuery   = `SELECT class_id, planned, weekly, lines, coalesce(over_on, '') FROM workouts WHERE class_id = ? ORDER BY weekly, planned`
	setWorkoutQuery = `
INSERT INTO workouts (class_id, planned, weekly, lines, made_by, made_at, over_on)
SELECT id, ?2, ?3, ?4, ?5, ?6, ?7 FROM classes WHERE id = ?1 AND removed_at IS NULL AND draft_until IS NULL
ON CONFLICT (class_id, planned, weekly) DO UPDATE
SET lines = excluded.lines, made_by = excluded.made_by, made_at = excluded.made_at, over_on = excluded.over_on`
	dropWorkoutQuery  = `DELETE FROM workouts WHERE class_id = ? AND planned = ? AND weekly = ?`
	carryWorkoutQuery = `UPDATE workouts SET planned = ?4, over_on = ?5 WHERE class_id = ?1 AND planned = ?2 AND weekly = ?3`
	// ?1 is the day a week ago, ?3 that instant. A start that was moved is over when
	// it took place.
	oldWorkoutsQuery = `
DELETE FROM workouts WHERE (class_id, planned, weekly) IN (
    SELECT w.class_id, w.planned, w.weekly
    FROM workouts w JOIN classes c ON c.id = w.class_id LEFT JOIN class_moves m ON m.class_id = w.class_id AND m.planned = w.planned AND NOT w.weekly
    WHERE c.removed_at < ?3 OR coalesce(substr(m.moved_to, 1, 10), w.over_on, c.until_day) < ?1 LIMIT ?2 + 0)`
)

// Workouts returns what is pasted for the starts of a class.
func (s *Store) Workouts(ctx context.Context, classID int64) ([]schedule.Workout, error) {
	all, err := workoutsOf(ctx, s.read, classID)
	if err != nil {
		return nil, fmt.Errorf("read the workouts of class %d: %w", classID, err)
	}
	return all, nil
}

func workoutsOf(ctx context.Context, q querier, classID int64) ([]schedule.Workout, error) {
	return collect(ctx, q, func(r *sql.Rows) (w schedule.Workout, err error) {
		var planned, over string
		if err := r.Scan(&w.ClassID, &planned, &w.Weekly, &w.Lines, &over); err != nil {
			return w, err
		}
		if w.Slot, err = schedule.ParseSlot(planned); err != nil {
			return w, err
		}
		return w, w.Over.UnmarshalText([]byte(over))
	}, workoutsQuery, classID)
}

// SetWorkout keeps the workout of a start, or of a weekday from a start on, in place
// of what was there. Starts before that keep what they had, and posts that are out
// for those to come are drawn again. It returns schedule.ErrNoClass if the class is
// gone.
func (s *Store) SetWorkout(ctx context.Context, w schedule.Workout, by schedule.By) error {
	return s.changed(ctx, w.ClassID, "workout", by, func(tx *sql.Tx) error {
		over := w.Slot.Day.String()
		if w.Weekly {
			over = ""
			if err := endWeekly(ctx, tx, w, schedule.DateOf(by.At.UTC())); err != nil {
				return err
			}
		}
		if err := s.changeOne(ctx, tx, "keep a workout", setWorkoutQuery,
			w.ClassID, w.Slot.String(), w.Weekly, w.Lines, orNull(by.UserID), by.At.Unix(), orNull(over)); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, redrawQuery(), by.At.Unix(), w.ClassID)
		return err
	})
}

// endWeekly makes room for the workout of a weekday: what was there from earlier on
// ends today, as a start that has begun keeps what it had, and the rest goes.
func endWeekly(ctx context.Context, tx *sql.Tx, w schedule.Workout, today schedule.Date) error {
	all, err := workoutsOf(ctx, tx, w.ClassID)
	if err != nil {
		return err
	}
	for _, was := range all {
		switch {
		case !was.Weekly || was.Weekday() != w.Weekday():
			continue
		case was.Slot.Compare(w.Slot) >= 0:
			_, err = dropWorkout(ctx, tx, was)
		case was.Over.IsZero():
			is := was
			is.Over = today
			err = carryWorkout(ctx, tx, was, is)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// DropWorkout deletes the workout of a start, or all of a weekday. Posts that are
// out for starts to come are drawn again. It returns schedule.ErrNoClass if there
// is no such workout.
func (s *Store) DropWorkout(ctx context.Context, w schedule.Workout, by schedule.By) error {
	return s.changed(ctx, w.ClassID, "workout_removed", by, func(tx *sql.Tx) error {
		all, err := workoutsOf(ctx, tx, w.ClassID)
		if err != nil {
			return err
		}
		var dropped int64
		for _, is := range all {
			if is.Weekly != w.Weekly || is.Slot != w.Slot && !(w.Weekly && is.Weekday() == w.Weekday()) {
				continue
			}
			n, err := dropWorkout(ctx, tx, is)
			if err != nil {
				return fmt.Errorf("remove a workout: %w", err)
			}
			dropped += n
		}
		if dropped == 0 {
			return schedule.ErrNoClass
		}
		_, err = tx.ExecContext(ctx, redrawQuery(), by.At.Unix(), w.ClassID)
		return err
	})
}

// dropWorkout returns how many rows it deleted: none or one.
func dropWorkout(ctx context.Context, tx *sql.Tx, w schedule.Workout) (n int64, err error) {
	res, err := tx.ExecContext(ctx, dropWorkoutQuery, w.ClassID, w.Slot.String(), w.Weekly)
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// carryWorkout has a workout be of another start, in place of what is there, or end
// on another day.
func carryWorkout(ctx context.Context, tx *sql.Tx, was, is schedule.Workout) error {
	if is.Slot != was.Slot {
		if _, err := dropWorkout(ctx, tx, is); err != nil {
			return err
		}
	}
	_, err := tx.ExecContext(ctx, carryWorkoutQuery, was.ClassID, was.Slot.String(), was.Weekly, is.Slot.String(), orNull(is.Over.String()))
	return err
}

// carryWorkouts has the workouts of a class's starts to come belong to those of its
// new rule. A weekday that has no starts any more ends.
func carryWorkouts(ctx context.Context, tx *sql.Tx, before schedule.Rule, series schedule.Series, now time.Time) error {
	all, err := workoutsOf(ctx, tx, series.ID)
	if err != nil {
		return err
	}
	today := schedule.DateOf(now.UTC())
	since := schedule.SlotOf(now.UTC().AddDate(0, 0, -2))
	for _, w := range all {
		is := w
		switch {
		case w.Weekly && w.Over.IsZero() && !slices.Contains(series.Rule.Recurring(today, series.Until), w.Weekday()):
			is.Over = today
		case w.Weekly && w.Over.IsZero() && w.Slot.Compare(since) > 0:
			is.Slot.Clock = 0 // of another time on that day, too
		case !w.Weekly && w.Slot.Compare(since) > 0:
			is.Slot = schedule.Carried(before, series.Rule, w.Slot)
			is.Over = is.Slot.Day
		}
		if is == w {
			continue
		}
		if err := carryWorkout(ctx, tx, w, is); err != nil {
			return err
		}
	}
	return nil
}

// retireWorkouts deletes the workouts of starts a week ago, and those of classes
// that ended then.
func (s *Store) retireWorkouts(ctx context.Context, now time.Time) error {
	week := now.UTC().AddDate(0, 0, -workoutDays)
	_, err := s.inBatches(ctx, oldWorkoutsQuery, schedule.DateOf(week).String(), week.Unix())
	return err
}
