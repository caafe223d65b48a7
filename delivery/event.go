package delivery

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"unpinch/schedule"
)

const (
	// eventsAtOnce is how many servers' calendars are changed at a time.
	eventsAtOnce = 8
	// eventSteps is more than any class's event ever needs to be as it should.
	eventSteps = 5
	// eventRest is the longest the keeper of calendars sleeps: a machine that was
	// suspended has timers that are late.
	eventRest = time.Hour
)

// ErrNoEvent says that an event is not on its calendar any more.
var ErrNoEvent = errors.New("the event is not on the calendar any more")

// A CalendarKeeper keeps what stands on calendars.
type CalendarKeeper interface {
	// DueEntries returns at most limit entries that are to be compared with what is
	// true at or before now, the longest due first, one a server.
	DueEntries(ctx context.Context, now time.Time, limit int) ([]Entry, error)
	// KeepEntry writes the standing of an entry, its failures and when to look
	// again; zero for not before a change. An entry whose class has changed since it
	// was read stays due. With well, trouble that was noted is over.
	KeepEntry(ctx context.Context, e Entry, next time.Time, well bool) error
	// BreakEntry is KeepEntry that notes why the calendar can't be kept, and tells
	// the creator and the log channel unless there was trouble already.
	BreakEntry(ctx context.Context, e Entry, why schedule.Reason, now, next time.Time) error
	// DropEntry forgets an entry of a class that is to have no event, unless the
	// class has changed since.
	DropEntry(ctx context.Context, e Entry) error
	// NextEntry returns when an entry is due next; zero for never.
	NextEntry(ctx context.Context) (time.Time, error)
}

// A Calendar changes the calendars of servers. Its errors are ErrNoEvent, a
// *Refusal when Discord won't take it as it is, and any other when the next try may
// do.
type Calendar interface {
	// Draw returns what the calendar is to say of a start.
	Draw(s schedule.Series, start schedule.Start) Event
	// Find returns the event of a class that ends after an instant, if it was made and
	// not noted; "" for none. Discord may show for a while what has ended.
	Find(ctx context.Context, s schedule.Series, after time.Time) (id string, e Event, err error)
	Make(ctx context.Context, guildID string, e Event) (id string, err error)
	// Change writes what differs from what was written last.
	Change(ctx context.Context, guildID, id string, was, is Event) error
	// Cancel marks an event that has not begun as cancelled, Delete takes one away.
	Cancel(ctx context.Context, guildID, id string) error
	Delete(ctx context.Context, guildID, id string) error
}

// EventsOptions are what Events are made of. All but Idle are needed.
type EventsOptions struct {
	Keeper   CalendarKeeper
	Calendar Calendar
	Zones    *schedule.Zones
	Now      func() time.Time
	Log      *slog.Logger
	// Idle is called whenever nothing is left to do for now.
	Idle func(context.Context)
}

// Events keeps the next start of each class that wants it on its server's
// calendar.
type Events struct {
	EventsOptions
	news *news
	held atomic.Bool
	kick chan struct{}
}

// NewEvents returns events that Run keeps.
func NewEvents(o EventsOptions) *Events {
	if o.Idle == nil {
		o.Idle = func(context.Context) {}
	}
	e := &Events{EventsOptions: o, news: newNews(), kick: make(chan struct{}, 1)}
	e.held.Store(true) // until the clock is known to be right
	return e
}

// Kick makes Run look for what is due. It never blocks.
func (e *Events) Kick() {
	select {
	case e.kick <- struct{}{}:
	default: // it is about to look anyway
	}
}

// Hold stops or allows changes of calendars.
func (e *Events) Hold(hold bool) {
	if e.held.Swap(hold) && !hold {
		e.Kick()
	}
}

// Run keeps calendars until ctx ends. It sleeps until something is due, or a kick.
// A request that is on its way then is cut off: the next start finds what came of
// it.
func (e *Events) Run(ctx context.Context) {
	for ctx.Err() == nil {
		rest := eventRest
		if !e.held.Load() {
			rest = e.round(ctx)
			e.Idle(ctx)
		}
		t := time.NewTimer(rest)
		select {
		case <-ctx.Done():
		case <-e.kick:
		case <-t.C:
		}
		t.Stop()
	}
}

// round does what is due and returns how long nothing will be.
func (e *Events) round(ctx context.Context) time.Duration {
	if err := e.Tick(ctx); err != nil {
		if ctx.Err() == nil {
			e.Log.ErrorContext(ctx, "the events of classes are not kept, trying again", "err", err)
		}
		return retryMax
	}
	next, err := e.Keeper.NextEntry(ctx)
	switch {
	case err != nil:
		return retryMax
	case next.IsZero():
		return eventRest
	}
	return min(max(next.Sub(e.Now()), 0), eventRest)
}

