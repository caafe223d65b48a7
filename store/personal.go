package store

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// An onForget says what becomes of a personal column when its user leaves.
type onForget int

const (
	deleteRow   onForget = iota // the row is about the user
	clearColumn                 // the row stays for others, without the name: the column becomes NULL
)

// A personalColumn is a column that holds a user's id.
type personalColumn struct {
	table, column string
	onForget      onForget
}

// personalColumns lists every column that holds a user's id. Export and Forget
// know of nothing else, and a test fails when the schema has one more. Forget
// works down the list: a table that refers to another comes before it.
func personalColumns() []personalColumn {
	return []personalColumn{
		{"occurrences", "user_id", deleteRow}, // a DM that is due, or was sent
		{"batch_changes", "created_by", deleteRow},
		{"classes", "created_by", clearColumn},
		{"workouts", "made_by", clearColumn},
		{"changes", "user_id", clearColumn},
		{"follows", "user_id", deleteRow},
		{"easy", "user_id", deleteRow},
		{"players", "started_by", clearColumn}, // others follow on
		{"players", "user_id", deleteRow},
		{"sessions", "user_id", deleteRow},
		{"own_routines", "user_id", deleteRow},
		{"places", "user_id", deleteRow}, // with the reminders in it
		{"members", "user_id", deleteRow},
	}
}

// A keyColumn is a column that holds a key. Anyone who has the key can act as
// the bot, so that an export has words in its place.
type keyColumn struct{ table, column, words string }

// keyColumns lists every column that holds a key. Export knows of no other.
func keyColumns() []keyColumn {
	return []keyColumn{{"players", "ticket", "a key to the running card, left out"}}
}

// withoutKey returns what an export has for a value of a column: the value, or
// words in place of a key.
func withoutKey(table, column string, value any) any {
	for _, k := range keyColumns() {
		if k.table == table && k.column == column && value != nil && value != "" {
			return k.words
		}
	}
	return value
}

// An export is everything held about one user, by table and column.
type export struct {
	UserID string                      `json:"user_id"`
	Tables map[string][]map[string]any `json:"tables"`
}

// Export returns everything held about the user as indented JSON, with every
// personal table, empty ones too. Columns named …_at are written as RFC 3339
// in UTC. Where a row also names another user, that name is null, and a key of
// the bot is left out.
func (s *Store) Export(ctx context.Context, userID string) ([]byte, error) {
	out := export{UserID: userID, Tables: map[string][]map[string]any{}}
	err := inTx(ctx, s.read.DB, func(tx *sql.Tx) error {
		for _, p := range s.personal {
			if _, done := out.Tables[p.table]; done {
				continue
			}
			rows, err := s.exportTable(ctx, tx, p.table, userID)
			if err != nil {
				return fmt.Errorf("%s: %w", p.table, err)
			}
			out.Tables[p.table] = rows
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("export a user: %w", err)
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(out); err != nil {
		return nil, fmt.Errorf("export a user: %w", err)
	}
	return b.Bytes(), nil
}

func (s *Store) exportTable(ctx context.Context, tx *sql.Tx, table, userID string) ([]map[string]any, error) {
	columns, rows, err := s.rowsOf(ctx, tx, table, userID)
	if err != nil {
		return nil, err
	}
	var users []string
	for _, p := range s.personal {
		if p.table == table {
			users = append(users, p.column)
		}
	}
	out := []map[string]any{}
	for _, values := range rows {
		row := map[string]any{}
		for i, name := range columns {
			row[name] = withoutKey(table, name, values[i])
			if seconds, ok := values[i].(int64); ok && strings.HasSuffix(name, "_at") {
				row[name] = time.Unix(seconds, 0).UTC().Format(time.RFC3339)
			}
			if slices.Contains(users, name) && values[i] != userID {
				row[name] = nil
			}
		}
		out = append(out, row)
	}
	return out, nil
}

// rowsOf returns the columns of a personal table and the rows that name the user.
func (s *Store) rowsOf(ctx context.Context, tx *sql.Tx, table, userID string) (columns []string, rows [][]any, err error) {
	var where []string
	for _, p := range s.personal {
		if p.table == table {
			where = append(where, quote(p.column)+" = ?1")
		}
	}
	return s.selectAll(ctx, tx, table, "WHERE "+strings.Join(where, " OR "), userID)
}

// forgetMany clears the tables in which somebody can have thousands of rows.
var forgetMany = []string{
	`DELETE FROM occurrences WHERE id IN (SELECT id FROM occurrences WHERE user_id = ?1 LIMIT ?2 + 0)`,
	`UPDATE changes SET user_id = NULL WHERE id IN (SELECT id FROM changes WHERE user_id = ?1 LIMIT ?2 + 0)`,
}

// Forget removes everything held about the user and returns how many rows it
// removed or cleared, on a full disk too. It takes turns with others who write.
// The next Scrub overwrites what the rows leave in the files. If Forget returns an
// error, some rows may be gone: call it again.
func (s *Store) Forget(ctx context.Context, userID string) (rows int, err error) {
	s.forgetting.Lock() // or others would wait for as many turns as people forget
	defer s.forgetting.Unlock()
	for _, query := range forgetMany {
		n, err := s.inBatches(ctx, query, userID)
		if rows += n; err != nil {
			return rows, fmt.Errorf("forget a user: %w", err)
		}
	}
	var last int
	err = s.withRoom(ctx, func() error {
		return inTx(ctx, s.write, func(tx *sql.Tx) error {
			if last, err = s.forgetRest(ctx, tx, userID); err != nil || rows+last == 0 {
				return err
			}
			_, err := tx.ExecContext(ctx, askScrubQuery)
			return err
		})
	})
	if err != nil {
		return rows, fmt.Errorf("forget a user: %w", err)
	}
	return rows + last, nil
}

func (s *Store) forgetRest(ctx context.Context, tx *sql.Tx, userID string) (rows int, err error) {
	for _, p := range s.personal {
		res, err := tx.ExecContext(ctx, p.forgetQuery(), userID)
		if err != nil {
			return rows, fmt.Errorf("%s.%s: %w", p.table, p.column, err)
		}
		n, err := res.RowsAffected()
		if err != nil {
			return rows, err
		}
		rows += int(n)
	}
	return rows, nil
}

func (p personalColumn) forgetQuery() string {
	table, column := quote(p.table), quote(p.column)
	if p.onForget == clearColumn {
		return fmt.Sprintf("UPDATE %s SET %s = NULL WHERE %s = ?", table, column, column)
	}
	return fmt.Sprintf("DELETE FROM %s WHERE %s = ?", table, column)
}
