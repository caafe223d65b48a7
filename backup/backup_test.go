package backup

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"filippo.io/age"
)

func taken() time.Time { return time.Date(2026, 11, 30, 4, 0, 0, 0, time.UTC) }

// content is what a database stands for here.
var content = strings.Repeat("a row, and another row. ", 5000)

// maker returns one that copies content, and finds it whole.
func maker(t *testing.T, recipients string) Maker {
	t.Helper()
	to, err := Recipients(recipients)
	if err != nil {
		t.Fatal(err)
	}
	return Maker{
		Copy: func(_ context.Context, w io.Writer) error { _, err := io.WriteString(w, content); return err },
		Verify: func(_ context.Context, file string) error {
			if got, err := os.ReadFile(file); err != nil || string(got) != content {
				return errors.New("it is not what was copied")
			}
			return nil
		},
		Database: filepath.Join(t.TempDir(), "unpinch.db"), Recipients: to,
	}
}

// files lists the names in a folder.
func files(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestMakeAndExtract(t *testing.T) {
	classic, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	hybrid, err := age.GenerateHybridIdentity()
	if err != nil {
		t.Fatal(err)
	}
	for name, tc := range map[string]struct {
		recipient string
		identity  []age.Identity
	}{
		"open":   {"", nil},
		"x25519": {classic.Recipient().String(), []age.Identity{classic}},
		"hybrid": {hybrid.Recipient().String(), []age.Identity{hybrid}},
	} {
		m := maker(t, tc.recipient)
		out := filepath.Join(t.TempDir(), "copy")
		size, err := m.Make(t.Context(), out, taken())
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		data, err := os.ReadFile(out)
		if err != nil || int64(len(data)) != size || bytes.Contains(data, []byte("a row")) {
			t.Errorf("%s: %d bytes, %v, want %d without the words in it", name, len(data), err, size)
		}
		clear := filepath.Join(t.TempDir(), "clear")
		at, err := Extract(out, clear, tc.identity)
		got, _ := os.ReadFile(clear)
		if err != nil || string(got) != content || !at.Equal(taken()) {
			t.Errorf("%s: %d bytes of %v, %v", name, len(got), at, err)
		}
		if left := files(t, filepath.Dir(m.Database)); len(left) != 1 || left[0] != "unpinch.db.backup.lock" {
			t.Errorf("%s: left beside the database: %v", name, left)
		}
		if _, err := m.Make(t.Context(), out, taken()); err == nil || !strings.Contains(err.Error(), "is there already: give another name") {
			t.Errorf("%s: over a copy: %v", name, err)
		}
	}
}

func TestExtractRefuses(t *testing.T) {
	own, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	other, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	made := func(recipient string) []byte {
		out := filepath.Join(t.TempDir(), "copy")
		if _, err := maker(t, recipient).Make(t.Context(), out, taken()); err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		return data
	}
	plain, sealed := made(""), made(own.Recipient().String())
	flipped := func(data []byte) []byte {
		data = bytes.Clone(data)
		data[len(data)-20] ^= 1
		return data
	}
	for _, tc := range []struct {
		name, want string
		data       []byte
		key        []age.Identity
	}{
		{"no key", "give the file with its age identity", sealed, nil},
		{"another key", "encrypted to another key", sealed, []age.Identity{other}},
		{"encrypted, a bit flipped", "damaged or cut short", flipped(sealed), []age.Identity{own}},
		{"encrypted, cut short", "damaged or cut short", sealed[:len(sealed)-9], []age.Identity{own}},
		{"a bit flipped", "damaged or cut short", flipped(plain), nil},
		{"cut short", "damaged or cut short", plain[:len(plain)-9], nil},
		{"empty", "no copy that unpinch backup made", nil, nil},
		{"text", "no copy that unpinch backup made", []byte("SQLite format 3\x00 and more"), nil},
		{"another's gzip", "no copy that unpinch backup made", []byte("\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff\x03\x00\x00\x00\x00\x00\x00\x00\x00\x00"), nil},
	} {
		file := filepath.Join(t.TempDir(), "copy")
		if err := os.WriteFile(file, tc.data, 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := Extract(file, file+".clear", tc.key); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("%s: got %v, want %q", tc.name, err, tc.want)
		}
	}
}

// TestFailedMakeLeavesNothing: no file that looks like a copy, and nothing in the
// clear.
func TestFailedMakeLeavesNothing(t *testing.T) {
	broken := errors.New("the disk is full")
	for name, change := range map[string]func(*Maker){
		"copying":   func(m *Maker) { m.Copy = func(context.Context, io.Writer) error { return broken } },
		"verifying": func(m *Maker) { m.Verify = func(context.Context, string) error { return broken } },
	} {
		m := maker(t, "")
		change(&m)
		dir := t.TempDir()
		if _, err := m.Make(t.Context(), filepath.Join(dir, "copy"), taken()); !errors.Is(err, broken) {
			t.Errorf("%s: got %v", name, err)
		}
		if left := append(files(t, dir), files(t, filepath.Dir(m.Database))...); len(left) != 1 {
			t.Errorf("%s: left %v", name, left)
		}
	}
}

// TestOneBackupAtATime: a second is refused while one is under way.
func TestOneBackupAtATime(t *testing.T) {
	m := maker(t, "")
	copying := m.Copy
	m.Copy = func(ctx context.Context, w io.Writer) error {
		if _, err := m.Make(ctx, filepath.Join(t.TempDir(), "second"), taken()); err == nil || !strings.Contains(err.Error(), "under way: wait for its end") {
			t.Errorf("the second: %v", err)
		}
		return copying(ctx, w)
	}
	if _, err := m.Make(t.Context(), filepath.Join(t.TempDir(), "first"), taken()); err != nil {
		t.Error(err)
	}
}

func TestRecipients(t *testing.T) {
	own, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	for text, want := range map[string]int{"": 0, " \n": 0, own.Recipient().String(): 1, own.Recipient().String() + "\n" + own.Recipient().String(): 2} {
		if got, err := Recipients(text); err != nil || len(got) != want {
			t.Errorf("%q: %d, %v, want %d", text, len(got), err, want)
		}
	}
	for _, text := range []string{"age1", "me@gym.example", own.String()} {
		if _, err := Recipients(text); err == nil || !strings.Contains(err.Error(), "no public key of age") || strings.Contains(err.Error(), "SECRET") {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestExtractToAFullDisk: a disk that is full is not taken for a damaged copy.
func TestExtractToAFullDisk(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("this system has no disk that is always full")
	}
	out := filepath.Join(t.TempDir(), "copy")
	if _, err := maker(t, "").Make(t.Context(), out, taken()); err != nil {
		t.Fatal(err)
	}
	if _, err := Extract(out, "/dev/full", nil); err == nil || errors.Is(err, errDamaged) {
		t.Errorf("got %v", err)
	}
}
