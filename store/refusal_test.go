package store

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestOpenRefusals(t *testing.T) {
	ofFile(t)
	t.Parallel()
	dir := t.TempDir()
	write := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	folder := filepath.Join(dir, "folder")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	file := write("file", "")
	garbage := write("garbage.db", strings.Repeat("not a database. ", 1000))
	for _, c := range []struct {
		name, path string
		want       []string
	}{
		{"no path", "", []string{"no path is given"}},
		{"folder", folder, []string{folder + " is a folder"}},
		{"garbage", garbage, []string{garbage + ": the database is damaged or not a database", "restore a backup"}},
		{"truncated", truncated(t), []string{"is damaged or not a database"}},
		{"file for a folder", filepath.Join(file, "sub", "unpinch.db"), []string{"cannot make the folder " + filepath.Join(file, "sub"), "not a directory"}},
		{"name too long", filepath.Join(dir, strings.Repeat("x", 300)), []string{"cannot write in the folder " + dir, "file name too long"}},
		{"another program's", foreign(t), []string{"is another program's database"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			begin := time.Now()
			_, err := Open(t.Context(), c.path, Options{})
			checkRefused(t, err, c.want...)
			if took := time.Since(begin); took > time.Second {
				t.Errorf("refused after %v, want at once", took)
			}
			// The refusal left no lock behind.
			_, err = Open(t.Context(), c.path, Options{})
			checkRefused(t, err, c.want...)
		})
	}
	if _, err := os.Stat(folder + ".lock"); err == nil {
		t.Error("a lock file was made beside a folder")
	}
	if got, err := os.ReadFile(garbage); err != nil || !strings.HasPrefix(string(got), "not a database. ") {
		t.Errorf("the refused file was changed: %.20q, %v", got, err)
	}
}

// truncated returns a database of which the second half is lost.
func truncated(t *testing.T) string {
	t.Helper()
	path := emptyPath(t)
	closeStore(t, openAt(t, path))
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, info.Size()/2); err != nil {
		t.Fatal(err)
	}
	return path
}

// foreign returns an SQLite database that is not ours.
func foreign(t *testing.T) string {
	t.Helper()
	path := tempPath(t)
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), `CREATE TABLE bookmarks (url TEXT)`); err != nil {
		t.Fatal(err)
	}
	return path
}
