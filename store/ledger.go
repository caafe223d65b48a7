package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"unpinch/schedule"
)

const occurrenceColumns = `o.id, coalesce(o.class_id, 0), o.guild_id, o.kind, o.due_at, o.start_at, o.channel_id, coalesce(o.user_id, ''),
    o.state, o.reason, o.send_at, o.attempts, coalesce(o.tried_at, 0), coalesce(o.sent_at, 0), coalesce(o.message_id, ''),
    o.done_count, o.press_count, o.gone_at IS NOT NULL, coalesce(o.edit_at, 0),
    coalesce(o.slot, ''), coalesce(o.zone, ''), coalesce(o.says_at, 0), coalesce(o.check_at, 0)`

func scanOccurrence(r *sql.Rows) (schedule.Occurrence, error) {
	var o schedule.Occurrence
	var due, start, send, tried, sent, edit, says, check int64
	var slot string
	err := r.Scan(&o.ID, &o.ClassID, &o.GuildID, &o.Kind, &due, &start, &o.ChannelID, &o.UserID,
		&o.State, &o.Reason, &send, &o.Attempts, &tried, &sent, &o.MessageID, &o.Done, &o.Pressed, &o.Gone, &edit,
		&slot, &o.Zone, &says, &check)
	o.DueAt, o.StartAt, o.SendAt = instant(due), instant(start), instant(send)
	o.TriedAt, o.SentAt, o.EditAt = instant(tried), instant(sent), instant(edit)
	o.SaysAt, o.CheckAt = instant(says), instant(check)
	o.Slot, _ = schedule.ParseSlot(slot) // one that can't be read is none, as in rows from before
	return o, err
}

// candidatesQuery picks what may be sent: of each channel or person that has
// nothing on its way the first, and of those one a server in turn. What a
// server has on its way counts as turns taken. Where there is no server, each
// person counts as one.
const candidatesQuery = `
WITH busy AS (
    SELECT CASE guild_id WHEN '@me' THEN channel_id || '/' || coalesce(user_id, '') ELSE guild_id END AS guild_id, channel_id || '/' || coalesce(user_id, '') AS target
    FROM occurrences WHERE state = 'sending' AND NOT (lease_until <= ?1 AND owner <> ?2)
), open AS (
    SELECT id, guild_id, send_at, channel_id || '/' || coalesce(user_id, '') AS target
    FROM occurrences WHERE state = 'due' AND send_at <= ?1 AND check_at IS NULL
    UNION ALL
    SELECT id, guild_id, send_at, channel_id || '/' || coalesce(user_id, '')
    FROM occurrences WHERE state = 'sending' AND lease_until <= ?1 AND owner <> ?2
), firsts AS (
    SELECT id, CASE guild_id WHEN '@me' THEN target ELSE guild_id END AS guild_id, send_at, row_number() OVER (PARTITION BY target ORDER BY send_at, id) AS place
    FROM open WHERE target NOT IN (SELECT target FROM busy)
), turns AS (
    SELECT id, send_at, row_number() OVER (PARTITION BY guild_id ORDER BY send_at, id)
        + (SELECT count(*) FROM busy b WHERE b.guild_id = firsts.guild_id) AS turn
    FROM firsts WHERE place = 1
)
SELECT id FROM turns ORDER BY turn, send_at, id LIMIT ?3 + 0`

const claimedQuery = `SELECT ` + occurrenceColumns + ` FROM occurrences o JOIN json_each(?) j ON CAST(j.value AS BIGINT) = o.id ORDER BY j.key`

// A claim that finds the occurrence changed since it was picked takes nothing.
const claimQuery = `
UPDATE occurrences SET state = 'sending', owner = ?1, lease_until = ?2, attempts = attempts + 1,
    tried_at = coalesce(tried_at, ?3)
WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(?4))`

