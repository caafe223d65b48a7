package store

import (
	"context"
	"database/sql"
	"fmt"

	"unpinch/content"
	"unpinch/delivery"
)

const (
	ownRoutineQuery = `SELECT drill, sets, reps, hold_s, each_side FROM own_routines WHERE user_id = ? ORDER BY line_no`
	clearOwnQuery   = `DELETE FROM own_routines WHERE user_id = ?`
	// The player keeps the lines too.
	endOwnQuery = `DELETE FROM players WHERE user_id = ?1 AND substr(routine, 1, length(?2)) = ?2`
	agreedQuery = `SELECT count(*) FROM members WHERE user_id = ?`
	addOwnQuery = `
INSERT INTO own_routines (user_id, line_no, drill, sets, reps, hold_s, each_side) VALUES (?, ?, ?, ?, ?, ?, ?)`
)

// OwnRoutine returns the lines of the member's own routine in order, or none
// if there is no such routine.
func (s *Store) OwnRoutine(ctx context.Context, userID string) ([]content.OwnEntry, error) {
	entries, err := collect(ctx, s.read, func(r *sql.Rows) (e content.OwnEntry, err error) {
		return e, r.Scan(&e.Drill, &e.Sets, &e.Reps, &e.Hold, &e.EachSide)
	}, ownRoutineQuery, userID)
	if err != nil {
		return nil, fmt.Errorf("read a member's routine: %w", err)
	}
	return entries, nil
}

// SaveOwnRoutine keeps the lines in place of those from before; none deletes
// the routine, and ends the member's player of it. It returns false, and keeps nothing, for a user who has not
// agreed.
func (s *Store) SaveOwnRoutine(ctx context.Context, userID string, entries []content.OwnEntry) (kept bool, err error) {
	err = inTx(ctx, s.write, func(tx *sql.Tx) error {
		var agreed int
		if err := tx.QueryRowContext(ctx, agreedQuery, userID).Scan(&agreed); err != nil || agreed == 0 {
			return err
		}
		if _, err := tx.ExecContext(ctx, clearOwnQuery, userID); err != nil {
			return err
		}
		if len(entries) == 0 {
			if _, err := tx.ExecContext(ctx, endOwnQuery, userID, delivery.OwnPrefix); err != nil {
				return fmt.Errorf("end its player: %w", err)
			}
		}
		for i, e := range entries {
			if _, err := tx.ExecContext(ctx, addOwnQuery, userID, i+1, e.Drill, e.Sets, e.Reps, e.Hold, e.EachSide); err != nil {
				return fmt.Errorf("line %d: %w", i+1, err)
			}
		}
		kept = true
		return nil
	})
	if err != nil {
		return false, fmt.Errorf("keep a member's routine: %w", err)
	}
	return kept, nil
}
