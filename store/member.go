package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"unpinch/schedule"
)

const consentQuery = `SELECT consent_version, consented_at FROM members WHERE user_id = ?`

// Consent returns which version of the consent text the user agreed to, and
// when. The version is 0 if there is no consent.
func (s *Store) Consent(ctx context.Context, userID string) (version int, at time.Time, err error) {
	var seconds int64
	err = s.read.QueryRowContext(ctx, consentQuery, userID).Scan(&version, &seconds)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, time.Time{}, nil
	}
	if err != nil {
		return 0, time.Time{}, fmt.Errorf("read consent: %w", err)
	}
	return version, time.Unix(seconds, 0).UTC(), nil
}

const agreeQuery = `
INSERT INTO members (user_id, consent_version, consented_at, age_statement, locale)
VALUES (?, ?, ?, 1, ?)
ON CONFLICT (user_id) DO UPDATE SET
    consent_version = excluded.consent_version,
    consented_at = excluded.consented_at`

// Agree keeps that the user agreed to this version of the consent text, which
// includes the statement of age. Agreeing again changes version and time; what
// the member has set stays.
func (s *Store) Agree(ctx context.Context, userID string, version int, locale string, at time.Time) error {
	if _, err := s.write.ExecContext(ctx, agreeQuery, userID, version, at.Unix(), locale); err != nil {
		return fmt.Errorf("keep consent: %w", err)
	}
	return nil
}

const memberColumns = `coalesce(m.zone, ''), coalesce(m.country, ''), m.locale, coalesce(m.active_from, 0), coalesce(m.active_to, 0),
    coalesce(m.paused_until, ''), coalesce(m.dm_closed_at, 0)`

// A memberRow receives memberColumns.
type memberRow struct {
	m                schedule.Member
	from, to, closed int64
	paused           string
}

func (r *memberRow) targets() []any {
	return []any{&r.m.Zone, &r.m.Country, &r.m.Locale, &r.from, &r.to, &r.paused, &r.closed}
}

func (r *memberRow) member() (schedule.Member, error) {
	m := r.m
	m.Active = schedule.Hours{From: schedule.Clock(r.from), To: schedule.Clock(r.to)}
	m.DMsClosed = instant(r.closed)
	return m, m.PausedUntil.UnmarshalText([]byte(r.paused))
}

const (
	memberQuery    = `SELECT ` + memberColumns + ` FROM members m WHERE m.user_id = ?`
	setMemberQuery = `
UPDATE members SET zone = ?, country = ?, locale = ?, active_from = ?, active_to = ?, paused_until = ? WHERE user_id = ?`
	ownZoneQuery = `UPDATE places SET zone = ?1 WHERE user_id = ?2 AND zone <> ?1`
	ownPlanQuery = `
UPDATE class_posts SET accounted_to = ?1, next_run_at = ?1
WHERE class_id IN (SELECT c.id FROM classes c JOIN places p ON p.id = c.place_id WHERE p.user_id = ?2)`
	// start_at is when a nudge was asked for; due_at is when it comes.
	heldNudgesQuery = `
SELECT id, start_at FROM occurrences WHERE user_id = ? AND kind = 'nudge' AND state = 'due' AND tried_at IS NULL ORDER BY start_at, id`
	// No two nudges of one person may have one instant, not even for a
	// moment.
	clearNudgesQuery = `
UPDATE occurrences SET due_at = -id WHERE user_id = ? AND kind = 'nudge' AND state = 'due' AND tried_at IS NULL`
	holdNudgeQuery = `UPDATE occurrences SET due_at = ?1, send_at = ?1 WHERE id = ?2`
)

// pausedDMsQuery leaves out what waits when a pause begins.
func pausedDMsQuery() string {
	return `
UPDATE occurrences SET state = 'skipped', reason = 'paused'
WHERE user_id = ?1 AND ` + kindIn(schedule.Kind.Pausable) + ` AND state = 'due' AND tried_at IS NULL AND send_at < ?2`
}

// Member returns what a member has chosen for messages to them, or
// schedule.ErrNoMember if they have not agreed.
func (s *Store) Member(ctx context.Context, userID string) (schedule.Member, error) {
	var row memberRow
	err := s.read.QueryRowContext(ctx, memberQuery, userID).Scan(row.targets()...)
	if errors.Is(err, sql.ErrNoRows) {
		return schedule.Member{}, schedule.ErrNoMember
	}
	if err != nil {
		return schedule.Member{}, fmt.Errorf("read a member: %w", err)
	}
	row.m.UserID = userID
	return row.member()
}

