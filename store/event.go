package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"unpinch/delivery"
	"unpinch/schedule"
)

const (
	setEventQuery = `
UPDATE classes SET event = ?1, event_why = NULL, revision = revision + CASE WHEN event = ?1 THEN 0 ELSE 1 END
WHERE id = ?2 AND removed_at IS NULL AND draft_until IS NULL AND purpose = 'class'`
	// What is there of a class that is to have no event any more is looked at too.
	lookEventsQuery = `
INSERT INTO class_events (class_id, look_at)
SELECT c.id, ?1 FROM classes c WHERE c.draft_until IS NULL AND (c.event OR EXISTS (SELECT 1 FROM class_events e WHERE e.class_id = c.id)) AND `
	lookedEvents = `
ON CONFLICT (class_id) DO UPDATE SET look_at = excluded.look_at, changes = class_events.changes + 1, failures = 0`
	lookClassQuery  = lookEventsQuery + `c.id = ?2` + lookedEvents
	lookPlaceQuery  = lookEventsQuery + `c.place_id = ?2` + lookedEvents
	lookServerQuery = lookEventsQuery + `c.place_id IN (SELECT id FROM places WHERE guild_id = ?2)` + lookedEvents
	mendEventQuery  = `UPDATE classes SET event_why = NULL WHERE id = ? AND event_why IS NOT NULL`
	slotEventQuery  = `UPDATE class_events SET slot = ?1 WHERE class_id = ?2 AND slot = ?3`
	eventSlotQuery  = `SELECT slot FROM class_events WHERE class_id = ? AND slot IS NOT NULL`
)

// SetEvent has the next start of a class stand on the server's calendar at
// Discord, or not. Asked for again, it is tried again. SetEvent returns
// schedule.ErrNoClass if there is no such class.
func (s *Store) SetEvent(ctx context.Context, classID int64, on bool, by schedule.By) error {
	what := "event_off"
	if on {
		what = "event_on"
	}
	return s.changed(ctx, classID, what, by, func(tx *sql.Tx) error {
		if err := s.changeOne(ctx, tx, "turn the event of a class", setEventQuery, on, classID); err != nil {
			return err
		}
		return lookEvents(ctx, tx, lookClassQuery, classID, by.At)
	})
}

// lookEvents has what stands on calendars compared with what is true.
func lookEvents(ctx context.Context, tx *sql.Tx, query string, of any, now time.Time) error {
	if _, err := tx.ExecContext(ctx, query, now.Unix(), of); err != nil {
		return fmt.Errorf("look at events: %w", err)
	}
	return nil
}

// mendEvent has a class's event tried again, and reports whether there was trouble.
func mendEvent(ctx context.Context, tx *sql.Tx, classID int64, now time.Time) (bool, error) {
	res, err := tx.ExecContext(ctx, mendEventQuery, classID)
	if err != nil {
		return false, err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return false, err
	}
	return true, lookEvents(ctx, tx, lookClassQuery, classID, now)
}

// carryEvent has the event of a class's start belong to that of its new rule.
func carryEvent(ctx context.Context, tx *sql.Tx, before schedule.Rule, series schedule.Series) error {
	all, err := collect(ctx, tx, func(r *sql.Rows) (text string, err error) { return text, r.Scan(&text) }, eventSlotQuery, series.ID)
	if err != nil || len(all) == 0 {
		return err
	}
	slot, err := schedule.ParseSlot(all[0])
	if err != nil {
		return nil // it is of no start
	}
	_, err = tx.ExecContext(ctx, slotEventQuery, schedule.Carried(before, series.Rule, slot).String(), series.ID, all[0])
	return err
}

const (
	// One a server, so that a server with many classes waits for its own limit only.
	dueEntriesQuery = `
WITH due AS (
    SELECT e.class_id, e.look_at, row_number() OVER (PARTITION BY p.guild_id ORDER BY e.look_at, e.class_id) AS turn
    FROM class_events e JOIN classes c ON c.id = e.class_id JOIN places p ON p.id = c.place_id
    WHERE e.look_at <= ?1
)
SELECT e.changes, e.failures, coalesce(e.event_id, ''), coalesce(e.slot, ''), coalesce(e.says, ''), e.gone, ` + listingColumns + `
FROM due JOIN class_events e ON e.class_id = due.class_id JOIN classes c ON c.id = e.class_id JOIN places p ON p.id = c.place_id
WHERE due.turn = 1 ORDER BY due.look_at, e.class_id LIMIT ?2 + 0`
	keepEntryQuery = `
UPDATE class_events SET look_at = CASE WHEN changes = ?1 THEN ?2 ELSE look_at END, failures = ?3, event_id = ?4, slot = ?5, says = ?6, gone = ?7
WHERE class_id = ?8`
	dropEntryQuery   = `DELETE FROM class_events WHERE class_id = ? AND changes = ?`
	nextEntryQuery   = `SELECT min(look_at) FROM class_events WHERE look_at IS NOT NULL`
	eventWhyQuery    = `SELECT event_why IS NULL FROM classes WHERE id = ? AND event AND removed_at IS NULL`
	setWhyQuery      = `UPDATE classes SET event_why = ? WHERE id = ?`
	eventAlertsQuery = `
INSERT INTO occurrences (class_id, guild_id, kind, due_at, start_at, channel_id, user_id, state, reason, send_at)
SELECT c.id, p.guild_id, 'alert', CAST(?1 AS BIGINT), ?1, '', c.created_by, 'due', 'event', ?1
FROM classes c JOIN places p ON p.id = c.place_id WHERE c.id = ?2 AND c.created_by IS NOT NULL
UNION ALL
SELECT c.id, p.guild_id, 'log', ?1, ?1, p.log_channel_id, NULL, 'due', 'event', ?1
FROM classes c JOIN places p ON p.id = c.place_id WHERE c.id = ?2 AND p.log_channel_id IS NOT NULL
ON CONFLICT DO NOTHING`
)

