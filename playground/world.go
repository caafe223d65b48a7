package playground

import (
	"slices"
	"strings"
	"time"

	"unpinch/playground/wire"
)

// Channel types that the world has.
const (
	channelText         = 0
	channelDM           = 1
	channelAnnouncement = 5
	channelThread       = 11
)

// A user is a person of the world, or the bot.
type user struct {
	id        wire.ID
	name      string // lower case, as one types it
	display   string
	bot       bool
	dmsClosed bool
}

// A role belongs to a guild. The one with the guild's id is @everyone.
type role struct {
	id          wire.ID
	name        string
	permissions uint64
	mentionable bool
	managed     bool
	position    int
}

// A member is a user in a guild.
type member struct {
	user  *user
	roles []wire.ID
}

// An overwrite changes permissions in one channel for a role or member.
type overwrite struct {
	role        bool
	allow, deny uint64
}

// A channel is a place for messages: in a guild, a thread, or a DM.
type channel struct {
	id               wire.ID
	kind             int
	name             string
	guild            *guild   // nil for a DM
	parent           *channel // of a thread
	recipient        *user    // of a DM
	position         int
	overwrites       map[wire.ID]*overwrite
	locked, archived bool
	messages         []*message // oldest first
}

// A guild is a server.
type guild struct {
	id       wire.ID
	name     string
	owner    wire.ID
	roles    []*role
	members  []*member
	channels []*channel // threads included

	scheduled []*scheduledEvent // oldest first

	unavailable bool // in an outage
}

// ownDM is what a person calls their DM with the bot.
const ownDM = "dm"

// A world is all people, guilds and channels. It always starts the same, ids
// included, so that a bot's database fits it the next day.
type world struct {
	bot    *user
	users  []*user
	guilds []*guild
	dms    []*channel
	fixed  idSource

	guildByID   map[wire.ID]*guild
	channelByID map[wire.ID]*channel // DMs included
}

// worldEpoch returns when the world's fixed ids begin.
func worldEpoch() time.Time { return time.Date(2025, time.January, 6, 9, 0, 0, 0, time.UTC) }

func newWorld() *world {
	w := &world{fixed: idSource{now: worldEpoch}, guildByID: map[wire.ID]*guild{}, channelByID: map[wire.ID]*channel{}}
	w.bot = w.addUser("unpinch", "Unpinch")
	w.bot.bot = true
	olga, carl := w.addUser("olga", "Olga"), w.addUser("carl", "Carl")
	mia, noah := w.addUser("mia", "Mia"), w.addUser("noah", "Noah")
	noah.dmsClosed = true
	w.addIronGarden(olga, carl, mia, noah)

	quiet := w.addGuild("quiet-room", olga)
	for _, u := range []*user{carl, mia, noah} {
		quiet.members = append(quiet.members, &member{user: u})
	}
	w.addChannel(quiet, channelText, "lounge")
	return w
}

func (w *world) addIronGarden(olga, carl, mia, noah *user) {
	g := w.addGuild("iron-garden", olga)
	botRole := w.addBotRole(g)
	coach := w.addRole(g, "coach", 0)
	regulars := w.addRole(g, "regulars", 0)
	regulars.mentionable = true
	g.members = append(g.members,
		&member{user: carl, roles: []wire.ID{coach.id}},
		&member{user: mia, roles: []wire.ID{regulars.id}},
		&member{user: noah},
		&member{user: w.bot, roles: []wire.ID{botRole.id}})

	general := w.addChannel(g, channelText, "general")
	w.addChannel(g, channelText, "classes")
	news := w.addChannel(g, channelAnnouncement, "announcements")
	news.overwrites[g.id] = &overwrite{role: true, deny: wire.PermSendMessages}
	news.overwrites[botRole.id] = &overwrite{role: true, allow: wire.PermSendMessages}
	coaches := w.addChannel(g, channelText, "coaches")
	coaches.overwrites[g.id] = &overwrite{role: true, deny: wire.PermViewChannel}
	coaches.overwrites[coach.id] = &overwrite{role: true, allow: wire.PermViewChannel}
	thread := w.addChannel(g, channelThread, "morning-crew")
	thread.parent = general
}

func (w *world) fixedID() wire.ID { return w.fixed.next() }

func (w *world) addUser(name, display string) *user {
	u := &user{id: w.fixedID(), name: name, display: display}
	w.users = append(w.users, u)
	return u
}

// nextMoment lets the next fixed id be of a later millisecond: guilds of one are
// all of the same shard.
func (w *world) nextMoment() { w.fixed.last = (w.fixed.last>>22+1)<<22 - 1 }

