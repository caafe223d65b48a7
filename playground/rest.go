package playground

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"unpinch/playground/wire"
)

// The most that a bot may send in all, and in one file.
const (
	maxBody = 32 << 20
	maxFile = 10 << 20
)

// A route is an endpoint of the REST API.
type route struct {
	method, path string // as in http.ServeMux
	open         bool   // needs no bot token, and is outside the global limit
	limit        int    // requests per window and major parameter, 0 for none
	window       time.Duration
	run          func(*Server, *call) (any, *wire.Refusal)
}

// A call is one request of a bot, read.
type call struct {
	r      *http.Request
	base   string
	route  route
	raw    []byte
	any    any          // the decoded body
	body   object       // the same, if it is an object; never nil
	files  []upload     // by number, with gaps
	status int          // of a success, 200 when 0
	it     *interaction // that the path's token belongs to
}

// fileNames are the names of the uploads by number.
func (c *call) fileNames() []string {
	names := make([]string, len(c.files))
	for i, f := range c.files {
		names[i] = f.name
	}
	return names
}

func (c *call) id(name string) flake { return parseFlake(c.r.PathValue(name)) }

// serveAPI strips the version and hands on to the REST routes.
func (s *Server) serveAPI(w http.ResponseWriter, r *http.Request) {
	rest := strings.TrimPrefix(r.URL.Path, "/api/")
	version, path, _ := strings.Cut(rest, "/")
	if version != "v10" && version != "v9" {
		wire.WriteJSON(w, http.StatusBadRequest, wire.Refuse(400, 50041, "Invalid API version"))
		return
	}
	inner := r.Clone(r.Context())
	inner.URL.Path, inner.URL.RawPath = "/"+path, ""
	s.rest.ServeHTTP(w, inner)
}

func (s *Server) restMux() *http.ServeMux {
	mux := http.NewServeMux()
	for _, rt := range restRoutes() {
		mux.HandleFunc(rt.method+" "+rt.path, func(w http.ResponseWriter, r *http.Request) { s.serve(w, r, rt) })
	}
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		s.serve(w, r, route{method: r.Method, path: r.URL.Path, open: true, run: func(s *Server, c *call) (any, *wire.Refusal) {
			return nil, s.noRoute(c.r)
		}})
	})
	return mux
}

// noRoute answers what Discord has not: 405 when the path exists for another
// method.
func (s *Server) noRoute(r *http.Request) *wire.Refusal {
	s.log.WarnContext(r.Context(), "unknown route", "method", r.Method, "path", cutTokens(r.URL.Path))
	if len(methodsFor(s.rest, r)) > 0 {
		return wire.Refuse(http.StatusMethodNotAllowed, 0, "405: Method Not Allowed")
	}
	return wire.Refuse(http.StatusNotFound, 0, "404: Not Found")
}

