package main

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"
)

// TestAnnounceHoldsWhileFollowed: a playground forgets what the bot waits for
// when nobody follows its clock, so that it is told once the stream is open,
// and again after it was opened anew.
func TestAnnounceHoldsWhileFollowed(t *testing.T) {
	t.Parallel()
	told, streams := make(chan struct{}, 10), make(chan chan struct{}, 10)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodPost {
			told <- struct{}{}
			return
		}
		if err := json.NewEncoder(w).Encode(clockLine{Now: time.Now()}); err != nil || !r.URL.Query().Has("follow") {
			return
		}
		w.(http.Flusher).Flush()
		end := make(chan struct{})
		streams <- end
		select {
		case <-end:
		case <-r.Context().Done():
		}
	}))
	defer s.Close()
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	c, err := readClock(ctx, s.URL, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	next := time.Now().Add(time.Hour)
	c.announce(ctx, next)
	if len(told) > 0 {
		t.Error("it was told before anyone followed its clock")
	}
	lines := make(chan struct{}, 10)
	c.moved = func() { lines <- struct{}{} }
	done := make(chan struct{})
	go func() { c.follow(ctx); close(done) }()
	for range 2 {
		<-lines
		c.announce(ctx, next)
		c.announce(ctx, next)
		if len(told) != 1 {
			t.Errorf("it was told %d times, want once a stream", len(told))
		}
		<-told
		close(<-streams)
	}
	cancel()
	<-done
}
