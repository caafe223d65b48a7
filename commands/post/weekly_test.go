package post_test

import (
	"errors"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/commands/post"
	"unpinch/schedule"
)

// enough is how many people a recap needs.
const enough = 5

// TestWeeklyPosts renders the claim of the week and the totals of one.
func TestWeeklyPosts(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00"})
	s := g.Only()
	monday := time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)
	myth := must(t)(posted(g, schedule.Occurrence{ID: 7, ClassID: s.ID, Kind: schedule.KindMyth, DueAt: monday, StartAt: monday}))
	golden.Reply(t, "post-myth", myth)
	recap := schedule.Occurrence{ID: 8, ClassID: s.ID, Kind: schedule.KindRecap, DueAt: monday, StartAt: monday}
	done := g.Post(s, schedule.KindPre, monday.AddDate(0, 0, -7), schedule.StateSent, "")
	old := g.Post(s, schedule.KindPre, monday.AddDate(0, 0, -8), schedule.StateSent, "")
	for i := range enough + 2 {
		if _, err := posted(g, recap); i < enough != errors.Is(err, post.ErrFew) {
			t.Errorf("of %d people: %v", i, err)
		}
		for _, id := range []int64{done.ID, old.ID} {
			if _, err := g.Store.Press(t.Context(), id, true, monday); err != nil {
				t.Fatal(err)
			}
		}
	}
	week := must(t)(posted(g, recap))
	golden.Reply(t, "post-recap", week)
	for name, reply := range map[string]bot.Reply{"claim": myth, "recap": week} {
		if !reply.Silent || reply.PingRole != "" || reply.Mark < bot.MarkLow {
			t.Errorf("the %s is silent %t, pings %q, is marked %d", name, reply.Silent, reply.PingRole, reply.Mark)
		}
	}
}

// TestRecapOfALongWeek holds that a recap begins where the last one ended, in the
// week in which the clocks are set back too: it is an hour longer.
func TestRecapOfALongWeek(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00"})
	s := g.Only()
	due := time.Date(2026, 10, 26, 8, 0, 0, 0, time.UTC) // the last was due at 7:00 UTC
	first := g.Post(s, schedule.KindNow, time.Date(2026, 10, 19, 7, 30, 0, 0, time.UTC), schedule.StateSent, "")
	for range enough {
		if _, err := g.Store.Press(t.Context(), first.ID, true, due); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := posted(g, schedule.Occurrence{ID: 8, ClassID: s.ID, Kind: schedule.KindRecap, DueAt: due, StartAt: due}); err != nil {
		t.Errorf("what was done in the first hour is lost: %v", err)
	}
}
