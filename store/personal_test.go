package store

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// impersonal lists the columns that hold no user's id. A new column goes here
// or into personalColumns, after thinking which.
func impersonal() []string {
	return []string{
		"goose_db_version.id", "goose_db_version.version_id", "goose_db_version.is_applied", "goose_db_version.tstamp",
		"members.consent_version", "members.consented_at", "members.age_statement",
		"members.locale", "members.zone", "members.country",
		"settings.name", "settings.value",
	}
}

// A column is one column of the real schema.
type column struct {
	table, name, kind string
	notNull           bool
}

func (c column) String() string { return c.table + "." + c.name }

// schemaColumns lists every column of every table, SQLite's own aside.
func schemaColumns(t testing.TB, s *Store) []column {
	t.Helper()
	rows, err := s.read.QueryContext(t.Context(), `
SELECT l.name, x.name, x.type, x."notnull" FROM pragma_table_list AS l, pragma_table_xinfo(l.name) AS x
WHERE l.schema = 'main' AND l.type <> 'view' AND l.name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY l.name, x.cid`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var all []column
	for rows.Next() {
		var c column
		if err := rows.Scan(&c.table, &c.name, &c.kind, &c.notNull); err != nil {
			t.Fatal(err)
		}
		all = append(all, c)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// unlisted returns what is wrong between the schema and the two lists.
func unlisted(all []column, personal []personalColumn, impersonal []string) []string {
	var faults []string
	known := map[string]column{}
	for _, c := range all {
		known[c.String()] = c
		mine := slices.ContainsFunc(personal, func(p personalColumn) bool { return p.table == c.table && p.column == c.name })
		if other := slices.Contains(impersonal, c.String()); mine == other {
			faults = append(faults, fmt.Sprintf("%v: personal %v, impersonal %v: want it in one list", c, mine, other))
		}
	}
	for _, p := range personal {
		c, ok := known[p.table+"."+p.column]
		if !ok {
			faults = append(faults, fmt.Sprintf("%s.%s: listed as personal but not in the schema", p.table, p.column))
		}
		if p.onForget == clearColumn && c.notNull {
			faults = append(faults, fmt.Sprintf("%v: cannot be cleared, as it is NOT NULL", c))
		}
	}
	for _, name := range impersonal {
		if _, ok := known[name]; !ok {
			faults = append(faults, name+": listed as impersonal but not in the schema")
		}
	}
	return faults
}

func TestEveryColumnIsListed(t *testing.T) {
	s := openAt(t, tempPath(t))
	for _, fault := range unlisted(schemaColumns(t, s), personalColumns(), impersonal()) {
		t.Error(fault)
	}
}

// widerPlan adds what later features will: rows that outlive their creator.
func widerPlan(t testing.TB) plan {
	return plan{
		migrations: withMigrations(t, map[string]string{"9001_classes.sql": `
CREATE TABLE classes (id INTEGER NOT NULL PRIMARY KEY, title TEXT NOT NULL, made_by TEXT, changed_by TEXT) STRICT;
CREATE TABLE notes (id INTEGER NOT NULL PRIMARY KEY, user_id TEXT NOT NULL, body TEXT, weight REAL NOT NULL, due_at INTEGER) STRICT;
CREATE INDEX notes_user ON notes (user_id);`}),
		personal: append(personalColumns(),
			personalColumn{"classes", "made_by", clearColumn},
			personalColumn{"classes", "changed_by", clearColumn},
			personalColumn{"notes", "user_id", deleteRow}),
	}
}

func TestUnlistedColumnsAreFound(t *testing.T) {
	p := widerPlan(t)
	s := openPlan(t, tempPath(t), p)
	got := unlisted(schemaColumns(t, s), append(personalColumns(), personalColumn{"classes", "title", clearColumn}), append(impersonal(), "gone.column"))
	for _, want := range []string{"classes.made_by: personal false", "notes.user_id: personal false", "classes.title: cannot be cleared", "gone.column: listed"} {
		if !slices.ContainsFunc(got, func(f string) bool { return strings.HasPrefix(f, want) }) {
			t.Errorf("got %q, want one that begins with %q", got, want)
		}
	}
}

// fill inserts a row about user into every personal table, each value made
// from the column's type, and returns what it put in by table and column.
func fill(t testing.TB, s *Store, user string, seed int) map[string]map[string]any {
	t.Helper()
	checked := map[string]any{"members.age_statement": 1} // what a CHECK leaves no choice of
	put := map[string]map[string]any{}
	columns := map[string][]string{}
	args := map[string][]any{}
	for i, c := range schemaColumns(t, s) {
		if !slices.ContainsFunc(s.personal, func(p personalColumn) bool { return p.table == c.table }) {
			continue
		}
		var value any
		switch c.kind {
		case "INTEGER":
			value = 1_700_000_000 + 1000*seed + i
		case "REAL":
			value = float64(seed) + 0.5
		case "TEXT":
			value = fmt.Sprintf("%s of %s", c.name, user)
		default:
			t.Fatalf("%v: no value for type %s", c, c.kind)
		}
		if v, ok := checked[c.String()]; ok {
			value = v
		}
		if slices.ContainsFunc(s.personal, func(p personalColumn) bool { return p.table == c.table && p.column == c.name }) {
			value = user
		}
		if put[c.table] == nil {
			put[c.table] = map[string]any{}
		}
		put[c.table][c.name] = value
		columns[c.table] = append(columns[c.table], quote(c.name))
		args[c.table] = append(args[c.table], value)
	}
	for table := range put {
		q := fmt.Sprintf("INSERT INTO %s (%s) VALUES (?%s)", quote(table), strings.Join(columns[table], ", "), strings.Repeat(", ?", len(columns[table])-1))
		if _, err := s.write.ExecContext(t.Context(), q, args[table]...); err != nil {
			t.Fatalf("%s: %v", table, err)
		}
	}
	return put
}

func exported(t testing.TB, s *Store, user string) (string, map[string][]map[string]any) {
	t.Helper()
	b, err := s.Export(t.Context(), user)
	if err != nil {
		t.Fatal(err)
	}
	var out export
	if err := json.Unmarshal(b, &out); err != nil {
		t.Fatalf("%v in %s", err, b)
	}
	if out.UserID != user {
		t.Errorf("got an export of %q, want of %q", out.UserID, user)
	}
	return string(b), out.Tables
}

// Every personal table is exported whole and forgotten whole, for one user and
// no other: with the real schema and with a wider one.
func TestExportAndForgetEveryTable(t *testing.T) {
	const a, b = "100000000000000001", "200000000000000002"
	for name, p := range map[string]plan{
		"real":  {migrationFiles, personalColumns()},
		"wider": widerPlan(t),
	} {
		t.Run(name, func(t *testing.T) {
			s := openPlan(t, tempPath(t), p)
			put := fill(t, s, a, 1)
			fill(t, s, b, 2)
			text, tables := exported(t, s, a)
			if strings.Contains(text, b) {
				t.Errorf("the export of one user names another:\n%s", text)
			}
			if len(tables) != len(put) {
				t.Errorf("got %d tables, want %d", len(tables), len(put))
			}
			for table, want := range put {
				if len(tables[table]) != 1 {
					t.Errorf("%s: got %d rows, want 1", table, len(tables[table]))
					continue
				}
				checkRow(t, table, tables[table][0], want)
			}
			ofB, _ := exported(t, s, b)
			if n, err := s.Forget(t.Context(), a); n != len(p.personal) || err != nil {
				t.Errorf("got %d rows, %v, want %d", n, err, len(p.personal))
			}
			if all := dump(t, s); strings.Contains(all, `"`+a+`"`) {
				t.Errorf("the user is still there:\n%s", all)
			}
			_, tables = exported(t, s, a)
			for table, rows := range tables {
				if rows == nil || len(rows) != 0 {
					t.Errorf("%s: got %v, want []", table, rows)
				}
			}
			if got, _ := exported(t, s, b); got != ofB {
				t.Errorf("the other user changed: got\n%s\nwant\n%s", got, ofB)
			}
			if n, err := s.Forget(t.Context(), a); n != 0 || err != nil {
				t.Errorf("forgetting again: got %d, %v, want 0", n, err)
			}
		})
	}
}

func checkRow(t *testing.T, table string, got, want map[string]any) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: got columns %v, want %v", table, got, want)
	}
	for name, value := range want {
		if seconds, ok := value.(int); ok && strings.HasSuffix(name, "_at") {
			value = time.Unix(int64(seconds), 0).UTC().Format(time.RFC3339)
		} else if ok {
			value = float64(seconds) // as JSON decodes it
		}
		if got[name] != value {
			t.Errorf("%s.%s: got %v, want %v", table, name, got[name], value)
		}
	}
}

func TestExportHidesOthersInSharedRow(t *testing.T) {
	s := openPlan(t, tempPath(t), widerPlan(t))
	for _, q := range []string{
		`INSERT INTO classes VALUES (1, 'Monday', 'anna', 'bert')`,
		`INSERT INTO classes VALUES (2, 'Friday', 'bert', 'bert')`,
	} {
		if _, err := s.write.ExecContext(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	text, tables := exported(t, s, "anna")
	if len(tables["classes"]) != 1 || strings.Contains(text, "bert") || !strings.Contains(text, `"changed_by": null`) {
		t.Errorf("got\n%s\nwant Monday without bert", text)
	}
	if n, err := s.Forget(t.Context(), "bert"); n != 3 || err != nil {
		t.Errorf("got %d, %v, want 3 columns cleared", n, err)
	}
	got := dump(t, s)
	for _, want := range []string{`"Monday", "anna", NULL`, `"Friday", NULL, NULL`} {
		if !strings.Contains(got, want) {
			t.Errorf("got\n%s\nwant %s", got, want)
		}
	}
}

func TestExportGolden(t *testing.T) {
	s := openAt(t, tempPath(t))
	if err := s.Agree(t.Context(), "100000000000000001", 2, "en-GB", agreed()); err != nil {
		t.Fatal(err)
	}
	text, _ := exported(t, s, "100000000000000001")
	golden(t, "export.json", text)
	empty, _ := exported(t, s, "200000000000000002")
	golden(t, "export-empty.json", empty)
}

// All or nothing: when one table refuses, no other has forgotten.
func TestForgetIsOneTransaction(t *testing.T) {
	p := widerPlan(t)
	s := openPlan(t, tempPath(t), p)
	fill(t, s, "1", 1)
	before := dump(t, s)
	s.personal = append(s.personal, personalColumn{"absent", "user_id", deleteRow})
	if _, err := s.Forget(t.Context(), "1"); err == nil || !strings.Contains(err.Error(), "absent.user_id") {
		t.Errorf("got %v, want an error that names absent.user_id", err)
	}
	if after := dump(t, s); after != before {
		t.Errorf("got\n%s\nwant\n%s", after, before)
	}
}
