package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/cenkalti/backoff/v5"

	"unpinch/playground"
	"unpinch/playground/openapi"
)

// A place is a playground with a bot on it.
type place struct {
	t    *testing.T
	base string
	log  syncBuffer
	bot  *Bot
	done chan error
	stop context.CancelFunc
}

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
	return &place{t: t, base: s.URL}
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
	o.Log, o.Ready = slog.New(slog.NewTextHandler(&p.log, nil)), func() { ready <- struct{}{} }
	b, err := New(o)
	if err != nil {
		p.t.Fatal(err)
	}
	b.gateway.openMax, b.gateway.pauseMin, b.gateway.pause = 300*time.Millisecond, 0, backoff.NewConstantBackOff(10*time.Millisecond)
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
	resp, err := http.DefaultClient.Do(req)
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

// TestGatewayFaults: what the gateway does before the bot is ready, which must
// not hang it or end it.
func TestGatewayFaults(t *testing.T) {
	t.Parallel()
	for _, fault := range []string{"no_ready", "op7", "op9", "close:4000", "close:4009"} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			p.call("POST", "/faults", map[string]any{"gateway": fault})
			ready := p.start(reply("hello"))
			if fault == "no_ready" {
				waitFor(p, "can't reach Discord")
				p.call("DELETE", "/faults", nil)
			}
			await(p, ready, "ready")
			p.works()
		})
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

// TestConnectionLost: after a lost connection the bot comes back by itself.
func TestConnectionLost(t *testing.T) {
	t.Parallel()
	for _, fault := range []string{"op7", "op9", "op9_resume", "close:4000", "close:1001"} {
		t.Run(fault, func(t *testing.T) {
			t.Parallel()
			p := newPlace(t)
			await(p, p.start(reply("hello")), "ready")
			p.call("POST", "/faults", map[string]any{"gateway": fault})
			if !strings.HasPrefix(fault, "op9") {
				waitFor(p, "the connection is lost")
			}
			// The control API holds the command until a bot is there, or says so.
			limit := time.After(20 * time.Second)
			for {
				got := p.call("POST", "/command", map[string]any{"as": "mia", "channel": "general", "name": "private"})
				if strings.Contains(got, `"hello"`) {
					return
				}
				select {
				case <-limit:
					t.Fatalf("the bot did not come back: %s\n%s", got, &p.log)
				default:
				}
			}
		})
	}
}

// TestFatalCloseCodes: while opening, and on a connection that had opened.
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

func TestCloseCode(t *testing.T) {
	text := "\x81\x05hello"
	for name, tc := range map[string]struct {
		read string
		want int
	}{
		"nothing":                     {"", 0},
		"a text frame":                {text, 0},
		"a close frame":               {text + "\x88\x02\x0f\xa4", 4004},
		"with a reason":               {text + "\x88\x06\x0f\xa4gone", 4004},
		"an ordinary end":             {"\x88\x02\x03\xe8", 1000},
		"without a code":              {text + "\x88\x00", 0},
		"cut short":                   {text + "\x88\x06\x0f\xa4go", 0},
		"a text that looks like one":  {"\x81\x06ab\x88\x01xy", 0},
		"its code out of the range":   {"\x88\x02\x00\x01", 0},
		"not the end of what is read": {"\x88\x02\x0f\xa4" + text, 0},
	} {
		if got := closeCode([]byte(tc.read)); got != tc.want {
			t.Errorf("%s: %d, want %d", name, got, tc.want)
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

func TestPausesStayBetweenOneSecondAndSixty(t *testing.T) {
	g := newGateway(nil, silent(), time.Now, nil)
	for i := range 1000 {
		if d := max(g.pauseMin, g.pause.NextBackOff()); d < reconnectMin || d > reconnectMax {
			t.Fatalf("pause %d is %v, want %v to %v", i, d, reconnectMin, reconnectMax)
		}
	}
}
