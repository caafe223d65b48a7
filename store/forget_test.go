package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"unpinch/schedule"
)

// found returns which of the ids are in the bytes of the database's files.
func found(t testing.TB, s *Store, ids []string) (in []string) {
	t.Helper()
	var all []byte
	for _, suffix := range []string{"", "-wal", "-shm"} {
		b, err := os.ReadFile(s.file + suffix)
		if err != nil && (suffix == "" || !os.IsNotExist(err)) {
			t.Fatal(err)
		}
		all = append(all, b...)
	}
	for _, id := range ids {
		if bytes.Contains(all, []byte(id)) {
			in = append(in, id)
		}
	}
	return in
}

// checkBytes expects none of the ids in the bytes of the database's files, and
// the database whole.
func checkBytes(t testing.TB, s *Store, ids []string) {
	t.Helper()
	if in := found(t, s, ids); len(in) != 0 {
		t.Errorf("the files still hold the bytes of %d ids of %d, such as %s", len(in), len(ids), in[0])
	}
	var whole string
	if err := s.read.QueryRowContext(t.Context(), `PRAGMA integrity_check`).Scan(&whole); whole != "ok" || err != nil {
		t.Errorf("got %s, %v, want the database whole", whole, err)
	}
}

func forget(t testing.TB, s *Store, ids ...string) {
	t.Helper()
	for _, id := range ids {
		if n, err := s.Forget(t.Context(), id); n == 0 || err != nil {
			t.Fatalf("forget %s: got %d rows, %v", id, n, err)
		}
	}
}

