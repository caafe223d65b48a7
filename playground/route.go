package playground

import (
	"net/http"

	"unpinch/playground/wire"
)

// missing returns the routes that the playground lacks. A bot that calls one of
// them is told.
func (a *restAPI) missing() []route {
	routes := missingRoutes()
	for i := range routes {
		routes[i].run = a.notYet
	}
	return routes
}

// missingRoutes exist on Discord and not here.
func missingRoutes() []route {
	return []route{
		{method: "POST", path: "/channels/{channel}/typing"},
		{method: "PATCH", path: "/channels/{channel}"},
		{method: "DELETE", path: "/channels/{channel}"},
		{method: "POST", path: "/channels/{channel}/threads"},
		{method: "POST", path: "/channels/{channel}/messages/bulk-delete"},
		{method: "POST", path: "/channels/{channel}/messages/{message}/crosspost"},
		{method: "PUT", path: "/channels/{channel}/messages/{message}/reactions/{emoji}/@me"},
		{method: "PUT", path: "/channels/{channel}/messages/pins/{message}"},
		{method: "GET", path: "/channels/{channel}/webhooks"},
		{method: "POST", path: "/channels/{channel}/webhooks"},
		{method: "GET", path: "/guilds/{guild}/members"},
		{method: "GET", path: "/guilds/{guild}/scheduled-events/{event}/users"},
		{method: "DELETE", path: "/users/@me/guilds/{guild}"},
		{method: "PATCH", path: "/users/@me"},
		{method: "PATCH", path: "/applications/@me"},
		{method: "GET", path: "/applications/{application}/emojis"},
		{method: "PUT", path: "/applications/{application}/guilds/{guild}/commands/{command}/permissions"},
	}
}

// notYet refuses a route that the playground lacks.
func (a *restAPI) notYet(c *call) (any, *wire.Refusal) {
	a.log.WarnContext(c.r.Context(), "the playground does not have this route", "method", c.r.Method, "route", c.route.path)
	return nil, wire.Refuse(http.StatusNotImplemented, 0, "501: The playground does not have "+c.r.Method+" "+c.route.path+"; Discord does")
}
