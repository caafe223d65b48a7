package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// told is a Servers that says what it is told.
type told struct {
	calls chan string
	do    func(ctx context.Context, call string)
	fails error // of each call
}

func newTold() *told { return &told{make(chan string, 100), func(context.Context, string) {}, nil} }

func (s *told) tell(ctx context.Context, call string) error {
	s.calls <- call
	s.do(ctx, call)
	return s.fails
}

func (s *told) Present(ctx context.Context, _ Shard, ids []string) error {
	return s.tell(ctx, fmt.Sprint("present ", ids))
}
func (s *told) Resumed(ctx context.Context, _ Shard) error  { return s.tell(ctx, "resumed") }
func (s *told) Joined(ctx context.Context, id string) error { return s.tell(ctx, "joined "+id) }
func (s *told) Back(ctx context.Context, ids []string) error {
	return s.tell(ctx, fmt.Sprint("back ", ids))
}
func (s *told) Left(ctx context.Context, id string) error { return s.tell(ctx, "left "+id) }

// change returns the next call that is no Present: on a busy machine a bot may
// need two sessions to get ready.
func (s *told) change(p *place) string {
	p.t.Helper()
	for {
		if got := await(p, s.calls, "a change"); !strings.HasPrefix(got, "present") {
			return got
		}
	}
}

func TestServerEvents(t *testing.T) {
	const create, remove = "GUILD_CREATE", "GUILD_DELETE"
	type event struct{ kind, data string }
	ready := func(ids ...string) event { return event{"READY", strings.Join(ids, " ")} }
	for _, tc := range []struct {
		name   string
		events []event
		want   string
	}{
		{"those there are listed after READY", []event{ready("1", "2"), {create, `{"id":"1"}`}, {create, `{"id":"2"}`}}, "present [1 2]"},
		{"none", []event{ready()}, "present []"},
		{"added", []event{ready("1"), {create, `{"id":"3","name":"gym","channels":[{"id":"9"}]}`}}, "present [1], joined 3"},
		{"added once", []event{ready(), {create, `{"id":"3"}`}, {create, `{"id":"3"}`}}, "present [], joined 3"},
		{"added while Discord can't reach it", []event{ready(), {create, `{"id":"3","unavailable":true}`}, {create, `{"id":"3"}`}}, "present [], joined 3, back [3]"},
		{"thrown out", []event{ready("1"), {remove, `{"id":"1"}`}}, "present [1], left 1"},
		{"thrown out, said in full", []event{ready("1"), {remove, `{"id":"1","unavailable":false}`}}, "present [1], left 1"},
		{"an outage and its end", []event{ready("1"), {remove, `{"id":"1","unavailable":true}`}, {create, `{"id":"1"}`}}, "present [1], back [1]"},
		{"an outage that goes on", []event{ready("1"), {remove, `{"id":"1","unavailable":true}`}, {create, `{"id":"1","unavailable":true}`}}, "present [1]"},
		{"an outage that is told twice", []event{ready("1"), {remove, `{"id":"1","unavailable":true}`}, {create, `{"id":"1","unavailable":true}`}, {create, `{"id":"1"}`}}, "present [1], back [1]"},
		{"outages that end together", []event{ready("1", "2"), {remove, `{"id":"1","unavailable":true}`}, {remove, `{"id":"2","unavailable":true}`},
			{create, `{"id":"2"}`}, {create, `{"id":"1"}`}, {create, `{"id":"1"}`}}, "present [1 2], back [2 1]"},
		{"an outage that ends in a new session", []event{ready("1", "2"), {remove, `{"id":"1","unavailable":true}`}, ready("1", "2"), {create, `{"id":"2"}`}, {create, `{"id":"1"}`}},
			"present [1 2], back [1]"},
		{"thrown out during an outage", []event{ready("1"), {remove, `{"id":"1","unavailable":true}`}, {remove, `{"id":"1"}`}, {create, `{"id":"1"}`}}, "present [1], left 1, joined 1"},
		{"thrown out and added", []event{ready("1"), {remove, `{"id":"1"}`}, {create, `{"id":"1"}`}}, "present [1], left 1, joined 1"},
		{"a new session", []event{ready("1"), {create, `{"id":"2"}`}, ready("1", "3"), {create, `{"id":"2"}`}}, "present [1], joined 2, present [1 3], joined 2"},
		{"sessions that nobody waited for", []event{ready("1"), ready("1", "2"), ready("3")}, "present [3]"},
		{"no id", []event{ready("1"), {create, `{"id":""}`}, {remove, `[]`}, {create, `{`}}, "present [1]"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			synctest.Test(t, func(t *testing.T) {
				to := newTold()
				s := newServerEvents(to, silent(), time.Now)
				for _, e := range tc.events {
					if e.kind == "READY" {
						s.present(Shard{Of: 1}, strings.Fields(e.data))
					} else {
						s.event(Shard{Of: 1}, e.kind, json.RawMessage(e.data))
					}
				}
				ctx, stop := context.WithCancel(t.Context())
				go s.run(ctx, ctx)
				synctest.Wait()
				stop()
				synctest.Wait()
				for len(to.calls) > 0 {
					got = append(got, <-to.calls)
				}
			})
			if strings.Join(got, ", ") != tc.want {
				t.Errorf("told %q, want %q", got, tc.want)
			}
		})
	}
}

