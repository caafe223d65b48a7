package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"

	"unpinch/schedule"
)

const (
	noteQuery = `
INSERT INTO changes (guild_id, place_id, class_id, user_id, at, what, detail, fields)
SELECT guild_id, id, ?2, ?3, ?4, ?5, ?6, ?7 FROM places WHERE id = ?1`
	noteClassQuery = `
INSERT INTO changes (guild_id, place_id, class_id, user_id, at, what, detail)
SELECT p.guild_id, p.id, c.id, ?2, ?3, ?4, ?5 FROM classes c JOIN places p ON p.id = c.place_id WHERE c.id = ?1`
	changesQuery = `
SELECT at, coalesce(user_id, ''), place_id, coalesce(class_id, 0), what, detail, fields FROM changes
WHERE guild_id = ?1 AND (CAST(?2 AS BIGINT) = 0 OR class_id = ?2) ORDER BY id DESC LIMIT ?3 OFFSET ?4`
)

// note keeps who changed a place, or one of its classes unless classID is 0.
func note(ctx context.Context, tx *sql.Tx, placeID, classID int64, what string, by schedule.By) error {
	var class any
	if classID != 0 {
		class = classID
	}
	var fields any
	if len(by.Fields) > 0 {
		text, err := json.Marshal(by.Fields)
		if err != nil {
			return err
		}
		fields = string(text)
	}
	_, err := tx.ExecContext(ctx, noteQuery, placeID, class, orNull(by.UserID), by.At.Unix(), what, by.Detail, fields)
	return err
}

// noteClass keeps who changed a class.
func noteClass(ctx context.Context, tx *sql.Tx, classID int64, what string, by schedule.By) error {
	_, err := tx.ExecContext(ctx, noteClassQuery, classID, orNull(by.UserID), by.At.Unix(), what, by.Detail)
	return err
}

// Changes returns the record of changes of a server's timetable, the latest
// first: of one class, or of all classes and places when classID is 0.
func (s *Store) Changes(ctx context.Context, guildID string, classID int64, limit, offset int) ([]schedule.Change, error) {
	all, err := collect(ctx, s.read, func(r *sql.Rows) (c schedule.Change, err error) {
		var at int64
		var fields []byte
		if err := r.Scan(&at, &c.UserID, &c.PlaceID, &c.ClassID, &c.What, &c.Detail, &fields); err != nil {
			return c, err
		}
		c.At = instant(at)
		if fields != nil {
			err = json.Unmarshal(fields, &c.Fields)
		}
		return c, err
	}, changesQuery, guildID, classID, limit, offset)
	if err != nil {
		return nil, fmt.Errorf("read the changes: %w", err)
	}
	return all, nil
}
