package store

import (
	"context"
	"database/sql"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestCloseLeavesAWholeFile closes a store in each way in which its write-ahead log
// was once left behind. The file alone, copied after, has all that was written, or
// the log says that it has not; the next Open has all of it.
func TestCloseLeavesAWholeFile(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		last   func(t *testing.T, s *Store) // writes the last member
		behind bool                         // the -wal has what the file lacks, and the log says so
	}{
		"alone": {last: func(t *testing.T, s *Store) { agree(t, s, "last") }},
		"another program has it open": {last: func(t *testing.T, s *Store) {
			reading(t, beside(t, s.file)).Close()
			agree(t, s, "last")
		}},
		"another program reads what is there": {last: func(t *testing.T, s *Store) {
			agree(t, s, "last")
			reading(t, beside(t, s.file))
		}},
		"another program reads what was there before": {last: func(t *testing.T, s *Store) {
			reading(t, beside(t, s.file))
			agree(t, s, "last")
		}, behind: true},
		"a reader of its own goes on": {last: func(t *testing.T, s *Store) {
			agree(t, s, "last")
			reading(t, s.read.DB)
		}},
		"a writer of its own ends meanwhile": {last: func(t *testing.T, s *Store) {
			tx, err := s.write.BeginTx(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := tx.ExecContext(t.Context(), agreeQuery, "last", 1, agreed().Unix(), "en-GB"); err != nil {
				t.Fatal(err)
			}
			go tx.Commit()
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var log strings.Builder
			path := filepath.Join(t.TempDir(), "unpinch.db")
			s, err := Open(t.Context(), path, Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
			if err != nil {
				t.Fatal(err)
			}
			if tc.behind { // nobody waits five seconds for a test
				if _, err := s.write.ExecContext(t.Context(), `PRAGMA busy_timeout = 10`); err != nil {
					t.Fatal(err)
				}
			}
			agree(t, s, "first")
			tc.last(t, s)
			log.Reset()
			for range 2 {
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
			}
			if said := strings.Count(log.String(), "in its -wal"); (said == 1) != tc.behind || said > 1 {
				t.Errorf("the log says %q", log.String())
			}
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			alone := filepath.Join(t.TempDir(), "alone.db")
			if err := os.WriteFile(alone, data, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := Verify(t.Context(), alone); err != nil && !tc.behind {
				t.Error(err)
			}
			if !tc.behind && members(t, alone) != "first last" {
				t.Errorf("the file alone has %s", members(t, alone))
			}
			if got := members(t, path); got != "first last" {
				t.Errorf("the next to open it has %s", got)
			}
		})
	}
}

// members are those whom the database at path has.
func members(t *testing.T, path string) string {
	t.Helper()
	s, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	all, err := collect(t.Context(), s.read, func(r *sql.Rows) (id string, err error) { return id, r.Scan(&id) }, `SELECT user_id FROM members ORDER BY user_id`)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(all, " ")
}

// beside is another program that has the file open.
func beside(t *testing.T, file string) *sql.DB {
	t.Helper()
	db, err := openAlone(file, readerDSN)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// reading begins to read what is there now, until the test ends.
func reading(t *testing.T, db *sql.DB) *sql.Rows {
	t.Helper()
	rows, err := db.QueryContext(context.WithoutCancel(t.Context()), `SELECT name FROM sqlite_schema`)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { rows.Close() })
	if !rows.Next() {
		t.Fatal("there is nothing to read")
	}
	return rows
}