// TestSettled: what failed counts as not told, until a Present makes up for it.
func TestSettled(t *testing.T) {
	for _, tc := range []struct {
		name   string
		events []string
		fails  bool
		want   bool
	}{
		{"nothing", nil, false, true},
		{"told", []string{"READY", "GUILD_CREATE"}, false, true},
		{"Present failed", []string{"READY"}, true, false},
		{"Joined failed", []string{"READY", "GUILD_CREATE"}, true, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				to := newTold()
				if tc.fails {
					to.fails = errors.New("the disk is full")
				}
				s := newServerEvents(to, silent(), time.Now)
				touched := 0
				s.done = func() { touched++ }
				ctx, stop := context.WithCancel(t.Context())
				go s.run(ctx, ctx)
				for _, kind := range tc.events {
					if kind == "READY" {
						s.present(Shard{Of: 1}, []string{"1"})
					} else {
						s.event(Shard{Of: 1}, kind, json.RawMessage(`{"id":"3"}`))
					}
					if s.settled() {
						t.Errorf("settled before %s was told", kind)
					}
					synctest.Wait()
				}
				if got := s.settled(); got != tc.want || touched != len(tc.events) {
					t.Errorf("settled is %v, want %v; touched %d times", got, tc.want, touched)
				}
				to.fails = nil
				s.present(Shard{Of: 1}, nil)
				synctest.Wait()
				if !s.settled() {
					t.Error("not settled after a Present that was taken")
				}
				stop()
			})
		})
	}
}

// TestAServersPanicEndsNothingElse: a panic ends one call, not those behind it.
func TestAServersPanicEndsNothingElse(t *testing.T) {
	p := newPlace(t)
	to := newTold()
	to.do = func(_ context.Context, call string) {
		if strings.HasPrefix(call, "present") {
			panic("boom")
		}
	}
	await(p, p.startBot(Options{Servers: to}, func(*Bot) {}), "ready")
	await(p, to.calls, "Present")
	p.call("POST", "/world", map[string]any{"add_guilds": 1})
	if got := to.change(p); !strings.HasPrefix(got, "joined ") {
		t.Errorf("told %q", got)
	}
	waitFor(p, "server event panicked")
	if strings.Contains(p.log.String(), "boom") {
		t.Errorf("the log says what the panic said:\n%s", &p.log)
	}
}

func TestServersOfThePlayground(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	to := newTold()
	hold := make(chan struct{})
	to.do = func(_ context.Context, call string) {
		if strings.HasPrefix(call, "joined") {
			<-hold
		}
	}
	await(p, p.startBot(Options{Servers: to}, func(*Bot) {}), "ready")
	present := await(p, to.calls, "Present")
	home := strings.Trim(present, "presnt []")
	if _, err := strconv.Atoi(home); err != nil {
		t.Fatalf("told %q, want one server", present)
	}
	p.call("POST", "/world", map[string]any{"add_guilds": 2})
	first := to.change(p)
	// The gateway goes on while a call takes its time.
	p.call("POST", "/world", map[string]any{"kick_bot": "iron-garden"})
	p.call("POST", "/faults", map[string]any{"gateway": "op7"})
	waitFor(p, "the connection to Discord is lost")
	close(hold)
	second := to.change(p)
	if left := to.change(p); left != "left "+home {
		t.Errorf("told %q, want left %s", left, home)
	}
	p.call("POST", "/faults", map[string]any{"gateway": "op9"})
	want := "present [" + strings.TrimPrefix(first, "joined ") + " " + strings.TrimPrefix(second, "joined ") + "]"
	for {
		got := await(p, to.calls, "Present again")
		if got == want {
			break
		}
		if strings.HasPrefix(got, "joined") {
			t.Fatalf("told %q of servers that are known", got)
		}
	}
}

// TestAStuckServersCallEndsWithTheBot: Run cuts a call that never ends.
func TestAStuckServersCallEndsWithTheBot(t *testing.T) {
	t.Parallel()
	p := newPlace(t)
	to := newTold()
	cut := make(chan error, 1)
	to.do = func(ctx context.Context, _ string) {
		<-ctx.Done()
		cut <- ctx.Err()
	}
	await(p, p.startBot(Options{Servers: to}, func(b *Bot) { b.drainMax = lastWords + 50*time.Millisecond }), "ready")
	await(p, to.calls, "Present")
	p.call("POST", "/world", map[string]any{"add_guilds": 1})
	p.stop()
	if err := await(p, p.done, "the end"); err != nil {
		t.Errorf("Run returned %v", err)
	}
	await(p, cut, "the cut")
	if len(to.calls) != 0 {
		t.Errorf("told %q after the end", <-to.calls)
	}
}

// TestManyServersStayCheap: 10,000 servers take the memory of their ids.
func TestManyServersStayCheap(t *testing.T) {
	to := newTold()
	at := time.Now()
	s := newServerEvents(to, silent(), func() time.Time { return at }) // it takes seconds on a busy machine
	var ids []string
	for i := range 10_000 {
		ids = append(ids, strconv.Itoa(i))
	}
	s.present(Shard{Of: 1}, ids)
	full := `","channels":[` + strings.Repeat(`{"id":"1","name":"general"},`, 50) + `{}]}`
	for _, id := range ids {
		s.event(Shard{Of: 1}, "GUILD_CREATE", json.RawMessage(`{"id":"`+id+full))
	}
	if len(s.waiting) != 1 || len(s.known) != len(ids) {
		t.Errorf("%d calls wait and %d servers are known, want 1 and %d", len(s.waiting), len(s.known), len(ids))
	}
}
