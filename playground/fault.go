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
)

// A rule makes requests of the bot fail.
type rule struct {
	Method string `json:"method,omitempty"` // any when empty
	// Route is a template such as "/channels/{channel}/messages", the same
	// after a method and a blank, or the beginning of a path.
	Route       string  `json:"route,omitempty"`
	Times       int     `json:"times,omitempty"` // 0 for always
	Status      int     `json:"status,omitempty"`
	AfterCommit bool    `json:"after_commit,omitempty"` // do it, then fail
	RetryAfter  float64 `json:"retry_after,omitempty"`
	Scope       string  `json:"scope,omitempty"` // of a 429: user, global or shared
	HTML        bool    `json:"html,omitempty"`  // a body as a proxy sends
	DelayMS     int     `json:"delay_ms,omitempty"`
	Drop        bool    `json:"drop,omitempty"` // close without an answer
}

// faults are the rules in force, and the gateway's fault.
type faults struct {
	rules   []*rule
	gateway string
}

// match finds the first rule for a call and counts it.
func (f *faults) match(c *call) *rule {
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

func (r *rule) fits(c *call) bool {
	method, path := r.Method, r.Route
	if m, p, ok := strings.Cut(r.Route, " "); ok {
		method, path = m, p
	}
	if method != "" && !strings.EqualFold(method, c.r.Method) {
		return false
	}
	return path == "" || unnamed(path) == unnamed(c.route.path) || strings.HasPrefix(c.r.URL.Path, path) ||
		!strings.Contains(path, "}") && strings.HasPrefix(c.route.path, path)
}

var parameter = regexp.MustCompile(`\{[^}]*\}`)

// unnamed is a template whatever its parameters are called.
func unnamed(template string) string { return parameter.ReplaceAllString(template, "{}") }

// faulty carries out a rule and returns the status that it answered with: 0
// when the rule only delays, -1 when it dropped the connection.
func (s *Server) faulty(w http.ResponseWriter, r *http.Request, f *rule) int {
	if f.DelayMS > 0 {
		t := time.NewTimer(time.Duration(f.DelayMS) * time.Millisecond)
		defer t.Stop()
		select {
		case <-t.C:
		case <-r.Context().Done():
		case <-s.done:
		}
	}
	if f.Drop {
		if h, ok := w.(http.Hijacker); ok {
			if c, _, err := h.Hijack(); err == nil {
				_ = c.Close() // it is to be broken off
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
func (f *rule) write(w http.ResponseWriter) {
	if f.Status == http.StatusTooManyRequests || f.RetryAfter > 0 {
		limited{after: f.RetryAfter, scope: f.Scope}.header(w.Header())
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
		writeJSON(w, f.Status, limited{after: f.RetryAfter, scope: f.Scope})
		return
	}
	if f.Status == http.StatusNoContent {
		w.WriteHeader(f.Status)
		return
	}
	writeJSON(w, f.Status, refuse(f.Status, 0, strconv.Itoa(f.Status)+": "+http.StatusText(f.Status)))
}

// maxDelayMS is the longest delay of a rule, ten minutes.
const maxDelayMS = 600_000

// outOfRange says which number of a rule is wrong, "" for none.
func (r *rule) outOfRange() string {
	switch {
	case r.Status != 0 && (r.Status < 200 || r.Status > 599):
		return `"status" must be 200 to 599`
	case r.Times < 0:
		return `"times" must be 0, for always, or more`
	case r.DelayMS < 0 || r.DelayMS > maxDelayMS:
		return fmt.Sprintf(`"delay_ms" must be 0 to %d`, maxDelayMS)
	case r.RetryAfter < 0:
		return `"retry_after" must be 0 or more`
	}
	return ""
}

var closeFault = regexp.MustCompile(`^close:(1000|1001|4\d\d\d)$`)

func (s *Server) postFaults(r *http.Request) (any, *problem) {
	var body struct {
		Rules   []*rule `json:"rules"`
		Gateway string  `json:"gateway"`
	}
	if p := readBody(r, &body); p != nil {
		return nil, p
	}
	for i, f := range body.Rules {
		if f == nil || f.Status == 0 && f.DelayMS == 0 && !f.Drop {
			return nil, badRequest("bad_field", fmt.Sprintf(`rules[%d] needs "status", "delay_ms" or "drop"`, i))
		}
		if words := f.outOfRange(); words != "" {
			return nil, badRequest("bad_field", fmt.Sprintf("rules[%d]: %s", i, words))
		}
	}
	known := []string{"", "no_ready", "no_hello", "zombie", "op7", "op7_resume", "op9", "op9_resume", "upgrade_503"}
	if !slices.Contains(known, body.Gateway) && !closeFault.MatchString(body.Gateway) {
		return nil, badRequest("bad_field", `"gateway" must be no_ready, no_hello, zombie, op7, op7_resume, op9, op9_resume, upgrade_503 or close:CODE`)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults.rules = append(s.faults.rules, body.Rules...)
	if body.Gateway != "" {
		s.setGatewayFault(body.Gateway)
	}
	return s.faultsJSON(body.Gateway), nil
}

func (s *Server) faultsJSON(gateway string) object {
	rules := []rule{}
	for _, r := range s.faults.rules {
		rules = append(rules, *r)
	}
	if gateway == "" {
		gateway = s.faults.gateway
	}
	return object{"rules": rules, "gateway": gateway}
}

func (s *Server) deleteFaults(*http.Request) (any, *problem) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = faults{}
	return s.faultsJSON(""), nil
}
