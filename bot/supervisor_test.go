package bot

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// fakeGateway is a gateway that says READY; /gateway/bot answers after hold.
type fakeGateway struct {
	*httptest.Server
	hold     func(n int) time.Duration
	mu       sync.Mutex
	asked    int
	live     int
	sessions int
	conns    []*websocket.Conn
	after    func(n int, c *websocket.Conn) // after READY
}

func newFakeGateway(t *testing.T, hold func(int) time.Duration) *fakeGateway {
	g := &fakeGateway{hold: hold}
	mux := http.NewServeMux()
	mux.HandleFunc("/api/v10/gateway/bot", func(w http.ResponseWriter, r *http.Request) {
		g.mu.Lock()
		g.asked++
		n := g.asked
		g.mu.Unlock()
		sleep(context.Background(), g.hold(n))
		io.WriteString(w, `{"url":"ws`+strings.TrimPrefix(g.URL, "http")+`/ws"}`)
	})
	mux.HandleFunc("/api/v10/applications/1/commands", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, "[]") })
	mux.HandleFunc("/api/v10/channels/", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(401) })
	mux.HandleFunc("/ws/", func(w http.ResponseWriter, r *http.Request) {
		c, err := (&websocket.Upgrader{}).Upgrade(w, r, nil)
		if err != nil {
			return
		}
		c.WriteMessage(1, []byte(`{"op":10,"d":{"heartbeat_interval":40000}}`))
		c.ReadMessage()
		g.mu.Lock()
		g.live++
		g.sessions++
		n := g.sessions
		g.conns = append(g.conns, c)
		c.WriteMessage(1, []byte(`{"op":0,"s":1,"t":"READY","d":{"v":10,"session_id":"s","application":{"id":"1"},"user":{"id":"1"},"guilds":[]}}`))
		g.mu.Unlock()
		if g.after != nil {
			g.after(n, c)
		}
		for {
			if _, _, err := c.ReadMessage(); err != nil {
				break
			}
		}
		g.mu.Lock()
		g.live--
		g.mu.Unlock()
		c.Close()
	})
	g.Server = httptest.NewServer(mux)
	t.Cleanup(func() { g.Server.CloseClientConnections() })
	return g
}

func (g *fakeGateway) count() (live, sessions int) {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.live, g.sessions
}

// A session given up while it was opening never comes alive beside its
// successor.
func TestAnAbandonedSessionStaysDead(t *testing.T) {
	t.Parallel()
	g := newFakeGateway(t, func(n int) time.Duration {
		if n == 1 {
			return 900 * time.Millisecond
		}
		return 0
	})
	p := &place{t: t, base: g.URL}
	ready := p.start(reply("hello"))
	await(p, ready, "ready")
	sleep(t.Context(), time.Second)
	if live, n := g.count(); live != 1 {
		t.Errorf("%d connections are live (%d identified), want 1: every interaction is handled that often", live, n)
	}
	p.stop()
	await(p, p.done, "the end")
}

// A token refused in the middle of things ends the bot.
func TestATokenRefusedLaterEndsRun(t *testing.T) {
	t.Parallel()
	g := newFakeGateway(t, func(int) time.Duration { return 0 })
	p := &place{t: t, base: g.URL}
	await(p, p.start(reply("hello")), "ready")
	p.bot.Send(t.Context(), "5", "n", Reply{Parts: []Part{Text("x")}})
	select {
	case err := <-p.done:
		if _, ok := errors.AsType[*FatalError](err); !ok {
			t.Errorf("got %v", err)
		}
	case <-time.After(4 * time.Second):
		t.Error("the bot runs on, connected and mute")
	}
	p.stop()
}

// Handlers that were cut still get their words out before Run returns.
func TestDrainTellsThoseItCuts(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	began := make(chan struct{})
	var ended atomic.Bool
	await(p, p.startWith(func(ctx context.Context, _ *Request) (Reply, error) {
		close(began)
		<-ctx.Done()
		sleep(context.Background(), 20*time.Millisecond) // a roll-back
		ended.Store(true)
		return Reply{}, ctx.Err()
	}, func(b *Bot) { b.drainMax = lastWords + 100*time.Millisecond }), "ready")
	go func() {
		p.call("POST", "/command", map[string]any{"as": "mia", "channel": "general", "name": "private"})
	}()
	await(p, began, "the handler")
	p.stop()
	await(p, p.done, "the end")
	// what a process does next is close the store and exit
	if !ended.Load() {
		t.Error("Run returned under a handler that it had cut: no words sent, the store closes under it")
	}
}

// countedPause counts how often the pauses start anew.
type countedPause struct{ resets atomic.Int32 }

func (*countedPause) NextBackOff() time.Duration { return time.Millisecond }
func (c *countedPause) Reset()                   { c.resets.Add(1) }

// TestPausesGrowUntilAConnectionLasts: READY alone does not make a connection
// a good one; a gateway that drops after it would be asked for ever, and a
// thousand times a day reset the token.
func TestPausesGrowUntilAConnectionLasts(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		lasts time.Duration
		reset bool
	}{"a moment": {0, false}, "a minute": {steadyAfter, true}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			g := newFakeGateway(t, func(int) time.Duration { return 0 })
			var skipped atomic.Int64
			bots := make(chan *Bot, 1)
			dropped := make(chan struct{}, 100)
			g.after = func(_ int, c *websocket.Conn) {
				b := <-bots
				bots <- b
				for !b.Connected() {
					sleep(context.Background(), time.Millisecond)
				}
				skipped.Add(int64(tc.lasts))
				c.Close()
				dropped <- struct{}{}
			}
			p := &place{t: t, base: g.URL}
			pause := &countedPause{}
			p.startWith(reply("hello"), func(b *Bot) {
				b.gateway.pause = pause
				bots <- b
				b.gateway.now = func() time.Time { return time.Now().Add(time.Duration(skipped.Load())) }
			})
			for range 3 {
				await(p, dropped, "a connection")
			}
			p.stop()
			await(p, p.done, "the end")
			if got := pause.resets.Load() > 0; got != tc.reset {
				t.Errorf("the pauses started anew: %v, want %v", got, tc.reset)
			}
		})
	}
}

// deadlines is a connection that keeps the deadlines it is given.
type deadlines struct {
	net.Conn
	got []time.Time
}

func (d *deadlines) SetReadDeadline(t time.Time) error { d.got = append(d.got, t); return nil }
func (d *deadlines) Read([]byte) (int, error)          { return 0, io.EOF }

func TestEveryReadHasADeadline(t *testing.T) {
	now := time.Unix(1000, 0)
	d := &deadlines{}
	c := &watchedConn{Conn: d, g: &gateway{now: func() time.Time { return now }}}
	c.Read(make([]byte, 8))
	if len(d.got) != 1 || !d.got[0].Equal(now.Add(readMax)) {
		t.Errorf("deadlines are %v, want one %v ahead", d.got, readMax)
	}
}
