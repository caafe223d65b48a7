package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"net"
	"regexp"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

const (
	everyDefault = 5 * time.Second // Discord takes one IDENTIFY in this time
	reconnectMin = 1 * time.Second
	reconnectMax = 3 * time.Second
	saidAgain    = 5 * time.Minute // until the log repeats a trouble with Discord
)

// closeFewShards is the close code of a shard that has too many servers.
const closeFewShards = 4011

// fatalCloses are the gateway's close codes that no retry mends.
var fatalCloses = map[int]string{
	4004: "the bot token is refused by Discord; put the right one in [discord] token or token_file",
	4010: "Discord refused the shard number; look at [discord] shards",
	4011: "Discord wants this bot to run in shards, its servers are too many for so few connections; give more in [discord] shards, or leave it out for as many as Discord recommends",
	4012: "Discord does not speak gateway version 10 any more; a newer Unpinch is needed",
	4013: "Discord does not know the events this bot asks for; a newer Unpinch is needed",
	4014: "Discord does not allow this bot the events it asks for; check its intents in the Developer Portal",
}

// A FatalError ends the bot: no retry mends what Discord has said.
type FatalError struct{ Why string }

// Error says why in one sentence.
func (e *FatalError) Error() string { return e.Why }

// An Event is one dispatch of Discord's.
type Event struct {
	Kind        string // such as READY
	Shard       Shard  // that hears of it
	Data        json.RawMessage
	Replayed    bool   // Discord repeats it, because it came while the bot was away
	Application string // the bot's
	User        string // the bot's own
}

// Options are what a gateway works with. Shards, Dial, Answered, Keeper, Settled
// and Every may be left out.
type Options struct {
	API    string // whose gateway it is
	Token  string
	Shards int // of a Fleet; 0 for as many as Discord recommends
	// Ask makes the request GET /gateway/bot. A *FatalError of it ends Run.
	Ask func(context.Context) (Start, error)
	// Event takes each event, in order; those of several shards side by side. It must
	// neither block nor call the gateway.
	Event func(Event)
	// Dial connects to an address; nil is the network.
	Dial func(ctx context.Context, network, addr string) (net.Conn, error)
	// Answered is told the Date of an answer, and when it was asked for and came.
	Answered func(date string, asked, came time.Time)
	Keeper   Keeper
	// Settled reports whether all that the events so far ask for is done. Until
	// then the session is not kept as having seen them. After it turns true Touch
	// must be called.
	Settled func() bool
	Every   time.Duration // between two IDENTIFYs; 5 s when it is zero
	Now     func() time.Time
	Log     *slog.Logger
}

// A Gateway keeps one connection to Discord's gateway up.
type Gateway struct {
	o     Options
	shard Shard
	owner string // whose sessions are its own
	queue *queue // for which shards log in; nil for the only one
	few   bool   // Discord has refused the last IDENTIFY: there are too few shards

	budget    budget               // Run's goroutine only, like all up to mu
	resuming  time.Time            // a RESUME that led nowhere yet; zero for none
	fruitless time.Duration        // that RESUMEs took and led nowhere, since the last login
	detour    bool                 // the session's own address did not answer the last time
	said      map[string]time.Time // when the log was told last of each trouble

	touched chan struct{} // there may be something to keep

	mu        sync.Mutex
	session   Session
	live      bool    // logged in
	replaying bool    // up to RESUMED
	kept      Session // as the Keeper has it
	trouble   string  // why nothing comes from Discord; "" while all is well
	since     time.Time
}

// New returns the gateway of the only shard. It is not connected yet.
func New(o Options) *Gateway { return newShard(o.filled(), Shard{0, 1}, nil) }

// filled returns the options with what was left out.
func (o Options) filled() Options {
	if o.Every == 0 {
		o.Every = everyDefault
	}
	if o.Answered == nil {
		o.Answered = func(string, time.Time, time.Time) {}
	}
	if o.Settled == nil {
		o.Settled = func() bool { return true }
	}
	if o.Keeper == nil {
		o.Keeper = forgetful{}
	}
	return o
}

// newShard returns the gateway of one shard, in a queue where there are several. Its
// options are filled.
func newShard(o Options, s Shard, q *queue) *Gateway {
	if s.Of > 1 {
		o.Log = o.Log.With("shard", s.ID)
	}
	g := &Gateway{o: o, shard: s, owner: ownerOf(o.API, o.Token), queue: q, budget: budget{every: o.Every, shards: s.Of}, said: map[string]time.Time{},
		touched: make(chan struct{}, 1)}
	g.troubled("connecting to Discord")
	return g
}

