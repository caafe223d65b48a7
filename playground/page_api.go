package playground

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

// pageClient calls the control API in process, as any script does over HTTP:
// through the server's own handler, JSON in and out.
type pageClient struct {
	h    http.Handler
	host string // what the visitor calls the playground; addresses come back with it
}

// pageFault is a refusal, in words for the visitor.
type pageFault struct{ text string }

func (f *pageFault) Error() string { return f.text }

func (c pageClient) get(ctx context.Context, path string, query url.Values, out any) error {
	return c.call(ctx, http.MethodGet, path+"?"+query.Encode(), nil, out)
}

func (c pageClient) post(ctx context.Context, path string, body, out any) error {
	return c.call(ctx, http.MethodPost, path, body, out)
}

func (c pageClient) call(ctx context.Context, method, path string, body, out any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return fmt.Errorf("write the call %s: %w", path, err)
	}
	req, err := http.NewRequestWithContext(ctx, method, "http://"+c.host+"/"+path, bytes.NewReader(raw))
	if err != nil {
		return fmt.Errorf("make the call %s: %w", path, err)
	}
	req.Header.Set("Content-Type", "application/json")
	rec := &pageRecorder{status: http.StatusOK, header: http.Header{}}
	c.h.ServeHTTP(rec, req)
	if rec.status != http.StatusOK {
		return rec.fault()
	}
	if err := json.Unmarshal(rec.body.Bytes(), out); err != nil {
		return fmt.Errorf("read the answer of %s: %w", path, err)
	}
	return nil
}

// pageRecorder keeps what a handler answers.
type pageRecorder struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func (r *pageRecorder) Header() http.Header         { return r.header }
func (r *pageRecorder) Write(b []byte) (int, error) { return r.body.Write(b) }
func (r *pageRecorder) WriteHeader(status int)      { r.status = status }

// fault reads a refusal of the control API.
func (r *pageRecorder) fault() error {
	var body struct {
		Error struct {
			Text string `json:"text"`
		} `json:"error"`
	}
	if json.Unmarshal(r.body.Bytes(), &body) != nil || body.Error.Text == "" {
		return &pageFault{"The playground answered " + http.StatusText(r.status) + "."}
	}
	return &pageFault{sentence(body.Error.Text)}
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
