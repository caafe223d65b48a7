package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"unpinch/playground"
)

// A rule is one of Discord's as a broken playground has it: what it does to a
// request, and to the answer.
type rule struct {
	method, path string // a pattern
	request      func(body map[string]any)
	answer       func(body any) any
}

// brokenGarden is a garden with some rules of its own.
func brokenGarden(t *testing.T, rules ...rule) garden {
	t.Helper()
	p, err := playground.New(playground.Options{Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for _, rule := range rules {
			if r.Method == rule.method && regexp.MustCompile(rule.path+"$").MatchString(r.URL.Path) {
				rule.serve(t, p, w, r)
				return
			}
		}
		p.ServeHTTP(w, r)
	}))
	t.Cleanup(func() {
		p.Close()
		s.Close()
	})
	return garden{t, s.URL}
}

func (u rule) serve(t *testing.T, p http.Handler, w http.ResponseWriter, r *http.Request) {
	if u.request != nil {
		var body map[string]any
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			t.Error(err)
		}
		u.request(body)
		raw, err := json.Marshal(body)
		if err != nil {
			t.Error(err)
		}
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(raw)), int64(len(raw))
	}
	given := httptest.NewRecorder()
	p.ServeHTTP(given, r)
	var body any
	raw := given.Body.Bytes()
	if u.answer != nil && json.Unmarshal(raw, &body) == nil {
		raw, _ = json.Marshal(u.answer(body)) // it was JSON
	}
	for key, values := range given.Header() {
		w.Header()[key] = values
	}
	w.Header().Del("Content-Length")
	w.WriteHeader(given.Code)
	w.Write(raw)
}

// set is an answer with another value under a key.
func set(key string, v any) func(any) any {
	return func(body any) any {
		body.(map[string]any)[key] = v
		return body
	}
}

// replaced is an answer with another text in the place of some.
func replaced(pattern, with string) func(any) any {
	return func(body any) any {
		raw, _ := json.Marshal(body) // it was JSON
		var out any
		if json.Unmarshal(regexp.MustCompile(pattern).ReplaceAll(raw, []byte(with)), &out) != nil {
			return body
		}
		return out
	}
}

// standing lists the messages of a channel that are not deleted.
func (g garden) standing(channel string) (all []message) {
	g.t.Helper()
	if err := json.Unmarshal([]byte(g.get("/messages?as=olga&channel="+channel)), &all); err != nil {
		g.t.Fatal(err)
	}
	return all
}

// liveArgs try everything.
func (g garden) liveArgs(t *testing.T) []string {
	return []string{"doctor", "--config", writeConfig(t, t.TempDir(), g.base, "playground"), "--live", g.id("channels", "classes"),
		"--thread", g.id("channels", "morning-crew"), "--role", g.id("roles", "regulars"), "--dm"}
}

// A presser does something once it is asked for a press.
type presser struct {
	bytes.Buffer
	then func()
}

func (p *presser) Write(b []byte) (int, error) {
	if bytes.Contains(b, []byte("Now press")) {
		go p.then()
	}
	return p.Buffer.Write(b)
}

// pressIt presses the button that was asked for.
func (g garden) pressIt() {
	for _, m := range g.standing("classes") {
		if len(m.View.Buttons) > 0 {
			resp, err := http.Post(g.base+"/click", "application/json", strings.NewReader(fmt.Sprintf(`{"as":"mia","message":%q,"label":%q}`, m.ID, pressMe)))
			if err != nil {
				g.t.Error(err)
				return
			}
			resp.Body.Close()
		}
	}
}

// clean fails the test if the bot left something.
func (g garden) clean(t *testing.T) {
	t.Helper()
	for _, channel := range []string{"classes", "morning-crew"} {
		if left := g.standing(channel); len(left) > 0 {
			t.Errorf("%d messages are left in %s", len(left), channel)
		}
	}
}

