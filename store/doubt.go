package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"unpinch/delivery"
	"unpinch/schedule"
)

// doubtDays is how many days a message may follow its start: a little longer than
// a start may be moved away.
const doubtDays = 70

// inDoubt marks what may say something else than what is true: posts that say that a start
// takes place, what waits for one, and DMs to members who want to hear more. ?1 is
// now; a mark that is there already becomes another, so that Settle sees that. A
// start of the last day may still run.
func inDoubt(classes string) string {
	return `
UPDATE occurrences SET check_at = max(?1, coalesce(check_at + 1, 0))
WHERE class_id IN (` + classes + `) AND due_at > ?1 - ` + fmt.Sprint(doubtDays*24*60*60) + ` AND max(start_at, coalesce(says_at, 0)) > ?1 - 90000 AND (
    ` + kindIn(schedule.Kind.Announces) + ` AND (state IN ('sent', 'late', 'replaced') AND gone_at IS NULL AND message_id IS NOT NULL OR ` + onItsWay + `)
    OR ` + kindIn(schedule.Kind.OnTimetable) + ` AND state = 'due' AND tried_at IS NULL
    OR ` + kindIn(schedule.Kind.Follows) + ` AND (state IN ('sent', 'late', 'due', 'sending') OR state = 'skipped' AND reason = 'changed') AND EXISTS (
        SELECT 1 FROM classes c JOIN follows f ON f.place_id = c.place_id AND (f.class_id IS NULL OR f.class_id = c.id)
        WHERE c.id = occurrences.class_id AND f.user_id = occurrences.user_id AND coalesce(f.quiet_until, 0) <= start_at))`
}

func doubtQuery() string { return inDoubt(`?2`) }

func doubtPlaceQuery() string { return inDoubt(`SELECT id FROM classes WHERE place_id = ?2`) }

// doubt has the messages of a class, and its event, compared with what is true
// after a change of it.
func doubt(ctx context.Context, tx *sql.Tx, classID int64, now time.Time) error {
	if _, err := tx.ExecContext(ctx, doubtQuery(), now.Unix(), classID); err != nil {
		return fmt.Errorf("doubt what is out: %w", err)
	}
	return lookEvents(ctx, tx, lookClassQuery, classID, now)
}

// doubtPlace is doubt for all classes of a place.
func doubtPlace(ctx context.Context, tx *sql.Tx, placeID int64, now time.Time) error {
	if _, err := tx.ExecContext(ctx, doubtPlaceQuery(), now.Unix(), placeID); err != nil {
		return fmt.Errorf("doubt what is out: %w", err)
	}
	return lookEvents(ctx, tx, lookPlaceQuery, placeID, now)
}

const (
	doubtsQuery  = `SELECT DISTINCT +class_id FROM occurrences WHERE check_at > 0 LIMIT ? + 0`
	doubtedQuery = `SELECT ` + occurrenceColumns + ` FROM occurrences o WHERE o.check_at > 0 AND +o.class_id = ? ORDER BY +o.id`
	readersQuery = `
SELECT m.user_id, ` + memberColumns + ` FROM members m
WHERE m.user_id IN (SELECT user_id FROM occurrences WHERE check_at > 0 AND +class_id = ?)`
	// ?1 is now, ?2 whether the message is to be drawn again.
	settleQuery = `
UPDATE occurrences SET state = ?3, reason = ?4, start_at = ?5, send_at = ?6, says_at = ?7, slot = ?8, check_at = NULL,
    edit_at = CASE WHEN ?2 THEN ` + drawAgain + ` WHEN ?9 THEN NULL ELSE edit_at END
WHERE id = ?10 AND check_at = ?11 AND state = ?12`
)

// Doubts returns at most limit series that were changed since their messages were
// compared with them, as delivery.Planner says.
func (s *Store) Doubts(ctx context.Context, limit int) ([]delivery.Doubt, error) {
	ids, err := collect(ctx, s.read, func(r *sql.Rows) (id int64, err error) { return id, r.Scan(&id) }, doubtsQuery, limit)
	if err != nil {
		return nil, fmt.Errorf("read what is in doubt: %w", err)
	}
	var all []delivery.Doubt
	for _, id := range ids {
		more, err := s.doubts(ctx, id)
		if err != nil {
			return nil, fmt.Errorf("read what is in doubt of class %d: %w", id, err)
		}
		all = append(all, more...)
	}
	return all, nil
}

