package store

import (
	"context"
	"database/sql"
	"fmt"

	"unpinch/schedule"
)

// Only a member who agreed has sessions: there is no row to insert for anyone
// else.
const (
	countDayQuery = `
INSERT INTO sessions (user_id, day, count) SELECT user_id, ?2, 1 FROM members WHERE user_id = ?1
ON CONFLICT (user_id, day) DO UPDATE SET count = sessions.count`
	clearDayQuery = `DELETE FROM sessions WHERE user_id = ? AND day = ?`
	sessionsQuery = `SELECT day, count FROM sessions WHERE user_id = ? AND day BETWEEN ? AND ?`
)

// CountDay makes sure that a day of the member's own calendar has a session:
// pressing twice is pressing once. It returns false, and keeps nothing, for a
// user who has not agreed.
func (s *Store) CountDay(ctx context.Context, userID string, day schedule.Date) (kept bool, err error) {
	res, err := s.write.ExecContext(ctx, countDayQuery, userID, day.String())
	if err != nil {
		return false, fmt.Errorf("count a session: %w", err)
	}
	n, err := res.RowsAffected()
	if err != nil {
		return false, fmt.Errorf("count a session: %w", err)
	}
	return n > 0, nil
}

// ClearDay takes a day's sessions back. A day without any is no error.
func (s *Store) ClearDay(ctx context.Context, userID string, day schedule.Date) error {
	if _, err := s.write.ExecContext(ctx, clearDayQuery, userID, day.String()); err != nil {
		return fmt.Errorf("take a session back: %w", err)
	}
	return nil
}

// Sessions returns how many sessions the member had on each day from first to
// last, both included; days without any are left out.
func (s *Store) Sessions(ctx context.Context, userID string, first, last schedule.Date) (map[schedule.Date]int, error) {
	type row struct {
		day   schedule.Date
		count int
	}
	rows, err := collect(ctx, s.read, func(r *sql.Rows) (out row, err error) {
		var text string
		if err := r.Scan(&text, &out.count); err != nil {
			return out, err
		}
		out.day, err = schedule.ParseDate(text)
		return out, err
	}, sessionsQuery, userID, first.String(), last.String())
	if err != nil {
		return nil, fmt.Errorf("read the sessions: %w", err)
	}
	days := make(map[schedule.Date]int, len(rows))
	for _, r := range rows {
		days[r.day] = r.count
	}
	return days, nil
}
