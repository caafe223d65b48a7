// Package rig stands a playground up for tests: on a port, with a real clock
// that stands still, and with bots on raw WebSockets. It knows the playground by
// its protocols only.
package rig

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"unpinch/playground/wire"
)

// A Server is the playground under test.
type Server interface {
	http.Handler
	Close() error
}

// A Rig is a playground on a port. Its real clock stands still until a test
// moves it. Its methods fail the test.
type Rig struct {
	T   *testing.T // a subtest may put its own here
	URL string     // without a path

	bots sync.WaitGroup // the read loops

	mu  sync.Mutex
	now time.Time
}

// New puts the playground that open makes on a port until the test is over.
func New(t *testing.T, open func(now func() time.Time) (Server, error)) *Rig {
	t.Helper()
	l := &Rig{T: t, now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	s, err := open(l.Now)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(s)
	l.URL = srv.URL
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		l.bots.Wait()
		srv.Close()
	})
	return l
}

// Go runs what ends when the playground does. The test waits for it.
func (l *Rig) Go(f func()) { l.bots.Go(f) }

// Now returns the real time of the playground.
func (l *Rig) Now() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.now
}

// Pass moves the real time on.
func (l *Rig) Pass(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.now = l.now.Add(d)
}

// Call makes a request and returns the status, the decoded body and the headers.
// A body that is not JSON comes as a string.
func (l *Rig) Call(method, path string, body any) (int, any, http.Header) {
	l.T.Helper()
	var content io.Reader
	kind := "application/json"
	switch b := body.(type) {
	case nil:
	case string:
		content = strings.NewReader(b)
	case Form:
		content, kind = b.encode(l.T)
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			l.T.Fatal(err)
		}
		content = bytes.NewReader(raw)
	}
	// A bot may still be reading its answer when the test is over.
	req, err := http.NewRequestWithContext(context.Background(), method, l.URL+path, content)
	if err != nil {
		l.T.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	if strings.HasPrefix(path, "/api/") {
		req.Header.Set("Authorization", "Bot playground")
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		l.T.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		l.T.Fatal(err)
	}
	v, err := wire.Decode(raw)
	if err != nil {
		v = string(raw)
	}
	return res.StatusCode, v, res.Header
}

// Do makes a request that succeeds with an wire.Object.
func (l *Rig) Do(method, path string, body any) wire.Object {
	l.T.Helper()
	status, v, _ := l.Call(method, path, body)
	if status >= 300 {
		l.T.Fatalf("%s %s: %d %v", method, path, status, v)
	}
	o, _ := v.(wire.Object)
	return o
}

// Refused makes a request that Discord must refuse, and returns the body.
func (l *Rig) Refused(method, path string, body any, status, code int64) wire.Object {
	l.T.Helper()
	got, v, _ := l.Call(method, path, body)
	o, _ := v.(wire.Object)
	if n, _ := wire.Number(o, "code"); int64(got) != status || n != code {
		l.T.Fatalf("%s %s: got %d %v, want status %d, code %d", method, path, got, v, status, code)
	}
	return o
}

// Problem makes a call of the control API that must fail.
func (l *Rig) Problem(method, path string, body any, status int, code string) {
	l.T.Helper()
	got, v, _ := l.Call(method, path, body)
	o, _ := v.(wire.Object)
	if got != status || wire.Text(wire.Child(o, "error"), "code") != code {
		l.T.Fatalf("%s %s: got %d %v, want status %d, code %q", method, path, got, v, status, code)
	}
}

// Channel returns the id of a channel by its name.
func (l *Rig) Channel(name string) string { return l.named("channels", name) }

// User returns the id of a person by their name.
func (l *Rig) User(name string) string { return l.named("users", name) }

// Guild returns the id of a server by its name.
func (l *Rig) Guild(name string) string { return l.named("guilds", name) }

// named returns the id of something that GET state lists.
func (l *Rig) named(kind, name string) string {
	l.T.Helper()
	for _, o := range wire.Objects(wire.List(l.Do("GET", "/state", nil), kind)) {
		if wire.Text(o, "name") == name {
			return wire.Text(o, "id")
		}
	}
	l.T.Fatalf("there is none of %s called %q", kind, name)
	return ""
}

// App returns the id of the bot and its application.
func (l *Rig) App() string {
	l.T.Helper()
	bots := wire.Objects(wire.List(l.Do("GET", "/state", nil), "bots"))
	return wire.Text(wire.Child(bots[0], "application"), "id")
}

// Fetch returns what stands at an address of the playground, or "" if there is
// nothing.
func (l *Rig) Fetch(url string) string {
	l.T.Helper()
	status, v, _ := l.Call("GET", url[len(l.URL):], nil)
	if status != http.StatusOK {
		return ""
	}
	return fmt.Sprint(v)
}

// Posts returns the path of a channel's messages.
func (l *Rig) Posts(channel string) string {
	return "/api/v10/channels/" + l.Channel(channel) + "/messages"
}

// Register replaces the global commands.
func (l *Rig) Register(commands string) {
	l.T.Helper()
	if status, v, _ := l.Call("PUT", "/api/v10/applications/"+l.App()+"/commands", commands); status != 200 {
		l.T.Fatalf("register: %d %v", status, v)
	}
}

// A Form is a multipart body.
type Form struct {
	Payload  string            // payload_json
	Files    []string          // names
	Contents map[string]string // by name; a file without any holds its name
}

func (f Form) encode(t *testing.T) (io.Reader, string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if err := w.WriteField("payload_json", f.Payload); err != nil {
		t.Fatal(err)
	}
	for i, name := range f.Files {
		part, err := w.CreateFormFile("files["+strconv.Itoa(i)+"]", name)
		if err != nil {
			t.Fatal(err)
		}
		content, ok := f.Contents[name]
		if !ok {
			content = name
		}
		if _, err := io.WriteString(part, content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return &b, w.FormDataContentType()
}
