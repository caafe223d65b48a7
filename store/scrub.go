package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Deleting a row leaves copies of it behind, which this file overwrites.
// secure_delete zeroes the row where it stood last, and the pages that become
// free. But when SQLite spreads rows over pages anew, it leaves them, too, in what
// the old pages have unused then: of 1,000 deleted ids eight or so stay. And the
// write-ahead log has the pages from before. So a scrub zeroes what is unused in
// each page, through SQLite, so that it is one change among others, and empties
// the log after. Nobody waits for that but in turns of some milliseconds, and
// nothing is written anywhere else.

const (
	askScrubQuery = `INSERT INTO scrubs (id, asked) VALUES (1, 1) ON CONFLICT (id) DO UPDATE SET asked = scrubs.asked + 1`
	scrubsQuery   = `SELECT coalesce(max(asked), 0) FROM scrubs`
	scrubbedQuery = `DELETE FROM scrubs WHERE asked = ?`
	pagesQuery    = `
WITH RECURSIVE n (no) AS (VALUES (?1) UNION ALL SELECT no + 1 FROM n WHERE no < ?2)
SELECT d.pgno, d.data FROM n CROSS JOIN sqlite_dbpage d WHERE d.pgno = n.no`
	pageQuery      = `SELECT data FROM sqlite_dbpage WHERE pgno = ?`
	writePageQuery = `UPDATE sqlite_dbpage SET data = ?2 WHERE pgno = ?1`

	pagesRead    = 256 // at once
	pagesWritten = 32  // at once, while others wait to write
)

// ErrInUse is a write-ahead log that can't be emptied yet.
var ErrInUse = errors.New("someone is still reading what was there before")

// AskScrub has the next Scrub overwrite what deleted rows left in the files.
func (s *Store) AskScrub(ctx context.Context) error {
	if _, err := s.write.ExecContext(ctx, askScrubQuery); err != nil {
		return fmt.Errorf("ask for a scrub: %w", err)
	}
	return nil
}

// Scrub overwrites what deleted rows left in the database's files, if that was
// asked for since the last time, by Forget for one, and sees to the room that
// Forget needs on a full disk. Other methods may be called
// meanwhile; they wait for some milliseconds at most. What deleted rows left is
// gone when Scrub returns nil. It returns ErrInUse if a reader began before the
// rows were deleted and has not ended: then call it again, as after any error. In
// PostgreSQL it has the server vacuum the tables: what it leaves there, in its log and
// in copies, is the server's to end.
func (s *Store) Scrub(ctx context.Context) error {
	var asked int
	if err := s.read.QueryRowContext(ctx, scrubsQuery).Scan(&asked); err != nil {
		return fmt.Errorf("scrub the files: %w", err)
	}
	if s.file == "" {
		return s.vacuum(ctx, asked)
	}
	if asked == 0 {
		s.keepSpare()
		return nil
	}
	db, err := sql.Open("sqlite", scrubDSN(s.file))
	if err != nil {
		return fmt.Errorf("scrub the files: %w", err)
	}
	db.SetMaxOpenConns(1)
	err = errors.Join(s.scrub(ctx, db), db.Close())
	if err == nil {
		s.keepSpare()
		_, err = s.write.ExecContext(ctx, scrubbedQuery, asked)
	}
	if err != nil {
		return fmt.Errorf("scrub the files: %w", err)
	}
	return nil
}

func (s *Store) scrub(ctx context.Context, db *sql.DB) error {
	for first := int64(1); ; first += pagesRead {
		stale, read, err := unclean(ctx, db, first)
		if err != nil {
			return err
		}
		for len(stale) > 0 {
			n := min(len(stale), pagesWritten)
			if err := s.inTurn(ctx, func() error { return clean(ctx, db, stale[:n]) }); err != nil {
				return err
			}
			if stale = stale[n:]; len(stale) == 0 {
				// The log stays short, at nobody's cost.
				if err := checkpoint(ctx, db, "PASSIVE"); err != nil && !errors.Is(err, ErrInUse) {
					return err
				}
			}
		}
		if read == 0 {
			break
		}
	}
	if err := checkpoint(ctx, db, "PASSIVE"); err != nil && !errors.Is(err, ErrInUse) {
		return err
	}
	return s.inTurn(ctx, func() error { return checkpoint(ctx, db, "TRUNCATE") })
}

// inTurn runs do while no other method writes.
func (s *Store) inTurn(ctx context.Context, do func() error) error {
	turn, err := s.write.Conn(ctx)
	if err != nil {
		return err
	}
	return errors.Join(do(), turn.Close())
}

// unclean returns which of the pages from first on have something where they hold
// nothing, and how many were read.
func unclean(ctx context.Context, db *sql.DB, first int64) (stale []int64, read int, err error) {
	rows, err := db.QueryContext(ctx, pagesQuery, first, first+pagesRead-1)
	if err != nil {
		return nil, 0, err
	}
	defer rows.Close()
	for rows.Next() {
		var no int64
		var page sql.RawBytes
		if err := rows.Scan(&no, &page); err != nil {
			return nil, 0, err
		}
		changed, err := blank(no, page)
		if err != nil {
			return nil, 0, err
		}
		if changed {
			stale = append(stale, no)
		}
		read++
	}
	return stale, read, rows.Err()
}

// clean zeroes what pages hold nothing in.
func clean(ctx context.Context, db *sql.DB, pages []int64) error {
	return inTx(ctx, db, func(tx *sql.Tx) error {
		for _, no := range pages {
			var page []byte
			if err := tx.QueryRowContext(ctx, pageQuery, no).Scan(&page); err != nil {
				return err
			}
			changed, err := blank(no, page)
			if err != nil {
				return err
			}
			if !changed { // by now
				continue
			}
			if _, err := tx.ExecContext(ctx, writePageQuery, no, page); err != nil {
				return err
			}
		}
		return nil
	})
}

// checkpoint copies the write-ahead log into the database file. It returns
// ErrInUse if it can't copy, or empty, all of it.
func checkpoint(ctx context.Context, db *sql.DB, mode string) error {
	var busy, frames, moved int
	if err := db.QueryRowContext(ctx, "PRAGMA wal_checkpoint("+mode+")").Scan(&busy, &frames, &moved); err != nil {
		return fmt.Errorf("empty the write-ahead log: %w", err)
	}
	if busy != 0 {
		return fmt.Errorf("empty the write-ahead log: %w", ErrInUse)
	}
	return nil
}
