package class

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// asked answers the question whether a class is of use as it is: each button leads
// to the flow that changes it.
type asked struct {
	far      far
	edits    edits
	forms    forms
	channels func(ctx context.Context, guildID, userID string) ([]bot.ChannelValue, error) // nil where nobody can tell
}

// The posts that a class can keep.
const (
	keepPre      = "pre"
	keepCoolDown = "cool_down"
)

// selectMax is how many entries a select holds.
const selectMax = 25

// form opens the form of other times, or that of a pause.
func (a asked) form(ctx context.Context, req *bot.Request, s button.AskState) (bot.Reply, error) {
	there, class, err := a.far.class(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	act := button.ActEdit
	if s.Act == button.AskPause {
		act = button.ActPause
	} else if s.Act != button.AskTime {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	reply, err := a.forms.open(ctx, there, button.ClassState{Act: act, ID: class.ID})
	if err != nil || reply.Modal == nil {
		return reply, err
	}
	s.Revision = class.Revision + 1
	reply.Modal.ID = button.AskSentID.For(s) // answered beside the question, which stays
	return reply, nil
}

// sent takes over a form.
func (a asked) sent(ctx context.Context, req *bot.Request, s button.AskState) (bot.Reply, error) {
	there, class, err := a.far.class(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	state := button.ClassState{Act: button.ActEdit, ID: class.ID, N: s.Revision}
	if s.Act == button.AskPause {
		state.Act = button.ActPause
	}
	return a.forms.sent(ctx, there, state)
}

// open opens the choice of another channel, or of fewer posts.
func (a asked) open(ctx context.Context, req *bot.Request, s button.AskState) (bot.Reply, error) {
	there, class, err := a.far.class(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	switch s.Act {
	case button.AskChannel:
		return a.channelCard(ctx, there, class)
	case button.AskFewer:
		return a.fewerCard(there, class), nil
	}
	return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
}

// channelCard offers the channels that the reader sees and in which the bot can post.
func (a asked) channelCard(ctx context.Context, req *bot.Request, s schedule.Series) (bot.Reply, error) {
	if a.channels == nil {
		return bot.Reply{}, &bot.UserError{Key: "class.far.no_channels"}
	}
	all, err := a.channels(ctx, s.Place.GuildID, req.UserID)
	if err != nil {
		return bot.Reply{}, &bot.UserError{Key: "class.far.no_channels", Err: err}
	}
	all = slices.DeleteFunc(all, func(c bot.ChannelValue) bool { return c.ID == s.ChannelID || len(card.MissingPerms(req, c)) > 0 })
	values := bot.Args{"Class": card.ClassName(req.Say, s), "Channel": card.ChannelMention(s.ChannelID)}
	if len(all) == 0 {
		return card.Calm(bot.Text(req.Say("class.asked.no_channel", values))), nil
	}
	pick := bot.Select{ID: button.AskSetID.For(button.AskState{Act: button.AskChannel, ID: s.ID}), Hint: req.Say("class.asked.channel_hint")}
	for _, c := range all[:min(len(all), selectMax)] {
		pick.Entries = append(pick.Entries, bot.Entry{Label: "#" + c.Name, Value: c.ID})
	}
	parts := []bot.Part{bot.Text(req.Say("class.asked.channel", values)), pick}
	if len(all) > selectMax {
		parts = append(parts, bot.Text(req.Say("class.asked.channel_more", bot.Args{"Max": selectMax})))
	}
	return card.Calm(parts...), nil
}

// fewerCard offers to keep only one of a class's posts, or only some of its days.
func (a asked) fewerCard(req *bot.Request, s schedule.Series) bot.Reply {
	parts := []bot.Part{bot.Text(req.Say("class.asked.fewer", bot.Args{"Class": card.ClassName(req.Say, s), "Place": card.Plain(s.Place.Name)}))}
	if s.Lead > 0 && s.CoolDown {
		parts = append(parts, bot.Select{ID: button.AskSetID.For(button.AskState{Act: button.AskPosts, ID: s.ID}), Hint: req.Say("class.asked.posts_hint"),
			Entries: []bot.Entry{{Label: req.Say("class.asked.only_pre"), Value: keepPre}, {Label: req.Say("class.asked.only_cool_down"), Value: keepCoolDown}}})
	}
	if days := s.Rule.Days().List(); len(days) > 1 {
		pick := bot.Select{ID: button.AskSetID.For(button.AskState{Act: button.AskDays, ID: s.ID}), Hint: req.Say("class.asked.days_hint"), Many: true}
		for _, day := range days {
			pick.Entries = append(pick.Entries, bot.Entry{Label: schedule.Weekday(req.Say, day), Value: strconv.Itoa(int(schedule.On(day)))})
		}
		parts = append(parts, pick)
	}
	if len(parts) == 1 {
		return card.Calm(bot.Text(req.Say("class.asked.fewest", bot.Args{"Class": card.ClassName(req.Say, s)})))
	}
	return card.Calm(parts...)
}

// set drafts what was picked, and shows what that would do.
func (a asked) set(ctx context.Context, req *bot.Request, state button.AskState) (bot.Reply, error) {
	there, s, err := a.far.class(ctx, req, state.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(req.Values) == 0 {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	var k known
	switch state.Act {
	case button.AskChannel:
		if k, err = a.knownChannel(ctx, there, req.Values[0]); err != nil {
			return bot.Reply{}, err
		}
		s.ChannelID = req.Values[0]
	case button.AskPosts:
		if s.CoolDown = req.Values[0] == keepCoolDown; s.CoolDown {
			s.Lead = time.Duration(0)
		}
	case button.AskDays:
		less, ok := s.Rule.Only(pickedDays(req.Values))
		if !ok {
			return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
		}
		s.Rule = less
	default:
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	return a.edits.edited(ctx, there, 0, s, k)
}

// knownChannel returns a channel of the server that was picked.
func (a asked) knownChannel(ctx context.Context, req *bot.Request, id string) (known, error) {
	all, err := a.channels(ctx, req.GuildID, req.UserID)
	if err != nil {
		return known{}, fmt.Errorf("check the channel that was picked: %w", err)
	}
	i := slices.IndexFunc(all, func(c bot.ChannelValue) bool { return c.ID == id })
	if i < 0 {
		return known{}, &bot.UserError{Key: "class.asked.channel_gone"}
	}
	return known{channels: all[i : i+1]}, nil
}

// pickedDays reads the days that were picked.
func pickedDays(values []string) (all schedule.Days) {
	for _, v := range values {
		n, _ := strconv.ParseUint(v, 10, 7)
		all |= schedule.Days(n)
	}
	return all
}
