package playground

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"

	"unpinch/playground/wire"
)

func (s *Server) getState(*http.Request) (any, *problem) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.stateJSON(), nil
}

// stateJSON is the answer of GET state.
func (s *Server) stateJSON() object {
	guilds, channels, roles, users := []object{}, []object{}, []object{}, []object{}
	for _, g := range s.world.guilds {
		guilds = append(guilds, object{"id": g.id, "name": g.name, "owner_id": g.owner, "bot": s.world.hasBot(g), "unavailable": g.unavailable})
		for _, r := range g.roles {
			roles = append(roles, object{"id": r.id, "name": r.name, "guild_id": g.id,
				"mentionable": r.mentionable, "permissions": bits(r.permissions)})
		}
	}
	for _, c := range s.world.channels() {
		channels = append(channels, s.channelState(c))
	}
	for _, u := range s.world.users {
		if !u.bot {
			users = append(users, s.userState(u))
		}
	}
	ready := slices.ContainsFunc(s.sessions, func(o *session) bool { return o.conn != nil && !o.conn.zombie })
	bot := object{"application": object{"id": s.world.bot.id, "name": s.world.bot.display},
		"ready": ready, "commands": s.commandsState()}
	return object{"guilds": guilds, "channels": channels, "roles": roles, "users": users, "bots": []object{bot}}
}

// channelState is a channel with those who see it.
func (s *Server) channelState(c *channel) object {
	o := object{"id": c.id, "name": c.name, "type": c.kind, "guild_id": nil, "parent_id": nil,
		"locked": c.locked, "archived": c.archived, "last_message_id": c.lastMessage()}
	if c.guild != nil {
		o["guild_id"] = c.guild.id
	}
	if c.parent != nil {
		o["parent_id"] = c.parent.id
	}
	viewers := []flake{}
	for _, u := range s.world.users {
		if !u.bot && s.world.may(u.id, c)&wire.PermViewChannel != 0 {
			viewers = append(viewers, u.id)
		}
	}
	o["viewers"], o["bot_permissions"] = viewers, bits(s.world.may(s.world.bot.id, c))
	return o
}

func (s *Server) userState(u *user) object {
	roles := []flake{}
	for _, g := range s.world.guilds {
		if m := g.member(u.id); m != nil {
			roles = append(roles, m.roles...)
		}
	}
	return object{"id": u.id, "name": u.name, "display_name": u.display, "roles": roles, "dms_closed": u.dmsClosed}
}

func (s *Server) commandsState() []object {
	out := []object{}
	for _, c := range s.world.commands[0] {
		out = append(out, c.json(true))
	}
	for _, g := range s.world.guilds {
		for _, c := range s.world.commands[g.id] {
			out = append(out, c.json(true))
		}
	}
	return out
}

// A worldEdit is the body of POST world.
type worldEdit struct {
	DeleteChannel string          `json:"delete_channel"`
	Permission    *permissionEdit `json:"permission"`
	KickBot       string          `json:"kick_bot"`
	InviteBot     string          `json:"invite_bot"`
	CloseDMs      string          `json:"close_dms"`
	OpenDMs       string          `json:"open_dms"`
	LockThread    *lockThread     `json:"lock_thread"`
	ArchiveThread string          `json:"archive_thread"`
	UnlockThread  string          `json:"unlock_thread"`
	Unavailable   string          `json:"unavailable"`
	Available     string          `json:"available"`
	MakeChannel   string          `json:"make_channel"`
	AddGuilds     int             `json:"add_guilds"`
}

// A nameList is one name or several.
type nameList []string

// UnmarshalJSON takes a string or an array of strings.
func (l *nameList) UnmarshalJSON(raw []byte) error {
	var one string
	if json.Unmarshal(raw, &one) == nil {
		if *l = nil; one != "" {
			*l = nameList{one}
		}
		return nil
	}
	return json.Unmarshal(raw, (*[]string)(l))
}

// lockThread is a thread's name, or that with archived.
type lockThread struct {
	Thread   string `json:"thread"`
	Archived bool   `json:"archived"`
}

// UnmarshalJSON takes a string or an object.
func (l *lockThread) UnmarshalJSON(raw []byte) error {
	if json.Unmarshal(raw, &l.Thread) == nil {
		return nil
	}
	type fields lockThread
	return json.Unmarshal(raw, (*fields)(l))
}

// maxGuilds is how many guilds one call may add.
const maxGuilds = 20000

