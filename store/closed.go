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

// startsFromNow is the condition that a row is of a place's starts from now up
// to an instant.
const startsFromNow = `class_id IN (SELECT id FROM classes WHERE place_id = ?2) AND start_at >= ?1 AND start_at < ?3`

// callOffQuery replaces the posts that are out. They get a reason, by which
// callOnQuery finds them again.
func callOffQuery() string {
	return `
UPDATE occurrences SET state = CASE WHEN state IN ('sent', 'late') THEN 'replaced' ELSE state END, reason = 'closed', edit_at = ` + drawAgain + `
WHERE ` + startsFromNow + ` AND ` + kindIn(schedule.Kind.Announces) + `
    AND (state IN ('sent', 'late') AND gone_at IS NULL AND message_id IS NOT NULL OR ` + onItsWay + ` AND edit_at IS NULL)`
}

func callOffDueQuery() string {
	return `
UPDATE occurrences SET state = 'skipped', reason = 'closed'
WHERE ` + startsFromNow + ` AND ` + kindIn(schedule.Kind.OnTimetable) + ` AND state = 'due' AND tried_at IS NULL`
}

func callOnQuery() string {
	return `
UPDATE occurrences SET state = CASE WHEN state = 'replaced' THEN ` + asSent + ` ELSE state END, reason = '',
    edit_at = CASE WHEN state = 'replaced' THEN ` + drawAgain + ` END
WHERE ` + startsFromNow + ` AND ` + kindIn(schedule.Kind.Announces) + ` AND reason = 'closed'
    AND (state = 'replaced' AND gone_at IS NULL AND message_id IS NOT NULL OR ` + onItsWay + `)`
}

// CloseDays leaves out all classes of a place on some days. If the place
// closes today, end is when its day is over: posts that are out for the rest
// of it are replaced, what waits is left out, and the occurrences of tell go
// out. Otherwise end is zero.
func (s *Store) CloseDays(ctx context.Context, placeID int64, days []schedule.Date, end time.Time, by schedule.By, tell ...schedule.Occurrence) error {
	return s.inTx(ctx, "close days", func(tx *sql.Tx) error { return s.closeDays(ctx, tx, placeID, days, end, by, tell) })
}

func (s *Store) closeDays(ctx context.Context, tx *sql.Tx, placeID int64, days []schedule.Date, end time.Time, by schedule.By, tell []schedule.Occurrence) error {
	if err := s.changeDays(ctx, tx, "closed", closeDayQuery, []string{callOffQuery(), callOffDueQuery()}, placeID, days, end, by); err != nil {
		return err
	}
	for _, o := range tell {
		if _, err := tx.ExecContext(ctx, addOccurrenceQuery, occurrenceRow(o)...); err != nil {
			return err
		}
	}
	return nil
}

// OpenDays takes closed days back, with end as for CloseDays: posts that were
// replaced say again what they said.
func (s *Store) OpenDays(ctx context.Context, placeID int64, days []schedule.Date, end time.Time, by schedule.By) error {
	return s.inTx(ctx, "open days", func(tx *sql.Tx) error { return s.openDays(ctx, tx, placeID, days, end, by) })
}

func (s *Store) openDays(ctx context.Context, tx *sql.Tx, placeID int64, days []schedule.Date, end time.Time, by schedule.By) error {
	return s.changeDays(ctx, tx, "opened", openDayQuery, []string{callOnQuery()}, placeID, days, end, by)
}

func (s *Store) changeDays(ctx context.Context, tx *sql.Tx, what, dayQuery string, today []string, placeID int64, days []schedule.Date, end time.Time, by schedule.By) error {
	for _, day := range days {
		if _, err := tx.ExecContext(ctx, dayQuery, placeID, day.String()); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, placePlansQuery, placeID); err != nil {
		return err
	}
	if !end.IsZero() {
		for _, query := range today {
			if _, err := tx.ExecContext(ctx, query, by.At.Unix(), placeID, end.Unix()); err != nil {
				return err
			}
		}
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
VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?)`

// addClass adds a series that needs no draft, and plans it.
func (s *Store) addClass(ctx context.Context, tx *sql.Tx, series schedule.Series, now time.Time) (int64, error) {
	created := now
	if series.Purpose == schedule.ForReminder { // it can begin beside a card about the body
		created = schedule.Quarter(now)
	}
	res, err := tx.ExecContext(ctx, addClassQuery, series.Place.ID, series.Title, series.Rule.String(), max(1, int64(series.Length.Seconds())), series.Purpose,
		orNull(series.Routine), orNull(series.CreatedBy), created.Unix())
	if err != nil {
		return 0, err
	}
	if series.ID, err = res.LastInsertId(); err != nil {
		return 0, err
	}
	return series.ID, s.plan(ctx, tx, series, now)
}
