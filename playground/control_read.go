package playground

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"
)

// getMessages lists a channel as a user sees it, oldest first.
func (s *Server) getMessages(r *http.Request) (any, *problem) {
	q := r.URL.Query()
	after, wait, bad := readQuery(q)
	limit, _ := strconv.Atoi(q.Get("limit"))
	if bad != nil {
		return nil, bad
	}
	s.mu.Lock()
	u, c, bad := s.reader(q.Get("as"), q.Get("guild"), q.Get("channel"))
	newer := after
	if bad == nil && after == 0 {
		newer = lastSeen(c, u) // than what is there now
	}
	s.mu.Unlock()
	if bad != nil {
		return nil, bad
	}
	if wait > 0 {
		s.await(r.Context(), wait, func() bool { return lastSeen(c, u) > newer })
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	out := []object{}
	for _, m := range slices.Backward(c.messages) {
		if limit > 0 && len(out) == limit {
			break
		}
		if m.id > after && m.visible(u) && (!m.deleted || q.Get("deleted") == "1") {
			out = append(out, s.viewedJSON(m, base(r)))
		}
	}
	slices.Reverse(out)
	return out, nil
}

// readQuery checks the query of GET messages.
func readQuery(q url.Values) (after flake, wait time.Duration, bad *problem) {
	for key := range q {
		if !slices.Contains([]string{"channel", "as", "guild", "after", "wait", "deleted", "limit"}, key) {
			return 0, 0, badRequest("unknown_field", "unknown field "+strconv.Quote(key))
		}
	}
	if v := q.Get("wait"); v != "" {
		if wait, bad = readSpan("wait", v); bad != nil {
			return 0, 0, bad
		}
		if wait > time.Minute {
			return 0, 0, badRequest("bad_field", `"wait" must be 1m at most`)
		}
	}
	if v := q.Get("limit"); v != "" {
		if n, err := strconv.Atoi(v); err != nil || n < 1 {
			return 0, 0, badRequest("bad_field", `"limit" must be a number from 1`)
		}
	}
	if bad = missing("channel", q.Get("channel")); bad != nil {
		return 0, 0, bad
	}
	after = parseFlake(q.Get("after"))
	if q.Get("after") != "" && after == 0 {
		return 0, 0, badRequest("bad_field", `"after" must be a message id`)
	}
	return after, wait, nil
}

// reader finds who reads and what; without a name, everything public shows.
func (s *Server) reader(as, guildName, channelName string) (*user, *channel, *problem) {
	if as != "" {
		return s.place(as, guildName, channelName)
	}
	c := s.world.findChannel(channelName, nil)
	if c == nil {
		return nil, nil, notFound("channel", channelName)
	}
	return nil, c, nil
}

// lastSeen is the newest message that a user sees in a channel.
func lastSeen(c *channel, u *user) flake {
	for _, m := range slices.Backward(c.messages) {
		if !m.deleted && m.visible(u) {
			return m.id
		}
	}
	return 0
}
