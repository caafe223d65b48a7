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

const placeColumns = `p.id, p.guild_id, p.name, p.zone, p.channel_id, coalesce(p.coach_role_id, ''),
    coalesce(p.log_channel_id, ''), p.tidy, p.created_at, coalesce(p.left_at, 0), coalesce(p.country, ''), coalesce(p.language, ''),
    coalesce(p.user_id, ''), p.revision`

// A placeRow receives placeColumns.
type placeRow struct {
	p             schedule.Place
	created, left int64
}

func (r *placeRow) targets() []any {
	return []any{&r.p.ID, &r.p.GuildID, &r.p.Name, &r.p.Zone, &r.p.ChannelID, &r.p.CoachRole,
		&r.p.LogChannel, &r.p.Tidy, &r.created, &r.left, &r.p.Country, &r.p.Language, &r.p.UserID, &r.p.Revision}
}

func (r *placeRow) place() schedule.Place {
	r.p.CreatedAt, r.p.LeftAt = instant(r.created), instant(r.left)
	return r.p
}

// instant reads a column of unix seconds; 0 is none.
func instant(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}

// seconds writes an instant as unix seconds, none as NULL.
func seconds(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.Unix()
}

// orNull writes "" as NULL.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

const placesQuery = `SELECT ` + placeColumns + ` FROM places p WHERE p.guild_id = ? AND p.removed_at IS NULL ORDER BY p.id`

// Places returns the server's places, oldest first.
func (s *Store) Places(ctx context.Context, guildID string) ([]schedule.Place, error) {
	places, err := collect(ctx, s.read, func(r *sql.Rows) (schedule.Place, error) {
		var row placeRow
		err := r.Scan(row.targets()...)
		return row.place(), err
	}, placesQuery, guildID)
	if err != nil {
		return nil, fmt.Errorf("read the places: %w", err)
	}
	return places, nil
}

// querier is a database or a transaction.
type querier interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
}

// newID runs an INSERT of one row that returns its id, or sql.ErrNoRows if it adds
// none.
func newID(ctx context.Context, tx *sql.Tx, query string, args ...any) (id int64, err error) {
	return id, tx.QueryRowContext(ctx, query, args...).Scan(&id)
}

// collect returns a value for each row of a query.
func collect[T any](ctx context.Context, q querier, scan func(*sql.Rows) (T, error), query string, args ...any) ([]T, error) {
	rows, err := q.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

const (
	addPlaceQuery = `
INSERT INTO places (guild_id, name, zone, channel_id, coach_role_id, log_channel_id, tidy, country, language, created_at)
SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10 WHERE ?12 OR (SELECT count(*) FROM places WHERE guild_id = ?1 AND removed_at IS NULL) < ?11
RETURNING id`
	changePlaceQuery = `
UPDATE places SET name = ?, zone = ?, channel_id = ?, coach_role_id = ?, log_channel_id = ?, tidy = ?, country = ?, language = ?,
    revision = revision + 1
WHERE id = ? AND guild_id = ?`
	placeWasQuery   = `SELECT zone, channel_id, revision FROM places WHERE id = ? AND guild_id = ? AND removed_at IS NULL`
	placePlansQuery = `
UPDATE class_posts SET next_run_at = coalesce(min(next_run_at, accounted_to), accounted_to) - 1
WHERE class_id IN (SELECT id FROM classes WHERE place_id = ?)`
	placeDueQuery = `
UPDATE occurrences SET channel_id = ?1 WHERE channel_id = ?3 AND state = 'due' AND tried_at IS NULL
    AND class_id IN (SELECT id FROM classes WHERE place_id = ?2 AND channel_id IS NULL)`
	placeMendedQuery  = `UPDATE classes SET broken_at = NULL, broken_why = NULL WHERE place_id = ? AND channel_id IS NULL`
	placeSeriesFilter = `WHERE c.place_id = ? AND c.removed_at IS NULL AND c.draft_until IS NULL`
)

// SavePlace adds p, or changes the place that has its id, and returns the id.
// When the zone changes, the place's classes are planned anew from now on;
// when the channel does, broken classes that post there go on. SavePlace
// returns schedule.ErrPlaceName if the name is taken, schedule.ErrFull if the
// server has schedule.PlacesMax already, and schedule.ErrChanged if someone has
// changed the place since p was read, which its Revision tells, or
// schedule.ErrNoPlace if someone has removed it.
func (s *Store) SavePlace(ctx context.Context, p schedule.Place, by schedule.By) (id int64, err error) {
	err = inTx(ctx, s.write, func(tx *sql.Tx) error {
		what := "place_added"
		if id, err = p.ID, nil; id == 0 {
			id, err = s.addPlace(ctx, tx, p)
		} else {
			what, err = "place_changed", s.changePlace(ctx, tx, p, by.At)
		}
		if err != nil {
			return err
		}
		return note(ctx, tx, id, 0, what, by)
	})
	if errors.Is(err, schedule.ErrFull) || errors.Is(err, schedule.ErrChanged) || errors.Is(err, schedule.ErrNoPlace) {
		return 0, err
	}
	if isUnique(err) {
		return 0, schedule.ErrPlaceName
	}
	if err != nil {
		return 0, fmt.Errorf("save a place: %w", err)
	}
	return id, nil
}

func (s *Store) addPlace(ctx context.Context, tx *sql.Tx, p schedule.Place) (int64, error) {
	id, err := newID(ctx, tx, addPlaceQuery, p.GuildID, p.Name, p.Zone, p.ChannelID, orNull(p.CoachRole),
		orNull(p.LogChannel), p.Tidy, orNull(p.Country), orNull(p.Language), p.CreatedAt.Unix(), schedule.PlacesMax, s.noCaps)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, schedule.ErrFull
	}
	return id, err
}

