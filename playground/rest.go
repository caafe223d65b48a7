package playground

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strings"

	"unpinch/playground/wire"
)

// A restAPI serves the REST API: it counts, limits and logs calls, carries out
// faults, and hands the rest on to the routes.
type restAPI struct {
	*monitor
	opts         Options
	log          *slog.Logger
	world        *world
	clock        *clock
	interactions *interactions
	faults       *faults
	limits       *limits
	requests     *requestLog
	traffic      *traffic
	mux          *http.ServeMux
}

// mount makes the endpoints. The bucket limits are of the size that Discord
// answers with; bots must read them from the headers.
func (a *restAPI) mount(groups ...[]route) {
	a.mux = http.NewServeMux()
	for _, rt := range slices.Concat(groups...) {
		a.mux.HandleFunc(rt.method+" "+rt.path, func(w http.ResponseWriter, r *http.Request) { a.serve(w, r, rt) })
	}
	a.mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		a.serve(w, r, route{method: r.Method, path: r.URL.Path, open: true, run: func(c *call) (any, *wire.Refusal) {
			return nil, a.noRoute(c.r)
		}})
	})
}

// ServeHTTP strips the version and hands on to the REST routes.
func (a *restAPI) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	rest := strings.TrimPrefix(r.URL.Path, "/api/")
	version, path, _ := strings.Cut(rest, "/")
	if version != "v10" && version != "v9" {
		wire.WriteJSON(w, http.StatusBadRequest, wire.Refuse(400, 50041, "Invalid API version"))
		return
	}
	inner := r.Clone(r.Context())
	inner.URL.Path, inner.URL.RawPath = "/"+path, ""
	a.mux.ServeHTTP(w, inner)
}

// noRoute refuses what Discord does not have: with 405 if the path takes another
// method.
func (a *restAPI) noRoute(r *http.Request) *wire.Refusal {
	a.log.WarnContext(r.Context(), "unknown route", "method", r.Method, "path", cutTokens(r.URL.Path))
	if len(wire.Methods(a.mux, r)) > 0 {
		return wire.Refuse(http.StatusMethodNotAllowed, 0, "405: Method Not Allowed")
	}
	return wire.Refuse(http.StatusNotFound, 0, "404: Not Found")
}

// serve runs one request of a bot from the token to the answer.
func (a *restAPI) serve(w http.ResponseWriter, r *http.Request, rt route) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	c := &call{r: r, base: base(r), route: rt, raw: raw, body: object{}}
	n, fault := a.begin(c)
	status := 0
	defer func() { a.end(c, n, status) }()

	if a.opts.Check != nil {
		a.opts.Check(r.Method, r.URL.Path, r.Header.Get("Content-Type"), raw)
	}
	if fault != nil && !fault.AfterCommit {
		if status = fault.carryOut(w, r, a.done); status != 0 {
			return
		}
	}
	body, code, header := a.answer(c, err)
	if fault != nil && fault.AfterCommit {
		if status = fault.carryOut(w, r, a.done); status != 0 {
			return
		}
	}
	status = code
	for key, values := range header {
		w.Header()[key] = values
	}
	if body == nil {
		w.WriteHeader(code)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(code)
	_, _ = w.Write(body) // the bot is gone; nothing to do
}

// answer makes the body, status and headers of a call. The body is made under
// the lock, because it shows things that change.
func (a *restAPI) answer(c *call, readErr error) ([]byte, int, http.Header) {
	a.mu.Lock()
	defer a.mu.Unlock()
	header := http.Header{}
	var v any
	no := a.admit(c, readErr, header)
	if no == nil {
		v, no = c.route.run(c)
	}
	status := http.StatusOK
	switch {
	case no != nil:
		v, status = no, no.Status
		a.log.InfoContext(c.r.Context(), "refused", "method", c.r.Method, "route", c.route.path,
			"status", no.Status, "code", no.Code, "message", no.Message)
	case c.status != 0:
		status = c.status
	case v == nil:
		status = http.StatusNoContent
	}
	if v == nil {
		return nil, status, header
	}
	raw, err := json.Marshal(v)
	if err != nil {
		a.log.ErrorContext(c.r.Context(), "an answer cannot be written as JSON", "route", c.route.path, "err", err)
		return []byte(`{"message":"500: Internal Server Error","code":0}`), http.StatusInternalServerError, header
	}
	return raw, status, header
}

// admit checks token and limits and reads the body.
func (a *restAPI) admit(c *call, readErr error, header http.Header) *wire.Refusal {
	if readErr != nil {
		return wire.Refuse(http.StatusRequestEntityTooLarge, 40005, "Request entity too large")
	}
	if !c.route.open && c.r.Header.Get("Authorization") != "Bot "+a.opts.Token {
		return wire.Refuse(http.StatusUnauthorized, 0, "401: Unauthorized")
	}
	if no := a.limits.limit(c, header, a.opts.Now()); no != nil {
		return no
	}
	if no := a.world.outage(c); no != nil {
		return no
	}
	return c.read()
}

// outage refuses a call about a guild that is unavailable, whether the call names
// the guild, a channel or an interaction.
func (w *world) outage(c *call) *wire.Refusal {
	g := w.guild(c.id("guild"))
	if ch := w.channel(c.id("channel")); ch != nil {
		g = ch.guild
	}
	if c.it != nil {
		g = c.it.channel.guild
	}
	if g == nil || !g.unavailable {
		return nil
	}
	return wire.Refuse(http.StatusServiceUnavailable, 0, "503: Service Unavailable")
}

// begin notes a request in the log and the counters.
func (a *restAPI) begin(c *call) (int, *fault) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.traffic.activity++
	a.traffic.underWay++
	a.changed()
	if token := c.r.PathValue("token"); token != "" {
		c.it = a.interactions.byToken[token]
	}
	if c.it != nil {
		c.it.underWay++
	}
	return a.requests.add(c, a.clock.now(), a.opts.Token), a.faults.match(c)
}

// end notes that a request is over.
func (a *restAPI) end(c *call, n, status int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.traffic.activity++
	a.traffic.underWay--
	if c.it != nil {
		c.it.underWay--
		c.it.calls++
	}
	a.requests.finish(n, status)
	a.changed()
}
