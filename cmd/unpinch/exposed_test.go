//go:build unix

package main

import (
	"bytes"
	"context"
	"database/sql"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"unpinch/playground"
	"unpinch/store"
)

// TestExposures names each file that others can read, and no other.
func TestExposures(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	for _, tc := range []struct {
		name string
		mode map[string]os.FileMode
		c    config
		env  []string
		want []string
	}{
		{"all private", map[string]os.FileMode{"config.toml": 0o600, "db": 0o600, "token": 0o400},
			config{Discord: discordConfig{TokenFile: "token"}, Store: storeConfig{Path: path("db")}}, nil, nil},
		{"a token file for the group", map[string]os.FileMode{"token": 0o640, "db": 0o600, "config.toml": 0o644},
			config{Discord: discordConfig{TokenFile: path("token")}, Store: storeConfig{Path: path("db")}}, nil, []string{"token"}},
		{"a token in the file, and the database", map[string]os.FileMode{"config.toml": 0o644, "db": 0o604},
			config{Store: storeConfig{Path: path("db")}}, nil, []string{"config.toml", "db"}},
		{"a token from the environment", map[string]os.FileMode{"config.toml": 0o644, "db": 0o600}, config{Store: storeConfig{Path: path("db")}}, []string{"UNPINCH_DISCORD_TOKEN=abc"}, nil},
		{"a database that isn't there yet", map[string]os.FileMode{"config.toml": 0o600}, config{Store: storeConfig{Path: path("new")}}, nil, nil},
	} {
		for name, mode := range tc.mode {
			os.Remove(path(name))
			if err := os.WriteFile(path(name), nil, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(path(name), mode); err != nil {
				t.Fatal(err)
			}
		}
		got := exposures(path("config.toml"), tc.c, tc.env)
		if len(got) != len(tc.want) {
			t.Errorf("%s: %q", tc.name, got)
			continue
		}
		for i, name := range tc.want {
			if !strings.Contains(got[i].String(), "can read "+path(name)+",") || !strings.Contains(got[i].String(), "chmod 600 "+path(name)) {
				t.Errorf("%s: %q, want %s", tc.name, got[i], name)
			}
		}
	}
}

// TestBeyond says of each address whether others reach it.
func TestBeyond(t *testing.T) {
	t.Parallel()
	for addr, open := range map[string]bool{"127.0.0.1:9090": false, "[::1]:9090": false, "localhost:9090": false, "127.8.8.8:1": false, "": false,
		":9090": true, "0.0.0.0:9090": true, "[::]:9090": true, "192.168.1.2:9090": true, "gym.example:9090": true} {
		if got := beyond(addr, "metrics"); (len(got) > 0) != open {
			t.Errorf("%q: %q", addr, got)
		}
	}
	var errOut bytes.Buffer
	p := program{out: io.Discard, errOut: &errOut, now: time.Now}
	for addr, open := range map[string]bool{"127.0.0.1:0": false, ":0": false, "0.0.0.0:0": true} {
		errOut.Reset()
		_, _, stop, err := p.startPlayground(addr, playground.Options{Token: demoToken})
		if err != nil {
			t.Fatal(err)
		}
		stop()
		if strings.Contains(errOut.String(), "open to everyone who reaches this computer") != open {
			t.Errorf("at %s the playground says %q", addr, errOut.String())
		}
	}
}

// TestTroubleIsSaidOnce breaks a database in each way, and runs into it ten times
// a second: the log has one sentence with a remedy, and another a minute later.
func TestTroubleIsSaidOnce(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ breaks, says, remedy string }{
		"a full disk":     {"PRAGMA max_page_count = 1", "the disk of the database is full", "make room"},
		"a missing table": {"DROP TABLE easy", "a table of the database is missing", "restore a backup"},
		"damage":          {"damage", "the database is damaged", "restore a backup"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "unpinch.db")
			s, err := store.Open(t.Context(), path, store.Options{})
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			failure := brokenBy(t, path, tc.breaks)
			now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
			var out bytes.Buffer
			log := logger(logConfig{Level: "info", Format: "text"}, &out, func() time.Time { return now })
			for range 10 * 65 {
				log.ErrorContext(t.Context(), "what is due can't be dispatched, trying again", "err", failure)
				log.With("shard", 1).Error("old drafts are not deleted", "err", failure)
				now = now.Add(100 * time.Millisecond)
			}
			log.Error("something else", "err", io.ErrUnexpectedEOF)
			lines := strings.Split(strings.TrimSpace(out.String()), "\n")
			if len(lines) != 3 || !strings.Contains(lines[0], tc.says) || !strings.Contains(lines[0], tc.remedy) || !strings.Contains(lines[1], "left_out=1199") {
				t.Errorf("the log has\n%s", out.String())
			}
		})
	}
}

// brokenBy breaks a database and returns the error that comes of using it.
func brokenBy(t *testing.T, path, how string) error {
	t.Helper()
	if how == "damage" {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		copy(data, slices.Repeat([]byte("x"), len(data)))
		if err := os.WriteFile(path, data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	if how != "damage" {
		if _, err := db.ExecContext(t.Context(), how); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 10_000 {
		if _, err := db.ExecContext(context.WithoutCancel(t.Context()), "INSERT INTO easy (user_id, less, until_at) VALUES (?, 'grip', 1)", i); err != nil {
			return err
		}
	}
	t.Fatal("nothing fails")
	return nil
}
