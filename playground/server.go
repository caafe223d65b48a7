package playground

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"unpinch/playground/control"
	"unpinch/playground/page"
	"unpinch/playground/wire"
)

// A Server is Discord's stand-in. It is an http.Handler.
type Server struct {
	*monitor
	opts Options
	mux  *http.ServeMux

	world        *world
	registry     *registry
	clock        *clock
	ids          *idSource
	history      *history
	interactions *interactions
	gateway      *gateway
	rest         *restAPI
	users        *userAPI
	reader       *reader
	walker       *walker
	director     *director
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
	s := &Server{monitor: newMonitor(), opts: o, world: newWorld()}
	s.clock = newClock(s.monitor, o.Now, o.IdentifyEvery)
	s.ids = &idSource{now: s.clock.now}
	s.registry = newRegistry(s.world.bot.id, s.ids)
	s.history = newHistory(s.world, s.ids, &files{monitor: s.monitor, ids: s.ids, draw: o.File}, &postLog{})
	s.gateway = &gateway{monitor: s.monitor, opts: o, log: o.Log, world: s.world, faults: &faults{}, conns: map[*conn]bool{}, logins: logins{last: map[int]time.Time{}}}
	s.interactions = &interactions{monitor: s.monitor, log: o.Log, world: s.world, clock: s.clock, ids: s.ids,
		files: s.history.files, gateway: s.gateway}
	s.interactions.reset()
	s.users = &userAPI{world: s.world, real: s.clock.real}
	s.rest = s.newREST()
	s.walker = newWalker(s.clock, s.rest.traffic, s.history.posts)
	s.reader = &reader{s.monitor, s.world, s.registry, s.gateway, s.clock, s.rest.requests}
	s.director = &director{monitor: s.monitor, world: s.world, registry: s.registry, history: s.history, gateway: s.gateway, reader: s.reader}
	s.mount()
	now, err := s.begin()
	if err != nil {
		return nil, err
	}
	s.clock.offset = now.Sub(o.Now())
	return s, nil
}

// newREST makes the REST API.
func (s *Server) newREST() *restAPI {
	a := &restAPI{monitor: s.monitor, opts: s.opts, log: s.opts.Log, world: s.world, clock: s.clock, interactions: s.interactions,
		faults: s.gateway.faults, limits: &limits{}, requests: &requestLog{}, traffic: &traffic{}}
	a.limits.clear()
	guilds := &guildAPI{s.world}
	messages := &messageAPI{s.world, s.history, s.gateway}
	scheduled := &scheduledAPI{s.world, s.clock, s.ids, s.gateway}
	commands := &commandAPI{s.monitor, s.world, s.registry}
	answers := &answerAPI{s.history, s.interactions}
	a.mount(a.missing(), s.gateway.routes(), s.users.routes(), guilds.routes(), scheduled.routes(), messages.routes(), commands.routes(), answers.routes())
	return a
}

// mount gives everything that the playground serves its path.
func (s *Server) mount() {
	s.mux = http.NewServeMux()
	s.mux.Handle("/api/", s.rest)
	s.mux.HandleFunc("GET /gateway", s.gateway.serveGateway)
	s.mux.HandleFunc("GET /gateway/{$}", s.gateway.serveGateway)
	s.mux.Handle("GET /attachments/{channel}/{id}/{name}", s.history.files)
	s.mux.HandleFunc("GET /clock", s.clock.get)
	for pattern, call := range s.calls() {
		s.mux.Handle(pattern, call)
	}
	if s.opts.Database != nil {
		s.mux.Handle("GET /database", control.Call(s.database))
	}
	s.mux.HandleFunc("/", control.NoPath(s.mux))
	page.New(s, s.pulse, s.opts.Page).Mount(s.mux)
}

// calls returns the calls of the control API.
func (s *Server) calls() map[string]control.Call {
	player := &player{s.monitor, s.world, s.registry, s.history, s.history.files, s.interactions}
	return map[string]control.Call{
		"GET /state":         s.reader.getState,
		"GET /messages":      s.reader.getMessages,
		"GET /requests":      s.reader.getRequests,
		"POST /command":      player.command,
		"POST /autocomplete": player.autocomplete,
		"POST /click":        player.click,
		"POST /modal":        player.modal,
		"POST /say":          player.say,
		"POST /clock":        s.walker.post,
		"POST /world":        s.director.post,
		"POST /faults":       s.gateway.postFaults,
		"DELETE /faults":     s.gateway.deleteFaults,
		"POST /reset":        s.reset,
	}
}

// database tells what the bot of a demo has written down.
func (s *Server) database(r *http.Request) (any, *control.Error) {
	v, err := s.opts.Database(r.Context())
	if err != nil {
		return nil, control.Fail(http.StatusServiceUnavailable, "no_database", err.Error())
	}
	return v, nil
}

// reset makes the world as at the start. Registered commands and gateway sessions
// belong to the bot and stay.
func (s *Server) reset(*http.Request) (any, *control.Error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := *s.world
	now, err := s.begin()
	if err != nil {
		return nil, control.Fail(http.StatusInternalServerError, "no_world", err.Error())
	}
	s.registry.reset(func(scope wire.ID) bool { return scope == 0 || s.world.guild(scope).hasBot() })
	s.interactions.reset()
	s.rest.requests.clear()
	s.rest.limits.clear()
	s.users.opened = nil
	*s.gateway.faults, s.gateway.plan = faults{}, plan{}
	s.director.changes++
	s.clock.set(now, "leap")
	s.gateway.tellReset(&old)
	return s.reader.state(), nil
}

// Changed returns a channel that is closed at the next change of the world.
func (s *Server) Changed() <-chan struct{} {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.change
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
	s.gateway.stop()
	s.mu.Unlock()
	s.wg.Wait()
	return nil
}

// ServeHTTP serves REST API, gateway, attachments, control API and page.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch p := s.foreign(r); {
	case p == nil:
		s.mux.ServeHTTP(w, r)
	case r.URL.Path == "/" || strings.HasPrefix(r.URL.Path, "/page/"): // somebody reads it
		page.Refuse(w, p.Status, p.Text)
	default:
		control.WriteError(w, p)
	}
}

// foreign returns an error for a request that a foreign page may have made.
func (s *Server) foreign(r *http.Request) *control.Error {
	if !s.ownHost(r.Host) {
		return control.Fail(http.StatusForbidden, "foreign_host",
			"the playground does not go by this name. Open it as 127.0.0.1 or localhost, or name this host with --addr.")
	}
	if origin := r.Header.Get("Origin"); origin != "" {
		if u, err := url.Parse(origin); err != nil || u.Host != r.Host {
			return control.Fail(http.StatusForbidden, "foreign_origin", "the playground takes no requests from other sites")
		}
	}
	return nil
}

// ownHost reports whether a Host header is one that the playground goes by, so
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

// pulse tells the page when to look again. It is cheap, unlike GET /state in a
// world of thousands of servers.
func (s *Server) pulse() page.Pulse {
	s.mu.Lock()
	defer s.mu.Unlock()
	mark := fmt.Sprint(s.gateway.ready(), s.registry.versions(), s.director.changes, s.clock.offset.Round(time.Second))
	return page.Pulse{Mark: mark, Change: s.change, Over: s.done}
}
