package playground

import (
	"net/http"
	"slices"
	"time"
)

// restRoutes are the endpoints of the REST API. The bucket limits are of the
// size that Discord answers with; bots must read them from the headers.
func restRoutes() []route {
	const (
		commands = "/applications/{application}/commands"
		guild    = "/applications/{application}/guilds/{guild}/commands"
		channel  = "/channels/{channel}"
		webhook  = "/webhooks/{application}/{token}"
	)
	s := time.Second
	routes := []route{
		{method: "GET", path: "/gateway", open: true, run: getGateway},
		{method: "GET", path: "/gateway/bot", limit: 2, window: 5 * s, run: getGatewayBot},
		{method: "GET", path: "/users/@me", limit: 30, window: 30 * s, run: getMe},
		{method: "GET", path: "/users/{user}", limit: 30, window: 30 * s, run: getUser},
		{method: "POST", path: "/users/@me/channels", limit: 60, window: 60 * s, run: openDM},
		{method: "GET", path: "/applications/@me", limit: 30, window: 30 * s, run: getApplication},
		{method: "GET", path: "/oauth2/applications/@me", limit: 30, window: 30 * s, run: getApplication},
		{method: "GET", path: "/guilds/{guild}", limit: 10, window: 5 * s, run: getGuild},
		{method: "GET", path: "/guilds/{guild}/roles", limit: 10, window: 5 * s, run: getRoles},
		{method: "GET", path: "/guilds/{guild}/roles/member-counts", limit: 5, window: 5 * s, run: getRoleCounts},
		{method: "GET", path: "/guilds/{guild}/members/{user}", limit: 5, window: s, run: getMember},
		{method: "GET", path: "/guilds/{guild}/channels", limit: 10, window: 5 * s, run: getChannels},
		{method: "GET", path: channel, limit: 50, window: 15 * s, run: getChannel},
		{method: "GET", path: channel + "/messages", limit: 5, window: 5 * s, run: listMessages},
		{method: "GET", path: channel + "/messages/{message}", limit: 5, window: s, run: getMessage},
		{method: "POST", path: channel + "/messages", limit: 5, window: 5 * s, run: postMessage},
		{method: "PATCH", path: channel + "/messages/{message}", limit: 5, window: 5 * s, run: patchMessage},
		{method: "DELETE", path: channel + "/messages/{message}", limit: 5, window: s, run: deleteMessage},
		{method: "POST", path: "/interactions/{interaction}/{token}/callback", open: true, run: postCallback},
		{method: "POST", path: webhook, open: true, limit: 5, window: 2 * s, run: postFollowup},
	}
	for _, prefix := range []string{commands, guild} {
		routes = append(routes,
			route{method: "GET", path: prefix, limit: 10, window: 5 * s, run: listCommands},
			route{method: "PUT", path: prefix, limit: 10, window: 20 * s, run: putCommands},
			route{method: "POST", path: prefix, limit: 20, window: 20 * s, run: postCommand},
			route{method: "GET", path: prefix + "/{command}", limit: 10, window: 5 * s, run: getCommand},
			route{method: "PATCH", path: prefix + "/{command}", limit: 20, window: 20 * s, run: patchCommand},
			route{method: "DELETE", path: prefix + "/{command}", limit: 20, window: 20 * s, run: deleteCommand})
	}
	for method, run := range map[string]func(*Server, *call) (any, *refusal){
		"GET": getFollowup, "PATCH": patchFollowup, "DELETE": deleteFollowup} {
		routes = append(routes, route{method: method, path: webhook + "/messages/{message}", open: true,
			limit: 5, window: 2 * s, run: run})
	}
	for _, missing := range missingRoutes() {
		missing.run = notYet
		routes = append(routes, missing)
	}
	return routes
}

// missingRoutes exist on Discord and not here. A bot that calls one is told.
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
		{method: "GET", path: "/guilds/{guild}/scheduled-events"},
		{method: "POST", path: "/guilds/{guild}/scheduled-events"},
		{method: "GET", path: "/users/@me/guilds"},
		{method: "DELETE", path: "/users/@me/guilds/{guild}"},
		{method: "PATCH", path: "/users/@me"},
		{method: "PATCH", path: "/applications/@me"},
		{method: "GET", path: "/applications/{application}/emojis"},
		{method: "PUT", path: "/applications/{application}/guilds/{guild}/commands/{command}/permissions"},
	}
}

// notYet refuses what only a later feature of a bot would need.
func notYet(s *Server, c *call) (any, *refusal) {
	s.log.WarnContext(c.r.Context(), "the playground does not have this route", "method", c.r.Method, "route", c.route.path)
	return nil, refuse(http.StatusNotImplemented, 0, "501: The playground does not have "+c.r.Method+" "+c.route.path+"; Discord does")
}

func getGateway(_ *Server, c *call) (any, *refusal) {
	return object{"url": gatewayURL(c.base)}, nil
}

