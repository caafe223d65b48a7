// Package gate keeps a person, and a server, from doing too often what costs
// others something: posts that a channel sees, DMs, files to be read. What may
// be done at once, and how often from then on, stands in one table.
package gate

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
)

// What is something that a gate counts.
type What string

// What gates count.
const (
	Drafts   What = "drafts"   // of classes
	Files    What = "files"    // that change a timetable
	Follows  What = "follows"  // each has a DM confirm it
	Exports  What = "exports"  // of a member, or of a timetable
	Together What = "together" // a routine that a channel follows
	Shares   What = "shares"   // of lifts, with a channel
	Starts   What = "starts"   // cards that everyone starts from
	Forgets  What = "forgets"  // of all that is kept about a member
)

// Whose is what a limit is counted for.
type Whose string

// What limits are counted for.
const (
	Person  Whose = "person"
	Server  Whose = "server"
	Channel Whose = "channel"
)

// A Limit lets something be done so often at once, and once more after each
// Every: a bucket of Most tokens that gets one back after each Every.
type Limit struct {
	Whose Whose
	Most  int
	Every time.Duration // whole minutes
}

// Limits returns the limits of what a gate counts. A server has none where
// others must not be able to use up a member's rights.
func Limits(w What) []Limit {
	switch w {
	case Drafts:
		return []Limit{{Person, 30, time.Minute}, {Server, 120, time.Minute}}
	case Files:
		return []Limit{{Person, 10, 3 * time.Minute}, {Server, 30, time.Minute}}
	case Follows:
		return []Limit{{Person, 20, 2 * time.Minute}, {Server, 1000, time.Minute}}
	case Exports:
		return []Limit{{Person, 5, 5 * time.Minute}}
	case Together:
		return []Limit{{Person, 3, 10 * time.Minute}, {Server, 10, 3 * time.Minute}}
	case Shares:
		return []Limit{{Person, 5, 2 * time.Minute}, {Server, 20, time.Minute}}
	case Starts:
		return []Limit{{Channel, 1, time.Hour}, {Person, 3, time.Hour}, {Server, 10, 10 * time.Minute}}
	case Forgets:
		return []Limit{{Person, 3, 10 * time.Minute}}
	}
	return nil
}

// Buckets keeps when buckets are full again.
type Buckets interface {
	// ChangeBuckets hands change the instants at which buckets are full again, the
	// zero time for one that is full for long, and keeps what it makes of them, or
	// returns its error.
	ChangeBuckets(ctx context.Context, names []string, change func(full []time.Time) error) error
}

// A Gate counts. The zero Gate lets everything pass.
type Gate struct {
	Buckets Buckets // nil counts nothing
	Key     []byte  // under which the names of buckets are hashed
	Now     func() time.Time
}

// Pass counts that the reader does something, or returns a UserError that says
// when it works again. What is refused is not counted.
func (g Gate) Pass(ctx context.Context, req *bot.Request, w What) error {
	if g.Buckets == nil {
		return nil
	}
	var limits []Limit
	var names []string
	for _, l := range Limits(w) {
		if id := l.id(req); id != "" {
			limits, names = append(limits, l), append(names, g.name(w, l.Whose, id))
		}
	}
	now := g.Now().Truncate(time.Second) // as buckets are kept
	err := g.Buckets.ChangeBuckets(ctx, names, func(full []time.Time) error {
		for i, l := range limits {
			var ok bool
			if full[i], ok = l.take(full[i], now); !ok {
				return refused(req, w, l, full[i])
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("count %s: %w", w, err)
	}
	return nil
}

// id names whom the reader's acts are counted for, or is "" for nobody.
func (l Limit) id(req *bot.Request) string {
	switch l.Whose {
	case Server:
		return req.GuildID
	case Channel:
		return req.ChannelID
	}
	return req.UserID
}

// name is that of a bucket: without the key nobody can tell whose it is.
func (g Gate) name(w What, whose Whose, id string) string {
	h := hmac.New(sha256.New, g.Key)
	fmt.Fprintf(h, "%s/%s/%s", w, whose, id)
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:18])
}

// take takes a token from a bucket that is full again at an instant, and returns
// when it is full again then. It reports false where there is none, with when
// there is one. A bucket's only state is that instant: the tokens that it lacks
// now are the time until then, in units of Every.
func (l Limit) take(full, now time.Time) (time.Time, bool) {
	after := now
	if full.After(now) {
		after = full
	}
	after = after.Add(l.Every)
	if first := after.Add(-time.Duration(l.Most) * l.Every); first.After(now) {
		return first, false
	}
	return after, true
}

// refused says what may be done how often, and when it works again.
func refused(req *bot.Request, w What, l Limit, again time.Time) error {
	every := req.Say("gate.minutes", bot.Args{"count": int(l.Every.Minutes())})
	return &bot.UserError{Key: "gate." + string(l.Whose) + "." + string(w),
		Args: bot.Args{"count": l.Most, "Every": every, "In": card.FromNow(again), "At": card.Yours(again)}}
}
