package store

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"unpinch/schedule"
)

const (
	addHomeQuery = `
INSERT INTO places (guild_id, name, zone, channel_id, tidy, created_at, user_id)
SELECT '@me', ?2, ?3, '@me', FALSE, ?4, user_id FROM members WHERE user_id = ?1
ON CONFLICT (user_id) WHERE user_id IS NOT NULL DO NOTHING`
	homeFilter         = `WHERE p.user_id = ? AND c.removed_at IS NULL ORDER BY c.id`
	homeQuery          = `SELECT ` + placeColumns + ` FROM places p WHERE p.user_id = ?`
	dropReminderQuery  = `DELETE FROM classes WHERE id = ?1 AND place_id = (SELECT id FROM places WHERE user_id = ?2)`
	pauseReminderQuery = `UPDATE classes SET paused_until = ?1 WHERE id = ?2 AND place_id = (SELECT id FROM places WHERE user_id = ?3)`
	pausedDueQuery     = `UPDATE occurrences SET state = 'skipped', reason = 'paused' WHERE class_id = ? AND state = 'due' AND tried_at IS NULL`
	nudgesQuery        = `SELECT due_at FROM occurrences WHERE user_id = ? AND kind = 'nudge' AND state = 'due' ORDER BY due_at`
	dropNudgesQuery    = `DELETE FROM occurrences WHERE user_id = ? AND kind = 'nudge' AND state = 'due' AND tried_at IS NULL`
)

// AddReminder keeps a member's own rule, in the given zone, for which DMs
// come. It returns the id, or schedule.ErrNoMember if the member has not
// agreed, and schedule.ErrFull if they have schedule.RemindersMax already.
func (s *Store) AddReminder(ctx context.Context, userID string, rule schedule.Rule, zone, routine string, now time.Time) (id int64, err error) {
	err = inTx(ctx, s.write, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, addHomeQuery, userID, rand.Text(), zone, schedule.Quarter(now).Unix()); err != nil {
			return err
		}
		homes, err := collect(ctx, tx, func(r *sql.Rows) (schedule.Place, error) {
			var row placeRow
			err := r.Scan(row.targets()...)
			return row.place(), err
		}, homeQuery, userID)
		if err != nil {
			return err
		}
		if len(homes) == 0 {
			return schedule.ErrNoMember
		}
		mine, err := s.series(ctx, tx, homeFilter, userID)
		if err != nil {
			return err
		}
		if len(mine) >= schedule.RemindersMax {
			return schedule.ErrFull
		}
		id, err = s.addClass(ctx, tx, schedule.Series{Place: homes[0], Purpose: schedule.ForReminder, Rule: rule, Length: time.Minute,
			Routine: routine, CreatedBy: userID}, now)
		return err
	})
	if errors.Is(err, schedule.ErrNoMember) || errors.Is(err, schedule.ErrFull) {
		return 0, err
	}
	if err != nil {
		return 0, fmt.Errorf("keep a reminder: %w", err)
	}
	return id, nil
}

// Reminders returns a member's own reminders, oldest first.
func (s *Store) Reminders(ctx context.Context, userID string) ([]schedule.Series, error) {
	all, err := s.series(ctx, s.read, homeFilter, userID)
	if err != nil {
		return nil, fmt.Errorf("read the reminders: %w", err)
	}
	return all, nil
}

// DropReminder ends a reminder of the member. It returns schedule.ErrNoClass
// if it is gone, or another member's.
func (s *Store) DropReminder(ctx context.Context, userID string, id int64) error {
	return s.changeOne(ctx, s.write, "drop a reminder", dropReminderQuery, id, userID)
}

// PauseReminder leaves out the starts of a member's reminder before a day, and
// what waits of it; the zero day ends a pause. It returns schedule.ErrNoClass
// if the reminder is gone, or another member's.
func (s *Store) PauseReminder(ctx context.Context, userID string, id int64, until schedule.Date) error {
	return inTx(ctx, s.write, func(tx *sql.Tx) error {
		if err := s.changePlanned(ctx, tx, id, "pause a reminder", pauseReminderQuery, orNull(until.String()), id, userID); err != nil || until.IsZero() {
			return err
		}
		if _, err := tx.ExecContext(ctx, pausedDueQuery, id); err != nil {
			return fmt.Errorf("pause a reminder: %w", err)
		}
		return nil
	})
}

// AddNudge has one DM come at an instant; nothing else is kept of it. It
// returns schedule.ErrNoMember if the member has not agreed, and
// schedule.ErrFull if schedule.NudgesMax wait already.
func (s *Store) AddNudge(ctx context.Context, userID string, at time.Time) error {
	return inTx(ctx, s.write, func(tx *sql.Tx) error {
		var member, waiting int
		if err := tx.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM members WHERE user_id = ?1),
    (SELECT count(*) FROM occurrences WHERE user_id = ?1 AND kind = 'nudge' AND state = 'due')`, userID).Scan(&member, &waiting); err != nil {
			return fmt.Errorf("keep a nudge: %w", err)
		}
		switch {
		case member == 0:
			return schedule.ErrNoMember
		case waiting >= schedule.NudgesMax:
			return schedule.ErrFull
		}
		o := schedule.Occurrence{GuildID: schedule.HomeGuild, Kind: schedule.KindNudge, DueAt: at, StartAt: at, UserID: userID,
			State: schedule.StateDue, SendAt: at}
		if _, err := tx.ExecContext(ctx, addOccurrenceQuery, occurrenceRow(o)...); err != nil {
			return fmt.Errorf("keep a nudge: %w", err)
		}
		return nil
	})
}

// Nudges returns when the nudges of a member come, earliest first.
func (s *Store) Nudges(ctx context.Context, userID string) ([]time.Time, error) {
	all, err := collect(ctx, s.read, func(r *sql.Rows) (time.Time, error) {
		var at int64
		err := r.Scan(&at)
		return instant(at), err
	}, nudgesQuery, userID)
	if err != nil {
		return nil, fmt.Errorf("read the nudges: %w", err)
	}
	return all, nil
}

// DropNudges takes back all nudges that wait for a member.
func (s *Store) DropNudges(ctx context.Context, userID string) error {
	if _, err := s.write.ExecContext(ctx, dropNudgesQuery, userID); err != nil {
		return fmt.Errorf("drop the nudges: %w", err)
	}
	return nil
}
