package bot

import (
	"context"
	"errors"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestRouteOf(t *testing.T) {
	for _, tc := range []struct{ method, path, name, major string }{
		{"POST", "/channels/12/messages", "POST /channels/{id}/messages", "channels/12"},
		{"PATCH", "/channels/12/messages/34", "PATCH /channels/{id}/messages/{id}", "channels/12"},
		{"PUT", "/applications/1/guilds/2/commands", "PUT /applications/{id}/guilds/{id}/commands", ""},
		{"POST", "/interactions/1/aSecret/callback", "POST /interactions/{id}/{token}/callback", ""},
		{"PATCH", "/webhooks/1/aSecret/messages/@original", "PATCH /webhooks/{id}/{token}/messages/@original", "webhooks/1"},
		{"GET", "/gateway/bot", "GET /gateway/bot", ""},
	} {
		r := routeOf(tc.method, tc.path)
		if r.name != tc.name || r.major != tc.major {
			t.Errorf("routeOf(%s %s) = %q, %q; want %q, %q", tc.method, tc.path, r.name, r.major, tc.name, tc.major)
		}
		if secret := strings.Contains(tc.path, "aSecret"); r.interaction != secret {
			t.Errorf("%s: interaction = %v", tc.path, r.interaction)
		}
	}
}

func TestTransportRewrites(t *testing.T) {
	d := &discord{}
	tr, err := newTransport(d, "http://127.0.0.1:9/api/v10/", "s3cret", time.Now, silent())
	if err != nil {
		t.Fatal(err)
	}
	h := &http.Client{Transport: tr}
	for _, u := range []string{
		"https://discord.com/api/v9/users/@me",
		"https://discord.com/api/v10/channels/1/messages?limit=2",
		"https://discord.com/api/v10/interactions/1/tok/callback",
	} {
		resp, err := h.Get(u)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
	}
	want := []string{"GET /api/v10/users/@me", "GET /api/v10/channels/1/messages?limit=2", "GET /api/v10/interactions/1/tok/callback"}
	if got := d.requests(); !slices.Equal(got, want) {
		t.Errorf("sent %q, want %q", got, want)
	}
	for i, auth := range []string{"Bot s3cret", "Bot s3cret", ""} {
		if got := d.all()[i].auth; got != auth {
			t.Errorf("request %d carries authorization %q, want %q", i, got, auth)
		}
	}
}

func TestTransportRefusesABadAddress(t *testing.T) {
	for _, u := range []string{"", "discord.com/api", "ftp://x/y", "http://", "::"} {
		if _, err := newTransport(nil, u, "t", time.Now, silent()); err == nil || !strings.Contains(err.Error(), "api_url") {
			t.Errorf("%q: %v, want an error that names api_url", u, err)
		}
	}
}

func TestRefusedTokenStopsEverything(t *testing.T) {
	d := &discord{answer: func(int, *http.Request) *http.Response { return respond(401, nil, `{"message":"401: Unauthorized"}`) }}
	rest, _ := overStub(t, d, silent())
	for range 3 {
		if err := rest.do(t.Context(), "GET", "/users/@me", nil, nil, nil); !errors.Is(err, ErrToken) {
			t.Fatalf("got %v, want ErrToken", err)
		}
	}
	if n := len(d.all()); n != 2 {
		t.Errorf("%d requests went out, want the first and one to make sure", n)
	}
}

// TestOneRefusalIsNotBelieved: the request is made again when Discord takes the
// token after all, and once only.
func TestOneRefusalIsNotBelieved(t *testing.T) {
	for name, tc := range map[string]struct {
		refused []int // requests that get a 401
		status  int   // of what comes back
		want    []string
	}{
		"a stray one":       {[]int{1}, 0, []string{"GET /api/v10/gateway/bot", "GET /api/v10/users/@me", "GET /api/v10/gateway/bot"}},
		"of this one route": {[]int{1, 3}, 401, []string{"GET /api/v10/gateway/bot", "GET /api/v10/users/@me", "GET /api/v10/gateway/bot"}},
	} {
		t.Run(name, func(t *testing.T) {
			d := &discord{answer: func(n int, _ *http.Request) *http.Response {
				if slices.Contains(tc.refused, n) {
					return respond(401, nil, `{"message":"401: Unauthorized"}`)
				}
				return nil
			}}
			rest, tr := overStub(t, d, silent())
			err := rest.do(t.Context(), "GET", "/gateway/bot", nil, nil, nil)
			ae, _ := errors.AsType[*APIError](err)
			if (tc.status == 0) != (err == nil) || ae != nil && ae.Status != tc.status || tr.refused.Load() {
				t.Errorf("got %v, refused %v", err, tr.refused.Load())
			}
			if got := d.requests(); !slices.Equal(got, tc.want) {
				t.Errorf("sent %q, want %q", got, tc.want)
			}
		})
	}
}

func TestAnInteractionsOwn401IsNotTheTokens(t *testing.T) {
	d := &discord{answer: func(n int, _ *http.Request) *http.Response { return respond(401, nil, `{"code":50027}`) }}
	rest, tr := overStub(t, d, silent())
	err := rest.do(t.Context(), "POST", "/interactions/1/tok/callback", wireFlags{}, nil, nil)
	if ae, ok := errors.AsType[*APIError](err); !ok || ae.Code != 50027 || tr.refused.Load() {
		t.Errorf("got %v, refused %v", err, tr.refused.Load())
	}
}

// limitHeaders is what Discord says of a bucket.
func limitHeaders(bucket string, remaining int, resetAfter string) map[string]string {
	return map[string]string{"X-RateLimit-Bucket": bucket, "X-RateLimit-Remaining": strconv.Itoa(remaining), "X-RateLimit-Reset-After": resetAfter}
}

func TestRateLimits(t *testing.T) {
	post := func(rest *client, ctx context.Context, path string) error {
		return rest.do(ctx, "POST", path, wireFlags{}, nil, nil)
	}
	for _, tc := range []struct {
		name   string
		answer func(n int, r *http.Request) *http.Response
		paths  []string
		want   []time.Duration // when each request came back
	}{
		{"an empty bucket is waited out before the next request",
			func(int, *http.Request) *http.Response { return respond(200, limitHeaders("b", 0, "2.5"), "{}") },
			[]string{"/channels/1/messages", "/channels/1/messages"}, []time.Duration{0, 2500 * time.Millisecond}},
		{"another channel has a bucket of its own",
			func(int, *http.Request) *http.Response { return respond(200, limitHeaders("b", 0, "2.5"), "{}") },
			[]string{"/channels/1/messages", "/channels/2/messages"}, []time.Duration{0, 0}},
		{"a 429 is waited out and sent again",
			func(n int, _ *http.Request) *http.Response {
				if n == 1 {
					return respond(429, map[string]string{"Retry-After": "1", "X-RateLimit-Bucket": "b"}, `{"retry_after":1}`)
				}
				return nil
			},
			[]string{"/channels/1/messages"}, []time.Duration{time.Second}},
		{"a global 429 holds other channels too",
			func(n int, _ *http.Request) *http.Response {
				if n == 1 {
					return respond(429, map[string]string{"Retry-After": "3", "X-RateLimit-Global": "true"}, "{}")
				}
				return nil
			},
			[]string{"/channels/1/messages", "/channels/2/messages"}, []time.Duration{3 * time.Second, 3 * time.Second}},
		{"a page of Cloudflare's counts as global",
			func(n int, _ *http.Request) *http.Response {
				if n == 1 {
					return respond(429, map[string]string{"Retry-After": "4"}, "<html>")
				}
				return nil
			},
			[]string{"/channels/1/messages"}, []time.Duration{4 * time.Second}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				rest, _ := overStub(t, &discord{answer: tc.answer}, silent())
				begin := time.Now()
				for i, path := range tc.paths {
					if err := post(rest, t.Context(), path); err != nil {
						t.Fatal(err)
					}
					if got := time.Since(begin); got != tc.want[i] {
						t.Errorf("request %d came back after %v, want %v", i, got, tc.want[i])
					}
				}
			})
		})
	}
}

