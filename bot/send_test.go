package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// post is a reply with a button that Find looks for, inside a container.
func post(id string) Reply {
	return Reply{Parts: []Part{Text("Class today"), Container{Parts: []Part{Text("Pinched?"), Row{{Label: "Going", ID: "other"}, {Label: "Pinched", ID: id}}}}}}
}

// standing is a place whose bot is ready.
func standing(t *testing.T) *place {
	t.Helper()
	p := newPlace(t)
	await(p, p.start(reply("hello")), "ready")
	return p
}

// channel returns the id of a channel by name.
func (p *place) channel(name string) string {
	p.t.Helper()
	return p.named("channels", name)
}

// named returns the id of what GET state lists.
func (p *place) named(list, name string) string {
	p.t.Helper()
	var all map[string]json.RawMessage
	var things []struct{ ID, Name string }
	if err := json.Unmarshal([]byte(p.call("GET", "/state", nil)), &all); err != nil {
		p.t.Fatal(err)
	}
	if err := json.Unmarshal(all[list], &things); err != nil {
		p.t.Fatal(err)
	}
	for _, c := range things {
		if c.Name == name {
			return c.ID
		}
	}
	p.t.Fatalf("%s has no %q", list, name)
	return ""
}

// posted counts the messages of a channel.
func (p *place) posted(name string) int {
	p.t.Helper()
	return strings.Count(p.call("GET", "/messages?as=olga&channel="+name, nil), `"view":`)
}

func (p *place) fault(rule map[string]any) {
	p.t.Helper()
	if got := p.call("POST", "/faults", map[string]any{"rules": []any{rule}}); strings.Contains(got, `"error"`) {
		p.t.Fatal(got)
	}
}

