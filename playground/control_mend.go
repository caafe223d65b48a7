package playground

import (
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"unpinch/playground/wire"
)

// A permissionEdit changes what the bot may do in a channel. Deny replaces
// what was denied before, unless only Allow is given. With a role it changes
// what those may do who have it: in the channel, or without one in all of the
// first guild. There Deny and Allow are taken as they are.
type permissionEdit struct {
	Channel string   `json:"channel"`
	Role    string   `json:"role"`
	Deny    nameList `json:"deny"`
	Allow   nameList `json:"allow"`
}

// down refuses to change a guild in an outage, as nobody could.
func (g *guild) down() *problem {
	if g.unavailable {
		return badRequest("unavailable", g.name+" is unavailable")
	}
	return nil
}

// botGuild finds a guild that the bot is in and that is not in an outage.
func (s *Server) botGuild(name string) (*guild, *problem) {
	g := s.world.findGuild(name)
	switch {
	case g == nil:
		return nil, notFound("guild", name)
	case !s.world.hasBot(g):
		return nil, badRequest("not_a_member", "the bot is not in "+g.name)
	}
	return g, g.down()
}

// permit takes permissions from the bot in a channel, or gives them back; with
// no names at all it lifts every denial.
func (s *Server) permit(e worldEdit) *problem {
	if e.Permission == nil {
		return nil
	}
	deny, p := permissionBits(e.Permission.Deny)
	if p != nil {
		return p
	}
	allow, p := permissionBits(e.Permission.Allow)
	switch {
	case p != nil:
		return p
	case deny&allow != 0:
		return badRequest("bad_field", `"deny" and "allow" name the same permission`)
	case e.Permission.Role != "":
		return s.permitRole(*e.Permission, deny, allow)
	}
	c, p := s.permitted(e.Permission.Channel)
	if p != nil {
		return p
	}
	if !s.world.hasBot(c.guild) {
		return badRequest("not_a_member", "the bot is not in "+c.guild.name)
	}
	return s.overwrite(c, deny, allow)
}

// permitted finds the channel that has the permissions: of a thread, its
// parent.
func (s *Server) permitted(name string) (*channel, *problem) {
	if p := missing("permission.channel", name); p != nil {
		return nil, p
	}
	c, p := s.guildChannel(name)
	if p == nil && c.parent != nil {
		c = c.parent
	}
	return c, p
}

// permitRole changes what a role may do: its overwrite in a channel, or its
// own permissions.
func (s *Server) permitRole(e permissionEdit, deny, allow uint64) *problem {
	g := s.world.guilds[0]
	var c *channel
	if e.Channel != "" {
		var p *problem
		if c, p = s.permitted(e.Channel); p != nil {
			return p
		}
		g = c.guild
	}
	if p := g.down(); p != nil {
		return p
	}
	r := g.findRole(e.Role)
	switch {
	case r == nil:
		return notFound("role", e.Role)
	case c == nil:
		r.permissions = r.permissions&^deny | allow
		s.tellOf(g, "GUILD_ROLE_UPDATE", object{"guild_id": g.id, "role": roleJSON(r)})
		return nil
	}
	if c.overwrites[r.id] = (&overwrite{role: true, allow: allow, deny: deny}); deny|allow == 0 {
		delete(c.overwrites, r.id)
	}
	s.channelChanged(c)
	return nil
}

// overwrite sets the bot's own overwrite in a channel. A permission is allowed
// there only where lifting the denial does not give it back.
func (s *Server) overwrite(c *channel, deny, allow uint64) *problem {
	bot, o := s.world.bot.id, overwrite{}
	if old := c.overwrites[bot]; old != nil {
		o = *old
	}
	switch {
	case allow == 0:
		o.deny = deny
	case deny != 0:
		o.deny = deny
	case o.deny&allow == 0 && s.world.may(bot, c)&allow == allow:
		return badRequest("already_allowed", "the bot may do that in "+c.name+" already")
	}
	o.deny &^= allow
	o.allow &^= o.deny
	c.overwrites[bot] = &o
	o.allow |= allow &^ s.world.may(bot, c)
	if o == (overwrite{}) {
		delete(c.overwrites, bot)
	}
	s.channelChanged(c)
	return nil
}