func TestAnInteractionNeverWaitsForTheGlobalLimit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &discord{answer: func(n int, r *http.Request) *http.Response {
			if strings.Contains(r.URL.Path, "/channels/") {
				return respond(429, map[string]string{"Retry-After": "60", "X-RateLimit-Global": "true"}, "{}")
			}
			return nil
		}}
		rest, _ := overStub(t, d, silent())
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		begin := time.Now()
		if err := rest.do(ctx, "POST", "/channels/1/messages", wireFlags{}, nil, nil); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("a wait past the context ended with %v", err)
		}
		if got := time.Since(begin); got != time.Second {
			t.Errorf("the wait ended after %v, want the context's 1 s", got)
		}
		begin = time.Now()
		for range 200 {
			if err := rest.do(t.Context(), "POST", "/interactions/1/tok/callback", wireFlags{}, nil, nil); err != nil {
				t.Fatal(err)
			}
		}
		if got := time.Since(begin); got != 0 {
			t.Errorf("200 callbacks took %v beside a global limit, want none", got)
		}
	})
}

func TestOwnRateIs45ASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rest, _ := overStub(t, &discord{}, silent())
		begin := time.Now()
		for i := range 45 * 3 {
			if err := rest.do(t.Context(), "POST", "/channels/"+strconv.Itoa(i)+"/messages", wireFlags{}, nil, nil); err != nil {
				t.Fatal(err)
			}
		}
		if got := time.Since(begin); got < 2950*time.Millisecond || got > 2970*time.Millisecond {
			t.Errorf("135 requests took %v, want 2.96 s: 2 at once and 45 a second", got)
		}
	})
}

