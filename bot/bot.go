package bot

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"unpinch/bot/gateway"
)

// drainMax is how long running handlers may take to finish at shutdown.
const drainMax = 10 * time.Second

// lastWords is the end of drainMax, in which handlers that were cut tell
// their users so.
const lastWords = 1 * time.Second

// answerMax is how long Discord may take to begin an answer.
const answerMax = 30 * time.Second

// idleConns is how many connections to Discord wait for the next request, where one
// connection doesn't serve all of them at once: a burst of answers opens no new ones.
const idleConns = 32

// A FatalError ends the bot: no retry mends what Discord has said.
type FatalError = gateway.FatalError

// A GatewaySession is what the next process needs to go on with the session on
// the gateway.
type GatewaySession = gateway.Session

// Sessions keeps each shard's session on the gateway over a restart.
type Sessions = gateway.Keeper

// A Shard is the part of the bot's servers that one connection hears of.
type Shard = gateway.Shard

// Options are what a bot is made of. All but Guild, Observe, Servers, Sessions,
// Shards, IdentifyEvery, Conns, Ready and Aside are needed.
type Options struct {
	Token      string
	API        string // such as https://discord.com/api/v10; the gateway's address comes from there
	Guild      string // register commands in this server only, for development
	Commands   []Command
	Components []Component
	Words      Words
	Memory     Memory
	Log        *slog.Logger
	Now        func() time.Time // the real clock, for limits and deadlines
	Observe    Observer
	// Storage reports whether an error is of what the bot keeps things in, which
	// whoever runs it has to mend: users are told so. A deadline is one while that is
	// known not to work, and handlers get less time then. nil knows of none.
	Storage  func(error) bool
	Servers  Servers  // nil: nothing is told
	Sessions Sessions // nil: each start begins a new session
	Shards   int      // 0: as many as Discord recommends
	// IdentifyEvery is the time in which the gateway takes one IDENTIFY; zero is
	// Discord's.
	IdentifyEvery time.Duration
	// Conns is how many connections there are at most at once, beside the gateway's;
	// what is more waits for one. Zero is as many as it takes.
	Conns int
	Ready func() // called once: all shards were connected, and the commands are in place
	Aside *Aside // nil but for a bot beside the one that runs

	dial func(ctx context.Context, network, addr string) (net.Conn, error) // tests have a network of their own
}

// A Bot answers interactions on one gateway connection, or one for each shard.
type Bot struct {
	o        Options
	router   *router
	rest     *client
	files    files
	gateway  *gateway.Fleet
	way      *transport
	servers  *serverEvents
	commands []wireCommand

	drainMax time.Duration

	ctx    context.Context        // what handlers run under
	ready  chan struct{}          // there may be something for prepare
	logins logins                 // that prepare waits for
	synced bool                   // the commands are in place
	wrote  bool                   // and had to be written
	self   atomic.Pointer[string] // the bot's own user id; nil before the first READY
	dms    dmChannels
}

// New returns a bot, or every fault of its options and bindings at once.
func New(o Options) (*Bot, error) {
	if o.Observe == nil {
		o.Observe = func(string, string, time.Duration) {}
	}
	rt, faults := newRouter(o)
	base := http.DefaultTransport.(*http.Transport).Clone()
	base.ResponseHeaderTimeout = answerMax
	base.MaxIdleConnsPerHost, base.MaxConnsPerHost = idleConns, o.Conns
	if o.dial != nil {
		base.DialContext = o.dial
	}
	t, err := newTransport(base, o.API, o.Token, o.Now, o.Log)
	if err := errors.Join(faults, err); err != nil {
		return nil, err
	}
	b := &Bot{o: o, router: rt, rest: newClient(t), way: t, files: newFiles(base, t.api), drainMax: drainMax, ready: make(chan struct{}, 1),
		servers: newServerEvents(o.Servers, o.Log, o.Now)}
	rt.age = func(id string) time.Duration { return t.clock.age(id, o.Now()) }
	b.gateway = gateway.NewFleet(gateway.Options{API: o.API, Token: o.Token, Shards: o.Shards, Ask: b.askGateway, Event: b.onEvent, Dial: o.dial, Answered: t.clock.note,
		Keeper: keeper(o.Sessions, b.servers.outages), Settled: b.servers.settled, Every: o.IdentifyEvery, Now: o.Now, Log: o.Log})
	b.servers.done = b.gateway.Touch
	if a := o.Aside; a != nil {
		t.watch = a.Watch
		b.self.Store(&a.Self)
	}
	for _, c := range o.Commands {
		b.commands = append(b.commands, c.wire(o.Words))
	}
	return b, nil
}

