package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
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
	for {
		lost := make(chan struct{}, 1)
		if session == nil {
			session = g.session()
		}
		unhook := session.AddHandler(func(_ *discordgo.Session, _ *discordgo.Disconnect) {
			select {
			case lost <- struct{}{}:
			default:
			}
		})
		err := g.open(ctx, session)
		if err == nil {
			select {
			case <-ctx.Done():
			case <-lost:
				g.log.WarnContext(ctx, "connection to Discord lost, connecting again")
			}
		}
		unhook()
		if ctx.Err() != nil {
			g.close(session, err)
			return nil
		}
		if err != nil {
			if fatal := g.fatal(err); fatal != nil {
				return fatal
			}
			g.hangUp()
			session = nil // one that did not open may hold its lock for ever
			g.log.WarnContext(ctx, "can't connect to Discord, trying again", "err", err)
		}
		if sleep(ctx, max(g.pauseMin, g.pause.NextBackOff())) != nil {
			return nil
		}
	}
}

// session returns a new session, with discordgo's own caches, limiter and
// reconnecting out of the way.
func (g *gateway) session() *discordgo.Session {
	speakV10()
	s, _ := discordgo.New("Bot " + g.transport.token) // its error is always nil
	s.Client = &http.Client{Transport: g.transport, Timeout: openMax}
	s.StateEnabled = false
	s.ShouldReconnectOnError = false
	s.ShouldRetryOnRateLimit = false
	s.MaxRestRetries = 0
	s.LogLevel = -1     // discordgo's log would quote tokens and payloads
	s.SyncEvents = true // handlers below only hand over
	s.Identify.Compress = false
	s.Identify.Intents = discordgo.IntentsGuilds
	s.Dialer = &websocket.Dialer{NetDialContext: g.dial, Proxy: http.ProxyFromEnvironment, HandshakeTimeout: 20 * time.Second}
	s.AddHandler(func(_ *discordgo.Session, e *discordgo.Event) {
		if e.Type == "READY" || e.Type == "RESUMED" {
			g.pause.Reset()
		}
		g.onEvent(e.Type, e.RawData)
	})
	return s
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

// close ends the session at shutdown. One that never opened can't be asked
// to: its connection is cut.
func (g *gateway) close(s *discordgo.Session, openErr error) {
	if openErr == nil {
		s.Close()
	}
	g.hangUp()
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

// dial connects with a deadline on every read, which discordgo has none of.
func (g *gateway) dial(ctx context.Context, network, addr string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, network, addr)
	if err != nil {
		return nil, err
	}
	c := &watchedConn{Conn: conn, g: g}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.conns[c] = true
	return c, nil
}

// hangUp cuts what connections are left.
func (g *gateway) hangUp() {
	g.mu.Lock()
	conns := g.conns
	g.conns = map[net.Conn]bool{}
	g.mu.Unlock()
	for c := range conns {
		c.Close()
	}
}

type watchedConn struct {
	net.Conn
	g *gateway
}

func (c *watchedConn) Read(p []byte) (int, error) {
	if err := c.SetReadDeadline(c.g.now().Add(readMax)); err != nil {
		return 0, err
	}
	return c.Conn.Read(p)
}

func (c *watchedConn) Close() error {
	c.g.mu.Lock()
	delete(c.g.conns, c)
	c.g.mu.Unlock()
	return c.Conn.Close()
}