func getGatewayBot(s *Server, c *call) (any, *refusal) {
	return object{"url": gatewayURL(c.base), "shards": 1, "session_start_limit": s.startLimit()}, nil
}

func getMe(s *Server, _ *call) (any, *refusal) { return s.meJSON(), nil }

func getUser(s *Server, c *call) (any, *refusal) {
	u := s.world.userByID(c.id("user"))
	if u == nil {
		return nil, refuse(http.StatusNotFound, 10013, "Unknown User")
	}
	return userJSON(u), nil
}

// meJSON is the bot's own user, with what only it sees.
func (s *Server) meJSON() object {
	me := userJSON(s.world.bot)
	me["mfa_enabled"], me["locale"], me["verified"], me["email"] = true, guildLocale, true, nil
	return me
}

func getApplication(s *Server, _ *call) (any, *refusal) { return s.world.applicationJSON(), nil }

// theGuild is the guild that a route names; the bot must be a member.
func (s *Server) theGuild(c *call) (*guild, *refusal) {
	g := s.world.guild(c.id("guild"))
	switch {
	case g == nil:
		return nil, refuse(http.StatusNotFound, 10004, "Unknown Guild")
	case !s.world.hasBot(g):
		return nil, refuse(http.StatusForbidden, 50001, "Missing Access")
	}
	return g, nil
}

func getGuild(s *Server, c *call) (any, *refusal) {
	g, no := s.theGuild(c)
	if no != nil {
		return nil, no
	}
	o := guildJSON(g)
	if c.r.URL.Query().Get("with_counts") == "true" {
		o["approximate_member_count"], o["approximate_presence_count"] = len(g.members), len(g.members)
	}
	return o, nil
}

func getRoles(s *Server, c *call) (any, *refusal) {
	g, no := s.theGuild(c)
	if no != nil {
		return nil, no
	}
	return guildJSON(g)["roles"], nil
}

// getRoleCounts tells how many have each role. Discord leaves @everyone out.
func getRoleCounts(s *Server, c *call) (any, *refusal) {
	g, no := s.theGuild(c)
	if no != nil {
		return nil, no
	}
	counts := map[string]int{}
	for _, r := range g.roles {
		if r.id != g.id {
			counts[r.id.String()] = 0
		}
	}
	for _, m := range g.members {
		for _, id := range m.roles {
			counts[id.String()]++
		}
	}
	return counts, nil
}

func getMember(s *Server, c *call) (any, *refusal) {
	g, no := s.theGuild(c)
	if no != nil {
		return nil, no
	}
	u := s.world.userByID(c.id("user"))
	if u == nil {
		return nil, refuse(http.StatusNotFound, 10013, "Unknown User")
	}
	m := g.member(u.id)
	if m == nil {
		return nil, refuse(http.StatusNotFound, 10007, "Unknown Member")
	}
	return fullMemberJSON(m), nil
}

func getChannels(s *Server, c *call) (any, *refusal) {
	g, no := s.theGuild(c)
	if no != nil {
		return nil, no
	}
	out := []object{}
	for _, ch := range g.channels {
		if ch.parent == nil { // Discord lists threads elsewhere
			out = append(out, s.world.channelJSON(ch))
		}
	}
	return out, nil
}

// theChannel is the channel that a route names; the bot must see it.
func (s *Server) theChannel(c *call) (*channel, uint64, *refusal) {
	ch := s.world.channel(c.id("channel"))
	if ch == nil {
		return nil, 0, refuse(http.StatusNotFound, 10003, "Unknown Channel")
	}
	may := s.world.may(s.world.bot.id, ch)
	if may&permViewChannel == 0 {
		return nil, 0, refuse(http.StatusForbidden, 50001, "Missing Access")
	}
	return ch, may, nil
}

func getChannel(s *Server, c *call) (any, *refusal) {
	ch, _, no := s.theChannel(c)
	if no != nil {
		return nil, no
	}
	return s.world.channelJSON(ch), nil
}

// Opening DMs faster than this is refused.
const (
	dmOpensAllowed = 10
	dmOpensWindow  = 10 * time.Second
)

func openDM(s *Server, c *call) (any, *refusal) {
	id, ok := number(c.body, "recipient_id")
	u := s.world.userByID(flake(id))
	if !ok || u == nil || u.bot {
		return nil, refuse(http.StatusBadRequest, 50033, "Invalid Recipient(s)")
	}
	now := s.opts.Now()
	s.dmOpens = slices.DeleteFunc(s.dmOpens, func(t time.Time) bool { return now.Sub(t) >= dmOpensWindow })
	if len(s.dmOpens) >= dmOpensAllowed {
		return nil, refuse(http.StatusBadRequest, 40003, "You are opening direct messages too fast")
	}
	s.dmOpens = append(s.dmOpens, now)
	return s.world.channelJSON(s.world.dm(u)), nil
}