func scrub(t testing.TB, s *Store) {
	t.Helper()
	if err := s.Scrub(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// emptyLog is what scrubs did before they looked at pages.
func emptyLog(t testing.TB, s *Store) {
	t.Helper()
	if err := checkpoint(t.Context(), s.write, "TRUNCATE"); err != nil {
		t.Fatal(err)
	}
}

func TestScrubClearsTheBytes(t *testing.T) {
	ofFile(t)
	t.Parallel()
	ids := []string{"712345678901234567"}
	s := openEmpty(t)
	agree(t, s, ids...)
	if len(found(t, s, ids)) == 0 {
		t.Fatal("the files do not hold the id before, so this proves nothing")
	}
	forget(t, s, ids...)
	scrub(t, s)
	checkBytes(t, s, ids)
	closeStore(t, s)
	if len(found(t, s, ids)) != 0 {
		t.Error("the file holds the id after it was closed")
	}
}

// A crowd is people with rows in every personal table, of whom some changed and
// some left, so that their rows were moved from page to page.
func crowd(t testing.TB, s *Store, r *rand.Rand, n int) (stay, left []string) {
	t.Helper()
	err := inTx(t.Context(), s.write, func(tx *sql.Tx) error {
		do := execAll(t.Context(), tx)
		do(`INSERT INTO places (id, guild_id, name, zone, channel_id, created_at) VALUES (1, '1', 'Hall', 'UTC', '2', 1)`)
		do(`INSERT INTO classes (id, place_id, title, rule, length_s, cool_down, created_at) VALUES (1, 1, 'x', 'daily 18:00', 60, 1, 1)`)
		for range n {
			id := fmt.Sprintf("8%017d", r.Int64N(1e17))
			stay = append(stay, id)
			join(do, r, id)
			other := r.IntN(len(stay))
			do(`UPDATE members SET zone = ?, country = 'de' WHERE user_id = ?`, strings.Repeat("z", r.IntN(80)), stay[other])
			do(`UPDATE players SET routine = ? WHERE user_id = ?`, strings.Repeat("y", 1+r.IntN(6000)), stay[other])
			if r.IntN(3) == 0 {
				for _, p := range s.personal {
					do(p.forgetQuery(), stay[other])
				}
				left = append(left, stay[other])
				stay = slices.Delete(stay, other, other+1)
			}
		}
		return do("")
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range s.personal {
		if n := count(t, s, fmt.Sprintf(`SELECT count(%s) FROM %s`, quote(p.column), quote(p.table))); n < len(stay)/8 {
			t.Errorf("%s.%s has %d ids, want more", p.table, p.column, n)
		}
	}
	return stay, left
}

// join adds what may be kept of somebody.
func join(do func(string, ...any) error, r *rand.Rand, id string) {
	do(agreeQuery, id, 1, agreed().Unix(), "en-GB")
	const days = `WITH RECURSIVE d (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM d WHERE n < ?2) `
	do(days+`INSERT INTO sessions SELECT ?1, date('2026-11-22', (-n) || ' days'), 1 FROM d`, id, r.IntN(20))
	do(days+`INSERT INTO own_routines SELECT ?1, n, 'chin-tuck', 1, 1, 1, 1 FROM d`, id, r.IntN(5))
	do(days+`INSERT INTO occurrences (class_id, guild_id, kind, due_at, start_at, channel_id, user_id, state, send_at)
SELECT 1, '1', 'notice', n, 1, '', ?1, 'sent', 1 FROM d`, id, r.IntN(20))
	do(`INSERT INTO follows (user_id, place_id, days, created_at) VALUES (?, 1, 127, 1)`, id)
	do(`INSERT INTO easy VALUES (?1, 'grip', 99), (?1, 'neck', 99)`, id)
	if r.IntN(2) == 0 {
		do(`INSERT INTO places (guild_id, name, zone, channel_id, created_at, user_id) VALUES ('@me', ?1, 'UTC', '@me', 1, ?1)`, id)
		do(`INSERT INTO classes (place_id, title, rule, length_s, cool_down, created_at, created_by) SELECT id, '', 'daily 18:00', 60, 1, 1, user_id FROM places WHERE user_id = ?`, id)
		do(`INSERT INTO workouts (class_id, planned, weekly, lines, made_by, made_at) SELECT id, '2026-12-05 18:00', 1, 'Fran', created_by, 1 FROM classes WHERE created_by = ?`, id)
		do(`INSERT INTO changes (guild_id, place_id, class_id, user_id, at, what) VALUES ('1', 1, 1, ?, 1, 'x')`, id)
		do(`INSERT INTO batch_changes (batch, place_id, what, days, created_by, draft_until) VALUES (1, 1, 'close', '2026-12-24', ?, 1)`, id)
		do(`INSERT INTO players (id, user_id, ticket, locale, routine, card, auto, pictures, pressed_at, expires_at) VALUES (?1, ?1, 't', 'en', ?2, 1, 1, 1, 1, 1)`, id, strings.Repeat("x", 1+r.IntN(5000)))
		do(`INSERT INTO players (id, channel_id, started_by, ticket, locale, routine, card, auto, pictures, pressed_at, expires_at) VALUES (?1, ?1, ?2, '', 'en', 'desk-3', 1, 1, 1, 1, 1)`, "c"+id[1:5]+fmt.Sprint(r.Int64()), id)
	}
}

// execAll returns a function that runs statements until one fails, and returns
// that failure from then on. It compiles each once.
func execAll(ctx context.Context, tx *sql.Tx) func(q string, args ...any) error {
	var failed error
	compiled := map[string]*sql.Stmt{}
	return func(q string, args ...any) error {
		if failed != nil || q == "" {
			return failed
		}
		if compiled[q] == nil {
			if compiled[q], failed = tx.PrepareContext(ctx, q); failed != nil {
				return failed
			}
		}
		_, failed = compiled[q].ExecContext(ctx, args...)
		return failed
	}
}

// Rows that moved between pages left copies which secure_delete does not know:
// the crowd is one where the files have some after the log is empty.
func TestScrubClearsMovedCopies(t *testing.T) {
	ofFile(t)
	t.Parallel()
	s := openEmpty(t)
	_, left := crowd(t, s, rand.New(rand.NewPCG(6, 7)), 800)
	emptyLog(t, s)
	if len(found(t, s, left)) == 0 {
		t.Fatal("no copy stayed behind, so this proves nothing")
	}
	if err := s.AskScrub(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := dump(t, s)
	scrub(t, s)
	checkBytes(t, s, left)
	if after := dump(t, s); after != before {
		t.Error("the scrub changed what is kept")
	}
}

// forgotten is how many TestScrubAfterMany forgets: a thousand take a third of this
// package's time, so that only CI has them, by a step of its own.
var forgotten = flag.Int("forgotten", 150, "how many people TestScrubAfterMany forgets")

// Many are forgotten while a reader holds on to what was there before: only
// then the bytes stay, and they go with the next scrub after the reader's end.
func TestScrubAfterMany(t *testing.T) {
	ofFile(t)
	t.Parallel()
	s := openEmpty(t)
	stay, left := crowd(t, s, rand.New(rand.NewPCG(8, 9)), *forgotten*8/5)
	gone, stay := stay[:*forgotten], stay[*forgotten:]
	err := inTx(t.Context(), s.read.DB, func(tx *sql.Tx) error {
		var n int
		if err := tx.QueryRowContext(t.Context(), `SELECT count(*) FROM members`).Scan(&n); err != nil {
			return err
		}
		forget(t, s, gone...)
		if err := s.Scrub(t.Context()); !errors.Is(err, ErrInUse) {
			t.Errorf("got %v, want the reader named", err)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	scrub(t, s)
	checkBytes(t, s, slices.Concat(gone, left))
	if got := found(t, s, stay); len(got) != len(stay) {
		t.Errorf("%d of %d others are still there", len(got), len(stay))
	}
}

// Forty people ask at once while a coach saves: all rows go, every save is kept,
// one scrub is for all, and nothing is written beside the database's own files.
func TestFortyForgetsWhileACoachSaves(t *testing.T) {
	ofFile(t)
	t.Parallel()
	s := openEmpty(t)
	ids, left := crowd(t, s, rand.New(rand.NewPCG(3, 4)), 300)
	place := addPlace(t, s, schedule.Place{GuildID: "9", Name: "Hall", ChannelID: "90"})
	changes := func() int { return count(t, s, `SELECT count(*) FROM changes WHERE guild_id = '9'`) }
	before := changes()
	var w watch
	saves(t, s, place, &w, func() {
		var wg sync.WaitGroup
		for _, id := range ids[:40] {
			wg.Go(func() {
				if n, err := s.Forget(t.Context(), id); n == 0 || err != nil {
					t.Errorf("got %d rows, %v", n, err)
				}
			})
		}
		wg.Wait()
		if asked := count(t, s, scrubsQuery); asked != 40 {
			t.Errorf("got a scrub asked for %d times, want 40", asked)
		}
		scrub(t, s)
	})
	if got := changes() - before; got != w.times || got == 0 {
		t.Errorf("got %d saves kept, want %d", got, w.times)
	}
	if asked := count(t, s, scrubsQuery); asked != 0 {
		t.Errorf("got another scrub asked for %d times, want none", asked)
	}
	checkBytes(t, s, slices.Concat(ids[:40], left))
	files, err := os.ReadDir(filepath.Dir(s.file))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !slices.Contains([]string{"", "-wal", "-shm", ".lock", spareSuffix}, strings.TrimPrefix(f.Name(), "unpinch.db")) {
			t.Errorf("there is a file %s", f.Name())
		}
	}
}

// No connection writes to the system's folder for temporary files.
func TestNothingIsWrittenElsewhere(t *testing.T) {
	ofFile(t)
	t.Parallel()
	s := openEmpty(t)
	db, err := sql.Open("sqlite", scrubDSN(s.file))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for name, db := range map[string]*sql.DB{"the writer": s.write, "readers": s.read.DB, "the scrub": db} {
		var store int
		if err := db.QueryRowContext(t.Context(), `PRAGMA temp_store`).Scan(&store); store != 2 || err != nil {
			t.Errorf("%s: got temp_store %d, %v, want 2, which is memory", name, store, err)
		}
	}
}
