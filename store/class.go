package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"unpinch/schedule"
)

const listingColumns = `c.id, c.title, c.rule, c.length_s, coalesce(c.channel_id, p.channel_id), coalesce(c.role_id, ''),
    coalesce(c.until_day, ''), coalesce(c.paused_until, ''), coalesce(c.lead_s, 0), c.cool_down,
    coalesce(c.created_by, ''), c.created_at, coalesce(c.draft_until, 0), coalesce(c.broken_at, 0), coalesce(c.broken_why, ''),
    coalesce((SELECT group_concat(k.planned_at) FROM class_skips k WHERE k.class_id = c.id), ''), ` + placeColumns

// A listingRow receives listingColumns.
type listingRow struct {
	l                               schedule.Listing
	place                           placeRow
	rule, until, paused, why, skips string
	length, lead                    int64
	created, draft, broken          int64
}

func (r *listingRow) targets() []any {
	l := &r.l
	return append([]any{&l.ID, &l.Title, &r.rule, &r.length, &l.ChannelID, &l.RoleID, &r.until, &r.paused,
		&r.lead, &l.CoolDown, &l.CreatedBy, &r.created, &r.draft, &r.broken, &r.why, &r.skips}, r.place.targets()...)
}

// listing completes the row. It returns an error beside it when the rule or a
// day can't be read, which the program never writes; then that part is zero.
func (r *listingRow) listing() (schedule.Listing, error) {
	l := r.l
	l.Place = r.place.place()
	l.Length, l.Lead = time.Duration(r.length)*time.Second, time.Duration(r.lead)*time.Second
	l.CreatedAt, l.DraftUntil, l.BrokenAt = instant(r.created), instant(r.draft), instant(r.broken)
	l.BrokenWhy = schedule.Reason(r.why)
	faults := []error{l.Rule.UnmarshalText([]byte(r.rule)), l.Until.UnmarshalText([]byte(r.until)), l.PausedUntil.UnmarshalText([]byte(r.paused))}
	for text := range strings.SplitSeq(r.skips, ",") {
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			l.Skips = append(l.Skips, instant(n))
		}
	}
	return l, errors.Join(faults...)
}

// listings returns the classes that a filter leaves.
func (s *Store) listings(ctx context.Context, q querier, filter string, args ...any) ([]schedule.Listing, error) {
	return collect(ctx, q, func(r *sql.Rows) (schedule.Listing, error) {
		var row listingRow
		if err := r.Scan(row.targets()...); err != nil {
			return schedule.Listing{}, err
		}
		l, _ := row.listing() // one that can't be read hides no other: the dispatcher breaks it
		return l, nil
	}, `SELECT `+listingColumns+` FROM classes c JOIN places p ON p.id = c.place_id `+filter, args...)
}

// Listings returns the saved classes of a server, oldest first. One whose
// stored rule can't be read has the zero Rule.
func (s *Store) Listings(ctx context.Context, guildID string) ([]schedule.Listing, error) {
	all, err := s.listings(ctx, s.read, `WHERE p.guild_id = ? AND c.removed_at IS NULL AND c.draft_until IS NULL ORDER BY c.id`, guildID)
	if err != nil {
		return nil, fmt.Errorf("read the classes: %w", err)
	}
	return all, nil
}

// Listing returns a class or draft by its id, or schedule.ErrNoClass.
func (s *Store) Listing(ctx context.Context, id int64) (schedule.Listing, error) {
	all, err := s.listings(ctx, s.read, `WHERE c.id = ? AND c.removed_at IS NULL`, id)
	if err != nil {
		return schedule.Listing{}, fmt.Errorf("read class %d: %w", id, err)
	}
	if len(all) == 0 {
		return schedule.Listing{}, schedule.ErrNoClass
	}
	return all[0], nil
}

