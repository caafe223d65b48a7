package main

import (
	"bytes"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
)

// TestAliveCommand asks at addresses where a bot is well, hangs, is none, and where
// nothing answers.
func TestAliveCommand(t *testing.T) {
	t.Parallel()
	answers := func(status int, text string) string {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/health/live" {
				http.NotFound(w, r)
				return
			}
			w.WriteHeader(status)
			io.WriteString(w, text)
		}))
		t.Cleanup(s.Close)
		return strings.TrimPrefix(s.URL, "http://")
	}
	config := writeConfig(t, t.TempDir(), "http://127.0.0.1:1", "x")
	for addr, want := range map[string]string{
		answers(http.StatusOK, aliveText):                           "alive\n",
		answers(http.StatusServiceUnavailable, "a part hangs\n"):    "unpinch: no bot that is well answers at ",
		answers(http.StatusOK, "<h1>Another program's page</h1>\n"): "unpinch: no bot that is well answers at ",
		"127.0.0.1:1": "unpinch: no bot that is well answers at 127.0.0.1:1\n",
		"":            "unpinch: [http] addr: must be set",
	} {
		var out bytes.Buffer
		p := program{out: &out, errOut: &out, now: time.Now, environ: []string{"UNPINCH_HTTP_ADDR=" + addr}}
		code := p.main(t.Context(), []string{"alive", "--config", config})
		if well := want == aliveText; !strings.HasPrefix(out.String(), want) || (code == 0) != well {
			t.Errorf("at %q: code %d, %q, want %q", addr, code, out.String(), want)
		}
	}
}

// TestPortInUse wants the sentence for a port that is taken, which each system
// has its own error for.
func TestPortInUse(t *testing.T) {
	t.Parallel()
	l, err := listen("127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := newHealth(time.Now).serve(l.Addr().String(), slog.New(slog.DiscardHandler)); err == nil || !strings.Contains(err.Error(), "is in use by another program") {
		t.Errorf("a second listener was told: %v", err)
	}
}
