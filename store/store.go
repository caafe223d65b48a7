// Package store keeps what Unpinch has to remember in one SQLite file or, for a large
// bot, in a PostgreSQL database.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/gofrs/flock"
	"modernc.org/sqlite"
)

// readers is how many connections serve reads beside the one that writes.
const readers = 4

// Options are what the caller of Open may choose.
type Options struct {
	// Log gets a line when the schema is migrated; nil logs nothing.
	Log *slog.Logger
	// Shared lets other Stores have the same PostgreSQL database open, too, whose schema
	// it leaves as it is. A file has only ever one.
	Shared bool
	// NoCaps lets a server have more places and classes than the product does:
	// for tests and benchmarks that fill one.
	NoCaps bool
	// Program is the version that is noted with a schema this Open makes.
	Program string
	// BeforeMigration, if not nil, is called before the schema of a file that has
	// one is changed: to copy the file. The schema stays if it returns an error.
	BeforeMigration func(ctx context.Context, file string, from, to int64) error
	// Watch, if not nil, is called before each write that waits for the disk; what
	// it returns is called when that has ended.
	Watch func() (done func())
}

// A Store is an open database. Its methods may be called from several
// goroutines at once.
type Store struct {
	file     string  // "" in PostgreSQL
	write    *sql.DB // one connection, so that writers queue here and not in the database
	read     *reader
	hot      *reader      // keeps what write has compiled
	lock     *flock.Flock // of the file
	shared   bool
	log      *slog.Logger
	dialect  dialect
	personal []personalColumn
	noCaps   bool
	written  chan struct{}
	program  string
	before   func(ctx context.Context, file string, from, to int64) error

	forgetting sync.Mutex

	from, to int64 // schema versions before and after opening
}

// A plan is what a database should become. Tests open one with other tables.
type plan struct {
	migrations fs.FS
	personal   []personalColumn
}

// Open opens the database file at path and brings its schema up to date. It
// makes the file, readable by its owner only, and the folder where they are
// missing. Only one Store can have a file open at a time, in any process, so that
// whoever claimed an occurrence before is gone: its claims are free. A path that IsURL
// is of a PostgreSQL database, which must be there.
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	s, err := open(ctx, path, o, plan{migrationFiles, personalColumns()})
	if err != nil {
		return nil, err
	}
	if s.shared {
		return s, nil
	}
	if err := s.freeClaims(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open the store: %w", explain(path, err)), s.Close())
	}
	return s, nil
}

func open(ctx context.Context, path string, o Options, p plan) (*Store, error) {
	s := &Store{log: o.Log, dialect: sqliteDialect(), personal: p.personal, shared: o.Shared && IsURL(path), noCaps: o.NoCaps, written: make(chan struct{}, 1), program: o.Program, before: o.BeforeMigration}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if err := s.open(ctx, path, o, p.migrations); err != nil {
		return nil, errors.Join(fmt.Errorf("open the store: %w", err), s.Close())
	}
	if s.from != s.to {
		s.log.InfoContext(ctx, "database migrated", "from", s.from, "to", s.to)
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, path string, o Options, migrations fs.FS) error {
	var err error
	if IsURL(path) {
		err, path = s.openServer(ctx, path), Server(path) // as the address holds a password
	} else {
		err = s.openFile(path, o)
	}
	if err != nil {
		return explain(path, err)
	}
	if err := s.check(ctx, path); err != nil {
		return explain(path, err)
	}
	if err := s.migrate(ctx, path, migrations); err != nil {
		return explain(path, err)
	}
	return explain(path, s.read.PingContext(ctx))
}

func (s *Store) openFile(path string, o Options) error {
	var err error
	if s.file, err = s.claim(path); err != nil {
		return err
	}
	writer, err := sqlite.NewConnector(writerDSN(s.file))
	if err != nil {
		return err
	}
	read, err := sql.Open("sqlite", readerDSN(s.file))
	if err != nil {
		return err
	}
	s.connect(sql.OpenDB(telling{writer, s.tellChanged, o.Watch}), read)
	return nil
}

func (s *Store) connect(write, read *sql.DB) {
	s.write = write
	s.write.SetMaxOpenConns(1)
	s.hot = &reader{DB: s.write}
	s.read = &reader{DB: read}
	s.read.SetMaxOpenConns(readers)
	s.read.SetMaxIdleConns(readers)
}

// claim makes the folder and the file, takes the lock, and returns the
// absolute path. It touches the file before SQLite opens it and never after:
// closing a second descriptor would drop SQLite's own locks.
func (s *Store) claim(path string) (string, error) {
	if path == "" {
		return "", errors.New("no path is given for the database")
	}
	file, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	// Two names of one file must meet at one lock.
	if target, err := filepath.EvalSymlinks(file); err == nil {
		file = target
	}
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		return "", fmt.Errorf("%s is a folder: give the path of a file", path)
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return "", fmt.Errorf("cannot make the folder %s: %w", filepath.Dir(path), reason(err))
	}
	s.lock = flock.New(file + ".lock")
	held, err := s.lock.TryLock()
	if err != nil {
		return "", fmt.Errorf("cannot write in the folder %s: %w", filepath.Dir(path), reason(err))
	}
	if !held {
		return "", fmt.Errorf("%s is in use by another unpinch: stop that one first", path)
	}
	// SQLite gives -wal and -shm the mode of this file.
	f, err := os.OpenFile(file, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return "", fmt.Errorf("cannot write to %s: %w", path, reason(err))
	}
	return file, f.Close()
}

