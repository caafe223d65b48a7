package playground

import (
	"unpinch/playground/control"
)

// permit takes permissions from the bot in a channel, or gives them back. Without
// a name it lifts every denial.
func (d *director) permit(to control.Change) *control.Error {
	if to.Permission == nil {
		return nil
	}
	deny, allow, bad := to.Permission.Bits()
	if bad != nil {
		return bad
	}
	if to.Permission.Role != "" {
		return d.permitRole(*to.Permission, deny, allow)
	}
	c, bad := d.world.permitted(to.Permission.Channel)
	if bad != nil {
		return bad
	}
	if !c.guild.hasBot() {
		return control.BadRequest("not_a_member", "the bot is not in "+c.guild.name)
	}
	return d.overwrite(c, deny, allow)
}

// permitRole changes what a role allows: in a channel by its overwrite, or else by
// its own permissions.
func (d *director) permitRole(to control.Permission, deny, allow uint64) *control.Error {
	g := d.world.guilds[0]
	var c *channel
	if to.Channel != "" {
		var bad *control.Error
		if c, bad = d.world.permitted(to.Channel); bad != nil {
			return bad
		}
		g = c.guild
	}
	if bad := g.down(); bad != nil {
		return bad
	}
	r := g.findRole(to.Role)
	switch {
	case r == nil:
		return control.NotFound("role", to.Role)
	case c == nil:
		r.permissions = r.permissions&^deny | allow
		d.gateway.tellOf(g, "GUILD_ROLE_UPDATE", object{"guild_id": g.id, "role": r.json()})
		return nil
	}
	if c.overwrites[r.id] = (&overwrite{role: true, allow: allow, deny: deny}); deny|allow == 0 {
		delete(c.overwrites, r.id)
	}
	d.gateway.channelChanged(c)
	return nil
}

// overwrite sets the bot's own overwrite in a channel. It allows a permission there
// only if lifting the denial does not give it back.
func (d *director) overwrite(c *channel, deny, allow uint64) *control.Error {
	bot, o := d.world.bot.id, overwrite{}
	if old := c.overwrites[bot]; old != nil {
		o = *old
	}
	switch {
	case allow == 0:
		o.deny = deny
	case deny != 0:
		o.deny = deny
	case o.deny&allow == 0 && c.may(d.world.bot)&allow == allow:
		return control.BadRequest("already_allowed", "the bot may do that in "+c.name+" already")
	}
	o.deny &^= allow
	o.allow &^= o.deny
	c.overwrites[bot] = &o
	o.allow |= allow &^ c.may(d.world.bot)
	if o == (overwrite{}) {
		delete(c.overwrites, bot)
	}
	d.gateway.channelChanged(c)
	return nil
}
