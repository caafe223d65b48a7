package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

// transferred lists all tables of rows, each after those to which it refers.
func transferred() []string {
	return []string{
		"members", "places", "classes", "class_posts", "class_skips", "class_moves", "class_events", "closed_days", "workouts",
		"occurrences", "changes", "batch_changes", "saved_batches", "follows", "easy", "sessions", "own_routines", "players",
		"no_together", "buckets", "gateway_sessions", "settings", "scrubs",
	}
}

// selfReferring is what a row of a table needs another of the same table for.
const selfReferring = "draft_of"

// Transfer copies all rows of the store at from into that at to, which is made and
// must have none, and compares every row of the two after. Either is a file or an
// address that IsURL. It returns how many rows there are. Of a file nobody may have
// it open, and it is brought up to date first; a PostgreSQL database may be in use:
// what is copied is how it stood at one instant.
func Transfer(ctx context.Context, from, to string, o Options) (rows int, err error) {
	for _, where := range []string{from, to} {
		if strings.Contains(where, "://") && !IsURL(where) { // it may hold a password, and is not repeated
			return 0, errors.New("copy the store: an address must begin with postgres:// or postgresql://, and anything else is the path of a file")
		}
	}
	if _, err := os.Stat(from); err != nil && !IsURL(from) {
		return 0, fmt.Errorf("copy the store: %s: there is no such file", from)
	}
	source, err := Open(ctx, from, Options{Shared: true, Program: o.Program})
	if err != nil {
		return 0, err
	}
	target, err := Open(ctx, to, o)
	if err != nil {
		return 0, errors.Join(err, source.Close())
	}
	err = inTx(ctx, source.read.DB, func(read *sql.Tx) error {
		rows, err = target.takeOver(ctx, source, read)
		return err
	})
	if err := errors.Join(err, target.Close(), source.Close()); err != nil {
		return 0, fmt.Errorf("copy the store: %w", err)
	}
	return rows, nil
}

// takeOver copies what read sees of the source, all of it or nothing, and compares.
func (s *Store) takeOver(ctx context.Context, source *Store, read *sql.Tx) (rows int, err error) {
	err = inTx(ctx, s.write, func(tx *sql.Tx) error {
		for _, table := range transferred() {
			n, err := s.takeTable(ctx, tx, read, table)
			if err != nil {
				return fmt.Errorf("%s: %w", table, err)
			}
			rows += n
		}
		if err := s.takeIdle(ctx, tx, read); err != nil {
			return err
		}
		return s.takeNumbers(ctx, tx, source, read)
	})
	if err != nil {
		return 0, err
	}
	return rows, inTx(ctx, s.read.DB, func(tx *sql.Tx) error {
		for _, table := range transferred() {
			if err := s.compare(ctx, tx, read, table); err != nil {
				return fmt.Errorf("compare %s: %w", table, err)
			}
		}
		return nil
	})
}

func (s *Store) takeTable(ctx context.Context, tx, read *sql.Tx, table string) (n int, err error) {
	var held bool
	if err := tx.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM "+quote(table)+")").Scan(&held); err != nil {
		return 0, err
	}
	if held {
		return 0, errors.New("there are rows already: give an empty database, or a file that isn't there")
	}
	columns, err := names(ctx, tx, s.dialect.columns, table)
	if err != nil {
		return 0, err
	}
	order := quotedList(columns)
	if slices.Contains(columns, selfReferring) {
		order = selfReferring + " NULLS FIRST, " + order
	}
	values, err := s.valuesFor(ctx, tx, table, columns)
	if err != nil {
		return 0, err
	}
	add, err := tx.PrepareContext(ctx, "INSERT INTO "+quote(table)+" ("+quotedList(columns)+") VALUES ("+strings.Join(values, ", ")+")")
	if err != nil {
		return 0, err
	}
	defer add.Close()
	rows, err := read.QueryContext(ctx, "SELECT "+quotedList(columns)+" FROM "+quote(table)+" ORDER BY "+order)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	for ; rows.Next(); n++ {
		values, err := rowOf(rows, len(columns))
		if err != nil {
			return n, err
		}
		if _, err := add.ExecContext(ctx, values...); err != nil {
			return n, fmt.Errorf("row %d: %w", n+1, err)
		}
	}
	return n, rows.Err()
}

