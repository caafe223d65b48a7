package bot

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// startShards starts a bot on as many shards as o says, and returns when all are
// there, with how long that took.
func (p *place) startShards(o Options) time.Duration {
	p.t.Helper()
	o.Commands, o.Components = testBindings(reply("hello"))
	began := time.Now()
	await(p, p.startBot(o, func(*Bot) {}), "ready")
	return time.Since(began)
}

// answers reports whether a command of olga's, who owns every server, is answered in
// a channel.
func (p *place) answers(channel string) bool {
	p.t.Helper()
	return strings.Contains(p.call("POST", "/command", map[string]any{"as": "olga", "channel": channel, "name": "private"}), `"hello"`)
}

// shards changes the world's servers and what Discord recommends.
func (p *place) shards(guilds, shards, concurrency int) {
	p.t.Helper()
	p.call("POST", "/world", map[string]any{"add_guilds": guilds, "shards": shards, "max_concurrency": concurrency})
}

// TestShards: as many shards as Discord recommends log in by its rules, hear each of
// its own servers, go on after a restart, and begin anew as another number.
func TestShards(t *testing.T) {
	inBubble(t, func(p *place) {
		p.shards(7, 4, 2)
		kept, to := &kept{}, newTold()
		o := Options{Sessions: kept, Servers: to}
		if took := p.startShards(o); took < 5*time.Second || took > 10*time.Second {
			p.t.Errorf("four shards in two lanes are ready after %v, want one pause of 5 s", took)
		}
		sleep(p.t.Context(), time.Second)
		p.wantTold(to, "present 2, present 2, present 2, present 2")
		for _, channel := range []string{"dm", "general", "gym-2-general", "gym-3-general", "gym-4-general", "gym-5-general"} {
			if !p.answers(channel) {
				p.t.Errorf("no answer in %s", channel)
			}
		}
		p.end()
		p.call("POST", "/world", map[string]any{"kick_bot": "gym-3"})
		if took := p.startShards(o); took > 3*time.Second {
			p.t.Errorf("all shards go on after %v", took)
		}
		sleep(p.t.Context(), time.Second)
		p.wantTold(to, "left, resumed, resumed, resumed, resumed")
		if n := p.logins(); n != 4 {
			p.t.Errorf("%d IDENTIFYs for two starts of four shards", n)
		}
		p.end()
		p.shards(0, 3, 3)
		p.startShards(o)
		sleep(p.t.Context(), time.Second)
		p.wantTold(to, "present 1, present 3, present 3")
		if n := p.logins(); n != 7 || !p.answers("gym-2-general") || !p.answers("gym-4-general") {
			p.t.Errorf("%d IDENTIFYs once there are three shards, want 7; or no answers", n)
		}
		if log := p.log.String(); strings.Contains(log, "level=WARN") || strings.Contains(log, "level=ERROR") || !strings.Contains(log, "msg=ready shards=3 servers=7") {
			p.t.Errorf("the log has warnings, or doesn't say what there is:\n%s", log)
		}
	})
}

// wantTold checks the calls since the last time, but for their order and ids.
func (p *place) wantTold(to *told, want string) {
	p.t.Helper()
	var got []string
	for len(to.calls) > 0 {
		what, ids, _ := strings.Cut(<-to.calls, " ")
		if what == "present" {
			what = fmt.Sprint(what, " ", len(strings.Fields(ids)))
		}
		got = append(got, what)
	}
	slices.Sort(got)
	if s := strings.Join(got, ", "); s != want {
		p.t.Errorf("told %q, want %q", s, want)
	}
}

