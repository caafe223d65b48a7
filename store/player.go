package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"unpinch/delivery"
)

const playerColumns = `p.id, coalesce(p.user_id, ''), coalesce(p.channel_id, ''), coalesce(p.guild_id, ''), coalesce(p.started_by, ''),
    coalesce(p.message_id, ''), p.ticket, p.locale, p.routine, p.card, p.auto, p.pictures, p.in_count, p.pressed_at,
    coalesce(p.move_at, 0), coalesce(p.next_at, 0), coalesce(p.redraw_at, 0), p.expires_at, p.version, p.spent_s`

func scanPlayer(r *sql.Rows) (delivery.Player, error) {
	var p delivery.Player
	var pressed, move, next, redraw, expires, spent int64
	err := r.Scan(&p.ID, &p.UserID, &p.ChannelID, &p.GuildID, &p.StartedBy, &p.MessageID, &p.Ticket, &p.Locale, &p.Routine,
		&p.Card, &p.Auto, &p.Pictures, &p.In, &pressed, &move, &next, &redraw, &expires, &p.Version, &spent)
	p.Spent = time.Duration(spent) * time.Second
	p.PressedAt, p.MoveAt, p.NextAt, p.RedrawAt, p.ExpiresAt = instant(pressed), instant(move), instant(next), instant(redraw), instant(expires)
	return p, err
}

const (
	playerOfQuery   = `SELECT ` + playerColumns + ` FROM players p WHERE p.user_id = ?`
	playerInQuery   = `SELECT ` + playerColumns + ` FROM players p WHERE p.channel_id = ?`
	playerByIDQuery = `SELECT ` + playerColumns + ` FROM players p WHERE p.id = ?`
)

// PlayerOf returns a member's own player, or delivery.ErrNoPlayer if there is
// none.
func (s *Store) PlayerOf(ctx context.Context, userID string) (delivery.Player, error) {
	return s.player(ctx, playerOfQuery, userID)
}

// PlayerIn returns the player that a channel follows, or delivery.ErrNoPlayer
// if there is none.
func (s *Store) PlayerIn(ctx context.Context, channelID string) (delivery.Player, error) {
	return s.player(ctx, playerInQuery, channelID)
}

// PlayerByID returns a player, or delivery.ErrNoPlayer if there is none.
func (s *Store) PlayerByID(ctx context.Context, id string) (delivery.Player, error) {
	return s.player(ctx, playerByIDQuery, id)
}

func (s *Store) player(ctx context.Context, query, key string) (delivery.Player, error) {
	all, err := collect(ctx, s.read, scanPlayer, query, key)
	if err != nil {
		return delivery.Player{}, fmt.Errorf("read a player: %w", err)
	}
	if len(all) == 0 {
		return delivery.Player{}, delivery.ErrNoPlayer
	}
	return all[0], nil
}

