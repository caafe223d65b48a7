package class

import (
	"context"
	"errors"
	"strconv"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/draft"
	"unpinch/commands/input"
	"unpinch/schedule"
)

// editForm is the form of one class or draft.
type editForm struct {
	edits
	desk draft.Desk
}

// The fields of the form that changes a class, and of the others on its card.
const (
	fieldAt     = "at"
	fieldLength = "length"
	fieldTitle  = "title"
	fieldDay    = "day"
)

// open opens the form of an action.
func (f editForm) open(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	series, err := f.formed(ctx, req, s)
	if s.Act == button.ActSave && errors.Is(err, schedule.ErrNoClass) {
		return f.contracts.ended(ctx, req, s.ID, err)
	}
	if err != nil {
		return bot.Reply{}, err
	}
	if s.Act != button.ActSave {
		s.N = series.Revision + 1
	}
	at := bot.Field{ID: fieldAt, Label: req.Say("class.change.at"), About: req.Say("class.change.at_about"), Value: series.Rule.Typed(series.Place.Country), Need: true, Max: 300}
	name := bot.Field{ID: fieldTitle, Label: req.Say("class.change.name"), Value: series.Title, Max: titleMax}
	modal := bot.Modal{ID: button.ClassSetID.For(s), Title: req.Say("class.edit.form")}
	switch {
	case s.Act == button.ActAlways:
		modal.Title, modal.Fields = req.Say("class.button.always"), []bot.Field{at}
	case series.Purpose == schedule.ForDesk:
		modal.Fields = []bot.Field{at, name}
	default:
		modal.Fields = []bot.Field{at,
			{ID: fieldLength, Label: req.Say("class.change.length"), Value: strconv.Itoa(int(series.Length.Minutes())), Need: true, Max: 4},
			name, beforeField(req, int(series.Lead.Minutes())), coolDownField(req, series.CoolDown)}
	}
	if s.Act == button.ActSave {
		modal.Title = req.Say("class.change.title")
	}
	return bot.Reply{Modal: &modal}, nil
}

// formed returns what a form changes: a draft, or a class.
func (f editForm) formed(ctx context.Context, req *bot.Request, s button.ClassState) (schedule.Series, error) {
	switch s.Act {
	case button.ActSave:
		return f.desk.One(ctx, req, s.ID)
	case button.ActEdit, button.ActAlways:
		return f.classes.changeable(ctx, req, s.ID)
	}
	return schedule.Series{}, &bot.UserError{Key: "bot.old_button"}
}

// sent takes over the form.
func (f editForm) sent(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	series, err := f.formed(ctx, req, s)
	if s.Act == button.ActSave && errors.Is(err, schedule.ErrNoClass) {
		return f.contracts.ended(ctx, req, s.ID, err)
	}
	if err != nil {
		return bot.Reply{}, err
	}
	was := series.Length
	if err := filled(req, &series); err != nil {
		return bot.Reply{}, err
	}
	changed := time.Duration(0) // what stands in the form unchanged is not meant
	if series.Length != was {
		changed = series.Length
	}
	if err := f.timing.rule(&series, req.Fields[fieldAt], changed); err != nil {
		return bot.Reply{}, err
	}
	reply, err := f.edited(ctx, req, series.Batch, series, known{})
	if s.Act == button.ActSave || s.N == 0 || s.N == series.Revision+1 || err != nil {
		return reply, err
	}
	note, err := f.changes.since(ctx, req, series, s.N-1) // the form shows what was before
	if err != nil {
		return reply, err
	}
	return noted(reply, note), nil
}

// filled puts the fields of a form that are there on a class.
func filled(req *bot.Request, s *schedule.Series) (err error) {
	if text, ok := req.Fields[fieldLength]; ok {
		n, err := input.Minutes(text, minutesMin, minutesMax)
		if err != nil {
			return &bot.UserError{Key: "class.long_number", Args: bot.Args{"Seen": input.Seen(text)}}
		}
		s.Length = time.Duration(n) * time.Minute
	}
	if text, ok := req.Fields[fieldTitle]; ok {
		if s.Title, err = title(text); err != nil {
			return err
		}
	}
	if text, ok := req.Fields[fieldBefore]; ok {
		n, err := input.Minutes(text, 0, leadMax)
		if err != nil {
			return &bot.UserError{Key: "class.before_number", Args: bot.Args{"Seen": input.Seen(text)}}
		}
		s.Lead = time.Duration(n) * time.Minute
	}
	if text, ok := req.Fields[fieldCoolDown]; ok {
		s.CoolDown = text != no
	}
	return nil
}
