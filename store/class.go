package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"time"

	"unpinch/schedule"
)

const listingColumns = `c.id, c.title, c.rule, c.length_s, coalesce(c.channel_id, p.channel_id), coalesce(c.role_id, ''),
    coalesce(c.until_day, ''), coalesce(c.paused_until, ''), coalesce(c.lead_s, 0), coalesce(c.warm_up, ''), c.cool_down,
    coalesce(c.created_by, ''), c.created_at, coalesce(c.draft_until, 0), coalesce(c.broken_at, 0), coalesce(c.broken_why, ''),
    coalesce(c.removed_at, 0), c.purpose, c.event, coalesce(c.event_why, ''), coalesce(c.routine, ''), coalesce(c.draft_batch, 0), coalesce(c.draft_of, 0), c.draft_removes, c.revision,
    coalesce((SELECT string_agg(k.planned, ',') FROM class_skips k WHERE k.class_id = coalesce(c.draft_of, c.id)), ''),
    coalesce((SELECT string_agg(m.planned || '>' || m.moved_to, ',') FROM class_moves m WHERE m.class_id = coalesce(c.draft_of, c.id)), ''),
    c.draft_answers, coalesce((SELECT o.rule FROM classes o WHERE o.id = c.draft_of), ''),
    coalesce((SELECT string_agg(d.day, ',') FROM closed_days d WHERE d.place_id = c.place_id), ''), ` + placeColumns

// A listingRow receives listingColumns.
type listingRow struct {
	l                        schedule.Series
	place                    placeRow
	rule, until, paused, why string
	skips, moves, closed     string // joined by commas
	answers, before          string // of a draft: before is the rule of the class that it changes
	length, lead             int64
	created, draft, broken   int64
	removed                  int64
}

func (r *listingRow) targets() []any {
	s := &r.l
	return append([]any{&s.ID, &s.Title, &r.rule, &r.length, &s.ChannelID, &s.RoleID, &r.until, &r.paused,
		&r.lead, &s.WarmUp, &s.CoolDown, &s.CreatedBy, &r.created, &r.draft, &r.broken, &r.why,
		&r.removed, &s.Purpose, &s.Event, &s.EventWhy, &s.Routine, &s.Batch, &s.DraftOf, &s.Removes, &s.Revision, &r.skips, &r.moves, &r.answers, &r.before, &r.closed}, r.place.targets()...)
}

// series completes the row. When the rule or a day can't be read, which the
// program never writes, that part is zero and an error comes beside it.
func (r *listingRow) series() (schedule.Series, error) {
	s := r.l
	s.Place = r.place.place()
	s.Length, s.Lead = time.Duration(r.length)*time.Second, time.Duration(r.lead)*time.Second
	s.CreatedAt, s.DraftUntil, s.BrokenAt = instant(r.created), instant(r.draft), instant(r.broken)
	s.BrokenWhy, s.RemovedAt = schedule.Reason(r.why), instant(r.removed)
	faults := []error{s.Rule.UnmarshalText([]byte(r.rule)), s.Until.UnmarshalText([]byte(r.until)), s.PausedUntil.UnmarshalText([]byte(r.paused))}
	for text := range split(r.skips) {
		slot, err := schedule.ParseSlot(text)
		s.Skips, faults = append(s.Skips, slot), append(faults, err)
	}
	for text := range split(r.moves) {
		m, err := moveOf(text)
		s.Moves, faults = append(s.Moves, m), append(faults, err)
	}
	for text := range split(r.closed) {
		var day schedule.Date
		faults = append(faults, day.UnmarshalText([]byte(text)))
		s.Closed = append(s.Closed, day)
	}
	inOrder(s.Skips, schedule.Slot.Compare)
	inOrder(s.Moves, func(a, b schedule.Move) int { return a.From.Compare(b.From) })
	inOrder(s.Closed, func(a, b schedule.Date) int { return schedule.Slot{Day: a}.Compare(schedule.Slot{Day: b}) })
	if s.DraftOf != 0 {
		faults = append(faults, r.carry(&s))
	}
	return s, errors.Join(faults...)
}

// carry gives a draft the exceptions of the class that it changes, as they are
// once it is saved.
func (r *listingRow) carry(draft *schedule.Series) (err error) {
	was := schedule.Series{Skips: draft.Skips, Moves: draft.Moves}
	if err := was.Rule.UnmarshalText([]byte(r.before)); err != nil {
		return nil // of a rule that can't be read nobody knows the starts: they stay as they are
	}
	if draft.Answers, err = schedule.ReadAnswers(r.answers); err != nil {
		return err
	}
	draft.Skips, draft.Moves, _ = schedule.Carry(was, draft.Rule, draft.Answers)
	return nil
}