// Run connects, and connects again, until ctx ends (nil) or Discord refuses
// for good (*FatalError).
func (g *Gateway) Run(ctx context.Context) error {
	g.restore(ctx)
	return g.keepConnected(ctx)
}

// keepConnected is Run once it is known what an earlier process kept.
func (g *Gateway) keepConnected(ctx context.Context) error {
	var keeping sync.WaitGroup
	defer keeping.Wait()
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	keeping.Go(func() { g.keepUp(ctx) })
	for pause := time.Duration(0); ; {
		if sleep(ctx, max(pause, g.untilLogin())) != nil {
			return nil
		}
		ran, err := g.once(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if final := g.final(err); final != nil {
			return final
		}
		pause = 0 // after a connection that was good
		if ran < g.o.Every || errors.Is(err, errInvalid) {
			pause = reconnectMin + rand.N(reconnectMax-reconnectMin)
		}
		g.lost(ctx, ran, err, max(pause, g.untilLogin()))
	}
}

// untilLogin returns how long the next login has to wait: a RESUME never does.
func (g *Gateway) untilLogin() time.Duration {
	if g.known().ID != "" {
		return 0
	}
	return g.budget.wait(g.o.Now())
}

// once connects once and returns why the connection ended, and how long it had
// been logged in. err is not nil unless ctx has ended.
func (g *Gateway) once(ctx context.Context) (ran time.Duration, err error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	g.tally()
	r := &relay{g: g, timer: time.NewTimer(helloMax)}
	defer r.timer.Stop()
	defer r.leave()
	if r.discord, err = g.connect(ctx, r); err != nil {
		return 0, err
	}
	defer r.close()
	err = r.run(ctx)
	if ce, ok := errors.AsType[*websocket.CloseError](err); ok && endsSession(ce.Code) {
		r.forget()
	}
	return r.rest(), err
}

// final returns the error that ends Run, or nil where a retry may help. One who
// takes as many shards as Discord recommends asks again for how many these are.
func (g *Gateway) final(err error) error {
	if fe, ok := errors.AsType[*FatalError](err); ok {
		return fe
	}
	if more, ok := errors.AsType[*outgrown](err); ok {
		return more
	}
	ce, ok := errors.AsType[*websocket.CloseError](err)
	switch {
	case !ok || fatalCloses[ce.Code] == "":
		return nil
	case ce.Code == closeFewShards && g.o.Shards == 0:
		g.few = true
		if g.queue != nil {
			g.queue.forget()
		}
		return nil
	}
	return &FatalError{fatalCloses[ce.Code]}
}

// lost notes that the connection is lost, or was not made. The log is told when
// it is news, not at every try of an outage that lasts.
func (g *Gateway) lost(ctx context.Context, ran time.Duration, err error, pause time.Duration) {
	what := "can't reach Discord, trying again"
	if ran > 0 {
		what = "the connection to Discord is lost, connecting again"
	}
	g.troubled(fmt.Sprintf("%s: %v", what, err))
	if !g.news(what+causeOf(err)) && ran < g.o.Every {
		return
	}
	g.o.Log.WarnContext(ctx, what, "err", err, "in", pause.Round(100*time.Millisecond))
}

// news notes that a trouble is there, and reports whether the log is to be told:
// of each once in saidAgain.
func (g *Gateway) news(trouble string) bool {
	now := g.o.Now()
	maps.DeleteFunc(g.said, func(_ string, at time.Time) bool { return now.Sub(at) >= saidAgain })
	_, old := g.said[trouble]
	if !old {
		g.said[trouble] = now
	}
	return !old
}

// causeOf returns an error's text without ports, addresses and times, which are
// others at every try.
func causeOf(err error) string { return passing.ReplaceAllString(err.Error(), "") }

var passing = regexp.MustCompile(`:\d+|\d+([-.:T]+\d+)+`)

// Trouble returns why nothing comes from Discord now, or "" while all is well.
func (g *Gateway) Trouble() string {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.trouble == "" {
		return ""
	}
	return fmt.Sprintf("%s (for %v)", g.trouble, g.o.Now().Sub(g.since).Round(time.Second))
}

// troubled notes why nothing comes from Discord.
func (g *Gateway) troubled(why string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.noteTrouble(why)
}

// noteTrouble is troubled for a caller that holds mu.
func (g *Gateway) noteTrouble(why string) {
	if g.trouble == "" {
		g.since = g.o.Now()
	}
	g.trouble = why
}

// sleep waits d, or less when ctx ends.
func sleep(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