// SetMember keeps what a member has chosen, all but DMsClosed, which nobody
// chooses. Their reminders follow their zone from now on, and none of their
// nudges comes before first. When a pause begins, the DMs that wait and that
// it holds are left out. SetMember returns schedule.ErrNoMember if the member
// has not agreed.
func (s *Store) SetMember(ctx context.Context, m schedule.Member, first, now time.Time) error {
	return inTx(ctx, s.write, func(tx *sql.Tx) error {
		var from, to any
		if m.Active != (schedule.Hours{}) {
			from, to = int(m.Active.From), int(m.Active.To)
		}
		res, err := tx.ExecContext(ctx, setMemberQuery, orNull(m.Zone), orNull(m.Country), m.Locale, from, to,
			orNull(m.PausedUntil.String()), m.UserID)
		if err != nil {
			return fmt.Errorf("keep a member's settings: %w", err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, schedule.ErrNoMember)
		}
		if m.Zone != "" {
			res, err := tx.ExecContext(ctx, ownZoneQuery, m.Zone, m.UserID)
			if err != nil {
				return fmt.Errorf("keep a member's zone: %w", err)
			}
			if n, err := res.RowsAffected(); err != nil {
				return err
			} else if n > 0 {
				if _, err := tx.ExecContext(ctx, ownPlanQuery, now.Unix(), m.UserID); err != nil {
					return fmt.Errorf("keep a member's zone: %w", err)
				}
			}
		}
		if !m.PausedUntil.IsZero() {
			if _, err := tx.ExecContext(ctx, pausedDMsQuery(), m.UserID, first.Unix()); err != nil {
				return fmt.Errorf("hold DMs: %w", err)
			}
		}
		if err := holdNudges(ctx, tx, m.UserID, first.Unix()); err != nil {
			return fmt.Errorf("hold nudges: %w", err)
		}
		return nil
	})
}

// holdNudges moves the nudges that wait to when they were asked for, but none
// before first, each to a second of its own.
func holdNudges(ctx context.Context, tx *sql.Tx, userID string, first int64) error {
	type nudge struct{ id, asked int64 }
	all, err := collect(ctx, tx, func(r *sql.Rows) (n nudge, err error) { return n, r.Scan(&n.id, &n.asked) }, heldNudgesQuery, userID)
	if err != nil || len(all) == 0 {
		return err
	}
	if _, err := tx.ExecContext(ctx, clearNudgesQuery, userID); err != nil {
		return err
	}
	for _, n := range all {
		at := max(first, n.asked)
		if _, err := tx.ExecContext(ctx, holdNudgeQuery, at, n.id); err != nil {
			return err
		}
		first = at + 1
	}
	return nil
}

const tryDMsQuery = `UPDATE members SET dm_closed_at = NULL WHERE user_id = ?`

// TryDMs lets DMs go out again to a member to whom one was refused.
func (s *Store) TryDMs(ctx context.Context, userID string) error {
	if _, err := s.write.ExecContext(ctx, tryDMsQuery, userID); err != nil {
		return fmt.Errorf("try DMs again: %w", err)
	}
	return nil
}

const (
	untoldQuery = `SELECT EXISTS (SELECT 1 FROM occurrences WHERE user_id = ? AND state = 'failed' AND reason = 'dm' AND told_at IS NULL)`
	toldQuery   = `UPDATE occurrences SET told_at = ? WHERE user_id = ? AND state = 'failed' AND reason = 'dm' AND told_at IS NULL`
)

// TellClosedDM reports whether Discord refused a DM to a person who has not
// been told of it, and notes that they are being told now.
func (s *Store) TellClosedDM(ctx context.Context, userID string, now time.Time) (untold bool, err error) {
	if err := s.read.QueryRowContext(ctx, untoldQuery, userID).Scan(&untold); err != nil {
		return false, fmt.Errorf("look for refused DMs: %w", err)
	}
	if !untold { // as nearly always, which takes no lock
		return false, nil
	}
	if _, err := s.write.ExecContext(ctx, toldQuery, now.Unix(), userID); err != nil {
		return false, fmt.Errorf("note that a refused DM is told: %w", err)
	}
	return true, nil
}
