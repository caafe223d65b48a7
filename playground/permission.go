package playground

import (
	"net/http"
	"strconv"

	"unpinch/playground/wire"
)

// Permissions that the world gives.
const (
	permMember           = wire.PermViewChannel | wire.PermSendMessages | wire.PermReadHistory | wire.PermAddReactions | wire.PermEmbedLinks | wire.PermAttachFiles | wire.PermChangeNickname | wire.PermUseCommands | wire.PermSendInThreads | wire.PermPublicThreads | wire.PermUseExternalApps
	permInDM             = permMember | wire.PermMentionEveryone | wire.PermPinMessages
	permUserInstalledBot = wire.PermEmbedLinks | wire.PermAttachFiles | wire.PermExternalEmojis
)

// bits writes permissions as Discord does: a decimal string.
func bits(p uint64) string { return strconv.FormatUint(p, 10) }

// permissions is what a user may do in a channel; 0 if they cannot see it. A
// nil channel gives the server-wide permissions.
func (w *world) permissions(g *guild, user wire.ID, c *channel) uint64 {
	p := w.granted(g, user, c)
	if c != nil && p&wire.PermViewChannel == 0 {
		return 0
	}
	return p
}

// granted is what a user was given in a channel, without regard to what one
// permission needs of another.
func (w *world) granted(g *guild, user wire.ID, c *channel) uint64 {
	m := g.member(user)
	if m == nil {
		return 0
	}
	if user == g.owner {
		return wire.PermAll
	}
	p := g.role(g.id).permissions
	for _, id := range m.roles {
		if r := g.role(id); r != nil {
			p |= r.permissions
		}
	}
	if p&wire.PermAdministrator != 0 {
		return wire.PermAll
	}
	if c == nil {
		return p
	}
	if c.parent != nil {
		c = c.parent
	}
	return c.overwritten(p, g.id, user, m.roles)
}

// overwritten applies a channel's overwrites in Discord's order: everyone,
// then roles together, then the member.
func (c *channel) overwritten(p uint64, everyone, user wire.ID, roles []wire.ID) uint64 {
	if o := c.overwrites[everyone]; o != nil {
		p = p&^o.deny | o.allow
	}
	var allow, deny uint64
	for _, id := range roles {
		if o := c.overwrites[id]; o != nil {
			allow |= o.allow
			deny |= o.deny
		}
	}
	p = p&^deny | allow
	if o := c.overwrites[user]; o != nil {
		p = p&^o.deny | o.allow
	}
	return p
}

// may tells what a user may do in any channel, a DM included.
func (w *world) may(user wire.ID, c *channel) uint64 {
	if c.guild == nil {
		if user == c.recipient || user == w.bot.id {
			return permInDM
		}
		return 0
	}
	return w.permissions(c.guild, user, c)
}

// appPermissions is what the app may do in a channel, where it may be
// installed for the user only.
func (w *world) appPermissions(c *channel) uint64 {
	if c.guild != nil && !w.hasBot(c.guild) {
		return permUserInstalledBot
	}
	return w.may(w.bot.id, c)
}

// writable refuses a send where the bot may not.
func (w *world) writable(c *channel, may uint64, files bool) *wire.Refusal {
	if c.guild == nil {
		return w.dmOpen(c)
	}
	send := uint64(wire.PermSendMessages)
	if c.parent != nil {
		send = wire.PermSendInThreads
	}
	switch {
	case may&send == 0, files && may&wire.PermAttachFiles == 0:
		return wire.Refuse(http.StatusForbidden, 50013, "Missing Permissions")
	case c.locked && c.archived:
		return wire.Refuse(http.StatusBadRequest, 50083, "Thread is archived")
	case c.locked:
		return wire.Refuse(http.StatusBadRequest, 160005, "Thread is locked")
	}
	return nil
}

// dmOpen refuses a DM to someone who takes none from the bot.
func (w *world) dmOpen(c *channel) *wire.Refusal {
	u := w.userByID(c.recipient)
	switch {
	case !w.sharesGuild(c.recipient):
		return wire.Refuse(http.StatusForbidden, 50278, "Cannot send messages to this user due to having no mutual guilds")
	case u.dmsClosed:
		return wire.Refuse(http.StatusForbidden, 50007, "Cannot send messages to this user")
	}
	return nil
}