// TestAShardsFaultIsItsOwn: while one shard hears nothing the others answer, and it
// comes back as the only one does.
func TestAShardsFaultIsItsOwn(t *testing.T) {
	for _, tc := range []struct {
		fault  string
		stays  time.Duration
		logins int
	}{
		{"op7", 0, 0},
		{"op9", 0, 1},
		{"close:4009", 0, 1},
		{"no_ready", time.Minute, 0},
	} {
		t.Run(tc.fault, func(t *testing.T) {
			t.Parallel()
			inBubble(t, func(p *place) {
				p.shards(7, 4, 4)
				p.startShards(Options{Sessions: &kept{}})
				sleep(p.t.Context(), time.Minute)
				before := p.logins()
				struck := Shard{Of: 4}
				for !struck.Has(p.named("guilds", "gym-4")) {
					struck.ID++
				}
				p.call("POST", "/faults", map[string]any{"gateway": tc.fault, "shard": struck.ID})
				for end := time.Now().Add(tc.stays); time.Now().Before(end); sleep(p.t.Context(), time.Second) {
					if !p.answers("gym-2-general") || !p.answers("gym-3-general") || !p.answers("gym-5-general") {
						p.t.Fatalf("another shard's server gets no answer; log:\n%s", &p.log)
					}
					for n, why := range p.bot.Shards() {
						if (why == "") == (n == struck.ID) {
							p.t.Fatalf("shard %d: trouble %q", n, why)
						}
					}
					if why := p.bot.Trouble(); !strings.HasPrefix(why, fmt.Sprintf("nothing comes from 1 of 4 shards: shard %d: waiting for RESUMED", struck.ID)) && !strings.Contains(why, "no RESUMED") {
						p.t.Fatalf("trouble %q", why)
					}
				}
				if tc.stays > 0 {
					p.call("DELETE", "/faults", nil)
				}
				sleep(p.t.Context(), 25*time.Second)
				if n := p.logins() - before; n != tc.logins || p.bot.Trouble() != "" || !p.answers("gym-4-general") {
					p.t.Errorf("%d IDENTIFYs, want %d; trouble %q; or no answer; log:\n%s", n, tc.logins, p.bot.Trouble(), &p.log)
				}
			})
		})
	}
}

// TestTooFewShards: a bot that Discord wants in more shards takes as many as it
// recommends, unless the configuration says how many.
func TestTooFewShards(t *testing.T) {
	inBubble(t, func(p *place) {
		p.startShards(Options{Sessions: &kept{}})
		p.shards(6, 3, 3)
		p.call("POST", "/faults", map[string]any{"gateway": "close:4011"})
		sleep(p.t.Context(), 20*time.Second)
		if n := len(p.bot.Shards()); n != 3 || p.bot.Trouble() != "" || !p.answers("gym-2-general") || !p.answers("gym-3-general") || !p.answers("gym-4-general") {
			p.t.Errorf("there are %d shards, want 3; trouble %q; or no answers; log:\n%s", n, p.bot.Trouble(), &p.log)
		}
		p.call("POST", "/world", map[string]any{"shards": 5})
		p.call("POST", "/faults", map[string]any{"gateway": "close:4011", "shard": 1})
		sleep(p.t.Context(), 30*time.Second)
		if n := len(p.bot.Shards()); n != 5 || p.bot.Trouble() != "" {
			p.t.Errorf("there are %d shards, want 5; trouble %q; log:\n%s", n, p.bot.Trouble(), &p.log)
		}
		p.end()
		p.startShards(Options{Shards: 2})
		if n := len(p.bot.Shards()); n != 2 {
			p.t.Errorf("there are %d shards, want as many as is said", n)
		}
		p.call("POST", "/faults", map[string]any{"gateway": "close:4011", "shard": 1})
		err := await(p, p.done, "the end")
		p.stop = nil
		if fe, ok := errors.AsType[*FatalError](err); !ok || !strings.Contains(fe.Why, "give more in [discord] shards") {
			p.t.Errorf("got %v", err)
		}
	})
}

// TestAServersShardIsAwaited: until its shard has logged in nothing is sent to a
// server, as nobody knows whether the bot is still there.
func TestAServersShardIsAwaited(t *testing.T) {
	o := &outages{now: time.Now}
	b := &Bot{servers: &serverEvents{outages: o}}
	o.ready(Shard{ID: 1, Of: 2}, nil)
	for id, want := range map[string]bool{"4194304": false, "8388608": true} {
		if got := b.InOutage(id); got != want {
			t.Errorf("%s: in an outage %t, want %t", id, got, want)
		}
	}
	o.resumed(Shard{Of: 2})
	if b.InOutage("8388608") {
		t.Error("in an outage once its shard is there")
	}
}