// foldMax is how long Close waits for whoever writes still, or reads what was there
// before.
const foldMax = 5 * time.Second

// Close closes the database and frees the file for the next one. The file alone
// then has all that was written, whoever else has it open; the log says so if it
// has not, as somebody still reads what was there before. Call it when no other
// method is running; calling it again does nothing.
func (s *Store) Close() error {
	var errs []error
	if s.lock != nil && s.to > 0 && s.lock.Locked() { // as none of PostgreSQL is
		s.fold()
	}
	// The writer goes last: the last connection folds the -wal file back in,
	// which a read-only one cannot.
	if s.read != nil {
		errs = append(errs, s.read.Close())
	}
	if s.write != nil {
		errs = append(errs, s.write.Close())
	}
	if s.lock != nil {
		errs = append(errs, s.lock.Unlock())
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close the store: %w", err)
	}
	return nil
}

// fold brings what the -wal file has into the database's own. SQLite does so when
// the last connection closes, which may be another program's, that can't.
func (s *Store) fold() {
	ctx, cancel := context.WithTimeout(context.Background(), foldMax)
	defer cancel()
	if err := checkpoint(ctx, s.write, "FULL"); err != nil {
		s.log.Warn("what was written last is beside the database file, in its -wal: copy both, or use unpinch backup; the next start brings them together", "err", err)
	}
}

func writerDSN(file string) string {
	return dsn(file, url.Values{
		"_txlock":       {"immediate"},
		"_journal_mode": {"WAL"},
		"_synchronous":  {"FULL"},
		"_busy_timeout": {"1500"}, // nobody but another program locks it, and all others queue behind who waits
		"_pragma":       {"secure_delete(ON)", tempInMemory},
	})
}

func readerDSN(file string) string {
	return dsn(file, url.Values{"mode": {"ro"}, "_pragma": {tempInMemory}})
}

// tempInMemory keeps what SQLite sorts, or may have to undo, out of the system's
// folder for temporary files.
const tempInMemory = "temp_store(MEMORY)"

// scrubDSN is of a connection that may write pages. Others wait while it writes:
// it syncs nothing but at checkpoints, makes none of those by itself, and waits
// 25 ms for a reader.
func scrubDSN(file string) string {
	return dsn(file, url.Values{
		"_txlock":       {"immediate"},
		"_synchronous":  {"NORMAL"},
		"_busy_timeout": {"25"},
		"_defensive":    {"0"},
		"_pragma":       {"wal_autocheckpoint(0)", tempInMemory},
	})
}

// dsn names file as a URI, without which SQLite ignores mode=ro. The settings
// are part of it so that they hold for every connection of the pool; the
// driver sets the busy timeout before the others.
func dsn(file string, query url.Values) string {
	for setting, value := range map[string]string{"_busy_timeout": "5000", "_foreign_keys": "ON", "_dqs": "0", "_defensive": "1"} {
		if !query.Has(setting) {
			query.Set(setting, value)
		}
	}
	name := filepath.ToSlash(file)
	if !strings.HasPrefix(name, "/") {
		name = "/" + name // C:/…
	}
	u := url.URL{Scheme: "file", Path: name, RawQuery: query.Encode()}
	return u.String()
}

// explain puts the database's refusal to open what is at path into words.
func explain(path string, err error) error {
	if err == nil {
		return nil
	}
	if t, ok := TroubleOf(err); ok && strings.Contains(err.Error(), "\n") { // a line for each address that was tried
		return fmt.Errorf("%s: %s", path, t.Says)
	} else if ok {
		return fmt.Errorf("%s: %s (%w)", path, t.Says, err)
	}
	if _, ok := errors.AsType[*sqlite.Error](err); ok || serverSays(err) != "" {
		return fmt.Errorf("%s: %w", path, err)
	}
	return err
}

// reason is err without the operation and path that the caller names better.
func reason(err error) error {
	if pe, ok := errors.AsType[*fs.PathError](err); ok {
		return pe.Err
	}
	return err
}

// inTx runs do in one transaction: all of it happens, or nothing.
func inTx(ctx context.Context, db *sql.DB, do func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer tx.Rollback() // does nothing after Commit
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}
