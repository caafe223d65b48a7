package playground

import (
	"net/http"
	"slices"
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
		{method: "GET", path: "/users/{user}", limit: 30, window: 30 * s, run: u.user},
		{method: "POST", path: "/users/@me/channels", limit: 60, window: 60 * s, run: u.openDM},
		{method: "GET", path: "/applications/@me", limit: 30, window: 30 * s, run: u.application},
		{method: "GET", path: "/oauth2/applications/@me", limit: 30, window: 30 * s, run: u.application},
	}
}

func (u *userAPI) me(_ *call) (any, *wire.Refusal) { return u.world.meJSON(), nil }

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
