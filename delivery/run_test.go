package delivery_test

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"unpinch/delivery"
	"unpinch/schedule"
	"unpinch/store"
)

// keeper counts what the engine has cleared away.
type keeper struct {
	drafts, trims, retired atomic.Int32
	before                 atomic.Int64
	err                    error
}

func (k *keeper) DropDrafts(context.Context, time.Time) error {
	k.drafts.Add(1)
	return k.err
}

func (k *keeper) Trim(_ context.Context, before time.Time) error {
	k.trims.Add(1)
	k.before.Store(before.Unix())
	return k.err
}

func (k *keeper) Retire(context.Context, time.Time) error {
	k.retired.Add(1)
	return k.err
}

// engine starts an engine whose guard asks a Discord whose clock is right.
func (g *gym) engine(change ...func(*delivery.EngineOptions)) (e *delivery.Engine, stop func()) {
	g.starts++
	began := time.Now()
	var known atomic.Bool
	o := delivery.EngineOptions{
		Dispatcher: g.dispatcher(),
		Sender:     delivery.NewSender(delivery.SenderOptions{Ledger: g.store, Poster: g.discord, Owner: "engine", Now: g.now, Log: g.log()}),
		Runner:     delivery.NewRunner(delivery.RunnerOptions{Keeper: g.store, Drawer: newStage(), Now: g.now, Log: g.log()}),
		Events:     delivery.NewEvents(delivery.EventsOptions{Keeper: g.store, Calendar: newCalendar(), Zones: g.zones, Now: g.now, Log: g.log()}),
		Guard: &delivery.Guard{
			Wall:  g.now,
			Mono:  func() time.Duration { return time.Since(began) },
			Skew:  func() (time.Duration, bool) { return g.leapNow(), known.Load() },
			Probe: func(context.Context) error { known.Store(true); return nil },
			Log:   g.log(),
		},
		Keeper:  &keeper{},
		Changed: g.store.Changed(),
		Now:     g.now,
		Log:     g.log(),
	}
	for _, c := range change {
		c(&o)
	}
	e = delivery.NewEngine(o)
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() { e.Run(ctx); close(done) }()
	return e, func() { cancel(); <-done }
}

// An hour of an engine, from its start to its end.
func TestEngine(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGym(t)
		g.class(g.place("1", "c"), "daily 00:20 00:40", func(s *schedule.Series) { s.CoolDown, s.Length = true, 15*time.Minute })
		k := &keeper{}
		_, stop := g.engine(func(o *delivery.EngineOptions) { o.Keeper = k })
		g.pass(61 * time.Minute)
		stop()
		g.wantStates("00:10 sent, 00:30 sent, 00:35 sent, 00:55 sent")
		for _, m := range g.discord.messages {
			if late := m.at.Sub(m.o.DueAt); late < 0 || late > 21*time.Second {
				t.Errorf("got a post %v after it was due, want the first seconds of its minute", late)
			}
		}
		if k.drafts.Load() < 60 || k.trims.Load() < 1 || k.retired.Load() < 1 {
			t.Errorf("got %d, %d and %d runs of the clean-up, want one a minute and two an hour", k.drafts.Load(), k.trims.Load(), k.retired.Load())
		}
		if age := time.Now().Unix() - k.before.Load(); age < int64(90*24*time.Hour/time.Second) {
			t.Errorf("trimmed what is %d s old, want 90 days", age)
		}
	})
}

// asked counts what an engine asks of the store.
type asked struct {
	*store.Store
	times atomic.Int32
}

func (a *asked) DuePlans(ctx context.Context, now time.Time, limit int) ([]delivery.Plan, error) {
	a.times.Add(1)
	return a.Store.DuePlans(ctx, now, limit)
}

func (a *asked) Claim(ctx context.Context, now time.Time, owner string, lease time.Duration, limit int) ([]schedule.Occurrence, error) {
	a.times.Add(1)
	return a.Store.Claim(ctx, now, owner, lease, limit)
}

func (a *asked) DuePlayers(ctx context.Context, now time.Time, limit int) ([]delivery.Player, error) {
	a.times.Add(1)
	return a.Store.DuePlayers(ctx, now, limit)
}

// An engine that has nothing to do sleeps until the store's next instant, whenever
// that is. It looks twice after the hourly clean-up, which may have changed
// something: each look asks three times.
func TestAnIdleEngineSleeps(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGym(t)
		g.class(g.place("1", "c"), "daily 12:00")
		a := &asked{Store: g.store}
		_, stop := g.engine(func(o *delivery.EngineOptions) {
			o.Dispatcher.Planner, o.Sender.Ledger, o.Runner.Keeper, o.Keeper = a, a, a, a
		})
		defer stop()
		g.pass(time.Minute)
		a.times.Store(0)
		g.pass(10 * time.Hour)
		if n := a.times.Load(); n > 10*2*3+3 {
			t.Errorf("got %d questions in ten idle hours, want six an hour", n)
		}
		a.times.Store(0)
		g.pass(2 * time.Hour)
		g.wantStates("11:50 sent")
		if n := a.times.Load(); n > 2*2*3+24 {
			t.Errorf("got %d questions for one post, want some", n)
		}
	})
}

