package delivery_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"unpinch/delivery"
	"unpinch/schedule"
)

// dying is the ledger of a process that may be killed at any write.
type dying struct {
	delivery.Ledger
	dead atomic.Bool
}

func (d *dying) Claim(ctx context.Context, now time.Time, owner string, lease time.Duration, limit int) ([]schedule.Occurrence, error) {
	if d.dead.Load() {
		return nil, nil
	}
	return d.Ledger.Claim(ctx, now, owner, lease, limit)
}

func (d *dying) Finish(ctx context.Context, owner string, ended ...schedule.Occurrence) error {
	if d.dead.Load() {
		return nil
	}
	return d.Ledger.Finish(ctx, owner, ended...)
}

func (d *dying) Retry(ctx context.Context, owner string, o schedule.Occurrence) error {
	if d.dead.Load() {
		return nil
	}
	return d.Ledger.Retry(ctx, owner, o)
}

func (d *dying) Release(ctx context.Context, owner string, claimed []schedule.Occurrence) error {
	if d.dead.Load() {
		return nil
	}
	return d.Ledger.Release(ctx, owner, claimed)
}

func (d *dying) Break(ctx context.Context, owner string, o schedule.Occurrence, now time.Time) error {
	if d.dead.Load() {
		return nil
	}
	return d.Ledger.Break(ctx, owner, o, now)
}

// trouble makes a request go wrong now and then: lost, done without an answer,
// slow, a panic, or refused.
func trouble(r *rand.Rand, refusals bool) func(string, schedule.Occurrence) fault {
	return func(what string, _ schedule.Occurrence) fault {
		switch n := r.IntN(20); {
		case n < 3:
			return fault{err: timeout(), lost: true}
		case n < 6:
			return fault{err: timeout()}
		case n == 6:
			return fault{err: serverError(), lost: true}
		case n == 7:
			return fault{slow: time.Duration(r.IntN(60)) * time.Second}
		case n == 8:
			return fault{panic: true, lost: r.IntN(2) == 0}
		case n == 9 && refusals && what == "post":
			return fault{err: refusal(schedule.ReasonPermission), lost: true}
		}
		return fault{}
	}
}

// Whatever happens, every occurrence has one row with an end in the ledger, no
// message is in the channel twice, and the ledger says sent of exactly those
// that are there.
func TestWalk(t *testing.T) {
	t.Parallel()
	for seed := range uint64(6) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) { walk(t, seed) })
		})
	}
}

func walk(t *testing.T, seed uint64) {
	r := rand.New(rand.NewPCG(seed, 1))
	g := newGym(t)
	g.setLeap(-time.Second)
	for i := range 4 {
		p := g.place(fmt.Sprint(1+i%2), fmt.Sprint("c", i/2))
		g.class(p, "daily 00:30 01:15 02:05 02:10", func(series *schedule.Series) { series.CoolDown, series.Length = true, 20*time.Minute })
	}
	g.setLeap(0)
	g.discord.fault = trouble(rand.New(rand.NewPCG(seed, 2)), seed%3 == 0) // its own, which the discord guards
	end := time.Now().Add(4 * time.Hour)
	for time.Now().Before(end) {
		ledger := &dying{Ledger: g.store}
		s, stop := g.sender(ledger)
		life := time.Duration(r.IntN(40)) * time.Minute
		for dies := time.Now().Add(life); time.Now().Before(dies); {
			right := g.leapNow().Abs() <= 30*time.Second
			s.Hold(!right) // as the engine does
			if right {
				g.tick()
			}
			s.Kick()
			g.pass(time.Duration(1+r.IntN(20)) * time.Second)
			if r.IntN(30) == 0 {
				synctest.Wait()
				g.setLeap([]time.Duration{0, 0, 20 * time.Second, -10 * time.Second, time.Hour, -time.Hour}[r.IntN(6)])
			}
		}
		g.setLeap(0)
		ledger.dead.Store(r.IntN(4) != 0) // killed, or ended in order
		stop()
		g.pass(time.Duration(r.IntN([]int{2, 600}[r.IntN(2)])) * time.Second)
		if r.IntN(4) != 0 { // or another process, on a database that several share
			g.reopen()
		}
	}
	g.discord.fault = func(string, schedule.Occurrence) fault { return fault{} }
	s, stop := g.sender(g.store)
	defer stop()
	for range 120 {
		g.tick()
		s.Kick()
		g.pass(30 * time.Second)
	}
	g.audit(seed)
}

// audit compares the ledger with the channel.
func (g *gym) audit(seed uint64) {
	g.Helper()
	rows, sent := 0, 0
	for _, guild := range []string{"1", "2"} {
		for _, o := range g.ledger(guild) {
			rows++
			n := g.discord.sent(o.ID)
			there := o.State == schedule.StateSent || o.State == schedule.StateLate
			if there {
				sent++
			}
			if n > 1 || there != (n == 1) || o.State == schedule.StateDue || o.State == schedule.StateSending || o.State == schedule.StateUnknown {
				g.Errorf("seed %d: class %d %s at %v: got %s %s with %d messages after %d attempts", seed, o.ClassID, o.Kind, o.DueAt.Format("15:04"), o.State, o.Reason, n, o.Attempts)
			}
		}
	}
	if rows != 4*8 {
		g.Errorf("seed %d: got %d occurrences, want 32", seed, rows)
	}
	if sent == 0 {
		g.Errorf("seed %d: nothing was sent, so this proves little", seed)
	}
	for _, m := range g.discord.messages {
		if m.o.Kind == schedule.KindPre && !m.at.Before(m.o.StartAt) {
			g.Errorf("seed %d: a pre post came at %v, after its class began at %v", seed, m.at, m.o.StartAt)
		}
	}
	if len(g.discord.crowded) > 0 {
		g.Errorf("seed %d: two posts at once in %q", seed, g.discord.crowded)
	}
}
