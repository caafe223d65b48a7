package bot

import (
	"context"
	"encoding/json"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"unpinch/playground"
)

// pipes is a network in memory: its connections are pipes, so that time in a
// bubble passes while they wait.
type pipes struct {
	conns chan net.Conn
	gone  chan struct{}
}

func (p *pipes) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case p.conns <- theirs:
		return ours, nil
	case <-p.gone:
		return nil, net.ErrClosed
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (p *pipes) Accept() (net.Conn, error) {
	select {
	case c := <-p.conns:
		return c, nil
	case <-p.gone:
		return nil, net.ErrClosed
	}
}

func (p *pipes) Close() error {
	close(p.gone)
	return nil
}

func (p *pipes) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 80} }

// inBubble runs do on a playground as strict as Discord, where hours pass at
// once.
func inBubble(t *testing.T, do func(p *place)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		sleep(t.Context(), time.Until(time.Date(2026, 11, 30, 9, 0, 0, 0, time.UTC)))
		world, err := playground.New(playground.Options{Now: time.Now, IdentifyEvery: 5 * time.Second})
		if err != nil {
			t.Fatal(err)
		}
		network := &pipes{make(chan net.Conn), make(chan struct{})}
		server := &http.Server{Handler: world}
		var serving sync.WaitGroup
		serving.Go(func() { server.Serve(network) })
		transport := &http.Transport{DialContext: network.dial}
		p := &place{t: t, base: "http://127.0.0.1", http: &http.Client{Transport: transport}, dial: network.dial, pace: 5 * time.Second}
		t.Cleanup(func() {
			if p.stop != nil {
				p.stop()
				await(p, p.done, "the end")
			}
			world.Close()
			server.Close()
			transport.CloseIdleConnections()
			serving.Wait()
			sleep(context.Background(), 3*time.Second) // discordgo takes its time to let go of a connection
		})
		do(p)
	})
}

// kept is Sessions in memory.
type kept struct {
	mu sync.Mutex
	of map[int]GatewaySession
}

func (k *kept) GatewaySession(_ context.Context, shard int) (GatewaySession, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return k.of[shard], nil
}

func (k *kept) KeepGatewaySession(_ context.Context, shard int, s GatewaySession) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.of == nil {
		k.of = map[int]GatewaySession{}
	}
	k.of[shard] = s
	return nil
}

// logins returns how many IDENTIFYs the playground has counted.
func (p *place) logins() int {
	p.t.Helper()
	for {
		req, err := http.NewRequest(http.MethodGet, p.base+"/api/v10/gateway/bot", nil)
		if err != nil {
			p.t.Fatal(err)
		}
		req.Header.Set("Authorization", "Bot playground")
		resp, err := p.http.Do(req)
		if err != nil {
			p.t.Fatal(err)
		}
		var said struct {
			Limit struct{ Total, Remaining int } `json:"session_start_limit"`
		}
		err = json.NewDecoder(resp.Body).Decode(&said)
		resp.Body.Close()
		if err != nil {
			p.t.Fatal(err)
		}
		if said.Limit.Total > 0 {
			return said.Limit.Total - said.Limit.Remaining
		}
		sleep(context.Background(), 100*time.Millisecond) // the bot has just asked, and this is its limit too
	}
}

func (p *place) strike(faults []string) {
	for n, f := range faults {
		if n > 0 {
			sleep(context.Background(), 300*time.Millisecond) // the one before is met first
		}
		p.call("POST", "/faults", map[string]any{"gateway": f})
	}
}

// storm strikes again and again until ctx ends.
func (p *place) storm(ctx context.Context, faults []string) {
	for sleep(ctx, 200*time.Millisecond) == nil {
		p.strike(faults)
	}
}

// A watch looks at a bot in trouble: twice a second it has mia run a command.
type watch struct {
	mu      sync.Mutex
	asked   map[time.Time]time.Time // when a command was answered, by when it was run
	trouble []string                // each that /health gave, in order
}

