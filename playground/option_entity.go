package playground

import (
	"net/http"
	"strconv"
	"strings"

	"unpinch/playground/control"
	"unpinch/playground/wire"
)

// entity finds a user, channel or role by id or name and notes what it is.
func (b *optionBuilder) entity(def object, kind int64, name string, bad func(string) *control.Error) (any, *control.Error) {
	if kind == wire.UserOption || kind == wire.MentionableOption {
		if u := b.p.world.findUser(name); u != nil {
			b.resolveUser(u)
			return u.id, nil
		}
	}
	g := b.it.channel.guild
	if g != nil && (kind == wire.RoleOption || kind == wire.MentionableOption) {
		if r := g.findRole(name); r != nil {
			b.resolve("roles", r.id, r.json())
			return r.id, nil
		}
	}
	if g != nil && kind == wire.ChannelOption {
		for _, c := range g.channels {
			if !strings.EqualFold(c.name, strings.TrimPrefix(name, "#")) && c.id.String() != name {
				continue
			}
			if c.may(b.it.user)&wire.PermViewChannel == 0 || !has(def["channel_types"], int64(c.kind), true) {
				return nil, bad("a channel of the right type that the user sees")
			}
			b.resolveChannel(c)
			return c.id, nil
		}
	}
	what := map[int64]string{wire.UserOption: "a user", wire.ChannelOption: "a channel", wire.RoleOption: "a role", wire.MentionableOption: "a user or role"}[kind]
	return nil, bad(what + " of this server")
}

func (b *optionBuilder) resolve(kind string, id wire.ID, o object) {
	if b.resolved == nil {
		b.resolved = object{}
	}
	m := wire.Child(b.resolved, kind)
	if m == nil {
		m = object{}
		b.resolved[kind] = m
	}
	m[id.String()] = o
}

func (b *optionBuilder) resolveUser(u *user) {
	b.resolve("users", u.id, u.json())
	if g := b.it.channel.guild; g != nil {
		if m := g.member(u.id); m != nil {
			o := m.json()
			o["permissions"] = bits(g.permissions(u, b.it.channel))
			b.resolve("members", u.id, o)
		}
	}
}

func (b *optionBuilder) resolveChannel(c *channel) {
	w := b.p.world
	o := c.json()
	for _, key := range []string{"permission_overwrites", "recipients"} {
		delete(o, key) // a resolved channel is a part of it
	}
	o["permissions"] = bits(c.may(b.it.user))
	app := c.appPermissions(w.bot)
	if c.guild.hasBot() { // as on Discord: a hidden channel keeps the rest
		app = c.guild.granted(w.bot, c)
	}
	o["app_permissions"] = bits(app)
	b.resolve("channels", c.id, o)
}

// target fills the data of a command on a user or a message.
func (b *optionBuilder) target(name string) *control.Error {
	if b.it.command.kind == wire.UserCommand {
		u := b.p.world.findUser(name)
		if u == nil {
			return control.NotFound("user", name)
		}
		b.resolveUser(u)
		b.it.data["target_id"] = u.id
		b.it.target = object{"target_user": u.json()}
		return nil
	}
	m := b.p.history.find(wire.ParseID(name))
	if m == nil || m.channel != b.it.channel || !m.visible(b.it.user) {
		return control.Fail(http.StatusNotFound, "not_found", "there is no message "+strconv.Quote(name)+" here")
	}
	b.resolve("messages", m.id, m.json(""))
	b.it.data["target_id"] = m.id
	b.it.target = object{"target_message_id": m.id}
	return nil
}
