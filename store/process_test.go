package store

import (
	"bufio"
	"database/sql/driver"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"testing"

	"modernc.org/sqlite"
)

var hold = flag.String("hold", "", "for TestHold: the database to hold open")

// TestHold is the other process of TestSecondProcess: it writes, says so, and
// keeps the database open until it is killed.
func TestHold(t *testing.T) {
	if *hold == "" {
		t.Skip("runs only as a child of TestSecondProcess")
	}
	s := openAt(t, *hold)
	if err := s.Agree(t.Context(), "1", 3, "en-GB", agreed()); err != nil {
		t.Fatal(err)
	}
	fmt.Println("holding")
	io.Copy(io.Discard, os.Stdin)
}

var migrating = flag.String("migrating", "", "for TestHoldMigration: the database to migrate")

// halfMigrations are two versions to come, the second with something more in it.
func halfMigrations(t *testing.T, more string) plan {
	t.Helper()
	return plan{withMigrations(t, map[string]string{
		"9001_fine.sql": "CREATE TABLE fine (a TEXT) STRICT;",
		"9002_half.sql": "CREATE TABLE half (a TEXT) STRICT;\nINSERT INTO half VALUES ('x');\n" + more,
	}), personalColumns()}
}

// TestHoldMigration is the other process of TestKilledMigration: in the middle of
// a migration it says so, and stays there until it is killed.
func TestHoldMigration(t *testing.T) {
	if *migrating == "" {
		t.Skip("runs only as a child of TestKilledMigration")
	}
	sqlite.MustRegisterScalarFunction("hold", 0, func(*sqlite.FunctionContext, []driver.Value) (driver.Value, error) {
		fmt.Println("holding")
		_, err := io.Copy(io.Discard, os.Stdin)
		return nil, err
	})
	openPlan(t, *migrating, halfMigrations(t, "INSERT INTO half SELECT hold();"))
}

// A process that is killed in the middle of a migration leaves the version before
// it, with all rows, and the next start goes on from there.
func TestKilledMigration(t *testing.T) {
	ofFile(t)
	path := tempPath(t)
	s := openAt(t, path)
	if err := s.Agree(t.Context(), "1", 3, "en-GB", agreed()); err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)
	startChild(t, "-test.run=^TestHoldMigration$", "-migrating="+path)()
	s = openPlan(t, path, halfMigrations(t, ""))
	if s.from != 9001 || s.to != 9002 {
		t.Errorf("got from %d to %d, want from 9001 to 9002", s.from, s.to)
	}
	if got := dump(t, s); strings.Count(got, `"x"`) != 1 {
		t.Errorf("got\n%s\nwant one row x", got)
	}
	if version, _, err := s.Consent(t.Context(), "1"); version != 3 || err != nil {
		t.Errorf("got consent %d, %v, want 3", version, err)
	}
}

// startChild runs this program until it says that it holds, and returns what
// kills it.
func startChild(t *testing.T, args ...string) (kill func()) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0], args...)
	stdin, err := child.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { stdin.Close() })
	stdout, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(stdout).ReadString('\n'); line != "holding\n" {
		t.Fatalf("got %q, %v from the child", line, err)
	}
	return func() {
		t.Helper()
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		child.Wait() // reports the kill
	}
}

// While one process runs, a second is refused; when the first is killed in the
// middle, the next start finds what it wrote.
func TestSecondProcess(t *testing.T) {
	path := emptyPath(t)
	kill := startChild(t, "-test.run=^TestHold$", "-hold="+path)
	_, err := Open(t.Context(), path, Options{})
	checkRefused(t, err, shown(path)+" is in use by another unpinch")
	kill()
	if info, err := os.Stat(path + "-wal"); !IsURL(path) && (err != nil || info.Size() == 0) {
		t.Errorf("the kill left no write-ahead log, so this proves little: %v", err)
	}
	s := openAt(t, path)
	if version, _, err := s.Consent(t.Context(), "1"); version != 3 || err != nil {
		t.Errorf("got version %d, %v, want 3", version, err)
	}
}

// What holds the lock of writers for long is named, and the next start goes well.
func TestOpenLocked(t *testing.T) {
	ofFile(t)
	path := tempPath(t)
	s := openAt(t, path)
	s.lock.Unlock() // of ours; what follows holds SQLite's
	tx, err := s.write.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Open(t.Context(), path, Options{})
	checkRefused(t, err, path+": the database is locked by another program: close that one")
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	openAt(t, path)
}

// A copy of the files of an open store is what a crash leaves.
func TestCrashIsRecovered(t *testing.T) {
	ofFile(t)
	path, crashed := emptyPath(t), tempPath(t)
	s := openAt(t, path)
	if err := s.Agree(t.Context(), "1", 3, "en-GB", agreed()); err != nil {
		t.Fatal(err)
	}
	for _, suffix := range []string{"", "-wal"} {
		b, err := os.ReadFile(path + suffix)
		if err != nil {
			t.Fatal(err)
		}
		if suffix == "-wal" && len(b) == 0 {
			t.Fatal("the write-ahead log is empty, so this proves nothing")
		}
		if err := os.WriteFile(crashed+suffix, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	again := openAt(t, crashed)
	if version, at, err := again.Consent(t.Context(), "1"); version != 3 || !at.Equal(agreed()) || err != nil {
		t.Errorf("got %d, %v, %v, want 3, %v", version, at, err, agreed())
	}
	if got, want := dump(t, again), dump(t, s); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	closeStore(t, again)
	if _, err := os.Stat(crashed + "-wal"); err == nil {
		t.Error("Close left a -wal file")
	}
}
