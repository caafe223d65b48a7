package store

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/schedule"
)

func noOne(string) bool { return false }

// agreeAll has members agree, and so be known.
func agreeAll(t testing.TB, s *Store, ids ...string) {
	t.Helper()
	for _, id := range ids {
		if err := s.Agree(t.Context(), id, 1, "en-GB", agreed()); err != nil {
			t.Fatal(err)
		}
	}
}

// rows is dump without the numbers that come next, which a restore moves on.
func rows(t testing.TB, s *Store) string {
	t.Helper()
	text, _, _ := strings.Cut(dump(t, s), "sqlite_sequence")
	return text
}

// takeCopy puts a copy of the database beside it.
func takeCopy(t testing.TB, s *Store) string {
	t.Helper()
	data, err := os.ReadFile(copyOf(t, s.file))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.file+".restore", data, 0o600); err != nil {
		t.Fatal(err)
	}
	return s.file + ".restore"
}

func TestRestore(t *testing.T) {
	ofFile(t)
	s := openEmpty(t)
	agreeAll(t, s, "11111111111", "22222222222", "33333333333")
	before := rows(t, s)
	copied := takeCopy(t, s)
	agreeAll(t, s, "44444444444")
	aside := s.file + ".aside"
	if _, err := Restore(t.Context(), s.file, copied, aside, monday(), noOne); err == nil || !strings.Contains(err.Error(), "in use by a running unpinch: stop that one first") {
		t.Fatalf("while it runs: %v", err)
	}
	after := dump(t, s)
	closeStore(t, s)
	done, err := Restore(t.Context(), s.file, copied, aside, monday(), func(id string) bool { return id == "22222222222" })
	if want := (Restored{1, latest(t), latest(t)}); err != nil || done != want {
		t.Fatalf("got %+v, %v, want %+v", done, err, want)
	}
	old := openAt(t, aside)
	if got := dump(t, old); got != after {
		t.Errorf("aside: got\n%s\nwant\n%s", got, after)
	}
	closeStore(t, old)
	now := openAt(t, s.file)
	ids, err := now.people(t.Context())
	if want := []string{"11111111111", "33333333333"}; err != nil || !slices.Equal(ids, want) {
		t.Errorf("got %v, %v, want %v", ids, err, want)
	}
	checkBytes(t, now, []string{"22222222222"})
	agreeAll(t, now, "22222222222")
	if got := rows(t, now); got != before {
		t.Errorf("got\n%s\nwant\n%s", got, before)
	}
	if beside, err := filepath.Glob(s.file + ".restore*"); err != nil || len(beside) > 0 {
		t.Errorf("left: %v, %v", beside, err)
	}
}

