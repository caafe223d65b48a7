package playground

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// A lab is a playground on a port, its real clock standing still until a test
// moves it.
type lab struct {
	t   *testing.T
	s   *Server
	url string

	bots sync.WaitGroup // the read loops

	mu  sync.Mutex
	now time.Time
}

func newLab(t *testing.T, change ...func(*Options)) *lab {
	t.Helper()
	l := &lab{t: t, now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)}
	o := Options{Now: l.clock, IdentifyEvery: -1}
	for _, f := range change {
		f(&o)
	}
	s, err := New(o)
	if err != nil {
		t.Fatal(err)
	}
	l.s = s
	srv := httptest.NewServer(s)
	l.url = srv.URL
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
		l.bots.Wait()
		srv.Close()
	})
	return l
}

func (l *lab) clock() time.Time {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.now
}

func (l *lab) pass(d time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.now = l.now.Add(d)
}

// call makes a request and decodes the answer.
func (l *lab) call(method, path string, body any) (int, any, http.Header) {
	l.t.Helper()
	var content io.Reader
	kind := "application/json"
	switch b := body.(type) {
	case nil:
	case string:
		content = strings.NewReader(b)
	case multi:
		content, kind = b.encode(l.t)
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			l.t.Fatal(err)
		}
		content = bytes.NewReader(raw)
	}
	// A bot may still be reading its answer when the test is over.
	req, err := http.NewRequestWithContext(context.Background(), method, l.url+path, content)
	if err != nil {
		l.t.Fatal(err)
	}
	req.Header.Set("Content-Type", kind)
	if strings.HasPrefix(path, "/api/") {
		req.Header.Set("Authorization", "Bot playground")
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		l.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		l.t.Fatal(err)
	}
	v, err := decodeJSON(raw)
	if err != nil {
		v = string(raw)
	}
	return res.StatusCode, v, res.Header
}

// do makes a request that succeeds with an object.
func (l *lab) do(method, path string, body any) object {
	l.t.Helper()
	status, v, _ := l.call(method, path, body)
	if status >= 300 {
		l.t.Fatalf("%s %s: %d %v", method, path, status, v)
	}
	o, _ := v.(object)
	return o
}

// refused makes a request that must fail.
func (l *lab) refused(method, path string, body any, status, code int64) object {
	l.t.Helper()
	got, v, _ := l.call(method, path, body)
	o, _ := v.(object)
	if n, _ := number(o, "code"); int64(got) != status || n != code {
		l.t.Fatalf("%s %s: got %d %v, want status %d, code %d", method, path, got, v, status, code)
	}
	return o
}

// problem makes a control call that must fail.
func (l *lab) problem(method, path string, body any, status int, code string) {
	l.t.Helper()
	got, v, _ := l.call(method, path, body)
	o, _ := v.(object)
	if got != status || text(child(o, "error"), "code") != code {
		l.t.Fatalf("%s %s: got %d %v, want status %d, code %q", method, path, got, v, status, code)
	}
}

// channel is the id of a channel by name.
func (l *lab) channel(name string) string {
	l.t.Helper()
	l.s.mu.Lock()
	defer l.s.mu.Unlock()
	c := l.s.world.findChannel(name, l.s.world.findUser("mia"))
	if c == nil {
		l.t.Fatalf("no channel %q", name)
	}
	return c.id.String()
}

func (l *lab) user(name string) string { return l.s.world.findUser(name).id.String() }

func (l *lab) app() string { return l.s.world.bot.id.String() }

func (l *lab) posts(channel string) string {
	return "/api/v10/channels/" + l.channel(channel) + "/messages"
}

// register sets the global commands.
func (l *lab) register(commands string) {
	l.t.Helper()
	if status, v, _ := l.call("PUT", "/api/v10/applications/"+l.app()+"/commands", commands); status != 200 {
		l.t.Fatalf("register: %d %v", status, v)
	}
}

// A multi is a multipart body.
type multi struct {
	payload  string
	files    []string          // names
	contents map[string]string // by name; a file without one holds its name
}

func (f multi) encode(t *testing.T) (io.Reader, string) {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if err := w.WriteField("payload_json", f.payload); err != nil {
		t.Fatal(err)
	}
	for i, name := range f.files {
		part, err := w.CreateFormFile("files["+itoa(int64(i))+"]", name)
		if err != nil {
			t.Fatal(err)
		}
		content, ok := f.contents[name]
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

// golden compares a value with a file, which -update rewrites.
func golden(t *testing.T, name string, v any) {
	t.Helper()
	got, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	path := filepath.Join("testdata", name+".golden")
	if *update { // the flag of refusals_test.go
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs; run go test -update and look at the difference.\ngot:\n%s\nwant:\n%s", path, got, want)
	}
}
