package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"unpinch/playground"
	"unpinch/playground/openapi"
)

// A place is a playground with a bot on it.
type place struct {
	t    *testing.T
	base string
	http *http.Client
	dial func(ctx context.Context, network, addr string) (net.Conn, error) // nil is the network
	pace time.Duration                                                     // of IDENTIFYs
	log  syncBuffer
	bot  *Bot
	done chan error
	stop context.CancelFunc
}

// identifyPace is a little more than a playground asks for.
const identifyPace = 300 * time.Millisecond

func newPlace(t *testing.T) *place {
	t.Helper()
	schema := openapi.ForTest(t)
	p, err := playground.New(playground.Options{Now: time.Now, Check: func(method, path, contentType string, body []byte) {
		if err := schema.Check(method, path, contentType, body); err != nil {
			t.Errorf("Discord's schema refuses %s %s: %v", method, path, err)
		}
	}})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(p)
	t.Cleanup(func() {
		p.Close()
		s.Close()
	})
	return &place{t: t, base: s.URL, http: http.DefaultClient, pace: identifyPace}
}

// start runs a bot; run is its one command's handler. ready gets a value once
// it is ready.
func (p *place) start(run func(context.Context, *Request) (Reply, error)) (ready chan struct{}) {
	p.t.Helper()
	return p.startWith(run, func(*Bot) {})
}

// startWith is start after set has had the bot.
func (p *place) startWith(run func(context.Context, *Request) (Reply, error), set func(*Bot)) (ready chan struct{}) {
	p.t.Helper()
	cmds, parts := testBindings(run)
	return p.startBot(Options{Commands: cmds, Components: parts}, set)
}

// startBot fills in o and runs its bot after set has had it.
func (p *place) startBot(o Options, set func(*Bot)) (ready chan struct{}) {
	p.t.Helper()
	ready = make(chan struct{}, 1)
	o.Token, o.API, o.Words, o.Memory, o.Now = "playground", p.base+"/api/v10", sayings{}, settings{}, time.Now
	o.IdentifyEvery, o.dial = p.pace, p.dial
	o.Log, o.Ready = slog.New(slog.NewTextHandler(&p.log, nil)), func() { ready <- struct{}{} }
	b, err := New(o)
	if err != nil {
		p.t.Fatal(err)
	}
	set(b)
	ctx, stop := context.WithCancel(context.Background())
	p.bot, p.stop, p.done = b, stop, make(chan error, 1)
	go func() { p.done <- b.Run(ctx) }()
	p.t.Cleanup(stop)
	return ready
}

// await returns when c has a value, and fails the test when none comes.
func await[T any](p *place, c <-chan T, what string) T {
	p.t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(20 * time.Second):
		p.t.Fatalf("%s did not come; log:\n%s", what, &p.log)
		panic("unreachable")
	}
}

func (p *place) call(method, path string, in any) string {
	p.t.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		p.t.Fatal(err)
	}
	req, err := http.NewRequest(method, p.base+path, bytes.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	resp, err := p.http.Do(req)
	if err != nil {
		p.t.Fatal(err)
	}
	defer resp.Body.Close()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(b)
}

// works runs the bot's command until it answers: after a reconnection the
// playground may still be without the bot for a moment.
func (p *place) works() {
	p.t.Helper()
	if got := p.call("POST", "/command", map[string]any{"as": "mia", "channel": "general", "name": "private"}); !strings.Contains(got, `"hello"`) {
		p.t.Errorf("the command answered %s", got)
	}
}

func TestConnectRegisterAnswer(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	await(p, p.start(reply("hello")), "ready")
	p.works()
	p.stop()
	if err := await(p, p.done, "the end"); err != nil {
		t.Errorf("a clean stop returned %v", err)
	}
	if n := strings.Count(p.call("GET", "/requests", nil), `"method":"PUT"`); n != 1 {
		t.Errorf("%d writes of commands at first start, want 1", n)
	}
	await(p, p.start(reply("hello")), "ready again")
	if n := strings.Count(p.call("GET", "/requests", nil), `"method":"PUT"`); n != 1 {
		t.Errorf("%d writes of commands after a second start, want 1", n)
	}
}