func (s *Store) changePlace(ctx context.Context, tx *sql.Tx, p schedule.Place, now time.Time) error {
	var zone, channel string
	var revision int64
	if err := tx.QueryRowContext(ctx, placeWasQuery, p.ID, p.GuildID).Scan(&zone, &channel, &revision); err != nil {
		if errors.Is(err, sql.ErrNoRows) {
			err = schedule.ErrNoPlace
		}
		return err
	}
	if revision != p.Revision {
		return schedule.ErrChanged
	}
	if channel != p.ChannelID {
		if _, err := tx.ExecContext(ctx, placeDueQuery, p.ChannelID, p.ID, channel); err != nil {
			return err
		}
		for _, query := range []string{placeMendedQuery, placePlansQuery} {
			if _, err := tx.ExecContext(ctx, query, p.ID); err != nil {
				return err
			}
		}
	}
	if _, err := tx.ExecContext(ctx, changePlaceQuery, p.Name, p.Zone, p.ChannelID, orNull(p.CoachRole),
		orNull(p.LogChannel), p.Tidy, orNull(p.Country), orNull(p.Language), p.ID, p.GuildID); err != nil {
		return err
	}
	if zone == p.Zone { // events have the place's name, and its language
		return lookEvents(ctx, tx, lookPlaceQuery, p.ID, now)
	}
	all, err := s.series(ctx, tx, placeSeriesFilter, p.ID)
	if err != nil {
		return err
	}
	for _, series := range all {
		if _, err := tx.ExecContext(ctx, revisedQuery, series.ID); err != nil {
			return err
		}
		if err := s.plan(ctx, tx, series, now); err != nil {
			return err
		}
	}
	return doubtPlace(ctx, tx, p.ID, now)
}

const (
	leftQuery      = `UPDATE places SET left_at = ? WHERE guild_id = ? AND left_at IS NULL`
	leftDueQuery   = `UPDATE occurrences SET state = 'skipped', reason = 'removed' WHERE guild_id = ? AND state = 'due' AND tried_at IS NULL`
	leftPlansQuery = `
UPDATE class_posts SET next_run_at = coalesce(min(next_run_at, accounted_to), accounted_to) - 1
WHERE class_id IN (SELECT c.id FROM classes c JOIN places p ON p.id = c.place_id WHERE p.guild_id = ?)`
	backQuery   = `UPDATE places SET left_at = NULL WHERE guild_id = ? AND left_at IS NOT NULL`
	mendedQuery = `
UPDATE classes SET broken_at = NULL, broken_why = NULL
WHERE broken_why = 'access' AND place_id IN (SELECT id FROM places WHERE guild_id = ?)`
	guildsQuery = `SELECT DISTINCT guild_id, left_at IS NULL FROM places WHERE user_id IS NULL`
)

// Left notes that the bot was removed from a server: the classes stay, and
// none of their messages goes out until Joined.
func (s *Store) Left(ctx context.Context, guildID string, now time.Time) error {
	err := inTx(ctx, s.write, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, leftQuery, now.Unix(), guildID); err != nil {
			return err
		}
		for _, query := range []string{leftDueQuery, leftPlansQuery} {
			if _, err := tx.ExecContext(ctx, query, guildID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("note that the bot left a server: %w", err)
	}
	return nil
}

// Joined notes that the bot is in a server: classes that stopped because it
// was not go on.
func (s *Store) Joined(ctx context.Context, guildID string) error {
	err := inTx(ctx, s.write, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, backQuery, guildID)
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return err
		}
		if _, err = tx.ExecContext(ctx, mendedQuery, guildID); err != nil {
			return err
		}
		return lookEvents(ctx, tx, lookServerQuery, guildID, time.Unix(1, 0)) // long due
	})
	if err != nil {
		return fmt.Errorf("note that the bot joined a server: %w", err)
	}
	return nil
}

// Present compares the servers that have places, of those that asked takes, with
// those that the bot is in, and notes which of them it left or came back to while it
// did not run. Of many that can't be noted its error names the first and how many
// there are.
func (s *Store) Present(ctx context.Context, asked func(guildID string) bool, guildIDs []string, now time.Time) error {
	in := map[string]bool{}
	for _, id := range guildIDs {
		in[id] = true
	}
	type server struct {
		id   string
		here bool
	}
	known, err := collect(ctx, s.read, func(r *sql.Rows) (g server, err error) {
		return g, r.Scan(&g.id, &g.here)
	}, guildsQuery)
	if err != nil {
		return fmt.Errorf("compare the servers: %w", err)
	}
	var first error
	changed, missed := 0, 0
	for _, g := range known {
		if g.here == in[g.id] || !asked(g.id) {
			continue
		}
		changed++
		note := s.Joined
		if g.here {
			note = func(ctx context.Context, id string) error { return s.Left(ctx, id, now) }
		}
		if err := note(ctx, g.id); err != nil {
			missed++
			first = cmp.Or(first, err)
		}
	}
	if missed > 1 {
		return fmt.Errorf("note %d servers that the bot left or joined: %d could not be noted, the first because: %w", changed, missed, first)
	}
	return first
}
