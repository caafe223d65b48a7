package playground

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"unpinch/playground/rig"
	"unpinch/playground/wire"
)

func TestNewNeedsAClock(t *testing.T) {
	if _, err := New(Options{}); err == nil {
		t.Error("got no error without Now")
	}
}

func TestHosts(t *testing.T) {
	l := newLab(t, func(o *Options) { o.Hosts = []string{"gym.example"} })
	for _, tc := range []struct {
		host, origin string
		want         int
	}{
		{"127.0.0.1:8420", "", 200}, {"localhost", "", 200}, {"[::1]:8420", "", 200}, {"gym.example:80", "", 200},
		{"127.0.0.1:8420", "http://127.0.0.1:8420", 200},
		{"evil.example", "", 403}, {"127.0.0.1.evil.example", "", 403}, {"", "", 403}, {"10.0.0.1", "", 403},
		{"127.0.0.1:8420", "http://evil.example", 403}, {"127.0.0.1:8420", "http://127.0.0.1:9999", 403}, {"127.0.0.1:8420", "null", 403},
	} {
		for _, path := range []string{"/state", "/", "/gateway?encoding=etf"} {
			r := httptest.NewRequest("GET", path, nil)
			r.Host = tc.host
			if tc.origin != "" {
				r.Header.Set("Origin", tc.origin)
			}
			w := httptest.NewRecorder()
			l.s.ServeHTTP(w, r)
			if (w.Code == 403) != (tc.want == 403) {
				t.Errorf("Host %q, Origin %q, %s: got %d, want %d", tc.host, tc.origin, path, w.Code, tc.want)
			}
		}
	}
}

func TestAuthorization(t *testing.T) {
	l := newLab(t, func(o *Options) { o.Token = "secret" })
	for header, want := range map[string]int{"Bot secret": 200, "Bot playground": 401, "secret": 401, "": 401} {
		req, err := http.NewRequestWithContext(t.Context(), "GET", l.URL+"/api/v10/users/@me", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", header)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%q: got %d, want %d", header, res.StatusCode, want)
		}
	}
}

func TestRoutes(t *testing.T) {
	l := newLab(t)
	g := l.s.world.guilds[0].id.String()
	for _, version := range []string{"v10", "v9"} {
		for _, path := range []string{"/gateway", "/gateway/bot", "/users/@me", "/applications/@me", "/oauth2/applications/@me",
			"/guilds/" + g, "/guilds/" + g + "/roles", "/guilds/" + g + "/channels", "/channels/" + l.Channel("morning-crew")} {
			if status, v, _ := l.Call("GET", "/api/"+version+path, nil); status != 200 {
				t.Errorf("%s %s: got %d %v", version, path, status, v)
			}
		}
	}
	l.Refused("GET", "/api/v10/nowhere", nil, 404, 0)
	l.Refused("PUT", "/api/v10/gateway", nil, 405, 0)
	l.Refused("GET", "/api/v8/gateway", nil, 400, 50041)
	l.Refused("POST", "/api/v10/channels/"+l.Channel("general")+"/typing", nil, 501, 0)
	l.Refused("GET", "/api/v10/guilds/1", nil, 404, 10004)
	l.Refused("GET", "/api/v10/guilds/"+l.s.world.guilds[1].id.String(), nil, 403, 50001)
	l.Refused("POST", l.Posts("general"), `{`, 400, 50109)
	if got := wire.Text(l.Do("GET", "/api/v10/gateway", nil), "url"); got != "ws"+strings.TrimPrefix(l.URL, "http")+"/gateway" {
		t.Errorf("got gateway %q", got)
	}
}

func TestCheckSeesRequests(t *testing.T) {
	var mu sync.Mutex
	var seen []string
	l := newLab(t, func(o *Options) {
		o.Check = func(method, path, contentType string, body []byte) {
			mu.Lock()
			defer mu.Unlock()
			seen = append(seen, fmt.Sprint(method, " ", path, " ", contentType, " ", string(body)))
		}
	})
	l.Do("POST", l.Posts("general"), `{"content":"a"}`)
	mu.Lock()
	defer mu.Unlock()
	if want := "POST /channels/" + l.Channel("general") + `/messages application/json {"content":"a"}`; len(seen) != 1 || seen[0] != want {
		t.Errorf("got %q, want %q", seen, want)
	}
}

