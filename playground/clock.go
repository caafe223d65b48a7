package playground

import (
	"context"
	"net/http"
	"time"
)

// The clock's pace.
const (
	walkStep   = 15 * time.Second      // the longest stride while something may happen
	quietAfter = 50 * time.Millisecond // without a request the bot is quiet
	walkLimit  = 30 * time.Second      // real time for one POST clock
	wordLimit  = time.Second           // real time for the bot to say what comes after what was due
)

// clock is virtual time: the real clock and an offset.
type clock struct {
	offset     time.Duration
	announced  bool      // the bot said what it waits for
	waitingFor time.Time // that, zero for nothing
	followers  map[chan struct{}]*follower
}

// A follower is one GET clock?follow.
type follower struct{ pending []tick }

// A tick is one line of the stream.
type tick struct {
	Now  time.Time `json:"now"`
	Kind string    `json:"kind"` // start, walk or leap
}

// keptTicks is how many lines wait for a slow follower; it only needs the last.
const keptTicks = 1000

// virtualNow is the time in the world. The caller holds the lock.
func (s *Server) virtualNow() time.Time { return s.opts.Now().Add(s.clock.offset).UTC() }

// moveClock sets virtual time and tells those who follow it.
func (s *Server) moveClock(to time.Time, kind string) {
	s.clock.offset = to.Sub(s.opts.Now())
	for wake, f := range s.clock.followers {
		if f.pending = append(f.pending, tick{to.UTC(), kind}); len(f.pending) > keptTicks {
			f.pending = append(f.pending[:0:0], f.pending[keptTicks/2:]...)
		}
		select {
		case wake <- struct{}{}:
		default: // it is awake already
		}
	}
	s.changed()
}

// follow streams the clock as lines of JSON until the caller or the playground
// goes.
func (s *Server) follow(w http.ResponseWriter, r *http.Request) {
	wake := make(chan struct{}, 1)
	f := &follower{}
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		writeProblem(w, wrong(http.StatusServiceUnavailable, "closed", "the playground stops"))
		return
	}
	f.pending = []tick{{s.virtualNow(), "start"}}
	s.clock.followers[wake] = f
	s.wg.Add(1)
	s.mu.Unlock()
	defer s.wg.Done()
	defer func() {
		s.mu.Lock()
		if delete(s.clock.followers, wake); len(s.clock.followers) == 0 {
			s.clock.announced, s.clock.waitingFor = false, time.Time{} // it has gone with the bot
		}
		s.mu.Unlock()
	}()
	w.Header().Set("Content-Type", "application/x-ndjson")
	out := http.NewResponseController(w)
	for {
		s.mu.Lock()
		ticks := f.pending
		f.pending = nil
		s.mu.Unlock()
		if writeLines(w, ticks) != nil || out.Flush() != nil {
			return
		}
		select {
		case <-wake:
		case <-r.Context().Done():
			return
		case <-s.done:
			return
		}
	}
}

// quiet waits until the bot has made no request for a while.
func (s *Server) quiet(ctx context.Context) bool {
	for {
		before := 0
		if !s.await(ctx, walkLimit, func() bool { before = s.activity; return s.underWay == 0 }) {
			return false
		}
		if !s.await(ctx, quietAfter, func() bool { return s.activity != before }) {
			return ctx.Err() == nil && !s.stopping()
		}
	}
}

// stopping tells whether Close was called.
func (s *Server) stopping() bool {
	select {
	case <-s.done:
		return true
	default:
		return false
	}
}

// stride moves the clock on by one step of a walk to an end, and waits for the
// bot. It crosses the time up to what the bot waits for at once, and goes on in
// short steps from there until the bot says what comes next.
func (s *Server) stride(ctx context.Context, end time.Time) bool {
	s.mu.Lock()
	now := s.virtualNow()
	step := now.Add(walkStep)
	switch {
	case s.clock.waitingFor.After(now):
		step = s.clock.waitingFor
	case s.clock.announced && s.clock.waitingFor.IsZero() && !end.IsZero():
		step = end
	}
	if !end.IsZero() && step.After(end) {
		step = end
	}
	if step.After(now) {
		s.moveClock(step, "walk")
	}
	s.mu.Unlock()
	return s.settled(ctx)
}

// settled waits until the bot is quiet and, when what it waits for has come,
// for a moment until it says what comes next: it may write for longer than it
// takes to be quiet.
func (s *Server) settled(ctx context.Context) bool {
	for {
		if !s.quiet(ctx) {
			return false
		}
		s.mu.Lock()
		waited, now := s.clock.waitingFor, s.virtualNow()
		s.mu.Unlock()
		if waited.IsZero() || waited.After(now) {
			return true
		}
		if !s.await(ctx, wordLimit, func() bool { return !s.clock.waitingFor.Equal(waited) }) {
			return ctx.Err() == nil && !s.stopping()
		}
	}
}

// postCount is how many messages were ever posted without an interaction.
func (s *Server) postCount() int { return s.postsDropped + len(s.posts) }

// postsSince lists the posts after a count.
func (s *Server) postsSince(count int) []flake {
	return append([]flake{}, s.posts[min(max(count-s.postsDropped, 0), len(s.posts)):]...)
}

// leap jumps to a time, as if the bot had been away.
func (s *Server) leap(ctx context.Context, to time.Time) bool {
	s.mu.Lock()
	s.moveClock(to, "leap")
	s.mu.Unlock()
	return s.quiet(ctx)
}

// walkTo walks to a time. What the bot was asked for just before may change
// what it waits for, so that its word is waited for.
func (s *Server) walkTo(ctx context.Context, end time.Time) bool {
	if !s.settled(ctx) {
		return false
	}
	for {
		if !s.stride(ctx, end) {
			return false
		}
		s.mu.Lock()
		there := !s.virtualNow().Before(end)
		s.mu.Unlock()
		if there {
			return true
		}
	}
}

// walkToPost walks until there are more posts than before, or none is to come.
func (s *Server) walkToPost(ctx context.Context, before int) bool {
	for {
		posted, idle := s.sincePost(before)
		switch {
		case posted:
			return true
		case idle: // its word may be on the way still
			if !s.quiet(ctx) {
				return false
			}
			if _, idle := s.sincePost(before); idle {
				return true
			}
		case !s.stride(ctx, time.Time{}):
			return false
		}
	}
}

// sincePost tells whether there are more posts than before, and whether the
// bot said that it waits for nothing.
func (s *Server) sincePost(before int) (posted, idle bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.postCount() > before, s.clock.announced && s.clock.waitingFor.IsZero()
}
