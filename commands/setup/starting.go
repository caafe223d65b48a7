package setup

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/gate"
	"unpinch/content"
	"unpinch/schedule"
)

// presets are classes that many places have.
type presets struct {
	content *content.Library
	now     func() time.Time
	keep    func(ctx context.Context, req *bot.Request, drafts []schedule.Series) (bot.Reply, error)
}

// draft drafts a class that many places have, and shows what it would do.
func (s presets) draft(ctx context.Context, req *bot.Request, p schedule.Place, a button.Act) (bot.Reply, error) {
	series := schedule.Series{Place: p, ChannelID: p.ChannelID}
	rule := "weekdays 11:00 15:00"
	if series.Purpose, series.Length = schedule.ForDesk, 5*time.Minute; a == button.ActGym {
		rule = "weekdays 17:00"
		series.Purpose, series.Length, series.Lead = schedule.ForClass, 2*time.Hour, 10*time.Minute
		series.Title = s.content.Say(card.DefaultLocale, "setup.button.gym", nil)
	}
	var err error
	if series.Rule, err = schedule.Parse(rule); err != nil {
		return bot.Reply{}, fmt.Errorf("draft a preset: %w", err)
	}
	return s.keep(ctx, req, []schedule.Series{series})
}

// StartHere is the card that everyone starts from. It is for a whole channel, in
// the language of posts, and holds nothing that could grow old.
func StartHere(lib *content.Library) bot.Reply {
	say := func(key string) string { return lib.Say(card.DefaultLocale, key, nil) }
	reply := card.Calm(bot.Text(say("setup.start.text")), bot.Row{
		{Label: say("setup.start.check"), ID: button.StartHereID.For(button.StartCheck), Style: bot.Primary},
		{Label: say("setup.start.swap"), ID: button.StartHereID.For(button.StartSwap)},
		{Label: say("setup.start.stretch"), ID: button.StartHereID.For(button.StartStretch)},
		{Label: say("setup.start.reminders"), ID: button.StartHereID.For(button.StartReminders)},
	})
	reply.Silent = true
	return reply
}

// starting posts that card.
type starting struct {
	content *content.Library
	publish func(ctx context.Context, channelID, nonce string, reply bot.Reply) (messageID string, err error)
	gate    gate.Gate
}

// share is post for anyone, which is counted.
func (s starting) share(ctx context.Context, req *bot.Request) (note string, err error) {
	if err := s.may(req); err != nil {
		return "", err
	}
	if err := s.gate.Pass(ctx, req, gate.Starts); err != nil {
		return "", err
	}
	return s.post(ctx, req)
}

// may refuses a reader who may not write in the channel that they are in, and a
// channel in which the bot may not.
func (s starting) may(req *bot.Request) error {
	if req.GuildID == "" {
		return &bot.UserError{Key: "bot.server_only"}
	}
	if err := card.InServer(req); err != nil {
		return err
	}
	if err := req.MayWrite(); err != nil {
		return err
	}
	if missing := card.MissingPerms(req, req.Here()); len(missing) > 0 {
		return &bot.UserError{Key: "card.perms.missing",
			Args:  bot.Args{"Channel": card.ChannelMention(req.ChannelID), "Missing": strings.Join(missing, ", ")},
			Below: []bot.Part{bot.Text(req.Say("card.perms.who"))}}
	}
	return nil
}

// post posts the card in the channel that the reader is in, and says where it is.
func (s starting) post(ctx context.Context, req *bot.Request) (note string, err error) {
	if err := s.may(req); err != nil {
		return "", err
	}
	// Pressed again within a few minutes it is the same card, unless that was deleted.
	id, err := s.publish(ctx, req.ChannelID, "start"+req.ChannelID, StartHere(s.content))
	if errors.Is(err, bot.ErrDeleted) {
		id, err = s.publish(ctx, req.ChannelID, req.Ref, StartHere(s.content))
	}
	if ae, ok := errors.AsType[*bot.APIError](err); ok && bot.Sure(err) && ae.Status != http.StatusTooManyRequests {
		return "", &bot.UserError{Key: "setup.start.refused", Args: bot.Args{"Channel": card.ChannelMention(req.ChannelID)}, Err: err}
	}
	if err != nil {
		return "", fmt.Errorf("post where to start: %w", err)
	}
	return req.Say("setup.start.posted", bot.Args{"URL": card.MessageURL(req.GuildID, req.ChannelID, id)}), nil
}