func moveOf(text string) (m schedule.Move, err error) {
	from, to, _ := strings.Cut(text, ">")
	if m.From, err = schedule.ParseSlot(from); err == nil {
		m.To, err = schedule.ParseSlot(to)
	}
	return m, err
}

// split returns the parts of a list that string_agg joined.
func split(list string) iter.Seq[string] {
	if list == "" {
		return func(func(string) bool) {}
	}
	return strings.SplitSeq(list, ",")
}

// inOrder sorts what string_agg joined in whatever order, which in SQLite is that
// of the table's key.
func inOrder[T any](all []T, compare func(a, b T) int) {
	if !slices.IsSortedFunc(all, compare) {
		slices.SortFunc(all, compare)
	}
}

// series returns the series that a filter leaves.
func (s *Store) series(ctx context.Context, q querier, filter string, args ...any) ([]schedule.Series, error) {
	return collect(ctx, q, func(r *sql.Rows) (schedule.Series, error) {
		var row listingRow
		if err := r.Scan(row.targets()...); err != nil {
			return schedule.Series{}, err
		}
		series, _ := row.series() // one that can't be read hides no other: the dispatcher breaks it
		return series, nil
	}, `SELECT `+listingColumns+` FROM classes c JOIN places p ON p.id = c.place_id `+filter, args...)
}

// SeriesOf returns the saved classes and desk breaks of a server, oldest
// first. A series whose stored rule can't be read has the zero Rule.
func (s *Store) SeriesOf(ctx context.Context, guildID string) ([]schedule.Series, error) {
	all, err := s.series(ctx, s.read, `WHERE p.guild_id = ? AND c.removed_at IS NULL AND c.draft_until IS NULL
    AND c.`+purposeIn(schedule.Purpose.OnTimetable)+` ORDER BY c.id`, guildID)
	if err != nil {
		return nil, fmt.Errorf("read the classes: %w", err)
	}
	return all, nil
}

// Series returns a saved series or a draft by its id, or schedule.ErrNoClass
// if there is none.
func (s *Store) Series(ctx context.Context, id int64) (schedule.Series, error) {
	all, err := s.series(ctx, s.read, `WHERE c.id = ? AND c.removed_at IS NULL`, id)
	if err != nil {
		return schedule.Series{}, fmt.Errorf("read class %d: %w", id, err)
	}
	if len(all) == 0 {
		return schedule.Series{}, schedule.ErrNoClass
	}
	return all[0], nil
}

// Posted returns the series of a message, by its id, also if it was removed since.
// It is schedule.ErrNoClass once its history is gone too.
func (s *Store) Posted(ctx context.Context, id int64) (schedule.Series, error) {
	all, err := s.series(ctx, s.read, `WHERE c.id = ?`, id)
	if err != nil {
		return schedule.Series{}, fmt.Errorf("read class %d: %w", id, err)
	}
	if len(all) == 0 {
		return schedule.Series{}, schedule.ErrNoClass
	}
	return all[0], nil
}

// channelColumn is NULL for a class that posts where its place does, so that
// it moves along when the place's channel changes.
func channelColumn(s schedule.Series) any {
	if s.ChannelID == s.Place.ChannelID {
		return nil
	}
	return s.ChannelID
}

func leadColumn(s schedule.Series) any {
	if s.Lead == 0 {
		return nil
	}
	return int64(s.Lead.Seconds())
}

// changeOne runs an update that must change a row. It returns
// schedule.ErrNoClass if it changes none.
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

// What posts become when their class changes. ?1 is now.
const (
	// At once, and at another instant than before, so that Redrawn sees the
	// change.
	drawAgain = `min(?1, coalesce(edit_at - 1, ?1))`
	// The message may have arrived, or will: Finish replaces it then.
	onItsWay = `(state = 'sending' OR state = 'due' AND tried_at IS NOT NULL)`
)

const (
	// A class's starts count as the class: a draft of it is of what it was.
	revisedQuery = `UPDATE classes SET revision = revision + 1 WHERE id = ?`
	skipQuery    = `
INSERT INTO class_skips (class_id, planned) SELECT id, ?1 FROM classes WHERE id = ?2 AND removed_at IS NULL
ON CONFLICT (class_id, planned) DO UPDATE SET planned = excluded.planned`
	unskipQuery = `DELETE FROM class_skips WHERE planned = ? AND class_id = ?`
	moveQuery   = `
INSERT INTO class_moves (class_id, planned, moved_to) SELECT id, ?1, ?2 FROM classes WHERE id = ?3 AND removed_at IS NULL
ON CONFLICT (class_id, planned) DO UPDATE SET moved_to = excluded.moved_to`
	pauseQuery = `UPDATE classes SET paused_until = ?, revision = revision + 1 WHERE id = ? AND removed_at IS NULL AND draft_until IS NULL`
	mendQuery  = `
UPDATE classes SET broken_at = NULL, broken_why = NULL
FROM (SELECT p.guild_id, coalesce(c.channel_id, p.channel_id) AS channel_id FROM classes c JOIN places p ON p.id = c.place_id WHERE c.id = ?1) m, places p
WHERE broken_at IS NOT NULL AND p.id = place_id AND p.guild_id = m.guild_id AND coalesce(classes.channel_id, p.channel_id) = m.channel_id
RETURNING classes.id`
)

