// Package backup keeps copies of the database: compressed, encrypted if wanted,
// each opened again once it is made, and beside the database a note of who asked
// to be forgotten since, so that a restored copy forgets them too. It knows
// nothing of what is in the database.
package backup

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"filippo.io/age"
)

// What files begin with.
const (
	ageHeader  = "age-encryption.org/v1"
	gzipHeader = "\x1f\x8b"
)

// ErrEncrypted is a copy that is read without its key.
var ErrEncrypted = errors.New("the copy is encrypted: give the file with its age identity by --identity")

// errDamaged is a copy of which a byte is not what was written.
var errDamaged = errors.New("the copy is damaged or cut short")

// Recipients reads who can open a copy: public keys as age writes them, one a
// line. None are no error, and then a copy isn't encrypted.
func Recipients(text string) ([]age.Recipient, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	found, err := age.ParseRecipients(strings.NewReader(text))
	if err != nil { // which may quote a secret key that was taken for a public one
		return nil, errors.New(`is no public key of age, such as age1…; "age-keygen -o key.txt" makes one and prints it`)
	}
	return found, nil
}

// seal returns a writer that compresses, and encrypts if there are recipients.
// at is kept in the file, to the second. Close it to complete the file.
func seal(w io.Writer, recipients []age.Recipient, at time.Time) (io.WriteCloser, error) {
	s := sealer{}
	if len(recipients) > 0 {
		sealed, err := age.Encrypt(w, recipients...)
		if err != nil {
			return nil, fmt.Errorf("encrypt the copy: %w", err)
		}
		s.encrypted, w = sealed, sealed
	}
	s.Writer = gzip.NewWriter(w)
	s.ModTime, s.Comment = at, "unpinch"
	return s, nil
}

// A sealer closes what it writes through.
type sealer struct {
	*gzip.Writer
	encrypted io.Closer // nil if it isn't
}

func (s sealer) Close() error {
	err := s.Writer.Close()
	if s.encrypted != nil {
		err = errors.Join(err, s.encrypted.Close())
	}
	return err
}

// unseal returns what was sealed, and when. The reader returns an error at its end
// if a byte of the file is not what was written.
func unseal(r io.Reader, identities []age.Identity) (io.Reader, time.Time, error) {
	in := bufio.NewReader(r)
	if head, _ := in.Peek(len(ageHeader)); string(head) == ageHeader {
		if len(identities) == 0 {
			return nil, time.Time{}, ErrEncrypted
		}
		clear, err := age.Decrypt(in, identities...)
		if _, ok := errors.AsType[*age.NoIdentityMatchError](err); ok {
			return nil, time.Time{}, errors.New("the copy is encrypted to another key: give the identity that belongs to its recipient")
		}
		if err != nil {
			return nil, time.Time{}, fmt.Errorf("decrypt the copy: %w", err)
		}
		in = bufio.NewReader(clear)
	}
	head, err := in.Peek(len(gzipHeader))
	if err != nil && err != io.EOF {
		return nil, time.Time{}, fmt.Errorf("%w: %w", errDamaged, err)
	}
	if string(head) != gzipHeader {
		return nil, time.Time{}, errors.New("the file is no copy that unpinch backup made")
	}
	out, err := gzip.NewReader(in)
	if err != nil || out.Comment != "unpinch" {
		return nil, time.Time{}, errors.New("the file is no copy that unpinch backup made")
	}
	return out, out.ModTime, nil
}