// doubts returns the doubt of one series, if there is one.
func (s *Store) doubts(ctx context.Context, id int64) (all []delivery.Doubt, err error) {
	err = inTx(ctx, s.read.DB, func(tx *sql.Tx) error {
		all, err = collect(ctx, tx, func(r *sql.Rows) (d delivery.Doubt, err error) {
			var row listingRow
			if err := r.Scan(row.targets()...); err != nil {
				return d, err
			}
			d.Series, d.Fault = row.series()
			return d, nil
		}, `SELECT `+listingColumns+` FROM classes c JOIN places p ON p.id = c.place_id WHERE c.id = ?`, id)
		for i := range all {
			var err2, err3, err4 error
			all[i].Accounted, err4 = accounted(ctx, tx, id)
			all[i].Messages, err2 = collect(ctx, tx, scanOccurrence, doubtedQuery, id)
			all[i].Readers, err3 = readersOf(ctx, tx, id)
			err = errors.Join(err, err2, err3, err4)
		}
		return err
	})
	return all, err
}

// readersOf returns the members whose DMs of a class are in doubt.
func readersOf(ctx context.Context, tx *sql.Tx, classID int64) (map[string]schedule.Member, error) {
	byID := map[string]schedule.Member{}
	_, err := collect(ctx, tx, func(r *sql.Rows) (m schedule.Member, err error) {
		var user string
		var row memberRow
		if err := r.Scan(append([]any{&user}, row.targets()...)...); err != nil {
			return m, err
		}
		m, err = row.member()
		m.UserID = user
		byID[user] = m
		return m, err
	}, readersQuery, classID)
	return byID, err
}

// accounted returns up to when the messages of each plan of a class are in the
// ledger.
func accounted(ctx context.Context, tx *sql.Tx, classID int64) (map[schedule.Kind]time.Time, error) {
	to := map[schedule.Kind]time.Time{}
	_, err := collect(ctx, tx, func(r *sql.Rows) (kind schedule.Kind, err error) {
		var at int64
		err = r.Scan(&kind, &at)
		to[kind] = instant(at)
		return kind, err
	}, `SELECT kind, accounted_to FROM class_posts WHERE class_id = ?`, classID)
	return to, err
}

// Settle writes what becomes of messages in doubt, as delivery.Planner says.
func (s *Store) Settle(ctx context.Context, now time.Time, all []delivery.Finding) error {
	return s.inTx(ctx, "settle what was in doubt", func(tx *sql.Tx) error {
		for _, f := range all {
			is := f.Is
			res, err := tx.ExecContext(ctx, settleQuery, now.Unix(), f.Draw, is.State, is.Reason,
				is.StartAt.Unix(), is.SendAt.Unix(), seconds(is.SaysAt), orNull(is.Slot.String()), is.EditAt.IsZero() && !f.Was.EditAt.IsZero(),
				is.ID, f.Was.CheckAt.Unix(), f.Was.State)
			if err != nil {
				return err
			}
			if n, err := res.RowsAffected(); err != nil {
				return err
			} else if n == 0 {
				continue
			}
			if err := addFound(ctx, tx, f); err != nil {
				return err
			}
		}
		return nil
	})
}

// addFound adds the messages that follow from a finding.
func addFound(ctx context.Context, tx *sql.Tx, f delivery.Finding) error {
	if f.Late != nil {
		if _, err := tx.ExecContext(ctx, addOccurrenceQuery, occurrenceRow(*f.Late)...); err != nil {
			return err
		}
	}
	if f.Tell == nil {
		return nil
	}
	return addOff(ctx, tx, *f.Tell)
}

// addOff adds a DM. The ledger tells DMs of two starts to one person apart by the
// instants at which they are due.
func addOff(ctx context.Context, tx *sql.Tx, o schedule.Occurrence) error {
	for {
		res, err := tx.ExecContext(ctx, addOccurrenceQuery, occurrenceRow(o)...)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n > 0 {
			return err
		}
		o.DueAt = o.DueAt.Add(time.Second)
	}
}
