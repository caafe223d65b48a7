package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// Released migrations are never edited: a change is a new file.
//
//go:embed migrations/*.sql migrations/postgres/*.sql
var migrationFiles embed.FS

// Migrate opens the database at path, which brings its schema up to date,
// closes it, and returns the versions before and after.
func Migrate(ctx context.Context, path string, o Options) (from, to int64, err error) {
	s, err := Open(ctx, path, o)
	if err != nil {
		return 0, 0, err
	}
	return s.from, s.to, s.Close()
}

const versionQuery = `SELECT coalesce(max(version_id), 0) FROM goose_db_version`

// Version returns the version of the database's schema.
func (s *Store) Version(ctx context.Context) (int64, error) {
	var v int64
	if err := s.read.QueryRowContext(ctx, versionQuery).Scan(&v); err != nil {
		return 0, fmt.Errorf("read the schema's version: %w", err)
	}
	return v, nil
}

// check makes sure that the file is a database and one of ours, before
// a table is made in it, and reads which version it has: 0 before the first.
func (s *Store) check(ctx context.Context, path string) error {
	var tables, versions int
	if err := s.write.QueryRowContext(ctx, s.dialect.ownTables).Scan(&tables, &versions); err != nil {
		return err
	}
	if tables > 0 && versions == 0 {
		return fmt.Errorf("%s is another program's database: give a path of its own", path)
	}
	if versions > 0 {
		return s.write.QueryRowContext(ctx, versionQuery).Scan(&s.from)
	}
	return nil
}

// migrate applies what is missing, each migration in its own transaction, and
// refuses a schema that it does not know.
func (s *Store) migrate(ctx context.Context, path string, migrations fs.FS) error {
	dir, err := fs.Sub(migrations, s.dialect.migrations)
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	if s.to, err = newest(dir); err != nil {
		return err
	}
	if s.from > s.to {
		return fmt.Errorf("%s: %w", path, tooNew(ctx, s.write, s.from, s.to))
	}
	if s.shared && s.from != s.to {
		return fmt.Errorf("%s: the database has schema version %d and this unpinch has %d: run unpinch migrate on it first", path, s.from, s.to)
	}
	if s.from < s.to {
		if err := s.prepare(ctx); err != nil {
			return err
		}
		if err := up(ctx, s.dialect.goose, s.write, dir); err != nil {
			return err
		}
		if err := s.sign(ctx); err != nil {
			return err
		}
	}
	if s.file == "" {
		return nil
	}
	if err := s.keepSlots(ctx); err != nil {
		return fmt.Errorf("keep single starts by day and time: %w", err)
	}
	return nil
}

// prepare lets the caller of Open act on a database before its schema changes.
func (s *Store) prepare(ctx context.Context) error {
	if s.from == 0 || s.before == nil || s.file == "" {
		return nil
	}
	if err := s.before(ctx, s.file, s.from, s.to); err != nil {
		return fmt.Errorf("before the schema is changed: %w", err)
	}
	return nil
}

const signQuery = `INSERT INTO programs (schema_version, program) VALUES (?, ?) ON CONFLICT DO NOTHING`

// sign notes which program changed the schema.
func (s *Store) sign(ctx context.Context) error {
	if s.program == "" {
		return nil
	}
	if _, err := s.write.ExecContext(ctx, signQuery, s.to, s.program); err != nil {
		return fmt.Errorf("note the program's version: %w", err)
	}
	return nil
}

const signedQuery = `SELECT program FROM programs WHERE schema_version = ?`

// tooNew says which program reads a schema that this one doesn't know.
func tooNew(ctx context.Context, db *sql.DB, version, knows int64) error {
	newer := "a newer unpinch"
	var program string
	if err := db.QueryRowContext(ctx, signedQuery, version).Scan(&program); err == nil {
		newer = "unpinch " + program + " or a newer one"
	}
	return fmt.Errorf("the database has schema version %d and this unpinch knows only version %d: install %s, or restore a backup from before the update", version, knows, newer)
}

// latestKnown returns the newest version of the schema that this program knows.
func latestKnown(d dialect) (int64, error) {
	dir, err := fs.Sub(migrationFiles, d.migrations)
	if err != nil {
		return 0, fmt.Errorf("read the migrations: %w", err)
	}
	return newest(dir)
}

// known returns an error if version is one that this program doesn't know.
func known(ctx context.Context, db *sql.DB, version int64) error {
	to, err := latestKnown(sqliteDialect())
	if err != nil {
		return err
	}
	if version > to {
		return tooNew(ctx, db, version, to)
	}
	return nil
}

// newest returns the version that the migrations of a folder lead to.
func newest(dir fs.FS) (int64, error) {
	files, err := fs.Glob(dir, "*.sql")
	if err != nil {
		return 0, fmt.Errorf("read the migrations: %w", err)
	}
	if len(files) == 0 {
		return 0, errors.New("read the migrations: there are none")
	}
	version, err := goose.NumericComponent(files[len(files)-1])
	if err != nil {
		return 0, fmt.Errorf("read the migrations: %w", err)
	}
	return version, nil
}

// up applies what is missing. It reads every migration, with megabytes of room
// for each, so that only a database that lacks one may pay for it.
func up(ctx context.Context, dialect goose.Dialect, db *sql.DB, dir fs.FS) error {
	p, err := goose.NewProvider(dialect, db, dir, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("read the migrations: %w", err)
	}
	_, err = p.Up(ctx)
	if pe, ok := errors.AsType[*goose.PartialError](err); ok {
		return fmt.Errorf("apply migration %s: %w", pe.Failed.Source.Path, pe.Err)
	}
	if err != nil {
		return fmt.Errorf("apply migrations: %w", err)
	}
	return nil
}
