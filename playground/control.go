package playground

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// A problem is a fault of the control API's caller, in plain words.
type problem struct {
	status     int
	code, text string
}

// Error makes a problem an error.
func (p *problem) Error() string { return p.text }

func wrong(status int, code, text string) *problem { return &problem{status, code, text} }

func badRequest(code, text string) *problem { return wrong(http.StatusBadRequest, code, text) }

func notFound(what, name string) *problem {
	return wrong(http.StatusNotFound, "not_found", "there is no "+what+" "+strconv.Quote(name))
}

// problemJSON is how a problem, or the bot's failure, is told.
func problemJSON(code, text string) object { return object{"code": code, "text": text} }

func writeProblem(w http.ResponseWriter, p *problem) {
	writeJSON(w, p.status, object{"error": problemJSON(p.code, p.text)})
}

// control mounts the control API.
func (s *Server) control(mux *http.ServeMux) {
	for pattern, run := range map[string]func(*http.Request) (any, *problem){
		"GET /state":         s.getState,
		"POST /command":      s.postCommandAs,
		"POST /autocomplete": s.postAutocomplete,
		"POST /click":        s.postClick,
		"POST /modal":        s.postModal,
		"GET /messages":      s.getMessages,
		"GET /requests":      s.getRequests,
		"POST /clock":        s.postClock,
		"POST /world":        s.postWorld,
		"POST /faults":       s.postFaults,
		"DELETE /faults":     s.deleteFaults,
		"POST /reset":        s.postReset,
	} {
		mux.HandleFunc(pattern, func(w http.ResponseWriter, r *http.Request) {
			v, p := run(r)
			if p != nil {
				writeProblem(w, p)
				return
			}
			writeJSON(w, http.StatusOK, v)
		})
	}
	mux.HandleFunc("GET /clock", func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Query().Has("follow") {
			s.follow(w, r)
			return
		}
		s.mu.Lock()
		now, next := s.virtualNow(), s.next()
		s.mu.Unlock()
		writeJSON(w, http.StatusOK, object{"now": now, "next": next})
	})
}

// next is what the bot waits for, or nil.
func (s *Server) next() any {
	if s.clock.waitingFor.After(s.virtualNow()) {
		return s.clock.waitingFor
	}
	return nil
}

// maxControl is the largest body of the control API.
const maxControl = 16 << 20

// readBody decodes a body into v; a field that v lacks is the caller's fault.
func readBody(r *http.Request, v any) *problem {
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxControl))
	if err != nil {
		return badRequest("bad_json", "the body could not be read")
	}
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil
	}
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	dec.DisallowUnknownFields()
	if err := dec.Decode(v); err != nil {
		return bodyProblem(err)
	}
	if _, err := dec.Token(); !errors.Is(err, io.EOF) {
		return badRequest("bad_json", "the body must be one JSON object")
	}
	return nil
}

func bodyProblem(err error) *problem {
	if name, ok := strings.CutPrefix(err.Error(), "json: unknown field "); ok {
		return badRequest("unknown_field", "unknown field "+name)
	}
	if te, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return badRequest("bad_field", "field "+strconv.Quote(te.Field)+" cannot be a "+te.Value)
	}
	return badRequest("bad_json", "the body is not JSON: "+err.Error())
}

// writeLines writes values as lines of JSON.
func writeLines[T any](w io.Writer, values []T) error {
	enc := json.NewEncoder(w)
	for _, v := range values {
		if err := enc.Encode(v); err != nil {
			return err
		}
	}
	return nil
}

