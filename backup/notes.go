package backup

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/gofrs/flock"
)

// copyForgotten is how long a copy counts as there when that can't be seen, as of
// one on a disk that is away.
const copyForgotten = 400 * 24 * time.Hour

// copyMaking is how long a copy may be under way, and so not be there yet.
const copyMaking = time.Hour

// noteStep is what the time of a note is rounded to. A note is dated a step or two
// ahead: until then what it is about may still be under way, and nobody finds a
// person by laying the notes beside a log.
const noteStep = 15 * time.Minute

// Notes is a file beside the database: which copies there are, and who asked to be
// forgotten since the oldest, under a keyed hash. Several processes may use it.
type Notes struct {
	file string
	key  []byte
}

// NotesOf returns the notes of the database file at path. Hashes are made with
// key, which must stand in neither the database nor the notes.
func NotesOf(path string, key []byte) *Notes { return &Notes{path + ".forgets", key} }

// A note is a copy, or someone who was forgotten.
type note struct {
	At   time.Time `json:"at"`
	Copy string    `json:"copy,omitempty"` // its file
	Who  string    `json:"who,omitempty"`  // a hash
	Key  string    `json:"key,omitempty"`  // which key made it
}

// Copied notes that a copy is about to be made. What was forgotten before the
// oldest copy that is left is dropped.
func (n *Notes) Copied(file string, at time.Time) error {
	file, err := filepath.Abs(file)
	if err != nil {
		return fmt.Errorf("note a copy: %w", err)
	}
	err = n.change(func(notes []note) []note { return current(append(notes, note{At: at.UTC(), Copy: file}), at) })
	if err != nil {
		return fmt.Errorf("note a copy: %w", err)
	}
	return nil
}

// Failed takes back what Copied noted of a copy that could not be made, and leaves
// an older copy of that name.
func (n *Notes) Failed(file string, at time.Time) error {
	file, err := filepath.Abs(file)
	if err != nil {
		return fmt.Errorf("drop the note of a copy: %w", err)
	}
	err = n.change(func(notes []note) []note {
		return slices.DeleteFunc(notes, func(x note) bool { return x.Copy == file && x.At.Equal(at) })
	})
	if err != nil {
		return fmt.Errorf("drop the note of a copy: %w", err)
	}
	return nil
}

// Forgotten notes that a user is about to be forgotten, if there is a copy that may
// have them.
func (n *Notes) Forgotten(userID string, at time.Time) error {
	dated := at.UTC().Truncate(noteStep).Add(2 * noteStep)
	err := n.change(func(notes []note) []note {
		return current(append(notes, note{At: dated, Who: n.hash(userID), Key: n.keyName()}), at)
	})
	if err != nil {
		return fmt.Errorf("note who was forgotten: %w", err)
	}
	return nil
}

// Tidy drops what was forgotten before the oldest copy that is left.
func (n *Notes) Tidy(now time.Time) error {
	err := n.change(func(notes []note) []note { return current(notes, now) })
	if err != nil {
		return fmt.Errorf("tidy the notes of who was forgotten: %w", err)
	}
	return nil
}

// A Record is who was forgotten since an instant, as far as that is known.
type Record struct {
	Gone     func(userID string) bool
	OtherKey int       // notes that were made with another key, and so say nothing
	From     time.Time // nobody who was forgotten before is in it, in full seconds; zero if it is empty
}

// Since returns who was forgotten at an instant or later. What it knows begins with
// the oldest copy that is noted.
func (n *Notes) Since(at time.Time) (Record, error) {
	notes, err := n.read()
	if err != nil {
		return Record{}, fmt.Errorf("read who was forgotten: %w", err)
	}
	who := map[string]bool{}
	r := Record{Gone: func(id string) bool { return who[n.hash(id)] }}
	for _, x := range notes {
		switch {
		case x.Who == "":
			if from := x.At.Truncate(time.Second); r.From.IsZero() || from.Before(r.From) {
				r.From = from
			}
		case x.At.Before(at):
		case x.Key != n.keyName():
			r.OtherKey++
		default:
			who[x.Who] = true
		}
	}
	return r, nil
}

// Last returns the newest copy that is still there, or false.
func (n *Notes) Last() (file string, at time.Time, ok bool, err error) {
	notes, err := n.read()
	if err != nil {
		return "", at, false, fmt.Errorf("read which copies there are: %w", err)
	}
	for _, x := range notes {
		if x.Copy == "" || !x.At.After(at) {
			continue
		}
		if _, err := os.Stat(x.Copy); err == nil {
			file, at, ok = x.Copy, x.At, true
		}
	}
	return file, at, ok, nil
}

func (n *Notes) hash(text string) string {
	h := hmac.New(sha256.New, n.key)
	h.Write([]byte(text))
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// keyName tells keys apart, and says nothing of them.
func (n *Notes) keyName() string { return n.hash("the key")[:8] }

// current returns the copies that are left, and who was forgotten since the oldest.
func current(notes []note, now time.Time) []note {
	var oldest time.Time
	var out []note
	for _, x := range notes {
		if x.Copy == "" || lost(x, now) {
			continue
		}
		if out = append(out, x); oldest.IsZero() || x.At.Before(oldest) {
			oldest = x.At
		}
	}
	for _, x := range notes {
		if x.Who != "" && !oldest.IsZero() && !x.At.Before(oldest) {
			out = append(out, x)
		}
	}
	return out
}

// lost reports whether a copy is no more. One in a folder that is missing or empty
// may be on a disk that is away.
func lost(x note, now time.Time) bool {
	if age := now.Sub(x.At); age > copyForgotten || age < copyMaking {
		return age > copyForgotten
	}
	if _, err := os.Stat(x.Copy); !errors.Is(err, fs.ErrNotExist) {
		return false
	}
	beside, err := os.ReadDir(filepath.Dir(x.Copy))
	return err == nil && len(beside) > 0
}

func (n *Notes) read() ([]note, error) {
	data, err := os.ReadFile(n.file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []note
	for line := range strings.Lines(string(data)) {
		var x note
		if err := json.Unmarshal([]byte(line), &x); err != nil {
			return nil, fmt.Errorf("%s is damaged (%w): move it away and delete the copies from before now, which may have people who asked to be forgotten", n.file, err)
		}
		out = append(out, x)
	}
	return out, nil
}

// change replaces the notes by what edit makes of them. A crash leaves the old
// ones or the new ones.
func (n *Notes) change(edit func([]note) []note) error {
	lock := flock.New(n.file + ".lock")
	if err := lock.Lock(); err != nil {
		return err
	}
	defer lock.Unlock()
	notes, err := n.read()
	if err != nil {
		return err
	}
	edited := edit(slices.Clone(notes))
	if slices.Equal(edited, notes) {
		return nil
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	for _, x := range edited {
		if err := enc.Encode(x); err != nil {
			return err
		}
	}
	return replace(n.file, b.String())
}

// replace writes a file whole, or leaves it.
func replace(file, text string) error {
	f, err := os.OpenFile(file+".new", os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	_, err = f.WriteString(text)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(file+".new", file); err != nil {
		return err
	}
	return syncFolder(file)
}
