package playground

import (
	"encoding/json"
	"io"
	"net/http"
	"time"

	"unpinch/playground/control"
	"unpinch/playground/wire"
)

// A clock is virtual time: the real clock and an offset. Methods that take no
// request need the lock.
type clock struct {
	*monitor
	real       func() time.Time
	identify   time.Duration // in which the gateway takes one IDENTIFY
	offset     time.Duration
	announced  bool      // the bot said what it waits for
	waitingFor time.Time // what that is, zero for nothing
	followers  map[chan struct{}]*follower
}

func newClock(m *monitor, real func() time.Time, identify time.Duration) *clock {
	return &clock{monitor: m, real: real, identify: identify, followers: map[chan struct{}]*follower{}}
}

// A follower is one GET /clock?follow.
type follower struct{ pending []tick }

// A tick is one line of the stream.
type tick struct {
	Now  time.Time `json:"now"`
	Kind string    `json:"kind"` // start, walk or leap
}

// keptTicks is how many lines wait for a slow follower, which only needs the
// last.
const keptTicks = 1000

// now returns the time in the world.
func (c *clock) now() time.Time { return c.real().Add(c.offset).UTC() }

// set sets the time in the world and tells its followers.
func (c *clock) set(to time.Time, kind string) {
	c.offset = to.Sub(c.real())
	for wake, f := range c.followers {
		if f.pending = append(f.pending, tick{to.UTC(), kind}); len(f.pending) > keptTicks {
			f.pending = append(f.pending[:0:0], f.pending[keptTicks/2:]...)
		}
		select {
		case wake <- struct{}{}:
		default: // it is awake already
		}
	}
	c.changed()
}

// next returns what the bot waits for, or nil.
func (c *clock) next() any {
	if c.waitingFor.After(c.now()) {
		return c.waitingFor
	}
	return nil
}

// idle reports whether the bot said that it waits for nothing.
func (c *clock) idle() bool { return c.announced && c.waitingFor.IsZero() }

// get tells the time, or streams it.
func (c *clock) get(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Has("follow") {
		c.follow(w, r)
		return
	}
	c.mu.Lock()
	now, next := c.now(), c.next()
	c.mu.Unlock()
	wire.WriteJSON(w, http.StatusOK, object{"now": now, "next": next, "identify_ms": c.identify.Milliseconds()})
}

// follow streams the time as lines of JSON until the caller or the playground
// goes.
func (c *clock) follow(w http.ResponseWriter, r *http.Request) {
	wake := make(chan struct{}, 1)
	f := &follower{}
	c.mu.Lock()
	if c.closed {
		c.mu.Unlock()
		control.WriteError(w, control.Fail(http.StatusServiceUnavailable, "closed", "the playground stops"))
		return
	}
	f.pending = []tick{{c.now(), "start"}}
	c.followers[wake] = f
	c.wg.Add(1)
	c.mu.Unlock()
	defer c.wg.Done()
	defer c.unfollow(wake)
	w.Header().Set("Content-Type", "application/x-ndjson")
	out := http.NewResponseController(w)
	for {
		c.mu.Lock()
		ticks := f.pending
		f.pending = nil
		c.mu.Unlock()
		if writeLines(w, ticks) != nil || out.Flush() != nil {
			return
		}
		select {
		case <-wake:
		case <-r.Context().Done():
			return
		case <-c.done:
			return
		}
	}
}

// unfollow ends a stream. What the bot waits for goes with the last one.
func (c *clock) unfollow(wake chan struct{}) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if delete(c.followers, wake); len(c.followers) == 0 {
		c.announced, c.waitingFor = false, time.Time{}
	}
}

// writeLines writes values as lines of JSON.
func writeLines[T any](w io.Writer, values []T) error {
	enc := json.NewEncoder(w)
	for _, v := range values {
		if err := enc.Encode(v); err != nil {
			return err
		}
	}
	return nil
}
