package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

// oldestServer is the first version of PostgreSQL that a Store runs on.
const oldestServer = 150000

// Advisory locks of ours have this number, and that of the schema in which the
// tables are, so that others in the same database have their own.
const (
	writeLock = `pg_advisory_xact_lock(20261201, hashtext(current_schema()))`
	aloneLock = `pg_try_advisory_lock(20261202, hashtext(current_schema()))`
)

var errServerInUse = errors.New("is in use by another unpinch: stop that one first")

// IsURL reports whether where names a PostgreSQL database and not a file.
func IsURL(where string) bool {
	return strings.HasPrefix(where, "postgres://") || strings.HasPrefix(where, "postgresql://")
}

// readURL reads what names a PostgreSQL database. Its error has nothing of it, as
// it holds a password.
func readURL(where string) (*pgx.ConnConfig, error) {
	config, err := pgx.ParseConfig(where)
	if err != nil {
		return nil, errors.New("the address of the database can't be read: it looks like postgres://unpinch:password@host:5432/unpinch, with %40 for an @ in the password")
	}
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "unpinch"
	}
	return config, nil
}

// Server says which database a URL names, without its password.
func Server(where string) string {
	config, err := readURL(where)
	if err != nil {
		return "a PostgreSQL database"
	}
	return name(config)
}

func name(config *pgx.ConnConfig) string {
	return fmt.Sprintf("database %s on %s", config.Database, config.Host)
}

// openServer opens the connections to a PostgreSQL database: one that writes and
// some that read, as to a file. Anyone who writes holds a lock while they do, so that
// writers take turns as in SQLite, in whatever process they are.
func (s *Store) openServer(ctx context.Context, where string) error {
	config, err := readURL(where)
	if err != nil {
		return err
	}
	s.dialect = postgresDialect()
	writes, reads := config.Copy(), config.Copy()
	writes.RuntimeParams["lock_timeout"] = "10s"
	writes.RuntimeParams["idle_in_transaction_session_timeout"] = "10s" // a process that stands still holds the lock no longer
	for name, value := range map[string]string{"tcp_keepalives_idle": "10", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3"} {
		writes.RuntimeParams[name] = value // nor does one whose machine is gone
	}
	reads.RuntimeParams["default_transaction_read_only"] = "on"
	reads.RuntimeParams["default_transaction_isolation"] = "repeatable read"
	texts := &sync.Map{}
	s.connect(
		sql.OpenDB(pgConnector{Connector: stdlib.GetConnector(*writes), texts: texts, tell: s.tellChanged, alone: !s.shared}),
		sql.OpenDB(pgConnector{Connector: stdlib.GetConnector(*reads), texts: texts}))
	var version int
	if err := s.write.QueryRowContext(ctx, `SELECT CAST(current_setting('server_version_num') AS BIGINT)`).Scan(&version); err != nil {
		return err
	}
	if version < oldestServer {
		return fmt.Errorf("%s is PostgreSQL %d, and Unpinch needs %d or newer", name(config), version/10000, oldestServer/10000)
	}
	return nil
}

// take keeps other processes from the database while the connection lasts. There is
// one that writes, so that a process whose lock was lost writes nothing until it has
// it again.
func take(ctx context.Context, c *pgx.Conn) error {
	var held bool
	if err := c.QueryRow(ctx, "SELECT "+aloneLock).Scan(&held); err != nil {
		return err
	}
	if !held {
		return fmt.Errorf("%s %w", name(c.Config()), errServerInUse)
	}
	return nil
}

// vacuum has the server make room of what deleted rows left, which no query sees.
func (s *Store) vacuum(ctx context.Context, asked int) error {
	if asked == 0 {
		return nil
	}
	var tables []string
	for _, p := range s.personal {
		tables = append(tables, quote(p.table))
	}
	conn, err := s.write.Conn(ctx)
	if err != nil {
		return fmt.Errorf("vacuum the tables: %w", err)
	}
	err = conn.Raw(func(c any) error { // it can't run in a transaction
		_, err := c.(*pgConn).Conn.Conn().Exec(ctx, "VACUUM "+strings.Join(slices.Compact(tables), ", "))
		return err
	})
	if err := errors.Join(err, conn.Close()); err != nil {
		return fmt.Errorf("vacuum the tables: %w", err)
	}
	if _, err := s.write.ExecContext(ctx, scrubbedQuery, asked); err != nil {
		return fmt.Errorf("vacuum the tables: %w", err)
	}
	return nil
}

// serverInUse reports whether a Store has the database open that is not Shared.
func serverInUse(where string) bool {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	config, err := readURL(where)
	if err != nil {
		return false
	}
	c, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return false
	}
	err = take(ctx, c)
	_ = c.Close(ctx)
	return errors.Is(err, errServerInUse)
}

// ValidURL reports whether where can be the address of a PostgreSQL database.
func ValidURL(where string) bool {
	_, err := readURL(where)
	return IsURL(where) && err == nil
}
