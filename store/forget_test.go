package store

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"testing"
)

// checkBytes looks for the ids in the bytes of the database's files.
func checkBytes(t *testing.T, path string, ids []string) {
	t.Helper()
	for _, suffix := range []string{"", "-wal", "-shm"} {
		b, err := os.ReadFile(path + suffix)
		if os.IsNotExist(err) && suffix != "" {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, id := range ids {
			if bytes.Contains(b, []byte(id)) {
				t.Errorf("unpinch.db%s still holds the bytes of %s", suffix, id)
			}
		}
	}
}

func TestForgetClearsTheBytes(t *testing.T) {
	t.Parallel()
	const id = "712345678901234567"
	path := tempPath(t)
	s := openAt(t, path)
	if err := s.Agree(t.Context(), id, 1, "en-GB", agreed()); err != nil {
		t.Fatal(err)
	}
	wal, err := os.ReadFile(path + "-wal")
	if err != nil || !bytes.Contains(wal, []byte(id)) {
		t.Fatalf("the log does not hold the id before, so this proves nothing: %v", err)
	}
	if _, err := s.Forget(t.Context(), id); err != nil {
		t.Fatal(err)
	}
	checkBytes(t, path, []string{id})
	closeStore(t, s)
	checkBytes(t, path, []string{id})
}

// Rows that moved between pages left copies which secure_delete does not know:
// the mix below is one where such copies are found unless the file is rebuilt.
func TestForgetClearsMovedCopies(t *testing.T) {
	t.Parallel()
	path := tempPath(t)
	s := openPlan(t, path, widerPlan(t))
	left := churn(t, s, rand.New(rand.NewPCG(6, 7)))
	if _, err := s.Forget(t.Context(), left[0]); err != nil {
		t.Fatal(err)
	}
	checkBytes(t, path, left)
}

// churn adds, changes and deletes members and notes, and returns the deleted.
func churn(t *testing.T, s *Store, r *rand.Rand) (left []string) {
	t.Helper()
	var stay []string
	err := inTx(t.Context(), s.write, func(tx *sql.Tx) error {
		for range 2000 {
			do := execAll(t.Context(), tx)
			switch k := r.IntN(10); {
			case k < 4 || len(stay) < 5:
				id := fmt.Sprintf("8%017d", r.Int64N(1e17))
				stay = append(stay, id)
				do(agreeQuery, id, 1, agreed().Unix(), "en-GB")
				do(`INSERT INTO notes (user_id, body, weight) VALUES (?, ?, 1)`, id, strings.Repeat("x", r.IntN(300)))
			case k < 8:
				id := stay[r.IntN(len(stay))]
				do(`UPDATE members SET zone = ? WHERE user_id = ?`, strings.Repeat("z", r.IntN(200)), id)
				do(`UPDATE notes SET body = ? WHERE user_id = ?`, strings.Repeat("y", r.IntN(6000)), id)
			default:
				i := r.IntN(len(stay))
				id := stay[i]
				stay, left = slices.Delete(stay, i, i+1), append(left, id)
				do(`DELETE FROM members WHERE user_id = ?`, id)
				do(`DELETE FROM notes WHERE user_id = ?`, id)
			}
			if err := do(""); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return left
}

// execAll returns a function that runs statements until one fails, and returns
// that failure from then on.
func execAll(ctx context.Context, tx *sql.Tx) func(q string, args ...any) error {
	var failed error
	return func(q string, args ...any) error {
		if failed == nil && q != "" {
			_, failed = tx.ExecContext(ctx, q, args...)
		}
		return failed
	}
}

// A reader in the middle of a long read keeps the log in use: Forget says so
// instead of claiming that the bytes are gone, and works when called again.
func TestForgetReportsBusyReader(t *testing.T) {
	t.Parallel()
	path := tempPath(t)
	s := openAt(t, path)
	if _, err := s.write.ExecContext(t.Context(), "PRAGMA busy_timeout = 10"); err != nil {
		t.Fatal(err)
	}
	if err := s.Agree(t.Context(), "712345678901234567", 1, "en-GB", agreed()); err != nil {
		t.Fatal(err)
	}
	err := inTx(t.Context(), s.read.DB, func(tx *sql.Tx) error {
		if _, err := names(t.Context(), tx, tablesQuery); err != nil {
			return err
		}
		if n, err := s.Forget(t.Context(), "712345678901234567"); n != 1 || err == nil || !strings.Contains(err.Error(), "reader") {
			t.Errorf("got %d, %v, want 1 and an error about a reader", n, err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n, err := s.Forget(t.Context(), "712345678901234567"); n != 0 || err != nil {
		t.Errorf("again: got %d, %v, want 0", n, err)
	}
	checkBytes(t, path, []string{"712345678901234567"})
}
