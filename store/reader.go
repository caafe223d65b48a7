package store

import (
	"context"
	"database/sql"
	"sync"
)

// A reader is the connections that only read. It has each compile a query once:
// what the engine asks every second is compiled for longer than it runs. Of
// queries the program has about a hundred, so that all are kept.
//
// A LIMIT that is a parameter alone is part of what SQLite compiles, at every
// run anew. Where it matters it is written as an expression, LIMIT ? + 0.
type reader struct {
	*sql.DB
	prepared sync.Map // *sql.Stmt by query
}

// QueryContext runs a query that returns rows.
func (r *reader) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	stmt, err := r.prepare(ctx, query)
	if err != nil {
		return nil, err
	}
	return stmt.QueryContext(ctx, args...)
}

// QueryRowContext runs a query that returns one row.
func (r *reader) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	stmt, err := r.prepare(ctx, query)
	if err != nil {
		return r.DB.QueryRowContext(ctx, query, args...) // whose row has the error
	}
	return stmt.QueryRowContext(ctx, args...)
}

// prepare returns the query's statement. Closing the connections closes it.
func (r *reader) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	if stmt, ok := r.prepared.Load(query); ok {
		return stmt.(*sql.Stmt), nil
	}
	stmt, err := r.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	if first, there := r.prepared.LoadOrStore(query, stmt); there {
		return first.(*sql.Stmt), stmt.Close()
	}
	return stmt, nil
}
