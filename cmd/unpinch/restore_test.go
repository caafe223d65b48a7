package main

import (
	"bytes"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestRestoreForgets: someone who was forgotten after a copy is forgotten in it
// when it is restored, and nobody else is.
func TestRestoreForgets(t *testing.T) {
	t.Parallel()
	k := newKeeper(t, "")
	k.fill(0, 3)
	copied := filepath.Join(k.dir, "copy")
	k.unpinch("backup", "--config", k.config, "--out", copied)
	cfg, err := loadConfig(k.config, nil)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := newCopies(cfg)
	if err != nil {
		t.Fatal(err)
	}
	s := k.open(k.db)
	var log bytes.Buffer
	people := forgetful{s, kept.notes, time.Now, slog.New(slog.NewTextHandler(&log, nil))}
	if rows, err := people.Forget(t.Context(), "10000000001"); err != nil || rows == 0 {
		t.Fatalf("%d, %v", rows, err)
	}
	notes, err := os.ReadFile(k.db + ".forgets")
	if err != nil || log.Len() > 0 {
		t.Fatalf("%v, %s", err, log.String())
	}
	k.write("unpinch.db.forgets", "{damaged\n")
	if rows, err := people.Forget(t.Context(), "10000000002"); err != nil || rows == 0 || !strings.Contains(log.String(), "delete the copies from before now") {
		t.Errorf("with damaged notes: %d, %v, %s", rows, err, log.String())
	}
	k.write("unpinch.db.forgets", string(notes))
	if _, err := exec.CommandContext(t.Context(), "unpinch", "restore", "--config", k.config, copied).CombinedOutput(); err == nil {
		t.Error("restored over a database that is in use")
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got, want := k.unpinch("restore", "--config", k.config, copied), "forgotten again: 1."; !strings.Contains(got, want) {
		t.Errorf("got %s\nwant %s", got, want)
	}
	got := k.dump(k.db)
	for id, want := range map[string]bool{"10000000000": true, "10000000001": false, "10000000002": true} {
		if strings.Contains(got, id) != want {
			t.Errorf("%s is there: %t, want %t", id, !want, want)
		}
	}
	text, err := os.ReadFile(k.config)
	if err != nil {
		t.Fatal(err)
	}
	k.write("config.toml", strings.Replace(string(text), `"abc"`, `"another"`, 1))
	if got, want := k.unpinch("restore", "--config", k.config, copied), "under another bot token: 1. They can't be matched. Run restore again with that token"; !strings.Contains(got, want) {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// TestRestoreThroughALink: a database that the configuration names by a link is
// restored where it is, and is the one that others name by its file.
func TestRestoreThroughALink(t *testing.T) {
	t.Parallel()
	k := newKeeper(t, "[store]\npath = \"link.db\"\n")
	k.fill(0, 3)
	link, copied := filepath.Join(k.dir, "link.db"), filepath.Join(k.dir, "copy")
	if err := os.Symlink(k.db, link); err != nil {
		t.Fatal(err)
	}
	want := k.dump(k.db)
	k.unpinch("backup", "--config", k.config, "--out", copied)
	s := k.open(k.db)
	if out, err := exec.CommandContext(t.Context(), "unpinch", "restore", "--config", k.config, copied).CombinedOutput(); err == nil || !strings.Contains(string(out), "in use") {
		t.Errorf("while it runs by its file: %v, %s", err, out)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	k.fill(3, 5)
	k.unpinch("restore", "--config", k.config, copied)
	if got := k.dump(k.db); got != want {
		t.Error("what the link leads to is not what was copied")
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is none any more: %v", err)
	}
}
