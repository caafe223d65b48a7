package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"
)

// A followedClock is a playground's clock: the real one, shifted as the
// playground says.
type followedClock struct {
	url  string
	real func() time.Time
	log  *slog.Logger

	identifyEvery time.Duration // that the playground's gateway asks for; zero is Discord's

	shift atomic.Int64 // nanoseconds
	moved func()       // called after each line; set before the clock is followed

	mu        sync.Mutex
	following bool      // the stream is open
	waiting   time.Time // what the playground was told last
	told      bool      // and was, since the stream was opened
}

// clockLine is one line of the playground's stream, or its whole answer.
type clockLine struct {
	Now        time.Time `json:"now"`
	IdentifyMS int64     `json:"identify_ms"` // only in the answer
}

// identifyMargin is how much later than a playground asks for an IDENTIFY goes
// out: some arrive late, and the next one then early.
const identifyMargin = 50 * time.Millisecond

// readClock reads the clock at url once; follow follows it.
func readClock(ctx context.Context, url string, real func() time.Time, log *slog.Logger) (*followedClock, error) {
	c := &followedClock{url: url, real: real, log: log, moved: func() {}}
	if err := c.read(ctx, url, func() {}); err != nil {
		return nil, fmt.Errorf("follow the clock at %s: %w", url, err)
	}
	return c, nil
}

func (c *followedClock) now() time.Time { return c.real().Add(time.Duration(c.shift.Load())) }

// follow reads the stream until ctx ends, and opens it again when it breaks.
func (c *followedClock) follow(ctx context.Context) {
	gone := false // and said so
	for ctx.Err() == nil {
		err := c.read(ctx, c.url+"?follow", func() { c.opened(true) })
		c.opened(false)
		if err != nil && !gone && ctx.Err() == nil {
			gone = true
			c.log.WarnContext(ctx, "the followed clock is gone, trying again every second", "err", err)
		} else if err == nil {
			gone = false
		}
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
		}
	}
}

// opened notes that the stream was opened or has ended. What the playground was
// told before is forgotten there: it holds only while someone follows its clock.
func (c *followedClock) opened(open bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.following, c.told = open, false
}

// announce tells the playground which time the bot waits for, zero for none,
// unless it knows, or would forget it: nobody follows it yet. A walk of its
// clock then takes long strides.
func (c *followedClock) announce(ctx context.Context, next time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.following || c.told && next.Equal(c.waiting) {
		return
	}
	if err := c.post(ctx, next); err != nil {
		if ctx.Err() == nil {
			c.log.WarnContext(ctx, "the followed clock does not know what comes next", "err", err)
		}
		return
	}
	c.waiting, c.told = next, true
}

func (c *followedClock) post(ctx context.Context, next time.Time) error {
	var body struct {
		WaitingFor *time.Time `json:"waiting_for"`
	}
	if !next.IsZero() {
		body.WaitingFor = &next
	}
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, bytes.NewReader(data))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("HTTP %d", resp.StatusCode)
	}
	return nil
}

// read takes each line of the answer as the time it is now, and calls opened
// before the first.
func (c *followedClock) read(ctx context.Context, url string, opened func()) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return fmt.Errorf("HTTP %d", resp.StatusCode)
	}
	for lines := json.NewDecoder(resp.Body); ; {
		var l clockLine
		if err := lines.Decode(&l); err != nil {
			return ended(err)
		}
		if l.Now.IsZero() {
			return errors.New("a line without a time; is this a playground's clock?")
		}
		if l.IdentifyMS > 0 {
			c.identifyEvery = time.Duration(l.IdentifyMS)*time.Millisecond + identifyMargin
		}
		opened()
		opened = func() {}
		c.shift.Store(int64(l.Now.Sub(c.real())))
		c.moved()
	}
}