func TestBuckets(t *testing.T) {
	l := newLab(t)
	send := func(channel string) (int, http.Header, object) {
		status, v, h := l.Call("POST", l.Posts(channel), `{"content":"a"}`)
		o, _ := v.(object)
		return status, h, o
	}
	for left := 4; left >= 0; left-- {
		status, h, _ := send("general")
		if status != 200 || h.Get("X-RateLimit-Remaining") != fmt.Sprint(left) || h.Get("X-RateLimit-Limit") != "5" ||
			h.Get("X-RateLimit-Reset-After") != "5.000" || h.Get("X-RateLimit-Bucket") == "" {
			t.Fatalf("%d left: got %d %v", left, status, h)
		}
	}
	l.Pass(time.Second)
	status, h, body := send("general")
	if status != 429 || h.Get("Retry-After") != "4" || h.Get("X-RateLimit-Scope") != "user" || h.Get("X-RateLimit-Remaining") != "0" ||
		fmt.Sprint(body["retry_after"]) != "4" || body["global"] != false {
		t.Errorf("got %d %v %v, want a 429", status, h, body)
	}
	if status, _, _ := send("classes"); status != 200 {
		t.Errorf("another channel: got %d", status)
	}
	l.Do("POST", "/clock", `{"advance":"1m"}`) // virtual time does not help
	if status, _, _ := send("general"); status != 429 {
		t.Errorf("after a walk: got %d, want 429", status)
	}
	l.Pass(4 * time.Second)
	if status, _, _ := send("general"); status != 200 {
		t.Errorf("after the window: got %d, want 200", status)
	}
}

func TestGlobalLimit(t *testing.T) {
	l := newLab(t)
	l.Register(pinched)
	its := make(chan object, 1)
	l.Login(0, func(b *rig.Bot, it object) { rig.Says("ok")(b, it); its <- it })
	l.Pass(time.Second)
	l.Do("POST", "/world", `{"add_guilds":60}`)
	get := func(i int) (int, http.Header) {
		status, _, h := l.Call("GET", fmt.Sprintf("/api/v10/channels/%s", l.Channel(fmt.Sprintf("gym-%d-general", i))), nil)
		return status, h
	}
	for i := range globalLimit {
		if status, _ := get(i + 2); status != 200 {
			t.Fatalf("request %d: got %d", i, status)
		}
	}
	if status, h := get(60); status != 429 || h.Get("X-RateLimit-Global") != "true" || h.Get("X-RateLimit-Scope") != "global" || h.Get("Retry-After") != "1" {
		t.Errorf("got %d %v, want a global 429", status, h)
	}
	l.Do("POST", "/command", `{"as":"mia","channel":"general","name":"pinched"}`) // exempt
	l.Do("GET", rig.WebhookPath(<-its)+"/messages/@original", nil)
	l.Pass(time.Second)
	if status, _ := get(60); status != 200 {
		t.Errorf("a second later: got %d", status)
	}
}

func TestCloseEndsEverything(t *testing.T) {
	l := newLab(t)
	b := l.Login(0, nil)
	ticks := l.follow()
	<-ticks
	done := make(chan bool)
	go func() {
		l.Call("GET", "/messages?channel=general&wait=60s", nil)
		close(done)
	}()
	if err := l.s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-b.Gone; !strings.Contains(err.Error(), "1001") {
		t.Errorf("got %v, want close code 1001", err)
	}
	for range ticks { // until the stream ends
	}
	<-done
	if len(l.s.gateway.conns) != 0 || len(l.s.clock.followers) != 0 {
		t.Errorf("left: %d connections, %d followers", len(l.s.gateway.conns), len(l.s.clock.followers))
	}
	if err := l.s.Close(); err != nil {
		t.Errorf("a second Close: %v", err)
	}
}

func TestMessagesAreBounded(t *testing.T) {
	l := newLab(t)
	l.s.mu.Lock()
	c := l.s.world.findChannel("general", nil)
	for range keptMessages + 10 {
		l.s.history.keep(l.s.history.new(c))
	}
	if len(c.messages) != keptMessages || len(l.s.history.byID) != keptMessages || l.s.history.posts.count() != keptMessages+10 {
		t.Errorf("kept %d and %d messages of %d", len(c.messages), len(l.s.history.byID), l.s.history.posts.count())
	}
	l.s.mu.Unlock()
}
