package playground

import (
	"log/slog"
	"slices"
	"time"
)

// A gateway has the connections and sessions of the bot, and tells it what
// happens in the world.
type gateway struct {
	*monitor
	opts     Options
	log      *slog.Logger
	world    *world
	faults   *faults
	sessions []*session
	conns    map[*conn]bool
}

// ready reports whether a session has a connection that answers.
func (s *gateway) ready() bool {
	return slices.ContainsFunc(s.sessions, func(o *session) bool { return o.conn != nil && !o.conn.zombie })
}

// stop closes every connection.
func (s *gateway) stop() {
	for c := range s.conns {
		c.closeWith(1001, "the playground stops")
		time.AfterFunc(closeGrace, c.kill)
	}
}

// tellOf sends the bot an event of a guild that it is in.
func (s *gateway) tellOf(g *guild, event string, data object) {
	if s.world.hasBot(g) {
		s.dispatch(event, intentGuilds, func(string) object { return data })
	}
}

// channelChanged tells the bot what a channel is now.
func (s *gateway) channelChanged(c *channel) {
	if c.parent != nil {
		s.threadChanged(c)
		return
	}
	s.tellOf(c.guild, "CHANNEL_UPDATE", s.world.channelJSON(c))
}

// threadChanged tells the bot what a thread is now.
func (s *gateway) threadChanged(c *channel) {
	s.tellOf(c.guild, "THREAD_UPDATE", s.world.channelJSON(c))
}

// tellReset sends the bot what a reset changed.
func (s *gateway) tellReset(old *world) {
	for _, g := range old.guilds {
		if old.hasBot(g) && s.world.guild(g.id) == nil {
			s.dispatch("GUILD_DELETE", intentGuilds, func(string) object { return object{"id": g.id} })
		}
	}
	for _, g := range s.world.guilds {
		if !s.world.hasBot(g) {
			continue
		}
		before := old.guild(g.id)
		if !old.hasBot(before) || before.unavailable {
			s.dispatch("GUILD_CREATE", intentGuilds, func(string) object { return s.world.guildCreateJSON(g) })
			continue
		}
		for _, c := range g.channels {
			switch was := old.channel(c.id); {
			case was == nil && c.parent != nil:
				s.dispatch("THREAD_CREATE", intentGuilds, func(string) object { return s.world.channelJSON(c) })
			case was == nil:
				s.dispatch("CHANNEL_CREATE", intentGuilds, func(string) object { return s.world.channelJSON(c) })
			default:
				s.channelChanged(c)
			}
		}
	}
}