// Tick does everything that is due.
func (e *Events) Tick(ctx context.Context) error {
	for ctx.Err() == nil && !e.held.Load() {
		due, err := e.Keeper.DueEntries(ctx, e.Now(), eventsAtOnce)
		if err != nil {
			return fmt.Errorf("find what is due on calendars: %w", err)
		}
		if len(due) == 0 {
			return nil
		}
		done := make(chan error, len(due))
		for _, entry := range due {
			go func() { done <- e.survive(ctx, entry) }()
		}
		var failed error
		for range due {
			failed = errors.Join(failed, <-done)
		}
		if failed != nil {
			return failed
		}
	}
	return ctx.Err()
}

// survive is keep, where a panic is an error like any other.
func (e *Events) survive(ctx context.Context, entry Entry) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = undrawable(p)
		}
	}()
	return e.keep(ctx, entry)
}

// keep makes what stands for one class what it should be. It writes what came of
// each request before it makes another.
func (e *Events) keep(ctx context.Context, entry Entry) error {
	clock, err := entry.Recurrence(e.Zones)
	if entry.Fault = errors.Join(entry.Fault, err); entry.Fault != nil {
		e.Log.WarnContext(ctx, "the event of a class that can't be read stays as it is", "class", entry.ID, "err", entry.Fault)
	}
	for range eventSteps {
		step := entry.Step(clock, e.Now(), e.Calendar.Draw)
		if step.Do == EventOver {
			return e.write(ctx, func(ctx context.Context) error { return e.Keeper.DropEntry(ctx, entry) })
		}
		if step.Do != EventStays {
			if err := call(ctx, func(ctx context.Context) error { return e.do(ctx, &entry, step, clock) }); err != nil {
				return e.failed(ctx, entry, step, err)
			}
		}
		entry.Failures = 0
		next, well := e.Now(), step.Do == EventStays
		if well {
			next = step.Next
		}
		if err := e.write(ctx, func(ctx context.Context) error { return e.Keeper.KeepEntry(ctx, entry, next, well) }); err != nil || well {
			return err
		}
	}
	return fmt.Errorf("the event of class %d does not settle", entry.ID)
}

// do makes the request of a step, and notes on the entry what stands after it.
func (e *Events) do(ctx context.Context, entry *Entry, step EventStep, clock schedule.Recurrence) (err error) {
	guild, has := entry.Place.GuildID, entry.Has
	after := Standing{Slot: step.Slot, Says: step.Says}
	switch step.Do {
	case EventMade:
		// One that was made and not noted, before the program was killed or an
		// answer got lost, is taken over as it is.
		if after.ID, after.Says, err = e.Calendar.Find(ctx, entry.Series, e.Now()); err == nil && after.ID != "" {
			after.Slot = clock.SlotTo(after.Says.Start)
			break
		}
		if after.Says = step.Says; err == nil {
			after.ID, err = e.Calendar.Make(ctx, guild, step.Says)
		}
	case EventChanged:
		after.ID, err = has.ID, e.Calendar.Change(ctx, guild, has.ID, has.Says, step.Says)
		if errors.Is(err, ErrNoEvent) {
			after, err = Standing{Slot: step.Slot, Gone: true}, nil
		}
	default:
		off := e.Calendar.Delete
		if step.Do == EventCancelled {
			off = e.Calendar.Cancel
		}
		if err = off(ctx, guild, has.ID); errors.Is(err, ErrNoEvent) {
			err = nil
		}
		after = Standing{}
	}
	if err == nil {
		entry.Has = after
	}
	return err
}

// failed writes what follows from a request that went wrong.
func (e *Events) failed(ctx context.Context, entry Entry, step EventStep, err error) error {
	if ctx.Err() != nil { // it is due at the next start
		return nil
	}
	r, refused := errors.AsType[*Refusal](err)
	switch {
	case refused && !entry.wanted(): // nobody waits for it
		e.Log.InfoContext(ctx, "the event of a class stays on the calendar", "class", entry.ID, "err", err)
		return e.write(ctx, func(ctx context.Context) error { return e.Keeper.DropEntry(ctx, entry) })
	case refused:
		e.Log.WarnContext(ctx, "the calendar does not take the event of a class", "class", entry.ID, "err", err)
		entry.Failures = 0
		return e.write(ctx, func(ctx context.Context) error {
			return e.Keeper.BreakEntry(ctx, entry, r.Reason, e.Now(), step.Next)
		})
	}
	entry.Failures++
	if untold, tell := e.news.of("the event of a class is not kept, trying again", err, e.Now()); tell {
		e.Log.WarnContext(ctx, "the event of a class is not kept, trying again", "class", entry.ID, "since", untold, "err", err)
	}
	return e.write(ctx, func(ctx context.Context) error {
		return e.Keeper.KeepEntry(ctx, entry, e.Now().Add(pause(entry.Failures)), false)
	})
}

// write lets a write end after ctx has: what Discord took must not be forgotten.
func (e *Events) write(ctx context.Context, do func(context.Context) error) error {
	writing, cancel := context.WithTimeout(context.WithoutCancel(ctx), writeMax)
	defer cancel()
	if err := do(writing); err != nil {
		return fmt.Errorf("note what is on a calendar: %w", err)
	}
	return nil
}
