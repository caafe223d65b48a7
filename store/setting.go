package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

const settingQuery = `SELECT value FROM settings WHERE name = ?`

// Setting returns what the program keeps under name, or "" if there is
// nothing.
func (s *Store) Setting(ctx context.Context, name string) (string, error) {
	var value string
	err := s.read.QueryRowContext(ctx, settingQuery, name).Scan(&value)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("read setting %s: %w", name, err)
	}
	return value, nil
}

const (
	setSettingQuery = `
INSERT INTO settings (name, value) VALUES (?, ?)
ON CONFLICT (name) DO UPDATE SET value = excluded.value`
	deleteSettingQuery = `DELETE FROM settings WHERE name = ?`
)

// SetSetting keeps value under name; an empty value removes the name. It is
// for the program's own memory: nothing about a person may go in.
func (s *Store) SetSetting(ctx context.Context, name, value string) error {
	query, args := setSettingQuery, []any{name, value}
	if value == "" {
		query, args = deleteSettingQuery, []any{name}
	}
	if _, err := s.write.ExecContext(ctx, query, args...); err != nil {
		return fmt.Errorf("keep setting %s: %w", name, err)
	}
	return nil
}
