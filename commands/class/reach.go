package class

import (
	"context"
	"errors"
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/schedule"
)

const (
	// askMax is how long a contract waits for what Discord says of channels and
	// roles: a form's command can't be deferred.
	askMax = 1200 * time.Millisecond
	// askChannels is how many channels it asks about.
	askChannels = 3
)

// known is what a request tells of channels and roles beside its own channel.
type known struct {
	channels []bot.ChannelValue
	roles    []bot.RoleValue
}

// reach asks Discord whether posts reach anyone.
type reach struct {
	access func(ctx context.Context, guildID, channelID string) (bot.ChannelValue, error) // nil where nobody can tell
	role   func(ctx context.Context, guildID, roleID string) (bot.RoleReach, error)
}

// lines say whether posts of drafts reach their channels, and a ping its role.
func (a reach) lines(ctx context.Context, req *bot.Request, drafts []schedule.Series, k known) []string {
	ctx, cancel := context.WithTimeout(ctx, askMax)
	defer cancel()
	k.channels = append(k.channels, req.Here())
	var lines []string
	channels, roles := map[string]bot.ChannelValue{}, map[string]bool{}
	for _, s := range drafts {
		if s.Removes || len(s.Posts()) == 0 {
			continue
		}
		c, asked := channels[s.ChannelID]
		if !asked && len(channels) < askChannels {
			var line string
			c, line = a.channelLine(ctx, req, s.ChannelID, k)
			channels[s.ChannelID], lines = c, append(lines, line)
		}
		if s.RoleID != "" && s.Lead > 0 && !roles[s.RoleID] {
			roles[s.RoleID] = true
			lines = append(lines, a.pingLine(ctx, req, s.RoleID, c, k))
		}
	}
	return lines
}

// channelLine says whether the bot can post in a channel. The channel it returns
// is zero if nobody can tell.
func (a reach) channelLine(ctx context.Context, req *bot.Request, id string, k known) (bot.ChannelValue, string) {
	if c, ok := card.Known(k.channels, id); ok {
		return c, card.PermissionLine(req, c)
	}
	if a.access != nil {
		c, err := a.access(ctx, req.GuildID, id)
		switch {
		case err == nil:
			return c, card.PermissionLine(req, c)
		case errors.Is(err, bot.ErrNoChannel):
			return bot.ChannelValue{}, req.Say("class.contract.channel_gone", bot.Args{"Channel": card.ChannelMention(id)})
		}
	}
	return bot.ChannelValue{}, req.Say("class.contract.channel_maybe", bot.Args{"Channel": card.ChannelMention(id)})
}

// pingLine says whom a ping of a role in a channel reaches.
func (a reach) pingLine(ctx context.Context, req *bot.Request, id string, in bot.ChannelValue, k known) string {
	mentionable, members, told := in.Perms.Has(bot.MentionEveryone), -1, in.ID != ""
	roleKnown := false
	for _, r := range k.roles {
		if r.ID == id {
			mentionable, roleKnown = mentionable || r.Mentionable, true
		}
	}
	if a.role != nil {
		switch reach, err := a.role(ctx, req.GuildID, id); {
		case err == nil:
			mentionable, members, roleKnown = mentionable || reach.Mentionable, reach.Members, true
		case errors.Is(err, bot.ErrNoRole):
			return req.Say("class.contract.role_gone")
		}
	}
	values := bot.Args{"Role": card.RoleMention(id), "count": members}
	switch {
	case !mentionable && (!told || !roleKnown):
		return req.Say("class.contract.ping_maybe", values)
	case !mentionable:
		return req.Say("class.contract.ping_nobody", values)
	case members == 0:
		return req.Say("class.contract.ping_none", values)
	case members > 0:
		return req.Say("class.contract.ping_count", values)
	}
	return req.Say("class.contract.ping", values)
}
