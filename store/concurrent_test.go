package store

import (
	"database/sql"
	"fmt"
	"sync"
	"testing"
)

func TestConcurrentReadThenWrite(t *testing.T) {
	const workers, rounds = 8, 50
	s := openEmpty(t)
	increment := func() error {
		return inTx(t.Context(), s.write, func(tx *sql.Tx) error {
			var n int
			err := tx.QueryRowContext(t.Context(), `SELECT coalesce(max(CAST(value AS INTEGER)), 0) FROM settings`).Scan(&n)
			if err != nil {
				return err
			}
			_, err = tx.ExecContext(t.Context(), setSettingQuery, "n", fmt.Sprint(n+1))
			return err
		})
	}
	var wg sync.WaitGroup
	for w := range workers {
		wg.Go(func() {
			user := fmt.Sprint(w)
			for round := range rounds {
				version, _, err := s.Consent(t.Context(), user)
				if err != nil || version != round {
					t.Errorf("got version %d, %v, want %d", version, err, round)
					return
				}
				if err := s.Agree(t.Context(), user, version+1, "en-GB", agreed()); err != nil {
					t.Error(err)
					return
				}
				if err := increment(); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	if got, err := s.Setting(t.Context(), "n"); got != fmt.Sprint(workers*rounds) || err != nil {
		t.Errorf("got %s, %v, want %d: increments were lost", got, err, workers*rounds)
	}
}

// Writing transactions take the write lock when they begin, so that a program
// from outside (a backup, the sqlite3 shell) makes them wait and not fail.
func TestOtherWriterIsWaitedFor(t *testing.T) {
	ofFile(t)
	path := emptyPath(t)
	s := openAt(t, path)
	other, err := sql.Open("sqlite", writerDSN(path))
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	var wg sync.WaitGroup
	for _, db := range []*sql.DB{s.write, other} {
		for range 4 {
			wg.Go(func() {
				for range 25 {
					err := inTx(t.Context(), db, func(tx *sql.Tx) error {
						var n int
						if err := tx.QueryRowContext(t.Context(), `SELECT count(*) FROM settings`).Scan(&n); err != nil {
							return err
						}
						_, err := tx.ExecContext(t.Context(), setSettingQuery, fmt.Sprint(n), "x")
						return err
					})
					if err != nil {
						t.Error(err)
						return
					}
				}
			})
		}
	}
	wg.Wait()
	var n int
	if err := s.read.QueryRowContext(t.Context(), `SELECT count(*) FROM settings`).Scan(&n); err != nil || n != 200 {
		t.Errorf("got %d rows, %v, want 200", n, err)
	}
}