// Claim takes occurrences to send, as delivery.Ledger says.
func (s *Store) Claim(ctx context.Context, now time.Time, owner string, lease time.Duration, limit int) (claimed []schedule.Occurrence, err error) {
	// Most looks find nothing, and those take no lock.
	ids, err := s.candidates(ctx, s.read, now, owner, limit)
	if err == nil && len(ids) == 0 {
		return nil, nil
	}
	if err == nil {
		err = inTx(ctx, s.write, func(tx *sql.Tx) error {
			if ids, err = s.candidates(ctx, tx, now, owner, limit); err != nil || len(ids) == 0 {
				return err
			}
			list := jsonOf(ids)
			if claimed, err = collect(ctx, tx, scanOccurrence, claimedQuery, list); err != nil {
				return err
			}
			_, err := tx.ExecContext(ctx, claimQuery, owner, now.Add(lease).Unix(), now.Unix(), list)
			return err
		})
	}
	if err != nil {
		return nil, fmt.Errorf("claim what is due: %w", err)
	}
	for i := range claimed {
		claimed[i].State = schedule.StateSending
		claimed[i].Attempts++
	}
	return claimed, nil
}

// A claim that its owner can't end any more is like an attempt that failed, after
// which the message may have arrived.
const freeClaimsQuery = `UPDATE occurrences SET state = 'due', owner = NULL, lease_until = NULL WHERE state = 'sending'`

// freeClaims gives back what was claimed before this Store was opened.
func (s *Store) freeClaims(ctx context.Context) error {
	if _, err := s.write.ExecContext(ctx, freeClaimsQuery); err != nil {
		return fmt.Errorf("free what a dead process has claimed: %w", err)
	}
	return nil
}

func (s *Store) candidates(ctx context.Context, q querier, now time.Time, owner string, limit int) ([]int64, error) {
	return collect(ctx, q, func(r *sql.Rows) (id int64, err error) { return id, r.Scan(&id) }, candidatesQuery, now.Unix(), owner, limit)
}

// jsonOf writes ids for json_each.
func jsonOf[ID int64 | ~string](ids []ID) string {
	if len(ids) == 0 {
		return "[]" // nil would be null
	}
	text, _ := json.Marshal(ids) // numbers and strings always can be written
	return string(text)
}

const (
	// A message that is to be drawn again before it arrived says something
	// that was changed while it was on its way. A post before a class may lack what
	// else was changed since it was claimed, such as a workout.
	finishQuery = `
UPDATE occurrences SET state = CASE WHEN edit_at IS NULL OR CAST(?4 AS TEXT) IS NULL THEN ?1 ELSE 'replaced' END, reason = CASE WHEN edit_at IS NULL OR ?4 IS NULL THEN ?2 ELSE reason END,
    sent_at = ?3, message_id = ?4, owner = NULL, lease_until = NULL,
    edit_at = CASE WHEN ?4 IS NULL THEN NULL WHEN edit_at IS NOT NULL THEN edit_at WHEN kind = 'pre' AND tried_at <= (
        SELECT at FROM changes WHERE changes.class_id = occurrences.class_id ORDER BY changes.id DESC LIMIT 1) THEN ?3 END
WHERE id = ?5 AND state = 'sending' AND owner = ?6`
)

// What follows from how an occurrence ended.
const (
	dmClosedQuery = `UPDATE members SET dm_closed_at = ? WHERE user_id = ? AND dm_closed_at IS NULL`
	dmOpenQuery   = `UPDATE members SET dm_closed_at = NULL WHERE user_id = ? AND dm_closed_at IS NOT NULL`
	askedQuery    = `UPDATE classes SET asked_at = ? WHERE id = ?`
)

// askQuery asks, once, whether a class is of use, after six posts before this
// one on which nobody pressed anything.
func askQuery() string {
	return `
INSERT INTO occurrences (class_id, guild_id, kind, due_at, start_at, channel_id, user_id, state, send_at)
SELECT c.id, p.guild_id, 'ask', ?1, ?1, '', c.created_by, 'due', ?1
FROM classes c JOIN places p ON p.id = c.place_id
WHERE c.id = ?2 AND c.created_by IS NOT NULL AND c.asked_at IS NULL AND (
    SELECT count(*) = 6 AND sum(press_count) = 0 FROM (
        SELECT press_count FROM occurrences o WHERE o.class_id = ?2 AND o.` + kindIn(isClassPost) + `
            AND o.state IN ('sent', 'late') AND o.id <> ?3 AND o.due_at < ?4 ORDER BY o.due_at DESC LIMIT 6) latest)
ON CONFLICT DO NOTHING`
}

