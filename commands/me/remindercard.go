package me

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/content"
	"unpinch/schedule"
)

// reminderTimes is how many of its next times a reminder's card lists.
const reminderTimes = 3

// sentenceMax is the longest sentence of a rule in the list of reminders, in
// characters.
const sentenceMax = 200

// reminderCards show a member's reminders.
type reminderCards struct {
	members members
	kept    Reminders
	own     interface {
		OwnRoutine(ctx context.Context, userID string) ([]content.OwnEntry, error)
	}
	atlas input.Atlas
}

// all lists the reader's reminders.
func (c reminderCards) all(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	mem, _, err := c.members.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	kept, err := c.kept.Reminders(ctx, req.UserID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the reminders: %w", err)
	}
	add := bot.Row{{Label: req.Say("me.reminders.button.add"), ID: button.RemindersFormID.For(button.MeStep{Act: remindersShow}), Style: bot.Primary}, allDMs(req)}
	if len(kept) == 0 {
		return card.Calm(bot.Text(req.Say("me.reminders.title")), bot.Text(req.Say("me.reminders.none")), add), nil
	}
	var lines []string
	var entries []bot.Entry
	for _, s := range kept {
		next, err := c.next(req, s)
		if err != nil {
			return bot.Reply{}, err
		}
		routine, sentence := req.Say("stretch.kind."+s.Routine), s.Rule.Sentence(req.Say)
		lines = append(lines, req.Say("me.reminders.line", bot.Args{"Sentence": card.Cut(sentence, sentenceMax), "Routine": routine, "Next": next}))
		entries = append(entries, bot.Entry{Label: card.Cut(sentence, selectText), About: routine, Value: strconv.FormatInt(s.ID, 10)})
	}
	parts := []bot.Part{bot.Text(req.Say("me.reminders.title")), bot.Text(req.Say("me.reminders.clock", bot.Args{"Zone": kept[0].Place.Zone})), bot.Text(card.Bullets(lines))}
	parts = append(parts, c.members.quiet(req, mem)...)
	parts = append(parts, bot.Select{ID: button.RemindersID.For(button.MeStep{Act: remindersPick}), Hint: req.Say("me.reminders.hint"), Entries: entries})
	if len(kept) >= schedule.RemindersMax {
		add = add[1:]
	}
	return card.Calm(append(parts, add)...), nil
}

// next says when a reminder comes next.
func (c reminderCards) next(req *bot.Request, s schedule.Series) (string, error) {
	r, err := s.Recurrence(c.members.zones)
	if err != nil {
		return "", fmt.Errorf("show a reminder: %w", err)
	}
	at, err := r.NextStart(c.members.now())
	switch {
	case errors.Is(err, schedule.ErrNever):
		return req.Say("me.reminders.no_next"), nil
	case err != nil:
		return "", fmt.Errorf("show a reminder: %w", err)
	case c.held(s, r):
		return req.Say("me.reminders.next_paused", bot.Args{"Wall": c.wall(req, at)}), nil
	}
	return req.Say("me.reminders.next", bot.Args{"Wall": c.wall(req, at)}), nil
}

// wall is an instant on its own zone's clock.
func (c reminderCards) wall(req *bot.Request, at time.Time) string {
	return card.When(req.Say, c.members.now(), at)
}

// held reports whether a reminder is paused now.
func (c reminderCards) held(s schedule.Series, r schedule.Recurrence) bool {
	return !s.PausedUntil.IsZero() && schedule.DateOf(c.members.now().In(r.Zone)).Before(s.PausedUntil)
}

// find returns one of the reader's own.
func (c reminderCards) find(ctx context.Context, req *bot.Request, id int64) (schedule.Series, error) {
	kept, err := c.kept.Reminders(ctx, req.UserID)
	if err != nil {
		return schedule.Series{}, fmt.Errorf("find the reminder: %w", err)
	}
	i := slices.IndexFunc(kept, func(s schedule.Series) bool { return s.ID == id })
	if i < 0 {
		return schedule.Series{}, inWords("find the reminder", schedule.ErrNoClass)
	}
	return kept[i], nil
}

