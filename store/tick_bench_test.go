package store

import (
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/robfig/cron/v3"

	"unpinch/delivery"
	"unpinch/schedule"
)

// benchRules are what classes look like.
func benchRules() []string {
	return []string{"mon wed fri 18:00", "weekdays 06:30", "tue thu 07:00 18:00", "sat 09:00", "daily 12:00", "first mon 19:00", "0 17 * * 1-5"}
}

// timetable opens a store with so many classes, each with one post that is due
// in a year, and returns it with the time it shows.
func timetable(b *testing.B, classes int) (*Store, time.Time) {
	b.Helper()
	s := openEmpty(b)
	now := monday()
	queries := []string{
		`PRAGMA synchronous = OFF`,
		fmt.Sprintf(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
INSERT INTO places (id, guild_id, name, zone, channel_id, created_at)
SELECT i, 'g' || i, 'Hall', CASE i %% 3 WHEN 0 THEN 'Europe/Lisbon' WHEN 1 THEN 'America/New_York' ELSE 'UTC' END, 'c' || i, 1 FROM n`, max(classes/20, 1)),
		fmt.Sprintf(`WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
INSERT INTO classes (id, place_id, title, rule, length_s, channel_id, lead_s, cool_down, created_at)
SELECT i, 1 + i %% %d, '', 'mon wed fri 18:00', 3600, 'c' || i, 600, 0, 1 FROM n`, classes, max(classes/20, 1)),
		fmt.Sprintf(`INSERT INTO class_posts (class_id, kind, accounted_to, next_run_at) SELECT id, 'pre', %d, %d FROM classes`,
			now.Unix(), now.AddDate(1, 0, 0).Unix()),
	}
	for i, rule := range benchRules() {
		queries = append(queries, fmt.Sprintf(`UPDATE classes SET rule = '%s' WHERE id %% %d = %d`, rule, len(benchRules()), i))
	}
	for _, query := range append(queries, `PRAGMA synchronous = FULL`) {
		if _, err := s.write.ExecContext(b.Context(), query); err != nil {
			b.Fatalf("%s: %v", query, err)
		}
	}
	return s, now
}

func dispatcherOf(b *testing.B, s *Store) *delivery.Dispatcher {
	b.Helper()
	zones, err := schedule.LoadZones()
	if err != nil {
		b.Fatal(err)
	}
	return &delivery.Dispatcher{Zones: zones, Planner: s, Log: slog.New(slog.DiscardHandler), Keep: 90 * 24 * time.Hour}
}

func tick(b *testing.B, d *delivery.Dispatcher, now time.Time, want int) {
	b.Helper()
	if n, err := d.Tick(b.Context(), now); err != nil || n < want {
		b.Fatalf("got %d, %v, want %d", n, err, want)
	}
}

// A tick with nothing to do, as there is one every second.
func BenchmarkTickIdle(b *testing.B) {
	for _, classes := range []int{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(classes), func(b *testing.B) {
			s, now := timetable(b, classes)
			d := dispatcherOf(b, s)
			for b.Loop() {
				tick(b, d, now, 0)
			}
		})
	}
}

// A tick with 700 posts due, a minute's share of a million schedules.
func BenchmarkTick700Due(b *testing.B) {
	const classes, due = 1_000_000, 700
	s, now := timetable(b, classes)
	d := dispatcherOf(b, s)
	round := 0
	for b.Loop() {
		b.StopTimer()
		// Other classes each time; one that was due before is far off.
		_, err := s.write.ExecContext(b.Context(), `UPDATE class_posts SET next_run_at = ?, accounted_to = ? WHERE class_id > ? AND class_id <= ?`,
			now.Unix(), now.AddDate(0, 0, -1).Unix(), round*due%(classes-due), round*due%(classes-due)+due)
		if err != nil {
			b.Fatal(err)
		}
		round++
		b.StartTimer()
		tick(b, d, now, due)
	}
}

// cronOf holds the same schedules as entries of robfig/cron, one a class.
func cronOf(b *testing.B, classes int) *cron.Cron {
	b.Helper()
	specs := []string{"0 18 * * 1,3,5", "30 6 * * 1-5", "0 7,18 * * 2,4", "0 9 * * 6", "0 12 * * *", "0 19 1-7 * *", "0 17 * * 1-5"}
	c := cron.New(cron.WithLocation(time.UTC))
	for i := range classes {
		spec, err := cron.ParseStandard(specs[i%len(specs)])
		if err != nil {
			b.Fatal(err)
		}
		c.Schedule(spec, cron.FuncJob(func() {}))
	}
	return c
}

// What robfig/cron does when it is started: it works out when each of its
// entries runs first, and puts them in order.
func BenchmarkCronStart(b *testing.B) {
	for _, classes := range []int{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(classes), func(b *testing.B) {
			c := cronOf(b, classes)
			for b.Loop() {
				c.Start()
				<-c.Stop().Done()
			}
		})
	}
}

// Adding one entry wakes a running cron up: it puts all of them in order again.
// Entries is answered after that, with a copy of them, which is part of the figure.
func BenchmarkCronWakeUp(b *testing.B) {
	for _, classes := range []int{1_000, 100_000, 1_000_000} {
		b.Run(fmt.Sprint(classes), func(b *testing.B) {
			c := cronOf(b, classes)
			c.Start()
			defer c.Stop()
			far := cron.ConstantDelaySchedule{Delay: 1000 * time.Hour}
			c.Remove(c.Schedule(far, cron.FuncJob(func() {})))
			for b.Loop() {
				id := c.Schedule(far, cron.FuncJob(func() {}))
				c.Entries() // answered after it is in order
				b.StopTimer()
				c.Remove(id)
				c.Entries()
				b.StartTimer()
			}
		})
	}
}
