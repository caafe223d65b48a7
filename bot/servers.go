package bot

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"
)

// Servers is told which servers the bot is in, by their IDs. The calls are made
// one at a time and in order, never beside the gateway's own work, each with
// 30 seconds of context. At shutdown the call under way gets the time that
// handlers get, and those behind it are not made: Present makes up for them at
// the next start.
type Servers interface {
	// Present gets all servers, once for each new session with Discord: those
	// that are not among them were left meanwhile. When one Present still waits
	// for its turn, a later one right behind takes its place.
	Present(ctx context.Context, ids []string)
	// Joined gets a server that the bot has been added to since.
	Joined(ctx context.Context, id string)
	// Left gets a server that the bot was thrown out of, or that is gone. A
	// server that Discord can't reach for a while is not left.
	Left(ctx context.Context, id string)
}

// serverEvents turns the gateway's events into calls of Servers. It keeps ids
// only.
type serverEvents struct {
	to   Servers // nil: nobody wants to know
	log  *slog.Logger
	wake chan struct{}

	outages *outages

	mu      sync.Mutex
	known   map[string]bool // servers that the bot is in
	waiting []serverEvent
}

// A serverEvent is a READY with all ids, or a join or leave with one.
type serverEvent struct {
	kind string
	ids  []string
}

func newServerEvents(to Servers, log *slog.Logger, now func() time.Time) *serverEvents {
	return &serverEvents{to: to, log: log, outages: &outages{now: now}, wake: make(chan struct{}, 1), known: map[string]bool{}}
}

// present notes the servers of a READY.
func (s *serverEvents) present(ids []string) {
	s.outages.ready(ids)
	if s.to == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.known)
	for _, id := range ids {
		s.known[id] = true
	}
	if n := len(s.waiting); n > 0 && s.waiting[n-1].kind == "READY" {
		s.waiting = s.waiting[:n-1] // one that has to wait is overtaken: gateways may flap for hours
	}
	s.add("READY", ids)
}

// event notes a GUILD_CREATE or GUILD_DELETE.
func (s *serverEvents) event(kind string, data json.RawMessage) {
	var g struct {
		ID          string `json:"id"`
		Unavailable bool   `json:"unavailable"`
	}
	if err := json.Unmarshal(data, &g); err != nil || g.ID == "" {
		s.log.Error("an event about a server could not be read", "event", kind)
		return
	}
	created := kind == "GUILD_CREATE"
	s.outages.note(g.ID, created, g.Unavailable)
	if s.to == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case created && s.known[g.ID]: // Discord lists it after READY, or an outage is over
		return
	case !created && g.Unavailable: // an outage
		return
	case created:
		s.known[g.ID] = true
	default:
		delete(s.known, g.ID)
	}
	s.add(kind, []string{g.ID})
}

// add lets an event wait for its call; the caller holds mu.
func (s *serverEvents) add(kind string, ids []string) {
	s.waiting = append(s.waiting, serverEvent{kind, ids})
	select {
	case s.wake <- struct{}{}:
	default: // run is awake already
	}
}

// run makes the calls until ctx ends; they run under calls.
func (s *serverEvents) run(ctx, calls context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-s.wake:
		}
		for _, e := range s.take() {
			if ctx.Err() != nil {
				return
			}
			s.call(calls, e)
		}
	}
}

// take returns what waits and lets nothing wait.
func (s *serverEvents) take() []serverEvent {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.waiting
	s.waiting = nil
	return all
}

// call makes one call; a panic in it is logged and ends no other.
func (s *serverEvents) call(ctx context.Context, e serverEvent) {
	ctx, cancel := context.WithTimeout(ctx, handlerMax)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			s.log.ErrorContext(ctx, "server event panicked", "event", e.kind, "kind", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
		}
	}()
	switch e.kind {
	case "READY":
		s.to.Present(ctx, e.ids)
	case "GUILD_CREATE":
		s.to.Joined(ctx, e.ids[0])
	case "GUILD_DELETE":
		s.to.Left(ctx, e.ids[0])
	}
}