// redrawQuery has the posts that are out for starts to come drawn again, as they
// may look different now.
func redrawQuery() string {
	return `
UPDATE occurrences SET edit_at = ` + drawAgain + `
WHERE class_id = ?2 AND ` + kindIn(schedule.Kind.Announces) + ` AND state IN ('sent', 'late') AND start_at > ?1 AND gone_at IS NULL AND message_id IS NOT NULL`
}

// Skip leaves out one start of a class; skipping it again changes nothing.
// What waits for the start or is out for it follows. Skip returns schedule.ErrNoClass if the class is gone.
func (s *Store) Skip(ctx context.Context, classID int64, start schedule.Start, by schedule.By) error {
	return s.changed(ctx, classID, "skipped", by, func(tx *sql.Tx) error { return s.skip(ctx, tx, classID, start, by.At) })
}

func (s *Store) skip(ctx context.Context, tx *sql.Tx, classID int64, start schedule.Start, now time.Time) error {
	if err := s.changeStart(ctx, tx, classID, "skip a start", skipQuery, start.Slot.String(), classID); err != nil {
		return err
	}
	return doubt(ctx, tx, classID, now)
}

// Unskip lets a skipped start take place again. The ledger keeps what it skipped
// meanwhile. Unskip returns schedule.ErrNoClass if the start was not skipped.
func (s *Store) Unskip(ctx context.Context, classID int64, start schedule.Start, by schedule.By) error {
	return s.changed(ctx, classID, "unskipped", by, func(tx *sql.Tx) error { return s.unskip(ctx, tx, classID, start, by.At) })
}

func (s *Store) unskip(ctx context.Context, tx *sql.Tx, classID int64, start schedule.Start, now time.Time) error {
	if err := s.changeStart(ctx, tx, classID, "take a start back", unskipQuery, start.Slot.String(), classID); err != nil {
		return err
	}
	return doubt(ctx, tx, classID, now)
}

// Cancel leaves out a start as Skip does, and has a DM sent to each member in
// tell, not before the instant given for that member. It returns
// schedule.ErrNoClass if the class is gone.
func (s *Store) Cancel(ctx context.Context, series schedule.Series, start schedule.Start, tell map[string]time.Time, by schedule.By) error {
	return s.changed(ctx, series.ID, "cancelled", by, func(tx *sql.Tx) error {
		if err := s.skip(ctx, tx, series.ID, start, by.At); err != nil {
			return err
		}
		for userID, at := range tell {
			o := schedule.Occurrence{ClassID: series.ID, GuildID: series.Place.GuildID, Kind: schedule.KindOff, DueAt: by.At, StartAt: start.At,
				Slot: start.Slot, Zone: series.Place.Zone, UserID: userID, State: schedule.StateDue, Reason: schedule.ReasonSkipped, SendAt: at}
			if err := addOff(ctx, tx, o); err != nil {
				return err
			}
		}
		return nil
	})
}

// Move has one start take place at another time, which has posts of its own; what
// waits for the start or is out for it follows. A start that is moved again keeps
// the slot for which the rule plans it. Move returns schedule.ErrNoClass if the
// class is gone.
func (s *Store) Move(ctx context.Context, classID int64, start schedule.Start, to schedule.Slot, by schedule.By) error {
	return s.changed(ctx, classID, "moved", by, func(tx *sql.Tx) error { return s.move(ctx, tx, classID, start, to, by.At) })
}

func (s *Store) move(ctx context.Context, tx *sql.Tx, classID int64, start schedule.Start, to schedule.Slot, now time.Time) error {
	if err := s.changeStart(ctx, tx, classID, "move a start", moveQuery, start.Slot.String(), to.String(), classID); err != nil {
		return err
	}
	return doubt(ctx, tx, classID, now)
}

// changed makes a change of a class and notes who made it, both or neither. It
// returns what the change returns.
func (s *Store) changed(ctx context.Context, classID int64, what string, by schedule.By, change func(*sql.Tx) error) error {
	err := inTx(ctx, s.write, func(tx *sql.Tx) error { return s.noted(ctx, tx, classID, what, by, change(tx)) })
	if err != nil && !errors.Is(err, schedule.ErrNoClass) {
		return fmt.Errorf("change class %d: %w", classID, err)
	}
	return err
}