// Finish writes how claimed occurrences ended, and what follows from that, in one
// transaction. It leaves alone those whose claim is another's by now. Where one
// can't be written, the others are.
func (s *Store) Finish(ctx context.Context, owner string, ended ...schedule.Occurrence) error {
	hot, err := s.compiled(ctx, finishQuery, untidyQuery, askQuery())
	if err != nil {
		return fmt.Errorf("finish occurrences: %w", err)
	}
	err = inTx(ctx, s.write, func(tx *sql.Tx) error {
		for _, o := range ended {
			if err := s.finish(ctx, hotTx{tx, hot}, owner, o); err != nil {
				return fmt.Errorf("finish occurrence %d: %w", o.ID, err)
			}
		}
		return nil
	})
	if err == nil || len(ended) == 1 {
		return err
	}
	var faults []error
	for _, o := range ended {
		faults = append(faults, s.Finish(ctx, owner, o))
	}
	return errors.Join(faults...)
}

func (s *Store) finish(ctx context.Context, tx hotTx, owner string, o schedule.Occurrence) error {
	res, err := tx.ExecContext(ctx, finishQuery, o.State, o.Reason, seconds(o.SentAt), orNull(o.MessageID), o.ID, owner)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	switch {
	case o.UserID != "" && o.MessageID != "":
		_, err = tx.ExecContext(ctx, dmOpenQuery, o.UserID)
	case o.UserID != "" && o.Reason == schedule.ReasonClosedDM:
		_, err = tx.ExecContext(ctx, dmClosedQuery, o.DueAt.Unix(), o.UserID)
	case o.MessageID != "" && o.Kind.Post():
		err = s.posted(ctx, tx, o)
	}
	return err
}

// posted does what follows from a post that went out.
func (s *Store) posted(ctx context.Context, tx hotTx, o schedule.Occurrence) error {
	if _, err := tx.ExecContext(ctx, untidyQuery, o.SentAt.Unix(), o.ChannelID, jsonOf(o.Kind.Replaces()), o.ClassID); err != nil {
		return err
	}
	if o.Kind == schedule.KindNow { // its class is asked about by the posts of its rule
		return nil
	}
	res, err := tx.ExecContext(ctx, askQuery(), o.SentAt.Unix(), o.ClassID, o.ID, o.DueAt.Unix())
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return err
	}
	_, err = tx.ExecContext(ctx, askedQuery, o.SentAt.Unix(), o.ClassID)
	return err
}

const retryQuery = `
UPDATE occurrences SET state = 'due', send_at = ?1, tried_at = ?2, owner = NULL, lease_until = NULL
WHERE id = ?3 AND state = 'sending' AND owner = ?4`

// Retry gives a claimed occurrence back for another try.
func (s *Store) Retry(ctx context.Context, owner string, o schedule.Occurrence) error {
	if _, err := s.write.ExecContext(ctx, retryQuery, o.SendAt.Unix(), seconds(o.TriedAt), o.ID, owner); err != nil {
		return fmt.Errorf("give occurrence %d back: %w", o.ID, err)
	}
	return nil
}

const hurryQuery = `
UPDATE occurrences SET send_at = ?1, attempts = 1
WHERE state = 'due' AND attempts > 0 AND send_at > ?1 AND user_id IS NULL AND guild_id || '' IN (SELECT value FROM json_each(?2))`

// Back makes the posts of servers that wait for another try due at once. From
// there their pauses begin anew.
func (s *Store) Back(ctx context.Context, guildIDs []string, now time.Time) error {
	if _, err := s.write.ExecContext(ctx, hurryQuery, now.Unix(), jsonOf(guildIDs)); err != nil {
		return fmt.Errorf("hurry the posts of servers that are back: %w", err)
	}
	return nil
}

const releaseQuery = `
UPDATE occurrences SET state = 'due', owner = NULL, lease_until = NULL, attempts = attempts - 1, tried_at = ?1
WHERE id = ?2 AND state = 'sending' AND owner = ?3`

