package store

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/pressly/goose/v3"
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
//   - Parameters are ?1 or ?, which are one thing: numbered makes $1 of both for
//     PostgreSQL. For SQLite $1 would be a name and not a number.
//
// What PostgreSQL lacks, of which there are min and max of two values and json_each,
// its first migration makes.
type dialect struct {
	goose      goose.Dialect
	migrations string // the folder of them
	tables     string // names all tables but those of which Dump says nothing
	columns    string // names the columns of table ?
	booleans   string // names those of table ? that take TRUE and FALSE and no number
	numbers    string // names tables, each with the last number that it gave to a row
	setNumber  string // has table ?1 go on after number ?2
	ownTables  string // counts the tables, and those that say which version the schema has
}

func sqliteDialect() dialect {
	return dialect{
		goose:      goose.DialectSQLite3,
		migrations: "migrations",
		tables:     `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('gateway_sessions', 'scrubs') ORDER BY name`,
		// Generated columns count; hidden is 1 for those of a virtual table only.
		columns:   `SELECT name FROM pragma_table_xinfo(?) WHERE hidden <> 1 ORDER BY cid`,
		booleans:  `SELECT name FROM pragma_table_xinfo(?) WHERE type = 'BOOLEAN'`,
		numbers:   `SELECT name, seq FROM sqlite_sequence WHERE name <> 'goose_db_version' UNION ALL SELECT 'saved_batches', coalesce(max(id), 0) FROM saved_batches`,
		setNumber: `UPDATE sqlite_sequence SET seq = max(seq, ?2) WHERE name = ?1`,
		ownTables: `
SELECT count(*), coalesce(sum(name = 'goose_db_version'), 0)
FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\'`,
	}
}

func postgresDialect() dialect {
	return dialect{
		goose:      goose.DialectPostgres,
		migrations: "migrations/postgres",
		tables: `
SELECT CAST(tablename AS TEXT) FROM pg_tables
WHERE schemaname = current_schema() AND tablename NOT IN ('gateway_sessions', 'scrubs') ORDER BY tablename`,
		columns: `
SELECT CAST(attname AS TEXT) FROM pg_attribute
WHERE attrelid = CAST(quote_ident(?) AS regclass) AND attnum > 0 AND NOT attisdropped ORDER BY attnum`,
		booleans: `
SELECT CAST(attname AS TEXT) FROM pg_attribute
WHERE attrelid = CAST(quote_ident(?) AS regclass) AND attnum > 0 AND NOT attisdropped AND atttypid = CAST('boolean' AS regtype)`,
		numbers: `
SELECT CAST(t.relname AS TEXT), coalesce(pg_sequence_last_value(q.oid), 0)
FROM pg_class q JOIN pg_depend d ON d.objid = q.oid AND d.deptype = 'i' JOIN pg_class t ON t.oid = d.refobjid
WHERE q.relkind = 'S' AND t.relnamespace = CAST(current_schema() AS regnamespace) AND t.relname <> 'goose_db_version'`,
		setNumber: `SELECT setval(pg_get_serial_sequence(?1, 'id'), CAST(?2 AS BIGINT))`,
		ownTables: `
SELECT count(*), count(*) FILTER (WHERE tablename = 'goose_db_version') FROM pg_tables WHERE schemaname = current_schema()`,
	}
}

// isUnique reports whether err says that a row is there already.
func isUnique(err error) bool {
	if pe, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pe.Code == "23505"
	}
	se, ok := errors.AsType[*sqlite.Error](err)
	return ok && se.Code() == sqlite3.SQLITE_CONSTRAINT_UNIQUE
}