func TestSendFindEditDelete(t *testing.T) {
	t.Parallel()
	p := standing(t)
	ctx, general := t.Context(), p.channel("general")
	find := func(since time.Time, id, want string) {
		t.Helper()
		if got, err := p.bot.Find(ctx, "", general, since, Mark{CustomID: id}); got != want || err != nil {
			t.Errorf("Find %s: %q, %v; want %q", id, got, err, want)
		}
	}
	begin := time.Now().Add(-time.Second)
	find(begin, "wanted", "")
	first, err := p.bot.Send(ctx, general, "n1", post("wanted"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.bot.Send(ctx, general, "n2", post("wanted")); err != nil {
		t.Fatal(err)
	}
	find(begin, "wanted", first)
	find(begin, "want", "")
	find(time.Now().Add(time.Hour), "wanted", "")
	if again, err := p.bot.Send(ctx, general, "n1", post("wanted")); again != first || err != nil {
		t.Errorf("a second send of the nonce: %q, %v; want %q", again, err, first)
	}
	if err := p.bot.Edit(ctx, general, first, Reply{Parts: []Part{Text("Cancelled")}}); err != nil {
		t.Error(err)
	}
	if got := p.call("GET", "/messages?as=mia&channel=general", nil); !strings.Contains(got, "Cancelled") {
		t.Errorf("after the edit: %s", got)
	}
	for range 2 { // the second time it is gone
		if err := p.bot.Delete(ctx, general, first); err != nil {
			t.Errorf("Delete: %v", err)
		}
	}
	if _, err := p.bot.Send(ctx, general, "n1", post("wanted")); !errors.Is(err, ErrDeleted) || Sure(err) {
		t.Errorf("a send of a deleted post's nonce: %v, sure %v; want ErrDeleted, not sure", err, Sure(err))
	}
	if err := p.bot.Edit(ctx, general, first, post("x")); err == nil || errors.Is(err, ErrDeleted) {
		t.Errorf("an edit of a deleted post: %v", err)
	}
	if err := p.bot.Edit(ctx, general, first, Reply{}); err == nil || !strings.Contains(err.Error(), "over Discord's limits") {
		t.Errorf("an edit to nothing: %v", err)
	}
}

// TestFindKnowsWhetherItMayLook: without READ_MESSAGE_HISTORY Discord lists an
// empty channel, which says nothing of a post.
func TestFindKnowsWhetherItMayLook(t *testing.T) {
	t.Parallel()
	p := standing(t)
	ctx, begin := t.Context(), time.Now().Add(-time.Second)
	server, general, classes := p.named("guilds", "iron-garden"), p.channel("general"), p.channel("classes")
	find := func(channel string) (string, error) {
		return p.bot.Find(ctx, server, channel, begin, Mark{CustomID: "wanted"})
	}
	sent, err := p.bot.Send(ctx, general, "n1", post("wanted"))
	if err != nil {
		t.Fatal(err)
	}
	if got, err := find(general); got != sent || err != nil {
		t.Errorf("Find where it may look: %q, %v; want %q", got, err, sent)
	}
	if got, err := find(classes); got != "" || err != nil {
		t.Errorf("Find in an empty channel: %q, %v; want nothing", got, err)
	}
	for _, name := range []string{"READ_MESSAGE_HISTORY", "VIEW_CHANNEL"} {
		p.call("POST", "/world", map[string]any{"permission": map[string]any{"channel": "general", "deny": name}})
		if got, err := find(general); got != "" || err == nil || name == "READ_MESSAGE_HISTORY" && !errors.Is(err, ErrNoHistory) {
			t.Errorf("Find without %s: %q, %v", name, got, err)
		}
	}
	if _, err := p.bot.Find(ctx, p.named("guilds", "quiet-room"), classes, begin, Mark{CustomID: "wanted"}); !errors.Is(err, ErrNoChannel) {
		t.Errorf("Find in another server's channel: %v, want ErrNoChannel", err)
	}
}

// TestFindByNumber: a message without a button is known by the number of its
// first component, which the numbers that Discord gives to others never are.
func TestFindByNumber(t *testing.T) {
	t.Parallel()
	p := standing(t)
	ctx, general := t.Context(), p.channel("general")
	begin := time.Now().Add(-time.Second)
	plain := func(mark int) Reply {
		return Reply{Parts: []Part{Container{Parts: []Part{Text("the same words")}}, Text("below")}, Mark: mark}
	}
	var ids []string
	for i, mark := range []int{0, MarkLow + 2, MarkLow + 1, MarkLow + 1} {
		id, err := p.bot.Send(ctx, general, strconv.Itoa(i), plain(mark))
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	for mark, want := range map[Mark]string{{}: "", {Number: 1}: ids[0], {Number: MarkLow + 1}: ids[2], {Number: MarkLow + 2}: ids[1]} { // and one below: the playground lets five look in five seconds
		if got, err := p.bot.Find(ctx, "", general, begin, mark); got != want || err != nil {
			t.Errorf("Find %+v: %q, %v; want %q", mark, got, err, want)
		}
	}
	if err := p.bot.Edit(ctx, general, ids[1], plain(MarkHigh)); err != nil {
		t.Error(err)
	}
	if got, err := p.bot.Find(ctx, "", general, begin, Mark{Number: MarkHigh}); got != ids[1] || err != nil {
		t.Errorf("after an edit: %q, %v; want %q", got, err, ids[1])
	}
}

func TestSendDM(t *testing.T) {
	t.Parallel()
	p := standing(t)
	channel, message, err := p.bot.SendDM(t.Context(), p.named("users", "mia"), "n1", post("wanted"))
	if err != nil || channel == "" || message == "" {
		t.Fatalf("got %q %q %v", channel, message, err)
	}
	if got, err := p.bot.Find(t.Context(), "", channel, time.Now().Add(-time.Minute), Mark{CustomID: "wanted"}); got != message || err != nil {
		t.Errorf("Find in the DM: %q, %v", got, err)
	}
	channel, _, err = p.bot.SendDM(t.Context(), p.named("users", "noah"), "n2", post("wanted"))
	if ae, ok := errors.AsType[*APIError](err); !ok || ae.Code != 50007 || channel == "" || !Sure(err) {
		t.Errorf("closed DMs: %q, %v", channel, err)
	}
	for _, rule := range []map[string]any{{"status": 502}, {"drop": true}} {
		rule["route"], rule["times"] = "POST /users/@me/channels", 1
		p.fault(rule)
		if _, _, err := p.bot.SendDM(t.Context(), p.named("users", "carl"), "n3", post("wanted")); err == nil || !Sure(err) {
			t.Errorf("a DM that did not open (%v): %v, sure %v", rule, err, Sure(err))
		}
	}
}

// TestSure: what a caller is told about a send that failed, and what truly
// stands in the channel.
func TestSure(t *testing.T) {
	t.Parallel()
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for _, tc := range []struct {
		name   string
		rule   map[string]any
		world  map[string]any
		ctx    context.Context // nil for the test's
		within time.Duration   // 0 for no limit
		reply  Reply
		sure   bool
		posted int
	}{
		{name: "a 5xx before", rule: map[string]any{"status": 503}},
		{name: "a 5xx after", rule: map[string]any{"status": 503, "after_commit": true}, posted: 1},
		{name: "a page of a proxy", rule: map[string]any{"status": 502, "html": true}},
		{name: "a drop before", rule: map[string]any{"drop": true}},
		{name: "a drop after", rule: map[string]any{"drop": true, "after_commit": true}, posted: 1},
		{name: "a timeout before", rule: map[string]any{"delay_ms": 60_000}, within: time.Second},
		{name: "a timeout after", rule: map[string]any{"delay_ms": 60_000, "after_commit": true}, within: time.Second},
		{name: "a body over the limits", reply: Reply{Parts: []Part{Text("")}}, sure: true},
		{name: "400", rule: map[string]any{"status": 400}, sure: true},
		{name: "403", world: map[string]any{"permission": map[string]any{"channel": "general", "deny": "SEND_MESSAGES"}}, sure: true},
		{name: "404", world: map[string]any{"delete_channel": "general"}, sure: true},
		{name: "429 past the context", rule: map[string]any{"status": 429, "retry_after": 60}, within: 2 * time.Second, sure: true},
		{name: "an html 429 past the context", rule: map[string]any{"status": 429, "html": true, "retry_after": 60}, within: 2 * time.Second, sure: true},
		{name: "a context that had ended", ctx: cancelled, sure: true},
		{name: "401", rule: map[string]any{"status": 401}, sure: true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			p := standing(t)
			general := p.channel("general")
			if tc.world != nil {
				p.call("POST", "/world", tc.world)
			}
			if tc.rule != nil {
				tc.rule["route"] = "POST /channels/{channel}/messages"
				p.fault(tc.rule)
			}
			ctx := t.Context()
			if tc.ctx != nil {
				ctx = tc.ctx
			}
			if tc.within > 0 {
				var cancel context.CancelFunc
				ctx, cancel = context.WithTimeout(ctx, tc.within)
				defer cancel()
			}
			if tc.reply.Parts == nil {
				tc.reply = post("x")
			}
			_, err := p.bot.Send(ctx, general, "n1", tc.reply)
			if err == nil || Sure(err) != tc.sure {
				t.Errorf("got %v, sure %v; want sure %v", err, Sure(err), tc.sure)
			}
			if strings.Contains(tc.name, "timeout") || tc.name == "404" {
				return // the post may still be on its way, or the channel is gone
			}
			if got := p.posted("general"); got != tc.posted {
				t.Errorf("%d messages stand in the channel, want %d", got, tc.posted)
			}
		})
	}
}

func TestSureOfANetworkThatIsNotThere(t *testing.T) {
	b, err := New(Options{Token: "t", API: "http://127.0.0.1:1/api/v10", Words: sayings{}, Memory: settings{}, Log: silent(), Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := b.Send(t.Context(), "5", "n", post("x")); err == nil || !Sure(err) {
		t.Errorf("got %v, sure %v", err, Sure(err))
	}
	if _, err := b.Find(t.Context(), "", "5", time.Now(), Mark{CustomID: "x"}); !errors.Is(err, errNoSelf) {
		t.Errorf("Find before READY: %v", err)
	}
	if Sure(nil) || Sure(errors.New("x")) {
		t.Error("sure of nothing")
	}
}

// overBot is a bot that knows itself, over a stand-in.
func overBot(t *testing.T, d http.RoundTripper) *Bot {
	rest, tr := overStub(t, d, silent())
	b := &Bot{rest: rest, way: tr}
	self := "77"
	b.self.Store(&self)
	return b
}

// TestFindPages reads page after page, oldest first, as Discord gives them:
// newest first.
func TestFindPages(t *testing.T) {
	since := time.UnixMilli(discordEpoch + 1000)
	first := uint64(1000) << 22
	message := func(id uint64, author, components string) string {
		return fmt.Sprintf(`{"id":"%d","author":{"id":%q},"components":%s}`, id, author, components)
	}
	const mine = `[{"type":17,"components":[{"type":9,"accessory":{"type":2,"custom_id":"want"}}]}]`
	for _, tc := range []struct {
		name  string
		total int
		at    map[int]string // the message of a place
		want  string
		calls int
	}{
		{"none", 0, nil, "", 1},
		{"the first of two, new kinds of components around", 50, map[int]string{3: message(first+3, "77", `[{"type":99,"future":{"x":[{"custom_id":"want"}]}}]`), 9: message(first+9, "77", mine)}, strconv.FormatUint(first+3, 10), 1},
		{"another's", 50, map[int]string{3: message(first+3, "78", mine)}, "", 1},
		{"what can't be read", 50, map[int]string{2: message(first+2, "77", `null`), 3: message(first+3, "77", `7`), 4: message(first+4, "77", mine)}, strconv.FormatUint(first+4, 10), 1},
		{"the very first", 100, map[int]string{0: message(first, "77", mine)}, strconv.FormatUint(first, 10), 1},
		{"on the third page", 250, map[int]string{249: message(first+249, "77", mine)}, strconv.FormatUint(first+249, 10), 3},
		{"past ten pages", 1001, map[int]string{1000: message(first+1000, "77", mine)}, "", 10},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := &discord{answer: func(_ int, r *http.Request) *http.Response {
					after, _ := strconv.ParseUint(r.URL.Query().Get("after"), 10, 64)
					var page []string
					for i := range tc.total {
						if id := first + uint64(i); id > after && len(page) < 100 && r.URL.Query().Get("limit") == "100" {
							m := tc.at[i]
							if m == "" {
								m = message(id, "5", "[]")
							}
							page = append([]string{m}, page...)
						}
					}
					return respond(200, nil, "["+strings.Join(page, ",")+"]")
				}}
				got, err := overBot(t, d).Find(t.Context(), "", "5", since, Mark{CustomID: "want"})
				if got != tc.want || err != nil || len(d.all()) != tc.calls {
					t.Errorf("got %q, %v in %d requests; want %q in %d", got, err, len(d.all()), tc.want, tc.calls)
				}
			})
		})
	}
}