// What is written without a kick is seen a moment later, and a clock that was set
// within seconds.
func TestNothingIsSleptThrough(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGym(t)
		id := g.class(g.place("1", "c"), "daily 12:00")
		_, stop := g.engine(func(o *delivery.EngineOptions) { // the computer sleeps: Discord's clock is the same then
			o.Guard.Skew = func() (time.Duration, bool) { return 0, true }
		})
		defer stop()
		g.pass(5 * time.Minute)
		s, err := g.store.Series(t.Context(), id)
		g.check(err)
		g.check(g.store.PostNow(t.Context(), s, schedule.By{At: g.now()}))
		g.pass(1100 * time.Millisecond)
		g.wantStates("00:05 sent")
		g.setLeap(11*time.Hour + 45*time.Minute)
		g.pass(11 * time.Second)
		g.wantStates("00:05 sent, 11:50 sent")
	})
}

// A restart sends at once what is due, not at the next second.
func TestKickIsAtOnce(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGym(t)
		id := g.class(g.place("1", "c"), "daily 01:00")
		e, stop := g.engine()
		defer stop()
		g.pass(300 * time.Millisecond)
		s, err := g.store.Series(t.Context(), id)
		g.check(err)
		g.check(g.store.PostNow(t.Context(), s, schedule.By{At: g.now()}))
		e.Kick()
		synctest.Wait()
		if got := g.discord.texts(); got != "now 00:00" {
			t.Errorf("got %q, want the post at once", got)
		}
	})
}

// With a wrong clock nothing is planned, sent, taken away or deleted, from the
// very start.
func TestNothingMovesWhileTheClockIsWrong(t *testing.T) {
	t.Parallel()
	for name, ahead := range map[string]time.Duration{"ahead": time.Hour, "behind": -31 * time.Second} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				g := newGym(t)
				g.class(g.place("1", "c"), "daily 01:00")
				waits := g.class(g.place("1", "d"), "daily 01:20")
				g.pass(49 * time.Minute)
				s, err := g.store.Series(t.Context(), waits)
				g.check(err)
				g.check(g.store.PostNow(t.Context(), s, schedule.By{At: g.now().Add(-time.Minute)}))
				g.setLeap(ahead)
				k := &keeper{}
				_, stop := g.engine(func(o *delivery.EngineOptions) { o.Keeper = k })
				defer stop()
				g.pass(3 * time.Minute)
				g.wantStates("00:48 due")
				if len(g.discord.called()) != 0 || k.drafts.Load() != 0 || k.trims.Load() != 0 || k.retired.Load() != 0 {
					t.Errorf("got calls %q, %d, %d and %d clean-ups, want none", g.discord.called(), k.drafts.Load(), k.trims.Load(), k.retired.Load())
				}
				g.setLeap(0)
				g.pass(2 * time.Second)
				g.wantStates("00:48 sent, 00:50 late")
				g.setLeap(2 * time.Hour)
				g.pass(5 * time.Minute)
				g.wantStates("00:48 sent, 00:50 late")
				g.setLeap(0)
				g.pass(20 * time.Minute)
				g.wantStates("00:48 sent, 00:50 late, 01:10 sent")
			})
		})
	}
}

// Nothing is sent while Discord is asked for the time after the clock was set.
func TestNothingIsSentWhileTheTimeIsAsked(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGym(t)
		g.class(g.place("1", "c"), "daily 01:00")
		var hangs atomic.Bool
		e, stop := g.engine(func(o *delivery.EngineOptions) {
			probe := o.Guard.Probe
			o.Guard.Probe = func(ctx context.Context) error {
				if !hangs.Load() {
					return probe(ctx)
				}
				<-ctx.Done()
				return ctx.Err()
			}
		})
		defer stop()
		g.pass(10 * time.Second)
		s, err := g.store.Series(t.Context(), 1)
		g.check(err)
		hangs.Store(true)
		g.setLeap(time.Hour)
		g.pass(time.Second)
		g.check(g.store.PostNow(t.Context(), s, schedule.By{At: g.now()}))
		e.Sender.Kick()
		synctest.Wait()
		if len(g.discord.called()) != 0 {
			t.Errorf("got %q, want nothing sent", g.discord.called())
		}
	})
}

// brittle is a planner that panics, and one that fails.
type brittle struct {
	delivery.Planner
	calls atomic.Int32
}

func (b *brittle) DuePlans(ctx context.Context, now time.Time, limit int) ([]delivery.Plan, error) {
	switch n := b.calls.Add(1); {
	case n == 2 || n == 5:
		panic("as the test wants")
	case n == 3:
		return nil, errors.New("disk gone")
	}
	return b.Planner.DuePlans(ctx, now, limit)
}

// A panic or an error in one second does not stop the engine in the next.
func TestEngineOutlivesPanics(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGym(t)
		g.class(g.place("1", "c"), "daily 00:30")
		k := &keeper{err: errors.New("disk gone")}
		e, stop := g.engine(func(o *delivery.EngineOptions) { o.Dispatcher.Planner, o.Keeper = &brittle{Planner: g.store}, k })
		defer stop()
		g.pass(3500 * time.Millisecond)
		e.Kick()
		g.pass(time.Hour)
		g.wantStates("00:20 sent")
		for _, want := range []string{"as the test wants", "disk gone", "old drafts are not deleted", "the ledger is not trimmed"} {
			if !strings.Contains(g.logged.String(), want) {
				t.Errorf("got no %q in the log", want)
			}
		}
	})
}
