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
	return object{"url": gatewayURL(c.base), "shards": 1, "session_start_limit": object{
		"total": 1000, "remaining": 1000, "reset_after": 86400000, "max_concurrency": 1}}, nil
}