func TestSnowflake(t *testing.T) {
	for at, want := range map[int64]uint64{0: 0, discordEpoch: 0, discordEpoch + 1: 1<<22 - 1, 1462015105796: 175928847299117063&^(1<<22-1) - 1} {
		if got := snowflake(time.UnixMilli(at)); got != want {
			t.Errorf("%d: %d, want %d", at, got, want)
		}
	}
}

// TestAPostWaitsOutA429: a post with files waits for Discord and for Cloudflare.
func TestAPostWaitsOutA429(t *testing.T) {
	picture := Reply{Parts: []Part{Gallery{{"a.png", "alt"}}}, Files: []File{{Name: "a.png", Data: bytes.Repeat([]byte("x"), 100_000)}}}
	for name, header := range map[string]map[string]string{
		"global":     {"Retry-After": "2", "X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"},
		"a bucket's": {"Retry-After": "2", "X-RateLimit-Bucket": "b", "X-RateLimit-Scope": "user", "X-RateLimit-Remaining": "0", "X-RateLimit-Reset-After": "1.7"},
		"Cloudflare": {"Retry-After": "2", "Content-Type": "text/html"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := &discord{answer: func(n int, _ *http.Request) *http.Response {
					if n < 3 {
						return respond(429, header, "<!DOCTYPE html>")
					}
					return respond(200, nil, `{"id":"9"}`)
				}}
				begin := time.Now()
				id, err := overBot(t, d).Send(t.Context(), "5", "n", picture)
				all := d.all()
				if id != "9" || err != nil || len(all) != 3 {
					t.Fatalf("got %q, %v in %d requests", id, err, len(all))
				}
				for _, s := range all[1:] {
					if s.body != all[0].body || s.contentType != all[0].contentType || len(s.body) < 100_000 {
						t.Errorf("the body came again with %d bytes, first %d", len(s.body), len(all[0].body))
					}
				}
				if took := time.Since(begin); took != 4*time.Second {
					t.Errorf("took %v, want 4 s", took)
				}
			})
		})
	}
}

// TestAPlayground429IsWaitedOut: a post waits out the playground's own 429s.
func TestAPlayground429IsWaitedOut(t *testing.T) {
	t.Parallel()
	picture := Reply{Parts: []Part{Gallery{{"a.png", "alt"}}}, Files: []File{{Name: "a.png", Data: []byte("x")}}}
	for name, rule := range map[string]map[string]any{
		"global": {"status": 429, "retry_after": 1, "scope": "global"}, "html": {"status": 429, "retry_after": 1, "html": true},
		"without headers": {"status": 429, "retry_after": 1, "scope": "none"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := standing(t)
			general := p.channel("general")
			rule["route"], rule["times"] = "POST /channels/{channel}/messages", 1
			p.fault(rule)
			if id, err := p.bot.Send(t.Context(), general, "n1", picture); err != nil || id == "" || p.posted("general") != 1 {
				t.Errorf("got %q, %v, %d posts", id, err, p.posted("general"))
			}
		})
	}
}