const (
	makeRoomQuery = `DELETE FROM players WHERE user_id = ?1 OR (channel_id = ?2 AND expires_at <= ?3)`
	startQuery    = `
INSERT INTO players (id, user_id, channel_id, guild_id, started_by, message_id, ticket, locale, routine, card, auto, pictures,
    pressed_at, move_at, next_at, expires_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
)

// StartPlayer keeps a new player in place of the member's last. It returns
// delivery.ErrChannelTaken if the channel follows another.
func (s *Store) StartPlayer(ctx context.Context, p delivery.Player, now time.Time) error {
	err := inTx(ctx, s.write, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, makeRoomQuery, orNull(p.UserID), orNull(p.ChannelID), now.Unix()); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, startQuery, p.ID, orNull(p.UserID), orNull(p.ChannelID), orNull(p.GuildID), orNull(p.StartedBy),
			orNull(p.MessageID), p.Ticket, p.Locale, p.Routine, p.Card, p.Auto, p.Pictures,
			p.PressedAt.Unix(), seconds(p.MoveAt), seconds(p.NextAt), p.ExpiresAt.Unix())
		return err
	})
	if isUnique(err) && p.Together() {
		return delivery.ErrChannelTaken
	}
	if err != nil {
		return fmt.Errorf("start a player: %w", err)
	}
	return nil
}

const (
	// A drawn card shows what was asked for before; what came later still
	// waits.
	movePlayerQuery = `
UPDATE players SET message_id = ?1, ticket = ?2, card = ?3, auto = ?4, pressed_at = ?5, move_at = ?6, next_at = ?7,
    redraw_at = coalesce(?8, CASE WHEN redraw_at > ?9 THEN redraw_at END), expires_at = ?10, pictures = ?11, routine = ?14, spent_s = ?15, version = version + 1
WHERE id = ?12 AND version = ?13`
	endPlayerQuery = `DELETE FROM players WHERE id = ? AND version = ?`
)

// wakePlayersQueries find when a player is due next.
var wakePlayersQueries = []string{
	`SELECT min(next_at) FROM players WHERE next_at IS NOT NULL`,
	`SELECT min(redraw_at) FROM players WHERE redraw_at IS NOT NULL`,
}

// WakePlayers returns when a player is due next, or the zero time if none is.
func (s *Store) WakePlayers(ctx context.Context) (time.Time, error) {
	return s.first(ctx, wakePlayersQueries)
}

// MovePlayers writes players that were drawn at an instant. It leaves alone
// those that have changed since they were read.
func (s *Store) MovePlayers(ctx context.Context, all []delivery.Player, drawn time.Time) error {
	err := inTx(ctx, s.write, func(tx *sql.Tx) error {
		for _, p := range all {
			if _, err := movePlayer(ctx, tx, p, drawn); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("move players on: %w", err)
	}
	return nil
}

// MovePlayer writes what a press did to a player, or deletes one that is gone.
// It returns delivery.ErrPlayerMoved if the player has changed since it was
// read.
func (s *Store) MovePlayer(ctx context.Context, p delivery.Player, now time.Time) error {
	n, err := movePlayer(ctx, s.write, p, now)
	if err != nil {
		return fmt.Errorf("move a player: %w", err)
	}
	if n == 0 {
		return delivery.ErrPlayerMoved
	}
	return nil
}

func movePlayer(ctx context.Context, q querier, p delivery.Player, drawn time.Time) (n int64, err error) {
	var res sql.Result
	if p.Gone {
		res, err = q.ExecContext(ctx, endPlayerQuery, p.ID, p.Version)
	} else {
		res, err = q.ExecContext(ctx, movePlayerQuery, orNull(p.MessageID), p.Ticket, p.Card, p.Auto, p.PressedAt.Unix(),
			seconds(p.MoveAt), seconds(p.NextAt), seconds(p.RedrawAt), drawn.Unix(), p.ExpiresAt.Unix(), p.Pictures, p.ID, p.Version, p.Routine,
			int64(p.Spent/time.Second))
	}
	if err != nil {
		return 0, err
	}
	return res.RowsAffected()
}

// The card is drawn again at once for the first, and once for all who come in
// the next seconds.
const joinQuery = `
UPDATE players SET in_count = in_count + 1, redraw_at = CASE WHEN redraw_at > ?1 THEN redraw_at ELSE ?2 END
WHERE id = ?3 RETURNING in_count`

// JoinPlayer counts one more person who is in, has the card drawn again by
// redraw, and returns the count. Who it was is not kept. JoinPlayer returns
// delivery.ErrNoPlayer if the player isn't there.
func (s *Store) JoinPlayer(ctx context.Context, id string, now, redraw time.Time) (count int, err error) {
	err = s.write.QueryRowContext(ctx, joinQuery, now.Unix(), redraw.Unix(), id).Scan(&count)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, delivery.ErrNoPlayer
	}
	if err != nil {
		return 0, fmt.Errorf("count who is in: %w", err)
	}
	return count, nil
}

// Each part of the list reads its own index.
const duePlayersQuery = `
SELECT ` + playerColumns + ` FROM players p
WHERE p.id IN (SELECT id FROM players WHERE next_at <= ?1 UNION ALL SELECT id FROM players WHERE redraw_at <= ?1)
ORDER BY min(coalesce(p.next_at, p.redraw_at), coalesce(p.redraw_at, p.next_at)), p.id LIMIT ?2 + 0`

// DuePlayers returns at most limit players that have something to do at or
// before now, longest due first.
func (s *Store) DuePlayers(ctx context.Context, now time.Time, limit int) ([]delivery.Player, error) {
	all, err := collect(ctx, s.read, scanPlayer, duePlayersQuery, now.Unix(), limit)
	if err != nil {
		return nil, fmt.Errorf("read which players are due: %w", err)
	}
	return all, nil
}

const dropPlayersQuery = `DELETE FROM players WHERE expires_at <= ?`

// DropPlayers deletes players that have expired.
func (s *Store) DropPlayers(ctx context.Context, now time.Time) error {
	if err := s.drop(ctx, dropPlayersQuery, now); err != nil {
		return fmt.Errorf("drop old players: %w", err)
	}
	return nil
}

const (
	togetherQuery   = `SELECT NOT EXISTS (SELECT 1 FROM no_together WHERE guild_id = ?)`
	noTogetherQuery = `INSERT INTO no_together (guild_id) VALUES (?) ON CONFLICT (guild_id) DO NOTHING`
	yesTogether     = `DELETE FROM no_together WHERE guild_id = ?`
)

// Together reports whether channels of a server may follow routines together.
// They may until someone turns it off.
func (s *Store) Together(ctx context.Context, guildID string) (on bool, err error) {
	if err := s.read.QueryRowContext(ctx, togetherQuery, guildID).Scan(&on); err != nil {
		return false, fmt.Errorf("read a server's switch: %w", err)
	}
	return on, nil
}

// SetTogether allows or forbids that channels of a server follow routines
// together.
func (s *Store) SetTogether(ctx context.Context, guildID string, on bool) error {
	query := noTogetherQuery
	if on {
		query = yesTogether
	}
	if _, err := s.write.ExecContext(ctx, query, guildID); err != nil {
		return fmt.Errorf("set a server's switch: %w", err)
	}
	return nil
}
