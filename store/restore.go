package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// A Restored says what a Restore did.
type Restored struct {
	Forgotten int   // people who were forgotten anew
	From, To  int64 // schema versions of the copy and of what became of it
}

// Restore puts the database file at copied in the place of that at path, once it
// has been verified, migrated, cleared of everyone whom gone reports, and told that
// whatever was due before now may have been sent. aside is where the database that
// was at path stands from then on, if there was one. The two files and aside must
// be in one folder. Restore refuses while a Store has the file at path open. Until
// it returns nil, the database at path is what it was.
func Restore(ctx context.Context, path, copied, aside string, now time.Time, gone func(userID string) bool) (Restored, error) {
	done, err := restore(ctx, path, copied, aside, now, gone)
	if err != nil {
		return Restored{}, fmt.Errorf("restore the database: %w", err)
	}
	return done, nil
}

func restore(ctx context.Context, path, copied, aside string, now time.Time, gone func(string) bool) (done Restored, err error) {
	lock := flock.New(path + ".lock")
	held, err := lock.TryLock()
	if err != nil {
		return done, fmt.Errorf("cannot write in the folder %s: %w", filepath.Dir(path), reason(err))
	}
	if !held {
		return done, fmt.Errorf("%s is in use by a running unpinch: stop that one first", path)
	}
	defer func() { err = errors.Join(err, lock.Unlock()) }()
	if err := Verify(ctx, copied); err != nil {
		return done, err
	}
	// The log of a restore that was killed would be played into this copy.
	if err := errors.Join(removeIfThere(copied+"-wal"), removeIfThere(copied+"-shm")); err != nil {
		return done, err
	}
	if done, err = renew(ctx, copied, now, gone); err != nil {
		return done, err
	}
	if err := setAside(ctx, path, aside); err != nil {
		return done, err
	}
	if err := os.Rename(copied, path); err != nil {
		return done, err
	}
	return done, syncFolder(path)
}

const (
	// To go on with the session of the copy would bring what Discord told since once
	// more.
	dropSessionsQuery = `DELETE FROM gateway_sessions`
	// What waited in the copy and was due since may have arrived: the sender looks.
	mayHaveArrivedQuery = `
UPDATE occurrences SET tried_at = coalesce(tried_at, max(due_at, 0)) WHERE state IN ('due', 'sending') AND due_at <= ?`
	// What the copy had not planned yet and was due since has no row to look for, so
	// it is not sent.
	accountQuery = `UPDATE class_posts SET accounted_to = ?1 WHERE accounted_to < ?1`
	// The numbers given out since the copy stand on buttons in channels: nothing new
	// gets one of them.
	allNumbersQuery = `
INSERT INTO sqlite_sequence (name, seq) SELECT name, 0 FROM sqlite_schema
WHERE type = 'table' AND sql LIKE '%AUTOINCREMENT%' AND name NOT IN (SELECT name FROM sqlite_sequence)`
	newNumbersQuery = `UPDATE sqlite_sequence SET seq = max(seq, ?)`
)

// catchUp tells a copy that life went on without it until now.
func (s *Store) catchUp(ctx context.Context, now time.Time) error {
	return s.inTx(ctx, "bring the copy to the present", func(tx *sql.Tx) error {
		_, err1 := tx.ExecContext(ctx, dropSessionsQuery)
		_, err2 := tx.ExecContext(ctx, mayHaveArrivedQuery, now.Unix())
		_, err3 := tx.ExecContext(ctx, accountQuery, now.Unix())
		_, err4 := tx.ExecContext(ctx, allNumbersQuery)
		_, err5 := tx.ExecContext(ctx, newNumbersQuery, now.Unix())
		return errors.Join(err1, err2, err3, err4, err5)
	})
}

// renew brings a copy up to date: its schema, who is in it, and what it takes for
// sent.
func renew(ctx context.Context, copied string, now time.Time, gone func(string) bool) (done Restored, err error) {
	s, err := Open(ctx, copied, Options{})
	if err != nil {
		return done, err
	}
	defer func() {
		err = errors.Join(err, s.Close(), removeIfThere(copied+".lock"), removeIfThere(copied+spareSuffix))
	}()
	done.From, done.To = s.from, s.to
	people, err := s.people(ctx)
	if err != nil {
		return done, err
	}
	for _, id := range people {
		if !gone(id) {
			continue
		}
		if _, err := s.Forget(ctx, id); err != nil {
			return done, err
		}
		done.Forgotten++
	}
	if err := s.catchUp(ctx, now); err != nil {
		return done, err
	}
	return done, s.Scrub(ctx)
}

// people returns everyone about whom something is held.
func (s *Store) people(ctx context.Context) ([]string, error) {
	var parts []string
	for _, p := range s.personal {
		parts = append(parts, fmt.Sprintf("SELECT %s FROM %s WHERE %[1]s IS NOT NULL", quote(p.column), quote(p.table)))
	}
	rows, err := s.read.QueryContext(ctx, strings.Join(parts, " UNION ")+" ORDER BY 1")
	if err != nil {
		return nil, fmt.Errorf("list the people: %w", err)
	}
	defer rows.Close()
	var out []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		out = append(out, id)
	}
	return out, rows.Err()
}

// setAside gives the database at path a second name and takes its write-ahead log
// out of the way, which would be played into whatever file comes to stand there. A
// database that still works gets the log folded in first; one that doesn't keeps
// it beside its second name.
func setAside(ctx context.Context, path, aside string) error {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return errors.Join(removeIfThere(path+"-wal"), removeIfThere(path+"-shm"))
	}
	fold(ctx, path)
	if err := keepAside(path, aside); err != nil {
		return fmt.Errorf("keep the database that is there: %w", err)
	}
	err := os.Rename(path+"-wal", aside+"-wal")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("keep the write-ahead log that is there: %w", err)
	}
	return removeIfThere(path + "-shm")
}

// keepAside gives the file at path a second name, or where the disk has no links, a
// second file. It replaces nothing.
func keepAside(path, aside string) error {
	err := os.Link(path, aside)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	return duplicate(path, aside)
}

// duplicate copies the file at path to the new file aside, or leaves none.
func duplicate(path, aside string) (err error) {
	in, err := os.Open(path)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(aside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	_, err = io.Copy(out, in)
	if err = errors.Join(err, out.Sync(), out.Close()); err != nil {
		return errors.Join(err, os.Remove(aside))
	}
	return nil
}

// fold copies the write-ahead log into the database at path, if it can be read.
func fold(ctx context.Context, path string) {
	db, err := openAlone(path, writerDSN)
	if err != nil {
		return
	}
	_ = checkpoint(ctx, db, "TRUNCATE") // one that is damaged stays as it is
	_ = db.Close()
}

func removeIfThere(path string) error {
	if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

// syncFolder makes a new name in the folder of path outlast a power cut.
func syncFolder(path string) error {
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	_ = dir.Sync() // some systems can't, and need it less
	return dir.Close()
}