// watch returns after d.
func (p *place) watch(d time.Duration) *watch {
	w := &watch{asked: map[time.Time]time.Time{}}
	var wg sync.WaitGroup
	end := time.Now().Add(d)
	for n := 0; time.Now().Before(end); n++ {
		why, _, _ := strings.Cut(p.bot.Trouble(), " (for ")
		if why != "" && !slices.Contains(w.trouble, why) {
			w.trouble = append(w.trouble, why)
		}
		if n%10 == 0 {
			wg.Go(func() {
				run := time.Now()
				if strings.Contains(p.call("POST", "/command", map[string]any{"as": "mia", "channel": "general", "name": "private"}), `"hello"`) {
					w.mu.Lock()
					w.asked[run] = time.Now()
					w.mu.Unlock()
				}
			})
		}
		sleep(context.Background(), 50*time.Millisecond)
	}
	wg.Wait()
	return w
}

// back returns how long after a moment the next command run was answered.
func (w *watch) back(from time.Time) time.Duration {
	first := time.Duration(-1)
	for run, at := range w.asked {
		if took := at.Sub(from); !run.Before(from) && (first < 0 || took < first) {
			first = took
		}
	}
	return first
}

// TestGatewayFaults is the matrix of faults: what Discord's gateway does to a
// bot that has run for a while, or is about to start, how many IDENTIFYs go out
// in the first minute (where none may, in all), and how long it takes, from when Discord is itself again,
// until a command is answered. Time is a bubble's and the pauses are the true
// ones. With -v it prints the table of BENCHMARKS.md.
func TestGatewayFaults(t *testing.T) {
	const (
		lost    = "the connection to Discord is lost, connecting again"
		reach   = "can't reach Discord, trying again"
		ended   = "Discord ended the session"
		soon    = 10 * time.Second
		long    = soon + 20*time.Second        // a login may go unanswered for that long
		silence = 2 * 41250 * time.Millisecond // two heartbeats: a silent connection is dead
	)
	for _, tc := range []struct {
		name   string
		strike []string
		when   string        // "start" is before the bot starts, "storm" again and again
		stays  time.Duration // then Discord is itself again
		logins int           // the most that may go out
		within time.Duration
		log    string
		health string // one of what /health says meanwhile
	}{
		{"op 7", []string{"op7"}, "", 0, 0, soon, lost, ""},
		{"op 7 in answer to RESUME", []string{"op7_resume"}, "", 0, 0, soon, reach, "asked for a new connection (op 7)"},
		{"op 7 at connect", []string{"op7"}, "start", 0, 2, soon, reach, "asked for a new connection (op 7)"},
		{"op 7 again and again, a minute", []string{"op7"}, "storm", time.Minute, 0, soon, lost, "asked for a new connection (op 7)"},
		{"op 9", []string{"op9"}, "", 0, 1, soon, ended, "ended the session (op 9)"},
		{"op 9, may be resumed", []string{"op9_resume"}, "", 0, 0, soon, ended, "ended the session (op 9)"},
		{"op 9 to the first IDENTIFY", []string{"op9"}, "start", 0, 2, soon, ended, "ended the session (op 9)"},
		{"op 9 again and again, a minute", []string{"op9"}, "storm", time.Minute, 3, long, ended, "ended the session (op 9)"},
		{"op 9, then no READY for a minute", []string{"op9", "no_ready"}, "", time.Minute, 3, long, ended, "waiting for READY"},
		{"no RESUMED for a minute", []string{"no_ready"}, "", time.Minute, 0, long, lost, "waiting for RESUMED"},
		{"no READY from the start, a minute", []string{"no_ready"}, "start", time.Minute, 3, long, "no READY from Discord", "waiting for READY"},
		{"no HELLO for a minute", []string{"no_hello"}, "", time.Minute, 0, soon, "no HELLO from Discord", "waiting for Discord's HELLO"},
		{"no HELLO from the start, a minute", []string{"no_hello"}, "start", time.Minute, 1, soon, "no HELLO from Discord", "waiting for Discord's HELLO"},
		{"503 at the upgrade for five minutes", []string{"upgrade_503"}, "", 5 * time.Minute, 0, soon, "the gateway answered HTTP 503", "the gateway answered HTTP 503"},
		{"503 at the upgrade from the start", []string{"upgrade_503"}, "start", time.Minute, 1, soon, "the gateway answered HTTP 503", "the gateway answered HTTP 503"},
		{"RESUME sent, then 503 for five minutes", []string{"op7_resume", "upgrade_503"}, "", 5 * time.Minute, 0, soon, "asked for a new connection (op 7)", "the gateway answered HTTP 503"},
		{"silence", []string{"zombie"}, "", 0, 0, silence + soon, "left a heartbeat without an answer", ""},
		{"close 1001", []string{"close:1001"}, "", 0, 0, soon, lost, ""},
		{"close 4000", []string{"close:4000"}, "", 0, 0, soon, lost, ""},
		{"close 4007", []string{"close:4007"}, "", 0, 1, soon, lost, ""},
		{"close 4008", []string{"close:4008"}, "", 0, 0, soon, lost, ""},
		{"close 4009", []string{"close:4009"}, "", 0, 1, soon, lost, ""},
		{"close 4009 again and again, a minute", []string{"close:4009"}, "storm", time.Minute, 3, long, lost, "close 4009"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(p *place) {
				before := 0
				if tc.when == "start" {
					p.strike(tc.strike)
				}
				cmds, parts := testBindings(reply("hello"))
				ready := p.startBot(Options{Commands: cmds, Components: parts, Sessions: &kept{}}, func(*Bot) {})
				if tc.when != "start" {
					await(p, ready, "ready")
					sleep(p.t.Context(), 2*time.Minute)
					before = p.logins()
					p.strike(tc.strike)
				}
				struck, calm := context.WithCancel(context.Background())
				from := time.Now().Add(tc.stays)
				var logins int
				var at, storm sync.WaitGroup
				if tc.when == "storm" {
					storm.Go(func() { p.storm(struck, tc.strike) })
				}
				at.Go(func() {
					sleep(context.Background(), time.Minute)
					logins = p.logins() - before
				})
				at.Go(func() {
					sleep(context.Background(), tc.stays)
					calm()
					storm.Wait()
					if tc.stays > 0 {
						p.call("DELETE", "/faults", nil)
					}
				})
				w := p.watch(tc.stays + tc.within + 10*time.Second)
				at.Wait()
				took := w.back(from)
				p.t.Logf("| %s | %d | %.1f | %s | %s |", tc.name, logins, took.Seconds(), strings.Join(warned(p.log.String()), "; "), strings.Join(w.trouble, "; "))
				if took < 0 || took > tc.within {
					p.t.Errorf("a command is answered after %v, want within %v", took, tc.within)
				}
				if logins > tc.logins {
					p.t.Errorf("%d IDENTIFYs in the first minute, want %d at most", logins, tc.logins)
				}
				if all := p.logins() - before; tc.logins == 0 && all > 0 {
					p.t.Errorf("%d IDENTIFYs in all, want none", all)
				}
				if !strings.Contains(p.log.String(), tc.log) || strings.Contains(p.log.String(), "level=ERROR") {
					p.t.Errorf("the log lacks %q, or has errors:\n%s", tc.log, &p.log)
				}
				if !slices.ContainsFunc(w.trouble, func(why string) bool { return strings.Contains(why, tc.health) }) && tc.health != "" {
					p.t.Errorf("/health said %q, never %q", w.trouble, tc.health)
				}
				if why := p.bot.Trouble(); why != "" {
					p.t.Errorf("at the end /health says %q", why)
				}
			})
		})
	}
}

// warned returns what a log warned of: each text with its error, once.
func warned(log string) (all []string) {
	for line := range strings.Lines(log) {
		_, rest, ok := strings.Cut(line, "level=WARN msg=")
		if !ok {
			continue
		}
		rest, _, _ = strings.Cut(rest, " in=")
		if rest = strings.ReplaceAll(rest, `"`, ""); !slices.Contains(all, rest) {
			all = append(all, rest)
		}
	}
	return all
}
