package bot

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"
)

// slowAnswer is how long an answer may take and still tell the time: nobody
// knows when on its way Discord looked at the clock.
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

// Skew returns how far Options.Now is ahead of Discord's clock, negative when
// it is behind, by Discord's last answer; not known before the first. It is
// right to half a second and half of the time that the answer took, which is
// at most 5 seconds: slower answers count as none.
func (b *Bot) Skew() (ahead time.Duration, known bool) {
	if d := b.gateway.transport.clock.ahead.Load(); d != nil {
		return *d, true
	}
	return 0, false
}

// Probe makes one cheap request, so that Skew is of now.
func (b *Bot) Probe(ctx context.Context) error {
	return b.rest.do(ctx, http.MethodGet, "/gateway", nil, nil, nil)
}
