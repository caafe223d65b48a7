package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

// A followedClock is a playground's clock: the real one, shifted as the
// playground says.
type followedClock struct {
	url  string
	real func() time.Time
	log  *slog.Logger

	shift atomic.Int64 // nanoseconds
}

// clockLine is one line of the playground's stream, or its whole answer.
type clockLine struct {
	Now time.Time `json:"now"`
}

// followClock reads the clock at url once, and then follows it until ctx ends.
func followClock(ctx context.Context, url string, real func() time.Time, log *slog.Logger) (*followedClock, error) {
	c := &followedClock{url: url, real: real, log: log}
	if err := c.read(ctx, url); err != nil {
		return nil, fmt.Errorf("follow the clock at %s: %w", url, err)
	}
	go c.follow(ctx)
	return c, nil
}

func (c *followedClock) now() time.Time { return c.real().Add(time.Duration(c.shift.Load())) }

// follow reads the stream, and opens it again when it breaks. It tells the
// playground that nothing here waits for a time, so that a walk of the clock
// takes long strides.
func (c *followedClock) follow(ctx context.Context) {
	gone := false // and said so
	for ctx.Err() == nil {
		err := c.announce(ctx)
		if err == nil {
			gone = false
			err = c.read(ctx, c.url+"?follow")
		}
		if err != nil && !gone && ctx.Err() == nil {
			gone = true
			c.log.WarnContext(ctx, "the followed clock is gone, trying again every second", "err", err)
		}
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
		}
	}
}

// announce says which time the bot waits for: none.
func (c *followedClock) announce(ctx context.Context) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url, strings.NewReader(`{"waiting_for":null}`))
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

// read takes each line of the answer as the time it is now.
func (c *followedClock) read(ctx context.Context, url string) error {
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
		c.shift.Store(int64(l.Now.Sub(c.real())))
	}
}
