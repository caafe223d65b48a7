package bot

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// refuseAll answers each request about a channel with one answer.
func refuseAll(status int, header map[string]string, body string) *discord {
	return &discord{answer: func(_ int, r *http.Request) *http.Response {
		if strings.Contains(r.URL.Path, "/channels/") {
			return respond(status, header, body)
		}
		return nil
	}}
}

// A bot whose every post is refused goes slowly from the 500th on, so that it
// never comes near Discord's ban, and says so once.
func TestTheBreakerSlowsDown(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &syncBuffer{}
		d := refuseAll(403, nil, `{"code":50013}`)
		rest, tr := overStub(t, d, slog.New(slog.NewTextHandler(log, nil)))
		for begin := time.Now(); time.Since(begin) < time.Hour; {
			rest.do(t.Context(), "POST", "/channels/"+strconv.Itoa(len(d.all()))+"/messages", wireFlags{}, nil, nil)
		}
		if n := tr.limits.breaker.count(); n < invalidSlow || n >= invalidHold {
			t.Errorf("%d requests of the last ten minutes were refused", n)
		}
		if n := strings.Count(log.String(), "\n"); n != 1 || !strings.Contains(log.String(), "posts slow down") {
			t.Errorf("the log has %d lines, want one:\n%s", n, log.String())
		}
		sleep(t.Context(), 10*time.Minute)
		rest.do(t.Context(), "GET", "/users/@me", nil, nil, nil)
		if !strings.Contains(log.String(), "at full speed again") {
			t.Errorf("the log does not say that it is over:\n%s", log.String())
		}
	})
}

// From 2,000 on only answers to people go out.
func TestTheBreakerHolds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		log := &syncBuffer{}
		d := refuseAll(403, nil, "<html>")
		rest, tr := overStub(t, d, slog.New(slog.NewTextHandler(log, nil)))
		for range invalidHold {
			tr.limits.note(route{name: "POST /channels/{id}/messages"}, respond(403, nil, ""))
		}
		for _, method := range []string{"POST", "GET"} {
			err := rest.do(t.Context(), method, "/channels/1/messages", wireFlags{}, nil, nil)
			if !errors.Is(err, errHeld) || !Sure(err) {
				t.Errorf("%s: %v, sure %v; want it held back for sure", method, err, Sure(err))
			}
		}
		for _, path := range []string{"/interactions/1/tok/callback", "/webhooks/1/tok"} {
			if err := rest.do(t.Context(), "POST", path, wireFlags{}, nil, nil); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
		if n := len(d.all()); n != 2 {
			t.Errorf("%d requests went out, want the two answers", n)
		}
		if n := strings.Count(log.String(), "level=ERROR"); n != 1 {
			t.Errorf("the log has %d errors, want one:\n%s", n, log.String())
		}
		sleep(t.Context(), invalidWindow)
		if err := rest.do(t.Context(), "POST", "/webhooks/1/tok", wireFlags{}, nil, nil); err != nil || tr.limits.breaker.count() != 0 {
			t.Errorf("ten minutes later %d count, %v", tr.limits.breaker.count(), err)
		}
		rest.do(t.Context(), "POST", "/channels/1/messages", wireFlags{}, nil, nil)
		if n := len(d.all()); n != 4 {
			t.Errorf("%d requests went out, want the post too", n)
		}
	})
}

func TestWhatIsInvalid(t *testing.T) {
	for _, tc := range []struct {
		status int
		scope  string
		want   int
	}{{200, "", 0}, {400, "", 0}, {404, "", 0}, {500, "", 0}, {401, "", 1}, {403, "", 1},
		{429, "", 1}, {429, "user", 1}, {429, "global", 1}, {429, "shared", 0}} {
		l := newLimits(time.Now, silent())
		l.note(route{interaction: true}, respond(tc.status, map[string]string{"X-RateLimit-Scope": tc.scope, "Retry-After": "1"}, "{}"))
		if got := l.breaker.count(); got != tc.want {
			t.Errorf("%d %s counts %d, want %d", tc.status, tc.scope, got, tc.want)
		}
	}
}