func (w *world) addGuild(name string, owner *user) *guild {
	g := &guild{id: w.fixedID(), name: name, owner: owner.id}
	g.roles = []*role{{id: g.id, name: "@everyone", permissions: permMember}}
	g.members = []*member{{user: owner}}
	w.guilds = append(w.guilds, g)
	w.guildByID[g.id] = g
	return g
}

func (w *world) addRole(g *guild, name string, permissions uint64) *role {
	r := &role{id: w.fixedID(), name: name, permissions: permissions, position: len(g.roles)}
	g.roles = append(g.roles, r)
	return r
}

func (w *world) addBotRole(g *guild) *role {
	r := w.addRole(g, "unpinch", wire.PermBot)
	r.managed = true
	return r
}

// join makes the bot a member, with the role that it has had.
func (w *world) join(g *guild) {
	r := first(g.roles, func(r *role) bool { return r.managed })
	if r == nil {
		r = w.addBotRole(g)
	}
	g.members = append(slices.Clone(g.members), &member{user: w.bot, roles: []wire.ID{r.id}})
}

func (w *world) addChannel(g *guild, kind int, name string) *channel {
	c := &channel{id: w.fixedID(), kind: kind, name: name, guild: g,
		position: len(g.channels), overwrites: map[wire.ID]*overwrite{}}
	g.channels = append(g.channels, c)
	w.channelByID[c.id] = c
	return c
}

// first returns the first element that a test takes, or nil.
func first[T any](all []*T, is func(*T) bool) *T {
	if i := slices.IndexFunc(all, is); i >= 0 {
		return all[i]
	}
	return nil
}

func (g *guild) member(id wire.ID) *member {
	return first(g.members, func(m *member) bool { return m.user.id == id })
}

func (g *guild) role(id wire.ID) *role {
	return first(g.roles, func(r *role) bool { return r.id == id })
}

func (w *world) guild(id wire.ID) *guild { return w.guildByID[id] }

func (w *world) userByID(id wire.ID) *user {
	return first(w.users, func(u *user) bool { return u.id == id })
}

// channels returns all channels: of guilds in their order, then DMs.
func (w *world) channels() []*channel {
	var all []*channel
	for _, g := range w.guilds {
		all = append(all, g.channels...)
	}
	return append(all, w.dms...)
}

func (w *world) channel(id wire.ID) *channel { return w.channelByID[id] }

// dm returns the DM of a user with the bot, opened if need be. Its id follows from
// the user's, so that it stays the same over a reset.
func (w *world) dm(u *user) *channel {
	if c := first(w.dms, func(c *channel) bool { return c.recipient == u }); c != nil {
		return c
	}
	c := &channel{id: u.id + 1<<40, kind: channelDM, name: ownDM, recipient: u}
	w.dms = append(w.dms, c)
	w.channelByID[c.id] = c
	return c
}

// findUser takes an id or a name.
func (w *world) findUser(s string) *user {
	s = strings.TrimPrefix(s, "@")
	return first(w.users, func(u *user) bool { return strings.EqualFold(u.name, s) || u.id.String() == s })
}

// findGuild takes an id or a name.
func (w *world) findGuild(s string) *guild {
	if g := w.guild(wire.ParseID(s)); g != nil {
		return g
	}
	return first(w.guilds, func(g *guild) bool { return strings.EqualFold(g.name, s) })
}

// findChannel takes an id, a name, "dm" for the user's own DM with the bot, or the
// name of a guild for its first channel. Of several the first counts, in the order
// of guilds.
func (w *world) findChannel(s string, as *user) *channel {
	s = strings.TrimPrefix(s, "#")
	if s == ownDM {
		if as == nil {
			return nil
		}
		return w.dm(as)
	}
	if c := w.channel(wire.ParseID(s)); c != nil {
		return c
	}
	for _, g := range w.guilds { // without a list of all, which may be long
		if c := first(g.channels, func(c *channel) bool { return strings.EqualFold(c.name, s) }); c != nil {
			return c
		}
	}
	if g := w.findGuild(s); g != nil && len(g.channels) > 0 {
		return g.channels[0]
	}
	return nil
}

// findRole takes an id or a name.
func (g *guild) findRole(s string) *role {
	s = strings.TrimPrefix(s, "@")
	return first(g.roles, func(r *role) bool {
		return strings.EqualFold(strings.TrimPrefix(r.name, "@"), s) || r.id.String() == s
	})
}

// hasBot reports whether the bot is a member.
func (g *guild) hasBot() bool {
	return g != nil && slices.ContainsFunc(g.members, func(m *member) bool { return m.user.bot })
}

// sharesGuild reports whether the bot and the user meet in some guild.
func (w *world) sharesGuild(u wire.ID) bool {
	return slices.ContainsFunc(w.guilds, func(g *guild) bool {
		return g.hasBot() && g.member(u) != nil
	})
}
