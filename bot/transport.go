package bot

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// ErrToken is what every request ends with once Discord has refused the token.
var ErrToken = errors.New("the bot token is refused by Discord; put the right one in [discord] token or token_file")

// maxRetries429 bounds how often one request is sent again after a 429; each
// time Discord has said when.
const maxRetries429 = 5

// transport is the one way out to Discord: base address, version, token,
// limits and redaction.
type transport struct {
	base    http.RoundTripper
	api     *url.URL // such as https://discord.com/api/v10
	token   string
	agent   string
	limits  *limits
	clock   discordClock
	log     *slog.Logger
	asking  chan struct{}  // holds one while it is asked whether the token is refused
	refused atomic.Bool    // the token; nothing is sent any more
	latched chan struct{}  // closed when the token is refused
	watch   func(Exchange) // nil: nobody
}

func newTransport(base http.RoundTripper, apiURL, token string, now func() time.Time, log *slog.Logger) (*transport, error) {
	api, err := url.Parse(strings.TrimRight(apiURL, "/"))
	if err != nil || api.Host == "" || (api.Scheme != "https" && api.Scheme != "http") {
		return nil, fmt.Errorf("[discord] api_url: %q is not an address such as https://discord.com/api/v10", apiURL)
	}
	log = hush(log)
	return &transport{base: base, api: api, token: token, limits: newLimits(now, log), log: log, latched: make(chan struct{}), asking: make(chan struct{}, 1),
		agent: "DiscordBot (https://github.com/bwmarrin/discordgo, v0.29.0) Unpinch"}, nil
}

// RoundTrip sends the request to the configured API, whatever host and version
// it was made for, within the limits. A 429 is waited out and sent again while
// the request's context lasts.
func (t *transport) RoundTrip(req *http.Request) (*http.Response, error) {
	path := apiPath(req.URL.Path)
	r := routeOf(req.Method, path)
	doubted := false // a 401 that was not believed
	for attempt := 0; ; attempt++ {
		if t.refused.Load() {
			return nil, ErrToken
		}
		if err := t.limits.wait(req.Context(), r); err != nil {
			return nil, unsent{fmt.Errorf("%s: wait for the rate limit: %w", r.name, err)}
		}
		out, err := t.outgoing(req, path, r)
		if err != nil {
			return nil, unsent{err}
		}
		resp, err := t.send(out, r)
		if err != nil {
			return nil, err
		}
		retry := t.limits.note(r, resp)
		if resp.StatusCode == http.StatusUnauthorized && !r.interaction && !doubted {
			drain(resp)
			if t.tokenRefused(req.Context()) {
				return nil, ErrToken
			}
			doubted = true
			t.log.WarnContext(req.Context(), "Discord refused the bot token; only a second refusal is believed", "route", r.name)
			continue
		}
		if retry == 0 || attempt == maxRetries429 {
			return resp, nil
		}
		drain(resp)
		t.log.WarnContext(req.Context(), "rate limited", "route", r.name, "wait", retry,
			"scope", resp.Header.Get("X-RateLimit-Scope"))
		// A route without a bucket of its own waits here; the others wait in
		// limits, where requests beside them see it too.
		if err := sleep(req.Context(), retry); err != nil {
			return nil, unsent{fmt.Errorf("%s: wait for the rate limit: %w", r.name, err)}
		}
	}
}

// askTokenMax bounds the question whether Discord takes the token, and the wait
// for one that is being asked.
const askTokenMax = 5 * time.Second

// tokenRefused asks once more, after a 401, whether Discord takes the token:
// a single one may be a mistake of Discord's. It returns false where that can't
// be asked.
func (t *transport) tokenRefused(ctx context.Context) bool {
	ctx, cancel := context.WithTimeout(ctx, askTokenMax)
	defer cancel()
	select {
	case t.asking <- struct{}{}:
		defer func() { <-t.asking }()
	case <-ctx.Done():
		return false
	}
	if t.refused.Load() {
		return true
	}
	const path = "/users/@me"
	r := routeOf(http.MethodGet, path)
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, discordAPI+path, nil)
	if err != nil {
		return false
	}
	out, err := t.outgoing(req, path, r)
	if err != nil {
		return false
	}
	resp, err := t.send(out, r)
	if err != nil {
		return false
	}
	t.limits.note(r, resp)
	drain(resp)
	if resp.StatusCode != http.StatusUnauthorized {
		return false
	}
	t.refused.Store(true)
	close(t.latched)
	return true
}

// send makes the request once. Nothing can have gone out before it has a
// connection; after that it is unknown what Discord has seen.
func (t *transport) send(out *http.Request, r route) (*http.Response, error) {
	var connected atomic.Bool
	trace := &httptrace.ClientTrace{GotConn: func(httptrace.GotConnInfo) { connected.Store(true) }}
	before := t.limits.now()
	resp, err := t.base.RoundTrip(out.WithContext(httptrace.WithClientTrace(out.Context(), trace)))
	if err == nil {
		t.clock.note(resp.Header.Get("Date"), before, t.limits.now())
		if t.watch != nil {
			err = t.show(r, resp)
		}
		return resp, err
	}
	if err = redact(r, err); !connected.Load() {
		err = unsent{err}
	}
	return nil, err
}

// outgoing is req as it leaves: a RoundTripper must not change the original.
func (t *transport) outgoing(req *http.Request, path string, r route) (*http.Request, error) {
	out := req.Clone(req.Context())
	out.URL.Scheme, out.URL.Host, out.URL.Path, out.URL.RawPath = t.api.Scheme, t.api.Host, t.api.Path+path, ""
	out.Host = ""
	out.Header.Set("User-Agent", t.agent)
	out.Header.Del("Authorization")
	if !r.interaction { // an interaction's token is in its path
		out.Header.Set("Authorization", "Bot "+t.token)
	}
	if req.GetBody != nil {
		b, err := req.GetBody()
		if err != nil {
			return nil, fmt.Errorf("%s: read the body again: %w", r.name, err)
		}
		out.Body = b
	}
	return out, nil
}

// apiPath cuts "/api/v9" or the like off a path.
func apiPath(path string) string {
	rest, ok := strings.CutPrefix(path, "/api/v")
	if !ok {
		return path
	}
	if _, after, ok := strings.Cut(rest, "/"); ok {
		return "/" + after
	}
	return "/"
}

// redact returns err without the address, which may hold an interaction's
// token, and names the route instead.
func redact(r route, err error) error {
	if ue, ok := errors.AsType[*url.Error](err); ok {
		err = ue.Err
	}
	return fmt.Errorf("%s: %w", r.name, err)
}

// drain empties a body so that its connection can be used again.
func drain(resp *http.Response) {
	io.Copy(io.Discard, io.LimitReader(resp.Body, 1<<20))
	resp.Body.Close()
}
