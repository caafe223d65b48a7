package page

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// A Pulse tells the page when to look again. It holds nothing of the world,
// which comes by the control API.
type Pulse struct {
	Mark   string          // differs once GET /state may say something new, or the clock has jumped
	Change <-chan struct{} // closed at the next change of anything
	Over   <-chan struct{} // closed when the playground stops
}

// A glance shows whether the page of a channel is out of date.
type glance struct {
	clock struct {
		Now  time.Time  `json:"now"`
		Next *time.Time `json:"next"`
	}
	messages []json.RawMessage
	version  string
}

// shownMessages is how many of a channel's newest messages the page shows.
const shownMessages = 50

// glance reads the clock and the messages of the channel that ask names.
func (p *Page) glance(ctx context.Context, c client, ask url.Values, mark string) (glance, error) {
	var g glance
	if err := c.get(ctx, "clock", nil, &g.clock); err != nil {
		return g, err
	}
	ask.Set("limit", strconv.Itoa(shownMessages))
	if err := c.get(ctx, "messages", ask, &g.messages); err != nil {
		return g, err
	}
	rest, err := json.Marshal([]any{mark, g.clock.Next})
	if err != nil {
		return g, fmt.Errorf("mark a version: %w", err)
	}
	g.version = version(append([]json.RawMessage{rest}, g.messages...)...)
	return g, nil
}

// version returns a short mark of some JSON that changes when it does.
func version(raw ...json.RawMessage) string {
	h := fnv.New64a()
	for _, one := range raw {
		_, _ = h.Write(one) // a hash takes everything
	}
	return strconv.FormatUint(h.Sum64(), 36)
}

// gather is how long a change waits for others to come with it.
const gather = 60 * time.Millisecond

// events streams what changes on the page, as server-sent events. Each holds the
// page's live parts as HTML. The stream ends when the reader or the playground goes.
func (p *Page) events(w http.ResponseWriter, r *http.Request) {
	setHeaders(w)
	w.Header().Set("Content-Type", "text/event-stream")
	q, c := r.URL.Query(), client{p.api, r.Host}
	have := q.Get("version")
	if last := r.Header.Get("Last-Event-ID"); last != "" {
		have = last
	}
	out := http.NewResponseController(w)
	_, _ = io.WriteString(w, ": the page's live parts\n\n") // flushed below, where it may fail
	for {
		beat := p.pulse()
		ask := url.Values{"as": {q.Get("as")}, "channel": {q.Get("channel")}}
		now, err := p.glance(r.Context(), c, ask, beat.Mark)
		if err != nil || now.version != have { // where a place is gone, another is shown
			if have, err = p.sendLive(r.Context(), w, c, q); err != nil {
				return
			}
		}
		if out.Flush() != nil || !beat.next(r.Context(), gather) {
			return
		}
	}
}

// next waits for the change after a beat, and a little longer. It returns false when
// nobody listens any more.
func (b Pulse) next(ctx context.Context, longer time.Duration) bool {
	select {
	case <-b.Change:
	case <-ctx.Done():
		return false
	case <-b.Over:
		return false
	}
	t := time.NewTimer(longer)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
		return false
	case <-b.Over:
		return false
	}
	return true
}

// sendLive writes one event and returns the version that it brings.
func (p *Page) sendLive(ctx context.Context, w io.Writer, c client, q url.Values) (string, error) {
	view, err := p.view(ctx, c, q)
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	if err := p.tmpl.ExecuteTemplate(&b, "live", view); err != nil {
		return "", fmt.Errorf("draw the live parts: %w", err)
	}
	lines := strings.ReplaceAll(strings.TrimSpace(b.String()), "\n", "\ndata: ")
	if _, err := fmt.Fprintf(w, "id: %s\ndata: %s\n\n", view.Version, lines); err != nil {
		return "", fmt.Errorf("write an event: %w", err)
	}
	return view.Version, nil
}
