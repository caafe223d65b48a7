package bot

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestNeverOver50ASecond: at most Discord's 50 requests go out in any second.
func TestNeverOver50ASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var at []time.Time
		d := &discord{answer: func(int, *http.Request) *http.Response { at = append(at, time.Now()); return nil }}
		rest, _ := overStub(t, d, silent())
		for i := range 200 {
			rest.do(t.Context(), "POST", "/channels/"+strconv.Itoa(i)+"/messages", wireFlags{}, nil, nil)
		}
		worst := 0
		for i := range at {
			n := 0
			for j := i; j < len(at) && at[j].Sub(at[i]) < time.Second; j++ {
				n++
			}
			worst = max(worst, n)
		}
		if worst > 50 {
			t.Errorf("%d requests within one second, Discord takes 50", worst)
		}
	})
}

// bucketServer lets `limit` through in each window of `window`.
func bucketServer(limit int, window time.Duration) (*discord, func() (ok, refused int)) {
	var mu sync.Mutex
	var start time.Time
	used, good, bad := 0, 0, 0
	return &discord{answer: func(_ int, r *http.Request) *http.Response {
			sleep(context.Background(), 40*time.Millisecond)       // there
			defer sleep(context.Background(), 40*time.Millisecond) // and back
			mu.Lock()
			defer mu.Unlock()
			if now := time.Now(); start.IsZero() || now.Sub(start) >= window {
				start, used = now, 0
			}
			left := strconv.FormatFloat((window - time.Since(start)).Seconds(), 'f', 3, 64)
			h := limitHeaders("b", max(0, limit-used-1), left)
			h["X-RateLimit-Limit"] = strconv.Itoa(limit)
			if used >= limit {
				bad++
				h["Retry-After"], h["X-RateLimit-Scope"] = left, "user"
				return respond(429, h, "{}")
			}
			used++
			good++
			return respond(200, h, "{}")
		}}, func() (int, int) {
			mu.Lock()
			defer mu.Unlock()
			return good, bad
		}
}

// TestABurstOnOneBucket: a burst on one channel meets no 429 storm and loses
// nothing.
func TestABurstOnOneBucket(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d, count := bucketServer(5, 5*time.Second)
		rest, _ := overStub(t, d, silent())
		rest.do(t.Context(), "POST", "/channels/1/messages", wireFlags{}, nil, nil)
		var wg sync.WaitGroup
		var mu sync.Mutex
		failed := 0
		for range 60 {
			wg.Go(func() {
				if err := rest.do(t.Context(), "POST", "/channels/1/messages", wireFlags{}, nil, nil); err != nil {
					mu.Lock()
					failed++
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		ok, refused := count()
		t.Logf("%d sent, %d refused with 429, %d lost", ok, refused, failed)
		if failed > 0 || refused > 5 {
			t.Errorf("%d sent, %d refused with 429, %d lost", ok, refused, failed)
		}
	})
}

// TestAScopedLimitIsNotGlobal: a 429 with a scope of its own holds nothing else.
func TestAScopedLimitIsNotGlobal(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &discord{answer: func(n int, _ *http.Request) *http.Response {
			if n == 1 {
				return respond(429, map[string]string{"Retry-After": "3600", "X-RateLimit-Scope": "shared"}, `{"code":30046}`)
			}
			return nil
		}}
		rest, _ := overStub(t, d, silent())
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		rest.do(ctx, "PATCH", "/channels/1/messages/2", wireFlags{}, nil, nil)
		begin := time.Now()
		rest.do(t.Context(), "POST", "/channels/9/messages", wireFlags{}, nil, nil)
		if got := time.Since(begin); got > time.Second {
			t.Errorf("another channel waited %v", got)
		}
	})
}

// FuzzLimits reads the headers of an answer as anybody in between may write them.
// Requests wait for an hour at most, and then go out.
func FuzzLimits(f *testing.F) {
	f.Add(200, "b", "0", "5", "0.25", "", "", "")
	f.Add(429, "", "", "", "", "1e300", "", `{"retry_after": 1e300}`)
	f.Add(429, "b", "9223372036854775807", "", "NaN", "Inf", "shared", "")
	f.Fuzz(func(t *testing.T, status int, bucket, left, limit, reset, retry, scope, body string) {
		now := time.Date(2026, 11, 22, 18, 0, 0, 0, time.UTC)
		l := newLimits(func() time.Time { return now }, slog.New(slog.DiscardHandler))
		r := route{name: "r", major: "1"}
		h := http.Header{}
		for name, value := range map[string]string{"X-RateLimit-Bucket": bucket, "X-RateLimit-Remaining": left, "X-RateLimit-Limit": limit,
			"X-RateLimit-Reset-After": reset, "Retry-After": retry, "X-RateLimit-Scope": scope} {
			h.Set(name, value)
		}
		wait := l.note(r, &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body))})
		if wait < 0 || wait > retryMax || (wait > 0) != (status == http.StatusTooManyRequests) {
			t.Fatalf("status %d: wait %v", status, wait)
		}
		for range 3 {
			d := l.claim(r)
			if d <= 0 {
				return
			}
			if d > retryMax {
				t.Fatalf("a request waits %v", d)
			}
			now = now.Add(d)
		}
		t.Fatal("a request never goes out")
	})
}
