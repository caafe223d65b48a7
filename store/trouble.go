package store

import (
	"errors"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// A Trouble is what keeps the database from working at all: a damaged file, a
// full disk, a missing table and the like.
type Trouble struct {
	Kind  string // one word
	Says  string // what it is and what mends it, in one sentence
	Lasts bool   // it holds until the program is started anew
}

// TroubleOf returns the trouble behind an error. It reports false for any other
// error.
func TroubleOf(err error) (Trouble, bool) {
	se, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return Trouble{}, false
	}
	full := Trouble{Kind: "full", Says: "the disk of the database is full: make room"}
	switch code := se.Code(); code & 0xff { // the rest of the code is detail
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return Trouble{"damaged", "the database is damaged or not a database: restore a backup, or move the file away to start empty", true}, true
	case sqlite3.SQLITE_READONLY:
		return Trouble{Kind: "readonly", Says: "the database can't be written: let this user write to it and in its folder"}, true
	case sqlite3.SQLITE_CANTOPEN:
		return Trouble{Kind: "unopened", Says: "the database can't be opened: let this user write to it and in its folder, and let the program open more files"}, true
	case sqlite3.SQLITE_IOERR:
		if code == sqlite3.SQLITE_IOERR_SHMSIZE { // a file beside the database can't grow
			return full, true
		}
		return Trouble{Kind: "io", Says: "the disk of the database can't be read or written: check the disk, and restore a backup if it is broken"}, true
	case sqlite3.SQLITE_FULL:
		return full, true
	case sqlite3.SQLITE_BUSY:
		return Trouble{Kind: "locked", Says: "the database is locked by another program: close that one"}, true
	case sqlite3.SQLITE_ERROR:
		if strings.Contains(se.Error(), "no such table") || strings.Contains(se.Error(), "no such column") {
			return Trouble{"incomplete", "a table of the database is missing: restore a backup, or move the file away to start empty", true}, true
		}
	}
	return Trouble{}, false
}
