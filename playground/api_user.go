package playground

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"unpinch/playground/wire"
)

// A bot that opens DMs faster than this is refused.
const (
	dmOpensAllowed = 10
	dmOpensWindow  = 10 * time.Second
)

// A userAPI answers what a bot asks about people and itself, and opens DMs.
type userAPI struct {
	world  *world
	real   func() time.Time
	opened []time.Time // when DMs were opened lately
}

func (u *userAPI) routes() []route {
	const s = time.Second
	return []route{
		{method: "GET", path: "/users/@me", limit: 30, window: 30 * s, run: u.me},
		{method: "GET", path: "/users/@me/guilds", limit: 10, window: 10 * s, run: u.guilds},
		{method: "GET", path: "/users/{user}", limit: 30, window: 30 * s, run: u.user},
		{method: "POST", path: "/users/@me/channels", limit: 60, window: 60 * s, run: u.openDM},
		{method: "GET", path: "/applications/@me", limit: 30, window: 30 * s, run: u.application},
		{method: "GET", path: "/oauth2/applications/@me", limit: 30, window: 30 * s, run: u.application},
	}
}

func (u *userAPI) me(_ *call) (any, *wire.Refusal) { return u.world.meJSON(), nil }

// guildsMost is how many guilds one answer holds.
const guildsMost = 200

// guilds lists the guilds that the bot is in, by id.
func (u *userAPI) guilds(c *call) (any, *wire.Refusal) {
	limit, after, before, no := guildPage(c.r.URL.Query())
	if no != nil {
		return nil, no
	}
	var in []*guild
	for _, g := range u.world.guilds {
		if g.hasBot() && g.id > after && (before == 0 || g.id < before) {
			in = append(in, g)
		}
	}
	slices.SortFunc(in, func(a, b *guild) int { return cmp.Compare(a.id, b.id) })
	if len(in) > limit && before != 0 && after == 0 {
		in = in[len(in)-limit:] // those right before it
	}
	out := []object{}
	for _, g := range in[:min(limit, len(in))] {
		o := object{"id": g.id, "name": g.name, "icon": nil, "banner": nil, "owner": g.owner == u.world.bot.id,
			"permissions": bits(g.base(u.world.bot)), "features": []string{}}
		if c.r.URL.Query().Get("with_counts") == "true" {
			o["approximate_member_count"], o["approximate_presence_count"] = len(g.members), len(g.members)
		}
		out = append(out, o)
	}
	return out, nil
}

// guildPage reads which guilds are asked for.
func guildPage(q url.Values) (limit int, after, before wire.ID, no *wire.Refusal) {
	limit = guildsMost
	t := &wire.FieldErrors{}
	if text := q.Get("limit"); text != "" {
		n, err := strconv.Atoi(text)
		switch {
		case err != nil:
			t.Add("limit", "NUMBER_TYPE_COERCE", fmt.Sprintf("Value %q is not int.", text))
		case n < 1:
			t.Add("limit", "NUMBER_TYPE_MIN", "int value should be greater than or equal to 1.")
		case n > guildsMost:
			t.Add("limit", "NUMBER_TYPE_MAX", "int value should be less than or equal to 200.")
		}
		limit = n
	}
	for name, to := range map[string]*wire.ID{"after": &after, "before": &before} {
		text := q.Get(name)
		n, err := strconv.ParseUint(text, 10, 64)
		if text != "" && err != nil {
			t.Add(name, "NUMBER_TYPE_COERCE", fmt.Sprintf("Value %q is not snowflake.", text))
		}
		*to = wire.ID(n)
	}
	return limit, after, before, wire.InvalidForm(t)
}

func (u *userAPI) user(c *call) (any, *wire.Refusal) {
	who := u.world.userByID(c.id("user"))
	if who == nil {
		return nil, wire.Refuse(http.StatusNotFound, 10013, "Unknown User")
	}
	return who.json(), nil
}

func (u *userAPI) application(_ *call) (any, *wire.Refusal) { return u.world.applicationJSON(), nil }

func (u *userAPI) openDM(c *call) (any, *wire.Refusal) {
	id, ok := wire.Number(c.body, "recipient_id")
	who := u.world.userByID(wire.ID(id))
	if !ok || who == nil || who.bot {
		return nil, wire.Refuse(http.StatusBadRequest, 50033, "Invalid Recipient(s)")
	}
	now := u.real()
	u.opened = slices.DeleteFunc(u.opened, func(t time.Time) bool { return now.Sub(t) >= dmOpensWindow })
	if len(u.opened) >= dmOpensAllowed {
		return nil, wire.Refuse(http.StatusBadRequest, 40003, "You are opening direct messages too fast")
	}
	u.opened = append(u.opened, now)
	return u.world.dm(who).json(), nil
}
