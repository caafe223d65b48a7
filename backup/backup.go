package backup

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"filippo.io/age"
	"github.com/gofrs/flock"
)

// A Maker makes copies of one database.
type Maker struct {
	Copy       func(ctx context.Context, w io.Writer) error // writes the database, as it stands
	Verify     func(ctx context.Context, file string) error // opens a copy of it
	Database   string                                       // in whose folder a copy is opened
	Recipients []age.Recipient                              // who can open a copy; none for everyone
}

// Make writes a copy to the file out, which must not exist, and returns its size
// once it has been read back from the disk and opened. at is the time before which
// all is in it. If Make returns an error, there is no file out.
func (m Maker) Make(ctx context.Context, out string, at time.Time) (size int64, err error) {
	if _, err := os.Stat(out); !errors.Is(err, fs.ErrNotExist) {
		return 0, fmt.Errorf("%s is there already: give another name", out)
	}
	free, err := Alone(m.Database) // for the part, and for the file that is opened again
	if err != nil {
		return 0, err
	}
	defer free()
	part := out + ".part"
	defer os.Remove(part)
	own, recipients, err := m.readable()
	if err != nil {
		return 0, err
	}
	size, sum, err := m.write(ctx, part, recipients, at)
	if err != nil {
		return 0, fmt.Errorf("write the copy: %w", err)
	}
	if err := m.readBack(ctx, part, own, sum); err != nil {
		return 0, fmt.Errorf("the copy can't be opened again, and is deleted: %w", err)
	}
	if err := settle(part, out); err != nil {
		return 0, fmt.Errorf("name the copy: %w", err)
	}
	return size, syncFolder(out)
}

// Alone returns an error if another process makes or restores a copy of the
// database file at path. Otherwise none does until free is called.
func Alone(path string) (free func(), err error) {
	lock := flock.New(path + ".backup.lock")
	held, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("cannot write in the folder of %s: %w", path, err)
	}
	if !held {
		return nil, errors.New("another backup or restore of this database is under way: wait for its end")
	}
	return func() { _ = lock.Unlock() }, nil
}

// settle gives a file its name, and takes the place of no other. A link does
// that. On disks without links, such as a stick, an empty file holds the name for
// as long as the change takes.
func settle(part, out string) error {
	err := os.Link(part, out)
	if err == nil || errors.Is(err, fs.ErrExist) {
		return err
	}
	hold, err := os.OpenFile(out, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(hold.Close(), os.Rename(part, out)); err != nil {
		return errors.Join(err, os.Remove(out))
	}
	return nil
}

// readable returns the recipients of a copy and one more, of a key that this
// process alone has: to open what it wrote. Keys of two kinds don't go together.
func (m Maker) readable() ([]age.Identity, []age.Recipient, error) {
	if len(m.Recipients) == 0 {
		return nil, nil, nil
	}
	if _, hybrid := m.Recipients[0].(*age.HybridRecipient); hybrid {
		own, err := age.GenerateHybridIdentity()
		if err != nil {
			return nil, nil, fmt.Errorf("make a key: %w", err)
		}
		return []age.Identity{own}, append([]age.Recipient{own.Recipient()}, m.Recipients...), nil
	}
	own, err := age.GenerateX25519Identity()
	if err != nil {
		return nil, nil, fmt.Errorf("make a key: %w", err)
	}
	return []age.Identity{own}, append([]age.Recipient{own.Recipient()}, m.Recipients...), nil
}

func (m Maker) write(ctx context.Context, part string, recipients []age.Recipient, at time.Time) (size int64, sum hash.Hash, err error) {
	f, err := os.OpenFile(part, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return 0, nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	sealed, err := seal(f, recipients, at)
	if err != nil {
		return 0, nil, err
	}
	sum = sha256.New()
	if err := errors.Join(m.Copy(ctx, io.MultiWriter(sealed, sum)), sealed.Close()); err != nil {
		return 0, nil, err
	}
	if err := f.Sync(); err != nil {
		return 0, nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return 0, nil, err
	}
	return info.Size(), sum, nil
}

// readBack opens what was written. The database is in the clear for that, in the
// folder in which it is anyway.
func (m Maker) readBack(ctx context.Context, part string, own []age.Identity, sum hash.Hash) error {
	scratch := m.Database + ".verify"
	defer Erase(scratch)
	read := sha256.New()
	if _, err := extract(part, scratch, own, read); err != nil {
		return err
	}
	if string(read.Sum(nil)) != string(sum.Sum(nil)) {
		return errors.New("what the disk holds is not what was written")
	}
	return m.Verify(ctx, scratch)
}

// Extract writes the database of the copy at file to out, and returns the time of
// the copy. The caller erases out.
func Extract(file, out string, identities []age.Identity) (time.Time, error) {
	return extract(file, out, identities, io.Discard)
}

func extract(file, out string, identities []age.Identity, also io.Writer) (at time.Time, err error) {
	in, err := os.Open(file)
	if err != nil {
		return at, err
	}
	defer in.Close()
	clear, at, err := unseal(in, identities)
	if err != nil {
		return at, err
	}
	f, err := os.OpenFile(out, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return at, err
	}
	_, err = io.Copy(io.MultiWriter(f, also), whole{clear})
	return at, errors.Join(err, f.Sync(), f.Close())
}

// whole reads a copy, and tells one that can't be read to its end from a disk that
// doesn't take what was read.
type whole struct{ io.Reader }

func (w whole) Read(b []byte) (int, error) {
	n, err := w.Reader.Read(b)
	if err != nil && err != io.EOF {
		err = fmt.Errorf("%w: %w", errDamaged, err)
	}
	return n, err
}

// Erase overwrites a file and deletes it, if it is there and as far as that goes.
func Erase(file string) {
	if info, err := os.Stat(file); err == nil {
		if f, err := os.OpenFile(file, os.O_WRONLY, 0); err == nil {
			_, _ = io.CopyN(f, zeros{}, info.Size())
			_ = f.Sync()
			_ = f.Close()
		}
	}
	_ = os.Remove(file)
}

// zeros is as many zero bytes as anyone reads.
type zeros struct{}

func (zeros) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

// syncFolder makes a new name in the folder of path outlast a power cut.
func syncFolder(path string) error {
	dir, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	_ = dir.Sync() // some systems can't, and need it less
	return dir.Close()
}
