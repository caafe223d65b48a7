package store

import (
	"errors"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// A dialect is what a database calls otherwise than others do. All other queries
// are the same text for each. So that they can be:
//
//   - A parameter has a type where its neighbours don't tell: CAST(?1 AS BIGINT).
//   - A condition is TRUE or FALSE, and is neither added up nor compared with 1.
//   - A new row's id is what its INSERT returns: newID.
//   - Text is ordered by its bytes, as all columns are declared to.
//   - A list of values is a parameter in JSON, read by json_each.
type dialect struct {
	tables    string // names all tables but those of which Dump says nothing
	columns   string // names the columns of table ?
	ownTables string // counts the tables, and those that say which version the schema has
}

func sqliteDialect() dialect {
	return dialect{
		tables: `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('gateway_sessions', 'scrubs') ORDER BY name`,
		// Generated columns count; hidden is 1 for those of a virtual table only.
		columns: `SELECT name FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid`,
		ownTables: `
SELECT count(*), coalesce(sum(name = 'goose_db_version'), 0)
FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`,
	}
}

// isUnique reports whether err says that a row is there already.
func isUnique(err error) bool {
	se, ok := errors.AsType[*sqlite.Error](err)
	return ok && se.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE
}
