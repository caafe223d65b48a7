package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
)

const (
	pageCountQuery = `SELECT page_count FROM pragma_page_count`
	integrityQuery = `SELECT integrity_check FROM pragma_integrity_check LIMIT 1`
	strayRowsQuery = `SELECT count(*) FROM pragma_foreign_key_check`
)

// Copy writes the database file at path to w as it stands at one instant of the
// call, without what deleted rows left in it. Others may read and write
// meanwhile, in this process or another. Nothing of it is written anywhere else.
func Copy(ctx context.Context, path string, w io.Writer) error {
	db, err := openAlone(path, readerDSN)
	if err != nil {
		return fmt.Errorf("copy the database: %w", err)
	}
	err = inTx(ctx, db, func(tx *sql.Tx) error {
		var pages int64
		if err := tx.QueryRowContext(ctx, pageCountQuery).Scan(&pages); err != nil {
			return err
		}
		for first := int64(1); first <= pages; first += pagesRead {
			if err := copyPages(ctx, tx, first, min(pages, first+pagesRead-1), w); err != nil {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(explain(path, err), db.Close()); err != nil {
		return fmt.Errorf("copy the database: %w", err)
	}
	return nil
}

// openAlone opens the file at path, which must be there, for one connection.
func openAlone(path string, dsn func(file string) string) (*sql.DB, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%s: there is no such file", path)
	}
	file, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	db, err := sql.Open("sqlite", dsn(file))
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	return db, nil
}

func copyPages(ctx context.Context, tx *sql.Tx, first, last int64, w io.Writer) error {
	rows, err := tx.QueryContext(ctx, pagesQuery, first, last)
	if err != nil {
		return err
	}
	defer rows.Close()
	next := first
	for ; rows.Next(); next++ {
		var no int64
		var page []byte
		if err := rows.Scan(&no, &page); err != nil {
			return err
		}
		if no != next {
			return fmt.Errorf("page %d is missing", next)
		}
		if _, err := blank(no, page); err != nil {
			return err
		}
		if _, err := w.Write(page); err != nil {
			return err
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	if next != last+1 {
		return fmt.Errorf("page %d is missing", next)
	}
	return nil
}

// Verify reads all of the database file at path, which nobody may have open, and
// returns an error unless it is whole, ours, and of a version that this program
// knows. It writes nothing.
func Verify(ctx context.Context, path string) error {
	db, err := openAlone(path, func(file string) string {
		return dsn(file, url.Values{"mode": {"ro"}, "immutable": {"1"}, "_pragma": {tempInMemory}})
	})
	if err != nil {
		return fmt.Errorf("verify the copy: %w", err)
	}
	if err := errors.Join(explain(path, verify(ctx, db)), db.Close()); err != nil {
		return fmt.Errorf("verify the copy: %w", err)
	}
	return nil
}

func verify(ctx context.Context, db *sql.DB) error {
	var found string
	if err := db.QueryRowContext(ctx, integrityQuery).Scan(&found); err != nil {
		return err
	}
	if found != "ok" {
		return fmt.Errorf("the database is damaged: %s", found)
	}
	var stray int
	if err := db.QueryRowContext(ctx, strayRowsQuery).Scan(&stray); err != nil {
		return err
	}
	if stray > 0 {
		return fmt.Errorf("the database is damaged: %d rows belong to nothing", stray)
	}
	var tables, versions int
	if err := db.QueryRowContext(ctx, sqliteDialect().ownTables).Scan(&tables, &versions); err != nil {
		return err
	}
	if versions == 0 {
		return errors.New("it is no database of unpinch")
	}
	var version int64
	if err := db.QueryRowContext(ctx, versionQuery).Scan(&version); err != nil {
		return err
	}
	return known(ctx, db, version)
}
