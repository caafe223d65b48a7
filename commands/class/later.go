package class

import (
	"context"
	"fmt"
	"strconv"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/place"
	"unpinch/schedule"
)

// laterMost is how many starts a card offers.
const laterMost = 10

// laterSelect offers the next starts of a class, those that run first, and says
// which are off or moved.
func (f face) laterSelect(req *bot.Request, s schedule.Series, r schedule.Recurrence) []bot.Part {
	var entries []bot.Entry
	for after := f.atlas.Now().Add(-s.Length); len(entries) < laterMost; {
		start, err := r.Next(after)
		if err != nil {
			break
		}
		entries = append(entries, bot.Entry{Label: f.when(req, start.At), Value: strconv.FormatInt(start.Planned.Unix(), 10), About: startState(req, start)})
		after = start.At
	}
	if len(entries) < 2 { // the buttons do for one
		return nil
	}
	return []bot.Part{bot.Select{ID: button.ClassID.For(button.ClassState{Act: button.ActLater, ID: s.ID, N: 0}), Hint: req.Say("class.later.hint"), Entries: entries}}
}

// startState says that a start is off or moved; "" if it is as the rule has it.
func startState(req *bot.Request, start schedule.Start) string {
	switch {
	case start.Off != "":
		return req.Say("class.later.off", bot.Args{"Why": req.Say("class.reason." + string(start.Off))})
	case !start.At.Equal(start.Planned):
		return req.Say("class.later.moved", bot.Args{"Wall": card.Slot(req.Say, start.Slot)})
	}
	return ""
}

// pick shows the start that was picked, with what can be done with it.
func (o starts) pick(_ context.Context, req *bot.Request, s schedule.Series, planned int64) (bot.Reply, error) {
	if len(req.Values) > 0 {
		var err error
		if planned, err = strconv.ParseInt(req.Values[0], 10, 64); err != nil {
			return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
		}
	}
	r, err := s.Recurrence(o.zones())
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show a start: %w", err)
	}
	start, ok := startPlanned(r, planned, o.now().Add(-s.Length))
	if !ok {
		return o.changing.face.card(req, s, req.Say("class.note.start_gone"))
	}
	parts := []bot.Part{bot.Text(req.Say("class.later.title", bot.Args{"Wall": o.changing.face.when(req, start.At), "Sentence": named(req, s)}))}
	if state := startState(req, start); state != "" {
		parts = append(parts, bot.Text(state))
	}
	return card.Calm(append(parts, o.changing.face.startRow(req, s, start))...), nil
}

// startRow has what can be done with one start.
func (f face) startRow(req *bot.Request, s schedule.Series, start schedule.Start) (row bot.Row) {
	add := func(key string, id bot.ID[button.ClassState], act button.Act) {
		row = append(row, f.startButton(req, key, id, button.ClassState{Act: act, ID: s.ID, N: start.Planned.Unix()}, start))
	}
	toCome := start.At.After(f.atlas.Now())
	switch start.Off {
	case "":
		if toCome {
			add("skip", button.ClassID, button.ActSkip)
		}
		add("off", button.ClassID, button.ActOff)
		if toCome {
			add("once", button.ClassFormID, button.ActMove)
		}
		if toCome && !start.At.Equal(start.Planned) {
			add("unmove", button.ClassID, button.ActUnmove)
		}
	case schedule.ReasonSkipped:
		add("unskip", button.ClassID, button.ActUnskip)
	}
	return append(row, backTo(req, s.ID))
}

// moveBack has a start that was moved take place when the rule has it.
func (o starts) moveBack(ctx context.Context, req *bot.Request, s schedule.Series, planned int64) (bot.Reply, error) {
	r, err := s.Recurrence(o.zones())
	if err != nil {
		return bot.Reply{}, fmt.Errorf("move a start back: %w", err)
	}
	start, ok := startPlanned(r, planned, o.now())
	if !ok || start.Off != "" {
		return o.changing.face.card(req, s, req.Say("class.note.start_gone"))
	}
	if start.At.Equal(start.Planned) {
		return o.changing.face.card(req, s, req.Say("class.note.moved_back"))
	}
	if err := o.mayMove(req, r, start, start.Slot); err != nil {
		return bot.Reply{}, err
	}
	by := place.By(req, o.now(), card.Kept(req.Say, start.At)+" → "+card.Slot(req.Say, start.Slot))
	return o.changing.done(ctx, req, s.ID, o.store.Move(ctx, s.ID, start, start.Slot, by), req.Say("class.note.moved_back"))
}
