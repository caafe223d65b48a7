package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
)

// Dump returns every row of every table as text, in a stable order. Two equal
// dumps prove that nothing was written in between. It leaves out the session on
// the gateway, which counts Discord's events whatever they are, and how often a
// scrub was asked for.
func (s *Store) Dump(ctx context.Context) (string, error) {
	var b strings.Builder
	err := inTx(ctx, s.read.DB, func(tx *sql.Tx) error {
		tables, err := names(ctx, tx, s.dialect.tables)
		if err != nil {
			return err
		}
		for _, table := range tables {
			columns, rows, err := s.selectAll(ctx, tx, table, "")
			if err != nil {
				return fmt.Errorf("%s: %w", table, err)
			}
			fmt.Fprintf(&b, "%s (%s)\n", table, strings.Join(columns, ", "))
			for _, values := range rows {
				fmt.Fprintf(&b, "  %s\n", literals(values))
			}
		}
		return nil
	})
	if err != nil {
		return "", fmt.Errorf("dump the store: %w", err)
	}
	return b.String(), nil
}

const writesQuery = `SELECT total_changes()`

// Writes counts the rows that this Store has written since it was opened, those
// written again as they were among them. While it stands still, Dump returns the
// same.
func (s *Store) Writes(ctx context.Context) (n int64, err error) {
	if err := s.hot.QueryRowContext(ctx, writesQuery).Scan(&n); err != nil {
		return 0, fmt.Errorf("count the rows written: %w", err)
	}
	return n, nil
}

func literals(values []any) string {
	out := make([]string, len(values))
	for i, v := range values {
		switch v := v.(type) {
		case nil:
			out[i] = "NULL"
		case string:
			out[i] = fmt.Sprintf("%q", v)
		default:
			out[i] = fmt.Sprint(v)
		}
	}
	return strings.Join(out, ", ")
}

// selectAll returns the columns of table and its rows, those that where
// leaves, ordered by all columns.
func (s *Store) selectAll(ctx context.Context, tx *sql.Tx, table, where string, args ...any) (columns []string, rows [][]any, err error) {
	if columns, err = names(ctx, tx, s.dialect.columns, table); err != nil {
		return nil, nil, err
	}
	list := quotedList(columns)
	found, err := tx.QueryContext(ctx, fmt.Sprintf("SELECT %s FROM %s %s ORDER BY %s NULLS FIRST", list, quote(table), where, strings.ReplaceAll(list, ",", " NULLS FIRST,")), args...)
	if err != nil {
		return nil, nil, err
	}
	defer found.Close()
	for found.Next() {
		values, err := rowOf(found, len(columns))
		if err != nil {
			return nil, nil, err
		}
		rows = append(rows, values)
	}
	return columns, rows, found.Err()
}

// names returns the one text column of a query.
func names(ctx context.Context, tx *sql.Tx, query string, args ...any) ([]string, error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		out = append(out, name)
	}
	return out, rows.Err()
}

// quote makes a name of the schema safe to stand in a statement.
func quote(name string) string {
	return `"` + strings.ReplaceAll(name, `"`, `""`) + `"`
}
