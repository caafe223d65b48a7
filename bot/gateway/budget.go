package gateway

import (
	"context"
	"fmt"
	"time"
)

// keptLogins is how many of Discord's logins a day are left to the operator.
const keptLogins = 20

// A Start is Discord's answer to GET /gateway/bot.
type Start struct {
	URL    string `json:"url"`
	Shards int    `json:"shards"` // that Discord recommends
	Limit  struct {
		Total       int   `json:"total"` // 0 when it isn't said
		Remaining   int   `json:"remaining"`
		ResetAfter  int64 `json:"reset_after"`     // milliseconds
		Concurrency int   `json:"max_concurrency"` // shards that may log in side by side
	} `json:"session_start_limit"`
}

// enough returns the error that ends the bot when few logins are left.
func (s Start) enough(now time.Time) error {
	if s.Limit.Total == 0 || s.Limit.Remaining > keptLogins {
		return nil
	}
	at := now.Add(time.Duration(s.Limit.ResetAfter) * time.Millisecond).UTC().Format("2006-01-02 15:04 UTC")
	return &FatalError{fmt.Sprintf("Discord takes only %d more logins of this bot before %s, and resets its token after the last; "+
		"Unpinch stops here and leaves them to you: start it again after that", s.Limit.Remaining, at)}
}

// A budget paces IDENTIFYs: one in a while, never more than three in thirteen
// times that, which is over a minute, and fewer the more of them lead nowhere.
// At its slowest it sends 720 a day of Discord's 1,000, which all shards share.
type budget struct {
	every  time.Duration
	shards int
	times  []time.Time // of the last three
	spent  int         // since a connection lasted
}

// In units of every.
const (
	window   = 13 // that no more than three IDENTIFYs fall into
	lasts    = 12 // how long a good connection lasts
	slow     = 4
	slower   = 12
	slowest  = 24
	inWindow = 3
)

// gap returns the least time between the last IDENTIFY and the next.
func (b *budget) gap() time.Duration {
	share := time.Duration(max(1, b.shards)) * b.every
	switch {
	case b.spent < 2:
		return b.every
	case b.spent < 9:
		return slow * share
	case b.spent < 20:
		return slower * share
	}
	return slowest * share
}

// wait returns how long the next IDENTIFY has to wait. A clock that was set back
// does not lengthen it.
func (b *budget) wait(now time.Time) time.Duration {
	n := len(b.times)
	if n == 0 {
		return 0
	}
	wait := min(b.gap(), b.times[n-1].Add(b.gap()).Sub(now))
	if n == inWindow {
		wait = max(wait, min(window*b.every, b.times[0].Add(window*b.every).Sub(now)))
	}
	return wait
}

// spend notes an IDENTIFY.
func (b *budget) spend(now time.Time) {
	b.times = append(b.times, now)
	b.times = b.times[max(0, len(b.times)-inWindow):]
	b.spent++
}

// rested notes that a connection ran for so long.
func (b *budget) rested(ran time.Duration) {
	if ran >= lasts*b.every {
		b.spent = 0
	}
}

// ask makes the request GET /gateway/bot, and returns its answer or why there
// is to be no IDENTIFY.
func (g *Gateway) ask(ctx context.Context) (Start, error) {
	ctx, cancel := context.WithTimeout(ctx, askMax)
	defer cancel()
	if g.queue != nil {
		return g.queue.ask(ctx)
	}
	return g.o.Ask(ctx)
}
