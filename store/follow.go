package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"unpinch/schedule"
)

const followColumns = `f.id, f.user_id, coalesce(f.class_id, 0), coalesce(c.rule, ''), coalesce(c.title, ''), f.days,
    coalesce(f.quiet_until, 0), ` + placeColumns

const (
	// Following again drops the days from before, and any quiet.
	followQuery = `
INSERT INTO follows (user_id, place_id, class_id, days, created_at) SELECT user_id, ?2, ?3, ?4, ?5 FROM members WHERE user_id = ?1
ON CONFLICT (user_id, place_id, coalesce(class_id, 0)) DO UPDATE SET days = excluded.days, quiet_until = NULL`
	confirmingQuery = `
SELECT EXISTS (SELECT 1 FROM occurrences WHERE user_id = ?1 AND kind = 'confirm' AND class_id = ?2 AND state = 'due' AND tried_at IS NULL)`
	followCountQuery = `SELECT count(*) FROM follows WHERE user_id = ?`
	followsFilter    = `FROM follows f JOIN places p ON p.id = f.place_id LEFT JOIN classes c ON c.id = f.class_id `
	unfollowQuery    = `DELETE FROM follows WHERE user_id = ? AND id = ?`
	// The follows that count for a class.
	matching = `place_id = (SELECT place_id FROM classes WHERE id = ?2) AND (class_id IS NULL OR class_id = ?2)`

	quietQuery    = `UPDATE follows SET quiet_until = ?3 WHERE user_id = ?1 AND ` + matching
	quietDueQuery = `
UPDATE occurrences SET state = 'skipped', reason = 'skipped'
WHERE user_id = ?1 AND kind = 'notice' AND state = 'due' AND tried_at IS NULL AND due_at < ?3
    AND class_id IN (SELECT ?2 UNION ALL SELECT c.id FROM classes c JOIN follows f ON f.place_id = c.place_id AND (f.class_id IS NULL OR f.class_id = c.id)
        WHERE f.user_id = ?1 AND f.quiet_until >= ?3 AND c.place_id = (SELECT place_id FROM classes WHERE id = ?2))`
	unsnoozeQuery = `
DELETE FROM occurrences WHERE class_id = ?1 AND kind = ?2 AND user_id = ?3 AND start_at = ?4 AND due_at > ?5 AND state = 'due' AND tried_at IS NULL`
	followersQuery = `
SELECT m.user_id, max(coalesce(f.quiet_until, 0)), ` + memberColumns + `
FROM follows f JOIN members m ON m.user_id = f.user_id
WHERE f.place_id = ?1 AND (f.class_id IS NULL OR f.class_id = ?2) AND f.days & ?3 <> 0
GROUP BY m.user_id ORDER BY m.user_id`
	ownerQuery = `SELECT m.user_id, 0, ` + memberColumns + ` FROM places p JOIN members m ON m.user_id = p.user_id WHERE p.id = ?1`
)

func dropNoticesQuery() string {
	return `
UPDATE occurrences SET state = 'skipped', reason = 'removed'
WHERE user_id = ?1 AND ` + kindIn(schedule.Kind.Follows) + ` AND state = 'due' AND tried_at IS NULL AND NOT EXISTS (
    SELECT 1 FROM classes c JOIN follows f ON f.place_id = c.place_id AND (f.class_id IS NULL OR f.class_id = c.id)
    WHERE c.id = occurrences.class_id AND f.user_id = ?1)`
}

// Follow keeps that a member wants a DM before the classes that f names, and
// has a DM confirm it at once: the one that waits for the class already, if there
// is one. It returns schedule.ErrNoMember if the member
// has not agreed, and schedule.ErrFull if they follow schedule.FollowsMax
// already.
func (s *Store) Follow(ctx context.Context, f schedule.Follow, confirm schedule.Series, now time.Time) error {
	return inTx(ctx, s.write, func(tx *sql.Tx) error {
		var class any
		if f.ClassID != 0 {
			class = f.ClassID
		}
		res, err := tx.ExecContext(ctx, followQuery, f.UserID, f.Place.ID, class, f.Days, now.Unix())
		if err != nil {
			return fmt.Errorf("follow: %w", err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, schedule.ErrNoMember)
		}
		var n int
		if err := tx.QueryRowContext(ctx, followCountQuery, f.UserID).Scan(&n); err != nil {
			return fmt.Errorf("follow: %w", err)
		}
		if n > schedule.FollowsMax {
			return schedule.ErrFull
		}
		var confirming bool
		if err := tx.QueryRowContext(ctx, confirmingQuery, f.UserID, confirm.ID).Scan(&confirming); err != nil {
			return fmt.Errorf("follow: %w", err)
		}
		if confirming { // the DM says what is followed when it goes out
			return nil
		}
		o := schedule.Occurrence{ClassID: confirm.ID, GuildID: f.Place.GuildID, Kind: schedule.KindConfirm, DueAt: now, StartAt: now,
			UserID: f.UserID, State: schedule.StateDue, SendAt: now}
		if _, err := tx.ExecContext(ctx, addOccurrenceQuery, occurrenceRow(o)...); err != nil {
			return fmt.Errorf("follow: %w", err)
		}
		return nil
	})
}

