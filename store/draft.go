package store

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"unpinch/schedule"
)

const (
	addDraftQuery = `
INSERT INTO classes (place_id, title, rule, length_s, channel_id, role_id, until_day, paused_until, lead_s, warm_up, cool_down, purpose, event,
    created_by, created_at, draft_until, draft_of, draft_removes, revision, draft_answers)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`
	batchQuery      = `UPDATE classes SET draft_batch = ?1 WHERE id IN (SELECT CAST(value AS BIGINT) FROM json_each(?2))`
	batchListFilter = `WHERE c.draft_batch = ? AND c.draft_until > ? ORDER BY c.id`
	dropBatchQuery  = `DELETE FROM classes WHERE draft_batch = ? AND draft_until IS NOT NULL`
	// What else a person has drafted, and not saved.
	dropOthersQuery = `DELETE FROM classes WHERE created_by = ? AND draft_until IS NOT NULL`
	saveDraftQuery  = `UPDATE classes SET draft_until = NULL, draft_batch = NULL WHERE id = ?`
	// What came of the class so far stays with it.
	saveEditQuery = `
UPDATE classes SET (place_id, title, rule, length_s, channel_id, role_id, until_day, paused_until, lead_s, warm_up, cool_down, purpose, event,
    event_why, broken_at, broken_why, revision) = (
    SELECT place_id, title, rule, length_s, channel_id, role_id, until_day, paused_until, lead_s, warm_up, cool_down, purpose, event,
    CASE WHEN d.event = classes.event THEN classes.event_why END, CAST(NULL AS BIGINT), NULL, revision + 1
    FROM classes d WHERE d.id = ?1)
WHERE id = (SELECT draft_of FROM classes WHERE id = ?1) AND removed_at IS NULL`
	// A member who follows a class follows it to another place.
	movedFollowsQuery = `UPDATE follows SET place_id = (SELECT place_id FROM classes WHERE id = ?1) WHERE class_id = ?1`
	// What waits for the class's channel goes to the new one.
	movedDueQuery = `
UPDATE occurrences SET channel_id = ?1 WHERE class_id = ?2 AND channel_id = ?3 AND state = 'due' AND tried_at IS NULL`
	dropSkipsQuery = `DELETE FROM class_skips WHERE class_id = ?`
	dropMovesQuery = `DELETE FROM class_moves WHERE class_id = ?`
	// Messages of starts that are over stay what they are.
	slotsQuery     = `SELECT DISTINCT slot FROM occurrences WHERE class_id = ? AND slot IS NOT NULL AND slot > ?`
	carrySlotQuery = `UPDATE occurrences SET slot = ? WHERE class_id = ? AND slot = ?`
	dropDraftQuery = `DELETE FROM classes WHERE id = ? AND draft_until IS NOT NULL`
)

func countQuery() string {
	return `
SELECT count(*) FROM classes c JOIN places p ON p.id = c.place_id
WHERE p.guild_id = ? AND c.removed_at IS NULL AND c.draft_until IS NULL AND c.` + purposeIn(schedule.Purpose.OnTimetable)
}

