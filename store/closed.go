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

// CloseDays leaves out all classes of a place on some days.
func (s *Store) CloseDays(ctx context.Context, placeID int64, days []schedule.Date, by schedule.By) error {
	return s.changeDays(ctx, closeDayQuery, "closed", placeID, days, by)
}

// OpenDays takes days back.
func (s *Store) OpenDays(ctx context.Context, placeID int64, days []schedule.Date, by schedule.By) error {
	return s.changeDays(ctx, openDayQuery, "opened", placeID, days, by)
}

func (s *Store) changeDays(ctx context.Context, query, what string, placeID int64, days []schedule.Date, by schedule.By) error {
	err := inTx(ctx, s.write, func(tx *sql.Tx) error {
		for _, day := range days {
			if _, err := tx.ExecContext(ctx, query, placeID, day.String()); err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, placePlansQuery, placeID); err != nil {
			return err
		}
		return note(ctx, tx, placeID, 0, what, by)
	})
	if err != nil {
		return fmt.Errorf("change the closed days: %w", err)
	}
	return nil
}

const (
	callOffQuery = `
UPDATE occurrences SET state = 'replaced', edit_at = ?1
WHERE class_id IN (SELECT id FROM classes WHERE place_id = ?2) AND start_at >= ?1 AND start_at < ?3
    AND kind IN ('pre', 'desk') AND state IN ('sent', 'late') AND gone_at IS NULL AND message_id IS NOT NULL`
	callOffDueQuery = `
UPDATE occurrences SET state = 'skipped', reason = 'closed'
WHERE class_id IN (SELECT id FROM classes WHERE place_id = ?2) AND start_at >= ?1 AND start_at < ?3
    AND kind IN ('pre', 'desk', 'notice') AND state = 'due' AND tried_at IS NULL`
)

// CallOff has the posts replaced that are out for a place's starts from now up
// to an instant, leaves out those that wait, and has DMs sent that tell of it:
// the place closed meanwhile.
func (s *Store) CallOff(ctx context.Context, placeID int64, now, to time.Time, tell []schedule.Occurrence) error {
	return s.inTx(ctx, "call classes off", func(tx *sql.Tx) error {
		for _, query := range []string{callOffQuery, callOffDueQuery} {
			if _, err := tx.ExecContext(ctx, query, now.Unix(), placeID, to.Unix()); err != nil {
				return err
			}
		}
		for _, o := range tell {
			if _, err := tx.ExecContext(ctx, addOccurrenceQuery, occurrenceRow(o)...); err != nil {
				return err
			}
		}
		return nil
	})
}

const (
	weeklyQuery    = `SELECT id FROM classes WHERE place_id = ? AND purpose = ? AND removed_at IS NULL`
	weekliesFilter = `WHERE c.place_id = ? AND c.purpose IN ('myth', 'recap') AND c.removed_at IS NULL ORDER BY c.id`
)

// Weeklies returns the weekly posts that are turned on at a place.
func (s *Store) Weeklies(ctx context.Context, placeID int64) ([]schedule.Listing, error) {
	all, err := s.listings(ctx, s.read, weekliesFilter, placeID)
	if err != nil {
		return nil, fmt.Errorf("read the weekly posts: %w", err)
	}
	return all, nil
}

// SetWeekly turns a weekly post of a place on, as l says, or off when its rule
// is zero. Turning on what is on changes its rule.
func (s *Store) SetWeekly(ctx context.Context, l schedule.Listing, by schedule.By) error {
	err := inTx(ctx, s.write, func(tx *sql.Tx) error {
		old, err := collect(ctx, tx, func(r *sql.Rows) (id int64, err error) { return id, r.Scan(&id) }, weeklyQuery, l.Place.ID, l.Purpose)
		if err != nil {
			return err
		}
		for _, id := range old {
			if err := s.remove(ctx, tx, id, by.At); err != nil {
				return err
			}
		}
		what := string(l.Purpose) + "_off"
		if !l.Rule.IsZero() {
			what = string(l.Purpose) + "_on"
			if _, err := s.addClass(ctx, tx, l, by.At); err != nil {
				return err
			}
		}
		return note(ctx, tx, l.Place.ID, 0, what, by)
	})
	if err != nil {
		return fmt.Errorf("turn a weekly post: %w", err)
	}
	return nil
}

const addClassQuery = `
INSERT INTO classes (place_id, title, rule, length_s, cool_down, purpose, routine, created_by, created_at)
VALUES (?, ?, ?, ?, 0, ?, ?, ?, ?)`

// addClass adds a rule that needs no draft, and plans it.
func (s *Store) addClass(ctx context.Context, tx *sql.Tx, l schedule.Listing, now time.Time) (int64, error) {
	res, err := tx.ExecContext(ctx, addClassQuery, l.Place.ID, l.Title, l.Rule.String(), max(1, int64(l.Length.Seconds())), l.Purpose,
		orNull(l.Routine), orNull(l.CreatedBy), now.Unix())
	if err != nil {
		return 0, err
	}
	if l.ID, err = res.LastInsertId(); err != nil {
		return 0, err
	}
	return l.ID, s.plan(ctx, tx, l, now)
}
