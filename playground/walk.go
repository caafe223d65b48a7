package playground

import (
	"context"
	"net/http"
	"time"

	"unpinch/playground/control"
)

// The pace of virtual time.
const (
	walkStep   = 15 * time.Second      // the longest stride while something may happen
	quietAfter = 50 * time.Millisecond // without a request the bot is quiet
	walkLimit  = 30 * time.Second      // real time for one POST /clock
	wordLimit  = time.Second           // real time for the bot to say what comes after what was due
)

// A walker moves the clock on and waits for the bot to keep up.
type walker struct {
	*monitor
	clock   *clock
	traffic *traffic
	posts   *postLog

	turn     chan struct{} // held by the one call that moves the clock
	patience time.Duration // real time for one call
}

func newWalker(c *clock, t *traffic, p *postLog) *walker {
	return &walker{monitor: c.monitor, clock: c, traffic: t, posts: p, turn: make(chan struct{}, 1), patience: walkLimit}
}

// post moves the clock, or takes what the bot waits for.
func (w *walker) post(r *http.Request) (any, *control.Error) {
	body, bad := control.ReadClock(r)
	if bad != nil {
		return nil, bad
	}
	switch {
	case body.WaitingFor != nil:
		return w.announce(*body.WaitingFor), nil
	case body.Walk != nil:
		return w.move(r.Context(), func(ctx context.Context, _ int) bool { return w.walk(ctx, *body.Walk) })
	case body.ToPost:
		return w.move(r.Context(), w.walkToPost)
	}
	w.mu.Lock()
	now := w.clock.now()
	w.mu.Unlock()
	if body.Leap.Before(now) {
		return nil, control.BadRequest("bad_time", "the clock only goes forward; it is "+now.Format(time.RFC3339))
	}
	return w.move(r.Context(), func(ctx context.Context, _ int) bool { return w.leap(ctx, *body.Leap) })
}

// announce takes what the bot waits for, the zero time for nothing.
func (w *walker) announce(at time.Time) any {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.clock.announced, w.clock.waitingFor = true, at
	w.traffic.activity++
	w.changed()
	return object{"now": w.clock.now(), "next": w.clock.next()}
}

// move carries out a move, one call at a time, and tells what was posted in it.
// how gets the count of posts at its start.
func (w *walker) move(ctx context.Context, how func(ctx context.Context, before int) bool) (any, *control.Error) {
	ctx, cancel := context.WithTimeout(ctx, w.patience)
	defer cancel()
	select {
	case w.turn <- struct{}{}:
		defer func() { <-w.turn }()
	case <-ctx.Done():
		return nil, control.Fail(http.StatusGatewayTimeout, "busy", "another call moves the clock")
	}
	w.mu.Lock()
	before := w.posts.count()
	w.mu.Unlock()
	ok := how(ctx, before)
	w.mu.Lock()
	defer w.mu.Unlock()
	if !ok {
		return nil, control.Fail(http.StatusGatewayTimeout, "timeout",
			"not done after 30 s; the clock stands at "+w.clock.now().Format(time.RFC3339))
	}
	return object{"now": w.clock.now(), "posts": w.posts.since(before)}, nil
}

// leap jumps to a time, as if the bot had been away.
func (w *walker) leap(ctx context.Context, to time.Time) bool {
	w.mu.Lock()
	w.clock.set(to, "leap")
	w.mu.Unlock()
	return w.quiet(ctx)
}

// walk walks for a while. What the bot was asked for just before may change what
// it waits for, so its word is waited for first.
func (w *walker) walk(ctx context.Context, d time.Duration) bool {
	w.mu.Lock()
	end := w.clock.now().Add(d)
	w.mu.Unlock()
	if !w.settled(ctx) {
		return false
	}
	for {
		if !w.stride(ctx, end) {
			return false
		}
		w.mu.Lock()
		there := !w.clock.now().Before(end)
		w.mu.Unlock()
		if there {
			return true
		}
	}
}

// walkToPost walks until there are more posts than before, or none is to come.
func (w *walker) walkToPost(ctx context.Context, before int) bool {
	for {
		posted, idle := w.sincePost(before)
		switch {
		case posted:
			return true
		case idle: // the bot's word may be on the way still
			if !w.quiet(ctx) {
				return false
			}
			if _, idle := w.sincePost(before); idle {
				return true
			}
		case !w.stride(ctx, time.Time{}):
			return false
		}
	}
}

// sincePost reports whether there are more posts than before, and whether the
// bot said that it waits for nothing.
func (w *walker) sincePost(before int) (posted, idle bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.posts.count() > before, w.clock.idle()
}

// stride moves the clock on by one step of a walk to an end, zero for none, and
// waits for the bot. It crosses the time up to what the bot waits for at once, and
// goes on in short steps from there until the bot says what comes next.
func (w *walker) stride(ctx context.Context, end time.Time) bool {
	w.mu.Lock()
	now := w.clock.now()
	step := now.Add(walkStep)
	switch {
	case w.clock.waitingFor.After(now):
		step = w.clock.waitingFor
	case w.clock.idle() && !end.IsZero():
		step = end
	}
	if !end.IsZero() && step.After(end) {
		step = end
	}
	if step.After(now) {
		w.clock.set(step, "walk")
	}
	w.mu.Unlock()
	return w.settled(ctx)
}

// settled waits until the bot is quiet and, when what it waits for has come, a
// moment longer until it says what comes next: it may write for longer than it
// takes to be quiet.
func (w *walker) settled(ctx context.Context) bool {
	for {
		if !w.quiet(ctx) {
			return false
		}
		w.mu.Lock()
		waited, now := w.clock.waitingFor, w.clock.now()
		w.mu.Unlock()
		if waited.IsZero() || waited.After(now) {
			return true
		}
		if !w.await(ctx, wordLimit, func() bool { return !w.clock.waitingFor.Equal(waited) }) {
			return ctx.Err() == nil && !w.stopping()
		}
	}
}

// quiet waits until the bot has made no request for a while.
func (w *walker) quiet(ctx context.Context) bool {
	for {
		before := 0
		if !w.await(ctx, walkLimit, func() bool { before = w.traffic.activity; return w.traffic.underWay == 0 }) {
			return false
		}
		if !w.await(ctx, quietAfter, func() bool { return w.traffic.activity != before }) {
			return ctx.Err() == nil && !w.stopping()
		}
	}
}
