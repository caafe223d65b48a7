package playground

// tellOf sends the bot an event of a guild that it is in.
func (s *gateway) tellOf(g *guild, event string, data object) {
	if g.hasBot() {
		s.dispatch(event, intentGuilds, g.id, func(string) object { return data })
	}
}

// channelChanged tells the bot what a channel is now.
func (s *gateway) channelChanged(c *channel) {
	if c.parent != nil {
		s.threadChanged(c)
		return
	}
	s.tellOf(c.guild, "CHANNEL_UPDATE", c.json())
}

// threadChanged tells the bot what a thread is now.
func (s *gateway) threadChanged(c *channel) {
	s.tellOf(c.guild, "THREAD_UPDATE", c.json())
}

// tellReset sends the bot what a reset changed.
func (s *gateway) tellReset(old *world) {
	for _, g := range old.guilds {
		if g.hasBot() && s.world.guild(g.id) == nil {
			s.dispatch("GUILD_DELETE", intentGuilds, g.id, func(string) object { return object{"id": g.id} })
		}
	}
	for _, g := range s.world.guilds {
		if !g.hasBot() {
			continue
		}
		before := old.guild(g.id)
		if !before.hasBot() || before.unavailable {
			s.dispatch("GUILD_CREATE", intentGuilds, g.id, func(string) object { return g.createJSON() })
			continue
		}
		for _, c := range g.channels {
			switch was := old.channel(c.id); {
			case was == nil && c.parent != nil:
				s.dispatch("THREAD_CREATE", intentGuilds, g.id, func(string) object { return c.json() })
			case was == nil:
				s.dispatch("CHANNEL_CREATE", intentGuilds, g.id, func(string) object { return c.json() })
			default:
				s.channelChanged(c)
			}
		}
	}
}
