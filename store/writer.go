package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"os"

	"modernc.org/sqlite"
)

// A telling connector opens connections that tell of each commit, just before it
// holds, and of how long the disk takes for each.
type telling struct {
	driver.Connector
	tell  func()
	watch func() (done func())
}

// Connect opens a connection.
func (t telling) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := t.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	c.(sqlite.HookRegisterer).RegisterCommitHook(func() int32 { t.tell(); return 0 })
	if t.watch == nil {
		return c, nil
	}
	return &watchedConn{conn: c.(conn), watch: t.watch}, nil
}

// A conn is a connection with all that database/sql asks of this driver's.
type conn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// A watchedConn tells of each commit, however it comes about.
type watchedConn struct {
	conn
	watch func() (done func())
	inTx  bool
}

// BeginTx begins a transaction whose commit is watched.
func (c *watchedConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	tx, err := c.conn.BeginTx(ctx, o)
	if err != nil {
		return nil, err
	}
	c.inTx = true
	return watchedTx{tx, c}, nil
}

// ExecContext runs a query, which outside a transaction commits.
func (c *watchedConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if !c.inTx {
		defer c.watch()()
	}
	return c.conn.ExecContext(ctx, query, args)
}

type watchedTx struct {
	driver.Tx
	on *watchedConn
}

// Commit commits.
func (t watchedTx) Commit() error {
	defer t.on.watch()()
	t.on.inTx = false
	return t.Tx.Commit()
}

// Rollback rolls back.
func (t watchedTx) Rollback() error {
	t.on.inTx = false
	return t.Tx.Rollback()
}

const (
	roomSuffix = ".room"
	roomBytes  = 256 << 10
)

// Works returns nil if the database can be written, and has room to grow. It
// writes something that changes nothing.
func (s *Store) Works(ctx context.Context) error {
	if s.file == "" { // whose server sees to its room
		if _, err := s.write.ExecContext(ctx, `UPDATE settings SET value = value WHERE FALSE`); err != nil {
			return fmt.Errorf("try to write: %w", err)
		}
		return nil
	}
	if _, err := s.write.ExecContext(ctx, `PRAGMA user_version = 0`); err != nil {
		return fmt.Errorf("try to write: %w", err)
	}
	room := s.file + roomSuffix
	err := os.WriteFile(room, make([]byte, roomBytes), 0o600)
	if err = errors.Join(err, removeIfThere(room)); err != nil {
		return fmt.Errorf("try whether there is room: %w", reason(err))
	}
	return nil
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
