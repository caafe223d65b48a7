package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"unpinch/schedule"
)

const (
	addBatchChangeQuery = `
INSERT INTO batch_changes (batch, place_id, class_id, what, planned, moved_to, revision, days, created_by, draft_until)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`
	// Those that someone has changed since.
	outdatedQuery = `
SELECT count(*) FROM batch_changes b JOIN classes c ON c.id = b.class_id WHERE b.batch = ? AND b.applied_at IS NULL AND b.revision <> c.revision`
	numberBatchQuery = `UPDATE batch_changes SET batch = id WHERE id = ?`
	// The place is that at which the class is by now.
	batchChangesQuery = `
SELECT b.what, coalesce(b.class_id, 0), coalesce(b.planned, ''), coalesce(b.moved_to, ''), b.days, b.created_by, ` + placeColumns + `
FROM batch_changes b LEFT JOIN classes c ON c.id = b.class_id JOIN places p ON p.id = coalesce(c.place_id, b.place_id)
WHERE b.batch = ? AND b.draft_until > ? AND b.applied_at IS NULL ORDER BY b.id`
	takeBatchQuery = `
UPDATE batch_changes SET applied_at = ?1, draft_until = max(draft_until, ?2) WHERE batch = ?3 AND draft_until > ?1 AND applied_at IS NULL`
	dropOtherChangesQuery = `DELETE FROM batch_changes WHERE created_by = ? AND applied_at IS NULL`
	dropBatchesQuery      = `DELETE FROM batch_changes WHERE draft_until <= ?`
)

// AddBatch keeps drafts as AddDrafts does, and what changes beside them until
// the same instant, in place of whatever else their creator has drafted. Either
// may be none.
func (s *Store) AddBatch(ctx context.Context, drafts []schedule.Series, changes []schedule.BatchChange, until time.Time) (b schedule.Batch, err error) {
	err = inTx(ctx, s.write, func(tx *sql.Tx) error {
		var ids []int64
		if len(drafts) > 0 {
			var err error
			if ids, err = s.addDrafts(ctx, tx, 0, drafts); err != nil {
				return err
			}
			b.Drafts = ids[0]
		}
		if len(drafts) == 0 && len(changes) > 0 {
			if err := dropOthers(ctx, tx, changes[0].CreatedBy); err != nil {
				return err
			}
		}
		for _, c := range changes {
			if c.Draft > 0 {
				c.ClassID, c.Revision = ids[c.Draft-1], drafts[c.Draft-1].Revision
			}
			id, err := addBatchChange(ctx, tx, b.Changes, c, until)
			if err != nil {
				return err
			}
			if b.Changes == 0 {
				b.Changes = id
				if _, err := tx.ExecContext(ctx, numberBatchQuery, id); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return schedule.Batch{}, fmt.Errorf("keep a batch: %w", err)
	}
	return b, nil
}

func addBatchChange(ctx context.Context, tx *sql.Tx, batch int64, c schedule.BatchChange, until time.Time) (id int64, err error) {
	var class, revision any
	if c.ClassID != 0 {
		class, revision = c.ClassID, c.Revision
	}
	var days []string
	for _, d := range c.Days {
		days = append(days, d.String())
	}
	return newID(ctx, tx, addBatchChangeQuery, batch, c.Place.ID, class, c.What, orNull(c.Slot.String()), orNull(c.To.String()), revision, strings.Join(days, " "), c.CreatedBy, until.Unix())
}

// BatchChanges returns what a batch changes beside its drafts while its time
// isn't over, or schedule.ErrNoClass.
func (s *Store) BatchChanges(ctx context.Context, batch int64, now time.Time) ([]schedule.BatchChange, error) {
	all, err := collect(ctx, s.read, func(r *sql.Rows) (c schedule.BatchChange, err error) {
		var place placeRow
		var planned, to, days string
		if err := r.Scan(append([]any{&c.What, &c.ClassID, &planned, &to, &days, &c.CreatedBy}, place.targets()...)...); err != nil {
			return c, err
		}
		c.Place = place.place()
		if err := slotsOf(map[*schedule.Slot]string{&c.Slot: planned, &c.To: to}); err != nil {
			return c, err
		}
		for _, text := range strings.Fields(days) {
			d, err := schedule.ParseDate(text)
			if err != nil {
				return c, err
			}
			c.Days = append(c.Days, d)
		}
		return c, nil
	}, batchChangesQuery, batch, now.Unix())
	if err != nil {
		return nil, fmt.Errorf("read a batch: %w", err)
	}
	if len(all) == 0 {
		return nil, schedule.ErrNoClass
	}
	return all, nil
}

// slotsOf reads slots, of which "" is none.
func slotsOf(texts map[*schedule.Slot]string) (err error) {
	for slot, text := range texts {
		if text == "" {
			continue
		}
		if *slot, err = schedule.ParseSlot(text); err != nil {
			return err
		}
	}
	return nil
}

// ApplyBatch saves the drafts of a batch as SaveDrafts does, and makes its
// changes, which are those that BatchChanges has returned, with the starts found:
// all of it, or nothing. It returns schedule.ErrNoClass when its time is over, when it was
// applied, and when a class of it is gone, and schedule.ErrChanged when someone has
// changed one since.
func (s *Store) ApplyBatch(ctx context.Context, b schedule.Batch, changes []schedule.BatchChange, by schedule.By) error {
	err := inTx(ctx, s.write, func(tx *sql.Tx) error {
		var outdated int
		if err := tx.QueryRowContext(ctx, outdatedQuery, b.Changes).Scan(&outdated); err != nil {
			return err
		}
		if outdated > 0 {
			return schedule.ErrChanged
		}
		if b.Drafts != 0 {
			if _, err := s.saveDrafts(ctx, tx, b.Drafts, by); err != nil {
				return err
			}
		}
		if b.Changes != 0 {
			res, err := tx.ExecContext(ctx, takeBatchQuery, by.At.Unix(), by.At.Add(endKept).Unix(), b.Changes)
			if err != nil {
				return err
			}
			if n, err := res.RowsAffected(); err != nil || int(n) != len(changes) {
				return errors.Join(err, schedule.ErrNoClass)
			}
		}
		for _, c := range changes {
			by.Detail = c.Detail
			if err := s.applyChange(ctx, tx, c, by); err != nil {
				return fmt.Errorf("%s: %w", c.What, err)
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("apply a batch: %w", err)
	}
	return nil
}

func (s *Store) applyChange(ctx context.Context, tx *sql.Tx, c schedule.BatchChange, by schedule.By) error {
	switch c.What {
	case schedule.BatchClose:
		return s.closeDays(ctx, tx, c.Place.ID, c.Days, by, c.Tell)
	case schedule.BatchOpen:
		return s.openDays(ctx, tx, c.Place.ID, c.Days, by)
	case schedule.BatchSkip:
		return s.noted(ctx, tx, c.ClassID, "skipped", by, s.skip(ctx, tx, c.ClassID, c.Start, by.At))
	case schedule.BatchMove:
		return s.noted(ctx, tx, c.ClassID, "moved", by, s.move(ctx, tx, c.ClassID, c.Start, c.To, by.At))
	case schedule.BatchUnskip:
		err := s.noted(ctx, tx, c.ClassID, "unskipped", by, s.unskip(ctx, tx, c.ClassID, c.Start, by.At))
		if errors.Is(err, schedule.ErrNoClass) { // it takes place already
			return nil
		}
		return err
	}
	return errors.New("no such change")
}
