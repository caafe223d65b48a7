package playground

import (
	"net/http"
	"time"

	"unpinch/playground/wire"
)

// A guildAPI answers what a bot asks about guilds and channels.
type guildAPI struct{ world *world }

func (g *guildAPI) routes() []route {
	const s = time.Second
	return []route{
		{method: "GET", path: "/guilds/{guild}", limit: 10, window: 5 * s, run: g.get},
		{method: "GET", path: "/guilds/{guild}/roles", limit: 10, window: 5 * s, run: g.roles},
		{method: "GET", path: "/guilds/{guild}/roles/member-counts", limit: 5, window: 5 * s, run: g.roleCounts},
		{method: "GET", path: "/guilds/{guild}/members/{user}", limit: 5, window: s, run: g.member},
		{method: "GET", path: "/guilds/{guild}/channels", limit: 10, window: 5 * s, run: g.channels},
		{method: "GET", path: "/channels/{channel}", limit: 50, window: 15 * s, run: g.channel},
	}
}

func (g *guildAPI) get(c *call) (any, *wire.Refusal) {
	guild, no := g.world.guildOf(c)
	if no != nil {
		return nil, no
	}
	o := guild.json()
	if c.r.URL.Query().Get("with_counts") == "true" {
		o["approximate_member_count"], o["approximate_presence_count"] = len(guild.members), len(guild.members)
	}
	return o, nil
}

func (g *guildAPI) roles(c *call) (any, *wire.Refusal) {
	guild, no := g.world.guildOf(c)
	if no != nil {
		return nil, no
	}
	return guild.json()["roles"], nil
}

// roleCounts counts the members of each role. Discord leaves @everyone out.
func (g *guildAPI) roleCounts(c *call) (any, *wire.Refusal) {
	guild, no := g.world.guildOf(c)
	if no != nil {
		return nil, no
	}
	counts := map[string]int{}
	for _, r := range guild.roles {
		if r.id != guild.id {
			counts[r.id.String()] = 0
		}
	}
	for _, m := range guild.members {
		for _, id := range m.roles {
			counts[id.String()]++
		}
	}
	return counts, nil
}

func (g *guildAPI) member(c *call) (any, *wire.Refusal) {
	guild, no := g.world.guildOf(c)
	if no != nil {
		return nil, no
	}
	u := g.world.userByID(c.id("user"))
	if u == nil {
		return nil, wire.Refuse(http.StatusNotFound, 10013, "Unknown User")
	}
	m := guild.member(u.id)
	if m == nil {
		return nil, wire.Refuse(http.StatusNotFound, 10007, "Unknown Member")
	}
	return m.fullJSON(), nil
}

func (g *guildAPI) channels(c *call) (any, *wire.Refusal) {
	guild, no := g.world.guildOf(c)
	if no != nil {
		return nil, no
	}
	out := []object{}
	for _, ch := range guild.channels {
		if ch.parent == nil { // Discord lists threads elsewhere
			out = append(out, ch.json())
		}
	}
	return out, nil
}

func (g *guildAPI) channel(c *call) (any, *wire.Refusal) {
	ch, _, no := g.world.channelOf(c)
	if no != nil {
		return nil, no
	}
	return ch.json(), nil
}
