package gateway

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gorilla/websocket"
)

// fakeDiscord is a gateway at several addresses, each connection of which a test
// plays by hand. It must be used in a bubble.
type fakeDiscord struct {
	t     *testing.T
	came  chan *side
	start Start
	keep  *memory
	log   strings.Builder

	g      *Gateway
	events chan Event
	stop   context.CancelFunc
	done   chan error
}

// A side is Discord's side of one connection.
type side struct {
	t    *testing.T
	addr string
	conn net.Conn
	ws   *websocket.Conn

	heard chan message // closed at the end
	end   chan error
}

// A message is one of the bot's.
type message struct {
	Op int
	D  json.RawMessage
}

type memory struct {
	mu    sync.Mutex
	s     Session
	saves int
}

func (m *memory) GatewaySession(context.Context, int) (Session, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.s, nil
}

func (m *memory) KeepGatewaySession(_ context.Context, _ int, s Session) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.s = s
	m.saves++
	return nil
}

func (m *memory) get() (Session, int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.s, m.saves
}

func newFakeDiscord(t *testing.T) *fakeDiscord {
	d := &fakeDiscord{t: t, came: make(chan *side), keep: &memory{}, events: make(chan Event, 100)}
	d.start.URL = "ws://home"
	d.start.Limit.Total, d.start.Limit.Remaining = 1000, 1000
	return d
}

// run starts a gateway.
func (d *fakeDiscord) run(change ...func(*Options)) {
	o := Options{API: "api", Token: "t", Keeper: d.keep, Now: time.Now, Log: slog.New(slog.NewTextHandler(&d.log, nil)),
		Ask:   func(context.Context) (Start, error) { return d.start, nil },
		Event: func(e Event) { d.events <- e },
		Dial: func(ctx context.Context, _, addr string) (net.Conn, error) {
			ours, theirs := net.Pipe()
			select {
			case d.came <- &side{t: d.t, addr: addr, conn: theirs}:
				return ours, nil
			case <-ctx.Done():
				return nil, ctx.Err()
			}
		}}
	for _, f := range change {
		f(&o)
	}
	ctx, stop := context.WithCancel(context.Background())
	d.g, d.stop, d.done = New(o), stop, make(chan error, 1)
	go func() { d.done <- d.g.Run(ctx) }()
}

// end stops the gateway and lets discordgo let go of its connections.
func (d *fakeDiscord) end() {
	d.t.Helper()
	d.stop()
	if err := <-d.done; err != nil {
		d.t.Errorf("Run returned %v", err)
	}
	sleep(context.Background(), 3*time.Second)
}

// take takes the next connection.
func (d *fakeDiscord) take() *side {
	d.t.Helper()
	s := <-d.came
	var err error
	if s.ws, err = accept(s.conn); err != nil {
		d.t.Fatal(err)
	}
	s.heard, s.end = make(chan message, 1000), make(chan error, 1)
	go func() {
		for {
			var m message
			if err := s.ws.ReadJSON(&m); err != nil {
				s.end <- err
				close(s.heard)
				return
			}
			s.heard <- m
		}
	}()
	return s
}

// next takes the next connection and greets it.
func (d *fakeDiscord) next() *side {
	d.t.Helper()
	s := d.take()
	s.say(`{"op":10,"d":{"heartbeat_interval":41250}}`)
	return s
}

// refuse takes the next connection and answers HTTP 503.
func (d *fakeDiscord) refuse() *side {
	d.t.Helper()
	s := <-d.came
	if _, err := http.ReadRequest(bufio.NewReader(s.conn)); err != nil {
		d.t.Fatal(err)
	}
	fmt.Fprint(s.conn, "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")
	s.conn.Close()
	return s
}

func (s *side) say(raw string) {
	s.t.Helper()
	if err := s.ws.WriteMessage(websocket.TextMessage, []byte(raw)); err != nil {
		s.t.Fatal(err)
	}
}

