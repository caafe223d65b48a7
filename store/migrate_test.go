package store

import (
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"unpinch/schedule"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// withMigrations is the embedded migrations and more.
func withMigrations(t testing.TB, more map[string]string) fs.FS {
	t.Helper()
	all := fstest.MapFS{}
	err := fs.WalkDir(migrationFiles, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(migrationFiles, path)
		all[path] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range more {
		all["migrations/"+name] = &fstest.MapFile{Data: []byte("-- +goose Up\n" + text)}
		text = strings.NewReplacer(" STRICT", "", "INTEGER", "BIGINT", "REAL", "DOUBLE PRECISION").Replace(text)
		all["migrations/postgres/"+name] = &fstest.MapFile{Data: []byte("-- +goose Up\n" + text)}
	}
	return all
}

// version is that of a migration's file: the number that its name begins with.
func version(t testing.TB, file string) int64 {
	t.Helper()
	number, _, _ := strings.Cut(filepath.Base(file), "_")
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// latest is the version of the last of the embedded migrations.
func latest(t testing.TB) int64 {
	t.Helper()
	files, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	return version(t, files[len(files)-1])
}

// schemaGolden is the file that has the schema.
func schemaGolden(s *Store) string {
	if s.file == "" {
		return "schema-postgres.sql"
	}
	return "schema.sql"
}

func schema(t testing.TB, s *Store) string {
	t.Helper()
	query := `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY type DESC, name`
	if s.file == "" {
		query = postgresSchemaQuery
	}
	rows, err := s.read.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var b strings.Builder
	for rows.Next() {
		var sql string
		if err := rows.Scan(&sql); err != nil {
			t.Fatal(err)
		}
		b.WriteString(sql + ";\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// golden compares got with testdata/name, or writes it with -update.
func golden(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", path, got, want)
	}
}

func TestSchema(t *testing.T) {
	s := openAt(t, tempPath(t))
	golden(t, schemaGolden(s), schema(t, s))
}

func TestTablesAreStrict(t *testing.T) {
	ofFile(t)
	s := openAt(t, tempPath(t))
	rows, err := s.read.QueryContext(t.Context(), `SELECT name FROM pragma_table_list
WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name <> 'goose_db_version'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			t.Fatal(err)
		}
		t.Errorf("table %s is not STRICT", name)
	}
}

func TestMigrate(t *testing.T) {
	path := tempPath(t)
	for _, want := range [][2]int64{{0, latest(t)}, {latest(t), latest(t)}} {
		from, to, err := Migrate(t.Context(), path, Options{})
		if got := [2]int64{from, to}; got != want || err != nil {
			t.Errorf("got %v, %v, want %v", got, err, want)
		}
	}
	s := openAt(t, path)
	if got, err := s.Version(t.Context()); got != latest(t) || err != nil {
		t.Errorf("got version %d, %v, want %d", got, err, latest(t))
	}
}

func TestMigrateKeepsRows(t *testing.T) {
	path := tempPath(t)
	s := openAt(t, path)
	if err := s.Agree(t.Context(), "1", 1, "en-GB", agreed()); err != nil {
		t.Fatal(err)
	}
	closeStore(t, s)
	s = openPlan(t, path, plan{withMigrations(t, map[string]string{
		"9001_more.sql": "ALTER TABLE members ADD COLUMN more TEXT; CREATE TABLE more (a TEXT) STRICT;",
	}), personalColumns()})
	if version, _, err := s.Consent(t.Context(), "1"); version != 1 || err != nil {
		t.Errorf("got %d, %v, want the row of before", version, err)
	}
}

// slotsVersion is the migration since which single starts are kept by slots.
const slotsVersion = 15

// A database of every version before opens, and its rows stay.
func TestMigrateFromEveryVersion(t *testing.T) {
	ofFile(t)
	rows := map[string]string{
		"0001_members.sql": `
INSERT INTO members (user_id, consent_version, consented_at, age_statement, locale) VALUES ('1', 1, 1795372200, 1, 'en-GB');
INSERT INTO settings (name, value) VALUES ('contact', 'someone');`,
		"0002_classes.sql": `
INSERT INTO places (id, guild_id, name, zone, channel_id, created_at) VALUES (3, 'g', 'Hall', 'UTC', 'c', 1);
INSERT INTO classes (id, place_id, title, rule, length_s, lead_s, cool_down, created_at) VALUES (4, 3, '', 'mon 18:00', 3600, 600, 0, 1);
INSERT INTO class_posts (class_id, kind, accounted_to, next_run_at) VALUES (4, 'pre', 1795372200, 1795375800);
INSERT INTO occurrences (id, class_id, guild_id, kind, due_at, start_at, channel_id, state, send_at, message_id, done_count)
VALUES (7, 4, 'g', 'pre', 1795372200, 1795372800, 'c', 'sent', 1795372200, 'm', 2);`,
	}
	instants := map[string]string{ // which nothing keeps any more since slotsVersion
		"0002_classes.sql": `
INSERT INTO places (id, guild_id, name, zone, channel_id, created_at) VALUES (8, 'g', 'Lisbon', 'Europe/Lisbon', 'c', 1), (9, 'g', 'Mars', 'Mars/Olympus', 'c', 1);
INSERT INTO classes (id, place_id, title, rule, length_s, cool_down, created_at)
VALUES (5, 8, '', 'daily 01:30', 3600, 0, 1), (6, 8, '', 'whenever', 3600, 0, 1), (7, 9, '', 'mon 18:00', 3600, 0, 1);
INSERT INTO class_skips (class_id, planned_at) VALUES (4, 1795456800), (5, 1806195600), (6, 1783357200), (7, 1795456800);`,
		"0006_timetable.sql": `
INSERT INTO class_moves (class_id, from_at, to_at) VALUES (5, 1796175000, 1796288400);`,
		"0007_batch_changes.sql": `
INSERT INTO batch_changes (id, batch, place_id, class_id, what, planned_at, start_at, to_at, created_by, draft_until)
VALUES (11, 11, 8, 5, 'move', 1806195600, 1806195600, 1806210000, '1', 9999999999);
INSERT INTO batch_changes (id, batch, place_id, what, days, created_by, draft_until) VALUES (12, 11, 8, 'close', '2026-12-24', '1', 9999999999);`,
	}
	all, err := fs.Glob(migrationFiles, "migrations/*.sql")
	if err != nil {
		t.Fatal(err)
	}
	for n := 1; n < len(all); n++ {
		path := tempPath(t)
		older, insert := fstest.MapFS{}, ""
		for _, file := range all[:n] {
			text, err := fs.ReadFile(migrationFiles, file)
			if err != nil {
				t.Fatal(err)
			}
			older[file] = &fstest.MapFile{Data: text}
			if insert += rows[filepath.Base(file)]; n < slotsVersion {
				insert += instants[filepath.Base(file)]
			}
		}
		s := openPlan(t, path, plan{older, personalColumns()})
		if _, err := s.write.ExecContext(t.Context(), insert); err != nil {
			t.Fatal(err)
		}
		closeStore(t, s)
		s = openAt(t, path)
		if from := version(t, all[n-1]); s.from != from || s.to != latest(t) {
			t.Errorf("got from %d to %d, want from %d to %d", s.from, s.to, from, latest(t))
		}
		golden(t, "schema.sql", schema(t, s))
		got := dump(t, s)
		wants := []string{`"1", 1, 1795372200, 1, "en-GB"`, `"contact", "someone"`}
		if n >= 2 {
			wants = append(wants, `4, "pre", 1795372200, 1795375800`, `7, 4, "g", "pre", 1795372200, 1795372800, "c", NULL, "sent"`)
		}
		if n >= 2 && n < slotsVersion { // the second is in a gap of the clock, the third of a rule that can't be read, the last in no zone
			wants = append(wants, `4, "2026-11-23 18:00"`, `5, "2027-03-28 01:30"`, `6, "2026-07-06 18:00"`, `7, "2026-11-23 18:00"`)
		}
		if n >= 6 && n < slotsVersion {
			wants = append(wants, `5, "2026-12-02 01:30", "2026-12-03 09:00"`)
		}
		if n >= 7 && n < slotsVersion {
			wants = append(wants, `11, 11, 8, 5, "move", "2027-03-28 01:30", "2027-03-28 06:00", "", "1", 9999999999, NULL, NULL`,
				`12, 11, 8, NULL, "close", NULL, NULL, "2026-12-24", "1", 9999999999, NULL, NULL`)
		}
		if n >= 2 && n < 6 { // 0006 plans the notices of classes from before
			wants = append(wants, `4, "notice", 1795372200, 1795372200`)
		}
		for _, want := range wants {
			if !strings.Contains(got, want) {
				t.Errorf("from the first %d: got\n%s\nwant %s", n, got, want)
			}
		}
	}
}

// An interruption leaves the last whole version, and the next start goes on.
func TestInterruptedMigration(t *testing.T) {
	const half = "CREATE TABLE half (a TEXT) STRICT;\nINSERT INTO half VALUES ('x');\n"
	path := tempPath(t)
	broken := plan{withMigrations(t, map[string]string{
		"9001_fine.sql": "CREATE TABLE fine (a TEXT) STRICT;",
		"9002_half.sql": half + "CREATE TABLE half (a TEXT) STRICT;",
	}), personalColumns()}
	for range 2 {
		_, err := open(t.Context(), path, Options{}, broken)
		checkRefused(t, err, shown(path), "9002_half.sql", "already exists")
	}
	repaired := plan{withMigrations(t, map[string]string{
		"9001_fine.sql": "CREATE TABLE fine (a TEXT) STRICT;",
		"9002_half.sql": half,
	}), personalColumns()}
	s := openPlan(t, path, repaired)
	if s.from != 9001 || s.to != 9002 {
		t.Errorf("got from %d to %d, want from 9001 to 9002", s.from, s.to)
	}
	if got := dump(t, s); strings.Count(got, `"x"`) != 1 {
		t.Errorf("got\n%s\nwant one row x", got)
	}
}

// leaveMigratorOnly makes a database with no table but the migrator's.
func leaveMigratorOnly(t *testing.T, path string) {
	s := openAt(t, path)
	defer closeStore(t, s)
	tables, err := collect(t.Context(), s.read, func(r *sql.Rows) (name string, err error) { return name, r.Scan(&name) },
		`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\_%' ESCAPE '\' AND name <> 'goose_db_version'`)
	if err != nil {
		t.Fatal(err)
	}
	queries := []string{"PRAGMA foreign_keys = OFF", "DELETE FROM goose_db_version WHERE version_id > 0"}
	for _, name := range tables {
		queries = append(queries, "DROP TABLE "+quote(name))
	}
	for _, q := range queries {
		if _, err := s.write.ExecContext(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
}

// A process may also die between the making of the file, of the migrator's
// table and of ours.
func TestInterruptedFirstStart(t *testing.T) {
	ofFile(t)
	for name, prepare := range map[string]func(*testing.T, string){
		"empty file": func(t *testing.T, path string) {
			if err := os.WriteFile(path, nil, 0o600); err != nil {
				t.Fatal(err)
			}
		},
		"migrator's only": leaveMigratorOnly,
	} {
		t.Run(name, func(t *testing.T) {
			path := tempPath(t)
			prepare(t, path)
			s := openAt(t, path)
			golden(t, "schema.sql", schema(t, s))
			if s.from != 0 || s.to != latest(t) {
				t.Errorf("got from %d to %d, want from 0 to %d", s.from, s.to, latest(t))
			}
		})
	}
}

func TestMigrationIsCancelled(t *testing.T) {
	path := tempPath(t)
	ctx, cancel := context.WithCancel(t.Context())
	slow := plan{cancelOnRead{withMigrations(t, nil), cancel}, personalColumns()}
	if _, err := open(ctx, path, Options{}, slow); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want %v", err, context.Canceled)
	}
	s := openAt(t, path)
	golden(t, schemaGolden(s), schema(t, s))
}

// cancelOnRead cancels when the first migration is read to be applied.
type cancelOnRead struct {
	fs.FS
	cancel func()
}

func (c cancelOnRead) Open(name string) (fs.File, error) {
	if strings.HasSuffix(name, ".sql") {
		c.cancel()
	}
	return c.FS.Open(name)
}

func TestNewerDatabaseIsRefused(t *testing.T) {
	path := tempPath(t)
	newer := plan{withMigrations(t, map[string]string{"9001_later.sql": "CREATE TABLE later (a TEXT) STRICT;"}), personalColumns()}
	s := openPlan(t, path, newer)
	before := dump(t, s)
	closeStore(t, s)
	_, err := Open(t.Context(), path, Options{})
	checkRefused(t, err, shown(path), "schema version 9001", fmt.Sprintf("only version %d:", latest(t)), "install a newer unpinch")
	if got := dump(t, openPlan(t, path, newer)); got != before {
		t.Errorf("the refused database was changed: got\n%s\nwant\n%s", got, before)
	}
}

// TestWarmUpOfOlderClasses: a class from before it could say what its warm-up is
// for warms up the upper body, and a change of that is kept.
func TestWarmUpOfOlderClasses(t *testing.T) {
	ofFile(t)
	path, older := tempPath(t), fstest.MapFS{}
	for name, file := range withMigrations(t, nil).(fstest.MapFS) {
		if version(t, name) < 17 {
			older[name] = file
		}
	}
	s := openPlan(t, path, plan{older, personalColumns()})
	_, err := s.write.ExecContext(t.Context(), `
INSERT INTO places (id, guild_id, name, zone, channel_id, created_at) VALUES (3, 'g', 'Hall', 'UTC', 'c', 1);
INSERT INTO classes (id, place_id, title, rule, length_s, lead_s, cool_down, created_at) VALUES (4, 3, '', 'mon 18:00', 3600, 600, 0, 1);`)
	must(t, err)
	closeStore(t, s)
	s = openAt(t, path)
	class, err := s.Series(t.Context(), 4)
	if err != nil || class.WarmUp != schedule.UpperBody {
		t.Fatalf("got %q, %v, want the upper body", class.WarmUp, err)
	}
	for _, f := range schedule.Focuses() {
		class.WarmUp, class.DraftOf, class.CreatedBy, class.CreatedAt, class.DraftUntil = f, 4, "5", monday(), monday().Add(time.Minute)
		batch, err := s.AddDrafts(t.Context(), 0, []schedule.Series{class})
		must(t, err)
		_, err = s.SaveDrafts(t.Context(), batch, schedule.By{At: monday()})
		must(t, err)
		if class, err = s.Series(t.Context(), 4); err != nil || class.WarmUp != f {
			t.Errorf("got %q, %v, want %q", class.WarmUp, err, f)
		}
	}
}
