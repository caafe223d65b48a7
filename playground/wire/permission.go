package wire

// Permissions that the playground's rules and its world know.
const (
	PermAdministrator   = 1 << 3
	PermManageChannels  = 1 << 4
	PermAddReactions    = 1 << 6
	PermViewChannel     = 1 << 10
	PermSendMessages    = 1 << 11
	PermManageMessages  = 1 << 13
	PermEmbedLinks      = 1 << 14
	PermAttachFiles     = 1 << 15
	PermReadHistory     = 1 << 16
	PermMentionEveryone = 1 << 17
	PermExternalEmojis  = 1 << 18
	PermChangeNickname  = 1 << 26
	PermUseCommands     = 1 << 31
	PermManageThreads   = 1 << 34
	PermPublicThreads   = 1 << 35
	PermSendInThreads   = 1 << 38
	PermCreateEvents    = 1 << 44
	PermUseExternalApps = 1 << 50
	PermPinMessages     = 1 << 51
	PermAll             = 1<<53 - 1                                                                                  // what an owner and an administrator have
	PermBot             = PermViewChannel | PermSendMessages | PermSendInThreads | PermAttachFiles | PermReadHistory // what an invitation gives the bot
)

// PermissionNames returns permissions by Discord's names for them.
func PermissionNames() map[string]uint64 {
	return map[string]uint64{
		"ADMINISTRATOR": PermAdministrator, "VIEW_CHANNEL": PermViewChannel, "SEND_MESSAGES": PermSendMessages,
		"SEND_MESSAGES_IN_THREADS": PermSendInThreads, "ATTACH_FILES": PermAttachFiles,
		"EMBED_LINKS": PermEmbedLinks, "READ_MESSAGE_HISTORY": PermReadHistory,
		"MENTION_EVERYONE": PermMentionEveryone, "MANAGE_MESSAGES": PermManageMessages,
		"MANAGE_CHANNELS": PermManageChannels, "MANAGE_THREADS": PermManageThreads,
		"USE_APPLICATION_COMMANDS": PermUseCommands, "USE_EXTERNAL_APPS": PermUseExternalApps,
		"CREATE_EVENTS": PermCreateEvents,
	}
}
