package setup

import (
	"context"
	"errors"
	"slices"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// askMax is how long a card waits for what Discord says of a channel.
const askMax = 1500 * time.Millisecond

// access says what the bot may do in a channel of a server; nil where nobody can
// tell.
type access func(ctx context.Context, guildID, channelID string) (bot.ChannelValue, error)

// parts say whether posts of a place get through, and the lines of its log. Where
// they don't, another channel can be picked. known are channels of which the
// request tells.
func (a access) parts(ctx context.Context, req *bot.Request, p schedule.Place, known []bot.ChannelValue) []bot.Part {
	line, state := a.channel(ctx, req, p.ChannelID, known)
	parts := []bot.Part{bot.Text(line)}
	if state != open {
		parts = append(parts, channelSelect(req, p, button.ActChannel))
	}
	lacks := state == closed
	if p.LogChannel != "" && p.LogChannel != p.ChannelID {
		if line, state = a.channel(ctx, req, p.LogChannel, known); state != open {
			parts = append(parts, bot.Text(line), channelSelect(req, p, button.ActLog))
		}
		lacks = lacks || state == closed
	}
	if lacks {
		parts = append(parts, bot.Text(req.Say("card.perms.who")))
	}
	return parts
}

// How a channel is for the bot: open also where nobody can tell.
const (
	open   = iota
	closed // for want of permissions
	over   // gone, or a locked thread
)

// channel says whether the bot can post in a channel.
func (a access) channel(ctx context.Context, req *bot.Request, id string, known []bot.ChannelValue) (line string, state int) {
	c, ok := card.Known(known, id)
	if !ok || c.Thread() && id != req.ChannelID { // an option doesn't tell whether it is locked
		asked, err := a.ask(ctx, req, id)
		switch {
		case err == nil:
			c, ok = asked, true
		case errors.Is(err, bot.ErrNoChannel):
			return req.Say("setup.card.channel_gone", bot.Args{"Channel": card.ChannelMention(id)}), over
		}
	}
	switch {
	case !ok:
		return req.Say("class.contract.channel_maybe", bot.Args{"Channel": card.ChannelMention(id)}), open
	case card.MayPost(req, c):
		state = open
	case len(card.MissingPerms(req, c)) > 0:
		state = closed
	default:
		state = over
	}
	return card.Permissions(req, c), state
}

var errNobodyTells = errors.New("nobody can tell")

func (a access) ask(ctx context.Context, req *bot.Request, id string) (bot.ChannelValue, error) {
	if a == nil {
		return bot.ChannelValue{}, errNobodyTells
	}
	ctx, cancel := context.WithTimeout(ctx, askMax)
	defer cancel()
	return a(ctx, req.GuildID, id)
}

// channelSelect asks for another channel of a place.
func channelSelect(req *bot.Request, p schedule.Place, a button.Act) bot.ChannelSelect {
	return bot.ChannelSelect{ID: button.SetupID.For(button.ClassState{Act: a, ID: p.ID, N: 1}), Hint: req.Say("setup." + string(a) + "_hint")}
}

// channels change the channels of places.
type channels struct {
	cards  cards
	saving saving
}

// change asks for a channel of a place, or takes the one that was picked.
func (c channels) change(ctx context.Context, req *bot.Request, p schedule.Place, a button.Act) (bot.Reply, error) {
	after, key := p, "setup."+string(a)+"_ask"
	if len(req.Values) == 0 {
		return card.Calm(bot.Text(req.Say(key, bot.Args{"Name": card.Plain(p.Name)})), channelSelect(req, p, a),
			bot.Row{{Label: req.Say("card.back"), ID: button.SetupID.For(button.ClassState{Act: button.ActShow, ID: p.ID, N: 0})}}), nil
	}
	picked, err := c.cards.access.ask(ctx, req, req.Values[0])
	if errors.Is(err, bot.ErrNoChannel) {
		return bot.Reply{}, &bot.UserError{Key: "setup.channel_unknown"}
	}
	known := []bot.ChannelValue{req.Here()}
	if err == nil {
		known = append(known, picked)
	}
	if a == button.ActLog {
		after.LogChannel = req.Values[0]
	} else {
		after.ChannelID = req.Values[0]
	}
	after, err = c.saving.save(ctx, req, p, after)
	if err != nil {
		return bot.Reply{}, err
	}
	return c.cards.card(ctx, req, after, slices.Compact(known), req.Say(card.Either(after == p, "setup.saved", "setup.saved_by")))
}
