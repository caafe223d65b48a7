package playground

import (
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"unpinch/playground/control"
	"unpinch/playground/wire"
)

// A fault makes requests of the bot fail.
type fault struct {
	Method string `json:"method,omitempty"` // empty for any
	// Route is a template such as "/channels/{channel}/messages", a method and a
	// template, or the beginning of a path.
	Route       string  `json:"route,omitempty"`
	Times       int     `json:"times,omitempty"` // 0 for always
	Status      int     `json:"status,omitempty"`
	Code        int     `json:"code,omitempty"`         // Discord's own, in the body
	AfterCommit bool    `json:"after_commit,omitempty"` // do what was asked, then fail
	RetryAfter  float64 `json:"retry_after,omitempty"`
	Scope       string  `json:"scope,omitempty"` // of a 429: user, global or shared, or none for one without headers
	HTML        bool    `json:"html,omitempty"`  // a body as a proxy sends
	DelayMS     int     `json:"delay_ms,omitempty"`
	Drop        bool    `json:"drop,omitempty"` // close without an answer
}

// faults are the rules in force, and the gateway's fault.
type faults struct {
	rules   []*fault
	gateway string
	shard   *int // whose number the gateway's fault strikes alone; nil for all
}

// strikes reports whether the gateway's fault is for a shard.
func (f *faults) strikes(sh shard) bool { return f.shard == nil || *f.shard == sh.id }

// match returns the first rule for a call, or nil, and counts it.
func (f *faults) match(c *call) *fault {
	for i, r := range f.rules {
		if !r.fits(c) {
			continue
		}
		hit := *r
		if r.Times > 0 {
			if r.Times--; r.Times == 0 {
				f.rules = append(f.rules[:i:i], f.rules[i+1:]...)
			}
		}
		return &hit
	}
	return nil
}

func (f *fault) fits(c *call) bool {
	method, path := f.Method, f.Route
	if m, p, ok := strings.Cut(f.Route, " "); ok {
		method, path = m, p
	}
	if method != "" && !strings.EqualFold(method, c.r.Method) {
		return false
	}
	return path == "" || unnamed(path) == unnamed(c.route.path) || strings.HasPrefix(c.r.URL.Path, path) ||
		!strings.Contains(path, "}") && strings.HasPrefix(c.route.path, path)
}

var parameter = regexp.MustCompile(`\{[^}]*\}`)

// unnamed returns a template without the names of its parameters.
func unnamed(template string) string { return parameter.ReplaceAllString(template, "{}") }

// carryOut answers as the fault says and returns the status: 0 when it only
// delays, -1 when it dropped the connection.
func (f *fault) carryOut(w http.ResponseWriter, r *http.Request, done <-chan struct{}) int {
	if f.DelayMS > 0 {
		t := time.NewTimer(time.Duration(f.DelayMS) * time.Millisecond)
		defer t.Stop()
		select {
		case <-t.C:
		case <-r.Context().Done():
		case <-done:
		}
	}
	if f.Drop {
		if h, ok := w.(http.Hijacker); ok {
			if c, _, err := h.Hijack(); err == nil {
				_ = c.Close() // breaking it off is the point
				return -1
			}
		}
		w.WriteHeader(http.StatusBadGateway)
		return http.StatusBadGateway
	}
	if f.Status == 0 {
		return 0
	}
	f.write(w)
	return f.Status
}

// write answers as Discord, or the proxy before it, does.
func (f *fault) write(w http.ResponseWriter) {
	if (f.Status == http.StatusTooManyRequests || f.RetryAfter > 0) && f.Scope != "none" {
		wire.RateLimit{After: f.RetryAfter, Scope: f.Scope}.SetHeader(w.Header())
	}
	if f.HTML {
		w.Header().Set("Content-Type", "text/html; charset=UTF-8")
		w.Header().Set("Server", "cloudflare")
		w.Header().Del("X-RateLimit-Scope")
		w.WriteHeader(f.Status)
		_, _ = io.WriteString(w, "<!DOCTYPE html><title>"+strconv.Itoa(f.Status)+" "+http.StatusText(f.Status)+"</title><p>The owner of this website has banned you temporarily.</p>")
		return
	}
	if f.Status == http.StatusTooManyRequests {
		wire.WriteJSON(w, f.Status, wire.RateLimit{After: f.RetryAfter, Scope: f.Scope})
		return
	}
	if f.Status == http.StatusNoContent {
		w.WriteHeader(f.Status)
		return
	}
	wire.WriteJSON(w, f.Status, wire.Refuse(f.Status, f.Code, strconv.Itoa(f.Status)+": "+http.StatusText(f.Status)))
}

// maxDelayMS is the longest delay of a rule, ten minutes.
const maxDelayMS = 600_000

// outOfRange says which number of a rule is wrong, and returns "" if none is.
func (f *fault) outOfRange() string {
	switch {
	case f.Status != 0 && (f.Status < 200 || f.Status > 599):
		return `"status" must be 200 to 599`
	case f.Code < 0 || f.Code > 0 && f.Status == 0:
		return `"code" must be 0 or more, and needs "status"`
	case f.Times < 0:
		return `"times" must be 0, for always, or more`
	case f.DelayMS < 0 || f.DelayMS > maxDelayMS:
		return fmt.Sprintf(`"delay_ms" must be 0 to %d`, maxDelayMS)
	case f.RetryAfter < 0:
		return `"retry_after" must be 0 or more`
	}
	return ""
}

var closeFault = regexp.MustCompile(`^close:(1000|1001|4\d\d\d)$`)

func (s *gateway) postFaults(r *http.Request) (any, *control.Error) {
	var body struct {
		Rules   []*fault `json:"rules"`
		Gateway string   `json:"gateway"`
		Shard   *int     `json:"shard"`
	}
	if p := control.ReadBody(r, &body); p != nil {
		return nil, p
	}
	for i, f := range body.Rules {
		if f == nil || f.Status == 0 && f.DelayMS == 0 && !f.Drop {
			return nil, control.BadRequest("bad_field", fmt.Sprintf(`rules[%d] needs "status", "delay_ms" or "drop"`, i))
		}
		if words := f.outOfRange(); words != "" {
			return nil, control.BadRequest("bad_field", fmt.Sprintf("rules[%d]: %s", i, words))
		}
	}
	known := []string{"", "no_ready", "no_hello", "zombie", "op7", "op7_resume", "op9", "op9_resume", "upgrade_503"}
	if !slices.Contains(known, body.Gateway) && !closeFault.MatchString(body.Gateway) {
		return nil, control.BadRequest("bad_field", `"gateway" must be no_ready, no_hello, zombie, op7, op7_resume, op9, op9_resume, upgrade_503 or close:CODE`)
	}
	if early := body.Gateway == "no_hello" || body.Gateway == "upgrade_503"; body.Shard != nil && (early || body.Gateway == "") {
		return nil, control.BadRequest("bad_field", `"shard" goes with a "gateway" fault that strikes once it is known which shard comes`)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.rules = append(s.faults.rules, body.Rules...)
	if body.Gateway != "" {
		s.setGatewayFault(body.Gateway, body.Shard)
	}
	return s.faultsJSON(body.Gateway), nil
}

func (s *gateway) faultsJSON(gateway string) object {
	rules := []fault{}
	for _, r := range s.faults.rules {
		rules = append(rules, *r)
	}
	if gateway == "" {
		gateway = s.faults.gateway
	}
	return object{"rules": rules, "gateway": gateway}
}

func (s *gateway) deleteFaults(*http.Request) (any, *control.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	*s.faults = faults{}
	return s.faultsJSON(""), nil
}
