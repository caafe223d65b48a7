package store

import (
	"context"
	"database/sql"
	"fmt"

	"unpinch/schedule"
)

const (
	placeFollowersQuery = `SELECT count(DISTINCT user_id) FROM follows WHERE place_id = ?`
	// Its name is free for another place from then on.
	removePlaceQuery   = `UPDATE places SET removed_at = ?1, name = name || ' #' || id, revision = revision + 1 WHERE id = ?2 AND guild_id = ?3 AND removed_at IS NULL`
	unfollowPlaceQuery = `DELETE FROM follows WHERE place_id = ?`
	placeDraftsQuery   = `DELETE FROM classes WHERE place_id = ? AND draft_until IS NOT NULL`
	placeClosedsQuery  = `DELETE FROM closed_days WHERE place_id = ?`
)

// PlaceFollowers counts the members who follow a place, or a class of it.
func (s *Store) PlaceFollowers(ctx context.Context, placeID int64) (n int, err error) {
	if err := s.read.QueryRowContext(ctx, placeFollowersQuery, placeID).Scan(&n); err != nil {
		return 0, fmt.Errorf("count who follows a place: %w", err)
	}
	return n, nil
}

// RemovePlace ends a place with all its classes and weekly posts, each as Remove
// does. It returns schedule.ErrNoPlace if the place is gone already.
func (s *Store) RemovePlace(ctx context.Context, p schedule.Place, by schedule.By) error {
	return inTx(ctx, s.write, func(tx *sql.Tx) error {
		all, err := s.series(ctx, tx, placeSeriesFilter, p.ID)
		if err != nil {
			return fmt.Errorf("remove a place: %w", err)
		}
		res, err := tx.ExecContext(ctx, removePlaceQuery, by.At.Unix(), p.ID, p.GuildID)
		if err != nil {
			return fmt.Errorf("remove a place: %w", err)
		}
		if n, err := res.RowsAffected(); err != nil || n == 0 {
			return schedule.ErrNoPlace
		}
		for _, series := range all {
			if err := s.remove(ctx, tx, series.ID, by.At); err != nil {
				return err
			}
		}
		for _, query := range []string{unfollowPlaceQuery, placeDraftsQuery, placeClosedsQuery} {
			if _, err := tx.ExecContext(ctx, query, p.ID); err != nil {
				return fmt.Errorf("remove a place: %w", err)
			}
		}
		return note(ctx, tx, p.ID, 0, "place_removed", by)
	})
}
