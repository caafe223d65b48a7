package playground

import (
	"context"
	"encoding/json"
	"net/http"
	"strconv"
	"time"
)

// getClock tells the time, or streams it.
func (s *Server) getClock(w http.ResponseWriter, r *http.Request) {
	if r.URL.Query().Has("follow") {
		s.follow(w, r)
		return
	}
	s.mu.Lock()
	now, next := s.virtualNow(), s.next()
	s.mu.Unlock()
	writeJSON(w, http.StatusOK, object{"now": now, "next": next, "identify_ms": s.opts.IdentifyEvery.Milliseconds()})
}

// next is what the bot waits for, or nil.
func (s *Server) next() any {
	if s.clock.waitingFor.After(s.virtualNow()) {
		return s.clock.waitingFor
	}
	return nil
}

// postClock moves the clock, or takes what the bot waits for.
func (s *Server) postClock(r *http.Request) (any, *problem) {
	var body struct {
		Now        *string         `json:"now"`
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
	var at time.Time
	if string(raw) != "null" {
		var words string
		_ = json.Unmarshal(raw, &words) // what is no string is no time either
		var p *problem
		if at, p = readTime("waiting_for", words); p != nil {
			p.text += ", or null"
			return nil, p
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.clock.announced, s.clock.waitingFor = true, at
	s.activity++
	s.changed()
	return object{"now": s.virtualNow(), "next": s.next()}, nil
}

// readTime reads a field that holds a time.
func readTime(field, value string) (time.Time, *problem) {
	t, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return time.Time{}, badRequest("bad_field", strconv.Quote(field)+" must be a time such as 2026-11-22T18:00:00Z")
	}
	return t.UTC(), nil
}

// readSpan reads a field that holds a duration, none below zero.
func readSpan(field, value string) (time.Duration, *problem) {
	d, err := time.ParseDuration(value)
	if err != nil || d < 0 {
		return 0, badRequest("bad_field", strconv.Quote(field)+" must be a duration such as 2h30m")
	}
	return d, nil
}

// mover makes the move that a body asks for; before is the count of posts at
// its start.
func (s *Server) mover(now, advance, to *string) (func(ctx context.Context, before int) bool, *problem) {
	switch {
	case now != nil:
		return s.leaper(*now)
	case advance != nil:
		return s.walker(*advance)
	case *to != "next":
		return nil, badRequest("bad_field", `"to" can only be "next"`)
	}
	return s.walkToPost, nil
}

func (s *Server) leaper(now string) (func(context.Context, int) bool, *problem) {
	at, p := readTime("now", now)
	if p != nil {
		return nil, p
	}
	s.mu.Lock()
	current := s.virtualNow()
	s.mu.Unlock()
	if at.Before(current) {
		return nil, badRequest("bad_time", "the clock only goes forward; it is "+current.Format(time.RFC3339))
	}
	return func(ctx context.Context, _ int) bool { return s.leap(ctx, at) }, nil
}

func (s *Server) walker(advance string) (func(context.Context, int) bool, *problem) {
	d, p := readSpan("advance", advance)
	if p != nil {
		return nil, p
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
