package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// agreed is a moment for tests that need one.
func agreed() time.Time { return time.Date(2026, 11, 22, 18, 30, 0, 0, time.UTC) }

// tempPath is where a store of the test's own can be: a file, or a schema on
// testServer.
func tempPath(t testing.TB) string {
	t.Helper()
	if testServer() != "" {
		return ownSchema(t)
	}
	return filepath.Join(t.TempDir(), "unpinch.db")
}

// openAt opens path and closes it when the test ends.
func openAt(t testing.TB, path string) *Store {
	t.Helper()
	s, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeStore(t, s) })
	return s
}

// emptyFile is that of a store in which nothing is: to make its tables anew would
// take a third of the tests' time.
var emptyFile = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "unpinch")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "unpinch.db")
	s, err := Open(context.Background(), path, Options{})
	if err != nil {
		return nil, err
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	return os.ReadFile(path)
})

// emptyPath is where a file of the test's own is, of a store in which nothing is.
func emptyPath(t testing.TB) string {
	t.Helper()
	if testServer() != "" {
		return openAt(t, ownSchema(t))
	}
	empty, err := emptyFile()
	if err != nil {
		t.Fatal(err)
	}
	path := tempPath(t)
	if err := os.WriteFile(path, empty, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// openEmpty opens a store of the test's own in which nothing is.
func openEmpty(t testing.TB) *Store {
	t.Helper()
	return openAt(t, emptyPath(t))
}

func openPlan(t testing.TB, path string, p plan) *Store {
	t.Helper()
	s, err := open(t.Context(), path, Options{}, p)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeStore(t, s) })
	return s
}

func closeStore(t testing.TB, s *Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func dump(t testing.TB, s *Store) string {
	t.Helper()
	text, err := s.Dump(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// checkRefused expects one line with every wanted part.
func checkRefused(t *testing.T, err error, want ...string) {
	t.Helper()
	if err == nil {
		t.Fatalf("got no error, want one with %q", want)
	}
	if strings.Contains(err.Error(), "\n") {
		t.Errorf("got several lines, want one sentence:\n%v", err)
	}
	for _, w := range append(want, "open the store: ") {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("got %q, want it to contain %q", err, w)
		}
	}
}

func TestOpenMakesPrivateFiles(t *testing.T) {
	ofFile(t)
	dir := filepath.Join(t.TempDir(), "var", "unpinch")
	s := openAt(t, filepath.Join(dir, "unpinch.db"))
	if err := s.Agree(t.Context(), "1", 1, "en-GB", agreed()); err != nil {
		t.Fatal(err)
	}
	want := map[string]fs.FileMode{
		"..":              0o700,
		".":               0o700,
		"unpinch.db":      0o600,
		"unpinch.db-wal":  0o600,
		"unpinch.db-shm":  0o600,
		"unpinch.db.lock": 0o600,
	}
	for name, mode := range want {
		info, err := os.Stat(filepath.Join(dir, name))
		if err != nil {
			t.Error(err)
			continue
		}
		if got := info.Mode().Perm(); got != mode {
			t.Errorf("%s: got mode %o, want %o", name, got, mode)
		}
	}
}

func TestOpenOddPaths(t *testing.T) {
	ofFile(t)
	for _, name := range []string{
		"with space.db", "what?.db", "a#b.db", "100%.db", "%41.db", "a&mode=memory.db",
		"?mode=ro", "ü.db", "semi;colon.db", "plus+.db", "it's \"odd\".db",
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			s := openAt(t, filepath.Join(dir, name))
			if err := s.SetSetting(t.Context(), "a", "b"); err != nil {
				t.Fatal(err)
			}
			if got, err := s.Setting(t.Context(), "a"); got != "b" || err != nil {
				t.Errorf("got %q, %v, want b", got, err)
			}
			if info, err := os.Stat(filepath.Join(dir, name)); err != nil || info.Size() == 0 {
				t.Errorf("the database is not in the file of its name: %v, %v", info, err)
			}
			closeStore(t, s)
			entries, err := os.ReadDir(dir)
			if err != nil || len(entries) != 2 {
				t.Errorf("got %v, %v, want the database and its lock", entries, err)
			}
		})
	}
}

func TestOpenRelativePathAndLink(t *testing.T) {
	ofFile(t)
	t.Chdir(t.TempDir())
	s := openAt(t, "unpinch.db")
	if err := os.Symlink("unpinch.db", "link.db"); err != nil {
		t.Fatal(err)
	}
	_, err := Open(t.Context(), "link.db", Options{})
	checkRefused(t, err, "link.db is in use by another unpinch")
	closeStore(t, s)
	openAt(t, "link.db")
}

