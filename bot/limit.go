package bot

import (
	"context"
	"log/slog"
	"math"
	"net/http"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// ownRate is the bot's own ceiling in requests a second, under Discord's 50,
// so that a burst meets our queue and not a refusal.
const ownRate = 45

// ownBurst is how many requests may go out at once. A machine that stalls for a
// moment lets those that waited arrive together; the room up to Discord's 50 is
// for them.
const ownBurst = 2

// freshWindow is how long a window is taken to last until an answer tells.
const freshWindow = 2 * time.Second

// leftMax is above what any window holds.
const leftMax = 1_000_000

// keptBuckets is how many routes' limits are kept before those that have
// passed are dropped.
const keptBuckets = 1024

// limits is what the bot knows of Discord's rate limits.
type limits struct {
	now     func() time.Time
	log     *slog.Logger
	global  *rate.Limiter
	breaker *breaker

	mu      sync.Mutex
	until   time.Time          // a global limit ends
	banned  time.Time          // a limit of this address ends, for interactions too
	shared  map[string]string  // route + major → bucket + major
	buckets map[string]*bucket // bucket + major → what is left
}

type bucket struct {
	left  int
	limit int // of a whole window
	reset time.Time
}

func newLimits(now func() time.Time, log *slog.Logger) *limits {
	return &limits{now: now, log: log, global: rate.NewLimiter(ownRate, ownBurst), breaker: newBreaker(now, log),
		shared: map[string]string{}, buckets: map[string]*bucket{}}
}

// wait returns when a request on r may go out, or when ctx ends. Interactions
// wait for a ban only.
func (l *limits) wait(ctx context.Context, r route) error {
	if r.interaction {
		return l.sitOut(ctx)
	}
	if !r.login {
		if err := l.breaker.wait(ctx); err != nil {
			return err
		}
	}
	for {
		d := l.claim(r)
		if d <= 0 {
			break
		}
		if err := sleep(ctx, d); err != nil {
			return err
		}
	}
	return within(ctx, l.global)
}

// sitOut waits for a ban to end, or returns at once when ctx would end before.
func (l *limits) sitOut(ctx context.Context) error {
	l.mu.Lock()
	d := l.banned.Sub(l.now())
	l.mu.Unlock()
	if d <= 0 {
		return ctx.Err()
	}
	if end, ok := ctx.Deadline(); ok && end.Before(l.now().Add(d)) {
		return context.DeadlineExceeded
	}
	return sleep(ctx, d)
}

// claim takes one request out of r's bucket, or says how long to wait.
func (l *limits) claim(r route) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if now.Before(l.until) {
		return l.until.Sub(now)
	}
	b := l.buckets[l.shared[r.name+r.major]]
	if b == nil {
		return 0
	}
	if !now.Before(b.reset) { // those that waited for this must not all go at once
		b.left, b.reset = b.limit, now.Add(freshWindow)
	}
	if b.left > 0 {
		b.left--
		return 0
	}
	return b.reset.Sub(now)
}

// note reads the limits out of an answer. The wait it returns is above zero
// for a 429.
func (l *limits) note(r route, resp *http.Response) time.Duration {
	l.breaker.note(resp)
	w := waitOf(r, resp)
	if w.Asked > w.For {
		l.log.Warn("Discord asks for a wait of over an hour, it is cut to that", "route", r.name, "asked", w.Asked)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if until := now.Add(w.For); w.Global && until.After(l.until) {
		l.until = until
	}
	if until := now.Add(w.For); w.Banned && until.After(l.banned) {
		l.banned = until
	}
	h := resp.Header
	id := h.Get("X-RateLimit-Bucket")
	left, err := strconv.Atoi(h.Get("X-RateLimit-Remaining"))
	if id == "" || err != nil || left < 0 || left > leftMax || r.interaction {
		return w.For
	}
	limit, err := strconv.Atoi(h.Get("X-RateLimit-Limit"))
	if err != nil || limit < 1 {
		limit = left + 1 // at least this one and those left
	}
	reset := w.For
	if reset == 0 {
		reset = min(seconds(h.Get("X-RateLimit-Reset-After")), retryMax)
	}
	l.remember(r, id+r.major, bucket{left, limit, now.Add(reset)})
	return w.For
}

func (l *limits) remember(r route, key string, said bucket) {
	if len(l.buckets) >= keptBuckets {
		l.forgetPassed()
	}
	l.shared[r.name+r.major] = key
	b := l.buckets[key]
	if b == nil || l.now().After(b.reset) {
		l.buckets[key] = &said
		return
	}
	// Answers of one window may come out of order: the lower count is true.
	b.left, b.limit = min(b.left, said.left), said.limit
	if said.reset.After(b.reset) {
		b.reset = said.reset
	}
}

// forgetPassed drops every limit whose window is over.
func (l *limits) forgetPassed() {
	now := l.now()
	for key, b := range l.buckets {
		if now.After(b.reset) {
			delete(l.buckets, key)
		}
	}
	for name, key := range l.shared {
		if l.buckets[key] == nil {
			delete(l.shared, name)
		}
	}
}

// seconds reads a header such as "0.25". It returns zero for a missing or odd
// one.
func seconds(s string) time.Duration {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return 0
	}
	return duration(f)
}

// duration is so many seconds, at most what a duration holds; zero for what is no
// number above zero.
func duration(seconds float64) time.Duration {
	if !(seconds > 0) {
		return 0
	}
	return time.Duration(min(seconds, math.MaxInt64/float64(2*time.Second)) * float64(time.Second))
}

// sleep waits d, or less when ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
