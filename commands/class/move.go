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
		{ID: fieldAt, Label: req.Say("class.move.label", bot.Args{"Wall": card.Wall(req.Say, start.At)}), About: req.Say("class.move.about", bot.Args{"Day": schedule.DateOf(start.At)}),
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
	slot, err := slotIn(req, start.At)
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
	detail := card.Wall(req.Say, start.At) + " → " + card.Wall(req.Say, to)
	return o.changing.done(ctx, req, series.ID, o.store.Move(ctx, series.ID, start, slot, place.By(req, o.now(), detail)), req.Say("class.note.moved"))
}

// slotIn reads the form's time of day with or without its day, by default on the
// day of a start. It refuses what the clock of that never shows.
func slotIn(req *bot.Request, start time.Time) (schedule.Slot, error) {
	text := req.Fields[fieldAt]
	day, clock := schedule.DateOf(start), text
	if first, rest, ok := strings.Cut(strings.TrimSpace(text), " "); ok {
		if d, err := schedule.ParseDate(first); err == nil {
			day, clock = d, rest
		}
	}
	c, err := schedule.ParseClock(clock)
	if err != nil {
		return schedule.Slot{}, &bot.UserError{Key: "class.move.odd", Args: bot.Args{"Seen": input.Seen(text), "Example": start.Format("2006-01-02 15:04")}, Err: err}
	}
	slot := schedule.Slot{Day: day, Clock: c}
	if at := slot.On(start.Location()); schedule.SlotOf(at) != slot {
		return slot, &bot.UserError{Key: "class.move.gap", Args: bot.Args{"Time": c, "Day": schedule.DayShort.OfDay(req.Say, day), "Next": at.Format("15:04")}}
	}
	return slot, nil
}

// mayMove says why a start can't be at another time.
func (o starts) mayMove(req *bot.Request, r schedule.Recurrence, start schedule.Start, slot schedule.Slot) error {
	now, to := o.now(), slot.On(r.Zone)
	said := bot.Args{"Wall": card.Wall(req.Say, to), "Days": moveDays}
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
