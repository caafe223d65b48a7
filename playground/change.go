package playground

import (
	"fmt"
	"net/http"
	"slices"

	"unpinch/playground/control"
	"unpinch/playground/wire"
)

// maxGuilds is how many guilds the world may have.
const maxGuilds = 60000

// A director breaks the world and mends it, as its people and Discord do, and
// tells the bot.
type director struct {
	*monitor
	world    *world
	registry *registry
	history  *history
	gateway  *gateway
	reader   *reader
	changes  int // counts calls that made some
}

// post makes the changes that a call asks for, in a fixed order, until one of them
// cannot be made.
func (d *director) post(r *http.Request) (any, *control.Error) {
	to, bad := control.ReadChange(r)
	if bad != nil {
		return nil, bad
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	d.changes++
	defer d.changed() // an error may come after other changes
	for _, change := range []func(control.Change) *control.Error{d.deleteChannel, d.permit, d.kickBot, d.inviteBot,
		d.closeDMs, d.openDMs, d.lock, d.archive, d.unlock, d.fail, d.recover, d.makeChannel, d.addGuilds, d.reshard} {
		if bad := change(to); bad != nil {
			return nil, bad
		}
	}
	return d.reader.state(), nil
}

func (d *director) kickBot(to control.Change) *control.Error {
	if to.KickBot == "" {
		return nil
	}
	g, bad := d.world.botGuild(to.KickBot)
	if bad != nil {
		return bad
	}
	g.members = slices.DeleteFunc(slices.Clone(g.members), func(m *member) bool { return m.user == d.world.bot })
	delete(d.registry.byScope, g.id)
	d.gateway.dispatch("GUILD_DELETE", intentGuilds, g.id, func(string) object { return object{"id": g.id} })
	return nil
}

// inviteBot makes the bot a member again, with the permissions of the start.
func (d *director) inviteBot(to control.Change) *control.Error {
	if to.InviteBot == "" {
		return nil
	}
	g := d.world.findGuild(to.InviteBot)
	switch {
	case g == nil:
		return control.NotFound("guild", to.InviteBot)
	case g.hasBot():
		return control.BadRequest("already_a_member", "the bot is in "+g.name+" already")
	case g.unavailable:
		return g.down()
	}
	d.world.join(g)
	first(g.roles, func(r *role) bool { return r.managed }).permissions = wire.PermBot
	for _, c := range g.channels {
		delete(c.overwrites, d.world.bot.id)
	}
	d.gateway.tellOf(g, "GUILD_CREATE", g.createJSON())
	return nil
}

// fail begins an outage of a guild.
func (d *director) fail(to control.Change) *control.Error {
	if to.Unavailable == "" {
		return nil
	}
	g := d.world.findGuild(to.Unavailable)
	switch {
	case g == nil:
		return control.NotFound("guild", to.Unavailable)
	case g.unavailable:
		return g.down()
	}
	g.unavailable = true
	d.gateway.tellOf(g, "GUILD_DELETE", object{"id": g.id, "unavailable": true})
	return nil
}

// recover ends an outage of a guild.
func (d *director) recover(to control.Change) *control.Error {
	if to.Available == "" {
		return nil
	}
	g := d.world.findGuild(to.Available)
	switch {
	case g == nil:
		return control.NotFound("guild", to.Available)
	case !g.unavailable:
		return control.BadRequest("available", g.name+" is available")
	}
	g.unavailable = false
	d.gateway.tellOf(g, "GUILD_CREATE", g.createJSON())
	return nil
}

func (d *director) addGuilds(to control.Change) *control.Error {
	if room := maxGuilds - len(d.world.guilds); to.AddGuilds < 0 || to.AddGuilds > room {
		return control.BadRequest("bad_field", fmt.Sprintf(`"add_guilds" must be 0 to %d`, room))
	}
	olga := d.world.findUser("olga")
	for range to.AddGuilds {
		d.world.nextMoment()
		g := d.world.addGuild(fmt.Sprintf("gym-%d", len(d.world.guilds)), olga)
		d.world.join(g)
		d.world.addChannel(g, channelText, g.name+"-general")
		d.gateway.dispatch("GUILD_CREATE", intentGuilds, g.id, func(string) object { return g.createJSON() })
	}
	return nil
}

func (d *director) closeDMs(to control.Change) *control.Error {
	if to.CloseDMs == "" {
		return nil
	}
	u, bad := d.world.person(to.CloseDMs)
	if bad != nil {
		return bad
	}
	u.dmsClosed = true
	return nil
}

func (d *director) openDMs(to control.Change) *control.Error {
	if to.OpenDMs == "" {
		return nil
	}
	u, bad := d.world.person(to.OpenDMs)
	if bad != nil {
		return bad
	}
	if !u.dmsClosed {
		return control.BadRequest("dms_open", u.name+" takes direct messages already")
	}
	u.dmsClosed = false
	return nil
}
