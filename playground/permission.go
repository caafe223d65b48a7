package playground

import "strconv"

// The permissions that the playground's rules and world know.
const (
	permAdministrator    = 1 << 3
	permManageChannels   = 1 << 4
	permAddReactions     = 1 << 6
	permViewChannel      = 1 << 10
	permSendMessages     = 1 << 11
	permManageMessages   = 1 << 13
	permEmbedLinks       = 1 << 14
	permAttachFiles      = 1 << 15
	permReadHistory      = 1 << 16
	permMentionEveryone  = 1 << 17
	permExternalEmojis   = 1 << 18
	permChangeNickname   = 1 << 26
	permUseCommands      = 1 << 31
	permManageThreads    = 1 << 34
	permPublicThreads    = 1 << 35
	permSendInThreads    = 1 << 38
	permUseExternalApps  = 1 << 50
	permPinMessages      = 1 << 51
	permAll              = 1<<53 - 1
	permMember           = permViewChannel | permSendMessages | permReadHistory | permAddReactions | permEmbedLinks | permAttachFiles | permChangeNickname | permUseCommands | permSendInThreads | permPublicThreads | permUseExternalApps
	permBot              = permViewChannel | permSendMessages | permSendInThreads | permAttachFiles | permReadHistory
	permInDM             = permMember | permMentionEveryone | permPinMessages
	permUserInstalledBot = permEmbedLinks | permAttachFiles | permExternalEmojis
)

// permissionNames are the names that POST world takes.
func permissionNames() map[string]uint64 {
	return map[string]uint64{
		"ADMINISTRATOR": permAdministrator, "VIEW_CHANNEL": permViewChannel, "SEND_MESSAGES": permSendMessages,
		"SEND_MESSAGES_IN_THREADS": permSendInThreads, "ATTACH_FILES": permAttachFiles,
		"EMBED_LINKS": permEmbedLinks, "READ_MESSAGE_HISTORY": permReadHistory,
		"MENTION_EVERYONE": permMentionEveryone, "MANAGE_MESSAGES": permManageMessages,
		"MANAGE_CHANNELS": permManageChannels, "MANAGE_THREADS": permManageThreads,
		"USE_APPLICATION_COMMANDS": permUseCommands, "USE_EXTERNAL_APPS": permUseExternalApps,
	}
}

// bits writes permissions as Discord does: a decimal string.
func bits(p uint64) string { return strconv.FormatUint(p, 10) }

// permissions is what a user may do in a channel; 0 if they cannot see it. A
// nil channel gives the server-wide permissions.
func (w *world) permissions(g *guild, user flake, c *channel) uint64 {
	p := w.granted(g, user, c)
	if c != nil && p&permViewChannel == 0 {
		return 0
	}
	return p
}

// granted is what a user was given in a channel, without regard to what one
// permission needs of another.
func (w *world) granted(g *guild, user flake, c *channel) uint64 {
	m := g.member(user)
	if m == nil {
		return 0
	}
	if user == g.owner {
		return permAll
	}
	p := g.role(g.id).permissions
	for _, id := range m.roles {
		if r := g.role(id); r != nil {
			p |= r.permissions
		}
	}
	if p&permAdministrator != 0 {
		return permAll
	}
	if c == nil {
		return p
	}
	if c.parent != nil {
		c = c.parent
	}
	return c.overwritten(p, g.id, user, m.roles)
}

// overwritten applies a channel's overwrites in Discord's order: everyone,
// then roles together, then the member.
func (c *channel) overwritten(p uint64, everyone, user flake, roles []flake) uint64 {
	if o := c.overwrites[everyone]; o != nil {
		p = p&^o.deny | o.allow
	}
	var allow, deny uint64
	for _, id := range roles {
		if o := c.overwrites[id]; o != nil {
			allow |= o.allow
			deny |= o.deny
		}
	}
	p = p&^deny | allow
	if o := c.overwrites[user]; o != nil {
		p = p&^o.deny | o.allow
	}
	return p
}

// may tells what a user may do in any channel, a DM included.
func (w *world) may(user flake, c *channel) uint64 {
	if c.guild == nil {
		if user == c.recipient || user == w.bot.id {
			return permInDM
		}
		return 0
	}
	return w.permissions(c.guild, user, c)
}