// serve runs one request of a bot from the token to the answer.
func (s *Server) serve(w http.ResponseWriter, r *http.Request, rt route) {
	raw, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	c := &call{r: r, base: base(r), route: rt, raw: raw, body: object{}}
	n, rule := s.begin(c)
	status := 0
	defer func() { s.end(c, n, status) }()

	if s.opts.Check != nil {
		s.opts.Check(r.Method, r.URL.Path, r.Header.Get("Content-Type"), raw)
	}
	if rule != nil && !rule.AfterCommit {
		if status = s.faulty(w, r, rule); status != 0 {
			return
		}
	}
	body, code, header := s.answer(c, err)
	if rule != nil && rule.AfterCommit {
		if status = s.faulty(w, r, rule); status != 0 {
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
func (s *Server) answer(c *call, readErr error) ([]byte, int, http.Header) {
	s.mu.Lock()
	defer s.mu.Unlock()
	header := http.Header{}
	var v any
	no := s.admit(c, readErr, header)
	if no == nil {
		v, no = c.route.run(s, c)
	}
	status := http.StatusOK
	switch {
	case no != nil:
		v, status = no, no.Status
		s.log.InfoContext(c.r.Context(), "refused", "method", c.r.Method, "route", c.route.path,
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
		s.log.ErrorContext(c.r.Context(), "an answer cannot be written as JSON", "route", c.route.path, "err", err)
		return []byte(`{"message":"500: Internal Server Error","code":0}`), http.StatusInternalServerError, header
	}
	return raw, status, header
}

// admit checks token and limits and reads the body.
func (s *Server) admit(c *call, readErr error, header http.Header) *wire.Refusal {
	if readErr != nil {
		return wire.Refuse(http.StatusRequestEntityTooLarge, 40005, "Request entity too large")
	}
	if !c.route.open && c.r.Header.Get("Authorization") != "Bot "+s.opts.Token {
		return wire.Refuse(http.StatusUnauthorized, 0, "401: Unauthorized")
	}
	if no := s.limit(c, header); no != nil {
		return no
	}
	if no := s.outage(c); no != nil {
		return no
	}
	return c.read()
}

// read decodes the body: JSON, or a form with payload_json and files[n].
func (c *call) read() *wire.Refusal {
	kind, params, _ := mime.ParseMediaType(c.r.Header.Get("Content-Type"))
	payload := c.raw
	if kind == "multipart/form-data" {
		var err error
		if payload, err = c.readForm(params["boundary"]); err != nil {
			return wire.Refuse(http.StatusBadRequest, 50035, "Invalid Form Body")
		}
		if slices.ContainsFunc(c.files, func(f upload) bool { return len(f.content) > maxFile }) {
			return wire.Refuse(http.StatusRequestEntityTooLarge, 40005, "Request entity too large")
		}
	}
	if len(bytes.TrimSpace(payload)) == 0 {
		return nil
	}
	v, err := wire.Decode(payload)
	if err != nil {
		return wire.Refuse(http.StatusBadRequest, 50109, "The request body contains invalid JSON.")
	}
	c.any = v
	if o, ok := v.(object); ok {
		c.body = o
	}
	return nil
}

// readForm takes the files of a form and returns its payload_json.
func (c *call) readForm(boundary string) ([]byte, error) {
	form, err := multipart.NewReader(bytes.NewReader(c.raw), boundary).ReadForm(maxBody)
	if err != nil {
		return nil, fmt.Errorf("read the form: %w", err)
	}
	for part, headers := range form.File {
		number := strings.TrimSuffix(strings.TrimPrefix(part, "files["), "]")
		n, err := strconv.Atoi(number)
		if err != nil || n < 0 || n >= 100 {
			n = len(c.files) // "file" and the like come in their order
		}
		for len(c.files) <= n {
			c.files = append(c.files, upload{})
		}
		f, err := headers[0].Open()
		if err != nil {
			return nil, fmt.Errorf("open %s: %w", part, err)
		}
		content, err := io.ReadAll(f)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", part, err)
		}
		c.files[n] = upload{headers[0].Filename, headers[0].Header.Get("Content-Type"), content}
	}
	if payload := form.Value["payload_json"]; len(payload) > 0 {
		return []byte(payload[0]), nil
	}
	fields := object{}
	for key, values := range form.Value {
		fields[key] = values[0]
	}
	return json.Marshal(fields)
}

// begin notes a request in the log and the counters.
func (s *Server) begin(c *call) (int, *rule) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.activity++
	s.underWay++
	s.changed()
	if token := c.r.PathValue("token"); token != "" {
		c.it = s.byToken[token]
	}
	if c.it != nil {
		c.it.underWay++
	}
	return s.requests.add(c, s.virtualNow(), s.opts.Token), s.faults.match(c)
}

// end notes that a request is over.
func (s *Server) end(c *call, n, status int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.activity++
	s.underWay--
	if c.it != nil {
		c.it.underWay--
		c.it.calls++
	}
	s.requests.finish(n, status)
	s.changed()
}
