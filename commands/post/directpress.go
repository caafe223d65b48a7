package post

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

// DMs is what the buttons on DMs change.
type DMs interface {
	// Snooze has a DM come again, once: in place of one that waits already.
	Snooze(ctx context.Context, o schedule.Occurrence, at time.Time) error
	// Quiet keeps the DMs of all follows that cover a class away until an instant.
	Quiet(ctx context.Context, userID string, classID int64, until time.Time) error
	// DropReminder ends a member's own reminder, or returns schedule.ErrNoClass.
	DropReminder(ctx context.Context, userID string, id int64) error
}

const (
	snoozeFor = 15 * time.Minute
	// snoozeLast is how long before a class a snoozed DM comes at the latest.
	snoozeLast = time.Minute
)

// directButtons answers the buttons on DMs.
type directButtons struct {
	ledger  Ledger
	classes Finder
	follows Follows
	dms     DMs
	zones   *schedule.Zones
	now     func() time.Time
	kick    func()
}

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

// press does what a button on a DM says, for the person whom the DM went to.
func (b directButtons) press(ctx context.Context, req *bot.Request, s button.NoticeState) (bot.Reply, error) {
	o, err := b.ledger.Occurrence(ctx, s.ID)
	if err != nil {
		return bot.Reply{}, inWords(err, "press on a DM", "notify.not_yours")
	}
	if o.UserID == "" || o.UserID != req.UserID || !slices.Contains(kindsWith(s.Act), o.Kind) {
		return bot.Reply{}, &bot.UserError{Key: "notify.not_yours"}
	}
	var text string
	switch s.Act {
	case button.NoticeSnooze:
		text, err = b.snooze(ctx, req, o)
	case button.NoticeToday:
		text, err = b.quiet(ctx, req, o)
	case button.NoticeStop:
		text, err = b.stop(ctx, req, o)
	case button.NoticeKeep:
		text = req.Say("notify.kept")
	}
	if err != nil {
		return bot.Reply{}, err
	}
	return bot.Reply{Parts: []bot.Part{bot.Text(text)}}, nil
}

// class returns the class of a DM, and its clock.
func (b directButtons) class(ctx context.Context, o schedule.Occurrence) (schedule.Series, schedule.Recurrence, error) {
	s, err := b.classes.Series(ctx, o.ClassID)
	if err != nil {
		return s, schedule.Recurrence{}, inWords(err, "find the class of a DM", "notify.class_gone")
	}
	r, err := s.Recurrence(b.zones)
	if err != nil {
		return s, r, fmt.Errorf("read the clock of a DM's class: %w", err)
	}
	return s, r, nil
}

// snooze has the DM come again, before the class begins. The DM of a desk break
// or a reminder is bound to no hour.
func (b directButtons) snooze(ctx context.Context, req *bot.Request, o schedule.Occurrence) (string, error) {
	s, r, err := b.class(ctx, o)
	if err != nil {
		return "", err
	}
	at := b.now().Add(snoozeFor)
	if o.Kind == schedule.KindNotice && s.Purpose != schedule.ForDesk {
		values := bot.Args{"Time": o.StartAt.In(r.Zone).Format("15:04")}
		last := o.StartAt.Add(-snoozeLast)
		if !b.now().Before(last.Add(-snoozeLast)) {
			return "", &bot.UserError{Key: "notify.begins", Args: values}
		}
		if !stands(s, r, o) {
			return "", &bot.UserError{Key: "notify.off_since", Args: values}
		}
		if at.After(last) {
			at = last
		}
	}
	if err := b.dms.Snooze(ctx, o, at); err != nil {
		return "", fmt.Errorf("snooze a DM: %w", err)
	}
	b.kick()
	return req.Say("notify.snoozed", bot.Args{"At": card.Yours(at)}), nil
}

// quiet keeps the DMs of all follows that cover the class away until its day is
// over.
func (b directButtons) quiet(ctx context.Context, req *bot.Request, o schedule.Occurrence) (string, error) {
	s, r, err := b.class(ctx, o)
	if err != nil {
		return "", err
	}
	mine, err := followed(ctx, b.follows, req.UserID, s)
	if err != nil {
		return "", err
	}
	tomorrow := schedule.DateOf(b.now().In(r.Zone).AddDate(0, 0, 1)).Start(r.Zone)
	if err := b.dms.Quiet(ctx, req.UserID, s.ID, tomorrow); err != nil {
		return "", fmt.Errorf("keep DMs away for a day: %w", err)
	}
	if len(mine) == 0 {
		return req.Say("notify.stopped_already"), nil
	}
	return req.Say("notify.quiet", bot.Args{"What": followsInWords(req.Say, mine)}), nil
}

// stop ends what brought the DM.
func (b directButtons) stop(ctx context.Context, req *bot.Request, o schedule.Occurrence) (string, error) {
	if o.Kind != schedule.KindReminder {
		return stopped(ctx, b.follows, req, o.ClassID)
	}
	if err := b.dms.DropReminder(ctx, req.UserID, o.ClassID); err != nil && !errors.Is(err, schedule.ErrNoClass) {
		return "", fmt.Errorf("stop a reminder: %w", err)
	}
	b.kick()
	return req.Say("notify.reminder_stopped"), nil
}
