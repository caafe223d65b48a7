package class

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/commands/place"
	"unpinch/schedule"
)

// moveDays is how far away a start may be moved to.
const moveDays = 60

// moveForm asks when a start is to be instead.
func (o starts) moveForm(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	series, err := o.changing.classes.changeable(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	r, err := series.Recurrence(o.zones())
	if err != nil {
		return bot.Reply{}, fmt.Errorf("ask for a move: %w", err)
	}
	start, ok := startPlanned(r, s.N, o.now())
	if !ok || start.Off != "" {
		return bot.Reply{}, &bot.UserError{Key: "class.move.begun"}
	}
	return bot.Reply{Modal: &bot.Modal{ID: button.ClassSetID.For(s), Title: req.Say("class.move.title"), Fields: []bot.Field{
		{ID: fieldAt, Label: req.Say("class.move.label", bot.Args{"Wall": o.changing.face.when(req, start.At)}), About: req.Say("class.move.about", bot.Args{"Day": schedule.DateOf(start.At)}),
			Value: start.At.Format("2006-01-02 15:04"), Need: true, Max: 40},
	}}}, nil
}

// move takes over the form.
func (o starts) move(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	series, err := o.changing.classes.changeable(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	r, err := series.Recurrence(o.zones())
	if err != nil {
		return bot.Reply{}, fmt.Errorf("move a start: %w", err)
	}
	start, ok := startPlanned(r, s.N, o.now())
	if !ok || start.Off != "" {
		return bot.Reply{}, &bot.UserError{Key: "class.move.begun"}
	}
	slot, err := slotIn(req, start.At, schedule.DateOf(o.now().In(r.Zone)))
	if err != nil {
		return bot.Reply{}, err
	}
	to := slot.On(r.Zone)
	if to.Equal(start.At) && !start.At.Equal(start.Planned) {
		return o.changing.face.card(req, series, req.Say("class.note.moved"))
	}
	if err := o.mayMove(req, r, start, slot); err != nil {
		return bot.Reply{}, err
	}
	detail := card.Kept(req.Say, start.At) + " → " + card.Kept(req.Say, to)
	return o.changing.done(ctx, req, series.ID, o.store.Move(ctx, series.ID, start, slot, place.By(req, o.now(), detail)), req.Say("class.note.moved"))
}

// slotIn reads the form's time of day with or without its day, by default on the
// day of a start. It refuses what the clock of that never shows.
func slotIn(req *bot.Request, start time.Time, today schedule.Date) (schedule.Slot, error) {
	text := req.Fields[fieldAt]
	before, c, err := clockAtEnd(text)
	if err != nil {
		return schedule.Slot{}, &bot.UserError{Key: "class.move.odd", Args: bot.Args{"Seen": input.Seen(text), "Example": start.Format("2006-01-02 15:04")}, Err: err}
	}
	day := schedule.DateOf(start)
	if before != "" {
		switch days := schedule.ReadDay(before, today); len(days) {
		case 0:
			return schedule.Slot{}, &bot.UserError{Key: "class.move.odd", Args: bot.Args{"Seen": input.Seen(text), "Example": start.Format("2006-01-02 15:04")}}
		case 1:
			day = days[0]
		default:
			return schedule.Slot{}, input.WhichDay(text, before, days)
		}
	}
	slot := schedule.Slot{Day: day, Clock: c}
	if at := slot.On(start.Location()); schedule.SlotOf(at) != slot {
		return slot, &bot.UserError{Key: "class.move.gap", Args: bot.Args{"Time": c, "Day": schedule.DayShort.OfDay(req.Say, day), "Next": at.Format("15:04")}}
	}
	return slot, nil
}

// clockAtEnd reads the time of day at the end of a text, "18:00" or "6 pm", and
// returns what stands before it.
func clockAtEnd(text string) (before string, c schedule.Clock, err error) {
	words := strings.Fields(text)
	for n := 1; n <= min(2, len(words)); n++ {
		if c, err = schedule.ParseClock(strings.Join(words[len(words)-n:], " ")); err == nil {
			before = strings.Join(words[:len(words)-n], " ")
			return strings.TrimRight(strings.TrimSuffix(before, " at"), ","), c, nil
		}
	}
	_, err = schedule.ParseClock(text)
	return "", c, err
}

// mayMove says why a start can't be at another time.
func (o starts) mayMove(req *bot.Request, r schedule.Recurrence, start schedule.Start, slot schedule.Slot) error {
	now, to := o.now(), slot.On(r.Zone)
	said := bot.Args{"Wall": card.When(req.Say, now, to), "Days": moveDays}
	switch {
	case !to.After(now):
		return &bot.UserError{Key: "class.move.past", Args: said}
	case to.Sub(now) > moveDays*24*time.Hour:
		return &bot.UserError{Key: "class.move.far", Args: said}
	case to.Equal(start.At):
		return &bot.UserError{Key: "class.move.same", Args: said}
	case pausedDay(r, slot.Day):
		return &bot.UserError{Key: "class.move.paused", Args: said}
	case r.Taken(slot, start.Slot):
		return &bot.UserError{Key: "class.move.taken", Args: said}
	}
	return nil
}

// pausedDay reports whether nothing of a class takes place on a day.
func pausedDay(r schedule.Recurrence, day schedule.Date) bool {
	return slices.Contains(r.Closed, day) || !r.PausedUntil.IsZero() && day.Before(r.PausedUntil)
}
