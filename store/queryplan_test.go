package store

import (
	"strings"
	"testing"
)

// queryPlan returns how SQLite would run a query.
func queryPlan(t testing.TB, s *Store, query string, args ...any) string {
	t.Helper()
	rows, err := s.read.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, args...)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	var b strings.Builder
	for rows.Next() {
		var id, parent, unused int
		var detail string
		if err := rows.Scan(&id, &parent, &unused, &detail); err != nil {
			t.Fatal(err)
		}
		b.WriteString(detail + "\n")
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestQueriesUseTheirIndexes holds that what runs every second, or while a person
// waits, reads no more than it needs. SQLite plans without a look at the rows, as
// long as nothing runs ANALYZE, so that an empty store shows the plans of a full
// one.
func TestQueriesUseTheirIndexes(t *testing.T) {
	ofFile(t)
	t.Parallel()
	s := openEmpty(t)
	for name, tc := range map[string]struct {
		query string
		args  []any
		want  []string
	}{
		"candidates":  {candidatesQuery, []any{1700000000, "a", 32}, []string{"occurrences_waiting", "occurrences_sending"}},
		"due plans":   {duePlansQuery, []any{1700000000, 500}, []string{"class_posts_next"}},
		"wake 0":      {wakeQueries[0], []any{"a"}, []string{"class_posts_next"}},
		"wake 1":      {wakeQueries[1], []any{"a"}, []string{"occurrences_waiting"}},
		"wake 2":      {wakeQueries[2], []any{"a"}, []string{"occurrences_sending"}},
		"wake 3":      {wakeQueries[3], []any{"a"}, []string{"occurrences_check"}},
		"wake 4":      {wakeQueries[4], []any{"a"}, []string{"occurrences_edit"}},
		"wake 5":      {wakeQueries[5], []any{"a"}, []string{"occurrences_tidy"}},
		"next entry":  {nextEntryQuery, nil, []string{"class_events_look"}},
		"events":      {dueEntriesQuery, []any{1700000000, 8}, []string{"class_events_look"}},
		"look class":  {lookClassQuery, []any{1, 2}, nil},
		"look place":  {lookPlaceQuery, []any{1, 2}, []string{"classes_place"}},
		"look server": {lookServerQuery, []any{1, "g1"}, []string{"classes_place"}},
		"untidy list": {untidyListQuery, []any{1700000000, 8}, []string{"occurrences_tidy"}},
		"untidy":      {untidyQuery, []any{1, "c1", `["pre"]`, 2}, []string{"occurrences_live"}},
		"history":     {historyQuery(), []any{"g1", 0, 10, 0}, []string{"occurrences_guild"}},
		"break":       {breakQuery, []any{1, "access", "c1", "g1"}, []string{"classes_place"}},
		"hurry":       {hurryQuery, []any{1, `["1"]`}, []string{"occurrences_waiting"}},
		"break rule":  {breakRuleQuery, []any{1, "rule", 1}, []string{"PRIMARY KEY"}},
		"broken due":  {brokenDueQuery(), []any{"[1]"}, []string{"occurrences_class"}},
		"alerts":      {alertsQuery, []any{1, "[1]", 1}, nil},
		"left due":    {leftDueQuery, []any{"g1"}, nil},
		"remove due":  {removeDueQuery, []any{1}, []string{"occurrences_class"}},
		"move plan":   {movePlanQuery, []any{1, 2, 3, "pre", 4, 5}, []string{"PRIMARY KEY"}},
		"claim":       {claimQuery, []any{"a", 1, 2, "[1]"}, nil},
		"claimed":     {claimedQuery, []any{"[1]"}, nil},
		"trim 0":      {trims[0], []any{1, 100}, []string{"occurrences_due"}},
		"trim 1":      {trims[1], []any{1, 100}, []string{"changes_at"}},
		"trim 2":      {trims[2], []any{1, 100}, []string{"classes_removed"}},
		"trim days 0": {trimDays[0], []any{"2026-11-22", 100}, []string{"class_skips_planned"}},
		"trim days 1": {trimDays[1], []any{"2026-11-22", 100}, []string{"class_moves_over"}},
		"trim days 2": {trimDays[2], []any{"2026-11-22", 100}, []string{"closed_days_day"}},
		"sessions":    {oldSessionsQuery, []any{"2026-11-22", 100}, []string{"sessions_day"}},
		"now idle":    {nowIdleQuery, []any{"2026-11", 100}, []string{"members_idle"}},
		"waiting":     {waitingQuery, []any{"2026-11", 100, "2024-11"}, []string{"members_idle", "follows_once", "occurrences_user"}},
		"idle":        {idleQuery, []any{"2024-11", 100}, []string{"members_idle"}},
		"left places": {leftPlacesQuery, []any{1, 100}, []string{"places_left"}},
		"left 0":      {leftQueries[0], []any{1, 100, 1}, []string{"classes_place", "occurrences_class"}},
		"left 1":      {leftQueries[1], []any{1, 100, 1}, []string{"follows_place"}},
		"left 2":      {leftQueries[2], []any{1, 100, 1}, []string{"changes_place"}},
		"left 4":      {leftQueries[4], []any{1, 100, 1}, []string{"classes_place"}},
		"players 0":   {wakePlayersQueries[0], nil, []string{"players_next"}},
		"players 1":   {wakePlayersQueries[1], nil, []string{"players_redraw"}},
		"stale":       {staleQuery, []any{1700000000, 8}, []string{"occurrences_edit"}},
		"ask":         {askQuery(), []any{1, 2, 3, 4}, []string{"occurrences_class"}},
		"untold":      {untoldQuery, []any{"u"}, []string{"occurrences_user"}},
		"followers":   {followersQuery, []any{1, 2, 3}, []string{"follows_place"}},
		"changes":     {changesQuery, []any{"g1", 0, 10, 0}, []string{"changes_guild"}},
		"batch":       {dropBatchQuery, []any{1}, []string{"classes_batch"}},
		"overtaken":   {overtakenQuery, []any{1, "pre", 2, nil}, []string{"occurrences_class"}},
		"due players": {duePlayersQuery, []any{1700000000, 256}, []string{"players_next", "players_redraw"}},
		"old players": {dropPlayersQuery, []any{1700000000}, []string{"players_expires"}},
		"start":       {makeRoomQuery, []any{"u", "c", 1700000000}, nil},
		"moved due":   {movedDueQuery, []any{"c", 1, "d"}, []string{"occurrences_class"}},
		"place due":   {placeDueQuery, []any{"c", 1, "d"}, []string{"occurrences_class"}},
		"redraw":      {redrawQuery(), []any{1, 2}, []string{"occurrences_class"}},
		"doubt":       {doubtQuery(), []any{1, 2}, []string{"occurrences_class"}},
		"doubt place": {doubtPlaceQuery(), []any{1, 2}, []string{"occurrences_class", "classes_place"}},
		"doubts":      {doubtsQuery, []any{1}, []string{"occurrences_check"}},
		"doubted":     {doubtedQuery, []any{1}, []string{"occurrences_check"}},
		"carry slots": {slotsQuery, []any{1, "2026"}, []string{"occurrences_class"}},
		"mend":        {mendQuery, []any{1}, []string{"classes_place"}},
		"quiet due":   {quietDueQuery, []any{"u", 1, 2}, []string{"occurrences_user"}},
		"drop DMs":    {dropNoticesQuery(), []any{"u"}, []string{"occurrences_user"}},
		"unsnooze":    {unsnoozeQuery, []any{1, "notice", "u", 2, 3}, nil},
		"recap":       {recapQuery(), []any{1, 2, 3}, []string{"classes_place", "occurrences_class"}},
		"nudges":      {heldNudgesQuery, []any{"u"}, []string{"occurrences_user"}},
		"reminders":   {ownPlanQuery, []any{1, "u"}, []string{"places_user"}},
		"take over":   {takeOverQuery, []any{"u", 1, true}, nil},
		"class done":  {changesQuery, []any{"g1", 5, 10, 0}, []string{"changes_guild"}},
		"joined":      {mendedQuery, []any{"g1"}, []string{"classes_place"}},
		"left plans":  {leftPlansQuery, []any{"g1"}, nil},
		"place plans": {placePlansQuery, []any{1}, []string{"classes_place"}},
		"saved":       {endQuery, []any{1, 2}, []string{"saved_batches_batch"}},
		"applied":     {appliedQuery, []any{1, 2}, []string{"batch_changes_batch"}},
		"drafts":      {dropDraftsQuery, []any{1}, []string{"classes_draft"}},
	} {
		t.Run(name, func(t *testing.T) {
			got := queryPlan(t, s, tc.query, tc.args...)
			for _, want := range tc.want {
				if !strings.Contains(got, want) {
					t.Errorf("got\n%s\nwant %s", got, want)
				}
			}
			for line := range strings.Lines(got) {
				for _, table := range []string{"o", "occurrences", "n", "class_posts", "c", "classes", "p", "places", "e", "class_events", "players", "h", "changes", "members", "f", "follows", "sessions"} {
					if strings.TrimSpace(line) == "SCAN "+table {
						t.Errorf("got\n%s\nwant no scan", got)
					}
				}
			}
		})
	}
}

// Whoever asks to be forgotten is found by an index in every table, and so is
// what goes with their rows.
func TestForgetUsesIndexes(t *testing.T) {
	ofFile(t)
	t.Parallel()
	s := openEmpty(t)
	for _, p := range personalColumns() {
		if plan := queryPlan(t, s, p.forgetQuery(), "1"); !strings.Contains(plan, "USING") || strings.Contains(plan, "SCAN") {
			t.Errorf("%s.%s: got %s, want an index", p.table, p.column, plan)
		}
	}
	tables := map[string]bool{}
	for _, c := range schemaColumns(t, s) {
		tables[c.table] = true
	}
	for table := range tables {
		for column := range references(t, s, table) {
			plan := queryPlan(t, s, "SELECT 1 FROM "+quote(table)+" WHERE "+quote(column)+" = ?", "1")
			if !strings.Contains(plan, "SEARCH") {
				t.Errorf("%s.%s: got %s, want an index: what it refers to can't go without a look at every row", table, column, plan)
			}
		}
	}
}
