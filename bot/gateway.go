package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"sync"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/cenkalti/backoff/v5"
	"github.com/gorilla/websocket"
)

const (
	openMax      = 60 * time.Second // discordgo's Open can hang for ever
	readMax      = 90 * time.Second // over two heartbeats: a silent connection is dead
	reconnectMin = 1 * time.Second
	reconnectMax = 60 * time.Second
	steadyAfter  = 60 * time.Second // a connection that lasted this long was a good one: pauses start anew
)

// speakV10 sets the gateway version, a variable of discordgo's that sessions
// in this process share.
var speakV10 = sync.OnceFunc(func() { discordgo.APIVersion = "10" })

// fatalCloses are the gateway's close codes that no retry mends.
var fatalCloses = map[int]string{
	4004: ErrToken.Error(),
	4010: "Discord refused the shard number",
	4011: "Discord wants this bot to run in shards, its servers are too many for one connection",
	4012: "Discord does not speak gateway version 10 any more; a newer Unpinch is needed",
	4013: "Discord does not know the events this bot asks for; a newer Unpinch is needed",
	4014: "Discord does not allow this bot the events it asks for; check its intents in the Developer Portal",
}

// A FatalError ends the bot: no retry mends what Discord has said.
type FatalError struct{ Why string }

// Error says why in one sentence.
func (e *FatalError) Error() string { return e.Why }

// A gateway keeps one connection to Discord's gateway up.
type gateway struct {
	transport *transport
	log       *slog.Logger
	now       func() time.Time
	pause     backoff.BackOff
	pauseMin  time.Duration
	openMax   time.Duration
	onEvent   func(kind string, data json.RawMessage)

	up        atomic.Bool  // connected now
	closeCode atomic.Int32 // that the last connection ended with; 0 for none seen

	mu    sync.Mutex
	conns map[net.Conn]bool
}

func newGateway(t *transport, log *slog.Logger, now func() time.Time, onEvent func(string, json.RawMessage)) *gateway {
	// Full jitter: each pause is drawn from nought to twice the interval.
	pause := backoff.NewExponentialBackOff()
	pause.InitialInterval, pause.RandomizationFactor, pause.Multiplier = reconnectMin, 1, 2
	pause.MaxInterval = reconnectMax / 2
	return &gateway{transport: t, log: log, now: now, pause: pause, pauseMin: reconnectMin, openMax: openMax, onEvent: onEvent, conns: map[net.Conn]bool{}}
}

// run connects, and connects again, until ctx ends (nil) or Discord refuses
// for good (*FatalError).
func (g *gateway) run(ctx context.Context) error {
	var session *discordgo.Session
	var dead *atomic.Bool // the session is given up, even if it is still opening
	defer func() { dead.Store(true) }()
	for {
		if session == nil {
			dead = new(atomic.Bool)
			session = g.session(dead)
		}
		err := g.once(ctx, session)
		if ctx.Err() != nil {
			return nil
		}
		if fatal := g.fatal(err); fatal != nil {
			return fatal
		}
		if !errors.Is(err, errLost) {
			dead.Store(true)
			g.hangUp()
			session = nil // one that did not open may hold its lock for ever
		}
		pause := max(g.pauseMin, g.pause.NextBackOff())
		what := "can't reach Discord, trying again"
		if errors.Is(err, errLost) {
			what = "Discord ended the connection, connecting again"
		}
		g.log.WarnContext(ctx, what, "err", err, "in", pause.Round(100*time.Millisecond))
		if sleep(ctx, pause) != nil {
			return nil
		}
	}
}

// errLost is a connection that had opened and ended.
var errLost = errors.New("the connection is lost")

