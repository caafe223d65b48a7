package playground

import (
	"net/http"

	"unpinch/playground/wire"
)

// Permissions that the world gives.
const (
	permMember           = wire.PermViewChannel | wire.PermSendMessages | wire.PermReadHistory | wire.PermAddReactions | wire.PermEmbedLinks | wire.PermAttachFiles | wire.PermChangeNickname | wire.PermUseCommands | wire.PermSendInThreads | wire.PermPublicThreads | wire.PermUseExternalApps
	permInDM             = permMember | wire.PermMentionEveryone | wire.PermPinMessages
	permUserInstalledBot = wire.PermEmbedLinks | wire.PermAttachFiles | wire.PermExternalEmojis
)

// may returns what a user may do in the channel: nothing if they cannot see it.
func (c *channel) may(u *user) uint64 {
	if c.guild != nil {
		return c.guild.permissions(u, c)
	}
	if u == c.recipient || u.bot {
		return permInDM
	}
	return 0
}

// permissions returns what a user may do in a channel of the guild: nothing if they
// cannot see it.
func (g *guild) permissions(u *user, c *channel) uint64 {
	p := g.granted(u, c)
	if p&wire.PermViewChannel == 0 {
		return 0
	}
	return p
}

// granted returns what a user was given in a channel, without regard to what one
// permission needs of another.
func (g *guild) granted(u *user, c *channel) uint64 {
	m, p := g.member(u.id), g.base(u)
	if m == nil || p == wire.PermAll {
		return p
	}
	if c.parent != nil {
		c = c.parent
	}
	return c.overwritten(p, g.id, u.id, m.roles)
}

// base returns what a user may do in the guild by their roles: nothing if they are
// no member.
func (g *guild) base(u *user) uint64 {
	m := g.member(u.id)
	if m == nil {
		return 0
	}
	if u.id == g.owner {
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
	return p
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

// appPermissions returns what the app may do in the channel, where it may be
// installed for the user only.
func (c *channel) appPermissions(bot *user) uint64 {
	if c.guild != nil && !c.guild.hasBot() {
		return permUserInstalledBot
	}
	return c.may(bot)
}

// writable refuses a send where the bot may not.
func (w *world) writable(c *channel, may uint64, files bool) *wire.Refusal {
	if c.guild == nil {
		return w.dmOpen(c)
	}
	switch {
	case may&c.sending() == 0, files && may&wire.PermAttachFiles == 0:
		return wire.Refuse(http.StatusForbidden, 50013, "Missing Permissions")
	case c.locked && c.archived:
		return wire.Refuse(http.StatusBadRequest, 50083, "Thread is archived")
	case c.locked:
		return wire.Refuse(http.StatusBadRequest, 160005, "Thread is locked")
	}
	return nil
}

// sending returns the permission that it takes to write in the channel.
func (c *channel) sending() uint64 {
	if c.parent != nil {
		return wire.PermSendInThreads
	}
	return wire.PermSendMessages
}

// dmOpen refuses a DM to someone who takes none from the bot.
func (w *world) dmOpen(c *channel) *wire.Refusal {
	switch {
	case !w.sharesGuild(c.recipient.id):
		return wire.Refuse(http.StatusForbidden, 50278, "Cannot send messages to this user due to having no mutual guilds")
	case c.recipient.dmsClosed:
		return wire.Refuse(http.StatusForbidden, 50007, "Cannot send messages to this user")
	}
	return nil
}
