package backup

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// A desk is notes with a folder of copies.
type desk struct {
	*Notes
	t   *testing.T
	dir string
}

func newDesk(t *testing.T) desk {
	t.Helper()
	dir := t.TempDir()
	return desk{NotesOf(filepath.Join(dir, "unpinch.db"), []byte("a key")), t, t.TempDir()}
}

// copied notes a copy and makes its file.
func (d desk) copied(name string, at time.Time) string {
	d.t.Helper()
	file := filepath.Join(d.dir, name)
	if err := d.Copied(file, at); err != nil {
		d.t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte("copy"), 0o600); err != nil {
		d.t.Fatal(err)
	}
	return file
}

func (d desk) forgotten(id string, at time.Time) {
	d.t.Helper()
	if err := d.Forgotten(id, at); err != nil {
		d.t.Fatal(err)
	}
}

// gone reports whether a restored copy of an instant would lack the user.
func (d desk) gone(id string, at time.Time) bool {
	d.t.Helper()
	r, err := d.Since(at)
	if err != nil || r.OtherKey > 0 {
		d.t.Fatalf("%d, %v", r.OtherKey, err)
	}
	return r.Gone(id)
}

func TestNotes(t *testing.T) {
	d := newDesk(t)
	day := func(n int) time.Time { return taken().AddDate(0, 0, n) }
	d.forgotten("1", day(0)) // when there is no copy
	first := d.copied("first", day(1))
	d.forgotten("2", day(2))
	second := d.copied("second", day(3))
	d.forgotten("3", day(4))
	for _, tc := range []struct {
		id   string
		at   int
		want bool
	}{{"1", 1, false}, {"2", 1, true}, {"3", 1, true}, {"2", 3, false}, {"3", 3, true}, {"4", 1, false}} {
		if got := d.gone(tc.id, day(tc.at)); got != tc.want {
			t.Errorf("%s in the copy of day %d: gone is %t, want %t", tc.id, tc.at, got, tc.want)
		}
	}
	text, err := os.ReadFile(d.file)
	if err != nil || strings.Count(string(text), "\n") != 4 {
		t.Errorf("%s, %v: want two copies and two people", text, err)
	}
	if file, at, ok, err := d.Last(); file != second || !at.Equal(day(3)) || !ok || err != nil {
		t.Errorf("the last: %s, %v, %t, %v", file, at, ok, err)
	}
	if err := os.Remove(first); err != nil {
		t.Fatal(err)
	}
	if err := d.Tidy(day(5)); err != nil {
		t.Fatal(err)
	}
	if d.gone("2", day(1)) || !d.gone("3", day(3)) {
		t.Error("who was forgotten before the oldest copy is still noted, or one after is not")
	}
}

// TestNotesDuringACopy: someone who is forgotten while a copy is made is noted, and
// so is one whose deletion takes a while.
func TestNotesDuringACopy(t *testing.T) {
	d := newDesk(t)
	if err := d.Copied(filepath.Join(d.dir, "slow"), taken()); err != nil {
		t.Fatal(err)
	}
	d.forgotten("1", taken().Add(time.Minute))
	if !d.gone("1", taken()) {
		t.Error("forgotten during a copy and not noted")
	}
	d.copied("next", taken().Add(10*time.Minute))
	if !d.gone("1", taken().Add(10*time.Minute)) {
		t.Error("forgotten over nine minutes, in the midst of which there was a copy, and not noted")
	}
	if err := d.Failed(filepath.Join(d.dir, "slow"), taken()); err != nil {
		t.Fatal(err)
	}
	if text, _ := os.ReadFile(d.file); strings.Contains(string(text), "slow") {
		t.Errorf("a failed copy is still noted:\n%s", text)
	}
}

// TestNotesOfADiskThatIsAway: copies in a folder that is missing or empty may come
// back, for 400 days.
func TestNotesOfADiskThatIsAway(t *testing.T) {
	d := newDesk(t)
	file := d.copied("only", taken())
	d.forgotten("1", taken().Add(time.Hour))
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	for _, days := range []int{2, 399, 401} {
		if err := d.Tidy(taken().AddDate(0, 0, days)); err != nil {
			t.Fatal(err)
		}
		if got, want := d.gone("1", taken()), days <= 400; got != want {
			t.Errorf("after %d days: noted is %t, want %t", days, got, want)
		}
	}
}

// TestNotesSayNothing: neither the id nor the time to the minute is in the file,
// and another key finds nobody.
func TestNotesSayNothing(t *testing.T) {
	d := newDesk(t)
	d.copied("copy", taken())
	d.forgotten("123456789012345678", taken().Add(61*time.Minute+7*time.Second))
	text, err := os.ReadFile(d.file)
	if err != nil || strings.Contains(string(text), "123456") || strings.Contains(string(text), ":01:") {
		t.Errorf("%s, %v", text, err)
	}
	other := NotesOf(strings.TrimSuffix(d.file, ".forgets"), []byte("another key"))
	r, err := other.Since(taken())
	if err != nil || !r.From.Equal(taken()) || r.OtherKey != 1 || r.Gone("123456789012345678") {
		t.Errorf("under another key: %+v, %v", r, err)
	}
	if r, err := NotesOf(filepath.Join(t.TempDir(), "x"), nil).Since(taken()); !r.From.IsZero() || err != nil {
		t.Errorf("no notes: %+v, %v", r, err)
	}
	if err := os.WriteFile(d.file, []byte("{\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Since(taken()); err == nil || !strings.Contains(err.Error(), "is damaged") {
		t.Errorf("damaged notes: %v", err)
	}
}

func TestNotesByMany(t *testing.T) {
	d := newDesk(t)
	d.copied("copy", taken())
	var wg sync.WaitGroup
	for n := range 20 {
		wg.Go(func() {
			if err := NotesOf(strings.TrimSuffix(d.file, ".forgets"), []byte("a key")).Forgotten(string(rune('a'+n)), taken().Add(time.Hour)); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	for n := range 20 {
		if !d.gone(string(rune('a'+n)), taken()) {
			t.Errorf("%c was lost", 'a'+n)
		}
	}
}
