package bot

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"
)

// end stops the bot of a place and waits for it.
func (p *place) end() {
	p.t.Helper()
	p.stop()
	if err := await(p, p.done, "the end"); err != nil {
		p.t.Errorf("Run returned %v", err)
	}
	p.stop = nil
}

// TestARestartResumes: no IDENTIFY, nothing that happened meanwhile is missed,
// and what can't be answered any more is let go.
func TestARestartResumes(t *testing.T) {
	inBubble(t, func(p *place) {
		kept, to := &kept{}, newTold()
		start := func() {
			cmds, parts := testBindings(reply("hello"))
			await(p, p.startBot(Options{Commands: cmds, Components: parts, Sessions: kept, Servers: to}, func(*Bot) {}), "ready")
		}
		start()
		await(p, to.calls, "Present")
		p.works()
		p.end()
		p.call("POST", "/world", map[string]any{"kick_bot": "iron-garden"})
		p.call("POST", "/world", map[string]any{"add_guilds": 1})
		p.call("POST", "/world", map[string]any{"invite_bot": "iron-garden"})
		var answers [2]string
		var wg sync.WaitGroup
		for i := range answers {
			wg.Go(func() {
				answers[i] = p.call("POST", "/command", map[string]any{"as": "mia", "channel": "general", "name": "private"})
			})
			sleep(p.t.Context(), 2*time.Second)
		}
		start()
		wg.Wait()
		if strings.Contains(answers[0], `"hello"`) || !strings.Contains(answers[1], `"hello"`) {
			p.t.Errorf("of two commands run 4 s and 2 s before the restart the first was answered %s, the second %s", answers[0], answers[1])
		}
		var told []string
		for range 4 {
			what, _, _ := strings.Cut(await(p, to.calls, "what happened meanwhile"), " ")
			told = append(told, what)
		}
		if got := strings.Join(told, " "); got != "left joined joined resumed" {
			p.t.Errorf("told %q", got)
		}
		if n := p.logins(); n != 1 {
			p.t.Errorf("%d IDENTIFYs for two starts", n)
		}
		if log := p.log.String(); strings.Contains(log, "level=ERROR") || strings.Contains(log, "level=WARN") || !strings.Contains(log, cameBack) {
			p.t.Errorf("the log has errors, or does not say what came back too late:\n%s", log)
		}
	})
}

// TestAnUnfinishedCallIsRepeated: a session counts as far as Servers was told.
func TestAnUnfinishedCallIsRepeated(t *testing.T) {
	inBubble(t, func(p *place) {
		kept, to := &kept{}, newTold()
		start := func() {
			await(p, p.startBot(Options{Sessions: kept, Servers: to}, func(b *Bot) { b.drainMax = lastWords + time.Second }), "ready")
		}
		stuck := make(chan struct{})
		var once sync.Once
		to.do = func(ctx context.Context, call string) {
			if strings.HasPrefix(call, "left") {
				once.Do(func() {
					close(stuck)
					<-ctx.Done()
				})
			}
		}
		start()
		await(p, to.calls, "Present")
		sleep(p.t.Context(), time.Second)
		p.call("POST", "/world", map[string]any{"add_guilds": 1})
		p.call("POST", "/world", map[string]any{"kick_bot": "gym-2"})
		p.call("POST", "/world", map[string]any{"kick_bot": "iron-garden"})
		await(p, stuck, "the first call")
		p.end()
		for len(to.calls) > 0 {
			<-to.calls
		}
		start()
		var told []string
		for len(told) == 0 || told[len(told)-1] != "resumed" {
			what, _, _ := strings.Cut(await(p, to.calls, "what happened"), " ")
			told = append(told, what)
		}
		if got := strings.Count(strings.Join(told, " "), "left"); got != 2 {
			p.t.Errorf("told %q, want both servers that it left", told)
		}
	})
}

// TestASecondProgramIsNoticed: two with one token each answer what the other is
// about to.
func TestASecondProgramIsNoticed(t *testing.T) {
	inBubble(t, func(p *place) {
		cmds, parts := testBindings(reply("hello"))
		start := func(p *place) {
			await(p, p.startBot(Options{Commands: cmds, Components: parts}, func(*Bot) {}), "ready")
		}
		start(p)
		other := &place{t: p.t, base: p.base, http: p.http, dial: p.dial, pace: p.pace}
		sleep(p.t.Context(), 10*time.Second)
		start(other)
		for range 20 {
			p.call("POST", "/command", map[string]any{"as": "mia", "channel": "general", "name": "private"})
			sleep(p.t.Context(), time.Second)
		}
		other.end()
		logs := p.log.String() + other.log.String()
		if n := strings.Count(logs, "a second program runs with this bot's token"); n < 1 || n > 2 {
			p.t.Errorf("it is said %d times, want once each at most:\n%s", n, logs)
		}
	})
}

// TestAnOutageOutlivesARestart: a RESUME does not tell again of a server that is
// in an outage, and tells when it is back.
func TestAnOutageOutlivesARestart(t *testing.T) {
	inBubble(t, func(p *place) {
		kept, to := &kept{}, newTold()
		var b *Bot
		start := func() {
			await(p, p.startBot(Options{Sessions: kept, Servers: to}, func(made *Bot) { b = made }), "ready")
		}
		start()
		await(p, to.calls, "Present")
		id := p.named("guilds", "iron-garden")
		p.call("POST", "/world", map[string]any{"unavailable": "iron-garden"})
		sleep(p.t.Context(), 3*time.Second)
		p.end()
		start()
		await(p, to.calls, "Resumed")
		if n := p.logins(); n != 1 || !b.InOutage(id) {
			p.t.Errorf("%d IDENTIFYs for two starts; in an outage after the second: %t", n, b.InOutage(id))
		}
		p.call("POST", "/world", map[string]any{"available": "iron-garden"})
		sleep(p.t.Context(), time.Second)
		if b.InOutage(id) {
			p.t.Error("still in an outage")
		}
	})
}
