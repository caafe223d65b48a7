package playground

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strconv"
	"strings"

	"unpinch/playground/wire"
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

// missing names the fields that a call left empty, nil for none; they come as
// name and value in turn.
func missing(fields ...string) *problem {
	var words []string
	for i := 0; i < len(fields); i += 2 {
		if fields[i+1] == "" {
			words = append(words, strconv.Quote(fields[i])+" is missing")
		}
	}
	if words == nil {
		return nil
	}
	return badRequest("bad_field", strings.Join(words, "; "))
}

// problemJSON is how a problem, or the bot's failure, is told.
func problemJSON(code, text string) object { return object{"code": code, "text": text} }

func writeProblem(w http.ResponseWriter, p *problem) {
	wire.WriteJSON(w, p.status, object{"error": problemJSON(p.code, p.text)})
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
			wire.WriteJSON(w, http.StatusOK, v)
		})
	}
	mux.HandleFunc("GET /clock", s.getClock)
	mux.HandleFunc("/", s.noPath)
}

// noPath refuses what no other pattern takes.
func (s *Server) noPath(w http.ResponseWriter, r *http.Request) {
	allowed := methodsFor(s.mux, r)
	if len(allowed) == 0 {
		writeProblem(w, notFound("path", r.URL.Path))
		return
	}
	methods := strings.Join(allowed, ", ")
	w.Header().Set("Allow", methods)
	writeProblem(w, wrong(http.StatusMethodNotAllowed, "wrong_method", r.URL.Path+" takes "+methods+" and no "+r.Method))
}

// methodsFor are the methods that a mux takes for a request's path, its
// catch-all aside.
func methodsFor(mux *http.ServeMux, r *http.Request) []string {
	var out []string
	for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"} {
		other := r.Clone(r.Context())
		other.Method = method
		if _, pattern := mux.Handler(other); pattern != "/" {
			out = append(out, method)
		}
	}
	return out
}

// maxControl is the largest body of the control API.
const maxControl = 16 << 20

// readBody decodes a body into v, an empty one as {}; a field that v lacks is
// the caller's fault.
func readBody(r *http.Request, v any) *problem {
	raw, err := io.ReadAll(io.LimitReader(r.Body, maxControl+1))
	if err != nil {
		return badRequest("bad_json", "the body could not be read")
	}
	if len(raw) > maxControl {
		return wrong(http.StatusRequestEntityTooLarge, "too_large", "the body can be 16 MiB at most")
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
		if te.Field == "" {
			return badRequest("bad_json", "the body must be one JSON object")
		}
		return badRequest("bad_field", "field "+strconv.Quote(te.Field)+" cannot be of the type "+te.Value)
	}
	if _, ok := errors.AsType[base64.CorruptInputError](err); ok {
		return badRequest("bad_field", `"base64" does not hold a file's content in base64`)
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

// postReset makes the world as at the start. Registered commands and gateway
// sessions belong to the bot and stay.
func (s *Server) postReset(*http.Request) (any, *problem) {
	s.mu.Lock()
	defer s.mu.Unlock()
	old := s.world
	s.edits++
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
		if !old.hasBot(before) || before.unavailable {
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