func (s *Server) getRequests(r *http.Request) (any, *problem) {
	after := 0
	if v := r.URL.Query().Get("after"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil {
			return nil, badRequest("bad_field", `"after" must be a number`)
		}
		after = n
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requests.after(after), nil
}

// postClock moves the clock, or takes what the bot waits for.
func (s *Server) postClock(r *http.Request) (any, *problem) {
	var body struct {
		Now        *time.Time      `json:"now"`
		Advance    *string         `json:"advance"`
		To         *string         `json:"to"`
		WaitingFor json.RawMessage `json:"waiting_for"`
	}
	if p := readBody(r, &body); p != nil {
		return nil, p
	}
	given := 0
	for _, is := range []bool{body.Now != nil, body.Advance != nil, body.To != nil, body.WaitingFor != nil} {
		if is {
			given++
		}
	}
	if given != 1 {
		return nil, badRequest("bad_field", `give one of "now", "advance", "to" and "waiting_for"`)
	}
	if body.WaitingFor != nil {
		return s.announce(body.WaitingFor)
	}
	move, p := s.mover(body.Now, body.Advance, body.To)
	if p != nil {
		return nil, p
	}
	return s.moved(r.Context(), move)
}

// announce takes what the bot waits for, null for nothing.
func (s *Server) announce(raw json.RawMessage) (any, *problem) {
	var at *time.Time
	if err := json.Unmarshal(raw, &at); err != nil {
		return nil, badRequest("bad_field", `"waiting_for" must be a time such as 2026-11-23T18:00:00Z, or null`)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clock.announced, s.clock.waitingFor = true, time.Time{}
	if at != nil {
		s.clock.waitingFor = at.UTC()
	}
	s.activity++
	s.changed()
	return object{"now": s.virtualNow(), "next": s.next()}, nil
}

// mover makes the move that a body asks for; before is the count of posts at
// its start.
func (s *Server) mover(now *time.Time, advance, to *string) (func(ctx context.Context, before int) bool, *problem) {
	s.mu.Lock()
	current := s.virtualNow()
	s.mu.Unlock()
	switch {
	case now != nil && now.Before(current):
		return nil, badRequest("bad_time", "the clock only goes forward; it is "+current.Format(time.RFC3339))
	case now != nil:
		return func(ctx context.Context, _ int) bool { return s.leap(ctx, *now) }, nil
	case to != nil && *to != "next":
		return nil, badRequest("bad_field", `"to" can only be "next"`)
	case to != nil:
		return s.walkToPost, nil
	}
	d, err := time.ParseDuration(*advance)
	if err != nil || d < 0 {
		return nil, badRequest("bad_field", `"advance" must be a duration such as "2h" or "90s"`)
	}
	return func(ctx context.Context, _ int) bool {
		s.mu.Lock()
		end := s.virtualNow().Add(d)
		s.mu.Unlock()
		return s.walkTo(ctx, end)
	}, nil
}

// moved carries out a move, one at a time, and tells what was posted in it.
func (s *Server) moved(ctx context.Context, move func(context.Context, int) bool) (any, *problem) {
	ctx, cancel := context.WithTimeout(ctx, s.patience)
	defer cancel()
	select {
	case s.walk <- struct{}{}:
		defer func() { <-s.walk }()
	case <-ctx.Done():
		return nil, wrong(http.StatusGatewayTimeout, "busy", "another call moves the clock")
	}
	s.mu.Lock()
	before := s.postCount()
	s.mu.Unlock()
	ok := move(ctx, before)
	s.mu.Lock()
	defer s.mu.Unlock()
	if !ok {
		return nil, wrong(http.StatusGatewayTimeout, "timeout",
			"not done after 30 s; the clock stands at "+s.virtualNow().Format(time.RFC3339))
	}
	return object{"now": s.virtualNow(), "posts": s.postsSince(before)}, nil
}

// postReset makes the world as at the start. Registered commands and gateway
// sessions belong to the bot and stay.
func (s *Server) postReset(*http.Request) (any, *problem) {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.world
	s.world = newWorld()
	for scope, commands := range old.commands {
		if scope == 0 || s.world.hasBot(s.world.guild(scope)) {
			s.world.commands[scope] = commands
		}
	}
	s.empty()
	s.moveClock(s.opts.Now(), "leap")
	s.tellReset(old)
	return s.stateJSON(), nil
}

// tellReset sends the bot what a reset changed.
func (s *Server) tellReset(old *world) {
	for _, g := range old.guilds {
		if old.hasBot(g) && s.world.guild(g.id) == nil {
			s.dispatch("GUILD_DELETE", intentGuilds, func(string) object { return object{"id": g.id} })
		}
	}
	for _, g := range s.world.guilds {
		if !s.world.hasBot(g) {
			continue
		}
		before := old.guild(g.id)
		if !old.hasBot(before) {
			s.dispatch("GUILD_CREATE", intentGuilds, func(string) object { return s.world.guildCreateJSON(g) })
			continue
		}
		for _, c := range g.channels {
			switch was := old.channel(c.id); {
			case was == nil && c.parent != nil:
				s.dispatch("THREAD_CREATE", intentGuilds, func(string) object { return s.world.channelJSON(c) })
			case was == nil:
				s.dispatch("CHANNEL_CREATE", intentGuilds, func(string) object { return s.world.channelJSON(c) })
			default:
				s.channelChanged(c)
			}
		}
	}
}
