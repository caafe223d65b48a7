package bot

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"time"
)

const (
	// retryMin is how long a 429 is waited out that does not say for how long.
	retryMin = 100 * time.Millisecond
	// retryMax is the longest that a 429 is believed.
	retryMax = time.Hour
)

// A wait is what a 429 asks for.
type wait struct {
	For    time.Duration
	Asked  time.Duration // before it was cut to retryMax
	Global bool          // all that the bot's token is on
	Banned bool          // everything that comes from this address, answers to interactions too
}

// waitOf reads a 429; the zero wait for other answers. A 429 without headers is
// read by its body, which stays to be read again.
func waitOf(r route, resp *http.Response) wait {
	if resp.StatusCode != http.StatusTooManyRequests {
		return wait{}
	}
	h := resp.Header
	asked := max(seconds(h.Get("Retry-After")), seconds(h.Get("X-RateLimit-Reset-After")))
	scope := h.Get("X-RateLimit-Scope")
	w := wait{Global: h.Get("X-RateLimit-Global") != "" || scope == "global"}
	// Discord names a bucket or a scope. Cloudflare, before it, names neither.
	if h.Get("X-RateLimit-Bucket") == "" && scope == "" && !w.Global {
		said := bodyOf429(resp)
		if asked == 0 {
			asked = duration(said.RetryAfter)
		}
		w.Global = said.Global == nil || *said.Global
		w.Banned = w.Global
	}
	w.Banned = w.Banned || w.Global && r.interaction // these have no part in the token's limit
	w.Asked = max(asked, retryMin)
	w.For = min(w.Asked, retryMax)
	return w
}

type limitBody struct {
	RetryAfter float64 `json:"retry_after"`
	Global     *bool   `json:"global"` // nil where it isn't Discord's JSON
}

// bodyOf429 reads the body and puts it back.
func bodyOf429(resp *http.Response) (b limitBody) {
	data, _ := io.ReadAll(io.LimitReader(resp.Body, 1<<20)) // what is cut off says nothing
	resp.Body = struct {
		io.Reader
		io.Closer
	}{bytes.NewReader(data), resp.Body}
	if json.Unmarshal(data, &b) != nil || b.RetryAfter < 0 {
		return limitBody{}
	}
	return b
}
