package store

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"unpinch/schedule"
)

// TestExamine looks at a store that is open, then closed: it finds the channels
// of places and leaves no file behind.
func TestExamine(t *testing.T) {
	ofFile(t)
	path := tempPath(t)
	if InUse(path) {
		t.Error("a file that is not there is in use")
	}
	s := openAt(t, path)
	if !InUse(path) {
		t.Error("an open store is not in use")
	}
	now := time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)
	if _, err := s.SavePlace(t.Context(), schedule.Place{GuildID: "1", Name: "Iron", Zone: "Europe/Lisbon", ChannelID: "2", LogChannel: "3", CreatedAt: now}, schedule.By{UserID: "9", At: now}); err != nil {
		t.Fatal(err)
	}
	c, err := Examine(t.Context(), path)
	if err != nil || c.Version == 0 || c.Version != c.Latest || c.Log == 0 {
		t.Errorf("while it is open: %+v, %v", c, err)
	}
	if len(c.Channels) != 1 || c.Channels[0] != (Channel{GuildID: "1", ID: "3"}) {
		t.Errorf("got channels %+v, want the log's alone", c.Channels)
	}
	if err := s.SetSetting(t.Context(), "after", "it"); err != nil {
		t.Errorf("the store can't be written any more: %v", err)
	}
	closeStore(t, s)
	if InUse(path) {
		t.Error("a closed store is in use")
	}
	if c, err := Examine(t.Context(), path); err != nil || c.Log != 0 {
		t.Errorf("closed: %+v, %v", c, err)
	}
	if _, err := os.Stat(path + "-wal"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a reader left its log: %v", err)
	}
}

// TestExamineRefuses: what is no database of ours is named, and none is made.
func TestExamineRefuses(t *testing.T) {
	ofFile(t)
	path := tempPath(t)
	if _, err := Examine(t.Context(), path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("one that is missing: %v", err)
	}
	if err := os.WriteFile(path, []byte("this is not a database, whatever it may look like to the naked eye"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := Examine(t.Context(), path)
	if err == nil || !strings.Contains(err.Error(), "the database is damaged or not a database") {
		t.Errorf("one that is none: %v", err)
	}
}