// Release gives claims back as if they had not been made.
func (s *Store) Release(ctx context.Context, owner string, claimed []schedule.Occurrence) error {
	err := inTx(ctx, s.write, func(tx *sql.Tx) error {
		for _, o := range claimed {
			if _, err := tx.ExecContext(ctx, releaseQuery, seconds(o.TriedAt), o.ID, owner); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("release claims: %w", err)
	}
	return nil
}

const (
	breakQuery = `
UPDATE classes SET broken_at = ?1, broken_why = ?2
WHERE id IN (
    SELECT c.id FROM places p JOIN classes c ON c.place_id = p.id
    WHERE p.guild_id = ?4 AND coalesce(c.channel_id, p.channel_id) = ?3
) AND broken_at IS NULL AND removed_at IS NULL AND draft_until IS NULL
RETURNING id`
	// One for each creator, and one for each log channel. It is of the class whose
	// post failed, but where that tells log channels apart.
	alertsQuery = `
INSERT INTO occurrences (class_id, guild_id, kind, due_at, start_at, channel_id, user_id, state, send_at)
SELECT CAST(?3 AS BIGINT), p.guild_id, 'alert', CAST(?1 AS BIGINT), ?1, '', c.created_by, 'due', ?1
FROM classes c JOIN places p ON p.id = c.place_id
WHERE c.id IN (SELECT CAST(value AS BIGINT) FROM json_each(?2)) AND c.created_by IS NOT NULL GROUP BY p.guild_id, c.created_by
UNION ALL
SELECT coalesce(max(CASE WHEN c.id = ?3 THEN c.id END), min(c.id)), p.guild_id, 'log', ?1, ?1, p.log_channel_id, NULL, 'due', ?1
FROM classes c JOIN places p ON p.id = c.place_id
WHERE c.id IN (SELECT CAST(value AS BIGINT) FROM json_each(?2)) AND p.log_channel_id IS NOT NULL GROUP BY p.guild_id, p.log_channel_id
ON CONFLICT DO NOTHING`
)

// brokenDueQuery leaves what may have arrived: only its next attempt finds out.
func brokenDueQuery() string {
	return `
UPDATE occurrences SET state = 'skipped', reason = 'broken'
WHERE state = 'due' AND tried_at IS NULL AND ` + kindIn(schedule.Kind.Post) + `
    AND class_id IN (SELECT CAST(value AS BIGINT) FROM json_each(?))`
}

// Break ends a claimed post as failed, and stops all classes that post in its
// channel or its own only, as delivery.Ledger says.
func (s *Store) Break(ctx context.Context, owner string, o schedule.Occurrence, now time.Time) error {
	err := inTx(ctx, s.write, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, finishQuery, o.State, o.Reason, nil, nil, o.ID, owner)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		query, args := breakQuery, []any{now.Unix(), o.Reason, o.ChannelID, o.GuildID}
		if o.Reason == schedule.ReasonRule { // that says nothing of the channel
			query, args = breakRuleQuery, []any{now.Unix(), o.Reason, o.ClassID}
		}
		broken, err := collect(ctx, tx, func(r *sql.Rows) (id int64, err error) { return id, r.Scan(&id) }, query, args...)
		if err != nil || len(broken) == 0 {
			return err
		}
		if _, err := tx.ExecContext(ctx, brokenDueQuery(), jsonOf(broken)); err != nil {
			return err
		}
		for _, id := range broken {
			if _, err := tx.ExecContext(ctx, lookAgainQuery, id); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, alertsQuery, now.Unix(), jsonOf(broken), o.ClassID)
		return err
	})
	if err != nil {
		return fmt.Errorf("break class %d: %w", o.ClassID, err)
	}
	return nil
}

const (
	staleQuery = `SELECT ` + occurrenceColumns + ` FROM occurrences o
WHERE o.edit_at <= ? AND o.gone_at IS NULL AND o.message_id IS NOT NULL ORDER BY o.edit_at LIMIT ? + 0`
	redrawnQuery = `
UPDATE occurrences SET edit_at = CASE WHEN done_count = ?1 AND edit_at = ?2 THEN NULL ELSE CAST(?3 AS BIGINT) END WHERE id = ?4 AND edit_at IS NOT NULL`
	redrawLaterQuery = `UPDATE occurrences SET edit_at = ? WHERE id = ?`
)

// Stale returns at most limit messages that are to be drawn again, longest due
// first.
func (s *Store) Stale(ctx context.Context, now time.Time, limit int) ([]schedule.Occurrence, error) {
	all, err := collect(ctx, s.read, scanOccurrence, staleQuery, now.Unix(), limit)
	if err != nil {
		return nil, fmt.Errorf("find posts to draw again: %w", err)
	}
	return all, nil
}