// hears returns the next message of an opcode; heartbeats are passed over unless
// they are asked for.
func (s *side) hears(op int) json.RawMessage {
	s.t.Helper()
	for m := range s.heard {
		switch {
		case m.Op == op:
			return m.D
		case m.Op != opHeartbeat:
			s.t.Fatalf("the bot sent op %d %s, want op %d", m.Op, m.D, op)
		}
	}
	s.t.Fatalf("the bot hung up, want op %d", op)
	return nil
}

// closed returns the code that the bot closes with.
func (s *side) closed() int {
	s.t.Helper()
	err := <-s.end
	ce, _ := errors.AsType[*websocket.CloseError](err)
	if ce == nil {
		s.t.Fatalf("got %v, want a close", err)
	}
	return ce.Code
}

const readyOne = `{"op":0,"s":1,"t":"READY","d":{"session_id":"one","resume_gateway_url":"ws://own","user":{"id":"22"},"application":{"id":"11"},"guilds":[]}}`

// login is a connection that has said READY.
func (d *fakeDiscord) login() *side {
	d.t.Helper()
	s := d.next()
	s.hears(opIdentify)
	s.say(readyOne)
	if e := <-d.events; e.Kind != "READY" || e.Application != "11" || e.User != "22" {
		d.t.Fatalf("got %+v, want READY", e)
	}
	return s
}

// TestWhyIsHeard: what Discord closes with is known, though the bot is just about to
// write.
func TestWhyIsHeard(t *testing.T) {
	for range 30 { // the two race
		synctest.Test(t, func(t *testing.T) {
			d := newFakeDiscord(t)
			d.run()
			s := d.login()
			ask := append([]byte{0x81, 8}, `{"op":1}`...) // unmasked text, as a server sends it
			refuse := []byte{0x88, 2, 4004 >> 8, 4004 & 0xff}
			if _, err := s.conn.Write(append(ask, refuse...)); err != nil {
				t.Fatal(err)
			}
			select {
			case err := <-d.done:
				if _, ok := errors.AsType[*FatalError](err); !ok {
					t.Errorf("a token that Discord refuses ends the bot with %v", err)
				}
			case again := <-d.came:
				again.conn.Close()
				t.Error("a token that Discord refuses is tried again")
				d.stop()
				<-d.done
			}
			d.stop()
			sleep(context.Background(), 3*time.Second)
		})
	}
}

func TestResumeGoesToItsOwnAddress(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newFakeDiscord(t)
		d.run()
		s := d.login()
		if s.addr != "home:80" {
			t.Errorf("IDENTIFY went to %s", s.addr)
		}
		s.say(`{"op":0,"s":2,"t":"GUILD_CREATE","d":{"id":"5"}}`)
		<-d.events
		s.say(`{"op":7,"d":null}`)
		if code := s.closed(); code < 4000 {
			t.Errorf("the bot closes with %d, which ends the session", code)
		}
		if own := d.refuse(); own.addr != "own:80" {
			t.Errorf("RESUME went to %s, want the session's own address", own.addr)
		}
		if home := d.refuse(); home.addr != "home:80" {
			t.Errorf("after a refusal it went to %s, want the address of all", home.addr)
		}
		s = d.next()
		if s.addr != "own:80" {
			t.Errorf("the third try went to %s", s.addr)
		}
		if got, want := string(s.hears(opResume)), `{"token":"Bot t","session_id":"one","seq":2}`; got != want {
			t.Errorf("RESUME is %s, want %s", got, want)
		}
		s.say(`{"op":0,"s":3,"t":"INTERACTION_CREATE","d":{"id":"7"}}`)
		s.say(`{"op":0,"s":4,"t":"RESUMED","d":{}}`)
		s.say(`{"op":0,"s":5,"t":"INTERACTION_CREATE","d":{"id":"8"}}`)
		for _, want := range []Event{{Kind: "INTERACTION_CREATE", Replayed: true}, {Kind: "RESUMED"}, {Kind: "INTERACTION_CREATE"}} {
			if e := <-d.events; e.Kind != want.Kind || e.Replayed != want.Replayed {
				t.Errorf("got %s, replayed %v; want %+v", e.Kind, e.Replayed, want)
			}
		}
		if why := d.g.Trouble(); why != "" {
			t.Errorf("there is trouble: %s", why)
		}
		d.end()
	})
}

