package classfile

import (
	"context"
	"errors"
	"slices"

	"unpinch/bot"
	"unpinch/schedule"
)

// fileAsked is how many channels and roles of a file Discord is asked about.
const fileAsked = 20

// An asker asks Discord about channels and roles; nil where nobody can tell.
type asker struct {
	access func(ctx context.Context, guildID, channelID string) (bot.ChannelValue, error)
	role   func(ctx context.Context, guildID, roleID string) (bot.RoleReach, error)
}

// channel reports whether posts of this server may go to a channel: it is the
// server's, as far as is known or can be asked. A file names what it likes.
func (w *wish) channel(ctx context.Context, id string) error {
	ours := func(s schedule.Series) bool { return s.ChannelID == id || s.Place.ChannelID == id }
	if id == w.req.ChannelID || slices.ContainsFunc(w.now.series, ours) ||
		slices.ContainsFunc(w.now.places, func(p schedule.Place) bool { return p.ChannelID == id }) {
		return nil
	}
	if w.asks++; w.asker.access == nil || w.asks > fileAsked {
		return bot.ErrNoChannel
	}
	c, err := w.asker.access(ctx, w.req.GuildID, id)
	if err == nil && !c.Perms.Has(bot.ViewChannel) { // it may be another server's
		err = bot.ErrNoChannel
	}
	return err
}

// role reports whether a class may ping a role: one of the server's, which not
// everyone has. One that nobody can tell of is refused.
func (w *wish) role(ctx context.Context, id string) error {
	if id == w.req.GuildID {
		return &bot.UserError{Key: "class.ping_everyone"}
	}
	if slices.ContainsFunc(w.now.series, func(s schedule.Series) bool { return s.RoleID == id }) {
		return nil // which was asked then
	}
	unknown := &bot.UserError{Key: "class.file.role_unknown", Args: bot.Args{"Role": id}}
	if w.asks++; w.asker.role == nil || w.asks > fileAsked {
		return unknown
	}
	_, err := w.asker.role(ctx, w.req.GuildID, id)
	if errors.Is(err, bot.ErrNoRole) {
		return &bot.UserError{Key: "class.contract.role_gone"}
	}
	if err != nil {
		unknown.Err = err
		return unknown
	}
	return nil
}
