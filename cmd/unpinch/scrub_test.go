package main

import (
	"bytes"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"unpinch/store"
)

// A stop overwrites what was forgotten in the seconds before.
func TestStopScrubs(t *testing.T) {
	t.Parallel()
	const id = "712345678901234567"
	path := filepath.Join(t.TempDir(), "unpinch.db")
	db, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	stop := keepScrubbed(t.Context(), db, slog.New(slog.DiscardHandler))
	if err := db.Agree(t.Context(), id, 1, "en-GB", time.Unix(1_800_000_000, 0)); err != nil {
		t.Fatal(err)
	}
	held := func() (n int) {
		for _, suffix := range []string{"", "-wal"} {
			b, err := os.ReadFile(path + suffix)
			if err != nil {
				t.Fatal(err)
			}
			n += bytes.Count(b, []byte(id))
		}
		return n
	}
	if _, err := db.Forget(t.Context(), id); err != nil || held() == 0 {
		t.Fatalf("the files hold the id %d times before the stop, %v", held(), err)
	}
	stop()
	if n := held(); n != 0 {
		t.Errorf("the files hold the id %d times after the stop", n)
	}
}
