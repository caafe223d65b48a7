package backup

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

func TestDue(t *testing.T) {
	lisbon, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		t.Fatal(err)
	}
	at := func(text string) time.Time {
		got, err := time.ParseInLocation("2006-01-02 15:04", text, lisbon)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	for _, tc := range []struct{ name, last, now, want string }{
		{"made this night", "2026-11-30 04:00", "2026-11-30 12:00", "2026-12-01 04:00"},
		{"made a bit late", "2026-11-30 04:40", "2026-11-30 12:00", "2026-12-01 04:00"},
		{"made by hand at noon", "2026-11-30 12:00", "2026-11-30 12:00", "2026-12-01 04:00"},
		{"made after midnight", "2026-11-30 01:00", "2026-11-30 03:00", "2026-11-30 04:00"},
		{"missed while it was off", "2026-11-27 04:00", "2026-11-30 12:00", "2026-11-30 12:00"},
		{"never made", "0001-01-01 00:00", "2026-11-30 12:00", "2026-11-30 12:00"},
		{"the clock was ahead", "2026-12-05 04:00", "2026-11-30 12:00", "2026-12-06 04:00"},
		{"a night of 23 hours", "2026-03-28 04:00", "2026-03-28 12:00", "2026-03-29 04:00"},
		{"the end of a year", "2026-12-31 04:00", "2026-12-31 12:00", "2027-01-01 04:00"},
	} {
		if got := Due(at(tc.last), at(tc.now)); !got.Equal(at(tc.want)) {
			t.Errorf("%s: got %v, want %s", tc.name, got, tc.want)
		}
	}
}

func TestListAndPrune(t *testing.T) {
	dir := t.TempDir()
	var names []string
	for n := range 5 {
		names = append(names, Name(taken().AddDate(0, 0, n), n%2 == 1))
	}
	theirs := []string{"unpinch-old.db.gz", "unpinch.db", "notes.txt", "unpinch-20261130T040000Z.db.gz.bak"}
	old, young := Name(taken(), false)+".part", Name(taken().AddDate(0, 0, 5), true)+".part"
	for _, name := range slices.Concat(names, theirs, []string{old, young}) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	kept, err := List(dir)
	if err != nil || len(kept) != 5 {
		t.Fatalf("%v, %v", kept, err)
	}
	for n, k := range kept {
		if want := (Kept{filepath.Join(dir, names[n]), taken().AddDate(0, 0, n), int64(len(names[n]))}); k != want {
			t.Errorf("got %v, want %v", k, want)
		}
	}
	if err := Prune(dir, 2, taken().AddDate(0, 0, 5).Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	want := slices.Sorted(slices.Values(slices.Concat(names[3:], theirs, []string{young})))
	if got := files(t, dir); !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if _, err := List(filepath.Join(dir, "none")); err == nil {
		t.Error("a folder that is missing is no error")
	}
}
