package class

import (
	"context"
	"strconv"
	"strings"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// workoutMax is the longest workout, in characters.
const workoutMax = 2000

// The fields of the form that takes a workout.
const (
	fieldFor     = "for"
	fieldWorkout = "lines"
)

// form opens the form, with what is there already.
func (w workouts) form(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	series, err := w.changing.classes.changeable(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	t, err := w.turnout(ctx, series)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(t.open) == 0 {
		return bot.Reply{}, &bot.UserError{Key: "class.workout.begun"}
	}
	if _, ok := find(t.open, s.N); !ok {
		s.N = nameOf(t.open[0])
	}
	text := w.typed.Get(w.key(req, s.ID, s.N))
	if kept, ok := find(t.kept, s.N); ok && text == "" {
		text = kept.Lines
	}
	pick := bot.Field{ID: fieldFor, Label: req.Say("class.workout.which"), Need: true}
	for _, o := range t.open {
		pick.Entries = append(pick.Entries, bot.Entry{Label: w.says(req, t, o), Value: strconv.FormatInt(nameOf(o), 10), Chosen: nameOf(o) == s.N})
	}
	return bot.Reply{Modal: &bot.Modal{ID: button.ClassSetID.For(s), Title: req.Say("modify.paste.title"), Fields: []bot.Field{pick, {
		ID: fieldWorkout, Label: req.Say("modify.paste.lines"), About: req.Say("class.workout.about", bot.Args{"Most": button.LiftsMost}),
		Hint: req.Say("modify.paste.hint"), Value: text, Long: true, Need: true, Max: workoutMax}}}}, nil
}

// key names what a coach has pasted and not saved yet.
func (w workouts) key(req *bot.Request, class, n int64) string {
	return typedBy(req, class) + "/workout/" + strconv.FormatInt(n, 10)
}

// sent shows what was read of the form, and what was not.
func (w workouts) sent(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	series, err := w.changing.classes.changeable(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	t, err := w.turnout(ctx, series)
	if err != nil {
		return bot.Reply{}, err
	}
	n, err := strconv.ParseInt(req.Fields[fieldFor], 10, 64)
	o, ok := find(t.open, n)
	if err != nil || !ok {
		return bot.Reply{}, &bot.UserError{Key: "class.workout.begun"}
	}
	o.Lines = strings.TrimSpace(req.Fields[fieldWorkout])
	w.typed.Set(w.key(req, s.ID, n), o.Lines)
	parts, may, err := w.read(req, t, o)
	if err != nil {
		return bot.Reply{}, err
	}
	if may {
		parts = append(parts, w.beside(req, t, o)...)
	}
	return card.Calm(append(parts, saveRow(req, s.ID, n, may))...), nil
}

// beside says that the first start of a weekday has a workout of its own.
func (w workouts) beside(req *bot.Request, t turnout, o schedule.Workout) []bot.Part {
	own, ok := schedule.WorkoutFor(t.kept, o.Slot)
	if !o.Weekly || !ok || own.Weekly {
		return nil
	}
	return []bot.Part{bot.Text(req.Say("class.workout.own", bot.Args{"When": w.says(req, t, own)}))}
}

// saveRow keeps what was read, if it may be kept, or leads back to the form.
func saveRow(req *bot.Request, class, n int64, may bool) (row bot.Row) {
	if may {
		save := cardButton(req, "save", button.ClassID, button.ClassState{Act: button.ActWorkoutSave, ID: class, N: n})
		save.Style = bot.Success
		row = append(row, save)
	}
	return append(row, cardButton(req, "change", button.ClassFormID, button.ClassState{Act: button.ActWorkout, ID: class, N: n}),
		bot.Button{Label: req.Say("card.back"), ID: button.ClassID.For(button.ClassState{Act: button.ActWorkout, ID: class, N: 0})})
}