// The playground passes every step, none is skipped, and nothing is left of it.
func TestLive(t *testing.T) {
	t.Parallel()
	g := newGarden(t)
	out, errOut := &presser{then: g.pressIt}, &bytes.Buffer{}
	p := program{out: out, errOut: errOut, now: time.Now}
	if code := p.main(t.Context(), g.liveArgs(t)); code != 0 {
		t.Fatalf("exit %d: %s%s", code, errOut, out)
	}
	for _, s := range liveSteps() {
		if !strings.Contains(out.String(), fmt.Sprintf("ok       %-8s", s.name)) {
			t.Errorf("%s is not ok:\n%s", s.name, out)
		}
	}
	if !strings.HasSuffix(out.String(), "is deleted.\n") {
		t.Errorf("it says:\n%s", out)
	}
	g.clean(t)
}

// Whoever stops it in the middle finds nothing left.
func TestLiveStopped(t *testing.T) {
	t.Parallel()
	g := newGarden(t)
	ctx, cancel := context.WithCancel(t.Context())
	out, errOut := &presser{then: cancel}, &bytes.Buffer{}
	if code := (program{out: out, errOut: errOut, now: time.Now}).main(ctx, g.liveArgs(t)); code != 1 || strings.Contains(out.String(), "differs") {
		t.Errorf("exit %d: %s%s", code, errOut, out)
	}
	g.clean(t)
}

// brokenRules are a rule, broken for each step, and a line that tells of it.
func brokenRules() []struct {
	step  string
	rule  rule
	fault asks
	tells string
} {
	const posts, message = "/channels/[0-9]+/messages", "/channels/[0-9]+/messages/[0-9]+"
	kept := set("attachments", []any{map[string]any{"id": "1"}})
	return []struct {
		step  string
		rule  rule
		fault asks
		tells string
	}{
		{"press", rule{"PATCH", "/messages/@original", nil, set("flags", 1<<15)}, nil, "- answer: only one sees it"},
		{"press", rule{}, asks{"method": "POST", "route": "/interactions/{interaction}/{token}/callback", "status": 400, "code": 40060}, "+ waits: HTTP 400"},
		{"card", rule{"POST", posts, nil, kept}, nil, "+ post: attachments 1"},
		{"card", rule{"POST", posts, nil, set("flags", 0)}, nil, "- post: Components V2"},
		{"card", rule{"POST", posts, nil, replaced(`"type":12`, `"type":11`)}, nil, "+ post: container[text type 11]"},
		{"edit", rule{"PATCH", message, nil, kept}, nil, "+ edit: attachments 1"},
		{"edit", rule{"PATCH", message, nil, set("edited_timestamp", nil)}, nil, "- edit: marked as edited"},
		{"edit", rule{}, asks{"method": "PATCH", "times": 1, "status": 400, "code": 50035}, "+ edit: container[text]"},
		{"gif", rule{"POST", posts, nil, replaced("image/gif", "image/webp")}, nil, `+ post: picture image/webp 64x64, "A square that blinks"`},
		{"file", rule{"POST", posts, nil, replaced("/try.txt", "/other.txt")}, nil, "- file: the same bytes"},
		{"nonce", rule{"POST", posts, func(body map[string]any) { delete(body, "enforce_nonce") }, nil}, nil, "+ 2 messages"},
		{"nonce", rule{"POST", posts, nil, set("nonce", nil)}, nil, "- second: nonce told"},
		{"history", rule{"GET", posts, nil, func(any) any { return []any{} }}, nil, "- history: the post is found by its number"},
		{"history", rule{"GET", posts, nil, replaced(`"id":[12][0-9]{9}\b`, `"id":1`)}, nil, "- history: the post is found by its number"},
		{"ping", rule{"POST", posts, nil, set("mention_roles", []any{})}, nil, "+ pinged: pings nobody"},
		{"ping", rule{"POST", posts, func(body map[string]any) { delete(body, "allowed_mentions") }, nil}, nil, "+ named: pings the role"},
		{"thread", rule{}, asks{"method": "POST", "route": "/channels/{channel}/messages", "status": 403, "code": 50001}, "+ error: POST /channels/{id}/messages: HTTP 403 (code 50001): 403: Forbidden"},
		{"dm", rule{}, asks{"method": "POST", "route": "/users/@me/channels", "status": 403, "code": 50007}, "+ open: HTTP 403"},
		{"dm", rule{}, asks{"method": "POST", "route": "/channels/{channel}/messages", "status": 500, "after_commit": true}, "+ post: HTTP 500"},
	}
}

