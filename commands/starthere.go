package commands

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"unpinch/bot"
	"unpinch/schedule"
)

// startHereID stands on the card that everyone starts from, for as long as the
// card does. All of its buttons bear this one name, so that logs don't tell
// what was opened.
var startHereID = bot.NewID[startWhat]("starthere1")

// A startWhat is what a button on that card opens.
type startWhat string

const (
	startCheck     startWhat = "check"
	startSwap      startWhat = "swap"
	startStretch   startWhat = "stretch"
	startReminders startWhat = "reminders"
)

// MarshalText returns the word.
func (w startWhat) MarshalText() ([]byte, error) { return []byte(w), nil }

// UnmarshalText reads it. Whether there is such a thing is for the handler to
// say.
func (w *startWhat) UnmarshalText(text []byte) error {
	*w = startWhat(text)
	return nil
}

// startHere is the card that everyone starts from.
type startHere struct{ Deps }

// card is for a whole channel, in the language of posts, and holds nothing that
// could grow old.
func (s startHere) card() bot.Reply {
	say := func(key string) string { return s.Content.Say(defaultLocale, key, nil) }
	reply := calmCard(bot.Text(say("setup.start.text")), bot.Row{
		{Label: say("setup.start.check"), ID: startHereID.For(startCheck), Style: bot.Primary},
		{Label: say("setup.start.swap"), ID: startHereID.For(startSwap)},
		{Label: say("setup.start.stretch"), ID: startHereID.For(startStretch)},
		{Label: say("setup.start.reminders"), ID: startHereID.For(startReminders)},
	})
	reply.Silent = true
	return reply
}

// open shows whoever presses what they pressed, and nobody else.
func (s startHere) open(ctx context.Context, req *bot.Request, what startWhat) (bot.Reply, error) {
	switch what {
	case startCheck:
		return pinchedFlow(s).turn(ctx, req, pinchedState{View: viewMenu})
	case startSwap:
		return modifyFlow(s).turn(ctx, req, modifyState{View: liftPick})
	case startStretch: // the gentle one, for nobody knows who presses
		return stretchFlow{Deps: s.Deps}.open(ctx, req, calmRoutine)
	case startReminders:
		return member{Deps: s.Deps}.remindersCard(ctx, req)
	}
	return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
}

// postStart posts the card in the channel that the admin is in.
func (s setupFlow) postStart(ctx context.Context, req *bot.Request, p schedule.Place) (bot.Reply, error) {
	if missing := missingPerms(req, req.Here()); len(missing) > 0 {
		return bot.Reply{}, &bot.UserError{Key: "setup.perms.missing",
			Args: args{"Channel": channelMention(req.ChannelID), "Missing": strings.Join(missing, ", ")}}
	}
	id, err := s.Publish(ctx, req.ChannelID, req.Ref, startHere{s.Deps}.card())
	if ae, ok := errors.AsType[*bot.APIError](err); ok && bot.Sure(err) && ae.Status != http.StatusTooManyRequests {
		return bot.Reply{}, &bot.UserError{Key: "setup.start.refused", Args: args{"Channel": channelMention(req.ChannelID)}, Err: err}
	}
	if err != nil {
		return bot.Reply{}, fmt.Errorf("post where to start: %w", err)
	}
	return s.show(ctx, req, p, req.Say("setup.start.posted", args{"URL": messageURL(req.GuildID, req.ChannelID, id)}))
}