func (s *Server) postWorld(r *http.Request) (any, *problem) {
	var e worldEdit
	if p := readBody(r, &e); p != nil {
		return nil, p
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.edits++
	defer s.changed() // a refusal may come after other edits
	for _, edit := range []func(worldEdit) *problem{s.deleteChannel, s.permit, s.kickBot, s.inviteBot,
		s.closeDMs, s.openDMs, s.lock, s.archive, s.unlock, s.fail, s.recover, s.makeChannel, s.addGuilds} {
		if p := edit(e); p != nil {
			return nil, p
		}
	}
	return s.stateJSON(), nil
}

// guildChannel finds a channel of a guild that is not in an outage.
func (s *Server) guildChannel(name string) (*channel, *problem) {
	c := s.world.findChannel(name, nil)
	if c == nil || c.guild == nil {
		return nil, notFound("channel", name)
	}
	return c, c.guild.down()
}

// theThread finds a thread of a guild that is not in an outage.
func (s *Server) theThread(name string) (*channel, *problem) {
	c, p := s.guildChannel(name)
	if p != nil {
		return nil, p
	}
	if c.parent == nil {
		return nil, badRequest("not_a_thread", strconv.Quote(c.name)+" is not a thread")
	}
	return c, nil
}

func (s *Server) deleteChannel(e worldEdit) *problem {
	if e.DeleteChannel == "" {
		return nil
	}
	c, p := s.guildChannel(e.DeleteChannel)
	if p != nil {
		return p
	}
	gone := func(o *channel) bool { return o == c || o.parent == c }
	for _, o := range c.guild.channels {
		if gone(o) {
			s.forgetMessages(o)
			delete(s.world.channelByID, o.id)
		}
	}
	c.guild.channels = slices.DeleteFunc(slices.Clone(c.guild.channels), gone)
	event := "CHANNEL_DELETE"
	if c.parent != nil {
		event = "THREAD_DELETE"
	}
	s.tellOf(c.guild, event, s.world.channelJSON(c))
	return nil
}

func (s *Server) forgetMessages(c *channel) {
	for _, m := range c.messages {
		m.deleted = true
		s.dropFiles(m.attachments)
		delete(s.messages, m.id)
	}
}

// tellOf sends the bot an event of a guild it is in.
func (s *Server) tellOf(g *guild, event string, data object) {
	if s.world.hasBot(g) {
		s.dispatch(event, intentGuilds, func(string) object { return data })
	}
}

func (s *Server) channelChanged(c *channel) {
	if c.parent != nil {
		s.threadChanged(c)
		return
	}
	s.tellOf(c.guild, "CHANNEL_UPDATE", s.world.channelJSON(c))
}

func (s *Server) threadChanged(c *channel) {
	s.tellOf(c.guild, "THREAD_UPDATE", s.world.channelJSON(c))
}

func (s *Server) kickBot(e worldEdit) *problem {
	if e.KickBot == "" {
		return nil
	}
	g, p := s.botGuild(e.KickBot)
	if p != nil {
		return p
	}
	g.members = slices.DeleteFunc(slices.Clone(g.members), func(m *member) bool { return m.user == s.world.bot })
	delete(s.world.commands, g.id)
	s.dispatch("GUILD_DELETE", intentGuilds, func(string) object { return object{"id": g.id} })
	return nil
}

func (s *Server) closeDMs(e worldEdit) *problem {
	if e.CloseDMs == "" {
		return nil
	}
	u, p := s.person(e.CloseDMs)
	if p != nil {
		return p
	}
	u.dmsClosed = true
	return nil
}

func (s *Server) lock(e worldEdit) *problem {
	if e.LockThread == nil {
		return nil
	}
	if p := missing("lock_thread.thread", e.LockThread.Thread); p != nil {
		return p
	}
	c, p := s.theThread(e.LockThread.Thread)
	if p != nil {
		return p
	}
	c.locked, c.archived = true, e.LockThread.Archived
	s.threadChanged(c)
	return nil
}

// archive archives a thread as Discord does by itself when nobody writes there:
// a message wakes it.
func (s *Server) archive(e worldEdit) *problem {
	if e.ArchiveThread == "" {
		return nil
	}
	c, p := s.theThread(e.ArchiveThread)
	if p != nil {
		return p
	}
	c.archived = true
	s.threadChanged(c)
	return nil
}

func (s *Server) addGuilds(e worldEdit) *problem {
	if room := maxGuilds - len(s.world.guilds); e.AddGuilds < 0 || e.AddGuilds > room {
		return badRequest("bad_field", fmt.Sprintf(`"add_guilds" must be 0 to %d`, room))
	}
	olga := s.world.findUser("olga")
	for range e.AddGuilds {
		g := s.world.addGuild(fmt.Sprintf("gym-%d", len(s.world.guilds)), olga)
		s.world.join(g)
		s.world.addChannel(g, channelText, g.name+"-general")
		s.dispatch("GUILD_CREATE", intentGuilds, func(string) object { return s.world.guildCreateJSON(g) })
	}
	return nil
}