// AddDrafts keeps classes that nobody has saved yet, until each one's
// DraftUntil, in place of those of an earlier batch (0 for none). Whatever else
// their creator has drafted goes: a person has one batch. It returns the
// number of the batch, under which they are saved together. Drafts have no
// posts. One with DraftOf changes that class when it is saved, or removes it. It
// is schedule.ErrNoClass when the earlier batch is gone, or was saved: BatchEnd
// tells which.
func (s *Store) AddDrafts(ctx context.Context, earlier int64, drafts []schedule.Series) (batch int64, err error) {
	err = inTx(ctx, s.write, func(tx *sql.Tx) error {
		ids, err := s.addDrafts(ctx, tx, earlier, drafts)
		if err == nil {
			batch = ids[0]
		}
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("keep drafts: %w", err)
	}
	return batch, nil
}

// addDrafts returns the ids of the drafts, the first of which is the number of
// their batch.
func (s *Store) addDrafts(ctx context.Context, tx *sql.Tx, earlier int64, drafts []schedule.Series) (ids []int64, err error) {
	if earlier != 0 {
		if err := s.changeOne(ctx, tx, "replace drafts", dropBatchQuery, earlier); err != nil {
			return nil, err
		}
	}
	if len(drafts) > 0 {
		if err := dropOthers(ctx, tx, drafts[0].CreatedBy); err != nil {
			return nil, err
		}
	}
	for _, series := range drafts {
		id, err := addDraft(ctx, tx, series)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	if len(ids) == 0 {
		return nil, errors.New("no drafts")
	}
	if _, err := tx.ExecContext(ctx, batchQuery, ids[0], jsonOf(ids)); err != nil || earlier == 0 {
		return ids, err
	}
	return ids, replaced(ctx, tx, earlier, ids[0], drafts[0].DraftUntil)
}

// dropOthers drops what a person has drafted, and what a file of theirs would
// change, unless it was saved.
func dropOthers(ctx context.Context, tx *sql.Tx, userID string) error {
	for _, query := range []string{dropOthersQuery, dropOtherChangesQuery} {
		if _, err := tx.ExecContext(ctx, query, userID); err != nil {
			return fmt.Errorf("drop other drafts: %w", err)
		}
	}
	return nil
}

func addDraft(ctx context.Context, tx *sql.Tx, series schedule.Series) (id int64, err error) {
	var of any
	if series.DraftOf != 0 {
		of = series.DraftOf
	}
	return newID(ctx, tx, addDraftQuery, series.Place.ID, series.Title, series.Rule.String(), int64(series.Length.Seconds()), channelColumn(series),
		orNull(series.RoleID), orNull(series.Until.String()), orNull(series.PausedUntil.String()), leadColumn(series), orNull(string(series.WarmUp)), series.CoolDown, cmp.Or(series.Purpose, schedule.ForClass), series.Event,
		orNull(series.CreatedBy), series.CreatedAt.Unix(), series.DraftUntil.Unix(), of, series.Removes, series.Revision, schedule.WriteAnswers(series.Answers))
}

// Drafts returns the drafts of a batch whose time isn't over. It is
// schedule.ErrNoClass when there are none.
func (s *Store) Drafts(ctx context.Context, batch int64, now time.Time) ([]schedule.Series, error) {
	all, err := s.series(ctx, s.read, batchListFilter, batch, now.Unix())
	if err != nil {
		return nil, fmt.Errorf("read drafts: %w", err)
	}
	if len(all) == 0 {
		return nil, schedule.ErrNoClass
	}
	return all, nil
}

// SaveDrafts makes classes of a batch, all or none: their posts are planned
// from now on. It returns the ids of the classes that were added or changed,
// or schedule.ErrNoClass if the drafts' time is over or a class that they
// change is gone, schedule.ErrChanged if someone has changed one since, and
// schedule.ErrFull if the server would have more than schedule.ClassesMax.
func (s *Store) SaveDrafts(ctx context.Context, batch int64, by schedule.By) (ids []int64, err error) {
	err = inTx(ctx, s.write, func(tx *sql.Tx) error {
		ids, err = s.saveDrafts(ctx, tx, batch, by)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("save drafts: %w", err)
	}
	return ids, nil
}

func (s *Store) saveDrafts(ctx context.Context, tx *sql.Tx, batch int64, by schedule.By) (ids []int64, err error) {
	drafts, err := s.series(ctx, tx, batchListFilter, batch, by.At.Unix())
	if err != nil {
		return nil, err
	}
	if len(drafts) == 0 {
		return nil, schedule.ErrNoClass
	}
	for _, series := range drafts {
		id, err := s.saveDraft(ctx, tx, series, by)
		if err != nil {
			return nil, err
		}
		if !series.Removes {
			ids = append(ids, id)
		}
		if _, err := tx.ExecContext(ctx, addEndQuery, batch, id, nil, by.At.Add(endKept).Unix()); err != nil {
			return nil, err
		}
	}
	var n int
	if err := tx.QueryRowContext(ctx, countQuery(), drafts[0].Place.GuildID).Scan(&n); err != nil {
		return nil, err
	}
	if n > schedule.ClassesMax && !s.noCaps {
		return nil, schedule.ErrFull
	}
	return ids, nil
}

func (s *Store) saveDraft(ctx context.Context, tx *sql.Tx, series schedule.Series, by schedule.By) (id int64, err error) {
	by.Detail = series.Rule.String()
	what := "added"
	var was schedule.Series
	if series.DraftOf != 0 {
		if was, err = s.unchanged(ctx, tx, series); err != nil {
			return 0, err
		}
	}
	switch {
	case series.Removes:
		what, id = "removed", series.DraftOf
		err = s.remove(ctx, tx, id, by.At)
	case series.DraftOf != 0:
		what, id = "changed", series.DraftOf
		err = s.saveEdit(ctx, tx, was, series, by.At)
	default:
		id = series.ID
		if err = s.changeOne(ctx, tx, "save a class", saveDraftQuery, id); err == nil {
			err = s.plan(ctx, tx, series, by.At)
		}
		if err == nil {
			err = lookEvents(ctx, tx, lookClassQuery, id, by.At)
		}
	}
	if err != nil {
		return 0, err
	}
	if series.DraftOf != 0 {
		if _, err := tx.ExecContext(ctx, dropDraftQuery, series.ID); err != nil {
			return 0, err
		}
	}
	return id, noteClass(ctx, tx, id, what, by)
}

// unchanged returns the class that a draft is of. It is schedule.ErrNoClass when
// that is gone, and schedule.ErrChanged when someone has changed it since.
func (s *Store) unchanged(ctx context.Context, tx *sql.Tx, draft schedule.Series) (schedule.Series, error) {
	was, err := s.series(ctx, tx, `WHERE c.id = ? AND c.removed_at IS NULL`, draft.DraftOf)
	switch {
	case err != nil:
		return schedule.Series{}, err
	case len(was) == 0:
		return schedule.Series{}, schedule.ErrNoClass
	case was[0].Revision != draft.Revision:
		return schedule.Series{}, schedule.ErrChanged
	}
	return was[0], nil
}

// saveEdit changes the class that a draft is of. It is planned anew from now on
// if its posts are due at other times; if not, what is due this moment stays so.
func (s *Store) saveEdit(ctx context.Context, tx *sql.Tx, was, series schedule.Series, now time.Time) error {
	if err := s.changeOne(ctx, tx, "change a class", saveEditQuery, series.ID); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, movedFollowsQuery, series.DraftOf); err != nil {
		return err
	}
	series.ID = series.DraftOf
	if !was.Rule.Equal(series.Rule) {
		if err := carry(ctx, tx, series); err != nil {
			return err
		}
		if err := carryMessages(ctx, tx, was.Rule, series, now); err != nil {
			return err
		}
		if err := carryWorkouts(ctx, tx, was.Rule, series, now); err != nil {
			return err
		}
		if err := carryEvent(ctx, tx, was.Rule, series); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, movedDueQuery, series.ChannelID, series.ID, was.ChannelID); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, redrawQuery(), now.Unix(), series.ID); err != nil {
		return err
	}
	if err := doubt(ctx, tx, series.ID, now); err != nil {
		return err
	}
	if sameTimes(was, series) {
		_, err := tx.ExecContext(ctx, lookAgainQuery, series.ID)
		return err
	}
	return s.plan(ctx, tx, series, now)
}

// carry makes the exceptions of a class those of the draft that changes it.
func carry(ctx context.Context, tx *sql.Tx, series schedule.Series) error {
	for _, query := range []string{dropSkipsQuery, dropMovesQuery} {
		if _, err := tx.ExecContext(ctx, query, series.ID); err != nil {
			return err
		}
	}
	for _, slot := range series.Skips {
		if _, err := tx.ExecContext(ctx, skipQuery, slot.String(), series.ID); err != nil {
			return err
		}
	}
	for _, m := range series.Moves {
		if _, err := tx.ExecContext(ctx, moveQuery, m.From.String(), m.To.String(), series.ID); err != nil {
			return err
		}
	}
	return nil
}

// carryMessages has the messages of a class's starts belong to those of its new
// rule.
func carryMessages(ctx context.Context, tx *sql.Tx, before schedule.Rule, series schedule.Series, now time.Time) error {
	since := schedule.SlotOf(now.AddDate(0, 0, -2)).String()
	all, err := collect(ctx, tx, func(r *sql.Rows) (text string, err error) { return text, r.Scan(&text) }, slotsQuery, series.ID, since)
	if err != nil {
		return err
	}
	for _, text := range all {
		slot, err := schedule.ParseSlot(text)
		if err != nil {
			continue // it is of no start
		}
		is := schedule.Carried(before, series.Rule, slot)
		if is == slot {
			continue
		}
		if _, err := tx.ExecContext(ctx, carrySlotQuery, is.String(), series.ID, text); err != nil {
			return err
		}
	}
	return nil
}

// sameTimes reports whether a change leaves the posts of a class due when they
// were, apart from those that are left out.
func sameTimes(was, is schedule.Series) bool {
	return was.Rule.String() == is.Rule.String() && was.Place.Zone == is.Place.Zone && was.Until == is.Until && was.Length == is.Length &&
		was.Lead == is.Lead && was.CoolDown == is.CoolDown && was.Purpose == is.Purpose
}