const (
	addDraftQuery = `
INSERT INTO classes (place_id, title, rule, length_s, channel_id, role_id, until_day, lead_s, cool_down, created_by, created_at, draft_until)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	changeDraftQuery = `
UPDATE classes SET title = ?, rule = ?, length_s = ?, channel_id = ?, role_id = ?, until_day = ?, lead_s = ?, cool_down = ?, draft_until = ?
WHERE id = ? AND draft_until IS NOT NULL`
	saveDraftQuery = `UPDATE classes SET draft_until = NULL WHERE id = ? AND draft_until > ?`
)

// AddDraft keeps a class that nobody has saved yet, until l.DraftUntil, and
// returns its id. A draft has no posts.
func (s *Store) AddDraft(ctx context.Context, l schedule.Listing) (int64, error) {
	res, err := s.write.ExecContext(ctx, addDraftQuery, l.Place.ID, l.Title, l.Rule.String(), int64(l.Length.Seconds()), channelColumn(l),
		orNull(l.RoleID), orNull(l.Until.String()), leadColumn(l), l.CoolDown, orNull(l.CreatedBy), l.CreatedAt.Unix(), l.DraftUntil.Unix())
	if err != nil {
		return 0, fmt.Errorf("keep a draft: %w", err)
	}
	return res.LastInsertId()
}

// ChangeDraft changes the draft with l's id, or returns schedule.ErrNoClass.
func (s *Store) ChangeDraft(ctx context.Context, l schedule.Listing) error {
	return s.changeOne(ctx, s.write, "change a draft", changeDraftQuery, l.Title, l.Rule.String(), int64(l.Length.Seconds()), channelColumn(l),
		orNull(l.RoleID), orNull(l.Until.String()), leadColumn(l), l.CoolDown, l.DraftUntil.Unix(), l.ID)
}

// channelColumn is NULL for a class that posts where its place does: it moves
// along when the place's channel changes.
func channelColumn(l schedule.Listing) any {
	if l.ChannelID == l.Place.ChannelID {
		return nil
	}
	return l.ChannelID
}

func leadColumn(l schedule.Listing) any {
	if l.Lead == 0 {
		return nil
	}
	return int64(l.Lead.Seconds())
}

// changeOne runs an update that must change a row; it is schedule.ErrNoClass otherwise.
func (s *Store) changeOne(ctx context.Context, q querier, what, query string, args ...any) error {
	res, err := q.ExecContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, schedule.ErrNoClass)
	}
	return nil
}

// SaveDraft makes a class of a draft: from now on its posts are planned. It is
// schedule.ErrNoClass when the draft is gone, or its time is over.
func (s *Store) SaveDraft(ctx context.Context, id int64, now time.Time) error {
	return inTx(ctx, s.write, func(tx *sql.Tx) error {
		if err := s.changeOne(ctx, tx, "save a class", saveDraftQuery, id, now.Unix()); err != nil {
			return err
		}
		listings, err := s.listings(ctx, tx, `WHERE c.id = ?`, id)
		if err != nil {
			return fmt.Errorf("save a class: %w", err)
		}
		return s.plan(ctx, tx, listings[0], now)
	})
}

const (
	skipQuery = `
INSERT INTO class_skips (class_id, planned_at) SELECT id, ?1 FROM classes WHERE id = ?2 AND removed_at IS NULL
ON CONFLICT (class_id, planned_at) DO UPDATE SET planned_at = excluded.planned_at`
	skipDueQuery = `
UPDATE occurrences SET state = 'skipped', reason = 'skipped'
WHERE class_id = ?2 AND start_at = ?1 AND kind IN ('pre', 'cool_down') AND state = 'due' AND tried_at IS NULL`
	pauseQuery = `UPDATE classes SET paused_until = ? WHERE id = ? AND removed_at IS NULL AND draft_until IS NULL`
	mendQuery  = `
UPDATE classes SET broken_at = NULL, broken_why = NULL
WHERE broken_at IS NOT NULL AND place_id = (SELECT place_id FROM classes WHERE id = ?1)
    AND channel_id IS (SELECT channel_id FROM classes WHERE id = ?1)
RETURNING id`
)

// Skip leaves out one start of a class, by when the rule planned it. Doing so
// twice is doing it once. A post of it that still waits is left out too. It is
// schedule.ErrNoClass when the class is gone.
func (s *Store) Skip(ctx context.Context, classID int64, planned time.Time) error {
	return inTx(ctx, s.write, func(tx *sql.Tx) error {
		if err := s.changePlanned(ctx, tx, classID, "skip a start", skipQuery, planned.Unix(), classID); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, skipDueQuery, planned.Unix(), classID); err != nil {
			return fmt.Errorf("skip a start: %w", err)
		}
		return nil
	})
}

// changePlanned changes what the plans of a class depend on, and has them
// looked at again.
func (s *Store) changePlanned(ctx context.Context, tx *sql.Tx, classID int64, what, query string, args ...any) error {
	if err := s.changeOne(ctx, tx, what, query, args...); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, lookAgainQuery, classID); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// Pause leaves out the starts before a day; the zero day ends a pause. It is
// schedule.ErrNoClass when the class is gone.
func (s *Store) Pause(ctx context.Context, classID int64, until schedule.Date) error {
	return inTx(ctx, s.write, func(tx *sql.Tx) error {
		return s.changePlanned(ctx, tx, classID, "pause a class", pauseQuery, orNull(until.String()), classID)
	})
}

// Mend lets the posts of a broken class go out again, and those of the classes
// that post in the same channel.
func (s *Store) Mend(ctx context.Context, classID int64) error {
	err := inTx(ctx, s.write, func(tx *sql.Tx) error {
		mended, err := collect(ctx, tx, func(r *sql.Rows) (id int64, err error) { return id, r.Scan(&id) }, mendQuery, classID)
		if err != nil {
			return err
		}
		for _, id := range mended {
			if _, err := tx.ExecContext(ctx, lookAgainQuery, id); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("mend a class: %w", err)
	}
	return nil
}

const (
	removeQuery      = `UPDATE classes SET removed_at = ? WHERE id = ? AND removed_at IS NULL`
	removePostsQuery = `DELETE FROM class_posts WHERE class_id = ?`
	removeDueQuery   = `UPDATE occurrences SET state = 'skipped', reason = 'removed' WHERE class_id = ? AND state = 'due' AND tried_at IS NULL`
)

// Remove ends a class. Its history stays until it is trimmed.
func (s *Store) Remove(ctx context.Context, classID int64, now time.Time) error {
	return inTx(ctx, s.write, func(tx *sql.Tx) error {
		if err := s.changeOne(ctx, tx, "remove a class", removeQuery, now.Unix(), classID); err != nil {
			return err
		}
		for _, query := range []string{removePostsQuery, removeDueQuery} {
			if _, err := tx.ExecContext(ctx, query, classID); err != nil {
				return fmt.Errorf("remove a class: %w", err)
			}
		}
		return nil
	})
}

// isUnique reports whether err is a second row where one is allowed.
func isUnique(err error) bool {
	se, ok := errors.AsType[*sqlite.Error](err)
	return ok && se.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE
}
