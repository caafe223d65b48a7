package bot

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"
)

// drainMax is how long running handlers may take to finish at shutdown.
const drainMax = 10 * time.Second

// lastWords is the end of drainMax, in which handlers that were cut tell
// their users so.
const lastWords = 1 * time.Second

// answerMax is how long Discord may take to begin an answer.
const answerMax = 30 * time.Second

// Options are what a bot is made of. All but Guild, Observe, Servers and Ready
// are needed.
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
	Servers    Servers // nil when nobody wants to know
	Ready      func()  // called once: connected, and the commands are in place
}

// A Bot answers interactions on one gateway connection.
type Bot struct {
	o        Options
	router   *router
	rest     *client
	files    files
	gateway  *gateway
	servers  *serverEvents
	commands []wireCommand

	drainMax time.Duration

	ctx    context.Context        // what handlers run under
	ready  chan readyEvent        // a READY that prepare has not taken yet
	synced bool                   // the commands are in place
	self   atomic.Pointer[string] // the bot's own user id; nil before the first READY
	dms    dmChannels
}

// readyEvent is a READY as far as Unpinch reads it.
type readyEvent struct {
	User        user `json:"user"`
	Application struct {
		ID string `json:"id"`
	} `json:"application"`
	Guilds []struct {
		ID string `json:"id"`
	} `json:"guilds"`
}

// New returns a bot, or every fault of its options and bindings at once.
func New(o Options) (*Bot, error) {
	if o.Observe == nil {
		o.Observe = func(string, string, time.Duration) {}
	}
	rt, faults := newRouter(o)
	base := http.DefaultTransport.(*http.Transport).Clone()
	base.ResponseHeaderTimeout = answerMax
	t, err := newTransport(base, o.API, o.Token, o.Now, o.Log)
	if err := errors.Join(faults, err); err != nil {
		return nil, err
	}
	b := &Bot{o: o, router: rt, rest: newClient(t), files: newFiles(base, t.api), drainMax: drainMax, ready: make(chan readyEvent, 1),
		servers: newServerEvents(o.Servers, o.Log, o.Now)}
	b.gateway = newGateway(t, o.Log, o.Now, b.onEvent)
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
	err := b.gateway.run(ctx)
	stop()
	if sideErr := <-side; err == nil {
		err = sideErr
	}
	b.drain(cut)
	return err
}

// Connected reports whether the gateway is connected now.
func (b *Bot) Connected() bool { return b.gateway.up.Load() }

// onEvent is called for each gateway event, in order; it must not block.
func (b *Bot) onEvent(kind string, data json.RawMessage) {
	switch kind {
	case "INTERACTION_CREATE":
		b.router.start(b.ctx, b.rest, data)
	case "READY":
		var r readyEvent
		if err := json.Unmarshal(data, &r); err != nil {
			b.o.Log.Error("READY could not be read", "err", err)
			return
		}
		b.self.Store(&r.User.ID)
		ids := make([]string, 0, len(r.Guilds))
		for _, g := range r.Guilds {
			ids = append(ids, g.ID)
		}
		b.servers.present(ids)
		b.toPrepare(r)
	case "GUILD_CREATE", "GUILD_DELETE":
		b.servers.event(kind, data)
	}
}

// toPrepare lets prepare have a READY, unless one is already waiting.
func (b *Bot) toPrepare(r readyEvent) {
	select {
	case b.ready <- r:
	default:
	}
}

// prepare waits for READY and puts the commands in place, again after a
// failure; only a refused token ends it with an error.
func (b *Bot) prepare(ctx context.Context) error {
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-b.gateway.transport.latched:
			return &FatalError{ErrToken.Error()}
		case ready := <-b.ready:
			if b.synced {
				continue
			}
			err := b.sync(ctx, ready)
			switch {
			case errors.Is(err, ErrToken):
				return &FatalError{ErrToken.Error()}
			case err != nil && ctx.Err() == nil:
				b.o.Log.ErrorContext(ctx, "commands are not in place, trying again", "err", err)
				if sleep(ctx, 10*time.Second) == nil {
					b.toPrepare(ready)
				}
			}
		}
	}
}

func (b *Bot) sync(ctx context.Context, r readyEvent) error {
	wrote, err := syncCommands(ctx, b.rest, b.o.Memory, r.Application.ID, b.o.Guild, b.commands)
	if err != nil {
		return err
	}
	b.synced = true
	b.o.Log.InfoContext(ctx, "ready", "servers", len(r.Guilds), "commands_written", wrote)
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
