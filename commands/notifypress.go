package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// kindsWith returns the kinds of DM that have the button.
func kindsWith(a button.NoticeAct) []schedule.Kind {
	switch a {
	case button.NoticeSnooze:
		return []schedule.Kind{schedule.KindNotice, schedule.KindReminder}
	case button.NoticeToday:
		return []schedule.Kind{schedule.KindNotice}
	case button.NoticeStop:
		return []schedule.Kind{schedule.KindNotice, schedule.KindConfirm, schedule.KindReminder}
	case button.NoticeKeep:
		return []schedule.Kind{schedule.KindAsk}
	}
	return nil
}

const (
	snoozeFor = 15 * time.Minute
	// snoozeLast is how long before a class a snoozed DM comes at the latest.
	snoozeLast = time.Minute
)

// press does what a button on a DM says, for the person whom it went to.
func (n notifier) press(ctx context.Context, req *bot.Request, s button.NoticeState) (bot.Reply, error) {
	o, err := n.Classes.Occurrence(ctx, s.ID)
	if err != nil && !errors.Is(err, schedule.ErrNoOccurrence) {
		return bot.Reply{}, fmt.Errorf("press on a DM: %w", err)
	}
	if err != nil || o.UserID == "" || o.UserID != req.UserID || !slices.Contains(kindsWith(s.Act), o.Kind) {
		return bot.Reply{}, &bot.UserError{Key: "notify.not_yours"}
	}
	var text string
	switch s.Act {
	case button.NoticeSnooze:
		text, err = n.snooze(ctx, req, o)
	case button.NoticeToday:
		text, err = n.quiet(ctx, req, o)
	case button.NoticeStop:
		text, err = n.end(ctx, req, o)
	case button.NoticeKeep:
		text = req.Say("notify.kept")
	}
	if err != nil {
		return bot.Reply{}, err
	}
	return bot.Reply{Parts: []bot.Part{bot.Text(text)}}, nil
}

// classOf returns the class of a DM, and its clock.
func (n notifier) classOf(ctx context.Context, o schedule.Occurrence) (schedule.Series, schedule.Recurrence, error) {
	s, err := n.Classes.Series(ctx, o.ClassID)
	if errors.Is(err, schedule.ErrNoClass) {
		return s, schedule.Recurrence{}, &bot.UserError{Key: "notify.class_gone"}
	}
	if err != nil {
		return s, schedule.Recurrence{}, fmt.Errorf("find the class of a DM: %w", err)
	}
	r, err := n.clock(s)
	return s, r, err
}

// snooze has the DM come again, before the class begins. A desk break and a
// reminder are bound to no hour.
func (n notifier) snooze(ctx context.Context, req *bot.Request, o schedule.Occurrence) (string, error) {
	s, r, err := n.classOf(ctx, o)
	if err != nil {
		return "", err
	}
	at := n.Now().Add(snoozeFor)
	if o.Kind == schedule.KindNotice && s.Purpose != schedule.ForDesk {
		values := bot.Args{"Time": o.StartAt.In(r.Zone).Format("15:04")}
		last := o.StartAt.Add(-snoozeLast)
		if !n.Now().Before(last.Add(-snoozeLast)) {
			return "", &bot.UserError{Key: "notify.begins", Args: values}
		}
		if !stands(r, o.StartAt) {
			return "", &bot.UserError{Key: "notify.off_since", Args: values}
		}
		if at.After(last) {
			at = last
		}
	}
	if err := n.Notices.Snooze(ctx, o, at); err != nil {
		return "", fmt.Errorf("snooze a DM: %w", err)
	}
	n.Kick()
	return req.Say("notify.snoozed", bot.Args{"At": card.Yours(at)}), nil
}

// quiet keeps DMs of what counts for the class away until its day is over.
func (n notifier) quiet(ctx context.Context, req *bot.Request, o schedule.Occurrence) (string, error) {
	s, r, err := n.classOf(ctx, o)
	if err != nil {
		return "", err
	}
	mine, err := n.followed(ctx, req.UserID, s)
	if err != nil {
		return "", err
	}
	tomorrow := schedule.DateOf(n.Now().In(r.Zone).AddDate(0, 0, 1)).Start(r.Zone)
	if err := n.Notices.Quiet(ctx, req.UserID, s.ID, tomorrow); err != nil {
		return "", fmt.Errorf("keep DMs away for a day: %w", err)
	}
	if len(mine) == 0 {
		return req.Say("notify.stopped_already"), nil
	}
	return req.Say("notify.quiet", bot.Args{"What": n.what(req.Locale, mine)}), nil
}

// end stops what brought the DM.
func (n notifier) end(ctx context.Context, req *bot.Request, o schedule.Occurrence) (string, error) {
	if o.Kind != schedule.KindReminder {
		return n.stopped(ctx, req, o.ClassID)
	}
	if err := n.Notices.DropReminder(ctx, req.UserID, o.ClassID); err != nil && !errors.Is(err, schedule.ErrNoClass) {
		return "", fmt.Errorf("stop a reminder: %w", err)
	}
	n.Kick()
	return req.Say("notify.reminder_stopped"), nil
}
