package main

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"unpinch/backup"
	"unpinch/store"
)

// A keeper is a self-hoster's folder: a configuration, a database, a key.
type keeper struct {
	t               *testing.T
	dir, config, db string
}

func newKeeper(t *testing.T, section string) keeper {
	t.Helper()
	dir := t.TempDir()
	k := keeper{t, dir, filepath.Join(dir, "config.toml"), filepath.Join(dir, "unpinch.db")}
	k.write("config.toml", `[discord]
token = "abc"
[operator]
name = "Me"
contact = "me@x.example"
privacy_url = "https://x.example/p"
`+section)
	return k
}

func (k keeper) write(name, text string) string {
	k.t.Helper()
	path := filepath.Join(k.dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		k.t.Fatal(err)
	}
	return path
}

// open opens the database until the returned function is called.
func (k keeper) open(path string) *store.Store {
	k.t.Helper()
	s, err := store.Open(k.t.Context(), path, store.Options{})
	if err != nil {
		k.t.Fatal(err)
	}
	return s
}

// fill has members agree, so that the database is some megabytes.
func (k keeper) fill(from, to int) {
	k.t.Helper()
	s := k.open(k.db)
	defer s.Close()
	for n := from; n < to; n++ {
		if err := s.Agree(k.t.Context(), fmt.Sprint(10_000_000_000+n), 1, "en-GB", time.Unix(1795372200, 0)); err != nil {
			k.t.Fatal(err)
		}
	}
}

func (k keeper) dump(path string) string {
	k.t.Helper()
	s := k.open(path)
	defer s.Close()
	text, err := s.Dump(k.t.Context())
	if err != nil {
		k.t.Fatal(err)
	}
	text, _, _ = strings.Cut(text, "sqlite_sequence") // a restore moves those on
	return text
}

