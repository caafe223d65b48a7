package store

import (
	"errors"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// Trouble says in one sentence what keeps the database from working at all, and
// what mends it: a damaged file, a full disk, a missing table and the like. It
// reports false for any other error.
func Trouble(err error) (says string, ok bool) {
	se, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		says = serverTrouble(serverSays(err))
		return says, says != ""
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

func serverTrouble(code string) string {
	switch {
	case strings.HasPrefix(code, "08"), strings.HasPrefix(code, "57P"):
		return "the PostgreSQL server can't be reached: start it, and see that host and port of the address are right"
	case strings.HasPrefix(code, "28"), code == "3D000":
		return "the PostgreSQL server lets nobody in by this address: check user, password and database"
	case code == "42501", code == "25006", code == "3F000":
		return "the database can't be written: let this user make tables in it"
	case code == "53100":
		return "the disk of the PostgreSQL server is full: make room, and the bot goes on by itself"
	case code == "53300":
		return "the PostgreSQL server takes no more connections: raise its max_connections, or stop what holds them; unpinch needs five"
	case code == "55P03":
		return "the database is locked by another program: end its transaction"
	case code == "42P01", code == "42703":
		return "a table of the database is missing: restore a backup, or give an empty database"
	}
	return ""
}
