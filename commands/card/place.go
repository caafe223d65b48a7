package card

import (
	"slices"
	"strings"

	"unpinch/bot"
)

// InServer returns a UserError where the bot is not in the reader's server, so that
// nothing there can be posted by it.
func InServer(req *bot.Request) error {
	if req.UserOnly {
		return &bot.UserError{Key: "card.not_in_server"}
	}
	return nil
}

// MayPost reports whether the bot can post in a channel.
func MayPost(req *bot.Request, c bot.ChannelValue) bool {
	return !shut(c) && len(MissingPerms(req, c)) == 0
}

// shut reports whether a channel is a locked thread for the bot.
func shut(c bot.ChannelValue) bool { return c.Locked && !c.Perms.Has(bot.ManageThreads) }

// PermissionLine says whether the bot can post in a channel, and who can change
// that.
func PermissionLine(req *bot.Request, c bot.ChannelValue) string {
	line := Permissions(req, c)
	if !shut(c) && !MayPost(req, c) {
		line += " " + req.Say("card.perms.who")
	}
	return line
}

// Permissions says whether the bot can post in a channel.
func Permissions(req *bot.Request, c bot.ChannelValue) string {
	if shut(c) {
		return req.Say("card.perms.locked", bot.Args{"Channel": ChannelMention(c.ID)})
	}
	if missing := MissingPerms(req, c); len(missing) > 0 {
		return req.Say("card.perms.missing", bot.Args{"Channel": ChannelMention(c.ID), "Missing": strings.Join(missing, ", ")})
	}
	return req.Say("card.perms.fine", bot.Args{"Channel": ChannelMention(c.ID)})
}

// MissingPerms names what the bot lacks to post in a channel.
func MissingPerms(req *bot.Request, c bot.ChannelValue) []string {
	needed := []struct {
		perm bot.Perm
		key  string
	}{
		{bot.ViewChannel, "perm.view"},
		{bot.SendMessages, "perm.send"},
		{bot.ReadHistory, "perm.history"},
		{bot.AttachFiles, "perm.attach"},
	}
	if c.Thread() {
		needed[1].perm, needed[1].key = bot.SendInThreads, "perm.send_threads"
	}
	var missing []string
	for _, n := range needed {
		if !c.Perms.Has(n.perm) {
			missing = append(missing, req.Say(n.key))
		}
	}
	return missing
}

func ChannelMention(id string) string { return "<#" + id + ">" }

func RoleMention(id string) string { return "<@&" + id + ">" }

// ChannelURL leads to a channel.
func ChannelURL(guildID, channelID string) string {
	return "https://discord.com/channels/" + guildID + "/" + channelID
}

// MessageURL leads to a message.
func MessageURL(guildID, channelID, messageID string) string {
	return ChannelURL(guildID, channelID) + "/" + messageID
}

// Known finds a channel among those of which a request says what the bot may do
// there.
func Known(known []bot.ChannelValue, id string) (bot.ChannelValue, bool) {
	i := slices.IndexFunc(known, func(c bot.ChannelValue) bool { return c.ID == id })
	if i < 0 {
		return bot.ChannelValue{}, false
	}
	return known[i], true
}
