package store

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/delivery"
)

// impersonal lists the columns that hold no user's id. A new column goes here
// or into personalColumns, after thinking which.
func impersonal() []string {
	return []string{
		"batch_changes.id", "batch_changes.batch", "batch_changes.place_id", "batch_changes.class_id", "batch_changes.what",
		"batch_changes.planned", "batch_changes.moved_to", "batch_changes.revision", "batch_changes.days", "batch_changes.draft_until", "batch_changes.applied_at",
		"buckets.name", "buckets.full_at", // the name is a hash under a key that is not here
		"changes.id", "changes.guild_id", "changes.place_id", "changes.class_id", "changes.at", "changes.what", "changes.detail", "changes.fields",
		"class_events.class_id", "class_events.look_at", "class_events.changes", "class_events.failures", "class_events.event_id",
		"class_events.slot", "class_events.says", "class_events.gone",
		"class_moves.class_id", "class_moves.planned", "class_moves.moved_to",
		"class_posts.class_id", "class_posts.kind", "class_posts.accounted_to", "class_posts.next_run_at",
		"class_skips.class_id", "class_skips.planned",
		"classes.id", "classes.place_id", "classes.title", "classes.rule", "classes.length_s", "classes.channel_id",
		"classes.role_id", "classes.until_day", "classes.paused_until", "classes.lead_s", "classes.warm_up", "classes.cool_down", "classes.event", "classes.event_why",
		"classes.created_at", "classes.draft_until", "classes.broken_at", "classes.broken_why", "classes.removed_at",
		"classes.purpose", "classes.routine", "classes.draft_batch", "classes.draft_of", "classes.draft_removes", "classes.asked_at", "classes.revision", "classes.draft_answers",
		"closed_days.place_id", "closed_days.day",
		"gateway_sessions.shard", "gateway_sessions.owner", "gateway_sessions.session_id", "gateway_sessions.address",
		"gateway_sessions.seq", "gateway_sessions.application_id", "gateway_sessions.bot_id", "gateway_sessions.identified_ms", "gateway_sessions.down", "gateway_sessions.shards",
		"easy.less", "easy.until_at",
		"follows.id", "follows.place_id", "follows.class_id", "follows.days", "follows.quiet_until", "follows.created_at",
		"goose_db_version.id", "goose_db_version.version_id", "goose_db_version.is_applied", "goose_db_version.tstamp",
		"members.consent_version", "members.consented_at", "members.age_statement",
		"members.locale", "members.zone", "members.country",
		"members.active_from", "members.active_to", "members.paused_until", "members.dm_closed_at", "members.idle_since",
		"occurrences.id", "occurrences.class_id", "occurrences.guild_id", "occurrences.kind", "occurrences.due_at",
		"occurrences.start_at", "occurrences.channel_id", "occurrences.state", "occurrences.reason", "occurrences.send_at",
		"occurrences.owner", "occurrences.lease_until", "occurrences.attempts", "occurrences.tried_at", "occurrences.sent_at",
		"occurrences.message_id", "occurrences.done_count", "occurrences.tidy_at", "occurrences.gone_at",
		"occurrences.press_count", "occurrences.edit_at", "occurrences.told_at",
		"occurrences.slot", "occurrences.zone", "occurrences.says_at", "occurrences.check_at",
		"own_routines.line_no", "own_routines.drill", "own_routines.sets", "own_routines.reps", "own_routines.hold_s",
		"own_routines.each_side",
		"places.id", "places.guild_id", "places.name", "places.zone", "places.channel_id", "places.coach_role_id",
		"places.log_channel_id", "places.tidy", "places.created_at", "places.left_at",
		"places.country", "places.language", "places.revision", "places.removed_at",
		"no_together.guild_id",
		"players.id", "players.channel_id", "players.guild_id", "players.message_id", "players.ticket", "players.locale",
		"players.routine", "players.card", "players.auto", "players.pictures", "players.in_count", "players.pressed_at", "players.move_at",
		"players.next_at", "players.redraw_at", "players.expires_at", "players.version", "players.spent_s",
		"saved_batches.id", "saved_batches.batch", "saved_batches.class_id", "saved_batches.next_batch", "saved_batches.kept_until",
		"scrubs.id", "scrubs.asked",
		"sessions.day", "sessions.count",
		"settings.name", "settings.value",
		"workouts.class_id", "workouts.planned", "workouts.weekly", "workouts.lines", "workouts.made_at", "workouts.over_on",
		"programs.schema_version", "programs.program",
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
	query := `
SELECT l.name, x.name, x.type, x."notnull" FROM pragma_table_list AS l, pragma_table_xinfo(l.name) AS x
WHERE l.schema = 'main' AND l.type <> 'view' AND l.name NOT LIKE 'sqlite\_%' ESCAPE '\' ORDER BY l.name, x.cid`
	if s.file == "" {
		query = postgresColumnsQuery
	}
	rows, err := s.read.QueryContext(t.Context(), query)
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
	t.Parallel()
	s := openEmpty(t)
	for _, fault := range unlisted(schemaColumns(t, s), personalColumns(), impersonal()) {
		t.Error(fault)
	}
}

// widerPlan adds what later features will: rows that outlive their creator.
func widerPlan(t testing.TB) plan {
	return plan{
		migrations: withMigrations(t, map[string]string{"9001_clubs.sql": `
CREATE TABLE clubs (id INTEGER NOT NULL PRIMARY KEY, title TEXT NOT NULL, made_by TEXT, changed_by TEXT) STRICT;
CREATE TABLE notes (id INTEGER NOT NULL PRIMARY KEY, user_id TEXT NOT NULL, body TEXT, weight REAL NOT NULL, due_at INTEGER) STRICT;
CREATE INDEX notes_user ON notes (user_id);`}),
		personal: append(personalColumns(),
			personalColumn{"clubs", "made_by", clearColumn},
			personalColumn{"clubs", "changed_by", clearColumn},
			personalColumn{"notes", "user_id", deleteRow}),
	}
}

func TestUnlistedColumnsAreFound(t *testing.T) {
	t.Parallel()
	p := widerPlan(t)
	s := openPlan(t, emptyPath(t), p)
	got := unlisted(schemaColumns(t, s), append(personalColumns(), personalColumn{"clubs", "title", clearColumn}), append(impersonal(), "gone.column"))
	for _, want := range []string{"clubs.made_by: personal false", "notes.user_id: personal false", "clubs.title: cannot be cleared", "gone.column: listed"} {
		if !slices.ContainsFunc(got, func(f string) bool { return strings.HasPrefix(f, want) }) {
			t.Errorf("got %q, want one that begins with %q", got, want)
		}
	}
}

// A reference is a column that must hold what a column of another row does.
type reference struct{ table, column string }

// references returns what the columns of a table refer to.
func references(t testing.TB, s *Store, table string) map[string]reference {
	t.Helper()
	query := `SELECT "from", "table", coalesce("to", 'id') FROM pragma_foreign_key_list(?)`
	if s.file == "" {
		query = postgresReferencesQuery
	}
	rows, err := s.read.QueryContext(t.Context(), query, table)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	all := map[string]reference{}
	for rows.Next() {
		var from string
		var r reference
		if err := rows.Scan(&from, &r.table, &r.column); err != nil {
			t.Fatal(err)
		}
		all[from] = r
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

// chosen are the values that a CHECK leaves little choice of.
func chosen() map[string]any {
	return map[string]any{
		"members.age_statement":  1,
		"members.active_from":    420,
		"members.active_to":      1320,
		"members.idle_since":     nil, // as the other rows are inserted
		"follows.days":           127,
		"classes.purpose":        "class",
		"classes.draft_removes":  0,
		"places.tidy":            1,
		"classes.cool_down":      1,
		"classes.warm_up":        "lower",
		"classes.event":          1,
		"occurrences.kind":       "alert",
		"occurrences.state":      "due",
		"players.auto":           1,
		"players.pictures":       1,
		"batch_changes.what":     "move",
		"class_moves.planned":    "2026-12-05 18:00",
		"class_moves.moved_to":   "2026-12-05 19:00",
		"class_skips.planned":    "2026-12-05 18:00",
		"batch_changes.days":     "",
		"own_routines.drill":     "chin-tuck",
		"own_routines.each_side": 1,
		"sessions.day":           "2026-11-26",
		"workouts.planned":       "2026-12-05 18:00",
		"workouts.weekly":        1,
		"workouts.over_on":       "2026-12-05",
	}
}

// fill inserts a row about user into every personal table, and into those they
// refer to, each value made from the column's type. It returns what it put into
// the personal ones, by table and column.
func fill(t testing.TB, s *Store, user string, seed int) map[string]map[string]any {
	t.Helper()
	all, personal := map[string]map[string]any{}, map[string]map[string]any{}
	var need func(table string)
	need = func(table string) {
		if all[table] == nil {
			all[table] = madeUp(t, s, table, user, seed)
			for _, r := range references(t, s, table) {
				need(r.table)
			}
		}
	}
	for _, p := range s.personal {
		need(p.table)
		personal[p.table] = all[p.table]
	}
	done := map[string]bool{}
	for table := range all {
		fillTable(t, s, all, table, done)
	}
	return personal
}

// madeUp is a row of a table; its personal columns hold user.
func madeUp(t testing.TB, s *Store, table, user string, seed int) map[string]any {
	t.Helper()
	row := map[string]any{}
	for i, c := range schemaColumns(t, s) {
		if c.table != table {
			continue
		}
		var value any
		switch c.kind {
		case "INTEGER", "BOOLEAN":
			value = 1_700_000_000 + 1000*seed + i
		case "REAL":
			value = float64(seed) + 0.5
		case "TEXT":
			value = fmt.Sprintf("%s of %s", c.name, user)
		default:
			t.Fatalf("%v: no value for type %s", c, c.kind)
		}
		if v, ok := chosen()[c.String()]; ok {
			value = v
		}
		if c.kind == "BOOLEAN" && value != 0 {
			value = 1
		}
		if slices.ContainsFunc(s.personal, func(p personalColumn) bool { return p.table == c.table && p.column == c.name }) {
			value = user
		}
		row[c.name] = value
	}
	return row
}

// fillTable inserts the table's row, those that it refers to first.
func fillTable(t testing.TB, s *Store, put map[string]map[string]any, table string, done map[string]bool) {
	t.Helper()
	if done[table] {
		return
	}
	done[table] = true
	for column, r := range references(t, s, table) {
		fillTable(t, s, put, r.table, done)
		put[table][column] = put[r.table][r.column]
	}
	var columns []string
	var args []any
	for name, value := range put[table] {
		columns, args = append(columns, quote(name)), append(args, value)
		if s.file == "" && slices.Contains(booleans(t, s), table+"."+name) {
			args[len(args)-1] = value == 1
		}
	}
	q := fmt.Sprintf("INSERT INTO %s (%s) VALUES (?%s)", quote(table), strings.Join(columns, ", "), strings.Repeat(", ?", len(columns)-1))
	if _, err := s.write.ExecContext(t.Context(), q, args...); err != nil {
		t.Fatalf("%s: %v", table, err)
	}
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
	t.Parallel()
	const a, b = "100000000000000001", "200000000000000002"
	for name, p := range map[string]plan{
		"real":  {migrationFiles, personalColumns()},
		"wider": widerPlan(t),
	} {
		t.Run(name, func(t *testing.T) {
			s := openPlan(t, emptyPath(t), p)
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
		if value = withoutKey(table, name, value); got[name] != value {
			t.Errorf("%s.%s: got %v, want %v", table, name, got[name], value)
		}
	}
}

func TestExportHidesOthersInSharedRow(t *testing.T) {
	t.Parallel()
	s := openPlan(t, emptyPath(t), widerPlan(t))
	for _, q := range []string{
		`INSERT INTO clubs VALUES (1, 'Monday', 'anna', 'bert')`,
		`INSERT INTO clubs VALUES (2, 'Friday', 'bert', 'bert')`,
	} {
		if _, err := s.write.ExecContext(t.Context(), q); err != nil {
			t.Fatal(err)
		}
	}
	text, tables := exported(t, s, "anna")
	if len(tables["clubs"]) != 1 || strings.Contains(text, "bert") || !strings.Contains(text, `"changed_by": null`) {
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

// A file that someone passes on must not let anyone write as the bot.
func TestExportHoldsNoTicket(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	const ticket = "7/aW50ZXJhY3Rpb24"
	own := delivery.Player{ID: "r1", UserID: "anna", Ticket: ticket, Locale: "en", Routine: "post-3",
		PressedAt: agreed(), NextAt: agreed(), ExpiresAt: agreed().Add(time.Hour)}
	if err := s.StartPlayer(t.Context(), own, agreed()); err != nil {
		t.Fatal(err)
	}
	text, tables := exported(t, s, "anna")
	if strings.Contains(text, ticket) || len(tables["players"]) != 1 || tables["players"][0]["ticket"] != "a key to the running card, left out" {
		t.Errorf("got\n%s\nwant the player without its ticket", text)
	}
	for _, c := range schemaColumns(t, s) {
		listed := slices.ContainsFunc(keyColumns(), func(k keyColumn) bool { return k.table == c.table && k.column == c.name })
		if named := strings.Contains(c.name, "ticket") || strings.Contains(c.name, "token"); named != listed {
			t.Errorf("%v: named as a key %t, listed as one %t", c, named, listed)
		}
	}
}

func TestExportGolden(t *testing.T) {
	t.Parallel()
	s := openEmpty(t)
	if err := s.Agree(t.Context(), "100000000000000001", 2, "en-GB", agreed()); err != nil {
		t.Fatal(err)
	}
	text, _ := exported(t, s, "100000000000000001")
	golden(t, "export.json", text)
	empty, _ := exported(t, s, "200000000000000002")
	golden(t, "export-empty.json", empty)
}

// When one table refuses, none has forgotten but those that go in batches.
func TestForgetIsOneTransaction(t *testing.T) {
	t.Parallel()
	p := widerPlan(t)
	s := openPlan(t, emptyPath(t), p)
	fill(t, s, "1", 1)
	change(t, s, `DELETE FROM occurrences`)
	change(t, s, `UPDATE changes SET user_id = NULL`)
	before := dump(t, s)
	s.personal = append(s.personal, personalColumn{"absent", "user_id", deleteRow})
	if _, err := s.Forget(t.Context(), "1"); err == nil || !strings.Contains(err.Error(), "absent.user_id") {
		t.Errorf("got %v, want an error that names absent.user_id", err)
	}
	if after := dump(t, s); after != before {
		t.Errorf("got\n%s\nwant\n%s", after, before)
	}
}
