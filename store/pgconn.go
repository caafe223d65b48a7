package store

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// A pgConnector opens connections to PostgreSQL that take the queries of this
// package. Those with tell write.
type pgConnector struct {
	driver.Connector
	texts *sync.Map // queries as PostgreSQL has them, by what they are here
	tell  func()
	alone bool // no other process may write while a connection lasts
}

// Connect opens a connection.
func (p pgConnector) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	if p.alone {
		if err := take(ctx, c.(*stdlib.Conn).Conn()); err != nil {
			return nil, errors.Join(err, c.Close())
		}
	}
	return &pgConn{Conn: c.(*stdlib.Conn), texts: p.texts, tell: p.tell}, nil
}

// A pgConn is a connection to PostgreSQL. What writes and is in no transaction gets
// one, with the lock of writers.
type pgConn struct {
	*stdlib.Conn
	texts *sync.Map
	tell  func()
	inTx  bool
}

// numbered returns a query with $1 for ?1, and for each ? the next number.
func numbered(query string) string {
	if !strings.Contains(query, "?") {
		return query
	}
	var b strings.Builder
	for n := 0; ; {
		before, after, found := strings.Cut(query, "?")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		b.WriteByte('$')
		if query = after; query == "" || query[0] < '0' || query[0] > '9' {
			n++
			b.WriteString(strconv.Itoa(n))
		}
	}
}

func (c *pgConn) text(query string) string {
	if text, ok := c.texts.Load(query); ok {
		return text.(string)
	}
	text := numbered(query)
	c.texts.Store(query, text)
	return text
}

// CheckNamedValue makes of an argument what SQLite's driver would.
func (c *pgConn) CheckNamedValue(v *driver.NamedValue) (err error) {
	v.Value, err = driver.DefaultParameterConverter.ConvertValue(v.Value)
	return err
}

// PrepareContext compiles a query.
func (c *pgConn) PrepareContext(ctx context.Context, query string) (driver.Stmt, error) {
	return c.Conn.PrepareContext(ctx, c.text(query))
}

// ExecContext runs a query that returns no rows.
func (c *pgConn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (res driver.Result, err error) {
	err = c.inTurn(ctx, func() error {
		res, err = c.Conn.ExecContext(ctx, c.text(query), args)
		return err
	})
	return res, err
}

// QueryContext runs a query that returns rows.
func (c *pgConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (rows driver.Rows, err error) {
	if c.tell == nil || c.inTx {
		return c.Conn.QueryContext(ctx, c.text(query), args)
	}
	err = c.inTurn(ctx, func() error {
		rows, err = c.Conn.QueryContext(ctx, c.text(query), args)
		if err == nil {
			rows, err = keepRows(rows) // they can't be read after the commit
		}
		return err
	})
	return rows, err
}

// inTurn runs do in the transaction that there is, or in one of its own where one is
// needed.
func (c *pgConn) inTurn(ctx context.Context, do func() error) error {
	if c.tell == nil || c.inTx {
		return do()
	}
	tx, err := c.BeginTx(ctx, driver.TxOptions{})
	if err != nil {
		return err
	}
	if err := do(); err != nil {
		_ = tx.Rollback() // of a connection that is gone the server takes everything back
		return err
	}
	return tx.Commit()
}

// BeginTx begins a transaction. One that writes waits for its turn first: what it
// reads is newer than anything that others wrote before. With a stricter isolation
// it would read what was there when it began to wait.
func (c *pgConn) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	if c.tell == nil {
		return c.Conn.BeginTx(ctx, o)
	}
	if c.Conn.Conn().IsClosed() {
		return nil, driver.ErrBadConn
	}
	t := pgTx{ctx, c}
	if _, err := t.run(ctx, "begin isolation level read committed; select "+writeLock); err != nil {
		_ = t.Rollback()
		if ctx.Err() == nil && pgconn.SafeToRetry(err) {
			return nil, driver.ErrBadConn
		}
		return nil, err
	}
	c.inTx = true
	return t, nil
}

// A pgTx is a transaction that writes.
type pgTx struct {
	ctx  context.Context
	conn *pgConn
}

// Commit makes the transaction hold, and tells of it if it wrote.
func (t pgTx) Commit() error {
	t.conn.inTx = false
	wrote, err := t.run(t.ctx, "select pg_current_xact_id_if_assigned(); commit")
	if err != nil {
		_ = t.Rollback()
		return err
	}
	if wrote {
		t.conn.tell()
	}
	return nil
}

// Rollback takes everything back, also after its context has ended: the lock must not
// stay. It closes a connection on which it can't.
func (t pgTx) Rollback() error {
	t.conn.inTx = false
	ctx, cancel := context.WithTimeout(context.WithoutCancel(t.ctx), 5*time.Second)
	defer cancel()
	_, err := t.run(ctx, "rollback")
	if err != nil {
		err = errors.Join(err, t.conn.Conn.Conn().Close(ctx))
	}
	return err
}

// run runs statements in one round trip, and reports whether the first returned
// something.
func (t pgTx) run(ctx context.Context, statements string) (some bool, err error) {
	results, err := t.conn.Conn.Conn().PgConn().Exec(ctx, statements).ReadAll()
	if err != nil {
		return false, err
	}
	return len(results[0].Rows) > 0 && results[0].Rows[0][0] != nil, nil
}

// keptRows are rows that were read already.
type keptRows struct {
	columns []string
	rows    [][]driver.Value
}

func keepRows(from driver.Rows) (*keptRows, error) {
	k := &keptRows{columns: from.Columns()}
	for {
		row := make([]driver.Value, len(k.columns))
		switch err := from.Next(row); {
		case errors.Is(err, io.EOF):
			return k, from.Close()
		case err != nil:
			return nil, errors.Join(err, from.Close())
		}
		k.rows = append(k.rows, row)
	}
}

// Columns returns the names of the columns.
func (k *keptRows) Columns() []string { return k.columns }

// Close does nothing.
func (k *keptRows) Close() error { return nil }

// Next reads the next row.
func (k *keptRows) Next(row []driver.Value) error {
	if len(k.rows) == 0 {
		return io.EOF
	}
	copy(row, k.rows[0])
	k.rows = k.rows[1:]
	return nil
}
