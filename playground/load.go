package playground

import (
	"time"

	"unpinch/playground/wire"
)

// load makes the world what a saved one was. The caller holds the lock, or is
// alone.
func (s *Server) load(saved *savedWorld) {
	w := &world{fixed: idSource{now: worldEpoch, last: saved.Fixed}, guildByID: map[wire.ID]*guild{}, channelByID: map[wire.ID]*channel{}}
	for _, u := range saved.Users {
		w.users = append(w.users, &user{id: u.ID, name: u.Name, display: u.Display, bot: u.Bot, dmsClosed: u.DMsClosed})
	}
	w.bot = w.users[0]
	s.registry.app = w.bot.id
	*s.world = *w
	l := loader{s.world, s.history, saved.Files}
	for _, g := range saved.Guilds {
		l.guild(g)
	}
	for _, c := range saved.DMs {
		if u := s.world.userByID(c.Recipient); u != nil {
			dm := s.world.dm(u)
			l.messages(dm, c.Messages)
		}
	}
	for scope, commands := range saved.Commands {
		if s.registry.byScope[scope] != nil {
			continue // the bot's own word is newer
		}
		for _, c := range commands {
			cmd := newCommand(s.world.bot.id, c.ID, scope, c.Def)
			cmd.version = c.Version
			s.registry.byScope[scope] = append(s.registry.byScope[scope], cmd)
		}
	}
	s.ids.last = saved.Last
}

// A loader fills a world that has its people already.
type loader struct {
	world   *world
	history *history
	files   map[string][]byte
}

func (l loader) guild(from savedGuild) {
	g := &guild{id: from.ID, name: from.Name, owner: from.Owner, unavailable: from.Unavailable}
	for _, r := range from.Roles {
		g.roles = append(g.roles, &role{r.ID, r.Name, r.Permissions, r.Mentionable, r.Managed, r.Position})
	}
	for _, m := range from.Members {
		if u := l.world.userByID(m.User); u != nil {
			g.members = append(g.members, &member{user: u, roles: m.Roles})
		}
	}
	for _, e := range from.Scheduled {
		g.scheduled = append(g.scheduled, &scheduledEvent{e.ScheduledEvent, e.ID})
	}
	l.world.guilds = append(l.world.guilds, g)
	l.world.guildByID[g.id] = g
	for _, c := range from.Channels {
		l.channel(g, c)
	}
	for i, c := range from.Channels { // once every channel is there
		g.channels[i].parent = l.world.channel(c.Parent)
		l.messages(g.channels[i], c.Messages)
	}
}

func (l loader) channel(g *guild, from savedChannel) {
	c := &channel{id: from.ID, kind: from.Kind, name: from.Name, guild: g, position: from.Position,
		overwrites: map[wire.ID]*overwrite{}, locked: from.Locked, archived: from.Archived}
	for id, o := range from.Overwrites {
		c.overwrites[id] = &overwrite{o.Role, o.Allow, o.Deny}
	}
	g.channels = append(g.channels, c)
	l.world.channelByID[c.id] = c
}

func (l loader) messages(c *channel, saved []savedMessage) {
	for _, m := range saved {
		if author := l.world.userByID(m.Author); author != nil {
			l.history.keep(l.message(c, author, m))
		}
	}
}

func (l loader) message(c *channel, author *user, from savedMessage) *message {
	m := &message{id: from.ID, channel: c, author: author, kind: from.Kind, content: from.Content, flags: from.Flags, tts: from.TTS,
		embeds: from.Embeds, components: from.Components, nonce: from.Nonce, made: from.Made, application: from.Application,
		reference: l.history.byID[from.Reference], savedOrigin: from.Origin}
	m.mentions = mentions{roles: from.PingedRoles, everyone: from.Everyone}
	for _, id := range from.Pinged {
		if u := l.world.userByID(id); u != nil {
			m.mentions.users = append(m.mentions.users, u)
		}
	}
	if from.Edited != nil {
		m.edited = *from.Edited
	}
	for _, f := range from.Files {
		a := &attachment{id: f.ID, channel: c.id, name: f.Name, description: f.Description, contentType: f.ContentType,
			content: l.files[f.Hash], hash: f.Hash, size: f.Size, width: f.Width, height: f.Height}
		m.attachments = append(m.attachments, a)
		l.history.files.byID[a.id] = a
	}
	walk(m.components, func(c object) {
		for _, media := range mediaOf(c) {
			if id, tied := media["attachment_id"].(string); tied {
				media["attachment_id"] = wire.ParseID(id)
			}
		}
	})
	return m
}

// begin makes the world as at the start: the saved one of the options, or the
// fixed one. It returns the time that it begins at.
func (s *Server) begin() (time.Time, error) {
	s.history.reset()
	if s.opts.World == nil {
		*s.world = *newWorld()
		s.ids.last = 0
		return s.opts.Now(), nil
	}
	saved, err := readWorld(s.opts.World) // anew each time: what is made of it changes
	if err != nil {
		return time.Time{}, err
	}
	s.load(saved)
	return saved.Now, nil
}
