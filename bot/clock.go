package bot

import (
	"context"
	"net/http"
	"strconv"
	"sync/atomic"
	"time"
)

// slowAnswer is how long an answer may take and still tell the time: Discord
// looked at the clock at some moment on its way.
const slowAnswer = 5 * time.Second

// A discordClock is how far our clock is ahead of Discord's, as its last answer
// told.
type discordClock struct{ ahead atomic.Pointer[time.Duration] }

// note reads an answer's Date, given in whole seconds, which is taken for the
// middle of its second, seen in the middle between request and answer.
func (c *discordClock) note(date string, before, after time.Time) {
	theirs, err := http.ParseTime(date)
	took := after.Sub(before)
	if err != nil || took > slowAnswer {
		return
	}
	ahead := before.Add(took / 2).Sub(theirs.Add(500 * time.Millisecond))
	c.ahead.Store(&ahead)
}

// age returns how old the thing with an id is by Discord's clock, or by ours
// while that is not known.
func (c *discordClock) age(id string, now time.Time) time.Duration {
	n, err := strconv.ParseUint(id, 10, 64)
	if err != nil {
		return 0
	}
	const epoch, below = 1420070400000, 22 // milliseconds; bits that are not time
	if d := c.ahead.Load(); d != nil {
		now = now.Add(-*d)
	}
	return now.Sub(time.UnixMilli(int64(n>>below) + epoch))
}

// Skew returns how far Options.Now is ahead of Discord's clock, negative when
// it is behind. Discord's last answer tells it; known is false before the first.
// It is right to half a second and half of the time that the answer took.
// Answers that took over 5 seconds do not count.
func (b *Bot) Skew() (ahead time.Duration, known bool) { return b.way.clock.skew() }

func (c *discordClock) skew() (ahead time.Duration, known bool) {
	if d := c.ahead.Load(); d != nil {
		return *d, true
	}
	return 0, false
}

// Probe makes one cheap request, so that Skew is of now.
func (b *Bot) Probe(ctx context.Context) error {
	return b.rest.do(ctx, http.MethodGet, "/gateway", nil, nil, nil)
}
