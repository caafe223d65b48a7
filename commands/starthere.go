package commands

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// startHere is the card that everyone starts from.
type startHere struct{ Deps }

// card is for a whole channel, in the language of posts, and holds nothing that
// could grow old.
func (s startHere) card() bot.Reply {
	say := func(key string) string { return s.Content.Say(card.DefaultLocale, key, nil) }
	reply := card.Calm(bot.Text(say("setup.start.text")), bot.Row{
		{Label: say("setup.start.check"), ID: button.StartHereID.For(button.StartCheck), Style: bot.Primary},
		{Label: say("setup.start.swap"), ID: button.StartHereID.For(button.StartSwap)},
		{Label: say("setup.start.stretch"), ID: button.StartHereID.For(button.StartStretch)},
		{Label: say("setup.start.reminders"), ID: button.StartHereID.For(button.StartReminders)},
	})
	reply.Silent = true
	return reply
}

// open shows whoever presses what they pressed, and nobody else.
func (s startHere) open(ctx context.Context, req *bot.Request, what button.StartWhat) (bot.Reply, error) {
	switch what {
	case button.StartCheck:
		return pinchedFlow(s).turn(ctx, req, button.PinchedState{View: button.PinchedMenu})
	case button.StartSwap:
		return modifyFlow(s).turn(ctx, req, button.ModifyState{View: button.LiftPick})
	case button.StartStretch: // the gentle one, for nobody knows who presses
		return following(s.Deps).Open(ctx, req, button.CalmRoutine)
	case button.StartReminders:
		return member{Deps: s.Deps}.remindersCard(ctx, req)
	}
	return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
}

// postStart posts the card in the channel that the admin is in.
func (s setupFlow) postStart(ctx context.Context, req *bot.Request, p schedule.Place) (bot.Reply, error) {
	if missing := card.MissingPerms(req, req.Here()); len(missing) > 0 {
		return bot.Reply{}, &bot.UserError{Key: "setup.perms.missing",
			Args: bot.Args{"Channel": card.ChannelMention(req.ChannelID), "Missing": strings.Join(missing, ", ")}}
	}
	id, err := s.Publish(ctx, req.ChannelID, req.Ref, startHere{s.Deps}.card())
	if ae, ok := errors.AsType[*bot.APIError](err); ok && bot.Sure(err) && ae.Status != http.StatusTooManyRequests {
		return bot.Reply{}, &bot.UserError{Key: "setup.start.refused", Args: bot.Args{"Channel": card.ChannelMention(req.ChannelID)}, Err: err}
	}
	if err != nil {
		return bot.Reply{}, fmt.Errorf("post where to start: %w", err)
	}
	return s.show(ctx, req, p, req.Say("setup.start.posted", bot.Args{"URL": card.MessageURL(req.GuildID, req.ChannelID, id)}))
}
