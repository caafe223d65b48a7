package commands

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/schedule"
)

// turn shows the card that a button leads to, after doing what it says.
func (t timetable) turn(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	switch s.Act {
	case button.ActList:
		return t.list(ctx, req, s.ID, int(s.N))
	case button.ActHistory:
		return t.history(ctx, req, s.ID, int(s.N))
	case button.ActSave:
		return t.save(ctx, req, s.ID)
	case button.ActShow:
		return t.show(ctx, req, s.ID)
	}
	series, err := t.changeable(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	switch s.Act {
	case button.ActNow:
		return t.postNow(ctx, req, series)
	case button.ActSkip:
		return t.skip(ctx, req, series, s.N)
	case button.ActUnskip:
		return t.takeBack(ctx, req, series, s.N)
	case button.ActOff:
		return t.askCancel(ctx, req, series)
	case button.ActCancel:
		return t.cancel(ctx, req, series, s.N)
	case button.ActOwner:
		return t.askTakeOver(ctx, req, series)
	case button.ActTake:
		return t.takeOver(ctx, req, series, s.N == 1)
	case button.ActResume:
		return t.changed(ctx, req, series.ID, t.Classes.Pause(ctx, series.ID, schedule.Date{}, t.by(req, "")), req.Say("class.note.resumed"))
	case button.ActMend:
		return t.changed(ctx, req, series.ID, t.Classes.Mend(ctx, series.ID, t.by(req, "")), req.Say("class.note.mended"))
	case button.ActAsk:
		return askRemove(req, series), nil
	case button.ActRemove:
		return t.remove(ctx, req, series)
	}
	return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
}

// changed shows a class after a change, with a note on it.
func (t timetable) changed(ctx context.Context, req *bot.Request, id int64, err error, note string) (bot.Reply, error) {
	if errors.Is(err, schedule.ErrNoClass) {
		return bot.Reply{}, &bot.UserError{Key: "class.gone"}
	}
	if err != nil {
		return bot.Reply{}, fmt.Errorf("change the class: %w", err)
	}
	t.Kick()
	s, err := t.series(ctx, req, id)
	if err != nil {
		return bot.Reply{}, err
	}
	return t.card(req, s, note)
}

func (t timetable) show(ctx context.Context, req *bot.Request, id int64) (bot.Reply, error) {
	if len(req.Values) > 0 {
		var err error
		if id, err = strconv.ParseInt(req.Values[0], 10, 64); err != nil {
			return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
		}
	}
	s, err := t.series(ctx, req, id)
	if err != nil {
		return bot.Reply{}, err
	}
	return t.card(req, s, "")
}

// movedShown is how many moved starts a card names.
const movedShown = 3

// card shows one class. Its buttons change it; who may not has those to look.
func (t timetable) card(req *bot.Request, s schedule.Series, note string) (bot.Reply, error) {
	r, err := s.Recurrence(t.Zones)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the class: %w", err)
	}
	next, err := r.Next(t.Now())
	if err != nil && !errors.Is(err, schedule.ErrNever) {
		return bot.Reply{}, fmt.Errorf("show the class: %w", err)
	}
	lines := []string{facts(req, s)}
	if s.RoleID != "" {
		lines = append(lines, req.Say("class.contract.ping", bot.Args{"Role": card.RoleMention(s.RoleID)}))
	}
	if err != nil {
		lines = append(lines, req.Say("class.card.never"))
	} else if lines, err = t.nextLines(req, r, next, lines); err != nil {
		return bot.Reply{}, err
	}
	moved := r.Moved(t.Now())
	for _, m := range moved[:min(len(moved), movedShown)] {
		lines = append(lines, movedLine(req, m))
	}
	paused := pausedOn(s, t.Now().In(r.Zone))
	if paused {
		lines = append(lines, req.Say("class.card.paused", bot.Args{"Day": schedule.DayYear.OfDay(req.Say, s.PausedUntil)}))
	}
	if !s.BrokenAt.IsZero() {
		lines = append(lines, req.Say("class.card.broken", bot.Args{"Why": req.Say("class.reason." + string(s.BrokenWhy))}))
	}
	parts := []bot.Part{
		bot.Text(req.Say("class.contract.title", bot.Args{"Sentence": sentenceOf(req, s.Rule), "City": t.atlas().City(s.Place.Zone)})),
		bot.Text(strings.Join(lines, "\n")),
	}
	if note != "" {
		parts = append(parts, bot.Text(note))
	}
	if mayChange(req, s.Place) == nil {
		parts = append(parts, t.changeRow(req, s, r), t.startRow(req, s, r, next, paused))
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentCalm, Parts: append(parts, t.lookRow(req, s))}}}, nil
}

