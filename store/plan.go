package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"unpinch/delivery"
	"unpinch/schedule"
)

const (
	dropPlanQuery = `DELETE FROM class_posts WHERE class_id = ?`
	// lookAgainQuery makes the dispatcher look at a class's plans at once. It
	// also voids what the dispatcher has read of them before, as no plan
	// keeps its old next_run_at.
	lookAgainQuery = `
UPDATE class_posts SET next_run_at = coalesce(min(next_run_at, accounted_to), accounted_to) - 1 WHERE class_id = ?`
	addPlanQuery = `INSERT INTO class_posts (class_id, kind, accounted_to, next_run_at) VALUES (?1, ?2, ?3, ?3)`
)

// plan plans a series' messages from now on. It only marks them as due to be
// looked at: the dispatcher works out when each is due next.
func (s *Store) plan(ctx context.Context, tx *sql.Tx, series schedule.Series, now time.Time) error {
	if _, err := tx.ExecContext(ctx, dropPlanQuery, series.ID); err != nil {
		return fmt.Errorf("plan class %d: %w", series.ID, err)
	}
	for _, k := range series.Kinds() {
		if _, err := tx.ExecContext(ctx, addPlanQuery, series.ID, k, now.Unix()); err != nil {
			return fmt.Errorf("plan class %d: %w", series.ID, err)
		}
	}
	return nil
}

const duePlansQuery = `
SELECT n.kind, n.accounted_to, n.next_run_at, ` + listingColumns + `
FROM class_posts n JOIN classes c ON c.id = n.class_id JOIN places p ON p.id = c.place_id
WHERE n.next_run_at <= ? ORDER BY n.next_run_at LIMIT ? + 0`

// DuePlans returns at most limit plans that are due at or before now, earliest
// first. A plan whose rule can't be read carries that as its fault.
func (s *Store) DuePlans(ctx context.Context, now time.Time, limit int) ([]delivery.Plan, error) {
	plans, err := collect(ctx, s.read, func(r *sql.Rows) (delivery.Plan, error) {
		var p delivery.Plan
		var accounted, next int64
		var row listingRow
		if err := r.Scan(append([]any{&p.Kind, &accounted, &next}, row.targets()...)...); err != nil {
			return p, err
		}
		p.AccountedTo, p.NextAt = instant(accounted), instant(next)
		p.Series, p.Fault = row.series()
		return p, nil
	}, duePlansQuery, now.Unix(), limit)
	if err != nil {
		return nil, fmt.Errorf("read what is due: %w", err)
	}
	return plans, nil
}

const (
	movePlanQuery = `
UPDATE class_posts SET accounted_to = ?, next_run_at = ?
WHERE class_id = ? AND kind = ? AND next_run_at = ? AND accounted_to = ?`
	addOccurrenceQuery = `
INSERT INTO occurrences (class_id, guild_id, kind, due_at, start_at, channel_id, user_id, state, reason, send_at, slot, zone, says_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING`
	// A post that still waits when the next of its kind is due has lost its
	// turn: both at once would be a burst. No post waits for longer than a
	// day.
	overtakenQuery = `
UPDATE occurrences SET state = CASE WHEN attempts > 0 THEN 'failed' ELSE 'skipped' END,
    reason = CASE WHEN attempts > 0 THEN 'gave_up' ELSE 'away' END
WHERE class_id = ?1 AND kind = ?2 AND due_at < ?3 AND due_at > ?3 - 86400 AND state = 'due' AND tried_at IS NULL
    AND user_id IS NOT DISTINCT FROM ?4`
	breakRuleQuery = `UPDATE classes SET broken_at = ?, broken_why = ? WHERE id = ? AND broken_at IS NULL AND removed_at IS NULL RETURNING id`
)

