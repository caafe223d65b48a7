package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"unpinch/schedule"
)

// What is kept for how long, as PRIVACY.md tells.
const (
	trainingDays = 13 * 7 // a day of training; /me progress shows the last twelve weeks
	idleYears    = 2      // a member who does nothing
	leftDays     = 30     // places that were removed, and those of a server that removed the bot
)

// rowsAtOnce is how many rows are deleted while others wait to write.
const rowsAtOnce = 25

const oldSessionsQuery = `
DELETE FROM sessions WHERE (user_id, day) IN (SELECT user_id, day FROM sessions WHERE day < ?1 LIMIT ?2 + 0)`

const leftPlacesQuery = `SELECT id FROM places WHERE left_at < ?1 OR removed_at < ?1 LIMIT ?2 + 0`

// leftQueries delete a place that was removed, or whose server removed the bot,
// before an instant, what is large of it first.
var leftQueries = []string{
	`DELETE FROM occurrences WHERE id IN (SELECT o.id FROM places p JOIN classes c ON c.place_id = p.id JOIN occurrences o ON o.class_id = c.id
    WHERE p.id = ?3 AND (p.left_at < ?1 OR p.removed_at < ?1) LIMIT ?2 + 0)`,
	`DELETE FROM follows WHERE id IN (SELECT f.id FROM places p JOIN follows f ON f.place_id = p.id WHERE p.id = ?3 AND (p.left_at < ?1 OR p.removed_at < ?1) LIMIT ?2 + 0)`,
	`DELETE FROM changes WHERE id IN (SELECT h.id FROM places p JOIN changes h ON h.place_id = p.id WHERE p.id = ?3 AND (p.left_at < ?1 OR p.removed_at < ?1) LIMIT ?2 + 0)`,
	`DELETE FROM closed_days WHERE (place_id, day) IN (
    SELECT d.place_id, d.day FROM places p JOIN closed_days d ON d.place_id = p.id WHERE p.id = ?3 AND (p.left_at < ?1 OR p.removed_at < ?1) LIMIT ?2 + 0)`,
	`DELETE FROM classes WHERE id IN (SELECT c.id FROM places p JOIN classes c ON c.place_id = p.id WHERE p.id = ?3 AND (p.left_at < ?1 OR p.removed_at < ?1) LIMIT ?2 + 0)`,
	`DELETE FROM no_together WHERE guild_id IN (SELECT guild_id FROM places WHERE id = ?3 AND left_at < ?1 LIMIT ?2 + 0)`,
	`DELETE FROM places WHERE id IN (SELECT id FROM places WHERE id = ?3 AND (left_at < ?1 OR removed_at < ?1) LIMIT ?2 + 0)`,
}

const (
	nowIdleQuery = `UPDATE members SET idle_since = ?1 WHERE user_id IN (SELECT user_id FROM members WHERE idle_since IS NULL LIMIT ?2 + 0)`
	// Anyone who still gets DMs that they asked for is no stranger.
	waitingQuery = `
UPDATE members SET idle_since = ?1 WHERE user_id IN (
    SELECT m.user_id FROM members m WHERE m.idle_since < ?3 AND (
        EXISTS (SELECT 1 FROM follows f WHERE f.user_id = m.user_id)
        OR EXISTS (SELECT 1 FROM places p JOIN classes c ON c.place_id = p.id JOIN class_posts n ON n.class_id = c.id
            WHERE p.user_id = m.user_id AND c.removed_at IS NULL AND n.next_run_at IS NOT NULL)
        OR EXISTS (SELECT 1 FROM occurrences o WHERE o.user_id = m.user_id AND o.kind = 'nudge' AND o.state IN ('due', 'sending')))
    LIMIT ?2 + 0)`
	idleQuery = `SELECT user_id FROM members WHERE idle_since < ?1 LIMIT ?2 + 0`
)

// Retire deletes what is kept for a time that is over: days of training, workouts
// of classes, members who did nothing for long and wait for no DM, and the places of
// servers that removed the bot. Nobody is told. It has what went by itself since the last time
// overwritten in the files, too.
func (s *Store) Retire(ctx context.Context, now time.Time) error {
	for _, retire := range []func(context.Context, time.Time) error{s.retireSessions, s.retireWorkouts, s.retireMembers, s.retirePlaces} {
		if err := retire(ctx, now); err != nil {
			return fmt.Errorf("delete what is old: %w", err)
		}
	}
	return s.AskScrub(ctx)
}

func (s *Store) retireSessions(ctx context.Context, now time.Time) error {
	_, err := s.inBatches(ctx, oldSessionsQuery, schedule.DateOf(now.UTC()).Add(-trainingDays).String())
	return err
}

func (s *Store) retirePlaces(ctx context.Context, now time.Time) error {
	before := now.AddDate(0, 0, -leftDays).Unix()
	for {
		left, err := collect(ctx, s.read, func(r *sql.Rows) (id int64, err error) { return id, r.Scan(&id) }, leftPlacesQuery, before, rowsAtOnce)
		if err != nil || len(left) == 0 {
			return err
		}
		for _, id := range left {
			for _, query := range leftQueries {
				if _, err := s.inBatches(ctx, query, before, id); err != nil {
					return err
				}
			}
		}
	}
}

func (s *Store) retireMembers(ctx context.Context, now time.Time) error {
	this, old := month(now), month(now.AddDate(-idleYears, 0, 0))
	if _, err := s.inBatches(ctx, nowIdleQuery, this); err != nil {
		return err
	}
	if _, err := s.inBatches(ctx, waitingQuery, this, old); err != nil {
		return err
	}
	for {
		idle, err := collect(ctx, s.read, func(r *sql.Rows) (id string, err error) { return id, r.Scan(&id) }, idleQuery, old, rowsAtOnce)
		if err != nil || len(idle) == 0 {
			return err
		}
		for _, id := range idle {
			if err := s.retireMember(ctx, id, old); err != nil {
				return err
			}
		}
	}
}

// retireMember deletes a member who is still idle. What they made for others stays
// as it is, with their name: they may run the timetable and nothing else.
func (s *Store) retireMember(ctx context.Context, userID, old string) error {
	return inTx(ctx, s.write, func(tx *sql.Tx) error {
		var idle bool
		if err := tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM members WHERE user_id = ? AND idle_since < ?)`, userID, old).Scan(&idle); err != nil || !idle {
			return err
		}
		for _, p := range s.personal {
			if p.onForget != deleteRow {
				continue
			}
			if _, err := tx.ExecContext(ctx, p.forgetQuery(), userID); err != nil {
				return fmt.Errorf("%s.%s: %w", p.table, p.column, err)
			}
		}
		return nil
	})
}

// inBatches runs a query, which takes whose or how old rows it changes and how
// many of them at once, until none is left, and returns how many there were.
func (s *Store) inBatches(ctx context.Context, query string, which any, more ...any) (rows int, err error) {
	for {
		var n int64
		err := s.withRoom(ctx, func() error {
			res, err := s.write.ExecContext(ctx, query, append([]any{which, rowsAtOnce}, more...)...)
			if err == nil {
				n, err = res.RowsAffected()
			}
			return err
		})
		if err != nil || n == 0 {
			return rows, err
		}
		rows += int(n)
	}
}

// month returns the month of an instant, as members.idle_since has it.
func month(t time.Time) string { return t.UTC().Format("2006-01") }
