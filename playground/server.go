package playground

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// Options configure a playground.
type Options struct {
	Token string           // the bot token it accepts; "playground" when empty
	Now   func() time.Time // the real clock, required
	Log   *slog.Logger     // nil = silent
	// Hosts are names, besides those of the loopback, that a request may call
	// the playground by, without port.
	Hosts []string
	// IdentifyEvery is the real time in which the gateway takes one IDENTIFY.
	// Discord's is 5 s; zero is a quarter of a second, so that nobody has to wait,
	// and less takes all that come.
	IdentifyEvery time.Duration
	// Check, if set, sees every request a bot makes under /api/v10 or /api/v9:
	// method, path without that prefix, content type, body. Tests hang the
	// schema check on it. It is called from many goroutines.
	Check func(method, path, contentType string, body []byte)
}

// A Server is Discord's stand-in. It is an http.Handler.
type Server struct {
	opts Options
	log  *slog.Logger
	mux  *http.ServeMux
	rest *http.ServeMux
	walk chan struct{} // held by the one call that moves the clock
	done chan struct{} // closed by Close
	wg   sync.WaitGroup

	patience time.Duration // real time for one POST clock

	mu           sync.Mutex // over everything below; never held while writing to a socket
	world        *world
	ids          flakes
	messages     map[flake]*message
	attachments  map[flake]*attachment
	interactions map[flake]*interaction
	byToken      map[string]*interaction
	oldest       []flake // interactions, oldest first
	posts        []flake // messages posted without an interaction
	postsDropped int
	nonces       nonces
	requests     requestLog
	faults       faults
	limits       limits
	dmOpens      []time.Time
	sessions     []*session
	logins       logins
	conns        map[*conn]bool
	clock        clock
	change       chan struct{} // closed and replaced at each change
	edits        int           // counts what the control API does to the world
	underWay     int           // requests of the bot being served
	activity     int           // counts what the bot does
	closed       bool
}

// New makes a playground with its world at the start.
func New(o Options) (*Server, error) {
	if o.Now == nil {
		return nil, errors.New("playground: Options.Now must be set")
	}
	if o.Token == "" {
		o.Token = defaultToken
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.IdentifyEvery == 0 {
		o.IdentifyEvery = identifyEvery
	}
	s := &Server{opts: o, log: o.Log, walk: make(chan struct{}, 1), done: make(chan struct{}), patience: walkLimit,
		conns: map[*conn]bool{}, change: make(chan struct{})}
	s.clock.followers = map[chan struct{}]*follower{}
	s.world = newWorld()
	s.empty()
	s.routes()
	return s, nil
}

// defaultToken is the bot token when none is chosen. It is no secret.
const defaultToken = "playground"

// empty forgets everything that happened in the world.
func (s *Server) empty() {
	s.ids = flakes{}
	s.messages = map[flake]*message{}
	s.attachments = map[flake]*attachment{}
	s.interactions = map[flake]*interaction{}
	s.byToken = map[string]*interaction{}
	s.oldest, s.posts, s.postsDropped, s.dmOpens = nil, nil, 0, nil
	s.nonces = nonces{byText: map[string]*message{}}
	s.requests.entries, s.requests.bytes = nil, 0
	s.faults = faults{}
	s.limits = limits{buckets: map[string]*bucket{}}
}

// Close ends gateway connections, clock streams and long polls, and waits for
// them.
func (s *Server) Close() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return nil
	}
	s.closed = true
	close(s.done)
	for c := range s.conns {
		c.closeWith(1001, "the playground stops")
		time.AfterFunc(closeGrace, c.kill)
	}
	s.mu.Unlock()
	s.wg.Wait()
	return nil
}

// changed wakes everyone who waits for the world to move on.
func (s *Server) changed() {
	close(s.change)
	s.change = make(chan struct{})
}

// await returns when ok does, checked under the lock at each change; false
// when the wait is over first.
func (s *Server) await(ctx context.Context, limit time.Duration, ok func() bool) bool {
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for {
		s.mu.Lock()
		good, change := ok(), s.change
		s.mu.Unlock()
		if good {
			return true
		}
		select {
		case <-change:
		case <-ctx.Done():
			return false
		case <-s.done:
			return false
		}
	}
}

// ServeHTTP serves REST API, gateway, attachments, control API and page.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch p := s.foreign(r); {
	case p == nil:
		s.mux.ServeHTTP(w, r)
	case r.URL.Path == "/" || strings.HasPrefix(r.URL.Path, "/page/"): // somebody reads it
		http.Error(w, sentence(p.text), p.status)
	default:
		writeProblem(w, p)
	}
}

// foreign refuses a request that a foreign page may have made.
func (s *Server) foreign(r *http.Request) *problem {
	if !s.ownHost(r.Host) {
		return wrong(http.StatusForbidden, "foreign_host",
			"the playground does not go by this name. Open it as 127.0.0.1 or localhost, or name this host with --addr.")
	}
	if origin := r.Header.Get("Origin"); origin != "" {
		if u, err := url.Parse(origin); err != nil || u.Host != r.Host {
			return wrong(http.StatusForbidden, "foreign_origin", "the playground takes no requests from other sites")
		}
	}
	return nil
}

// ownHost tells whether a Host header is one that the playground goes by, so
// that a foreign page cannot reach it through a name of its own.
func (s *Server) ownHost(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.ToLower(strings.Trim(name, "[]"))
	if name == "localhost" || slices.ContainsFunc(s.opts.Hosts, func(h string) bool { return strings.EqualFold(h, name) }) {
		return true
	}
	ip := net.ParseIP(name)
	return ip != nil && ip.IsLoopback()
}

// base is the address that a request called, for addresses handed out.
func base(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

func (s *Server) routes() {
	s.rest = s.restMux()
	mux := http.NewServeMux()
	mux.HandleFunc("/api/", s.serveAPI)
	mux.HandleFunc("GET /gateway", s.serveGateway)
	mux.HandleFunc("GET /gateway/{$}", s.serveGateway)
	mux.HandleFunc("GET /attachments/{channel}/{id}/{name}", s.serveAttachment)
	s.control(mux)
	s.page(mux)
	s.mux = mux
}
