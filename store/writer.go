package store

import (
	"context"
	"database/sql"
	"database/sql/driver"

	"modernc.org/sqlite"
)

// A telling connector opens connections that tell of each commit, just before it
// holds.
type telling struct {
	driver.Connector
	tell func()
}

// Connect opens a connection.
func (t telling) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := t.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	c.(sqlite.HookRegisterer).RegisterCommitHook(func() int32 { t.tell(); return 0 })
	return c, nil
}

// Changed returns what is sent to whenever something is about to be written,
// unless that is still to be read from last time. Anyone who looks for what is due
// waits a moment first. There is one for a Store.
func (s *Store) Changed() <-chan struct{} { return s.written }

func (s *Store) tellChanged() {
	select {
	case s.written <- struct{}{}:
	default: // it is told already
	}
}

// compiled returns statements that the writing connection has compiled once, by
// their queries. It needs that connection, so that it can't be called within a
// transaction.
func (s *Store) compiled(ctx context.Context, queries ...string) (map[string]*sql.Stmt, error) {
	all := make(map[string]*sql.Stmt, len(queries))
	for _, query := range queries {
		stmt, err := s.hot.prepare(ctx, query)
		if err != nil {
			return nil, err
		}
		all[query] = stmt
	}
	return all, nil
}

// A hotTx is a transaction that has some of its queries compiled already.
type hotTx struct {
	*sql.Tx
	hot map[string]*sql.Stmt
}

// ExecContext runs a query that returns no rows.
func (t hotTx) ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error) {
	if stmt := t.hot[query]; stmt != nil {
		return t.StmtContext(ctx, stmt).ExecContext(ctx, args...)
	}
	return t.Tx.ExecContext(ctx, query, args...)
}
