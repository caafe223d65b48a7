package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/schedule"
)

// noticeID stands on DMs.
var noticeID = bot.NewID[noticeState]("notice1")

// A noticeAct is what a button on a DM does.
type noticeAct string

const (
	noticeSnooze noticeAct = "snooze"
	noticeToday  noticeAct = "today" // no more today
	noticeStop   noticeAct = "stop"
	noticeKeep   noticeAct = "keep" // leave a class as it is
)

// kinds returns the DMs that have the button.
func (a noticeAct) kinds() []schedule.Kind {
	switch a {
	case noticeSnooze:
		return []schedule.Kind{schedule.KindNotice, schedule.KindReminder}
	case noticeToday:
		return []schedule.Kind{schedule.KindNotice}
	case noticeStop:
		return []schedule.Kind{schedule.KindNotice, schedule.KindConfirm, schedule.KindReminder}
	case noticeKeep:
		return []schedule.Kind{schedule.KindAsk}
	}
	return nil
}

// noticeState says what a button does, on which DM. Whose DM that is the ledger
// knows, whatever the ID says.
type noticeState struct {
	Act noticeAct
	ID  int64
}

// MarshalText returns the state as "act/id".
func (s noticeState) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%s/%d", s.Act, s.ID), nil
}

// UnmarshalText reads what MarshalText wrote. Whether act and DM exist is for
// the handler to say.
func (s *noticeState) UnmarshalText(text []byte) error {
	act, number, _ := strings.Cut(string(text), "/")
	id, err := strconv.ParseInt(number, 10, 64)
	*s = noticeState{noticeAct(act), id}
	return err
}

const (
	snoozeFor = 15 * time.Minute
	// snoozeLast is how long before a class a snoozed DM comes at the latest.
	snoozeLast = time.Minute
)

// press does what a button on a DM says, for the person whom it went to.
func (n notifier) press(ctx context.Context, req *bot.Request, s noticeState) (bot.Reply, error) {
	o, err := n.Classes.Occurrence(ctx, s.ID)
	if err != nil && !errors.Is(err, schedule.ErrNoOccurrence) {
		return bot.Reply{}, fmt.Errorf("press on a DM: %w", err)
	}
	if err != nil || o.UserID == "" || o.UserID != req.UserID || !slices.Contains(s.Act.kinds(), o.Kind) {
		return bot.Reply{}, &bot.UserError{Key: "notify.not_yours"}
	}
	var text string
	switch s.Act {
	case noticeSnooze:
		text, err = n.snooze(ctx, req, o)
	case noticeToday:
		text, err = n.quiet(ctx, req, o)
	case noticeStop:
		text, err = n.end(ctx, req, o)
	case noticeKeep:
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
		values := args{"Time": o.StartAt.In(r.Zone).Format("15:04")}
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
	return req.Say("notify.snoozed", args{"At": yours(at)}), nil
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
	return req.Say("notify.quiet", args{"What": n.what(req.Locale, mine)}), nil
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
