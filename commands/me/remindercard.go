package commands

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
	"unpinch/content"
	"unpinch/schedule"
)

// reminderTimes is how many of its next times a reminder's card lists.
const reminderTimes = 3

// sentenceMax is the longest sentence of a rule in the list of reminders, in
// characters.
const sentenceMax = 200

// remindersCard lists the reader's reminders.
func (m member) remindersCard(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	mem, _, err := m.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	all, err := m.Notices.Reminders(ctx, req.UserID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the reminders: %w", err)
	}
	add := bot.Row{{Label: req.Say("me.reminders.button.add"), ID: button.RemindersFormID.For(button.MeStep{Act: remindersShow}), Style: bot.Primary}}
	if len(all) == 0 {
		return card.Calm(bot.Text(req.Say("me.reminders.title")), bot.Text(req.Say("me.reminders.none")), add), nil
	}
	var lines []string
	var entries []bot.Entry
	for _, s := range all {
		next, err := m.nextReminder(req, s)
		if err != nil {
			return bot.Reply{}, err
		}
		routine := req.Say("stretch.kind." + s.Routine)
		lines = append(lines, req.Say("me.reminders.line", bot.Args{"Sentence": card.Cut(s.Rule.Sentence(req.Say), sentenceMax), "Routine": routine, "Next": next}))
		entries = append(entries, bot.Entry{Label: card.Cut(s.Rule.Sentence(req.Say), selectText), About: routine, Value: strconv.FormatInt(s.ID, 10)})
	}
	parts := []bot.Part{bot.Text(req.Say("me.reminders.title")), bot.Text(req.Say("me.reminders.clock", bot.Args{"Zone": all[0].Place.Zone})), bot.Text(card.Bullets(lines))}
	for _, line := range card.Quiet(req.Say, mem, m.Now(), m.Zones) {
		parts = append(parts, bot.Text(line))
	}
	parts = append(parts, bot.Select{ID: button.RemindersID.For(button.MeStep{Act: remindersPick}), Hint: req.Say("me.reminders.hint"), Entries: entries})
	if len(all) < schedule.RemindersMax {
		parts = append(parts, add)
	}
	return card.Calm(parts...), nil
}

// nextReminder says when a reminder comes next.
func (m member) nextReminder(req *bot.Request, s schedule.Series) (string, error) {
	r, err := s.Recurrence(m.Zones)
	if err != nil {
		return "", fmt.Errorf("show a reminder: %w", err)
	}
	at, err := r.NextStart(m.Now())
	switch {
	case errors.Is(err, schedule.ErrNever):
		return req.Say("me.reminders.no_next"), nil
	case err != nil:
		return "", fmt.Errorf("show a reminder: %w", err)
	case m.held(s, r):
		return req.Say("me.reminders.next_paused", bot.Args{"Wall": m.wallYear(req, at)}), nil
	}
	return req.Say("me.reminders.next", bot.Args{"Wall": m.wallYear(req, at)}), nil
}

// wallYear is wall, with the year of an instant that is far away.
func (m member) wallYear(req *bot.Request, at time.Time) string {
	if at.After(m.Now().AddDate(0, 11, 0)) {
		return schedule.WallYear.Of(req.Say, at)
	}
	return card.Wall(req.Say, at)
}

// held reports whether a reminder is paused now.
func (m member) held(s schedule.Series, r schedule.Recurrence) bool {
	return !s.PausedUntil.IsZero() && schedule.DateOf(m.Now().In(r.Zone)).Before(s.PausedUntil)
}

// reminder returns one of the reader's own.
func (m member) reminder(ctx context.Context, req *bot.Request, id int64) (schedule.Series, error) {
	all, err := m.Notices.Reminders(ctx, req.UserID)
	if err != nil {
		return schedule.Series{}, fmt.Errorf("find the reminder: %w", err)
	}
	i := slices.IndexFunc(all, func(s schedule.Series) bool { return s.ID == id })
	if i < 0 {
		return schedule.Series{}, &bot.UserError{Key: "me.reminders.gone"}
	}
	return all[i], nil
}

// reminderCard shows one reminder with its next times, and what a change of the
// clock does to it. saved says that it is new, "" of one that isn't.
func (m member) reminderCard(ctx context.Context, req *bot.Request, id int64, saved string) (bot.Reply, error) {
	s, err := m.reminder(ctx, req, id)
	if err != nil {
		return bot.Reply{}, err
	}
	mem, _, err := m.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	r, err := s.Recurrence(m.Zones)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show a reminder: %w", err)
	}
	var times []string
	for at := m.Now(); len(times) < reminderTimes; {
		if at, err = r.NextStart(at); errors.Is(err, schedule.ErrNever) {
			break
		} else if err != nil {
			return bot.Reply{}, fmt.Errorf("show a reminder: %w", err)
		}
		times = append(times, m.wallYear(req, at))
	}
	if len(times) == 0 {
		times = []string{req.Say("me.reminders.no_next")}
	}
	held := m.held(s, r)
	parts := []bot.Part{bot.Text(req.Say("class.contract.title", bot.Args{"Sentence": s.Rule.Sentence(req.Say), "City": m.atlas().City(s.Place.Zone)})),
		bot.Text(req.Say("me.reminders.times", bot.Args{"Routine": req.Say("stretch.kind." + s.Routine)}) + "\n" + card.Bullets(times))}
	if !s.Rule.IsZero() { // as one that can't be read is
		line, _ := card.ClockChange(req.Say, m.Now(), s, r)
		parts = append(parts, bot.Text(line))
	}
	for _, line := range m.reminderNotes(ctx, req, mem, s, held) {
		parts = append(parts, bot.Text(line))
	}
	if saved != "" {
		parts = append(parts, bot.Text(saved))
	}
	return card.Calm(append(parts, reminderRow(req, id, held, saved != ""))...), nil
}

// reminderNotes says what keeps a reminder away, and what it lacks.
func (m member) reminderNotes(ctx context.Context, req *bot.Request, mem schedule.Member, s schedule.Series, held bool) []string {
	notes := card.Quiet(req.Say, mem, m.Now(), m.Zones)
	if held {
		notes = append(notes, req.Say("me.reminders.paused", bot.Args{"Day": schedule.DayYear.OfDay(req.Say, s.PausedUntil)}))
	}
	if s.Routine == string(content.Mine) {
		if own, err := m.Training.OwnRoutine(ctx, req.UserID); err == nil && len(own) == 0 {
			notes = append(notes, req.Say("stretch.mine_none"))
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
