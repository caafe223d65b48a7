package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"
)

const easyQuery = `SELECT less, until_at FROM easy WHERE user_id = ? AND until_at > ? ORDER BY less`

// Easy returns what the member wants to keep low at an instant, and until
// when, or nothing if that is over.
func (s *Store) Easy(ctx context.Context, userID string, now time.Time) (less []string, until time.Time, err error) {
	less, err = collect(ctx, s.read, func(r *sql.Rows) (l string, err error) {
		var at int64
		err = r.Scan(&l, &at)
		until = instant(at)
		return l, err
	}, easyQuery, userID, now.Unix())
	if err != nil {
		return nil, time.Time{}, fmt.Errorf("read what to keep low: %w", err)
	}
	return less, until, nil
}

const (
	clearEasyQuery = `DELETE FROM easy WHERE user_id = ?`
	addEasyQuery   = `INSERT INTO easy (user_id, less, until_at) VALUES (?, ?, ?)`
	trimEasyQuery  = `DELETE FROM easy WHERE until_at <= ?`
)

// SetEasy keeps what the member wants to keep low until an instant, in place
// of what was kept before. The member must have agreed.
func (s *Store) SetEasy(ctx context.Context, userID string, less []string, until time.Time) error {
	err := inTx(ctx, s.write, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, clearEasyQuery, userID); err != nil {
			return err
		}
		for _, l := range less {
			if _, err := tx.ExecContext(ctx, addEasyQuery, userID, l, until.Unix()); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep what to keep low: %w", err)
	}
	return nil
}
