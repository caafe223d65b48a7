package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"runtime/debug"
	"slices"
	"sync"
	"time"
)

// Servers is told which servers the bot is in, by their IDs. The calls are made
// one at a time and in order, never beside the gateway's own work, each with
// 30 seconds of context. At shutdown the call under way gets the time that
// handlers get, and those behind it are not made. What is not made, or fails,
// is told again at the next start.
type Servers interface {
	// Present gets all servers of a shard, once for each of its new sessions with
	// Discord: the bot left any other of that shard meanwhile. A Present that still
	// waits for its turn gives it to a later one right behind.
	Present(ctx context.Context, s Shard, ids []string) error
	// Resumed is called in the place of a shard's Present when it goes on with the
	// session of an earlier process: Joined and Left have told by then what
	// changed meanwhile.
	Resumed(ctx context.Context, s Shard) error
	// Joined gets a server that the bot has been added to since. It may get one
	// that the bot was in before.
	Joined(ctx context.Context, id string) error
	// Left gets a server that the bot was thrown out of, or that is gone. A
	// server that Discord can't reach for a while does not count.
	Left(ctx context.Context, id string) error
	// Back gets servers that Discord can reach again. A server that comes back
	// while a Back still waits for its turn may come with that.
	Back(ctx context.Context, ids []string) error
}

// serverEvents turns the gateway's events into calls of Servers. It keeps ids
// only.
type serverEvents struct {
	to   Servers // nil: nothing is told
	log  *slog.Logger
	wake chan struct{}
	done func() // called whenever no event waits any more

	outages *outages

	mu      sync.Mutex
	known   map[string]bool // servers that the bot is in, as far as this process was told
	waiting []serverEvent
	calling bool    // events that were taken are not done with
	missed  []Shard // of calls that failed, with no Present that has made up for them
}

// A serverEvent is a READY with all ids, a RESUMED, a join or leave with one id,
// or BACK with those of servers whose outage is over.
type serverEvent struct {
	shard Shard
	kind  string
	ids   []string
}

func newServerEvents(to Servers, log *slog.Logger, now func() time.Time) *serverEvents {
	return &serverEvents{to: to, log: log, outages: &outages{now: now}, wake: make(chan struct{}, 1), done: func() {}, known: map[string]bool{}}
}

// present notes the servers of a shard's READY.
func (s *serverEvents) present(of Shard, ids []string) {
	s.outages.ready(of, ids)
	if s.to == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	maps.DeleteFunc(s.known, func(id string, _ bool) bool { return of.Has(id) })
	for _, id := range ids {
		s.known[id] = true
	}
	if n := len(s.waiting); n > 0 && s.waiting[n-1].kind == "READY" && s.waiting[n-1].shard == of {
		s.waiting = s.waiting[:n-1] // one that has to wait is overtaken: gateways may flap for hours
	}
	s.add(of, "READY", ids)
}

// resumed notes that a session of an earlier process goes on.
func (s *serverEvents) resumed(of Shard) {
	s.outages.resumed(of)
	if s.to == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.add(of, "RESUMED", nil)
}

// settled reports whether all events so far have been told, and taken.
func (s *serverEvents) settled() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.waiting) == 0 && !s.calling && len(s.missed) == 0
}

// event notes a GUILD_CREATE or GUILD_DELETE.
func (s *serverEvents) event(of Shard, kind string, data json.RawMessage) {
	var g struct {
		ID          string `json:"id"`
		Unavailable bool   `json:"unavailable"`
	}
	if err := json.Unmarshal(data, &g); err != nil || g.ID == "" {
		s.log.Error("an event about a server could not be read", "event", kind)
		return
	}
	created := kind == "GUILD_CREATE"
	down := s.outages.has(g.ID)
	s.outages.note(of, g.ID, g.Unavailable)
	if s.to == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if created && down && !g.Unavailable {
		s.back(of, g.ID)
	}
	switch {
	case created && s.known[g.ID]: // Discord lists it after READY or an outage
		return
	case !created && g.Unavailable: // an outage
		return
	case created:
		s.known[g.ID] = true
	default:
		delete(s.known, g.ID)
	}
	s.add(of, kind, []string{g.ID})
}

// back notes that an outage is over; the caller holds mu.
func (s *serverEvents) back(of Shard, id string) {
	if n := len(s.waiting); n > 0 && s.waiting[n-1].kind == "BACK" {
		s.waiting[n-1].ids = append(s.waiting[n-1].ids, id)
		return
	}
	s.add(of, "BACK", []string{id})
}

// add lets an event wait for its call; the caller holds mu.
func (s *serverEvents) add(of Shard, kind string, ids []string) {
	s.waiting = append(s.waiting, serverEvent{of, kind, ids})
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
			err := s.call(calls, e)
			if calls.Err() != nil {
				return // cut: it is to be told again
			}
			s.noteCall(ctx, e, err)
		}
		s.told()
	}
}

// noteCall notes how a call went.
func (s *serverEvents) noteCall(ctx context.Context, e serverEvent, err error) {
	if err != nil {
		s.log.ErrorContext(ctx, "servers are not up to date", "event", e.kind, "err", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil || e.kind == "READY" {
		s.missed = slices.DeleteFunc(s.missed, func(of Shard) bool { return of.Of != e.shard.Of || of.ID == e.shard.ID })
	}
	if err != nil {
		s.missed = append(s.missed, e.shard)
	}
}

// take returns what waits and lets nothing wait.
func (s *serverEvents) take() []serverEvent {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.waiting
	s.waiting, s.calling = nil, true
	return all
}

// told notes that what take returned is done with.
func (s *serverEvents) told() {
	s.mu.Lock()
	s.calling = false
	s.mu.Unlock()
	s.done()
}

// call makes one call; a panic in it is logged and ends no other.
func (s *serverEvents) call(ctx context.Context, e serverEvent) (err error) {
	ctx, cancel := context.WithTimeout(ctx, handlerMax)
	defer cancel()
	defer func() {
		if p := recover(); p != nil {
			s.log.ErrorContext(ctx, "server event panicked", "event", e.kind, "kind", fmt.Sprintf("%T", p), "stack", string(debug.Stack()))
			err = errors.New("the call panicked")
		}
	}()
	switch e.kind {
	case "READY":
		return s.to.Present(ctx, e.shard, e.ids)
	case "RESUMED":
		return s.to.Resumed(ctx, e.shard)
	case "GUILD_CREATE":
		return s.to.Joined(ctx, e.ids[0])
	case "GUILD_DELETE":
		return s.to.Left(ctx, e.ids[0])
	case "BACK":
		return s.to.Back(ctx, e.ids)
	}
	return nil
}
