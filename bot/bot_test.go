package bot

import (
	"bytes"
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

var update = flag.Bool("update", false, "write the golden files")

// golden compares got with testdata/name.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (go test -update writes it)", err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs:\n%s", name, got)
	}
}

func indented(t *testing.T, v any) []byte {
	t.Helper()
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// sayings is a catalogue that says a key's name and its arguments.
type sayings struct{}

func (sayings) Say(_, key string, args map[string]any) string {
	if strings.HasPrefix(key, "absent.") {
		return "?" + key
	}
	if ref, ok := args["Ref"]; ok {
		return fmt.Sprintf("<%s %v>", key, ref)
	}
	return "<" + key + ">"
}

// sent is one request as Discord would get it.
type sent struct {
	method, path, auth, contentType string
	body                            string
}

// discord is a stand-in below HTTP: it answers each request by its script and
// keeps what it got. It needs no socket, so it works on a synthetic clock.
type discord struct {
	answer func(n int, r *http.Request) *http.Response // nil answers 204

	mu  sync.Mutex
	got []sent
}

func (d *discord) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		body, _ = io.ReadAll(r.Body)
	}
	d.mu.Lock()
	d.got = append(d.got, sent{r.Method, r.URL.RequestURI(), r.Header.Get("Authorization"), r.Header.Get("Content-Type"), string(body)})
	n := len(d.got)
	d.mu.Unlock()
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	if d.answer != nil {
		if resp := d.answer(n, r); resp != nil {
			return resp, nil
		}
	}
	return respond(204, nil, ""), nil
}

// requests returns what came, as "METHOD path".
func (d *discord) requests() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	var out []string
	for _, s := range d.got {
		out = append(out, s.method+" "+s.path)
	}
	return out
}

func (d *discord) all() []sent {
	d.mu.Lock()
	defer d.mu.Unlock()
	return append([]sent{}, d.got...)
}

func respond(status int, header map[string]string, body string) *http.Response {
	h := http.Header{}
	for k, v := range header {
		h.Set(k, v)
	}
	return &http.Response{StatusCode: status, Header: h, Body: io.NopCloser(strings.NewReader(body))}
}

func silent() *slog.Logger { return slog.New(slog.DiscardHandler) }

// overStub returns a client and transport that reach d.
func overStub(t testing.TB, d http.RoundTripper, log *slog.Logger) (*client, *transport) {
	t.Helper()
	tr, err := newTransport(d, "http://discord.test/api/v10", "s3cret", time.Now, log)
	if err != nil {
		t.Fatal(err)
	}
	return newClient(tr), tr
}

// syncBuffer is a log that several goroutines write.
type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

// settings is a Memory without a database.
type settings map[string]string

func (s settings) Setting(_ context.Context, name string) (string, error) { return s[name], nil }
func (s settings) SetSetting(_ context.Context, name, value string) error {
	s[name] = value
	return nil
}