// noted keeps who made a change of a class, if err, which is what became of it,
// is nil.
func (s *Store) noted(ctx context.Context, tx *sql.Tx, classID int64, what string, by schedule.By, err error) error {
	if err != nil {
		return err
	}
	return noteClass(ctx, tx, classID, what, by)
}

// changePlanned changes what the plans of a class depend on, and has the
// dispatcher look at them again. It returns schedule.ErrNoClass if there is
// nothing to change.
func (s *Store) changePlanned(ctx context.Context, tx *sql.Tx, classID int64, what, query string, args ...any) error {
	if err := s.changeOne(ctx, tx, what, query, args...); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, lookAgainQuery, classID); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// changeStart is changePlanned of a single start, which counts as a change of the
// class.
func (s *Store) changeStart(ctx context.Context, tx *sql.Tx, classID int64, what, query string, args ...any) error {
	if err := s.changePlanned(ctx, tx, classID, what, query, args...); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, revisedQuery, classID); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

// Pause leaves out the starts of a class before a day; the zero day ends a
// pause. Pause returns
// schedule.ErrNoClass if the class is gone.
func (s *Store) Pause(ctx context.Context, classID int64, until schedule.Date, by schedule.By) error {
	what := "paused"
	if until.IsZero() {
		what = "resumed"
	}
	return s.changed(ctx, classID, what, by, func(tx *sql.Tx) error {
		if err := s.changePlanned(ctx, tx, classID, "pause a class", pauseQuery, orNull(until.String()), classID); err != nil {
			return err
		}
		return doubt(ctx, tx, classID, by.At)
	})
}

// Mend lets the posts of a broken class go out again, and those of the classes
// that post in the same channel, and tries its event again. It does nothing if
// nothing is broken.
func (s *Store) Mend(ctx context.Context, classID int64, by schedule.By) error {
	err := inTx(ctx, s.write, func(tx *sql.Tx) error {
		mended, err := collect(ctx, tx, func(r *sql.Rows) (id int64, err error) { return id, r.Scan(&id) }, mendQuery, classID)
		if err != nil {
			return err
		}
		event, err := mendEvent(ctx, tx, classID, by.At)
		if err != nil || len(mended) == 0 && !event {
			return err
		}
		for _, id := range mended {
			if _, err := tx.ExecContext(ctx, lookAgainQuery, id); err != nil {
				return err
			}
		}
		return noteClass(ctx, tx, classID, "mended", by)
	})
	if err != nil {
		return fmt.Errorf("mend a class: %w", err)
	}
	return nil
}

const (
	removeQuery        = `UPDATE classes SET removed_at = ? WHERE id = ? AND removed_at IS NULL`
	removePostsQuery   = `DELETE FROM class_posts WHERE class_id = ?`
	removeDueQuery     = `UPDATE occurrences SET state = 'skipped', reason = 'removed' WHERE class_id = ? AND state = 'due' AND tried_at IS NULL AND kind <> 'off'`
	removeFollowsQuery = `DELETE FROM follows WHERE class_id = ?`
)

// Remove ends a class; its history stays until it is trimmed. Remove returns
// schedule.ErrNoClass if the class is gone already.
func (s *Store) Remove(ctx context.Context, classID int64, by schedule.By) error {
	return s.changed(ctx, classID, "removed", by, func(tx *sql.Tx) error { return s.remove(ctx, tx, classID, by.At) })
}

func (s *Store) remove(ctx context.Context, tx *sql.Tx, classID int64, now time.Time) error {
	if err := s.changeOne(ctx, tx, "remove a class", removeQuery, now.Unix(), classID); err != nil {
		return err
	}
	if err := doubt(ctx, tx, classID, now); err != nil { // while it is known who follows
		return err
	}
	for _, query := range []string{removePostsQuery, removeDueQuery, removeFollowsQuery} {
		if _, err := tx.ExecContext(ctx, query, classID); err != nil {
			return fmt.Errorf("remove a class: %w", err)
		}
	}
	return nil
}

const takeOverQuery = `
UPDATE classes SET created_by = ?1
WHERE removed_at IS NULL AND draft_until IS NULL AND (id = ?2 OR ?3 AND place_id = (SELECT place_id FROM classes WHERE id = ?2)
    AND created_by IS NOT DISTINCT FROM (SELECT created_by FROM classes WHERE id = ?2))`

// TakeOver makes a member the one who hears when posts of a class can't go
// out; with all, of every class that the same person made at its place. It
// returns schedule.ErrNoClass if the class is gone.
func (s *Store) TakeOver(ctx context.Context, classID int64, all bool, by schedule.By) error {
	return s.changed(ctx, classID, "taken_over", by, func(tx *sql.Tx) error {
		return s.changeOne(ctx, tx, "take a class over", takeOverQuery, by.UserID, classID, all)
	})
}
