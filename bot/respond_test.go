package bot

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// TestAnEditThatHangsEnds: an edit ends when its server never answers.
func TestAnEditThatHangsEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := newTestRouter(t, slowly(Reply{Parts: []Part{Text("hello")}}, nil))
		tr.discord.answer = func(_ int, r *http.Request) *http.Response {
			if r.Method == "PATCH" {
				return respond(429, map[string]string{"Retry-After": "3600", "X-RateLimit-Bucket": "b"}, "{}")
			}
			return nil
		}
		begin := time.Now()
		tr.do(t.Context(), command("private"))
		if got := time.Since(begin); got > 2*time.Minute {
			t.Errorf("one interaction was held for %v", got)
		}
	})
}

// TestARefusedAnswerBecomesWords: words come in place of a body that Discord
// refuses.
func TestARefusedAnswerBecomesWords(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := newTestRouter(t, reply("hello"))
		tr.discord.answer = func(n int, _ *http.Request) *http.Response {
			if n == 1 {
				return respond(400, nil, `{"code":50035,"message":"Invalid Form Body"}`)
			}
			return nil
		}
		tr.do(t.Context(), command("private"))
		compareRequests(t, tr.discord.all(), []string{callbackPath + ` {"type":4`, callbackPath + ` <bot.broke rs>`})
	})
}

// TestAFailedDeferralIsNone: the answer does not rely on a deferral that failed.
func TestAFailedDeferralIsNone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := newTestRouter(t, func(ctx context.Context, _ *Request) (Reply, error) {
			sleep(ctx, 1600*time.Millisecond)
			return Reply{Parts: []Part{Text("hello")}}, nil
		})
		tr.discord.answer = func(n int, _ *http.Request) *http.Response {
			if n == 1 {
				return respond(503, nil, ``)
			}
			return nil
		}
		tr.do(t.Context(), command("private"))
		compareRequests(t, tr.discord.all(), []string{callbackPath + ` {"type":5`, callbackPath + ` {"type":4,"data":{"flags":32832`})
	})
}

// TestADeferralCountsTheWaitForAPlace: its time begins when the interaction
// arrives.
func TestADeferralCountsTheWaitForAPlace(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		first := true
		var mu sync.Mutex
		var deferred []time.Duration
		begin := time.Now()
		tr := newTestRouter(t, func(ctx context.Context, r *Request) (Reply, error) {
			mu.Lock()
			f := first
			mu.Unlock()
			if f {
				sleep(ctx, 900*time.Millisecond)
			} else {
				sleep(ctx, 4*time.Second)
			}
			return Reply{Parts: []Part{Text("x")}}, nil
		})
		tr.discord.answer = func(_ int, r *http.Request) *http.Response {
			mu.Lock()
			defer mu.Unlock()
			if strings.Contains(r.URL.Path, "callback") {
				deferred = append(deferred, time.Since(begin))
			}
			return nil
		}
		for n := range handlersAtOnce {
			tr.start(t.Context(), tr.rest, json.RawMessage(numbered(command("private"), n)), false)
		}
		synctest.Wait()
		mu.Lock()
		first = false
		mu.Unlock()
		tr.start(t.Context(), tr.rest, json.RawMessage(command("private")), false)
		tr.wg.Wait()
		last := deferred[len(deferred)-1]
		if last > 1600*time.Millisecond {
			t.Errorf("the deferral went out %v after the interaction came", last)
		}
	})
}

// TestWordsInPlaceOfAFormArePrivate: only the user who asked for the form sees
// them.
func TestWordsInPlaceOfAFormArePrivate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := newTestRouter(t, reply("hello"))
		tr.do(t.Context(), command("form"))
		compareRequests(t, tr.discord.all(), []string{callbackPath + ` {"type":4,"data":{"flags":32832`})
	})
}

// TestOnesOwnFormFromACommand: only the user who opened a form may send it.
func TestOnesOwnFormFromACommand(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := newTestRouter(t, reply("hello"))
		tr.do(t.Context(), `{"id":"1000","application_id":"7","type":5,"token":"tok","user":{"id":"42"},"data":{"custom_id":"owned1:a/1"}}`)
		if tr.observed[0] != "owned1 answered" {
			t.Errorf("observed %v", tr.observed)
		}
	})
}

// TestWordsAfterAPlaceholderIsGone: the apology still comes.
func TestWordsAfterAPlaceholderIsGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := newTestRouter(t, slowly(Reply{}, errors.New("x")))
		tr.discord.answer = func(n int, r *http.Request) *http.Response {
			if r.Method == "DELETE" {
				return respond(404, nil, `{"code":10008}`)
			}
			return nil
		}
		tr.do(t.Context(), command("public"))
		if n := len(tr.discord.all()); n != 3 {
			t.Errorf("%d requests, want the words after the failed delete", n)
		}
	})
}

// TestARefusedSuggestionIsNoError: a missing permission gives an empty list.
func TestARefusedSuggestionIsNoError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := newTestRouter(t, nil)
		tr.do(t.Context(), strings.Replace(complete("x"), "private", "guarded", 1))
		if strings.Contains(tr.log.String(), "level=ERROR") {
			t.Errorf("log:\n%s", tr.log)
		}
	})
}

// TestALostAnswer: when the word that Discord took an answer is lost, the answer
// is sent once more, and that it is there already is no failure.
func TestALostAnswer(t *testing.T) {
	acknowledged := func() *http.Response { return respond(400, nil, `{"code":40060}`) }
	lost := func() *http.Response { return respond(502, nil, "") }
	for _, tc := range []struct {
		name    string
		answers []func() *http.Response // then all is well
		want    []string
		seen    string
		errors  int // lines of the log
	}{
		{"it had arrived", []func() *http.Response{lost, acknowledged}, []string{callbackPath + ` <hello>`, callbackPath + ` <hello>`}, "private answered", 0},
		{"it had not", []func() *http.Response{lost}, []string{callbackPath + ` <hello>`, callbackPath + ` <hello>`}, "private answered", 0},
		{"lost twice, and it had arrived", []func() *http.Response{lost, lost, acknowledged},
			[]string{callbackPath + ` <hello>`, callbackPath + ` <hello>`, callbackPath + ` <bot.broke rs>`}, "private failed", 1},
		{"answered by something else", []func() *http.Response{acknowledged, acknowledged},
			[]string{callbackPath + ` <hello>`, callbackPath + ` <bot.broke rs>`}, "private failed", 2},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tr := newTestRouter(t, reply("<hello>"))
				tr.discord.answer = func(n int, _ *http.Request) *http.Response {
					if n <= len(tc.answers) {
						return tc.answers[n-1]()
					}
					return nil
				}
				tr.do(t.Context(), command("private"))
				compareRequests(t, tr.discord.all(), tc.want)
				if len(tr.observed) != 1 || tr.observed[0] != tc.seen {
					t.Errorf("observed %q, want %q", tr.observed, tc.seen)
				}
				if n := strings.Count(tr.log.String(), "level=ERROR"); n != tc.errors {
					t.Errorf("the log has %d errors, want %d:\n%s", n, tc.errors, tr.log)
				}
			})
		})
	}
}
