package playground

import (
	"net/http"
	"strconv"
	"strings"

	"unpinch/playground/control"
	"unpinch/playground/wire"
)

// person finds someone who is no bot.
func (w *world) person(name string) (*user, *control.Error) {
	u := w.findUser(name)
	if u == nil || u.bot {
		return nil, control.NotFound("user", name)
	}
	return u, nil
}

// place finds a person who acts and the channel, which they must see.
func (w *world) place(as, guildName, channelName string) (*user, *channel, *control.Error) {
	u, bad := w.person(as)
	if bad != nil {
		return nil, nil, bad
	}
	var c *channel
	if guildName == "" {
		c = w.findChannel(channelName, u)
	} else {
		g := w.findGuild(guildName)
		if g == nil {
			return nil, nil, control.NotFound("guild", guildName)
		}
		c = first(g.channels, func(c *channel) bool {
			return strings.EqualFold(c.name, channelName) || c.id.String() == channelName
		})
	}
	if c == nil || c.may(u)&wire.PermViewChannel == 0 {
		return nil, nil, control.NotFound("channel", channelName)
	}
	return u, c, nil
}

// reader finds a person who reads and the channel. Without a name there is nobody,
// who sees what is public.
func (w *world) reader(as, guildName, channelName string) (*user, *channel, *control.Error) {
	if as != "" {
		return w.place(as, guildName, channelName)
	}
	c := w.findChannel(channelName, nil)
	if c == nil {
		return nil, nil, control.NotFound("channel", channelName)
	}
	return nil, c, nil
}

// botGuild finds a guild that the bot is in and that is not in an outage.
func (w *world) botGuild(name string) (*guild, *control.Error) {
	g := w.findGuild(name)
	switch {
	case g == nil:
		return nil, control.NotFound("guild", name)
	case !g.hasBot():
		return nil, control.BadRequest("not_a_member", "the bot is not in "+g.name)
	}
	return g, g.down()
}

// down returns an error for a guild in an outage, which nobody can change.
func (g *guild) down() *control.Error {
	if g.unavailable {
		return control.BadRequest("unavailable", g.name+" is unavailable")
	}
	return nil
}

// guildChannel finds a channel of a guild that is not in an outage.
func (w *world) guildChannel(name string) (*channel, *control.Error) {
	c := w.findChannel(name, nil)
	if c == nil || c.guild == nil {
		return nil, control.NotFound("channel", name)
	}
	return c, c.guild.down()
}

// theThread finds a thread of a guild that is not in an outage.
func (w *world) theThread(name string) (*channel, *control.Error) {
	c, bad := w.guildChannel(name)
	if bad != nil {
		return nil, bad
	}
	if c.parent == nil {
		return nil, control.BadRequest("not_a_thread", strconv.Quote(c.name)+" is not a thread")
	}
	return c, nil
}

// permitted finds the channel whose permissions count: for a thread its parent.
func (w *world) permitted(name string) (*channel, *control.Error) {
	if bad := control.Missing("permission.channel", name); bad != nil {
		return nil, bad
	}
	c, bad := w.guildChannel(name)
	if bad == nil && c.parent != nil {
		c = c.parent
	}
	return c, bad
}

// guildOf returns the guild that a call names, of which the bot must be a member.
func (w *world) guildOf(c *call) (*guild, *wire.Refusal) {
	g := w.guild(c.id("guild"))
	switch {
	case g == nil:
		return nil, wire.Refuse(http.StatusNotFound, 10004, "Unknown Guild")
	case !g.hasBot():
		return nil, wire.Refuse(http.StatusForbidden, 50001, "Missing Access")
	}
	return g, nil
}

// channelOf returns the channel that a call names, which the bot must see, and
// what the bot may do there.
func (w *world) channelOf(c *call) (*channel, uint64, *wire.Refusal) {
	ch := w.channel(c.id("channel"))
	if ch == nil {
		return nil, 0, wire.Refuse(http.StatusNotFound, 10003, "Unknown Channel")
	}
	may := ch.may(w.bot)
	if may&wire.PermViewChannel == 0 {
		return nil, 0, wire.Refuse(http.StatusForbidden, 50001, "Missing Access")
	}
	return ch, may, nil
}
