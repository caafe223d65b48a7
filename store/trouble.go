package store

import (
	"errors"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Trouble says in one sentence what keeps the database from working at all, and
// what mends it: a damaged file, a full disk, a missing table and the like. It
// reports false for any other error.
func Trouble(err error) (says string, ok bool) {
	se, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return "", false
	}
	switch se.Code() & 0xff { // the rest of the code is detail
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return "the database is damaged or not a database: restore a backup, or move the file away to start empty", true
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN:
		return "the database can't be written: let this user write to it and in its folder", true
	case sqlite3.SQLITE_IOERR:
		return "the disk of the database can't be read or written: check the disk, and restore a backup if it is broken", true
	case sqlite3.SQLITE_FULL:
		return "the disk of the database is full: make room, and the bot goes on by itself", true
	case sqlite3.SQLITE_BUSY:
		return "the database is locked by another program: close that one", true
	case sqlite3.SQLITE_ERROR:
		if strings.Contains(se.Error(), "no such table") || strings.Contains(se.Error(), "no such column") {
			return "a table of the database is missing: restore a backup, or move the file away to start empty", true
		}
	}
	return "", false
}
