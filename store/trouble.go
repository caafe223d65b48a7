package store

import (
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
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
		return serverTrouble(serverSays(err))
	}
	full := Trouble{Kind: "full", Says: "the disk of the database is full: make room, and the bot goes on by itself"}
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

// serverSays returns the code of PostgreSQL for what is wrong, of which the first
// two characters are its class, "08000" if there is no connection, or "" if the
// error is none of PostgreSQL's.
func serverSays(err error) string {
	if pe, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pe.Code
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return "08000"
	}
	return ""
}

func serverTrouble(code string) (Trouble, bool) {
	switch {
	case strings.HasPrefix(code, "08"), strings.HasPrefix(code, "57P"):
		return Trouble{Kind: "unreached", Says: "the PostgreSQL server can't be reached: start it, and see that host and port of the address are right"}, true
	case strings.HasPrefix(code, "28"), code == "3D000":
		return Trouble{Kind: "unopened", Says: "the PostgreSQL server lets nobody in by this address: check user, password and database"}, true
	case code == "42501", code == "25006", code == "3F000":
		return Trouble{Kind: "readonly", Says: "the database can't be written: let this user make tables in it"}, true
	case code == "53100":
		return Trouble{Kind: "full", Says: "the disk of the PostgreSQL server is full: make room, and the bot goes on by itself"}, true
	case code == "53300":
		return Trouble{Kind: "crowded", Says: "the PostgreSQL server takes no more connections: raise its max_connections, or stop what holds them; unpinch needs five"}, true
	case code == "55P03":
		return Trouble{Kind: "locked", Says: "the database is locked by another program: end its transaction"}, true
	case code == "42P01", code == "42703":
		return Trouble{"incomplete", "a table of the database is missing: restore a backup, or give an empty database", true}, true
	}
	return Trouble{}, false
}
