package store

import (
	"context"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// testServer is the PostgreSQL database that the tests may use, or "" for SQLite.
// It is only ever what the environment names.
func testServer() string { return os.Getenv("UNPINCH_TEST_POSTGRES") }

// TestWhere says once in which database the tests run.
func TestWhere(t *testing.T) {
	if testServer() == "" {
		t.Skip("UNPINCH_TEST_POSTGRES names no database: the tests run in SQLite only")
	}
	t.Logf("the tests run in %s", Server(testServer()))
}

// ownSchema makes a schema for a test in the database that testServer names, and
// returns the address of a store in it.
func ownSchema(t testing.TB) string {
	t.Helper()
	u, err := url.Parse(testServer())
	if err != nil {
		t.Fatal("UNPINCH_TEST_POSTGRES is no address")
	}
	name := fmt.Sprintf("unpinch_test_%d_%d", os.Getpid(), time.Now().UnixNano())
	onServer(t, "CREATE SCHEMA "+name)
	t.Cleanup(func() { onServer(t, "DROP SCHEMA "+name+" CASCADE") })
	query := u.Query()
	query.Set("search_path", name)
	u.RawQuery = query.Encode()
	return u.String()
}

func onServer(t testing.TB, statement string) {
	t.Helper()
	ctx := context.WithoutCancel(t.Context())
	c, err := pgx.Connect(ctx, testServer())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(ctx)
	if _, err := c.Exec(ctx, statement); err != nil {
		t.Fatal(err)
	}
}

// ofFile skips a test of what only SQLite has: its file, its pages, its plans of
// queries.
func ofFile(t testing.TB) {
	t.Helper()
	if testServer() != "" {
		t.Skip("of SQLite only")
	}
}

// shown is how errors name where a store is.
func shown(path string) string {
	if IsURL(path) {
		return Server(path)
	}
	return path
}

// When the server cuts all connections, the store goes on, and is still alone.
func TestConnectionsAreCut(t *testing.T) {
	if testServer() == "" {
		t.Skip("of PostgreSQL only")
	}
	t.Parallel()
	path := ownSchema(t) + "&application_name=" + fmt.Sprint("cut", time.Now().UnixNano())
	s := openAt(t, path)
	must(t, s.SetSetting(t.Context(), "a", "b"))
	u, err := url.Parse(path)
	must(t, err)
	onServer(t, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '"+u.Query().Get("application_name")+"'")
	_ = s.SetSetting(t.Context(), "a", "c") // one that was cut in the middle may fail
	must(t, s.SetSetting(t.Context(), "a", "d"))
	if got, err := s.Setting(t.Context(), "a"); got != "d" || err != nil {
		t.Errorf("got %q, %v, want d", got, err)
	}
	_, err = Open(t.Context(), path, Options{})
	checkRefused(t, err, "is in use by another unpinch")
}

// An address holds a password, which is in no error and no name.
func TestPasswordsStaySecret(t *testing.T) {
	t.Parallel()
	for _, where := range []string{
		"postgres://unpinch:s3cret@127.0.0.1:1/unpinch", "postgres://unpinch:s3 cret@host/unpinch", "postgres://unpinch:s3cret@host:99999/x",
		"postgres://unpinch:s3cret@/x?host=/nowhere", "postgres://unpinch@127.0.0.1:1/x?password=s3cret", "postgres://a:s3cret%zz@b/c",
	} {
		_, err := Open(t.Context(), where, Options{})
		_, examined := Examine(t.Context(), where)
		for _, text := range []string{fmt.Sprint(err), fmt.Sprint(examined), Server(where)} {
			if text == "<nil>" || strings.Contains(text, "s3") || strings.Contains(text, "\n") {
				t.Errorf("%s: got %q, want one line without the password", where, text)
			}
		}
	}
}

func TestNumbered(t *testing.T) {
	for query, want := range map[string]string{
		"SELECT 1":             "SELECT 1",
		"a = ? AND b = ?":      "a = $1 AND b = $2",
		"a = ?2 AND b = ?1":    "a = $2 AND b = $1",
		"LIMIT ?12 + 0":        "LIMIT $12 + 0",
		"(?, ?, ?)":            "($1, $2, $3)",
		"? = ?":                "$1 = $2",
		strings.Repeat("?", 2): "$1$2",
	} {
		if got := numbered(query); got != want {
			t.Errorf("%s: got %s, want %s", query, got, want)
		}
	}
}

// What a catalog tells in words of SQLite.
const (
	postgresColumnsQuery = `
SELECT c.table_name, c.column_name, CASE c.data_type WHEN 'bigint' THEN 'INTEGER' WHEN 'integer' THEN 'INTEGER' WHEN 'double precision' THEN 'REAL' ELSE upper(c.data_type) END,
    c.is_nullable = 'NO'
FROM information_schema.columns c WHERE c.table_schema = current_schema() ORDER BY c.table_name, c.ordinal_position`
	postgresReferencesQuery = `
SELECT a.attname, f.relname, b.attname
FROM pg_constraint r JOIN pg_class f ON f.oid = r.confrelid
JOIN pg_attribute a ON a.attrelid = r.conrelid AND a.attnum = r.conkey[1] JOIN pg_attribute b ON b.attrelid = r.confrelid AND b.attnum = r.confkey[1]
WHERE r.contype = 'f' AND r.conrelid = CAST(quote_ident(?) AS regclass)`
	postgresSchemaQuery = `
SELECT replace(said, current_schema() || '.', '') FROM (
    SELECT 1 AS n, p.proname || pg_get_function_arguments(p.oid) AS name, trim(E'\n' FROM pg_get_functiondef(p.oid)) AS said
    FROM pg_proc p WHERE p.pronamespace = CAST(current_schema() AS regnamespace)
    UNION ALL
    SELECT 2, c.relname, 'TABLE ' || c.relname || E' (\n    ' || string_agg(a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
        || CASE WHEN l.collname = 'C' THEN ' COLLATE "C"' ELSE '' END || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
        || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '') || CASE a.attidentity WHEN 'd' THEN ' IDENTITY' ELSE '' END, E',\n    ' ORDER BY a.attnum) || E'\n)'
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_collation l ON l.oid = a.attcollation LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND c.relkind = 'r' GROUP BY c.relname
    UNION ALL
    SELECT 3, c.relname || r.conname, 'ON ' || c.relname || ' ' || pg_get_constraintdef(r.oid)
    FROM pg_constraint r JOIN pg_class c ON c.oid = r.conrelid WHERE r.connamespace = CAST(current_schema() AS regnamespace) AND r.contype <> 'n'
    UNION ALL
    SELECT 4, indexname, indexdef FROM pg_indexes WHERE schemaname = current_schema()
    UNION ALL
    SELECT 5, t.tgname, pg_get_triggerdef(t.oid)
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace = CAST(current_schema() AS regnamespace) AND NOT t.tgisinternal
) all_of_it ORDER BY n, name COLLATE "C", said COLLATE "C"`
)

// booleans lists the columns in which a condition stands.
func booleans(t testing.TB, s *Store) (all []string) {
	t.Helper()
	for _, c := range schemaColumns(t, s) {
		if c.kind == "BOOLEAN" {
			all = append(all, c.String())
		}
	}
	return all
}

// A text that a server would order by its language is found in no order that
// anyone counts on.
func TestTextIsOrderedByItsBytes(t *testing.T) {
	if testServer() == "" {
		t.Skip("of PostgreSQL only")
	}
	t.Parallel()
	s := openEmpty(t)
	if n := count(t, s, `SELECT count(*) FROM information_schema.columns
WHERE table_schema = current_schema() AND data_type = 'text' AND collation_name IS DISTINCT FROM 'C'`); n != 0 {
		t.Errorf("got %d columns of another collation, want none", n)
	}
}

// A later migration is of both databases.
func TestMigrationsArePaired(t *testing.T) {
	t.Parallel()
	for _, pair := range [][2]string{{"migrations", "migrations/postgres"}, {"migrations/postgres", "migrations"}} {
		all, err := fs.Glob(migrationFiles, pair[0]+"/*.sql")
		must(t, err)
		for _, file := range all {
			if version(t, file) <= 22 {
				continue
			}
			if _, err := fs.Stat(migrationFiles, path.Join(pair[1], path.Base(file))); err != nil {
				t.Errorf("%s has no fellow: %v", file, err)
			}
		}
	}
}