// Record writes the steps' occurrences and moves their plans on, all or
// nothing. It leaves alone a plan that changed since it was read.
func (s *Store) Record(ctx context.Context, now time.Time, steps []delivery.Step) error {
	return inTx(ctx, s.write, func(tx *sql.Tx) error {
		move, err := tx.PrepareContext(ctx, movePlanQuery)
		if err != nil {
			return err
		}
		defer move.Close()
		add, err := tx.PrepareContext(ctx, addOccurrenceQuery)
		if err != nil {
			return err
		}
		defer add.Close()
		overtaken, err := tx.PrepareContext(ctx, overtakenQuery)
		if err != nil {
			return err
		}
		defer overtaken.Close()
		for _, step := range steps {
			p := step.Plan
			res, err := move.ExecContext(ctx, step.AccountedTo.Unix(), seconds(step.NextAt), p.ID, p.Kind, p.NextAt.Unix(), p.AccountedTo.Unix())
			if err != nil {
				return err
			}
			if n, err := res.RowsAffected(); err != nil {
				return err
			} else if n == 0 {
				continue
			}
			if err := addOccurrences(ctx, add, overtaken, step.Occurrences); err != nil {
				return err
			}
			if step.Broken == "" {
				continue
			}
			if err := breakRule(ctx, tx, p.ID, step.Broken, now); err != nil {
				return err
			}
		}
		return nil
	})
}

// breakRule marks a class that can't be planned, and has its creator and the
// log channel told, once.
func breakRule(ctx context.Context, tx *sql.Tx, classID int64, why schedule.Reason, now time.Time) error {
	broken, err := collect(ctx, tx, func(r *sql.Rows) (id int64, err error) { return id, r.Scan(&id) }, breakRuleQuery, now.Unix(), why, classID)
	if err != nil || len(broken) == 0 {
		return err
	}
	_, err = tx.ExecContext(ctx, alertsQuery, now.Unix(), jsonOf(broken), classID)
	return err
}

// addOccurrences writes rows with a prepared addOccurrenceQuery and
// overtakenQuery.
func addOccurrences(ctx context.Context, add, overtaken *sql.Stmt, all []schedule.Occurrence) error {
	for _, o := range all {
		if o.State == schedule.StateDue {
			if _, err := overtaken.ExecContext(ctx, o.ClassID, o.Kind, o.DueAt.Unix(), orNull(o.UserID)); err != nil {
				return err
			}
		}
		if _, err := add.ExecContext(ctx, occurrenceRow(o)...); err != nil {
			return err
		}
	}
	return nil
}

// occurrenceRow returns the arguments of addOccurrenceQuery.
func occurrenceRow(o schedule.Occurrence) []any {
	var class any
	if o.ClassID != 0 {
		class = o.ClassID
	}
	return []any{class, o.GuildID, o.Kind, o.DueAt.Unix(), o.StartAt.Unix(),
		o.ChannelID, orNull(o.UserID), o.State, o.Reason, o.SendAt.Unix(), orNull(o.Slot.String()), orNull(o.Zone), seconds(o.SaysAt)}
}

// PostNow adds an occurrence that is due at once. Asked for twice in one
// second, it is one.
func (s *Store) PostNow(ctx context.Context, series schedule.Series, by schedule.By) error {
	o := schedule.Occurrence{ClassID: series.ID, GuildID: series.Place.GuildID, Kind: schedule.KindNow, DueAt: by.At, StartAt: by.At,
		ChannelID: series.ChannelID, State: schedule.StateDue, SendAt: by.At}
	return s.changed(ctx, series.ID, "posted", by, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, addOccurrenceQuery, occurrenceRow(o)...)
		return err
	})
}

// wakeQueries find when there is something to do next. ?1 is the owner.
var wakeQueries = []string{
	`SELECT min(next_run_at) FROM class_posts WHERE next_run_at IS NOT NULL AND ?1 = ?1`,
	// Nothing is sent to a channel behind a message that is on its way there.
	`SELECT min(send_at) FROM occurrences o WHERE state = 'due' AND ?1 = ?1 AND NOT EXISTS (
    SELECT 1 FROM occurrences b WHERE b.state = 'sending' AND b.channel_id = o.channel_id AND b.user_id IS NOT DISTINCT FROM o.user_id)`,
	`SELECT min(lease_until) FROM occurrences WHERE state = 'sending' AND owner <> ?1`,
	`SELECT min(check_at) FROM occurrences WHERE check_at IS NOT NULL AND ?1 = ?1`,
	`SELECT min(edit_at) FROM occurrences WHERE edit_at IS NOT NULL AND gone_at IS NULL AND message_id IS NOT NULL AND ?1 = ?1`,
	`SELECT min(tidy_at) FROM occurrences WHERE tidy_at IS NOT NULL AND gone_at IS NULL AND ?1 = ?1`,
}