// TestHeartbeats: Discord may ask for one at any time, and each has the true
// sequence.
func TestHeartbeats(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newFakeDiscord(t)
		d.run()
		s := d.next()
		s.hears(opIdentify)
		s.say(`{"op":1,"d":null}`)
		if seq := string(s.hears(opHeartbeat)); seq != "null" {
			t.Errorf("before READY the sequence is %s", seq)
		}
		s.say(`{"op":11,"d":null}`) // discordgo, still opening, must not see it
		s.say(readyOne)
		<-d.events
		for range 3 {
			if seq := string(s.hears(opHeartbeat)); seq != "1" {
				t.Errorf("after READY the sequence is %s", seq)
			}
			s.say(`{"op":11,"d":null}`)
		}
		began := time.Now()
		s.hears(opHeartbeat) // and no answer
		s.closed()
		if took := time.Since(began); took < 82*time.Second || took > 83*time.Second {
			t.Errorf("a silent connection is given up %v after the last word, want two heartbeats", took)
		}
		d.end()
	})
}

func TestWhatDiscordNeverSays(t *testing.T) {
	for name, first := range map[string]string{
		"a HELLO without an interval": `{"op":10,"d":{}}`,
		"no JSON":                     `hello`,
		"op 9 first":                  `{"op":9,"d":false}`,
		"an event first":              `{"op":0,"t":"READY","s":1,"d":{}}`,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := newFakeDiscord(t)
				d.run()
				s := d.take()
				began := time.Now()
				s.say(first)
				s.closed()
				if took := time.Since(began); took > helloMax {
					t.Errorf("given up after %v", took)
				}
				d.login()
				d.end()
			})
		})
	}
}

// TestTheSessionIsKept: at once when it is new, then once a second at most, never
// before all is done that its events ask for, and for the same bot only.
func TestTheSessionIsKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newFakeDiscord(t)
		settled := false
		d.run(func(o *Options) { o.Settled = func() bool { return settled } })
		s := d.login()
		synctest.Wait()
		if kept, _ := d.keep.get(); kept.ID != "" || kept.IdentifiedAt.IsZero() {
			t.Errorf("kept %+v, want only when it identified", kept)
		}
		settled = true
		d.g.Touch()
		synctest.Wait()
		if kept, saves := d.keep.get(); kept.ID != "one" || kept.Seq != 1 || kept.Address != "ws://own" || saves != 2 {
			t.Errorf("kept %+v, written %d times", kept, saves)
		}
		for seq := 2; seq <= 100; seq++ {
			s.say(fmt.Sprintf(`{"op":0,"s":%d,"t":"TYPING","d":{}}`, seq))
			<-d.events
		}
		sleep(t.Context(), 2*time.Second)
		if kept, saves := d.keep.get(); kept.Seq != 100 || saves > 4 {
			t.Errorf("kept %+v, written %d times for 99 events at once", kept, saves)
		}
		d.end()

		d.run()
		again := d.next()
		again.hears(opResume)
		d.end()
		d.run(func(o *Options) { o.Token = "other" })
		other := d.next()
		other.hears(opIdentify)
		d.end()
	})
}

// TestADeadSessionIsNotAskedForForEver: Discord may never answer a RESUME.
func TestADeadSessionIsNotAskedForForEver(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newFakeDiscord(t)
		d.run()
		s := d.login()
		began := time.Now()
		s.say(`{"op":7,"d":null}`)
		for {
			s = d.next()
			if m := <-s.heard; m.Op == opIdentify { // zero when it gave up instead
				break
			}
		}
		if took := time.Since(began); took < resumeMax || took > resumeMax+time.Minute {
			t.Errorf("a new session is asked for after %v, want %v or a little more", took, resumeMax)
		}
		s.say(readyOne)
		<-d.events
		d.end()
	})
}

func TestFewLoginsEndRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := newFakeDiscord(t)
		d.start.Limit.Remaining = keptLogins
		d.run()
		if fe, ok := errors.AsType[*FatalError](<-d.done); !ok || !strings.Contains(fe.Why, "only 20 more logins") {
			t.Errorf("Run returned %v", fe)
		}
	})
}