// A 429 is waited out as long as its headers say, else its body, and never for
// more than an hour.
func TestHowLongA429IsWaitedOut(t *testing.T) {
	for _, tc := range []struct {
		name   string
		header map[string]string
		body   string
		want   time.Duration
		log    string
	}{
		{"headers", map[string]string{"Retry-After": "3", "X-RateLimit-Scope": "user"}, `{"retry_after":2.5}`, 3 * time.Second, ""},
		{"body only", nil, `{"message":"You are being rate limited.","retry_after":2.5,"global":false}`, 2500 * time.Millisecond, ""},
		{"body only, global", nil, `{"retry_after":2.5,"global":true}`, 2500 * time.Millisecond, ""},
		{"neither", nil, `<html>`, 100 * time.Millisecond, ""},
		{"too long", map[string]string{"Retry-After": "86400"}, `error code: 1015`, time.Hour, "asked=24h0m0s"},
		{"too long in the body", nil, `{"retry_after":86400}`, time.Hour, "asked=24h0m0s"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				log := &syncBuffer{}
				d := &discord{answer: func(n int, _ *http.Request) *http.Response {
					if n == 1 {
						return respond(429, tc.header, tc.body)
					}
					return nil
				}}
				rest, _ := overStub(t, d, slog.New(slog.NewTextHandler(log, nil)))
				begin := time.Now()
				if err := rest.do(t.Context(), "POST", "/channels/1/messages", wireFlags{}, nil, nil); err != nil {
					t.Error(err)
				}
				if got := time.Since(begin); got != tc.want {
					t.Errorf("it took %v, want %v", got, tc.want)
				}
				if !strings.Contains(log.String(), tc.log) {
					t.Errorf("the log does not say %s:\n%s", tc.log, log.String())
				}
			})
		})
	}
}

// What a 429 says can be read after it was looked at.
func TestThe429sBodyStays(t *testing.T) {
	resp := respond(429, nil, `{"retry_after":1,"message":"slower"}`)
	waitOf(route{}, resp)
	if data, err := io.ReadAll(resp.Body); err != nil || !strings.Contains(string(data), "slower") {
		t.Errorf("then it reads %q, %v", data, err)
	}
}

// A ban is of the address, so that answers to people respect it too: they wait,
// or end at once where their time won't do. A limit of the token is not theirs.
func TestAnswersRespectABan(t *testing.T) {
	for _, tc := range []struct {
		name   string
		header map[string]string
		body   string
		held   bool
	}{
		{"a page of Cloudflare's", map[string]string{"Retry-After": "60"}, "<html>", true},
		{"no headers, and global", nil, `{"retry_after":60,"global":true}`, true},
		{"the token's limit", map[string]string{"Retry-After": "60", "X-RateLimit-Global": "true"}, "{}", false},
		{"a limit of the route", nil, `{"retry_after":60,"global":false}`, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				d := refuseAll(429, tc.header, tc.body)
				rest, _ := overStub(t, d, silent())
				short, cancel := context.WithTimeout(t.Context(), time.Second)
				defer cancel()
				rest.do(short, "POST", "/channels/1/messages", wireFlags{}, nil, nil)
				sent := len(d.all())
				soon, cancel := context.WithTimeout(t.Context(), callbackMax)
				defer cancel()
				begin := time.Now()
				err := rest.do(soon, "POST", "/interactions/1/tok/callback", wireFlags{}, nil, nil)
				if held := errors.Is(err, context.DeadlineExceeded) && Sure(err) && len(d.all()) == sent; held != tc.held || time.Since(begin) != 0 {
					t.Errorf("a callback ended with %v after %v, want it held back: %t", err, time.Since(begin), tc.held)
				}
				if err := rest.do(t.Context(), "PATCH", "/webhooks/1/tok/messages/@original", wireFlags{}, nil, nil); err != nil {
					t.Error(err)
				}
				if got := time.Since(begin); (got == 59*time.Second) != tc.held {
					t.Errorf("an edit went out after %v", got)
				}
			})
		})
	}
}