// once opens the session and returns why it ended: nil only at shutdown.
func (g *gateway) once(ctx context.Context, s *discordgo.Session) error {
	lost := make(chan struct{}, 1)
	unhook := s.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) {
		select {
		case lost <- struct{}{}:
		default:
		}
	})
	defer unhook()
	if err := g.open(ctx, s); err != nil {
		if ctx.Err() != nil {
			g.hangUp()
		}
		if ue, ok := errors.AsType[*url.Error](err); ok {
			err = ue.Err // its address is discordgo's, not where the request went
		}
		if re, ok := errors.AsType[*discordgo.RESTError](err); ok {
			err = fmt.Errorf("GET /gateway/bot: HTTP %d", re.Response.StatusCode) // its own text holds the whole body
		}
		return err
	}
	since := g.now()
	g.up.Store(true)
	defer g.up.Store(false)
	select {
	case <-ctx.Done():
		s.Close()
		g.hangUp()
		return nil
	case <-lost:
	}
	if g.now().Sub(since) >= steadyAfter {
		g.pause.Reset()
	}
	if code := int(g.closeCode.Swap(0)); code != 0 {
		return fmt.Errorf("%w: %w", errLost, &websocket.CloseError{Code: code})
	}
	return errLost
}

// session returns a new session, with discordgo's own caches, limiter and
// reconnecting out of the way. Once it is dead it neither connects nor hands
// over, however late discordgo gets to it.
func (g *gateway) session(dead *atomic.Bool) *discordgo.Session {
	speakV10()
	s, _ := discordgo.New("Bot " + g.transport.token) // its error is always nil
	s.Client = &http.Client{Transport: checksToken{g.transport}, Timeout: openMax}
	s.StateEnabled = false
	s.ShouldReconnectOnError = false
	s.ShouldRetryOnRateLimit = false
	s.MaxRestRetries = 0
	s.LogLevel = -1     // discordgo's log would quote tokens and payloads
	s.SyncEvents = true // handlers below only hand over
	s.Identify.Compress = false
	s.Identify.Intents = discordgo.IntentsGuilds
	s.Dialer = &websocket.Dialer{NetDialContext: g.unlessDead(dead, g.dial), NetDialTLSContext: g.unlessDead(dead, g.dialTLS), HandshakeTimeout: 20 * time.Second}
	if viaProxy() {
		// gorilla would take the TLS dialer for the proxy too.
		s.Dialer.NetDialTLSContext, s.Dialer.Proxy = nil, http.ProxyFromEnvironment
	}
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) {
		if !dead.Load() {
			g.onEvent(e.Type, e.RawData)
		}
	})
	return s
}

// checksToken is the transport for discordgo, which asks for /gateway, where
// only /gateway/bot checks the token.
type checksToken struct{ *transport }

// RoundTrip is the transport's, with that path.
func (c checksToken) RoundTrip(req *http.Request) (*http.Response, error) {
	if apiPath(req.URL.Path) == "/gateway" {
		req = req.Clone(req.Context())
		req.URL.Path += "/bot"
	}
	return c.transport.RoundTrip(req)
}

// unlessDead is dial, whose connection is cut at once when the session died
// meanwhile: hangUp has been, and did not find it.
func (g *gateway) unlessDead(dead *atomic.Bool, dial func(context.Context, string, string) (net.Conn, error)) func(context.Context, string, string) (net.Conn, error) {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		conn, err := dial(ctx, network, addr)
		if err == nil && dead.Load() {
			conn.Close()
			return nil, net.ErrClosed
		}
		return conn, err
	}
}

// viaProxy reports whether the environment sends Discord's gateway through a
// proxy. Close codes can't be read there, only met again at the next opening.
func viaProxy() bool {
	u, err := http.ProxyFromEnvironment(&http.Request{URL: &url.URL{Scheme: "https", Host: "gateway.discord.gg"}})
	return err == nil && u != nil
}

// open opens the session within openMax.
func (g *gateway) open(ctx context.Context, s *discordgo.Session) error {
	opened := make(chan error, 1)
	go func() { opened <- s.Open() }()
	limit := time.NewTimer(g.openMax)
	defer limit.Stop()
	select {
	case err := <-opened:
		return err
	case <-limit.C:
		return fmt.Errorf("no answer from the gateway for %v", g.openMax)
	case <-ctx.Done():
		return ctx.Err()
	}
}

// fatal returns the error that ends the bot, or nil where a retry may help.
func (g *gateway) fatal(err error) error {
	if g.transport.refused.Load() || errors.Is(err, ErrToken) {
		return &FatalError{ErrToken.Error()}
	}
	if ce, ok := errors.AsType[*websocket.CloseError](err); ok && fatalCloses[ce.Code] != "" {
		return &FatalError{fatalCloses[ce.Code]}
	}
	return nil
}
