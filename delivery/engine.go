// Package delivery sends what a schedule plans. The dispatcher turns what is
// due into rows of a ledger, the sender claims rows and sends them, the runner
// moves on the routines that are being followed, the events keep calendars at
// Discord, and the engine drives the four while the guard trusts the clock.
package delivery

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/robfig/cron/v3"
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
	Now        func() time.Time
	Log        *slog.Logger
}

// An Engine drives the dispatcher, the sender, the players, the events and the
// clean-up.
type Engine struct {
	EngineOptions
	kick    chan struct{}
	mu      sync.Mutex // one dispatch at a time
	trusted atomic.Bool
}

// NewEngine returns an engine that Run starts.
func NewEngine(o EngineOptions) *Engine {
	return &Engine{EngineOptions: o, kick: make(chan struct{}, 1)}
}

// Kick makes the engine look at the time now, not at the next second. It never
// blocks.
func (e *Engine) Kick() {
	select {
	case e.kick <- struct{}{}:
	default: // it is about to look anyway
	}
	e.Runner.Kick()
	e.Events.Kick()
}

// Run works until ctx ends and what is on its way has ended too.
func (e *Engine) Run(ctx context.Context) {
	// Recover is inside: a panic that passes SkipIfStillRunning would leave the
	// job running for ever in its eyes.
	c := cron.New(cron.WithLocation(time.UTC), cron.WithLogger(cronLog{e.Log}),
		cron.WithChain(cron.SkipIfStillRunning(cron.DiscardLogger), cron.Recover(cronLog{e.Log})))
	every := func(d time.Duration, job func(context.Context)) {
		c.Schedule(cron.Every(d), cron.FuncJob(func() { job(ctx) }))
	}
	every(time.Second, e.dispatch)
	every(time.Second, func(context.Context) { e.Runner.Kick() }) // it waits for no dispatch
	every(time.Minute, e.dropDrafts)
	every(time.Minute, e.dropPlayers)
	every(time.Hour, e.trim)
	e.Sender.Hold(true) // until the clock is known to be right
	c.Start()
	var wg sync.WaitGroup
	wg.Go(func() { e.Sender.Run(ctx) })
	wg.Go(func() { e.Runner.Run(ctx) })
	wg.Go(func() { e.Events.Run(ctx) })
	now := cron.NewChain(cron.Recover(cronLog{e.Log})).Then(cron.FuncJob(func() { e.dispatch(ctx) }))
	now.Run() // a restart does not wait for the first second
	for ctx.Err() == nil {
		select {
		case <-e.kick:
			now.Run()
		case <-ctx.Done():
		}
	}
	<-c.Stop().Done()
	wg.Wait()
}

// dispatch turns what is due into occurrences, if the clock can be trusted.
func (e *Engine) dispatch(ctx context.Context) {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !e.Guard.glance(ctx) {
		e.Sender.Hold(true) // while Discord is asked for the time
		e.Events.Hold(true)
	}
	trusted := e.Guard.Trusted(ctx)
	e.trusted.Store(trusted)
	e.Sender.Hold(!trusted)
	e.Events.Hold(!trusted)
	if !trusted || ctx.Err() != nil {
		return
	}
	if _, err := e.Dispatcher.Tick(ctx, e.Now()); err != nil && ctx.Err() == nil {
		e.Log.ErrorContext(ctx, "what is due can't be dispatched, trying again", "err", err)
	}
	e.Sender.Kick()
}

// dropDrafts, dropPlayers and trim wait for a clock that can be trusted: one
// that is ahead would delete what still has its time.
func (e *Engine) dropDrafts(ctx context.Context) {
	if !e.trusted.Load() {
		return
	}
	if err := e.Keeper.DropDrafts(ctx, e.Now()); err != nil && ctx.Err() == nil {
		e.Log.ErrorContext(ctx, "old drafts are not deleted", "err", err)
	}
}

func (e *Engine) dropPlayers(ctx context.Context) {
	if !e.trusted.Load() {
		return
	}
	if err := e.Runner.Keeper.DropPlayers(ctx, e.Now()); err != nil && ctx.Err() == nil {
		e.Log.ErrorContext(ctx, "old players are not deleted", "err", err)
	}
}

func (e *Engine) trim(ctx context.Context) {
	if !e.trusted.Load() {
		return
	}
	if err := e.Keeper.Trim(ctx, e.Now().Add(-e.Dispatcher.Keep)); err != nil && ctx.Err() == nil {
		e.Log.ErrorContext(ctx, "the ledger is not trimmed", "err", err)
	}
	if err := e.Keeper.Retire(ctx, e.Now()); err != nil && ctx.Err() == nil {
		e.Log.ErrorContext(ctx, "old members and places are not deleted", "err", err)
	}
}

// cronLog hands what cron reports, a panic above all, to our logger.
type cronLog struct{ log *slog.Logger }

// Info drops cron's talk of each wake-up.
func (cronLog) Info(string, ...any) {}

// Error logs a job that failed.
func (l cronLog) Error(err error, msg string, keysAndValues ...any) {
	l.log.Error("scheduled job: "+msg, "err", err, "more", fmt.Sprint(keysAndValues...))
}
