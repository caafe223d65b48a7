package delivery

import (
	"context"
	"log/slog"
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

	wall    time.Time // at the last check
	mono    time.Duration
	stale   bool // the clock was set after Discord's time was last seen
	probed  time.Duration
	trusted bool
	told    bool // the log knows that it isn't
}

// Trusted reports whether the system clock is within 30 s of Discord's, and
// has not been set since that was seen. It asks Discord when it can't tell, at
// most every ten seconds. It is for one goroutine.
func (g *Guard) Trusted(ctx context.Context) bool {
	ahead, known := g.Skew()
	if !g.glance(ctx) {
		ahead, known = g.probe(ctx)
	}
	g.tell(ctx, known && !g.stale && ahead.Abs() <= maxSkew, known && !g.stale, ahead)
	return g.trusted
}

// glance reports whether the clock can be trusted by what is known already.
func (g *Guard) glance(ctx context.Context) bool {
	g.notice(ctx)
	ahead, known := g.Skew()
	return !g.stale && known && ahead.Abs() <= maxSkew
}

// notice compares how far the clock went with the time that passed.
func (g *Guard) notice(ctx context.Context) {
	wall, mono := g.Wall().Round(0), g.Mono() // Round drops the monotonic reading
	if !g.wall.IsZero() {
		if jump := wall.Sub(g.wall) - (mono - g.mono); jump.Abs() > maxJump {
			g.stale, g.probed = true, 0
			g.Log.WarnContext(ctx, "the system clock was set", "by", jump.Round(time.Second))
		}
	}
	g.wall, g.mono = wall, mono
}

func (g *Guard) probe(ctx context.Context) (ahead time.Duration, known bool) {
	if g.probed == 0 || g.mono-g.probed >= probeEvery {
		g.probed = g.mono
		asking, cancel := context.WithTimeout(ctx, probeEvery)
		defer cancel()
		if err := g.Probe(asking); err == nil {
			g.stale = false
		}
	}
	return g.Skew()
}

// tell logs when trust is lost and when it is back.
func (g *Guard) tell(ctx context.Context, trusted, known bool, ahead time.Duration) {
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