// TestLiveFindsABrokenRule breaks a rule of the playground for each step: it is
// found out and named, without an id, and nothing is left.
func TestLiveFindsABrokenRule(t *testing.T) {
	t.Parallel()
	broken := map[string]bool{}
	for n, tc := range brokenRules() {
		broken[tc.step] = true
		t.Run(fmt.Sprint(n, " ", tc.step), func(t *testing.T) {
			t.Parallel()
			g := brokenGarden(t, tc.rule)
			l, out := g.live(t)
			if tc.fault != nil {
				g.fault(tc.fault)
			}
			outcomes := l.try(t.Context(), onlyStep(tc.step))
			if err := l.clean(t.Context()); err != nil {
				t.Error(err)
			}
			out.Reset()
			report(out, "it", outcomes)
			if !strings.Contains(out.String(), "\n# "+tc.step+": ") || !slices.Contains(strings.Split(out.String(), "\n"), tc.tells) {
				t.Errorf("%q is not told:\n%s", tc.tells, out)
			}
			if regexp.MustCompile(`[0-9]{9}`).MatchString(out.String()) {
				t.Errorf("an id is told:\n%s", out)
			}
			g.clean(t)
		})
	}
	for _, s := range liveSteps() {
		if !broken[s.name] {
			t.Errorf("no rule of %s is broken", s.name)
		}
	}
}

// live is a try in the garden, in which everything can be tried.
func (g garden) live(t *testing.T) (*live, *presser) {
	t.Helper()
	cfg, err := loadConfig(writeConfig(t, t.TempDir(), g.base, "playground"), nil)
	if err != nil {
		t.Fatal(err)
	}
	out := &presser{then: g.pressIt}
	c := doctorCmd{Live: g.id("channels", "classes"), Thread: g.id("channels", "morning-crew"), Role: g.id("roles", "regulars"), DM: true}
	l, err := c.newLive(t.Context(), program{out: out, errOut: io.Discard, now: time.Now}, cfg)
	if err != nil {
		t.Fatal(err)
	}
	return l, out
}

func onlyStep(name string) []step {
	return slices.DeleteFunc(liveSteps(), func(s step) bool { return s.name != name })
}

// A post of which Discord told nothing is found and deleted too.
func TestLiveDeletesWhatGotLost(t *testing.T) {
	t.Parallel()
	g := newGarden(t)
	l, out := g.live(t)
	g.fault(asks{"method": "POST", "route": "/channels/{channel}/messages", "drop": true, "after_commit": true})
	if all := l.try(t.Context(), onlyStep("card")); len(differing(all)) != 1 || len(g.standing("classes")) != 1 {
		t.Errorf("it says:\n%s", out)
	}
	if err := l.clean(t.Context()); err != nil {
		t.Error(err)
	}
	g.clean(t)
}

// Without a press there is nothing to compare.
func TestLiveWithoutAPress(t *testing.T) {
	t.Parallel()
	g := newGarden(t)
	l, out := g.live(t)
	out.then, l.patience = func() {}, time.Millisecond
	all := l.try(t.Context(), onlyStep("press"))
	if len(all) != 1 || all[0].skip != "nobody pressed the button within 1ms" {
		t.Errorf("it says:\n%s", out)
	}
	if err := l.clean(t.Context()); err != nil {
		t.Error(err)
	}
	g.clean(t)
}
