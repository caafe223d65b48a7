package store

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// copyOf writes a copy of the database at path to a file of its own.
func copyOf(t testing.TB, path string) string {
	t.Helper()
	var b bytes.Buffer
	if err := Copy(t.Context(), path, &b); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(t.TempDir(), "copy.db")
	if err := os.WriteFile(out, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestCopyWhileItIsWritten: each of many copies is whole and of one instant, here
// one at which two rows have the same number.
func TestCopyWhileItIsWritten(t *testing.T) {
	ofFile(t)
	s := openEmpty(t)
	set := `INSERT INTO settings (name, value) VALUES ('a', ?1), ('b', ?1) ON CONFLICT (name) DO UPDATE SET value = ?1`
	write := func(n int) {
		if _, err := s.write.ExecContext(t.Context(), set, strings.Repeat(fmt.Sprint(n, " "), 3000)); err != nil {
			t.Error(err)
		}
	}
	write(0)
	done := make(chan struct{})
	var wg sync.WaitGroup
	defer wg.Wait()
	defer close(done)
	wg.Go(func() {
		for n := 1; ; n++ {
			select {
			case <-done:
				return
			default:
				write(n)
			}
		}
	})
	for range 20 {
		out := copyOf(t, s.file)
		if err := Verify(t.Context(), out); err != nil {
			t.Fatal(err)
		}
		c := openAt(t, out)
		var kinds int
		if err := c.read.QueryRowContext(t.Context(), `SELECT count(DISTINCT value) FROM settings WHERE name IN ('a', 'b')`).Scan(&kinds); err != nil || kinds != 1 {
			t.Fatalf("%d, %v: the copy is of two instants", kinds, err)
		}
		closeStore(t, c)
	}
}

// TestCopyLeavesTheDeletedOut: what deleted rows left in the pages, before a scrub
// comes, is in no copy.
func TestCopyLeavesTheDeletedOut(t *testing.T) {
	ofFile(t)
	s := openEmpty(t)
	_, left := crowd(t, s, rand.New(rand.NewPCG(1, 2)), 300)
	data, err := os.ReadFile(copyOf(t, s.file))
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range left {
		if bytes.Contains(data, []byte(id)) {
			t.Errorf("the copy has %s, who was forgotten", id)
		}
	}
}

func TestVerifyRefuses(t *testing.T) {
	ofFile(t)
	fine := copyOf(t, openEmpty(t).file)
	data, err := os.ReadFile(fine)
	if err != nil {
		t.Fatal(err)
	}
	damaged := bytes.Clone(data)
	for at := 3 * 4096; at < 3*4096+200; at++ {
		damaged[at] ^= 0xff
	}
	newer := openPlan(t, emptyPath(t), plan{withMigrations(t, map[string]string{"9001_later.sql": "INSERT INTO programs VALUES (9001, '7.1.0');"}), personalColumns()})
	newerData, err := os.ReadFile(copyOf(t, newer.file))
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name, want string
		data       []byte
	}{
		{"nothing", "no database of unpinch", nil},
		{"text", "not a database", []byte(strings.Repeat("these are words. ", 1000))},
		{"cut short", "damaged", data[:len(data)/2]},
		{"a damaged page", "damaged", damaged},
		{"a newer schema", "install unpinch 7.1.0 or a newer one", newerData},
	} {
		path := tempPath(t)
		if err := os.WriteFile(path, tc.data, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := Verify(t.Context(), path); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %q", tc.name, err, tc.want)
		}
	}
	if err := Verify(t.Context(), fine); err != nil {
		t.Errorf("a whole copy: %v", err)
	}
	for name, err := range map[string]error{"copy": Copy(t.Context(), "missing.db", new(bytes.Buffer)), "verify": Verify(t.Context(), "missing.db")} {
		if err == nil || !strings.Contains(err.Error(), "missing.db: there is no such file") {
			t.Errorf("%s of no file: %v", name, err)
		}
	}
}
