package playground

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// A refusalLab is a playground and what a row needs to know of it.
type refusalLab struct {
	t    *testing.T
	url  string
	vars map[string]string // ids and tokens by name
	ws   *websocket.Conn   // of the bot, once it is logged in

	mu     sync.Mutex
	frozen time.Time // the real clock, once it stands still
}

func newRefusalLab(t *testing.T) *refusalLab {
	t.Helper()
	l := &refusalLab{t: t, vars: map[string]string{}}
	s, err := New(Options{Now: l.now})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(s)
	l.url = web.URL
	t.Cleanup(func() {
		if l.ws != nil {
			l.ws.Close()
		}
		s.Close()
		web.Close()
	})
	l.know()
	return l
}

// now is the real clock as the playground sees it.
func (l *refusalLab) now() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.frozen.IsZero() {
		return time.Now()
	}
	return l.frozen
}

// freeze stops the clock, or moves it on when it stands, so that rate limits
// don't hang on how fast the test runs.
func (l *refusalLab) freeze(step time.Duration) {
	now := l.now()
	l.mu.Lock()
	defer l.mu.Unlock()
	l.frozen = now.Add(step)
}

// know learns the ids of the world.
func (l *refusalLab) know() {
	l.t.Helper()
	state := l.control(l.t.Context(), "GET", "state", "")
	for _, kind := range []string{"guilds", "channels", "roles", "users"} {
		list, _ := state[kind].([]any)
		for _, item := range list {
			thing, _ := item.(map[string]any)
			if name := fmt.Sprint(thing["name"]); name != "@everyone" { // its id is the guild's
				l.vars[name] = fmt.Sprint(thing["id"])
			}
		}
	}
	bots, _ := state["bots"].([]any)
	bot, _ := bots[0].(map[string]any)
	application, _ := bot["application"].(map[string]any)
	l.vars["app"] = fmt.Sprint(application["id"])
}

var (
	letterRuns = regexp.MustCompile(`a×(\d+)`)
	copyRuns   = regexp.MustCompile(`«(.*?)»×(\d+)`)
	labNames   = regexp.MustCompile(`\$[a-z][a-z0-9-]*`)
)

// expand puts ids, letters and copies into a path or body.
func (l *refusalLab) expand(text string) string {
	l.t.Helper()
	text = copyRuns.ReplaceAllStringFunc(text, func(s string) string {
		m := copyRuns.FindStringSubmatch(s)
		n, _ := strconv.Atoi(m[2])
		return copies(n, m[1])
	})
	text = letterRuns.ReplaceAllStringFunc(text, func(s string) string {
		n, _ := strconv.Atoi(strings.TrimPrefix(s, "a×"))
		return letters(n)
	})
	return labNames.ReplaceAllStringFunc(text, func(s string) string {
		v, ok := l.vars[s[1:]]
		if !ok {
			l.t.Fatalf("%s stands for nothing in %s", s, text)
		}
		return v
	})
}

// named puts the names of ids back, so that the golden file stays the same.
func (l *refusalLab) named(text string) string {
	for _, name := range slices.Sorted(maps.Keys(l.vars)) {
		text = strings.ReplaceAll(text, l.vars[name], "$"+name)
	}
	return text
}

// send makes a row's request.
func (l *refusalLab) send(row refusalRow) (int, map[string]any) {
	l.t.Helper()
	body, kind := io.Reader(nil), ""
	if row.body != "" {
		body, kind = strings.NewReader(l.expand(row.body)), "application/json"
	}
	if len(row.files) > 0 {
		body, kind = l.multipart(l.expand(row.body), row.files)
	}
	req, err := http.NewRequestWithContext(l.t.Context(), row.method, l.url+"/api/v10"+l.expand(row.path), body)
	if err != nil {
		l.t.Fatal(err)
	}
	if kind != "" {
		req.Header.Set("Content-Type", kind)
	}
	switch row.token {
	case "":
		req.Header.Set("Authorization", "Bot playground")
	case "none":
	default:
		req.Header.Set("Authorization", row.token)
	}
	return l.do(req)
}

