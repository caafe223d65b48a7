package main

import (
	"context"
	"io"
	"log/slog"
	"sync"
	"time"

	"unpinch/store"
)

// logger writes to w as the configuration, which has been checked, says.
func logger(c logConfig, w io.Writer, now func() time.Time) *slog.Logger {
	var level slog.LevelVar
	if err := level.UnmarshalText([]byte(c.Level)); err != nil {
		level.Set(slog.LevelInfo)
	}
	o := &slog.HandlerOptions{Level: &level}
	var h slog.Handler = slog.NewTextHandler(w, o)
	if c.Format == "json" {
		h = slog.NewJSONHandler(w, o)
	}
	return slog.New(onceAMinute{h, &said{now: now, last: map[string]time.Time{}, left: map[string]int{}}})
}

// troubleEvery is how often the log says that the database does not work.
const troubleEvery = time.Minute

// onceAMinute is a handler that says of a database that does not work, which
// everything runs into, one sentence with what mends it, once a minute.
type onceAMinute struct {
	slog.Handler
	said *said
}

// said is when each sentence was said last, and how often it was left out since.
type said struct {
	now  func() time.Time
	mu   sync.Mutex
	last map[string]time.Time
	left map[string]int
}

// Handle passes on a record, unless it is of a trouble that was just said.
func (h onceAMinute) Handle(ctx context.Context, r slog.Record) error {
	says := ""
	r.Attrs(func(a slog.Attr) bool {
		if err, ok := a.Value.Any().(error); ok && says == "" {
			says, _ = store.Trouble(err)
		}
		return says == ""
	})
	if says == "" {
		return h.Handler.Handle(ctx, r)
	}
	left, ok := h.said.again(says)
	if !ok {
		return nil
	}
	one := slog.NewRecord(r.Time, slog.LevelError, says, r.PC)
	one.AddAttrs(slog.String("at", r.Message), slog.Int("left_out", left))
	r.Attrs(func(a slog.Attr) bool {
		one.AddAttrs(a)
		return true
	})
	return h.Handler.Handle(ctx, one)
}

// again reports whether a sentence may be said now, and how often it was not.
func (s *said) again(says string) (left int, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	if last, known := s.last[says]; known && now.Sub(last) < troubleEvery && !now.Before(last) {
		s.left[says]++
		return 0, false
	}
	left = s.left[says]
	s.last[says], s.left[says] = now, 0
	return left, true
}

// WithAttrs returns the handler with attributes.
func (h onceAMinute) WithAttrs(attrs []slog.Attr) slog.Handler {
	return onceAMinute{h.Handler.WithAttrs(attrs), h.said}
}

// WithGroup returns the handler within a group.
func (h onceAMinute) WithGroup(name string) slog.Handler {
	return onceAMinute{h.Handler.WithGroup(name), h.said}
}
