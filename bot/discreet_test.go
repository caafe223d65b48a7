package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// allDiscreet returns a router of which everything is discreet.
func allDiscreet(t *testing.T, run func(context.Context, *Request) (Reply, error)) *testRouter {
	tr := newTestRouter(t, run)
	for name, c := range tr.commands {
		c.Discreet = true
		tr.commands[name] = c
	}
	for name, c := range tr.components {
		c.Discreet = true
		tr.components[name], tr.stems[stem(name)] = c, true
	}
	return tr
}

// TestDiscreetIsOnlyCounted makes each interaction of TestAnswers a discreet one:
// it is counted under one name, and leaves no line unless something broke. That
// one line tells neither what was pressed nor what the fault says.
func TestDiscreetIsOnlyCounted(t *testing.T) {
	for _, tc := range answerCases() {
		name, outcome := tc.seen[:strings.LastIndex(tc.seen, " ")], tc.seen[strings.LastIndex(tc.seen, " ")+1:]
		if name == unknownBinding {
			continue
		}
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tr := allDiscreet(t, tc.run)
				tr.do(t.Context(), tc.in)
				compareRequests(t, tr.discord.all(), tc.want)
				if got := strings.Join(tr.observed, ", "); got != "discreet "+outcome {
					t.Errorf("counted as %q, want discreet %s", got, outcome)
				}
				tr.leaves(t, outcome == "failed", name)
			})
		})
	}
}

// leaves checks that nothing is in the log, or one line of what broke, and none
// of the words that would tell of what.
func (tr *testRouter) leaves(t *testing.T, broke bool, words ...string) {
	t.Helper()
	text := strings.TrimSuffix(tr.log.String(), "\n")
	if !broke {
		if text != "" {
			t.Errorf("the log says\n%s", text)
		}
		return
	}
	for _, line := range strings.Split(text, "\n") {
		if !strings.Contains(line, "level=ERROR") || !strings.Contains(line, "binding=discreet") {
			t.Errorf("the log says\n%s", line)
		}
	}
	for _, word := range append(words, "neck", "secret fault", "/router_test.go", "reply is over") {
		if strings.Contains(strings.ReplaceAll(text, "discreet", ""), word) {
			t.Errorf("the log says %q:\n%s", word, text)
		}
	}
}

// TestDiscreetFaults has Discord and the network be at fault while something
// discreet is answered.
func TestDiscreetFaults(t *testing.T) {
	withFile := func(context.Context, *Request) (Reply, error) {
		return Reply{Parts: []Part{Text("hello"), Gallery{{"a.png", "alt"}}}, Files: []File{{Name: "a.png", Data: []byte("x")}}}, nil
	}
	for _, tc := range []struct {
		name    string
		answers []func() *http.Response // one a request, the last for all others
		broke   bool
	}{
		{"a refused answer", []func() *http.Response{func() *http.Response { return respond(400, nil, `{"code":50035,"message":"neck"}`) }}, true},
		{"a limit", []func() *http.Response{
			func() *http.Response {
				return respond(429, map[string]string{"Retry-After": "1"}, `{"retry_after":0.1}`)
			}, func() *http.Response { return respond(200, nil, `{}`) }}, false},
		{"a picture refused", []func() *http.Response{func() *http.Response { return respond(204, nil, "") },
			func() *http.Response { return respond(400, nil, `{"code":50035}`) }, func() *http.Response { return respond(200, nil, `{}`) }}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				tr := allDiscreet(t, withFile)
				tr.discord.answer = func(n int, _ *http.Request) *http.Response { return tc.answers[min(n, len(tc.answers))-1]() }
				tr.do(t.Context(), button("page2:a/1", "42", "42"))
				tr.leaves(t, tc.broke)
				if len(tr.observed) != 1 {
					t.Errorf("counted as %q", tr.observed)
				}
			})
		})
	}
}

// TestDiscreetReplays has Discord send interactions again, to a router that
// handled them and to one that came too late.
func TestDiscreetReplays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tr := allDiscreet(t, nil)
		tr.age = func(string) time.Duration { return 0 }
		for _, replayed := range []bool{false, true, true} {
			tr.start(t.Context(), tr.rest, json.RawMessage(command("private")), replayed)
			tr.wg.Wait()
		}
		tr.age = func(string) time.Duration { return time.Minute }
		tr.start(t.Context(), tr.rest, json.RawMessage(numbered(command("private"), 1)), true)
		tr.wg.Wait()
		tr.leaves(t, false)
	})
}

// TestKindsOfErrors holds that nothing but types and codes is said.
func TestKindsOfErrors(t *testing.T) {
	plain := errors.New("neck")
	for want, err := range map[string]error{
		"*errors.errorString":                     fmt.Errorf("draw neck: %w", plain),
		"*errors.errorString *errors.errorString": fmt.Errorf("neck: %w", errors.Join(plain, plain)),
		"bot.coded 13":                            fmt.Errorf("neck: %w", coded(13)),
		"POST /a: HTTP 400 (code 50035)":          fmt.Errorf("neck: %w", &APIError{Route: "POST /a", Status: 400, Code: 50035, Message: "neck", Faults: []string{"neck: X"}}),
		"context.deadlineExceededError":           fmt.Errorf("neck: %w", context.DeadlineExceeded),
	} {
		if got := (binding{discreet: true}).cause(err); got.Error() != want || !errors.Is(got, err) {
			t.Errorf("%v: %q, want %q", err, got, want)
		}
		if got := (binding{}).cause(err); got != err {
			t.Errorf("not discreet: %v, want %v", got, err)
		}
	}
}

// A coded is an error with a code.
type coded int

func (coded) Error() string { return "neck" }

// Code returns the code.
func (c coded) Code() int { return int(c) }
