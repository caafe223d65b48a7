//go:build unix

package main

import (
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestRootHandsOver: what root copies and restores beside the database of another
// user, as with systemd, stays that user's.
func TestRootHandsOver(t *testing.T) {
	t.Parallel()
	if os.Geteuid() != 0 {
		t.Skip("it takes root to be another user")
	}
	k := newKeeper(t, "[store]\npath = \"bot/unpinch.db\"\n")
	k.db = filepath.Join(k.dir, "bot", "unpinch.db")
	if err := os.Mkdir(filepath.Dir(k.db), 0o700); err != nil {
		t.Fatal(err)
	}
	k.unpinch("migrate", "--config", k.config)
	const user = 65532
	if err := os.Lchown(filepath.Dir(k.db), user, user); err != nil {
		t.Fatal(err)
	}
	copied, secret := filepath.Join(k.dir, "copy"), k.write("secret", "x")
	if err := os.Link(secret, k.db+".hard"); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(k.config, k.db+".soft"); err != nil {
		t.Fatal(err)
	}
	k.unpinch("backup", "--config", k.config, "--out", copied)
	k.unpinch("restore", "--config", k.config, copied)
	files, err := os.ReadDir(filepath.Dir(k.db))
	if err != nil || len(files) < 5 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		if strings.HasSuffix(f.Name(), ".hard") || strings.HasSuffix(f.Name(), ".soft") {
			continue
		}
		if got := ownerOf(t, filepath.Join(filepath.Dir(k.db), f.Name())); got != user {
			t.Errorf("%s is of user %d", f.Name(), got)
		}
	}
	for _, path := range []string{secret, k.config, copied} {
		if got := ownerOf(t, path); got != 0 {
			t.Errorf("%s was given to user %d", path, got)
		}
	}
}

func ownerOf(t *testing.T, path string) uint32 {
	t.Helper()
	var s syscall.Stat_t
	if err := syscall.Lstat(path, &s); err != nil {
		t.Fatal(err)
	}
	return s.Uid
}
