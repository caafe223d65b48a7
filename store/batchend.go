package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"unpinch/schedule"
)

// endKept is how long it is known what became of a batch: far longer than
// Discord lets anyone wait for an answer.
const endKept = time.Hour

const (
	addEndQuery = `INSERT INTO saved_batches (batch, class_id, next_batch, kept_until) VALUES (?, ?, ?, ?)`
	// What was replaced before leads to the newest at once.
	passEndQuery = `UPDATE saved_batches SET next_batch = ?1, kept_until = ?2 WHERE next_batch = ?3`
	nextEndQuery = `SELECT coalesce(max(next_batch), 0) FROM saved_batches WHERE batch = ?1 AND kept_until > ?2`
	endQuery     = `
SELECT c.id, c.removed_at IS NOT NULL, ` + placeColumns + `
FROM saved_batches s JOIN classes c ON c.id = s.class_id JOIN places p ON p.id = c.place_id
WHERE s.batch = ?1 AND s.kept_until > ?2 ORDER BY s.id`
	appliedQuery = `
SELECT 0, 1, ` + placeColumns + `
FROM batch_changes b LEFT JOIN classes c ON c.id = b.class_id JOIN places p ON p.id = coalesce(c.place_id, b.place_id)
WHERE b.batch = ?1 AND b.draft_until > ?2 AND b.applied_at IS NOT NULL ORDER BY b.id`
	dropEndsQuery = `DELETE FROM saved_batches WHERE kept_until <= ?`
)

// replaced keeps that drafts took the place of a batch.
func replaced(ctx context.Context, tx *sql.Tx, earlier, batch int64, until time.Time) error {
	until = until.Add(endKept)
	if _, err := tx.ExecContext(ctx, passEndQuery, batch, until.Unix(), earlier); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, addEndQuery, earlier, nil, batch, until.Unix())
	return err
}

// An endRow is a place of which a batch has changed something, with the class.
type endRow struct {
	class   int64
	removed bool
	place   schedule.Place
}

// BatchEnd returns what became of a batch that was saved or applied within the
// hour before now, or in whose place others are. It is schedule.ErrNoClass of any
// other.
func (s *Store) BatchEnd(ctx context.Context, b schedule.Batch, now time.Time) (schedule.BatchEnd, error) {
	end, err := s.batchEnd(ctx, b, now)
	if err != nil && !errors.Is(err, schedule.ErrNoClass) {
		return end, fmt.Errorf("read what became of a batch: %w", err)
	}
	return end, err
}

func (s *Store) batchEnd(ctx context.Context, b schedule.Batch, now time.Time) (schedule.BatchEnd, error) {
	if b.Drafts == 0 {
		return s.changedBy(ctx, appliedQuery, b.Changes, now)
	}
	var next int64
	if err := s.read.QueryRowContext(ctx, nextEndQuery, b.Drafts, now.Unix()).Scan(&next); err != nil {
		return schedule.BatchEnd{}, err
	}
	if next == 0 {
		return s.changedBy(ctx, endQuery, b.Drafts, now)
	}
	end, err := s.changedBy(ctx, endQuery, next, now)
	if errors.Is(err, schedule.ErrNoClass) { // it isn't saved either
		return schedule.BatchEnd{Next: next}, nil
	}
	return end, err
}

// changedBy returns what a batch has changed by now.
func (s *Store) changedBy(ctx context.Context, query string, batch int64, now time.Time) (end schedule.BatchEnd, err error) {
	rows, err := collect(ctx, s.read, func(r *sql.Rows) (e endRow, err error) {
		var place placeRow
		err = r.Scan(append([]any{&e.class, &e.removed}, place.targets()...)...)
		e.place = place.place()
		return e, err
	}, query, batch, now.Unix())
	if err != nil {
		return end, err
	}
	for _, e := range rows {
		if !e.removed {
			end.Classes = append(end.Classes, e.class)
		}
		if !slices.Contains(end.Places, e.place) {
			end.Places = append(end.Places, e.place)
		}
	}
	if len(end.Places) == 0 {
		return end, schedule.ErrNoClass
	}
	return end, nil
}