// multipart writes payload and files as Discord takes them.
func (l *refusalLab) multipart(payload string, files []string) (io.Reader, string) {
	l.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if err := w.WriteField("payload_json", payload); err != nil {
		l.t.Fatal(err)
	}
	for i, name := range files {
		part, err := w.CreateFormFile(fmt.Sprintf("files[%d]", i), name)
		if err != nil {
			l.t.Fatal(err)
		}
		if _, err := part.Write([]byte("a file")); err != nil {
			l.t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		l.t.Fatal(err)
	}
	return &b, w.FormDataContentType()
}

// do sends a request and reads the answer, which is an object or nothing.
func (l *refusalLab) do(req *http.Request) (int, map[string]any) {
	l.t.Helper()
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		l.t.Fatal(err)
	}
	defer res.Body.Close()
	d := json.NewDecoder(res.Body)
	d.UseNumber()
	var v any
	if err := d.Decode(&v); err != nil && err != io.EOF {
		l.t.Fatalf("%s %s: %v", req.Method, req.URL.Path, err)
	}
	answer, _ := v.(map[string]any)
	return res.StatusCode, answer
}

// must makes a request of the bot that has to succeed.
func (l *refusalLab) must(method, path, body string) map[string]any {
	l.t.Helper()
	status, answer := l.send(refusalRow{method: method, path: path, body: body})
	if status >= 300 {
		l.t.Fatalf("%s %s: %d %v", method, path, status, answer)
	}
	return answer
}

// control calls the control API; the call has to succeed.
func (l *refusalLab) control(ctx context.Context, method, path, body string) map[string]any {
	l.t.Helper()
	req, err := http.NewRequestWithContext(ctx, method, l.url+"/"+path, strings.NewReader(l.expand(body)))
	if err != nil {
		l.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	status, answer := l.do(req)
	if status != http.StatusOK {
		l.t.Fatalf("%s %s: %d %v", method, path, status, answer)
	}
	return answer
}

// login connects the bot to the gateway, so that interactions reach it.
func (l *refusalLab) login() {
	l.t.Helper()
	ws, _, err := websocket.DefaultDialer.DialContext(l.t.Context(), "ws"+strings.TrimPrefix(l.url, "http")+"/gateway?v=10&encoding=json", nil)
	if err != nil {
		l.t.Fatal(err)
	}
	l.ws = ws
	identify := `{"op":2,"d":{"token":"playground","intents":0,"properties":{"os":"linux","browser":"test","device":"test"}}}`
	if err := ws.WriteMessage(websocket.TextMessage, []byte(identify)); err != nil {
		l.t.Fatal(err)
	}
	l.event("READY")
}

// event waits for an event of the gateway.
func (l *refusalLab) event(name string) map[string]any {
	l.t.Helper()
	for {
		if err := l.ws.SetReadDeadline(time.Now().Add(5 * time.Second)); err != nil {
			l.t.Fatal(err)
		}
		var e struct {
			T string         `json:"t"`
			D map[string]any `json:"d"`
		}
		if err := l.ws.ReadJSON(&e); err != nil {
			l.t.Fatalf("wait for %s: %v", name, err)
		}
		if e.T == name {
			return e.D
		}
	}
}

// interaction makes a user do something that is now waiting for its answer;
// its id and token become $interaction and $token. The call is let go when the
// row ends.
func (l *refusalLab) interaction(path, body string) map[string]any {
	l.t.Helper()
	if l.ws == nil {
		l.login()
	}
	req, err := http.NewRequestWithContext(l.t.Context(), "POST", l.url+"/"+path, strings.NewReader(l.expand(body)))
	if err != nil {
		l.t.Fatal(err)
	}
	req.Header.Set("Content-Type", "application/json")
	go func() {
		if res, err := http.DefaultClient.Do(req); err == nil {
			res.Body.Close()
		}
	}()
	e := l.event("INTERACTION_CREATE")
	l.vars["interaction"], l.vars["token"] = fmt.Sprint(e["id"]), fmt.Sprint(e["token"])
	return e
}

// leap moves virtual time on.
func (l *refusalLab) leap(d time.Duration) {
	l.t.Helper()
	state := l.control(l.t.Context(), "GET", "clock", "")
	now, err := time.Parse(time.RFC3339Nano, fmt.Sprint(state["now"]))
	if err != nil {
		l.t.Fatal(err)
	}
	l.control(l.t.Context(), "POST", "clock", `{"now":"`+now.Add(d).Format(time.RFC3339Nano)+`"}`)
}