// permissionBits reads the names of permissions.
func permissionBits(names nameList) (uint64, *problem) {
	var sum uint64
	for _, name := range names {
		bit, ok := wire.PermissionNames()[strings.ToUpper(name)]
		if !ok {
			return 0, badRequest("bad_field", "there is no permission "+strconv.Quote(name))
		}
		sum |= bit
	}
	return sum, nil
}

// inviteBot makes the bot a member again, with the permissions it began with.
func (s *Server) inviteBot(e worldEdit) *problem {
	if e.InviteBot == "" {
		return nil
	}
	g := s.world.findGuild(e.InviteBot)
	switch {
	case g == nil:
		return notFound("guild", e.InviteBot)
	case s.world.hasBot(g):
		return badRequest("already_a_member", "the bot is in "+g.name+" already")
	case g.unavailable:
		return g.down()
	}
	s.world.join(g)
	first(g.roles, func(r *role) bool { return r.managed }).permissions = wire.PermBot
	for _, c := range g.channels {
		delete(c.overwrites, s.world.bot.id)
	}
	s.tellOf(g, "GUILD_CREATE", s.world.guildCreateJSON(g))
	return nil
}

// makeChannel makes a channel in the first guild, as somebody does who has
// deleted one of its name: it has another id.
func (s *Server) makeChannel(e worldEdit) *problem {
	if e.MakeChannel == "" {
		return nil
	}
	g := s.world.guilds[0]
	switch {
	case s.world.findChannel(e.MakeChannel, nil) != nil || e.MakeChannel == ownDM:
		return badRequest("already_there", "there is a channel "+strconv.Quote(e.MakeChannel)+" already")
	case !channelName.MatchString(e.MakeChannel):
		return badRequest("bad_field", `"make_channel" must be 1 to 100 lower-case letters, digits, - or _`)
	case g.unavailable:
		return g.down()
	}
	c := s.world.addChannel(g, channelText, e.MakeChannel)
	s.tellOf(g, "CHANNEL_CREATE", s.world.channelJSON(c))
	return nil
}

var channelName = regexp.MustCompile(`^[a-z0-9_-]{1,100}$`)

func (s *Server) openDMs(e worldEdit) *problem {
	if e.OpenDMs == "" {
		return nil
	}
	u, p := s.person(e.OpenDMs)
	if p != nil {
		return p
	}
	if !u.dmsClosed {
		return badRequest("dms_open", u.name+" takes direct messages already")
	}
	u.dmsClosed = false
	return nil
}

func (s *Server) unlock(e worldEdit) *problem {
	if e.UnlockThread == "" {
		return nil
	}
	c, p := s.theThread(e.UnlockThread)
	if p != nil {
		return p
	}
	if !c.locked && !c.archived {
		return badRequest("not_locked", c.name+" is open already")
	}
	c.locked, c.archived = false, false
	s.threadChanged(c)
	return nil
}

// fail begins an outage of a guild.
func (s *Server) fail(e worldEdit) *problem {
	if e.Unavailable == "" {
		return nil
	}
	g := s.world.findGuild(e.Unavailable)
	switch {
	case g == nil:
		return notFound("guild", e.Unavailable)
	case g.unavailable:
		return g.down()
	}
	g.unavailable = true
	s.tellOf(g, "GUILD_DELETE", object{"id": g.id, "unavailable": true})
	return nil
}

// recover ends an outage of a guild.
func (s *Server) recover(e worldEdit) *problem {
	if e.Available == "" {
		return nil
	}
	g := s.world.findGuild(e.Available)
	switch {
	case g == nil:
		return notFound("guild", e.Available)
	case !g.unavailable:
		return badRequest("available", g.name+" is available")
	}
	g.unavailable = false
	s.tellOf(g, "GUILD_CREATE", s.world.guildCreateJSON(g))
	return nil
}

// outage refuses a call about a guild that is unavailable, by its own id, a
// channel's or an interaction's.
func (s *Server) outage(c *call) *wire.Refusal {
	g := s.world.guild(c.id("guild"))
	if ch := s.world.channel(c.id("channel")); ch != nil {
		g = ch.guild
	}
	if c.it != nil {
		g = c.it.channel.guild
	}
	if g == nil || !g.unavailable {
		return nil
	}
	return wire.Refuse(http.StatusServiceUnavailable, 0, "503: Service Unavailable")
}