// Redrawn notes that the message shows what o says. If that has changed since,
// the message is drawn again from next on.
func (s *Store) Redrawn(ctx context.Context, o schedule.Occurrence, next time.Time) error {
	if _, err := s.write.ExecContext(ctx, redrawnQuery, o.Done, seconds(o.EditAt), next.Unix(), o.ID); err != nil {
		return fmt.Errorf("note that occurrence %d is drawn: %w", o.ID, err)
	}
	return nil
}

// RedrawLater notes when to try to draw the message again.
func (s *Store) RedrawLater(ctx context.Context, id int64, at time.Time) error {
	if _, err := s.write.ExecContext(ctx, redrawLaterQuery, at.Unix(), id); err != nil {
		return fmt.Errorf("draw occurrence %d later: %w", id, err)
	}
	return nil
}

const (
	occurrenceQuery = `SELECT ` + occurrenceColumns + ` FROM occurrences o WHERE o.id = ?`
	pressQuery      = `
UPDATE occurrences SET press_count = press_count + 1, done_count = done_count + CASE WHEN ?2 THEN 1 ELSE 0 END,
    edit_at = CASE WHEN ?2 AND sent_at + 3600 > ?3 THEN coalesce(edit_at, ?3 + 30) ELSE edit_at END
WHERE id = ?1 RETURNING done_count`
)

func historyQuery() string {
	return `SELECT ` + occurrenceColumns + ` FROM occurrences o
WHERE o.guild_id = ?1 AND (CAST(?2 AS BIGINT) = 0 OR o.class_id = ?2)
    AND o.` + kindIn(schedule.Kind.Post) + `
ORDER BY o.due_at DESC, o.id DESC LIMIT ?3 OFFSET ?4`
}

// History returns a server's posts, the latest due first: of one class, or of
// all when classID is 0.
func (s *Store) History(ctx context.Context, guildID string, classID int64, limit, offset int) ([]schedule.Occurrence, error) {
	all, err := collect(ctx, s.read, scanOccurrence, historyQuery(), guildID, classID, limit, offset)
	if err != nil {
		return nil, fmt.Errorf("read the history: %w", err)
	}
	return all, nil
}

// Occurrence returns one row of the ledger, or schedule.ErrNoOccurrence if
// there is none.
func (s *Store) Occurrence(ctx context.Context, id int64) (schedule.Occurrence, error) {
	all, err := collect(ctx, s.read, scanOccurrence, occurrenceQuery, id)
	if err != nil {
		return schedule.Occurrence{}, fmt.Errorf("read occurrence %d: %w", id, err)
	}
	if len(all) == 0 {
		return schedule.Occurrence{}, schedule.ErrNoOccurrence
	}
	return all[0], nil
}

// Press counts a press of a post's button, with done as one more person who
// did its routine, and returns how many did. Who pressed is not kept. While
// the post is younger than an hour it is drawn again with the count, half a
// minute after the first press that it does not show: Discord takes few edits
// later on. Press returns schedule.ErrNoOccurrence if there is no such row.
func (s *Store) Press(ctx context.Context, id int64, done bool, now time.Time) (count int, err error) {
	err = s.write.QueryRowContext(ctx, pressQuery, id, done, now.Unix()).Scan(&count)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, schedule.ErrNoOccurrence
	}
	if err != nil {
		return 0, fmt.Errorf("count a press: %w", err)
	}
	return count, nil
}

func recapQuery() string {
	return `
SELECT count(*), coalesce(sum(o.done_count), 0), coalesce(max(o.done_count), 0)
FROM occurrences o JOIN classes c ON c.id = o.class_id
WHERE c.place_id = ?1 AND o.` + kindIn(schedule.Kind.Routine) + ` AND o.state IN ('sent', 'late') AND o.due_at >= ?2 AND o.due_at < ?3`
}

// Recap returns how many posts of routines a place had from an instant up to
// another, how often Done was pressed on them, and how often on the post with
// the most: at least that many people took part.
func (s *Store) Recap(ctx context.Context, placeID int64, from, to time.Time) (posts, done, people int, err error) {
	if err := s.read.QueryRowContext(ctx, recapQuery(), placeID, from.Unix(), to.Unix()).Scan(&posts, &done, &people); err != nil {
		return 0, 0, 0, fmt.Errorf("add up a week: %w", err)
	}
	return posts, done, people, nil
}