// Wake returns when there is next something to dispatch, send, draw again or take
// away, or the zero time if there never is.
func (s *Store) Wake(ctx context.Context, owner string) (time.Time, error) {
	return s.first(ctx, wakeQueries, owner)
}

// first returns the first instant that queries find, or the zero time.
func (s *Store) first(ctx context.Context, queries []string, args ...any) (time.Time, error) {
	var next time.Time
	for _, query := range queries {
		var at sql.NullInt64
		if err := s.read.QueryRowContext(ctx, query, args...).Scan(&at); err != nil {
			return time.Time{}, fmt.Errorf("find what comes next: %w", err)
		}
		if at.Valid && (next.IsZero() || at.Int64 < next.Unix()) {
			next = instant(at.Int64)
		}
	}
	return next, nil
}

// trims delete what is over, in batches, in an order in which nothing refers to
// what is gone.
var trims = []string{
	`DELETE FROM occurrences WHERE id IN (SELECT id FROM occurrences WHERE due_at < ?1 AND state NOT IN ('due', 'sending') LIMIT ?2 + 0)`,
	`DELETE FROM changes WHERE id IN (SELECT id FROM changes WHERE at < ?1 LIMIT ?2 + 0)`,
	`DELETE FROM classes WHERE id IN (SELECT id FROM classes WHERE removed_at < ?1 LIMIT ?2 + 0)`,
}

// trimDays delete what is of days before one.
var trimDays = []string{
	`DELETE FROM class_skips WHERE (class_id, planned) IN (SELECT class_id, planned FROM class_skips WHERE planned < ?1 LIMIT ?2 + 0)`,
	`DELETE FROM class_moves WHERE (class_id, planned) IN (SELECT class_id, planned FROM class_moves WHERE max(planned, moved_to) < ?1 LIMIT ?2 + 0)`,
	`DELETE FROM closed_days WHERE (place_id, day) IN (SELECT place_id, day FROM closed_days WHERE day < ?1 LIMIT ?2 + 0)`,
}

// Trim deletes what ended before an instant: occurrences, and removed classes with
// their history.
func (s *Store) Trim(ctx context.Context, before time.Time) error {
	var faults []error
	for _, query := range trims {
		_, err := s.inBatches(ctx, query, before.Unix())
		faults = append(faults, err)
	}
	for _, query := range trimDays {
		_, err := s.inBatches(ctx, query, schedule.DateOf(before.UTC()).String())
		faults = append(faults, err)
	}
	if err := errors.Join(faults...); err != nil {
		return fmt.Errorf("trim the ledger: %w", err)
	}
	return nil
}

const dropDraftsQuery = `DELETE FROM classes WHERE draft_until <= ?`

// DropDrafts deletes what ends by itself once its time is over: drafts with what
// changes beside them, what became of drafts, what members wanted to keep low for
// a while, and buckets that are full again.
func (s *Store) DropDrafts(ctx context.Context, now time.Time) error {
	for _, query := range []string{dropDraftsQuery, dropBatchesQuery, dropEndsQuery, trimEasyQuery, dropBucketsQuery} {
		if err := s.drop(ctx, query, now); err != nil {
			return fmt.Errorf("drop what is over: %w", err)
		}
	}
	return nil
}

// drop runs a DELETE of what is over at an instant, if there is anything: most
// looks find nothing, and those take no lock.
func (s *Store) drop(ctx context.Context, query string, now time.Time) error {
	var any bool
	if err := s.read.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1"+strings.TrimPrefix(query, "DELETE")+")", now.Unix()).Scan(&any); err != nil || !any {
		return err
	}
	_, err := s.write.ExecContext(ctx, query, now.Unix())
	return err
}
