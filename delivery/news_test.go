package delivery_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"unpinch/delivery"
	"unpinch/schedule"
)

// TestOneLineForAll: a block of an hour makes one line, however many posts wait,
// and each ends as failed without its class.
func TestOneLineForAll(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGym(t)
		place := g.place("1", "c")
		for i := range 8 {
			g.class(place, fmt.Sprintf("daily 01:%02d", i))
		}
		blocked := fmt.Errorf("%w: HTTP 403 (code 40333)", delivery.ErrNotSent)
		g.discord.fault = within("00:30", "02:00", "post", fault{lost: true, err: blocked})
		var log bytes.Buffer
		s := delivery.NewSender(delivery.SenderOptions{Ledger: g.store, Poster: g.discord, Owner: "a", Now: g.now,
			Log: slog.New(slog.NewTextHandler(&log, nil))})
		ctx, cancel := context.WithCancel(t.Context())
		go s.Run(ctx)
		g.pass(49 * time.Minute)
		g.work(s, 30*time.Minute)
		cancel()
		synctest.Wait()
		if n := strings.Count(log.String(), "\n"); n != 1 || !strings.Contains(log.String(), "not sent, trying again") {
			t.Errorf("the log has %d lines, want one:\n%s", n, log.String())
		}
		if n := strings.Count(strings.Join(g.discord.calls, "\n"), "post"); n < 80 || n > 120 {
			t.Errorf("8 posts were tried %d times in ten minutes each", n)
		}
		if got := g.discord.texts(); got != "" {
			t.Errorf("got channel %q, want none: no class is broken", got)
		}
	})
}

// TestAMessageThatCannotBeTakenAway is tried ever less often, and not for ever.
func TestAMessageThatCannotBeTakenAway(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		g := newGym(t)
		g.class(g.place("1", "c"), "daily 01:00")
		s, stop := g.sender(g.store)
		defer stop()
		g.discord.fault = func(what string, _ schedule.Occurrence) fault {
			return fault{err: map[bool]error{true: errors.New("HTTP 400")}[what == "delete"]}
		}
		g.work(s, 49*time.Hour)
		n := 0
		for _, c := range g.discord.calls {
			if strings.HasPrefix(c, "delete") {
				n++
			}
		}
		if n < 100 || n > 200 { // two of them, one of which has had its tries
			t.Errorf("it was tried %d times", n)
		}
	})
}
