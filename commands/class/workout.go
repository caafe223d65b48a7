package class

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/commands/place"
	"unpinch/schedule"
)

// A workoutStore keeps what coaches paste for classes.
type workoutStore interface {
	Workouts(ctx context.Context, classID int64) ([]schedule.Workout, error)
	// SetWorkout keeps a workout in place of what was there for the starts from its
	// slot on, and DropWorkout deletes one. Posts that are out follow.
	SetWorkout(ctx context.Context, w schedule.Workout, by schedule.By) error
	DropWorkout(ctx context.Context, w schedule.Workout, by schedule.By) error
}

// workouts take, show and remove the workouts of a class.
type workouts struct {
	changing changing
	store    workoutStore
	typed    *input.Typed
	// readBack says line by line what is read of a workout.
	readBack func(req *bot.Request, text string) (string, error)
}

func (w workouts) now() time.Time { return w.changing.face.atlas.Now() }

// says what a workout is for: a start, on the clock by which it takes place, or a
// weekday.
func (w workouts) says(req *bot.Request, t turnout, o schedule.Workout) string {
	if o.Weekly {
		return req.Say("class.workout.every", bot.Args{"Day": schedule.Weekday(req.Say, o.Weekday())})
	}
	if start, ok := t.clock.Start(o.Slot); ok {
		return w.changing.face.when(req, start.At)
	}
	return card.Slot(req.Say, o.Slot)
}

// show shows what is pasted for a class: one workout with what was read of it, or
// several to pick from.
func (w workouts) show(ctx context.Context, req *bot.Request, s schedule.Series, n int64) (bot.Reply, error) {
	return w.card(ctx, req, s, n, "")
}

func (w workouts) card(ctx context.Context, req *bot.Request, s schedule.Series, n int64, note string) (bot.Reply, error) {
	if !s.HasWarmUp() {
		return bot.Reply{}, &bot.UserError{Key: "class.workout.no_post"}
	}
	t, err := w.turnout(ctx, s)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(req.Values) > 0 {
		if n, err = strconv.ParseInt(req.Values[0], 10, 64); err != nil {
			return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
		}
	}
	one, ok := find(t.kept, n)
	if !ok && len(t.kept) == 1 {
		one, ok = t.kept[0], true
	}
	if ok {
		return w.oneCard(req, t, one, note)
	}
	parts := []bot.Part{bot.Text(req.Say("class.workout.title"))}
	var entries []bot.Entry
	for _, o := range t.kept {
		entries = append(entries, bot.Entry{Label: w.says(req, t, o), Value: strconv.FormatInt(nameOf(o), 10), About: card.Cut(input.OneLine(o.Lines), aboutMost)})
	}
	if len(entries) > 0 {
		parts = append(parts, bot.Select{ID: button.ClassID.For(button.ClassState{Act: button.ActWorkout, ID: s.ID}), Hint: req.Say("class.workout.pick"), Entries: entries[:min(len(entries), entriesMost)]})
	} else {
		parts = append(parts, bot.Text(req.Say(card.Either(len(t.open) > 0, "class.workout.none", "class.card.never"))))
	}
	if note != "" {
		parts = append(parts, bot.Text(note))
	}
	return card.Calm(append(parts, w.row(req, t))...), nil
}

const (
	// aboutMost is how much of a workout an entry of a select shows, and
	// entriesMost how many entries there are.
	aboutMost   = 90
	entriesMost = 25
)

// row leads to the form, where there is something to paste for, and back.
func (w workouts) row(req *bot.Request, t turnout) (row bot.Row) {
	if len(t.open) > 0 {
		row = append(row, cardButton(req, "workout_paste", button.ClassFormID, button.ClassState{Act: button.ActWorkout, ID: t.series.ID, N: 0}))
	}
	return append(row, backTo(req, t.series.ID))
}