func TestLimitsForgetWhatHasPassed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimits(time.Now, silent())
		for i := range 3 * keptBuckets {
			r := routeOf("POST", "/channels/"+strconv.Itoa(i)+"/messages")
			l.note(r, respond(200, limitHeaders("b", 1, "1"), ""))
			sleep(t.Context(), 2*time.Millisecond)
		}
		if len(l.buckets) > keptBuckets || len(l.shared) > keptBuckets {
			t.Errorf("%d buckets and %d routes are kept, want at most %d", len(l.buckets), len(l.shared), keptBuckets)
		}
	})
}

func TestErrorsHoldNoToken(t *testing.T) {
	d := &discord{answer: func(n int, r *http.Request) *http.Response {
		return respond(400, nil, `{"code":50035,"message":"Invalid Form Body","errors":{"data":{"components":{"0":{"content":{"_errors":[{"code":"BASE_TYPE_BAD_LENGTH","message":"secret words"}]}}}}}}`)
	}}
	rest, _ := overStub(t, d, silent())
	err := rest.do(t.Context(), "POST", "/interactions/1/aSecret/callback", wireFlags{}, nil, nil)
	want := "POST /interactions/{id}/{token}/callback: HTTP 400 (code 50035): Invalid Form Body [data.components.0.content: BASE_TYPE_BAD_LENGTH]"
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %v", err, want)
	}
	broken, _ := overStub(t, failing{}, silent())
	err = broken.do(t.Context(), "POST", "/interactions/1/aSecret/callback", wireFlags{}, nil, nil)
	if err == nil || strings.Contains(err.Error(), "aSecret") || !strings.Contains(err.Error(), "{token}/callback: no route to host") {
		t.Errorf("a lost connection reads %v", err)
	}
}

// failing is a network that isn't there.
type failing struct{}

func (failing) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("no route to host")
}

func TestOnlyRepeatableMethodsAreTriedAgain(t *testing.T) {
	for method, want := range map[string]int{"POST": 1, "PATCH": 4, "PUT": 4, "DELETE": 4, "GET": 4} {
		synctest.Test(t, func(t *testing.T) {
			d := &discord{answer: func(int, *http.Request) *http.Response { return respond(503, nil, "") }}
			rest, _ := overStub(t, d, silent())
			if err := rest.do(t.Context(), method, "/channels/1", wireFlags{}, nil, nil); err == nil {
				t.Errorf("%s: no error", method)
			}
			if got := len(d.all()); got != want {
				t.Errorf("%s went out %d times, want %d", method, got, want)
			}
		})
	}
	synctest.Test(t, func(t *testing.T) {
		d := &discord{answer: func(int, *http.Request) *http.Response { return respond(404, nil, "") }}
		rest, _ := overStub(t, d, silent())
		rest.do(t.Context(), "GET", "/channels/1", nil, nil, nil)
		if got := len(d.all()); got != 1 {
			t.Errorf("a 404 went out %d times, want 1", got)
		}
	})
}

// BenchmarkInteractionGrowth reports the heap that is left per interaction
// answered: nothing may grow with them.
func BenchmarkInteractionGrowth(b *testing.B) {
	rest, _ := overStub(b, quiet{}, silent())
	heap := func() int64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	answer := func(n int) {
		token := "token" + strconv.Itoa(n)
		for _, call := range [][2]string{{"POST", "/interactions/" + strconv.Itoa(n) + "/" + token + "/callback"}, {"PATCH", "/webhooks/1/" + token + "/messages/@original"}} {
			if err := rest.do(b.Context(), call[0], call[1], wireFlags{}, nil, nil); err != nil {
				b.Fatal(err)
			}
		}
	}
	answer(0)
	before := heap()
	n := 0
	for b.Loop() {
		n++
		answer(n)
	}
	b.ReportMetric(float64(heap()-before)/float64(n), "B-kept/interaction")
}

// quiet answers everything with a bucket of its own and keeps nothing.
type quiet struct{}

func (quiet) RoundTrip(r *http.Request) (*http.Response, error) {
	return respond(200, limitHeaders(r.URL.Path, 4, "1"), "{}"), nil
}