func scanFollow(r *sql.Rows) (schedule.Follow, error) {
	var f schedule.Follow
	var place placeRow
	var rule string
	var quiet int64
	err := r.Scan(append([]any{&f.ID, &f.UserID, &f.ClassID, &rule, &f.Title, &f.Days, &quiet}, place.targets()...)...)
	if err != nil {
		return f, err
	}
	f.Place, f.QuietUntil = place.place(), instant(quiet)
	if rule != "" {
		_ = f.Rule.UnmarshalText([]byte(rule)) // one that can't be read is the zero rule, as in SeriesOf
	}
	return f, nil
}

// Follows returns what a member follows, oldest first.
func (s *Store) Follows(ctx context.Context, userID string) ([]schedule.Follow, error) {
	all, err := collect(ctx, s.read, scanFollow, `SELECT `+followColumns+` `+followsFilter+`WHERE f.user_id = ? ORDER BY f.id`, userID)
	if err != nil {
		return nil, fmt.Errorf("read what a member follows: %w", err)
	}
	return all, nil
}

// Unfollow ends one follow of the member, or all of them with id 0, and drops
// what waits to be sent for them.
func (s *Store) Unfollow(ctx context.Context, userID string, id int64) error {
	return s.inTx(ctx, "stop following", func(tx *sql.Tx) error {
		query, args := unfollowQuery, []any{userID, id}
		if id == 0 {
			query, args = `DELETE FROM follows WHERE user_id = ?`, []any{userID}
		}
		if _, err := tx.ExecContext(ctx, query, args...); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, dropNoticesQuery(), userID)
		return err
	})
}

// UnfollowClass ends every follow of a member that counts for a class.
func (s *Store) UnfollowClass(ctx context.Context, userID string, classID int64) error {
	return s.inTx(ctx, "stop following", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM follows WHERE user_id = ?1 AND `+matching, userID, classID); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, dropNoticesQuery(), userID)
		return err
	})
}

// Quiet keeps from a member, until an instant, the DMs of whatever they follow
// that counts for a class, also those that wait already.
func (s *Store) Quiet(ctx context.Context, userID string, classID int64, until time.Time) error {
	return s.inTx(ctx, "keep quiet", func(tx *sql.Tx) error {
		for _, query := range []string{quietQuery, quietDueQuery} {
			if _, err := tx.ExecContext(ctx, query, userID, classID, until.Unix()); err != nil {
				return err
			}
		}
		return nil
	})
}

// Snooze has a notice come again at an instant. Only one waits: a second press
// of the button moves it.
func (s *Store) Snooze(ctx context.Context, o schedule.Occurrence, at time.Time) error {
	again := schedule.Occurrence{ClassID: o.ClassID, GuildID: o.GuildID, Kind: o.Kind, DueAt: at, StartAt: o.StartAt, Slot: o.Slot, Zone: o.Zone, UserID: o.UserID,
		State: schedule.StateDue, SendAt: at}
	return s.inTx(ctx, "snooze", func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, unsnoozeQuery, o.ClassID, o.Kind, o.UserID, o.StartAt.Unix(), o.DueAt.Unix()); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, addOccurrenceQuery, occurrenceRow(again)...)
		return err
	})
}

// Followers returns the members who are to get the personal messages of a
// series for a start, which is on its own clock: the member whose own it is,
// or all who follow it on that day of the week.
func (s *Store) Followers(ctx context.Context, series schedule.Series, start time.Time) ([]schedule.Follower, error) {
	query, args := followersQuery, []any{series.Place.ID, series.ID, schedule.On(start.Weekday())}
	if series.Purpose == schedule.ForReminder {
		query, args = ownerQuery, []any{series.Place.ID}
	}
	all, err := collect(ctx, s.read, func(r *sql.Rows) (f schedule.Follower, err error) {
		var quiet int64
		var row memberRow
		if err := r.Scan(append([]any{&f.UserID, &quiet}, row.targets()...)...); err != nil {
			return f, err
		}
		user := f.UserID
		f.Member, err = row.member()
		f.UserID, f.QuietUntil = user, instant(quiet)
		return f, err
	}, query, args...)
	if err != nil {
		return nil, fmt.Errorf("read who follows class %d: %w", series.ID, err)
	}
	return all, nil
}

// heardQuery is of what was sent, or is on its way.
func heardQuery() string {
	return `
SELECT DISTINCT user_id FROM occurrences
WHERE class_id = ?1 AND slot = ?2 AND user_id IS NOT NULL AND ` + kindIn(schedule.Kind.Follows) + ` AND state IN ('sent', 'late', 'sending')`
}

// Heard returns the members who got a DM of a start of a class.
func (s *Store) Heard(ctx context.Context, classID int64, slot schedule.Slot) ([]string, error) {
	users, err := collect(ctx, s.read, func(r *sql.Rows) (user string, err error) { return user, r.Scan(&user) }, heardQuery(), classID, slot.String())
	if err != nil {
		return nil, fmt.Errorf("read who heard of a start: %w", err)
	}
	return users, nil
}

// inTx runs do in one transaction of the writer. Its errors say what failed.
func (s *Store) inTx(ctx context.Context, what string, do func(*sql.Tx) error) error {
	if err := inTx(ctx, s.write, do); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}
