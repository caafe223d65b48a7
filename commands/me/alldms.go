package me

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// reminded has the reader's reminders as lines, and the select that leads to one,
// to pause or stop it.
func (n notices) reminded(ctx context.Context, req *bot.Request) ([]bot.Part, error) {
	kept, err := n.reminders.kept.Reminders(ctx, req.UserID)
	if err != nil {
		return nil, fmt.Errorf("show the reminders: %w", err)
	}
	if len(kept) == 0 {
		return []bot.Part{bot.Text(req.Say("me.notify.no_reminder"))}, nil
	}
	pick := bot.Select{ID: button.RemindersID.For(button.MeStep{Act: remindersPick}), Hint: req.Say("me.notify.reminder_hint")}
	var lines []string
	for _, s := range kept {
		next, err := n.reminders.next(req, s)
		if err != nil {
			return nil, err
		}
		routine, sentence := req.Say("stretch.kind."+s.Routine), s.Rule.Sentence(req.Say)
		lines = append(lines, req.Say("me.reminders.line", bot.Args{"Sentence": card.Cut(sentence, selectText), "Routine": routine, "Next": next}))
		pick.Entries = append(pick.Entries, bot.Entry{Label: card.Cut(sentence, selectText), About: routine, Value: strconv.FormatInt(s.ID, 10)})
	}
	return []bot.Part{bot.Text(req.Say("me.notify.reminders") + "\n" + card.Bullets(lines)), pick}, nil
}

// nudged has the nudges that wait.
func (n notices) nudged(ctx context.Context, req *bot.Request, mem schedule.Member) (text string, any bool, err error) {
	waiting, err := n.nudges.Nudges(ctx, req.UserID)
	if err != nil {
		return "", false, fmt.Errorf("show the nudges: %w", err)
	}
	if len(waiting) == 0 {
		return req.Say("me.notify.no_nudge"), false, nil
	}
	var lines []string
	for _, at := range waiting {
		lines = append(lines, n.members.clockTime(req, mem, at))
	}
	return req.Say("me.notify.nudges") + "\n" + card.Bullets(lines), true, nil
}

// row stops and holds what the card shows, all of a kind.
func (n notices) row(req *bot.Request, mem schedule.Member, follows, nudges bool) bot.Row {
	var row bot.Row
	if follows {
		row = append(row, bot.Button{Label: req.Say("me.notify.button.stop_all"), ID: button.NotifyMeID.For(button.MeStep{Act: notifySure})})
	}
	if nudges {
		row = append(row, bot.Button{Label: req.Say("me.notify.button.nudges"), ID: button.NudgeSetID.For(button.MeStep{Act: nudgeDrop})})
	}
	pause := bot.Button{Label: req.Say("me.notify.button.pause"), ID: button.PauseMeID.For(button.MeStep{Act: pauseShow})}
	if mem.Paused(n.members.now(), n.members.zones) {
		pause = bot.Button{Label: req.Say("me.pause.button.end"), ID: button.PauseMeID.For(button.MeStep{Act: pauseEnd}), Style: bot.Primary}
	}
	row = append(row, pause, bot.Button{Label: req.Say("me.notify.button.hours"), ID: button.SettingsFormID.For(button.MeStep{Act: settingsHours})})
	if !mem.DMsClosed.IsZero() {
		row = append(row, bot.Button{Label: req.Say("me.notify.button.again"), ID: button.NotifyMeID.For(button.MeStep{Act: notifyAgain}), Style: bot.Primary})
	}
	return row
}

// allDMs leads back to the card of all DMs.
func allDMs(req *bot.Request) bot.Button {
	return bot.Button{Label: req.Say("me.notify.button.all"), ID: button.NotifyMeID.For(button.MeStep{Act: notifyShow})}
}

// mendable says what a form's refusal says, with a row that opens the form again:
// Discord opens no form in answer to one.
func mendable(req *bot.Request, err error, row bot.Row) (bot.Reply, error) {
	ue, ok := errors.AsType[*bot.UserError](err)
	switch {
	case !ok:
		return bot.Reply{}, err
	case len(ue.Offers) > 0:
		ue.Below = []bot.Part{row}
		return bot.Reply{}, ue
	}
	return card.Calm(bot.Text(req.Say(ue.Key, ue.Args)), row), nil
}
