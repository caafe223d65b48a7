package store

import (
	"context"
	"errors"
	"os"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Deleting needs room: what changes is written to the log first, which a scrub
// leaves empty. On a full disk that is in a file beside the database.
const (
	spareSuffix = ".spare"
	spareBytes  = 1 << 20
)

// keepSpare makes that file where it is missing, as far as there is room.
func (s *Store) keepSpare() {
	if info, err := os.Stat(s.file + spareSuffix); err == nil && info.Size() == spareBytes {
		return
	}
	_ = os.WriteFile(s.file+spareSuffix, make([]byte, spareBytes), 0o600) // a part of it is room too
}

// withRoom runs do, and once more if the disk is full, with the room of the spare
// file and of what the log holds twice.
func (s *Store) withRoom(ctx context.Context, do func() error) error {
	err := do()
	if se, ok := errors.AsType[*sqlite.Error](err); !ok || se.Code()&0xff != sqlite3.SQLITE_FULL {
		return err
	}
	_ = os.Remove(s.file + spareSuffix)
	_ = checkpoint(ctx, s.write, "PASSIVE") // which may be short of room too
	return do()
}
