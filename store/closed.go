package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"unpinch/schedule"
)

const (
	closeDayQuery = `INSERT INTO closed_days (place_id, day) VALUES (?, ?) ON CONFLICT (place_id, day) DO NOTHING`
	openDayQuery  = `DELETE FROM closed_days WHERE place_id = ? AND day = ?`
	closedQuery   = `SELECT day FROM closed_days WHERE place_id = ? ORDER BY day`
)

// ClosedDays returns the days on which a place is closed, earliest first.
func (s *Store) ClosedDays(ctx context.Context, placeID int64) ([]schedule.Date, error) {
	days, err := collect(ctx, s.read, func(r *sql.Rows) (day schedule.Date, err error) {
		var text string
		if err := r.Scan(&text); err != nil {
			return day, err
		}
		return day, day.UnmarshalText([]byte(text))
	}, closedQuery, placeID)
	if err != nil {
		return nil, fmt.Errorf("read the closed days: %w", err)
	}
	return days, nil
}

// CloseDays leaves out all classes of a place on some days, and the DMs of tell
// go out. What is out for these classes or waits follows.
func (s *Store) CloseDays(ctx context.Context, placeID int64, days []schedule.Date, by schedule.By, tell ...schedule.Occurrence) error {
	return s.inTx(ctx, "close days", func(tx *sql.Tx) error { return s.closeDays(ctx, tx, placeID, days, by, tell) })
}

func (s *Store) closeDays(ctx context.Context, tx *sql.Tx, placeID int64, days []schedule.Date, by schedule.By, tell []schedule.Occurrence) error {
	if err := s.changeDays(ctx, tx, "closed", closeDayQuery, placeID, days, by); err != nil {
		return err
	}
	for _, o := range tell {
		if err := addOff(ctx, tx, o); err != nil {
			return err
		}
	}
	return nil
}

// OpenDays takes closed days back.
func (s *Store) OpenDays(ctx context.Context, placeID int64, days []schedule.Date, by schedule.By) error {
	return s.inTx(ctx, "open days", func(tx *sql.Tx) error { return s.openDays(ctx, tx, placeID, days, by) })
}

func (s *Store) openDays(ctx context.Context, tx *sql.Tx, placeID int64, days []schedule.Date, by schedule.By) error {
	return s.changeDays(ctx, tx, "opened", openDayQuery, placeID, days, by)
}

func (s *Store) changeDays(ctx context.Context, tx *sql.Tx, what, dayQuery string, placeID int64, days []schedule.Date, by schedule.By) error {
	for _, day := range days {
		if _, err := tx.ExecContext(ctx, dayQuery, placeID, day.String()); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, placePlansQuery, placeID); err != nil {
		return err
	}
	if err := doubtPlace(ctx, tx, placeID, by.At); err != nil {
		return err
	}
	return note(ctx, tx, placeID, 0, what, by)
}

const weeklyQuery = `SELECT id FROM classes WHERE place_id = ? AND purpose = ? AND removed_at IS NULL`

// Weeklies returns the weekly posts that are turned on at a place.
func (s *Store) Weeklies(ctx context.Context, placeID int64) ([]schedule.Series, error) {
	all, err := s.series(ctx, s.read, `WHERE c.place_id = ? AND c.`+purposeIn(schedule.Purpose.Weekly)+` AND c.removed_at IS NULL ORDER BY c.id`, placeID)
	if err != nil {
		return nil, fmt.Errorf("read the weekly posts: %w", err)
	}
	return all, nil
}

// SetWeekly turns a weekly post of a place on, with the rule of the series, or
// off if that rule is zero. Turning on a post that is on changes its rule.
func (s *Store) SetWeekly(ctx context.Context, series schedule.Series, by schedule.By) error {
	err := inTx(ctx, s.write, func(tx *sql.Tx) error {
		old, err := collect(ctx, tx, func(r *sql.Rows) (id int64, err error) { return id, r.Scan(&id) }, weeklyQuery, series.Place.ID, series.Purpose)
		if err != nil {
			return err
		}
		for _, id := range old {
			if err := s.remove(ctx, tx, id, by.At); err != nil {
				return err
			}
		}
		what := string(series.Purpose) + "_off"
		if !series.Rule.IsZero() {
			what = string(series.Purpose) + "_on"
			if _, err := s.addClass(ctx, tx, series, by.At); err != nil {
				return err
			}
		}
		return note(ctx, tx, series.Place.ID, 0, what, by)
	})
	if err != nil {
		return fmt.Errorf("turn a weekly post: %w", err)
	}
	return nil
}

const addClassQuery = `
INSERT INTO classes (place_id, title, rule, length_s, cool_down, purpose, routine, created_by, created_at)
VALUES (?, ?, ?, ?, FALSE, ?, ?, ?, ?) RETURNING id`

// addClass adds a series that needs no draft, and plans it.
func (s *Store) addClass(ctx context.Context, tx *sql.Tx, series schedule.Series, now time.Time) (int64, error) {
	created := now
	if series.Purpose == schedule.ForReminder { // it can begin beside a card about the body
		created = schedule.Quarter(now)
	}
	var err error
	series.ID, err = newID(ctx, tx, addClassQuery, series.Place.ID, series.Title, series.Rule.String(), max(1, int64(series.Length.Seconds())), series.Purpose,
		orNull(series.Routine), orNull(series.CreatedBy), created.Unix())
	if err != nil {
		return 0, err
	}
	return series.ID, s.plan(ctx, tx, series, now)
}