// valuesFor returns what stands for each column's value in an INSERT, which are
// numbers where SQLite has numbers.
func (s *Store) valuesFor(ctx context.Context, tx *sql.Tx, table string, columns []string) ([]string, error) {
	booleans, err := names(ctx, tx, s.dialect.booleans, table)
	if err != nil {
		return nil, err
	}
	values := make([]string, len(columns))
	for i, c := range columns {
		if values[i] = "?"; slices.Contains(booleans, c) {
			values[i] = "CAST(? AS BIGINT) <> 0"
		}
	}
	return values, nil
}

// takeIdle copies since when members are idle, which the rows about what they do
// have cleared as they were added.
func (s *Store) takeIdle(ctx context.Context, tx, read *sql.Tx) error {
	type idle struct{ user, since string }
	all, err := collect(ctx, read, func(r *sql.Rows) (i idle, err error) { return i, r.Scan(&i.user, &i.since) },
		`SELECT user_id, idle_since FROM members WHERE idle_since IS NOT NULL`)
	if err != nil {
		return err
	}
	for _, i := range all {
		if _, err := tx.ExecContext(ctx, `UPDATE members SET idle_since = ? WHERE user_id = ?`, i.since, i.user); err != nil {
			return err
		}
	}
	return nil
}

// takeNumbers has no id given out again that the source has given out: they stand on
// buttons in channels.
func (s *Store) takeNumbers(ctx context.Context, tx *sql.Tx, source *Store, read *sql.Tx) error {
	type number struct {
		table string
		last  int64
	}
	all, err := collect(ctx, read, func(r *sql.Rows) (n number, err error) { return n, r.Scan(&n.table, &n.last) }, source.dialect.numbers)
	if err != nil {
		return err
	}
	if s.file != "" {
		if _, err := tx.ExecContext(ctx, allNumbersQuery); err != nil {
			return err
		}
	}
	for _, n := range all {
		if n.last == 0 {
			continue
		}
		if _, err := tx.ExecContext(ctx, s.dialect.setNumber, n.table, n.last); err != nil {
			return fmt.Errorf("number the rows of %s: %w", n.table, err)
		}
	}
	return nil
}

// compare returns an error unless a table has the same rows in both.
func (s *Store) compare(ctx context.Context, tx, read *sql.Tx, table string) error {
	columns, err := names(ctx, tx, s.dialect.columns, table)
	if err != nil {
		return err
	}
	query := "SELECT " + quotedList(columns) + " FROM " + quote(table) + " ORDER BY " + strings.ReplaceAll(quotedList(columns), ",", " NULLS FIRST,") + " NULLS FIRST"
	here, err := tx.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer here.Close()
	there, err := read.QueryContext(ctx, query)
	if err != nil {
		return err
	}
	defer there.Close()
	for n := 1; ; n++ {
		more := there.Next()
		if here.Next() != more {
			return fmt.Errorf("the numbers of rows differ from row %d on", n)
		}
		if !more {
			return errors.Join(here.Err(), there.Err())
		}
		a, err1 := rowOf(here, len(columns))
		b, err2 := rowOf(there, len(columns))
		if err := errors.Join(err1, err2); err != nil {
			return err
		}
		if !slices.Equal(a, b) {
			return fmt.Errorf("row %d differs", n)
		}
	}
}

// rowOf reads a row, a condition as SQLite has it.
func rowOf(rows *sql.Rows, columns int) ([]any, error) {
	values, targets := make([]any, columns), make([]any, columns)
	for i := range values {
		targets[i] = &values[i]
	}
	if err := rows.Scan(targets...); err != nil {
		return nil, err
	}
	for i, v := range values {
		if is, ok := v.(bool); ok {
			values[i] = map[bool]int64{true: 1}[is]
		}
	}
	return values, nil
}

func quotedList(columns []string) string {
	quoted := make([]string, len(columns))
	for i, c := range columns {
		quoted[i] = quote(c)
	}
	return strings.Join(quoted, ", ")
}

// CopyServer writes to w the database file that the store at an address would be, as
// it stands at one instant of the call. Others may use the store meanwhile. The file
// stands at file until CopyServer returns, in the clear; what is there before goes.
func CopyServer(ctx context.Context, where, file string, w io.Writer) (err error) {
	all := []string{file, file + "-wal", file + "-shm", file + ".lock", file + spareSuffix}
	clear := func() (faults error) {
		for _, f := range all {
			faults = errors.Join(faults, removeIfThere(f))
		}
		return faults
	}
	if err := clear(); err != nil {
		return fmt.Errorf("copy the store: %w", err)
	}
	defer func() { err = errors.Join(err, clear()) }()
	if _, err := Transfer(ctx, where, file, Options{}); err != nil {
		return err
	}
	return Copy(ctx, file, w)
}