// DueEntries returns what stands on calendars and is to be looked at, as
// delivery.CalendarKeeper says.
func (s *Store) DueEntries(ctx context.Context, now time.Time, limit int) ([]delivery.Entry, error) {
	all, err := collect(ctx, s.read, func(r *sql.Rows) (e delivery.Entry, err error) {
		var row listingRow
		var slot, says string
		if err := r.Scan(append([]any{&e.Changes, &e.Failures, &e.Has.ID, &slot, &says, &e.Has.Gone}, row.targets()...)...); err != nil {
			return e, err
		}
		e.Series, e.Fault = row.series()
		e.Has.Slot, _ = schedule.ParseSlot(slot) // one that can't be read is none
		if says != "" {
			err = json.Unmarshal([]byte(says), &e.Has.Says)
		}
		return e, err
	}, dueEntriesQuery, now.Unix(), limit)
	if err != nil {
		return nil, fmt.Errorf("read what is due on calendars: %w", err)
	}
	return all, nil
}

// KeepEntry writes what stands on a calendar, as delivery.CalendarKeeper says.
func (s *Store) KeepEntry(ctx context.Context, e delivery.Entry, next time.Time, well bool) error {
	return s.inTx(ctx, "keep the event of a class", func(tx *sql.Tx) error {
		if err := keepEntry(ctx, tx, e, next); err != nil || !well || e.EventWhy == "" {
			return err
		}
		_, err := tx.ExecContext(ctx, mendEventQuery, e.ID)
		return err
	})
}

func keepEntry(ctx context.Context, tx *sql.Tx, e delivery.Entry, next time.Time) error {
	var says any
	if e.Has.ID != "" {
		text, err := json.Marshal(e.Has.Says)
		if err != nil {
			return err
		}
		says = string(text)
	}
	_, err := tx.ExecContext(ctx, keepEntryQuery, e.Changes, seconds(next), e.Failures, orNull(e.Has.ID), orNull(e.Has.Slot.String()), says, e.Has.Gone, e.ID)
	return err
}

// BreakEntry notes why a calendar can't be kept, as delivery.CalendarKeeper says.
func (s *Store) BreakEntry(ctx context.Context, e delivery.Entry, why schedule.Reason, now, next time.Time) error {
	return s.inTx(ctx, "note trouble with the event of a class", func(tx *sql.Tx) error {
		if err := keepEntry(ctx, tx, e, next); err != nil {
			return err
		}
		news, err := collect(ctx, tx, func(r *sql.Rows) (first bool, err error) { return first, r.Scan(&first) }, eventWhyQuery, e.ID)
		if err != nil || len(news) == 0 {
			return err
		}
		if _, err := tx.ExecContext(ctx, setWhyQuery, why, e.ID); err != nil || !news[0] {
			return err
		}
		_, err = tx.ExecContext(ctx, eventAlertsQuery, now.Unix(), e.ID)
		return err
	})
}

// DropEntry forgets what stood on a calendar, as delivery.CalendarKeeper says.
func (s *Store) DropEntry(ctx context.Context, e delivery.Entry) error {
	if _, err := s.write.ExecContext(ctx, dropEntryQuery, e.ID, e.Changes); err != nil {
		return fmt.Errorf("forget the event of class %d: %w", e.ID, err)
	}
	return nil
}

// NextEntry returns when something on a calendar is due next, or the zero time.
func (s *Store) NextEntry(ctx context.Context) (time.Time, error) {
	var at sql.NullInt64
	if err := s.read.QueryRowContext(ctx, nextEntryQuery).Scan(&at); err != nil {
		return time.Time{}, fmt.Errorf("find what is next on calendars: %w", err)
	}
	if !at.Valid {
		return time.Time{}, nil
	}
	return instant(at.Int64), nil
}