// unpinch runs the program and returns what it printed.
func (k keeper) unpinch(args ...string) string {
	k.t.Helper()
	out, err := exec.CommandContext(k.t.Context(), "unpinch", args...).CombinedOutput()
	if err != nil {
		k.t.Fatalf("unpinch %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// TestBackupDrill kills backups at random moments of their work, and then restores
// the last that was made: no kill leaves a file that passes for a copy and is none,
// or changes the database, and what is restored is what was copied.
func TestBackupDrill(t *testing.T) {
	t.Parallel()
	own, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	k := newKeeper(t, "[backup]\nrecipient = \""+own.Recipient().String()+"\"\n")
	identity := k.write("key.txt", own.String()+"\n")
	k.fill(0, 500)
	want := k.dump(k.db)
	copies := filepath.Join(k.dir, "copies")
	if err := os.Mkdir(copies, 0o700); err != nil {
		t.Fatal(err)
	}
	whole := k.timeBackup(filepath.Join(k.dir, "first"))
	r := rand.New(rand.NewPCG(20, 26))
	killed := 0
	for n := range 12 {
		cmd := exec.CommandContext(t.Context(), "unpinch", "backup", "--config", k.config, "--out", filepath.Join(copies, fmt.Sprint(n)))
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		kill := time.AfterFunc(time.Duration(r.Int64N(int64(whole))), func() { _ = cmd.Process.Kill() })
		if cmd.Wait() != nil {
			killed++
		}
		kill.Stop()
	}
	made, err := filepath.Glob(filepath.Join(copies, "*"))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range made {
		if strings.HasSuffix(file, ".part") {
			continue
		}
		clear := filepath.Join(t.TempDir(), "clear")
		if _, err := backup.Extract(file, clear, []age.Identity{own}); err != nil {
			t.Errorf("%s: %v", file, err)
		} else if got := k.dump(clear); got != want {
			t.Errorf("%s is not what was copied", file)
		}
	}
	if got := k.dump(k.db); got != want {
		t.Error("a killed backup changed the database")
	}
	t.Logf("%d of 12 killed, within %v", killed, whole)
	last := filepath.Join(k.dir, "last")
	k.unpinch("backup", "--config", k.config, "--out", last)
	if left, _ := filepath.Glob(k.db + ".verify"); len(left) > 0 {
		t.Error("a database in the clear is left of a killed backup")
	}
	k.fill(500, 520)
	k.unpinch("restore", "--config", k.config, "--identity", identity, last)
	if got := k.dump(k.db); got != want {
		t.Error("what was restored is not what was copied")
	}
}

// timeBackup makes a copy and returns how long that took.
func (k keeper) timeBackup(out string) time.Duration {
	k.t.Helper()
	start := time.Now()
	k.unpinch("backup", "--config", k.config, "--out", out)
	return time.Since(start)
}

// TestRestoreOfACopyOlderThanTheRecord: of a copy that is older than what is noted
// the program doesn't say that nobody asked to be forgotten since.
func TestRestoreOfACopyOlderThanTheRecord(t *testing.T) {
	t.Parallel()
	k := newKeeper(t, "")
	k.fill(0, 1)
	old := filepath.Join(k.dir, "old")
	k.unpinch("backup", "--config", k.config, "--out", old)
	if got := k.unpinch("restore", "--config", k.config, old); !strings.Contains(got, "Nobody who is in the copy asked") {
		t.Errorf("of the oldest copy that is noted: %s", got)
	}
	later := time.Now().AddDate(0, 0, 1).UTC().Format(time.RFC3339)
	k.write("unpinch.db.forgets", `{"at":"`+later+`","copy":"/elsewhere/copy"}`+"\n")
	got := k.unpinch("restore", "--config", k.config, old)
	if !strings.Contains(got, "after this copy. Anyone who asked in between is in it again") || strings.Contains(got, "Nobody who is in the copy asked") {
		t.Errorf("of an older one: %s", got)
	}
}

// TestRefusedBackupKeepsTheNotes: a backup that would overwrite a copy, or that
// meets another at work, leaves the notes of the copies that are there.
func TestRefusedBackupKeepsTheNotes(t *testing.T) {
	t.Parallel()
	k := newKeeper(t, "")
	k.fill(0, 1)
	copied := filepath.Join(k.dir, "copy")
	k.unpinch("backup", "--config", k.config, "--out", copied)
	notes := func() string {
		t.Helper()
		text, err := os.ReadFile(k.db + ".forgets")
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	want := notes()
	refused := func(name, out string) {
		t.Helper()
		if said, err := exec.CommandContext(t.Context(), "unpinch", "backup", "--config", k.config, "--out", out).CombinedOutput(); err == nil {
			t.Errorf("%s: not refused: %s", name, said)
		}
		if got := notes(); got != want {
			t.Errorf("%s: the notes are\n%s\nwant\n%s", name, got, want)
		}
	}
	refused("over a copy", copied)
	free, err := backup.Alone(k.db)
	if err != nil {
		t.Fatal(err)
	}
	defer free()
	refused("beside another", filepath.Join(k.dir, "other"))
}

// TestNightly makes a copy when one is due, keeps the newest, says when it can't,
// and deletes what a migration left long ago.
func TestNightly(t *testing.T) {
	t.Parallel()
	k := newKeeper(t, "[backup]\ndir = \"copies\"\nkeep = 2\n")
	if err := os.Mkdir(filepath.Join(k.dir, "copies"), 0o700); err != nil {
		t.Fatal(err)
	}
	k.fill(0, 3)
	cfg, err := loadConfig(k.config, nil)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := newCopies(cfg)
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)
	var log bytes.Buffer
	health := newHealth(time.Now)
	n := nightly{kept, cfg.Backup.Dir, cfg.Backup.Keep, func() time.Time { return now }, slog.New(slog.NewTextHandler(&log, nil)), health.backedUp}
	old := k.write("unpinch.db.v3.unpinch-20260101T000000Z.db.gz", "old")
	if err := os.Chtimes(old, now.AddDate(0, 0, -31), now.AddDate(0, 0, -31)); err != nil {
		t.Fatal(err)
	}
	k.write("unpinch.db.restore", "left by a restore that was killed")
	young := k.write("unpinch.db.v4.unpinch-20260101T000000Z.db.gz", "young")
	count := func() int {
		t.Helper()
		found, err := backup.List(cfg.Backup.Dir)
		if err != nil {
			t.Fatal(err)
		}
		return len(found)
	}
	for _, step := range []struct {
		name  string
		after time.Duration
		want  int
	}{{"first start", 0, 1}, {"an hour on", time.Hour, 1}, {"the next night", 15 * time.Hour, 2}, {"two nights on, after an outage", 60 * time.Hour, 2}} {
		now = now.Add(step.after)
		if wait := n.turn(t.Context()); wait <= 0 || wait > copyCheck {
			t.Errorf("%s: waits %v", step.name, wait)
		}
		if got := count(); got != step.want {
			t.Errorf("%s: %d copies, want %d\n%s", step.name, got, step.want, log.String())
		}
	}
	if _, err := os.Stat(old); err == nil {
		t.Error("a copy from before a migration of a month ago is still there")
	}
	if _, err := os.Stat(k.db + ".restore"); err == nil {
		t.Error("a database in the clear is left of a killed restore")
	}
	if _, err := os.Stat(young); err != nil {
		t.Error(err)
	}
	if got := strings.Count(log.String(), "database backed up"); got != 3 || strings.Contains(log.String(), "WARN") {
		t.Errorf("%d copies in the log, want 3:\n%s", got, log.String())
	}
	if err := os.RemoveAll(cfg.Backup.Dir); err != nil {
		t.Fatal(err)
	}
	n.turn(t.Context())
	if !strings.Contains(log.String(), "not backed up, trying again in an hour") {
		t.Errorf("nothing is said of a folder that is gone:\n%s", log.String())
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	n.start(ctx)()
}