// one shows a reminder with its next times, and what a change of the clock does
// to it. saved says that it is new; it is "" for one that isn't.
func (c reminderCards) one(ctx context.Context, req *bot.Request, id int64, saved string) (bot.Reply, error) {
	s, err := c.find(ctx, req, id)
	if err != nil {
		return bot.Reply{}, err
	}
	mem, _, err := c.members.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	r, err := s.Recurrence(c.members.zones)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show a reminder: %w", err)
	}
	times, err := c.times(req, r)
	if err != nil {
		return bot.Reply{}, err
	}
	held := c.held(s, r)
	parts := []bot.Part{bot.Text(req.Say("class.contract.title", bot.Args{"Sentence": s.Rule.Sentence(req.Say), "City": c.atlas.City(s.Place.Zone)})),
		bot.Text(req.Say("me.reminders.times", bot.Args{"Routine": req.Say("stretch.kind." + s.Routine)}) + "\n" + card.Bullets(times))}
	if !s.Rule.IsZero() { // as one that can't be read is
		line, _ := card.ClockChange(req.Say, c.members.now(), s, r)
		parts = append(parts, bot.Text(line))
	}
	parts = append(parts, c.members.quiet(req, mem)...)
	parts = append(parts, c.notes(ctx, req, s, held)...)
	if saved != "" {
		parts = append(parts, bot.Text(saved))
	}
	return card.Calm(append(parts, reminderRow(req, id, held, saved != ""))...), nil
}

// times are the next times of a reminder, or a line that says there are none.
func (c reminderCards) times(req *bot.Request, r schedule.Recurrence) ([]string, error) {
	var times []string
	for at := c.members.now(); len(times) < reminderTimes; {
		var err error
		if at, err = r.NextStart(at); errors.Is(err, schedule.ErrNever) {
			break
		} else if err != nil {
			return nil, fmt.Errorf("show a reminder: %w", err)
		}
		times = append(times, c.wall(req, at))
	}
	if len(times) == 0 {
		times = []string{req.Say("me.reminders.no_next")}
	}
	return times, nil
}

// notes say what keeps this reminder away, and what it lacks.
func (c reminderCards) notes(ctx context.Context, req *bot.Request, s schedule.Series, held bool) []bot.Part {
	var notes []bot.Part
	if held {
		notes = append(notes, bot.Text(req.Say("me.reminders.paused", bot.Args{"Day": schedule.DayYear.OfDay(req.Say, s.PausedUntil)})))
	}
	if s.Routine == string(content.Mine) {
		if own, err := c.own.OwnRoutine(ctx, req.UserID); err == nil && len(own) == 0 {
			notes = append(notes, bot.Text(req.Say("stretch.mine_none")))
		}
	}
	return notes
}

// reminderRow has what can be done with a reminder.
func reminderRow(req *bot.Request, id int64, held, saved bool) bot.Row {
	to := func(act string) string {
		return button.RemindersID.For(button.MeStep{Act: act, Arg: strconv.FormatInt(id, 10)})
	}
	stop := bot.Button{Label: req.Say(card.Either(saved, "me.reminders.button.back", "me.reminders.button.stop")), ID: to(reminderStop), Style: bot.Danger}
	row := bot.Row{
		{Label: req.Say("me.pause.button.weeks_of", bot.Args{"count": 1}), ID: to(reminderWeek)},
		{Label: req.Say("me.pause.button.weeks_of", bot.Args{"count": 4}), ID: to(reminderFour)},
	}
	if held {
		row = bot.Row{{Label: req.Say("me.reminders.button.resume"), ID: to(reminderGoOn), Style: bot.Primary}}
	}
	return append(row, stop, bot.Button{Label: req.Say("me.reminders.button.all"), ID: button.RemindersID.For(button.MeStep{Act: remindersShow})})
}