// Run connects and answers until ctx ends, then lets running handlers finish
// for at most ten seconds. It returns a *FatalError when Discord refuses the
// bot for good, and nil after a clean stop. An unreachable network is retried.
func (b *Bot) Run(ctx context.Context) error {
	handlers, cut := context.WithCancel(context.WithoutCancel(ctx))
	defer cut()
	b.ctx = handlers
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	b.router.wg.Go(func() { b.servers.run(ctx, handlers) }) // drain waits for it too
	side := make(chan error, 1)
	go func() {
		err := b.prepare(ctx)
		if err != nil {
			stop()
		}
		side <- err
	}()
	err := b.gateway.Run(ctx)
	stop()
	if sideErr := <-side; err == nil {
		err = sideErr
	}
	b.drain(cut)
	b.gateway.Keep(handlers)
	return err
}

// Trouble returns why the bot hears nothing from Discord now, in some shards at
// least, or "" while it does.
func (b *Bot) Trouble() string { return b.gateway.Trouble() }

// Shards returns for each shard why it hears nothing from Discord now, or "" while
// it does.
func (b *Bot) Shards() []string { return b.gateway.Troubles() }

// askGateway asks where the gateway is and how many logins are left. It is not
// asked again at once: the gateway does so after its own pause.
func (b *Bot) askGateway(ctx context.Context) (s gateway.Start, err error) {
	err = b.rest.once(ctx, http.MethodGet, "/gateway/bot", "", nil, &s)
	if errors.Is(err, ErrToken) {
		return s, &FatalError{Why: ErrToken.Error()}
	}
	return s, err
}

// onEvent is called for each gateway event, in order, and beside those of other
// shards; it must not block.
func (b *Bot) onEvent(e gateway.Event) {
	switch e.Kind {
	case "INTERACTION_CREATE":
		if b.o.Aside != nil && !b.router.binds(e.Data) {
			return
		}
		b.router.start(b.ctx, b.rest, e.Data, e.Replayed)
	case "READY":
		b.onReady(e)
	case "RESUMED":
		if b.logins.note(e.Shard, e.Application, -1) { // a session of an earlier process
			b.self.CompareAndSwap(nil, &e.User)
			b.servers.resumed(e.Shard)
			b.toPrepare()
		}
	case "GUILD_CREATE", "GUILD_DELETE":
		b.servers.event(e.Shard, e.Kind, e.Data)
	}
}

func (b *Bot) onReady(e gateway.Event) {
	var r struct {
		Guilds []struct {
			ID string `json:"id"`
		} `json:"guilds"`
	}
	if err := json.Unmarshal(e.Data, &r); err != nil {
		b.o.Log.Error("READY could not be read", "err", err)
		return
	}
	b.self.Store(&e.User)
	ids := make([]string, 0, len(r.Guilds))
	for _, g := range r.Guilds {
		ids = append(ids, g.ID)
	}
	b.logins.note(e.Shard, e.Application, len(ids))
	b.servers.present(e.Shard, ids)
	b.toPrepare()
}

// toPrepare lets prepare look at the logins.
func (b *Bot) toPrepare() {
	select {
	case b.ready <- struct{}{}:
	default: // it will anyway
	}
}

// prepare waits for the first READY and puts the commands in place, again after a
// failure; only a refused token ends it with an error.
func (b *Bot) prepare(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-b.way.latched:
			return &FatalError{Why: ErrToken.Error()}
		case <-b.ready:
			err := b.sync(ctx)
			switch {
			case errors.Is(err, ErrToken):
				return &FatalError{Why: ErrToken.Error()}
			case err != nil && ctx.Err() == nil:
				b.o.Log.ErrorContext(ctx, "commands are not in place, trying again", "err", err)
				if sleep(ctx, 10*time.Second) == nil {
					b.toPrepare()
				}
			}
		}
	}
}

// sync puts the commands in place once, and tells when all shards are there too.
func (b *Bot) sync(ctx context.Context) (err error) {
	if !b.synced && b.o.Aside == nil {
		var ids map[string]string
		if ids, b.wrote, err = syncCommands(ctx, b.rest, b.o.Memory, b.logins.application(), b.o.Guild, b.commands); err != nil {
			return err
		}
		b.router.ids.Store(&ids)
	}
	b.synced = true
	all := b.logins.complete()
	if all == nil {
		return nil
	}
	b.o.Log.InfoContext(ctx, "ready", append(all, "commands_written", b.wrote)...)
	if b.o.Ready != nil {
		b.o.Ready()
	}
	return nil
}

// drain waits for running handlers, and cuts those that take too long.
func (b *Bot) drain(cut func()) {
	done := make(chan struct{})
	go func() { b.router.wg.Wait(); close(done) }()
	defer time.AfterFunc(b.drainMax-lastWords, cut).Stop()
	t := time.NewTimer(b.drainMax)
	defer t.Stop()
	select {
	case <-done:
	case <-t.C:
		b.o.Log.Warn("stopped while handlers were still running")
	}
}
