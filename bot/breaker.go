package bot

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Discord bans an address from which 10,000 invalid requests come in ten minutes.
// An invalid request is one that it refuses with 401, 403, or 429 of any scope
// but shared.
const (
	invalidWindow = 10 * time.Minute
	// invalidSlow is how many of them slow requests down, to slowRate a second: as
	// few as do not reach invalidHold within the window, were all refused.
	invalidSlow = 500
	slowRate    = 2
	// invalidHold is how many of them hold back all but what answers people.
	invalidHold = 2000
)

// errHeld is a request that was held back.
var errHeld = errors.New("held back: Discord has refused too many requests in ten minutes, and bans at 10,000")

// A caution is what the breaker does with requests.
type caution int

const (
	cautionNone caution = iota
	cautionSlow         // posts and questions go slowly
	cautionHold         // only answers to interactions go
)

// A breaker counts invalid requests, so that their number stays far below
// Discord's ban.
type breaker struct {
	now  func() time.Time
	log  *slog.Logger
	slow *rate.Limiter

	mu    sync.Mutex
	at    []time.Time // invalid requests within the window, oldest first
	state caution
}

func newBreaker(now func() time.Time, log *slog.Logger) *breaker {
	return &breaker{now: now, log: log, slow: rate.NewLimiter(slowRate, 1)}
}

// note counts an answer if its request was invalid.
func (b *breaker) note(resp *http.Response) {
	switch resp.StatusCode {
	case http.StatusUnauthorized, http.StatusForbidden:
	case http.StatusTooManyRequests:
		if resp.Header.Get("X-RateLimit-Scope") == "shared" {
			return
		}
	default:
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.at = append(b.at, b.now())
	b.look()
}

// wait returns when a request that answers nobody may go out, or errHeld.
func (b *breaker) wait(ctx context.Context) error {
	b.mu.Lock()
	state := b.look()
	b.mu.Unlock()
	switch state {
	case cautionHold:
		return errHeld
	case cautionSlow:
		return within(ctx, b.slow)
	}
	return nil
}

// count returns how many requests of the window were invalid.
func (b *breaker) count() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.look()
	return len(b.at)
}

// look drops what is out of the window and says each change once; the caller
// holds mu. A caution ends at half of what began it, so that it does not flutter.
func (b *breaker) look() caution {
	past := 0
	for past < len(b.at) && b.now().Sub(b.at[past]) >= invalidWindow {
		past++
	}
	b.at = b.at[past:]
	n, before := len(b.at), b.state
	switch {
	case n >= invalidHold, b.state == cautionHold && n >= invalidHold/2:
		b.state = cautionHold
	case n >= invalidSlow, b.state != cautionNone && n >= invalidSlow/2:
		b.state = cautionSlow
	default:
		b.state = cautionNone
	}
	switch {
	case b.state == before:
	case b.state == cautionHold:
		b.log.Error("only answers to people go out, until Discord refuses less: it bans at 10,000 refused requests in ten minutes", "refused", n)
	case b.state == cautionSlow && before == cautionNone:
		b.log.Warn("posts slow down: Discord refuses many requests, with 401, 403 or 429", "refused", n, "in", invalidWindow)
	case b.state == cautionSlow:
		b.log.Warn("posts go out again, slowly", "refused", n)
	default:
		b.log.Info("posts go out at full speed again", "refused", n)
	}
	return b.state
}

// within waits for a limiter, or returns at once when ctx would end before.
func within(ctx context.Context, l *rate.Limiter) error {
	err := l.Wait(ctx)
	if err != nil && ctx.Err() == nil {
		return context.DeadlineExceeded // it sees beforehand that the time won't do
	}
	return err
}

// Refused returns how many requests of the last ten minutes Discord counts as
// invalid. It bans at 10,000; Unpinch slows down at 500.
func (b *Bot) Refused() int { return b.way.limits.breaker.count() }
