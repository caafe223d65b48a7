package playground

import (
	"bytes"
	"encoding/json"
	"mime"
	"regexp"
	"strings"
	"time"
)

// keptRequests is how many of the bot's requests are kept for GET /requests.
const keptRequests = 10000

// keptBytes is how many bytes their bodies may take.
const keptBytes = 64 << 20

// maxLogged is the largest body kept with a request.
const maxLogged = 64 << 10

// A requestEntry is one line of GET /requests.
type requestEntry struct {
	N      int             `json:"n"`
	At     time.Time       `json:"at"` // virtual
	Method string          `json:"method"`
	Route  string          `json:"route"`
	Path   string          `json:"path"`
	Status int             `json:"status"` // 0 while under way or dropped
	Body   json.RawMessage `json:"body"`
	Files  []string        `json:"files"`
}

// A requestLog is a ring of the last requests.
type requestLog struct {
	entries []*requestEntry
	bytes   int // of the bodies
	last    int
}

func (l *requestLog) add(c *call, now time.Time, token string) int {
	l.last++
	e := &requestEntry{N: l.last, At: now, Method: c.r.Method, Route: c.route.path,
		Path: cutTokens(c.r.URL.RequestURI()), Files: []string{}}
	if strings.HasPrefix(e.Route, "/webhooks/") || strings.HasPrefix(e.Route, "/interactions/") {
		e.Route = cutTokens(e.Route)
	}
	e.Body, e.Files = loggedBody(c, token)
	l.entries = append(l.entries, e)
	l.bytes += len(e.Body)
	if len(l.entries) > keptRequests || l.bytes > keptBytes {
		old := l.entries[:len(l.entries)/10]
		for _, o := range old {
			l.bytes -= len(o.Body)
		}
		l.entries = append(l.entries[:0:0], l.entries[len(old):]...)
	}
	return l.last
}

func (l *requestLog) finish(n, status int) {
	for i := len(l.entries) - 1; i >= 0; i-- {
		if l.entries[i].N == n {
			e := *l.entries[i]
			e.Status = status
			l.entries[i] = &e
			return
		}
	}
}

// clear forgets the requests and keeps counting.
func (l *requestLog) clear() { l.entries, l.bytes = nil, 0 }

// after lists the requests with a greater number.
func (l *requestLog) after(n int) []*requestEntry {
	out := []*requestEntry{}
	for _, e := range l.entries {
		if e.N > n {
			out = append(out, e)
		}
	}
	return out
}

// loggedBody returns the JSON of a request with tokens cut, and its files' names.
func loggedBody(c *call, token string) (json.RawMessage, []string) {
	names := []string{}
	payload := c.raw
	kind, params, _ := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	if kind == "multipart/form-data" {
		form := &call{raw: c.raw}
		payload, _ = form.readForm(params["boundary"]) // a broken form is refused later
		for _, f := range form.files {
			if f.name != "" {
				names = append(names, f.name)
			}
		}
	}
	if len(payload) > maxLogged || !json.Valid(payload) {
		return json.RawMessage("null"), names
	}
	cut := cutTokens(string(payload))
	if token != defaultToken {
		cut = strings.ReplaceAll(cut, token, "…")
	}
	var compact bytes.Buffer
	if err := json.Compact(&compact, []byte(cut)); err != nil {
		return json.RawMessage("null"), names
	}
	return compact.Bytes(), names
}

// tokenPrefix begins every interaction token, as it does on Discord
// ("interaction" in base64), so that they can be found and cut.
const tokenPrefix = "aW50ZXJhY3Rpb246"

var tokenPattern = regexp.MustCompile(tokenPrefix + `[A-Za-z0-9_-]*`)

// cutTokens replaces interaction tokens.
func cutTokens(s string) string { return tokenPattern.ReplaceAllString(s, "…") }
