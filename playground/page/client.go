package page

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A client calls the control API in process, as any script does over HTTP:
// through the server's own handler, JSON in and out.
type client struct {
	h    http.Handler
	host string // what the visitor calls the playground; addresses come back with it
}

// A failure is why something was not done, in words for the visitor.
type failure struct{ text string }

func (f *failure) Error() string { return f.text }

func (c client) get(ctx context.Context, path string, query url.Values, out any) error {
	return c.call(ctx, http.MethodGet, path+"?"+query.Encode(), nil, out)
}

func (c client) post(ctx context.Context, path string, body, out any) error {
	return c.call(ctx, http.MethodPost, path, body, out)
}

func (c client) call(ctx context.Context, method, path string, body, out any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("write the call %s: %w", path, err)
	}
	req, err := http.NewRequestWithContext(ctx, method, "http://"+c.host+"/"+path, bytes.NewReader(raw))
	if err != nil {
		return fmt.Errorf("make the call %s: %w", path, err)
	}
	req.Header.Set("Content-Type", "application/json")
	rec := &recorder{status: http.StatusOK, header: http.Header{}}
	c.h.ServeHTTP(rec, req)
	if rec.status != http.StatusOK {
		return rec.fault()
	}
	if err := json.Unmarshal(rec.body.Bytes(), out); err != nil {
		return fmt.Errorf("read the answer of %s: %w", path, err)
	}
	return nil
}

// A recorder keeps what a handler answers.
type recorder struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) Write(b []byte) (int, error) { return r.body.Write(b) }
func (r *recorder) WriteHeader(status int)      { r.status = status }

// fault reads a refusal of the control API.
func (r *recorder) fault() error {
	var body struct {
		Error struct {
			Text string `json:"text"`
		} `json:"error"`
	}
	if json.Unmarshal(r.body.Bytes(), &body) != nil || body.Error.Text == "" {
		return &failure{"The playground answered " + http.StatusText(r.status) + "."}
	}
	return &failure{sentence(body.Error.Text)}
}

// Refuse answers a visitor's request in words, of which it makes a sentence.
func Refuse(w http.ResponseWriter, status int, words string) {
	http.Error(w, sentence(words), status)
}

// sentence gives words their capital and their full stop.
func sentence(words string) string {
	first, size := utf8.DecodeRuneInString(words)
	words = string(unicode.ToUpper(first)) + words[size:]
	if !strings.HasSuffix(words, ".") {
		words += "."
	}
	return words
}