// movedLine says that a start is at another time, with the day only where that
// differs too.
func movedLine(req *bot.Request, m schedule.Move) string {
	to := card.Wall(req.Say, m.To)
	if schedule.DateOf(m.From) == schedule.DateOf(m.To) {
		to = m.To.Format("15:04")
	}
	return req.Say("class.card.moved", bot.Args{"From": card.Wall(req.Say, m.From), "To": to})
}

// nextLines says when the class starts next, and that a start before that is
// left out.
func (t timetable) nextLines(req *bot.Request, r schedule.Recurrence, next schedule.Start, lines []string) ([]string, error) {
	if next.Off != "" && next.Off != schedule.ReasonPaused { // a pause has a line of its own
		lines = append(lines, req.Say("class.card.off", bot.Args{"Wall": card.Wall(req.Say, next.At), "Why": req.Say("class.reason." + string(next.Off))}))
	}
	at, err := r.NextStart(t.Now())
	if errors.Is(err, schedule.ErrNever) {
		return append(lines, req.Say("class.card.never")), nil
	}
	if err != nil {
		return nil, fmt.Errorf("show the class: %w", err)
	}
	return append(lines, req.Say("class.card.next", bot.Args{"Wall": card.Wall(req.Say, at), "Yours": card.Yours(at)})), nil
}

// pausedOn reports whether a class is paused at an instant on its own clock. A
// pause that is over stays on record and means nothing.
func pausedOn(s schedule.Series, local time.Time) bool {
	return !s.PausedUntil.IsZero() && schedule.DateOf(local).Before(s.PausedUntil)
}

// button is a button of a class's card.
func (t timetable) button(req *bot.Request, key string, id bot.ID[button.ClassState], s button.ClassState) bot.Button {
	return bot.Button{Label: req.Say("class.button." + key), ID: id.For(s)}
}

// changeRow has what changes a class, or posts for it.
func (t timetable) changeRow(req *bot.Request, s schedule.Series, r schedule.Recurrence) bot.Row {
	var row bot.Row
	if s.BrokenAt.IsZero() {
		row = append(row, t.button(req, "now", button.ClassID, button.ClassState{Act: button.ActNow, ID: s.ID, N: 0}))
	} else {
		mend := t.button(req, "mend", button.ClassID, button.ClassState{Act: button.ActMend, ID: s.ID, N: 0})
		mend.Style = bot.Primary
		row = append(row, mend)
	}
	row = append(row, t.button(req, "edit", button.ClassFormID, button.ClassState{Act: button.ActEdit, ID: s.ID, N: 0}))
	if start, ok := t.nextOn(r); ok {
		row = append(row, t.button(req, "once", button.ClassFormID, button.ClassState{Act: button.ActMove, ID: s.ID, N: start.Planned.Unix()}))
	}
	row = append(row, t.button(req, "always", button.ClassFormID, button.ClassState{Act: button.ActAlways, ID: s.ID, N: 0}))
	if s.CreatedBy != req.UserID {
		row = append(row, t.button(req, "take", button.ClassID, button.ClassState{Act: button.ActOwner, ID: s.ID, N: 0}))
	}
	return row
}

// startRow has what leaves starts out.
func (t timetable) startRow(req *bot.Request, s schedule.Series, r schedule.Recurrence, next schedule.Start, paused bool) bot.Row {
	var row bot.Row
	if paused {
		row = append(row, t.button(req, "resume", button.ClassID, button.ClassState{Act: button.ActResume, ID: s.ID, N: 0}))
	} else if !next.At.IsZero() {
		row = append(row, t.button(req, "pause", button.ClassFormID, button.ClassState{Act: button.ActPause, ID: s.ID, N: 0}))
	}
	switch {
	case next.At.IsZero():
	case next.Off == "":
		row = append(row, t.button(req, "skip", button.ClassID, button.ClassState{Act: button.ActSkip, ID: s.ID, N: next.Planned.Unix()}))
	case next.Off == schedule.ReasonSkipped:
		row = append(row, t.button(req, "unskip", button.ClassID, button.ClassState{Act: button.ActUnskip, ID: s.ID, N: next.Planned.Unix()}))
	}
	if _, ok := t.startToday(s, r); ok {
		row = append(row, t.button(req, "off", button.ClassID, button.ClassState{Act: button.ActOff, ID: s.ID, N: 0}))
	}
	remove := t.button(req, "remove", button.ClassID, button.ClassState{Act: button.ActAsk, ID: s.ID, N: 0})
	remove.Style = bot.Danger
	return append(row, remove)
}

