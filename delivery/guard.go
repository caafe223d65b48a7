package delivery

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"
)

const (
	// maxSkew is how far the system clock may be from Discord's.
	maxSkew = 30 * time.Second
	// maxJump is how far the clock may move against the time that really passed
	// before it counts as set.
	maxJump = 2 * time.Second
	// probeEvery is how often an untrusted clock is compared again.
	probeEvery = 10 * time.Second
)

// A Guard says whether the system clock can be trusted. A Raspberry Pi boots in
// the past, and a clock that is set forward would skip posts for ever.
type Guard struct {
	Wall  func() time.Time     // the system clock
	Mono  func() time.Duration // real time that passed since some instant
	Skew  func() (ahead time.Duration, known bool)
	Probe func(context.Context) error // asks Discord for the time
	Log   *slog.Logger

	mu     sync.Mutex
	wall   time.Time // at the last check
	mono   time.Duration
	stale  bool // the clock was set after Discord's time was last seen
	probed time.Duration
	jumps  int           // how often it was set
	left   int           // of these, since the log was told
	toldAt time.Duration // when it was

	trusted bool
	told    bool                          // the log knows that it isn't
	wrong   atomic.Pointer[time.Duration] // how far it is ahead, while it is not trusted for that
}

// jumpsEvery is how often the log is told that the clock was set; one that leaps
// all the time fills no log.
const jumpsEvery = time.Hour

// Wrong returns how far the system clock is ahead of Discord's while nothing is
// posted for that. It reports false when the clock is right, or not known to be
// wrong.
func (g *Guard) Wrong() (ahead time.Duration, wrong bool) {
	if d := g.wrong.Load(); d != nil {
		return *d, true
	}
	return 0, false
}

// Jumps returns how often the system clock was set.
func (g *Guard) Jumps() int {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.jumps
}

// Trusted reports whether the system clock is within 30 s of Discord's, and
// has not been set since that was seen. It asks Discord when it can't tell, at
// most every ten seconds. It is for one goroutine.
func (g *Guard) Trusted(ctx context.Context) bool {
	if !g.glance(ctx) {
		g.probe(ctx)
	}
	ahead, known := g.known()
	g.tell(ctx, known && ahead.Abs() <= maxSkew, known, ahead)
	return g.trusted
}

// glance reports whether the clock can be trusted by what is known already. It
// may be called from several goroutines at once.
func (g *Guard) glance(ctx context.Context) bool {
	g.notice(ctx)
	ahead, known := g.known()
	return known && ahead.Abs() <= maxSkew
}

// known returns how far the clock is ahead of Discord's, if that is known.
func (g *Guard) known() (ahead time.Duration, known bool) {
	ahead, known = g.Skew()
	g.mu.Lock()
	defer g.mu.Unlock()
	return ahead, known && !g.stale
}

// notice compares how far the clock went with the time that passed.
func (g *Guard) notice(ctx context.Context) {
	g.mu.Lock()
	defer g.mu.Unlock()
	wall, mono := g.Wall().Round(0), g.Mono() // Round drops the monotonic reading
	if !g.wall.IsZero() {
		if jump := wall.Sub(g.wall) - (mono - g.mono); jump.Abs() > maxJump {
			g.stale, g.probed = true, 0
			g.jumped(ctx, jump, mono)
		}
	}
	g.wall, g.mono = wall, mono
}

// jumped counts a clock that was set, and tells the first within an hour; the
// caller holds mu.
func (g *Guard) jumped(ctx context.Context, by, mono time.Duration) {
	if g.jumps++; g.toldAt != 0 && mono-g.toldAt < jumpsEvery {
		g.left++
		return
	}
	g.Log.WarnContext(ctx, "the system clock was set", "by", by.Round(time.Second), "left_out", g.left)
	g.toldAt, g.left = mono, 0
}

// probe asks Discord for the time, unless it did a moment ago.
func (g *Guard) probe(ctx context.Context) {
	g.mu.Lock()
	began := g.mono
	due := g.probed == 0 || began-g.probed >= probeEvery
	if due {
		g.probed = began
	}
	g.mu.Unlock()
	if !due {
		return
	}
	asking, cancel := context.WithTimeout(ctx, probeEvery)
	defer cancel()
	if err := g.Probe(asking); err != nil {
		return
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.probed == began { // the clock was not set again meanwhile
		g.stale = false
	}
}

// tell logs when trust is lost and when it is back.
func (g *Guard) tell(ctx context.Context, trusted, known bool, ahead time.Duration) {
	g.wrong.Store(nil)
	if known && !trusted {
		g.wrong.Store(&ahead)
	}
	switch {
	case trusted && g.told:
		g.Log.InfoContext(ctx, "the system clock agrees with Discord's again, posts go on")
		g.told = false
	case !trusted && known && !g.told:
		g.Log.WarnContext(ctx, "the system clock is not Discord's, nothing is posted until it is right; set the host's clock", "ahead", ahead.Round(time.Second))
		g.told = true
	}
	g.trusted = trusted
}
