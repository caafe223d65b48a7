package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"unpinch/schedule"
)

// large adds to a crowd posts of a class until the file has about so many bytes.
// Each of the people has forty DMs and ten changes, spread over the file, and the
// first has two thousand DMs. It returns the people.
func large(t testing.TB, s *Store, r *rand.Rand, people int, bytes int64) (ids []string) {
	t.Helper()
	ids, _ = crowd(t, s, r, people)
	run := func(query string, args ...any) {
		t.Helper()
		if _, err := s.write.ExecContext(t.Context(), query, args...); err != nil {
			t.Fatal(err)
		}
	}
	const numbers = `WITH RECURSIVE d (n) AS (VALUES (?1) UNION ALL SELECT n + 1 FROM d WHERE n < ?2 - 1) `
	const occurrence = `INSERT INTO occurrences (class_id, guild_id, kind, due_at, start_at, channel_id, user_id, state, send_at, message_id, gone_at) `
	for n := range 40 {
		from := n * 20_000
		run(numbers+occurrence+`SELECT 1, '1', 'pre', n, n, '2', NULL, 'sent', n, abs(random()), 1 FROM d`, from, from+int(bytes/7500))
		run(occurrence+`SELECT 1, '1', 'notice', ?1, 1, '', user_id, 'sent', 1, abs(random()), NULL FROM members`, from)
		if n%4 == 0 {
			run(`INSERT INTO changes (guild_id, place_id, class_id, user_id, at, what) SELECT '1', 1, 1, user_id, ?1, 'x' FROM members`, from)
		}
	}
	run(numbers+occurrence+`SELECT 1, '1', 'reminder', n * 200, 1, '', ?3, 'sent', 1, abs(random()), NULL FROM d`, 0, 2000, ids[0])
	return ids
}

// A watch remembers the longest of what it timed, and how often.
type watch struct {
	longest time.Duration
	times   int
}

func (w *watch) time(do func() error) error {
	began := time.Now()
	err := do()
	w.longest = max(w.longest, time.Since(began))
	w.times++
	return err
}

// saves has a coach save a place again and again while do runs.
func saves(t testing.TB, s *Store, p schedule.Place, w *watch, do func()) {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() {
		for n := 0; ctx.Err() == nil || n == 0; n++ {
			p.Name = fmt.Sprintf("Hall %d", n%2)
			err := w.time(func() error {
				_, err := s.SavePlace(t.Context(), p, schedule.By{UserID: "5", At: agreed()})
				return err
			})
			if err != nil {
				t.Error(err)
				return
			}
			p.Revision++
		}
	})
	do()
	stop()
	wg.Wait()
}

// BenchmarkFortyForgets is a database of 100 MB in which forty people press
// /me forget at once while a coach saves, and the scrub after.
func BenchmarkFortyForgets(b *testing.B) {
	s := openEmpty(b)
	ids := large(b, s, rand.New(rand.NewPCG(1, 2)), 2000, 100<<20)
	place := addPlace(b, s, schedule.Place{GuildID: "9", Name: "Hall", ChannelID: "90"})
	b.Logf("%d MB", count(b, s, `SELECT page_count * 4096 >> 20 FROM pragma_page_count`))
	if err := s.AskScrub(b.Context()); err != nil {
		b.Fatal(err)
	}
	var forgets, alone, whileForgotten, whileScrubbed, first, scrubs watch
	saves(b, s, place, &whileScrubbed, func() {
		if err := first.time(func() error { return s.Scrub(b.Context()) }); err != nil {
			b.Fatal(err)
		}
	})
	for b.Loop() {
		gone := ids[:40]
		ids = ids[40:]
		saves(b, s, place, &alone, func() {
			for range 200 {
				if _, err := s.Setting(b.Context(), "x"); err != nil {
					b.Fatal(err)
				}
			}
		})
		saves(b, s, place, &whileForgotten, func() {
			var wg sync.WaitGroup
			var mu sync.Mutex
			for _, id := range gone {
				wg.Go(func() {
					var one watch
					if err := one.time(func() error { _, err := s.Forget(b.Context(), id); return err }); err != nil {
						b.Error(err)
					}
					mu.Lock()
					defer mu.Unlock()
					forgets.longest, forgets.times = max(forgets.longest, one.longest), forgets.times+1
				})
			}
			wg.Wait()
		})
		saves(b, s, place, &whileScrubbed, func() {
			if err := scrubs.time(func() error { return s.Scrub(b.Context()) }); err != nil {
				b.Fatal(err)
			}
		})
		checkBytes(b, s, gone)
	}
	for name, w := range map[string]watch{"forget": forgets, "save": alone, "save-while-forgotten": whileForgotten,
		"save-while-scrubbed": whileScrubbed, "first-scrub": first, "scrub": scrubs} {
		b.ReportMetric(float64(w.longest.Microseconds())/1000, name+"-longest-ms")
	}
}