func TestConnectionSettings(t *testing.T) {
	ofFile(t)
	s := openAt(t, tempPath(t))
	for _, c := range []struct {
		pragma        string
		writer, reads string
	}{
		{"journal_mode", "wal", "wal"},
		{"synchronous", "2", ""}, // FULL; a reader never syncs
		{"foreign_keys", "1", "1"},
		{"busy_timeout", "1000", "5000"},
		{"secure_delete", "1", ""},
	} {
		for _, side := range []struct {
			name string
			db   *sql.DB
			want string
		}{{"writer", s.write, c.writer}, {"reader", s.read.DB, c.reads}} {
			var got string
			if err := side.db.QueryRowContext(t.Context(), "PRAGMA "+c.pragma).Scan(&got); err != nil {
				t.Fatal(err)
			}
			if side.want != "" && got != side.want {
				t.Errorf("%s of the %s: got %s, want %s", c.pragma, side.name, got, side.want)
			}
		}
	}
	if got := s.write.Stats().MaxOpenConnections; got != 1 {
		t.Errorf("got %d writing connections, want 1", got)
	}
	if got := s.read.Stats().MaxOpenConnections; got != 4 {
		t.Errorf("got %d reading connections, want 4", got)
	}
	if _, err := s.write.ExecContext(t.Context(), `INSERT INTO settings VALUES ("double", "quotes")`); err == nil {
		t.Error("double quotes made a string, want an error")
	}
	if _, err := s.write.ExecContext(t.Context(), `PRAGMA writable_schema = ON`); err != nil {
		t.Fatal(err)
	}
	if _, err := s.write.ExecContext(t.Context(), `UPDATE sqlite_schema SET name = 'x'`); err == nil {
		t.Error("the schema's own table could be changed, want defensive mode")
	}
}

func TestReadersCannotWrite(t *testing.T) {
	s := openAt(t, tempPath(t))
	_, err := s.read.ExecContext(t.Context(), `INSERT INTO settings VALUES ('a', 'b')`)
	if err == nil || !strings.Contains(strings.ReplaceAll(err.Error(), "-", ""), "readonly") {
		t.Errorf("got %v, want a refusal", err)
	}
}

func TestLock(t *testing.T) {
	path := tempPath(t)
	s := openAt(t, path)
	_, err := Open(t.Context(), path, Options{})
	checkRefused(t, err, shown(path)+" is in use by another unpinch")
	if _, _, err := Migrate(t.Context(), path, Options{}); err == nil {
		t.Error("Migrate ran on a database in use")
	}
	// The refused opening did not harm the first.
	if err := s.SetSetting(t.Context(), "a", "b"); err != nil {
		t.Error(err)
	}
	closeStore(t, s)
	second := openAt(t, path)
	// Closing the first again does not free the second's file.
	closeStore(t, s)
	_, err = Open(t.Context(), path, Options{})
	checkRefused(t, err, shown(path)+" is in use by another unpinch")
	closeStore(t, second)
}

func TestClosedStoreSaysSo(t *testing.T) {
	s := openAt(t, tempPath(t))
	closeStore(t, s)
	if err := s.SetSetting(t.Context(), "a", "b"); err == nil {
		t.Error("SetSetting wrote after Close")
	}
	if _, err := s.Setting(t.Context(), "a"); err == nil {
		t.Error("Setting read after Close")
	}
}

func TestCancelled(t *testing.T) {
	path := tempPath(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Open(ctx, path, Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("Open: got %v, want %v", err, context.Canceled)
	}
	s := openAt(t, path)
	before := dump(t, s)
	_, _, consent := s.Consent(ctx, "1")
	_, export := s.Export(ctx, "1")
	_, forget := s.Forget(ctx, "1")
	_, setting := s.Setting(ctx, "a")
	_, version := s.Version(ctx)
	_, text := s.Dump(ctx)
	for name, err := range map[string]error{
		"Consent": consent, "Export": export, "Forget": forget, "Setting": setting, "Version": version, "Dump": text,
		"Agree":      s.Agree(ctx, "1", 1, "en-GB", agreed()),
		"SetSetting": s.SetSetting(ctx, "a", "b"),
	} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%s: got %v, want %v", name, err, context.Canceled)
		}
	}
	if after := dump(t, s); after != before {
		t.Errorf("got %s, want %s", after, before)
	}
}

// A wait for the writer ends with the context.
func TestCancelledWhileWaiting(t *testing.T) {
	s := openAt(t, tempPath(t))
	ctx, cancel := context.WithCancel(t.Context())
	err := inTx(t.Context(), s.write, func(*sql.Tx) error {
		done := make(chan error)
		go func() { done <- s.SetSetting(ctx, "a", "b") }()
		cancel()
		return <-done
	})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
}

func TestOpenLogsMigration(t *testing.T) {
	path := tempPath(t)
	var log strings.Builder
	o := Options{Log: slog.New(slog.NewTextHandler(&log, nil))}
	for range 2 {
		s, err := Open(t.Context(), path, o)
		if err != nil {
			t.Fatal(err)
		}
		closeStore(t, s)
	}
	if got := strings.Count(log.String(), `msg="database migrated" from=0 to=`); got != 1 || strings.Count(log.String(), "\n") != 1 {
		t.Errorf("got %q, want one line for the first opening only", log.String())
	}
}

func BenchmarkOpenFresh(b *testing.B) {
	dir := b.TempDir()
	for i := 0; b.Loop(); i++ {
		s, err := Open(b.Context(), filepath.Join(dir, fmt.Sprint(i)), Options{})
		if err != nil {
			b.Fatal(err)
		}
		closeStore(b, s)
	}
}

// Whoever waits for what is due hears of each write, and of none that there was not.
func TestChanged(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	told := func() bool {
		select {
		case <-s.Changed():
			return true
		default:
			return false
		}
	}
	told() // of the opening
	must(t, s.DropDrafts(t.Context(), agreed()))
	must(t, s.DropPlayers(t.Context(), agreed()))
	if _, err := s.Wake(t.Context(), "a"); err != nil || told() {
		t.Errorf("told of a write where there was none, %v", err)
	}
	for range 2 {
		must(t, s.AskScrub(t.Context()))
		if !told() {
			t.Error("not told of a write")
		}
	}
}
