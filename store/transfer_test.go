package store

import (
	"path/filepath"
	"strings"
	"testing"
)

// Of every table, transferred has each once, after those to which it refers.
func TestTransferredIsEveryTable(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	at := map[string]int{}
	for i, table := range transferred() {
		at[table] = i + 1
	}
	for _, c := range schemaColumns(t, s) {
		if at[c.table] == 0 && c.table != "goose_db_version" && c.table != "programs" {
			t.Errorf("%s is not transferred", c.table)
		}
	}
	for table := range at {
		for column, r := range references(t, s, table) {
			if at[r.table] > at[table] || r.table == table && column != selfReferring {
				t.Errorf("%s.%s refers to %s, which comes later", table, column, r.table)
			}
		}
	}
}

// A store goes from a file to where the tests run, and on to another file, with
// every row and number.
func TestTransfer(t *testing.T) {
	t.Parallel()
	first := filepath.Join(t.TempDir(), "first.db")
	s, err := Open(t.Context(), first, Options{})
	must(t, err)
	fill(t, s, "1", 1)
	fill(t, s, "2", 2)
	change(t, s, `UPDATE members SET idle_since = '2026-11' WHERE user_id = '1'`)
	change(t, s, `UPDATE sqlite_sequence SET seq = 1900000000 WHERE name = 'classes'`)
	want := dump(t, s)
	must(t, s.Close())
	middle, last := tempPath(t), filepath.Join(t.TempDir(), "last.db")
	for _, leg := range [][2]string{{first, middle}, {middle, last}} {
		if n, err := Transfer(t.Context(), leg[0], leg[1], Options{}); err != nil || n < 2*len(personalColumns())/2 {
			t.Fatalf("to %s: got %d rows, %v", shown(leg[1]), n, err)
		}
		if _, err := Transfer(t.Context(), leg[0], leg[1], Options{}); err == nil || !strings.Contains(err.Error(), "there are rows already") {
			t.Errorf("once more: got %v, want a refusal", err)
		}
	}
	s = openAt(t, last)
	if got := dump(t, s); without(got, "goose_db_version") != without(want, "goose_db_version") {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if n := count(t, s, `SELECT seq FROM sqlite_sequence WHERE name = 'classes'`); n != 1900000000 {
		t.Errorf("the next class gets a number after %d, want after 1900000000", n)
	}
}

// without is a dump without one of its tables.
func without(dump, table string) string {
	var b strings.Builder
	skip := false
	for line := range strings.Lines(dump) {
		if !strings.HasPrefix(line, "  ") {
			skip = strings.HasPrefix(line, table+" ")
		}
		if !skip {
			b.WriteString(line)
		}
	}
	return b.String()
}

func TestTransferTellsNoPassword(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "unpinch.db")
	for _, wrong := range []string{"mysql://u:secret@host/unpinch", "Postgres://u:secret@host/unpinch", "postgres://u:%zzsecret@host/unpinch"} {
		for _, ends := range [][2]string{{wrong, file}, {file, wrong}} {
			if _, err := Transfer(t.Context(), ends[0], ends[1], Options{}); err == nil || strings.Contains(err.Error(), "secret") {
				t.Errorf("from %s to %s: %v, want an error without the password", ends[0], ends[1], err)
			}
		}
	}
}