// waitFor returns once the log says text.
func waitFor(p *place, text string) {
	p.t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	limit := time.After(20 * time.Second)
	for !strings.Contains(p.log.String(), text) {
		select {
		case <-tick.C:
		case <-limit:
			p.t.Fatalf("the log never said %q:\n%s", text, &p.log)
		}
	}
}

// TestFatalCloseCodes: some codes end Run, while it connects and later.
func TestFatalCloseCodes(t *testing.T) {
	t.Parallel()
	for fault, want := range map[string]string{
		"close:4004": "the bot token is refused by Discord",
		"close:4011": "run in shards",
		"close:4013": "a newer Unpinch is needed",
		"close:4014": "check its intents in the Developer Portal",
	} {
		for _, when := range []string{"while opening", "after ready"} {
			t.Run(fault+" "+when, func(t *testing.T) {
				t.Parallel()
				p := newPlace(t)
				if when == "after ready" {
					await(p, p.start(reply("hello")), "ready")
				}
				p.call("POST", "/faults", map[string]any{"gateway": fault})
				if when == "while opening" {
					p.start(reply("hello"))
				}
				err := await(p, p.done, "the end")
				if fe, ok := errors.AsType[*FatalError](err); !ok || !strings.Contains(fe.Why, want) || strings.Contains(err.Error(), "\n") {
					t.Errorf("got %v, want one sentence with %q", err, want)
				}
			})
		}
	}
}

func TestAnUnreachableNetworkIsRetriedAndSaid(t *testing.T) {
	p := newPlace(t)
	p.base = "http://127.0.0.1:1"
	p.start(reply("hello"))
	waitFor(p, "can't reach Discord, trying again")
	p.stop()
	if err := await(p, p.done, "the end"); err != nil {
		t.Errorf("a stop without a connection returned %v", err)
	}
	if strings.Contains(p.log.String(), "playground") || strings.Contains(p.log.String(), "discord.com") {
		t.Errorf("the log shows the token:\n%s", &p.log)
	}
}

func TestARunningHandlerFinishesBeforeTheEnd(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	began, release := make(chan struct{}), make(chan struct{})
	await(p, p.start(func(ctx context.Context, _ *Request) (Reply, error) {
		close(began)
		<-release
		return Reply{Parts: []Part{Text("hello")}}, ctx.Err()
	}), "ready")
	answered := make(chan string, 1)
	go func() {
		answered <- p.call("POST", "/command", map[string]any{"as": "mia", "channel": "general", "name": "private"})
	}()
	await(p, began, "the handler")
	p.stop()
	select {
	case err := <-p.done:
		t.Fatalf("Run ended under a running handler: %v", err)
	case <-time.After(50 * time.Millisecond):
	}
	close(release)
	if err := await(p, p.done, "the end"); err != nil {
		t.Errorf("Run returned %v", err)
	}
	if got := await(p, answered, "the answer"); !strings.Contains(got, `"hello"`) {
		t.Errorf("the answer is %s", got)
	}
}

// TestWireAgainstThePlayground sends every way to answer over real HTTP, so
// that the stand-in's rules, and Discord's schema where it is at hand, see it.
func TestWireAgainstThePlayground(t *testing.T) {
	t.Parallel()
	all := everyPart()
	all.PingRole = ""
	for name, tc := range map[string]struct {
		command string
		run     func(context.Context, *Request) (Reply, error)
		want    string
	}{
		"every part":  {"private", func(context.Context, *Request) (Reply, error) { return all, nil }, "beside a picture"},
		"public":      {"public", func(context.Context, *Request) (Reply, error) { return all, nil }, "beside a picture"},
		"a modal":     {"form", func(context.Context, *Request) (Reply, error) { return Reply{Modal: aModal()}, nil }, `"title":"Classes"`},
		"slow":        {"private", slowly(all, nil), "beside a picture"},
		"slow public": {"public", slowly(all, nil), "beside a picture"},
		"slow fault":  {"public", slowly(Reply{}, errors.New("x")), "bot.broke"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			await(p, p.start(tc.run), "ready")
			got := p.call("POST", "/command", map[string]any{"as": "mia", "channel": "general", "name": tc.command})
			if !strings.Contains(got, tc.want) || strings.Contains(p.log.String(), "level=ERROR") != strings.Contains(name, "fault") {
				t.Errorf("the answer is %s\n%s", got, &p.log)
			}
		})
	}
}