// oneCard shows one workout with what was read of it.
func (w workouts) oneCard(req *bot.Request, t turnout, o schedule.Workout, note string) (bot.Reply, error) {
	parts, _, err := w.read(req, t, o)
	if err != nil {
		return bot.Reply{}, err
	}
	if note != "" {
		parts = append(parts, bot.Text(note))
	}
	state := button.ClassState{Act: button.ActWorkout, ID: t.series.ID, N: nameOf(o)}
	var row bot.Row
	if t.changeable(nameOf(o)) {
		row = append(row, cardButton(req, "change", button.ClassFormID, state))
	}
	state.Act = button.ActWorkoutDrop
	remove := cardButton(req, "remove", button.ClassID, state)
	remove.Style = bot.Danger
	row = append(row, remove)
	return card.Calm(append(parts, append(row, w.row(req, t)...))...), nil
}

// read says for what a workout is, and what is read of it; not ok if that is
// nothing that can be kept.
func (w workouts) read(req *bot.Request, t turnout, o schedule.Workout) (parts []bot.Part, ok bool, err error) {
	back, err := w.readBack(req, o.Lines)
	if ue, refused := errors.AsType[*bot.UserError](err); refused {
		return ue.Parts(req.Say), false, nil
	}
	if err != nil {
		return nil, false, fmt.Errorf("read a workout: %w", err)
	}
	return []bot.Part{bot.Text(req.Say("class.workout.for", bot.Args{"When": w.says(req, t, o)}) + "\n" + back)}, true, nil
}

// save keeps what was pasted, while no start that it is for has begun.
func (w workouts) save(ctx context.Context, req *bot.Request, s schedule.Series, n int64) (bot.Reply, error) {
	t, err := w.turnout(ctx, s)
	if err != nil {
		return bot.Reply{}, err
	}
	o, ok := find(t.open, n)
	if !ok {
		return w.card(ctx, req, s, 0, req.Say("class.note.workout_begun"))
	}
	if o.Lines = w.typed.Get(w.key(req, s.ID, n)); o.Lines == "" {
		if _, saved := find(t.kept, n); saved { // the press was made twice, mostly
			return w.card(ctx, req, s, n, req.Say("class.note.workout_kept"))
		}
		return w.card(ctx, req, s, 0, req.Say("class.note.workout_lost"))
	}
	if err := w.store.SetWorkout(ctx, o, place.By(req, w.now(), w.detail(req, t, o))); err != nil {
		return bot.Reply{}, inWords("keep the workout", err)
	}
	w.typed.Set(w.key(req, s.ID, n), "")
	w.changing.kick()
	return w.card(ctx, req, s, n, place.Signed(req, req.Say(card.Either(o.Weekly, "class.note.workout_saved_weekly", "class.note.workout_saved"))))
}

// detail says for the record of changes what a workout is for.
func (w workouts) detail(req *bot.Request, t turnout, o schedule.Workout) string {
	if start, ok := t.clock.Start(o.Slot); ok && !o.Weekly {
		return card.Kept(req.Say, start.At)
	}
	return w.says(req, t, o)
}

// drop removes a workout.
func (w workouts) drop(ctx context.Context, req *bot.Request, s schedule.Series, n int64) (bot.Reply, error) {
	t, err := w.turnout(ctx, s)
	if err != nil {
		return bot.Reply{}, err
	}
	o, ok := find(t.kept, n)
	if !ok {
		return w.card(ctx, req, s, 0, req.Say("class.note.workout_removed"))
	}
	err = w.store.DropWorkout(ctx, o, place.By(req, w.now(), w.detail(req, t, o)))
	if err != nil && !errors.Is(err, schedule.ErrNoClass) { // somebody else was faster
		return bot.Reply{}, fmt.Errorf("remove the workout: %w", err)
	}
	w.changing.kick()
	return w.card(ctx, req, s, 0, place.Signed(req, req.Say("class.note.workout_removed")))
}
