package delivery_test

import (
	"context"
	"fmt"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"unpinch/delivery"
	"unpinch/schedule"
)

// counted counts the writes of how messages ended.
type counted struct {
	delivery.Ledger
	writes atomic.Int32
}

func (c *counted) Finish(ctx context.Context, owner string, ended ...schedule.Occurrence) error {
	c.writes.Add(1)
	return c.Ledger.Finish(ctx, owner, ended...)
}

// The ends of messages that go out in a burst are written together, and that of one
// alone waits for no other.
func TestEndsAreWrittenTogether(t *testing.T) {
	t.Parallel()
	for posts, most := range map[int]int32{1: 1, 30: 4} {
		t.Run(fmt.Sprint(posts), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				g := newGym(t)
				for i := range posts {
					g.class(g.place(fmt.Sprint(i), fmt.Sprint("c", i)), "daily 00:20")
				}
				slow := atomic.Int64{} // each answer comes a little later than the last
				g.discord.fault = func(string, schedule.Occurrence) fault {
					return fault{slow: time.Duration(slow.Add(10)) * time.Millisecond}
				}
				ledger := &counted{Ledger: g.store}
				s, stop := g.sender(ledger)
				defer stop()
				g.pass(10*time.Minute + 20*time.Second)
				g.tick()
				s.Kick()
				synctest.Wait()
				g.pass(time.Duration(10*posts) * time.Millisecond)
				if got := g.states("0"); posts == 1 && got != "00:10 sent" {
					t.Errorf("got %q, want it written at once", got)
				}
				g.pass(time.Second)
				for i := range posts {
					if got := g.states(fmt.Sprint(i)); got != "00:10 sent" {
						t.Errorf("server %d: got %q", i, got)
					}
				}
				if n := ledger.writes.Load(); n < 1 || n > most {
					t.Errorf("got %d writes for %d posts, want %d at most", n, posts, most)
				}
			})
		})
	}
}
