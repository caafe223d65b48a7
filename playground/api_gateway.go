package playground

import (
	"time"

	"unpinch/playground/wire"
)

// routes returns the endpoints that lead a bot to the gateway.
func (s *gateway) routes() []route {
	return []route{
		{method: "GET", path: "/gateway", open: true, run: s.address},
		{method: "GET", path: "/gateway/bot", limit: 2, window: 5 * time.Second, run: s.start},
	}
}

// address tells where the gateway is.
func (s *gateway) address(c *call) (any, *wire.Refusal) {
	return object{"url": gatewayURL(c.base)}, nil
}

// start tells a bot how it may begin.
func (s *gateway) start(c *call) (any, *wire.Refusal) {
	return object{"url": gatewayURL(c.base), "shards": s.recommended(), "session_start_limit": s.startLimit()}, nil
}

// startLimit returns what a bot is told of its logins.
func (s *gateway) startLimit() object {
	now := s.opts.Now()
	s.logins.turn(now)
	return object{"total": loginsADay, "remaining": max(0, loginsADay-s.logins.used),
		"reset_after": s.logins.end.Sub(now).Milliseconds(), "max_concurrency": s.concurrency()}
}
