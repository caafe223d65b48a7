package main

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"unpinch/backup"
	"unpinch/store"
)

// copies are the copies of one bot's database.
type copies struct {
	maker backup.Maker
	notes *backup.Notes
}

func newCopies(cfg config) (copies, error) {
	recipients, err := backup.Recipients(cfg.Backup.Recipient)
	if err != nil {
		return copies{}, fmt.Errorf("[backup] recipient: %w", err)
	}
	path := cfg.Store.Path
	copyTo := func(ctx context.Context, w io.Writer) error { return store.Copy(ctx, path, w) }
	if cfg.Store.URL != "" {
		copyTo = func(ctx context.Context, w io.Writer) error {
			defer backup.Erase(path + serverSuffix)
			return store.CopyServer(ctx, cfg.Store.URL, path+serverSuffix, w)
		}
	}
	return copies{backup.Maker{
		Copy:     copyTo,
		Verify:   store.Verify,
		Database: path, Recipients: recipients,
	}, backup.NotesOf(path, forgetsKey(cfg.Discord.Token))}, nil
}

// serverSuffix is that of the file, in the clear, by way of which a PostgreSQL database
// is copied.
const serverSuffix = ".server"

// options are how the database is opened: it is copied before its schema changes.
func (c copies) options(now func() time.Time, log *slog.Logger) store.Options {
	return store.Options{Log: log, Program: release, BeforeMigration: c.beforeMigration(now)}
}

// forgetsKey is the key under which it is noted who was forgotten. Like limitKey it
// comes from the token and stands in no file of ours.
func forgetsKey(token string) []byte {
	h := hmac.New(sha256.New, []byte(token))
	h.Write([]byte("unpinch forgets"))
	return h.Sum(nil)
}

func (c copies) encrypted() bool { return len(c.maker.Recipients) > 0 }

// make makes a copy. It is noted before, so that whoever is forgotten meanwhile is
// noted too.
func (c copies) make(ctx context.Context, out string, at time.Time) (size int64, err error) {
	if err := c.notes.Copied(out, at); err != nil {
		return 0, err
	}
	size, err = c.maker.Make(ctx, out, at)
	if err != nil {
		return 0, errors.Join(fmt.Errorf("back up: %w", err), c.notes.Failed(out, at))
	}
	return size, nil
}

// beforeMigration copies a database whose schema is about to change, beside it.
func (c copies) beforeMigration(now func() time.Time) func(ctx context.Context, file string, from, to int64) error {
	return func(ctx context.Context, file string, from, to int64) error {
		at := now()
		_, err := c.make(ctx, filepath.Join(filepath.Dir(file), fmt.Sprintf("%s.v%d.%s", filepath.Base(file), from, backup.Name(at, c.encrypted()))), at)
		return err
	}
}

// forgetful is the store to its members: before one is forgotten that is noted for
// the copies that have them.
type forgetful struct {
	*store.Store
	notes *backup.Notes
	now   func() time.Time
	log   *slog.Logger
}

// Forget removes everything held about the user, now and from any copy that is
// restored later. Trouble with the note keeps nobody from being forgotten now.
func (f forgetful) Forget(ctx context.Context, userID string) (rows int, err error) {
	if err := f.notes.Forgotten(userID, f.now()); err != nil {
		f.log.ErrorContext(ctx, "someone was forgotten whom a copy may still have, and restore won't know it: delete the copies from before now", "err", err)
	}
	return f.Store.Forget(ctx, userID)
}

const (
	// copyCheck is how often it is looked whether a copy is due, or failed.
	copyCheck = time.Hour
	// migrationKept is how long the copy stays that is made before a migration.
	migrationKept = 30 * 24 * time.Hour
)

// A nightly makes a copy each night.
type nightly struct {
	copies
	dir  string // where copies go; "" for nowhere
	keep int
	now  func() time.Time
	log  *slog.Logger
	made func(at time.Time, ok bool) // hears of each copy
}

// start makes the copies that are due, until the returned function is called.
func (n nightly) start(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	wg.Go(func() {
		for {
			wait := time.NewTimer(n.turn(ctx))
			select {
			case <-wait.C:
			case <-ctx.Done():
				wait.Stop()
				return
			}
		}
	})
	return func() { cancel(); wg.Wait() }
}

// turn makes a copy if one is due, deletes what is too old, and returns how long
// nothing else is to do.
func (n nightly) turn(ctx context.Context) time.Duration {
	now := n.now()
	if err := n.tidy(now); err != nil {
		n.log.WarnContext(ctx, "old copies of the database can't be deleted", "err", err)
	}
	if n.dir == "" {
		return copyCheck
	}
	kept, err := backup.List(n.dir)
	if err != nil {
		n.fail(ctx, now, err)
		return copyCheck
	}
	var last time.Time
	if len(kept) > 0 {
		last = kept[len(kept)-1].At
		n.made(last, true)
	}
	if due := backup.Due(last, now); due.After(now) {
		return min(due.Sub(now), copyCheck)
	}
	size, err := n.make(ctx, filepath.Join(n.dir, backup.Name(now, n.encrypted())), now)
	if err != nil {
		n.fail(ctx, now, err)
		return copyCheck
	}
	n.made(now, true)
	n.log.InfoContext(ctx, "database backed up", "bytes", size)
	if err := backup.Prune(n.dir, n.keep, now); err != nil {
		n.log.WarnContext(ctx, "old copies of the database can't be deleted", "err", err)
	}
	return copyCheck
}

// fail says that a copy could not be made, but for a stop.
func (n nightly) fail(ctx context.Context, at time.Time, err error) {
	if ctx.Err() != nil {
		return
	}
	n.made(at, false)
	n.log.WarnContext(ctx, "the database is not backed up, trying again in an hour", "err", err)
}

// removeOlder deletes a file that was made before an instant.
func removeOlder(file string, than time.Time) error {
	info, err := os.Stat(file)
	if err != nil || !info.ModTime().Before(than) {
		return nil // gone, or young
	}
	return os.Remove(file)
}

// tidy deletes copies that were made before a migration long ago, databases in the
// clear that a killed backup or restore left, and notes of people whom no copy has.
func (n nightly) tidy(now time.Time) error {
	if free, err := backup.Alone(n.maker.Database); err == nil { // else one is at work
		for _, left := range []string{".verify", serverSuffix, ".restore", ".restore-wal", ".restore-shm"} {
			backup.Erase(n.maker.Database + left)
		}
		free()
	}
	old, err := filepath.Glob(n.maker.Database + ".v*.unpinch-*.db.gz*")
	if err != nil {
		return err
	}
	for _, file := range old {
		if err := removeOlder(file, now.Add(-migrationKept)); err != nil {
			return err
		}
	}
	return n.notes.Tidy(now)
}