// lookRow has what everyone can look at, and for those who may change the class
// who did.
func (t timetable) lookRow(req *bot.Request, s schedule.Series) bot.Row {
	row := bot.Row{
		t.button(req, "preview", button.ClassLookID, button.ClassState{Act: button.ActShow, ID: s.ID, N: 0}),
		t.button(req, "history", button.ClassID, button.ClassState{Act: button.ActHistory, ID: s.ID, N: 1}),
	}
	if mayChange(req, s.Place) == nil {
		row = append(row, bot.Button{Label: req.Say("class.changes.button"), ID: button.ChangesID.For(button.ClassState{Act: button.ActChanges, ID: s.ID, N: 1})})
	}
	return append(row, t.button(req, "list", button.ClassID, button.ClassState{Act: button.ActList, ID: 0, N: 1}))
}

func (t timetable) postNow(ctx context.Context, req *bot.Request, s schedule.Series) (bot.Reply, error) {
	return t.changed(ctx, req, s.ID, t.Classes.PostNow(ctx, s, t.by(req, "")), req.Say("class.note.now"))
}

// skip leaves out the start that the card showed as the next one. One that has
// begun since can't be left out any more.
func (t timetable) skip(ctx context.Context, req *bot.Request, s schedule.Series, planned int64) (bot.Reply, error) {
	r, err := s.Recurrence(t.Zones)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("skip a start: %w", err)
	}
	next, err := r.Next(t.Now())
	if err != nil || next.Off != "" || next.Planned.Unix() != planned {
		return t.card(req, s, req.Say("class.note.skipped_already"))
	}
	return t.changed(ctx, req, s.ID, t.Classes.Skip(ctx, s.ID, next, t.by(req, card.Wall(req.Say, next.At))), "")
}

func askRemove(req *bot.Request, s schedule.Series) bot.Reply {
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentStop, Parts: []bot.Part{
		bot.Text(req.Say("class.remove.ask", bot.Args{"Sentence": sentenceOf(req, s.Rule)})),
		bot.Row{
			{Label: req.Say("class.button.remove_yes"), ID: button.ClassID.For(button.ClassState{Act: button.ActRemove, ID: s.ID, N: 0}), Style: bot.Danger},
			{Label: req.Say("class.button.keep"), ID: button.ClassID.For(button.ClassState{Act: button.ActShow, ID: s.ID, N: 0})},
		},
	}}}}
}

func (t timetable) remove(ctx context.Context, req *bot.Request, s schedule.Series) (bot.Reply, error) {
	if err := t.Classes.Remove(ctx, s.ID, t.by(req, s.Rule.String())); err != nil && !errors.Is(err, schedule.ErrNoClass) {
		return bot.Reply{}, fmt.Errorf("remove the class: %w", err)
	}
	t.Kick()
	return bot.Reply{Parts: []bot.Part{
		bot.Text(req.Say("class.removed", bot.Args{"Sentence": sentenceOf(req, s.Rule)})),
		allRow(req),
	}}, nil
}

// pauseForm asks until when.
func (t timetable) pauseForm(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	series, err := t.changeable(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	r, err := series.Recurrence(t.Zones)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("ask for a pause: %w", err)
	}
	example := schedule.DateOf(t.Now().In(r.Zone).AddDate(0, 0, 14))
	return bot.Reply{Modal: &bot.Modal{ID: button.ClassSetID.For(s), Title: req.Say("class.pause.title"), Fields: []bot.Field{
		{ID: fieldDay, Label: req.Say("class.pause.day"), About: req.Say("class.pause.day_about", bot.Args{"Example": example}), Need: true, Max: 10},
	}}}, nil
}

// pause takes over the form.
func (t timetable) pause(ctx context.Context, req *bot.Request, id int64) (bot.Reply, error) {
	s, err := t.changeable(ctx, req, id)
	if err != nil {
		return bot.Reply{}, err
	}
	r, err := s.Recurrence(t.Zones)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("pause the class: %w", err)
	}
	local := t.Now().In(r.Zone)
	until, err := input.Day(req.Fields[fieldDay], schedule.DateOf(local.AddDate(0, 0, 14)))
	if err != nil {
		return bot.Reply{}, err
	}
	if !schedule.DateOf(local).Before(until) {
		return bot.Reply{}, &bot.UserError{Key: "class.pause.past", Args: bot.Args{"Seen": until, "Tomorrow": schedule.DateOf(local.AddDate(0, 0, 1))}}
	}
	if last := schedule.DateOf(local.AddDate(1, 0, 0)); last.Before(until) {
		return bot.Reply{}, &bot.UserError{Key: "class.pause.far", Args: bot.Args{"Seen": until, "Last": last}}
	}
	return t.changed(ctx, req, s.ID, t.Classes.Pause(ctx, s.ID, until, t.by(req, until.String())), "")
}
