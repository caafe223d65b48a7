// Package delivery sends what a schedule plans. The dispatcher turns what is
// due into rows of a ledger, the sender claims rows and sends them, the runner
// moves on the routines that are being followed, the events keep calendars at
// Discord, and the engine drives the four while the guard trusts the clock.
package delivery

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// soon is how long after a write the engine looks whether something is due that
	// was not before, and after a fault or with a wrong clock tries again.
	soon = time.Second
	// glanceEvery is how long the engine sleeps at most: then it looks, in memory
	// only, whether the clock was set or the computer slept.
	glanceEvery = 10 * time.Second
	cleanEvery  = time.Minute
	trimEvery   = time.Hour
)

// A Keeper deletes what has had its time.
type Keeper interface {
	// DropDrafts deletes what ends by itself, such as drafts, once its time is
	// over.
	DropDrafts(ctx context.Context, now time.Time) error
	// Trim deletes what ended before an instant: occurrences and removed classes.
	Trim(ctx context.Context, before time.Time) error
	// Retire deletes what is kept about people and servers for a time that is
	// over.
	Retire(ctx context.Context, now time.Time) error
}

// EngineOptions are what an engine is made of. All are needed.
type EngineOptions struct {
	Dispatcher *Dispatcher
	Sender     *Sender
	Runner     *Runner
	Events     *Events
	Guard      *Guard
	Keeper     Keeper
	Changed    <-chan struct{} // gets something after each write that may make something due
	Now        func() time.Time
	Log        *slog.Logger
}

// An Engine drives the dispatcher, the sender, the players, the events and the
// clean-up.
type Engine struct {
	EngineOptions
	kick    chan struct{}
	trusted atomic.Bool
}

// NewEngine returns an engine that Run starts.
func NewEngine(o EngineOptions) *Engine {
	e := &Engine{EngineOptions: o, kick: make(chan struct{}, 1)}
	e.Sender.steady = e.steady
	return e
}

// Kick makes the engine look at the time now. It never blocks.
func (e *Engine) Kick() {
	select {
	case e.kick <- struct{}{}:
	default: // it is about to look anyway
	}
	e.Runner.Kick()
	e.Events.Kick()
}

// steady reports whether the clock can be trusted still. If not, the engine looks
// into it.
func (e *Engine) steady(ctx context.Context) bool {
	if e.Guard.glance(ctx) {
		return true
	}
	e.Kick()
	return false
}

// Run works until ctx ends and what is on its way has ended too.
func (e *Engine) Run(ctx context.Context) {
	e.Sender.Hold(true) // until the clock is known to be right
	var wg sync.WaitGroup
	wg.Go(func() { e.Sender.Run(ctx) })
	wg.Go(func() { e.Runner.Run(ctx) })
	wg.Go(func() { e.clean(ctx) })
	wg.Go(func() { e.Events.Run(ctx) })
	for ctx.Err() == nil {
		next, ok := e.look(ctx)
		e.rest(ctx, next, ok)
	}
	wg.Wait()
}

// look dispatches what is due and returns when something is due next, zero for
// never. It returns false if that can't be told, or the clock can't be trusted.
func (e *Engine) look(ctx context.Context) (next time.Time, ok bool) {
	defer e.survive(ctx, "dispatch")
	e.Runner.Kick() // it waits for no dispatch
	if !e.dispatch(ctx) {
		return time.Time{}, false
	}
	next, err := e.Sender.Ledger.Wake(ctx, e.Sender.Owner)
	if err != nil && ctx.Err() == nil {
		e.Log.ErrorContext(ctx, "what is due next can't be read, trying again", "err", err)
	}
	return next, err == nil
}

// rest sleeps until next, a kick, a moment after a write, or the clock was set.
func (e *Engine) rest(ctx context.Context, next time.Time, ok bool) {
	changed, most := e.Changed, glanceEvery
	if !ok {
		changed, most = nil, soon
	}
	for {
		t := time.NewTimer(min(most, until(next, e.Now())))
		select {
		case <-ctx.Done():
		case <-e.kick:
		case <-changed:
			t.Stop()
			changed, most = nil, soon
			continue
		case <-t.C:
			due := !next.IsZero() && !next.After(e.Now())
			if !due && most > soon && e.Guard.glance(ctx) {
				continue
			}
		}
		t.Stop()
		return
	}
}

// until returns how long it is until an instant. What was due before, and is not
// away, is looked at again soon; the zero time is never.
func until(next, now time.Time) time.Duration {
	switch {
	case next.IsZero():
		return time.Hour
	case next.After(now):
		return next.Sub(now)
	}
	return soon
}

// dispatch turns what is due into occurrences, if the clock can be trusted. It
// returns false if that did not work.
func (e *Engine) dispatch(ctx context.Context) bool {
	if !e.Guard.glance(ctx) {
		e.Sender.Hold(true) // while Discord is asked for the time
		e.Events.Hold(true)
	}
	trusted := e.Guard.Trusted(ctx)
	e.trusted.Store(trusted)
	e.Sender.Hold(!trusted)
	e.Events.Hold(!trusted)
	if !trusted || ctx.Err() != nil {
		return false
	}
	_, err := e.Dispatcher.Tick(ctx, e.Now())
	if err != nil && ctx.Err() == nil {
		e.Log.ErrorContext(ctx, "what is due can't be dispatched, trying again", "err", err)
	}
	e.Sender.Kick()
	return err == nil
}

// survive keeps a panic from ending the engine.
func (e *Engine) survive(ctx context.Context, what string) {
	if p := recover(); p != nil {
		e.Log.ErrorContext(ctx, "panic in the engine, it goes on", "in", what, "panic", fmt.Sprint(p), "stack", string(debug.Stack()))
	}
}

// clean deletes what has had its time, every minute and every hour.
func (e *Engine) clean(ctx context.Context) {
	t := time.NewTicker(cleanEvery)
	defer t.Stop()
	for minutes := 1; ; minutes++ {
		select {
		case <-ctx.Done():
			return
		case <-t.C:
			e.cleanOnce(ctx, minutes%int(trimEvery/cleanEvery) == 0)
		}
	}
}

// cleanOnce waits for a clock that can be trusted: one that is ahead would delete
// what still has its time.
func (e *Engine) cleanOnce(ctx context.Context, trim bool) {
	defer e.survive(ctx, "clean-up")
	if !e.trusted.Load() || !e.steady(ctx) {
		return
	}
	now := e.Now()
	e.cleaned(ctx, "old drafts are not deleted", e.Keeper.DropDrafts(ctx, now))
	e.cleaned(ctx, "old players are not deleted", e.Runner.Keeper.DropPlayers(ctx, now))
	if trim {
		e.cleaned(ctx, "the ledger is not trimmed", e.Keeper.Trim(ctx, now.Add(-e.Dispatcher.Keep)))
		e.cleaned(ctx, "old members and places are not deleted", e.Keeper.Retire(ctx, now))
	}
}

func (e *Engine) cleaned(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		e.Log.ErrorContext(ctx, what, "err", err)
	}
}