// TestRestoreOverDamage: a database that can't be opened is kept, with its log, and
// the log is not played into the copy.
func TestRestoreOverDamage(t *testing.T) {
	ofFile(t)
	s := openEmpty(t)
	agreeAll(t, s, "11111111111")
	before, copied := rows(t, s), takeCopy(t, s)
	closeStore(t, s)
	junk := bytes.Repeat([]byte("junk"), 4096)
	for _, file := range []string{s.file, s.file + "-wal"} {
		if err := os.WriteFile(file, junk, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := Restore(t.Context(), s.file, copied, s.file+".aside", monday(), noOne); err != nil {
		t.Fatal(err)
	}
	if got := rows(t, openAt(t, s.file)); got != before {
		t.Errorf("got\n%s\nwant\n%s", got, before)
	}
	if got, err := os.ReadFile(s.file + ".aside"); err != nil || !bytes.Equal(got, junk) {
		t.Errorf("the damaged file was not kept: %d bytes, %v", len(got), err)
	}
}

// TestRestoreToNewPlace: there may be no database yet.
func TestRestoreToNewPlace(t *testing.T) {
	ofFile(t)
	s := openEmpty(t)
	agreeAll(t, s, "11111111111")
	before, copied := rows(t, s), takeCopy(t, s)
	path := filepath.Join(filepath.Dir(s.file), "other.db")
	if _, err := Restore(t.Context(), path, copied, path+".aside", monday(), noOne); err != nil {
		t.Fatal(err)
	}
	if got := rows(t, openAt(t, path)); got != before {
		t.Errorf("got\n%s\nwant\n%s", got, before)
	}
	if _, err := os.Stat(path + ".aside"); err == nil {
		t.Error("a file was set aside where none was")
	}
}

// TestRefusedRestoreChangesNothing: what is there stays if the copy is no good, or
// somebody can't be forgotten in it.
func TestRefusedRestoreChangesNothing(t *testing.T) {
	ofFile(t)
	s := openEmpty(t)
	agreeAll(t, s, "11111111111")
	before, copied := rows(t, s), takeCopy(t, s)
	closeStore(t, s)
	if err := os.Truncate(copied, 9000); err != nil {
		t.Fatal(err)
	}
	if _, err := Restore(t.Context(), s.file, copied, s.file+".aside", monday(), noOne); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("a copy cut short: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Restore(ctx, s.file, copied, s.file+".aside", monday(), noOne); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if got := rows(t, openAt(t, s.file)); got != before {
		t.Errorf("got\n%s\nwant\n%s", got, before)
	}
}

// TestBeforeMigration is called with the file as it was, and its error stops the
// migration.
func TestBeforeMigration(t *testing.T) {
	ofFile(t)
	path := tempPath(t)
	calls := 0
	o := Options{Program: "1.2.3", BeforeMigration: func(ctx context.Context, file string, from, to int64) error {
		calls++
		if from != latest(t) || to != 9001 {
			t.Errorf("from %d to %d", from, to)
		}
		if err := Copy(ctx, file, new(bytes.Buffer)); err != nil {
			t.Error(err)
		}
		if calls == 1 {
			return errors.New("the disk is full")
		}
		return nil
	}}
	later := plan{withMigrations(t, map[string]string{"9001_later.sql": "CREATE TABLE later (a TEXT) STRICT;"}), personalColumns()}
	for range 2 { // a new file has nothing to copy, nor has one that is up to date
		s, err := open(t.Context(), path, o, plan{migrationFiles, personalColumns()})
		if err != nil {
			t.Fatal(err)
		}
		closeStore(t, s)
	}
	if _, err := open(t.Context(), path, o, later); err == nil || !strings.Contains(err.Error(), "the disk is full") {
		t.Errorf("got %v", err)
	}
	s, err := open(t.Context(), path, o, later)
	if err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)
	if calls != 2 {
		t.Errorf("%d calls, want 2", calls)
	}
	if _, err := Open(t.Context(), path, o); err == nil || !strings.Contains(err.Error(), "install unpinch 1.2.3 or a newer one") {
		t.Errorf("an older program: %v", err)
	}
}

// TestRestoreDoublesNothing: what was due between the copy and now is looked for
// or left out, what comes later is not touched, and a number that was given out
// after the copy is given to nothing else.
func TestRestoreDoublesNothing(t *testing.T) {
	ofFile(t)
	s := openEmpty(t)
	class := addClass(t, s, addPlace(t, s, schedule.Place{GuildID: "1", Name: "Hall", ChannelID: "2"}), "5")
	waits := addDue(t, s, schedule.Occurrence{ClassID: class, DueAt: monday().Add(time.Minute)})
	later := addDue(t, s, schedule.Occurrence{ClassID: class, Kind: schedule.KindCoolDown, DueAt: monday().Add(2 * time.Hour)})
	copied := takeCopy(t, s)
	lost := addDue(t, s, schedule.Occurrence{ClassID: class, DueAt: monday().Add(10 * time.Minute)})
	closeStore(t, s)
	at := monday().Add(time.Hour)
	if _, err := Restore(t.Context(), s.file, copied, s.file+".aside", at, noOne); err != nil {
		t.Fatal(err)
	}
	r := openAt(t, s.file)
	all := claim(t, r, "a", at, 10)
	if len(all) != 1 || all[0].ID != waits || !all[0].TriedAt.Equal(monday().Add(time.Minute)) {
		t.Errorf("to be looked for: got %+v, want %d alone", all, waits)
	}
	var tried, early int
	must(t, r.read.QueryRowContext(t.Context(), `SELECT count(*) FROM occurrences WHERE id = ? AND tried_at IS NOT NULL`, later).Scan(&tried))
	must(t, r.read.QueryRowContext(t.Context(), `SELECT count(*) FROM class_posts WHERE accounted_to < ?`, at.Unix()).Scan(&early))
	if tried > 0 || early > 0 {
		t.Errorf("%d tried that are due later, %d plans that go back before now", tried, early)
	}
	if fresh := addDue(t, r, schedule.Occurrence{ClassID: class, DueAt: monday().Add(3 * time.Hour)}); fresh <= lost+1 {
		t.Errorf("number %d was %d's, which may stand on a button", fresh, lost)
	}
}

// TestKeepWithoutLinks: a disk without links keeps the database that was there too,
// and what is there already is not replaced.
func TestKeepWithoutLinks(t *testing.T) {
	ofFile(t)
	path := tempPath(t)
	must(t, os.WriteFile(path, []byte("old"), 0o600))
	must(t, duplicate(path, path+".aside"))
	if got, err := os.ReadFile(path + ".aside"); err != nil || string(got) != "old" {
		t.Errorf("got %q, %v", got, err)
	}
	for _, do := range []func(path, aside string) error{duplicate, keepAside} {
		must(t, os.WriteFile(path, []byte("new"), 0o600))
		if err := do(path, path+".aside"); !errors.Is(err, fs.ErrExist) {
			t.Errorf("got %v", err)
		}
		if got, err := os.ReadFile(path + ".aside"); err != nil || string(got) != "old" {
			t.Errorf("got %q, %v", got, err)
		}
	}
}

// TestRestoreAfterAKilledOne: the log that a killed restore left is not played into
// another copy.
func TestRestoreAfterAKilledOne(t *testing.T) {
	ofFile(t)
	s := openEmpty(t)
	agreeAll(t, s, "11111111111")
	before, copied := rows(t, s), takeCopy(t, s)
	closeStore(t, s)
	killed := openEmpty(t)
	agreeAll(t, killed, "22222222222", "33333333333")
	log, err := os.ReadFile(killed.file + "-wal")
	must(t, err)
	must(t, os.WriteFile(copied+"-wal", log, 0o600))
	if _, err := Restore(t.Context(), s.file, copied, s.file+".aside", monday(), noOne); err != nil {
		t.Fatal(err)
	}
	if got := rows(t, openAt(t, s.file)); got != before {
		t.Errorf("got\n%s\nwant\n%s", got, before)
	}
}
