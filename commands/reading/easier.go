package reading

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/content"
	"unpinch/schedule"
)

// linesAtOnce is how many lines of a workout a card scales.
const linesAtOnce = 12

// Classes has the workouts that coaches paste for classes.
type Classes interface {
	// Series returns a class, or schedule.ErrNoClass.
	Series(ctx context.Context, id int64) (schedule.Series, error)
	Workouts(ctx context.Context, classID int64) ([]schedule.Workout, error)
}

// easier scales the workout of a class for one reader.
type easier struct {
	modify
	classes Classes
}

func (e easier) components() []bot.Component {
	open, turn := bot.Handle(button.EasierID, bot.NewPrivate, e.show), bot.Handle(button.EasierTurnID, bot.Update, e.show)
	open.Discreet, turn.Discreet, turn.OwnerOnly = true, true, true
	return []bot.Component{open, turn}
}

// show asks what to go easy on, or scales the workout.
func (e easier) show(ctx context.Context, req *bot.Request, s button.EasierState) (bot.Reply, error) {
	if len(req.Values) > 0 {
		s.Less, s.Page = content.Less(req.Values[0]), 0
	}
	w, ok, err := e.find(ctx, req, s)
	switch {
	case err != nil:
		return bot.Reply{}, err
	case !ok:
		return card.Calm(bot.Text(req.Say("easier.gone")), checkFirst(req),
			bot.Row{{Label: req.Say("modify.button.pick"), ID: button.ModifyID.For(button.ModifyState{View: button.LiftPick})}}), nil
	case !slices.Contains(content.Lesses(), s.Less):
		return card.Calm(checkFirst(req), bot.Text(req.Say("easier.ask")), lessSelect(req, s)), nil
	}
	return e.scaled(ctx, req, s, w)
}

// find reads the workout of a start; not ok when there is none.
func (e easier) find(ctx context.Context, req *bot.Request, s button.EasierState) (b board, ok bool, err error) {
	series, err := e.classes.Series(ctx, s.Class)
	if errors.Is(err, schedule.ErrNoClass) || err == nil && series.Place.GuildID != req.GuildID {
		return board{}, false, nil
	}
	if err != nil {
		return board{}, false, fmt.Errorf("find the class of a workout: %w", err)
	}
	all, err := e.classes.Workouts(ctx, s.Class)
	if err != nil {
		return board{}, false, fmt.Errorf("find a workout: %w", err)
	}
	w, ok := schedule.WorkoutFor(all, button.SlotOf(s.Start))
	return readBoard(e.content.Lifts(req.Locale), w.Lines), ok, nil
}

// scaled is the workout line by line, a page at a time: a lift with what to change
// of it, and what is no certain lift as it was written.
func (e easier) scaled(ctx context.Context, req *bot.Request, s button.EasierState, b board) (bot.Reply, error) {
	easy, until, err := e.easy(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	text := liftText{content: e.content, lifts: e.content.Lifts(req.Locale), req: req, concern: content.Concern{Less: s.Less, Easy: easy}}
	last := max(0, len(b.lines)-1) / linesAtOnce
	s.Page = min(max(s.Page, 0), last)
	lines, lifts := text.scaled(b.lines[s.Page*linesAtOnce : min(len(b.lines), (s.Page+1)*linesAtOnce)])
	title := req.Say("easier.title", bot.Args{"Less": lowerFirst(req.Say("less." + string(s.Less)))}) + b.title("\n")
	if last > 0 {
		title += "\n" + req.Say("modify.workout.page", bot.Args{"Page": s.Page + 1, "Pages": last + 1})
	}
	parts := []bot.Part{checkFirst(req), bot.Text(title + "\n" + card.Bullets(lines))}
	if easy != 0 {
		parts = append(parts, bot.Text(req.Say("modify.easy", bot.Args{"Date": card.DayStamp(until)})))
	}
	parts = append(parts, bot.Text(text.foot(lifts)), lessSelect(req, s))
	if row := easierPages(req, s, last); len(row) > 0 {
		parts = append(parts, row)
	}
	return card.Calm(parts...), nil
}

// scaled scales lines of a workout, and returns the lifts on them.
func (t liftText) scaled(all []boardLine) (lines []string, lifts []*content.Exercise) {
	for _, l := range all {
		switch {
		case l.Certain():
			lines, lifts = append(lines, t.line(l.Exercise, card.Plain(l.Dose))), append(lifts, l.Exercise)
		case l.head:
			lines = append(lines, input.Seen(l.Text))
		default:
			lines = append(lines, t.say("easier.as_written", bot.Args{"Line": input.Seen(l.Text)}))
		}
	}
	return lines, lifts
}

// easierPages are the buttons to the pages beside this one.
func easierPages(req *bot.Request, s button.EasierState, last int) (row bot.Row) {
	to := func(page int) string {
		s := s
		s.Page = page
		return button.EasierTurnID.For(s)
	}
	if s.Page > 0 {
		row = append(row, bot.Button{Label: req.Say("card.page_before"), ID: to(s.Page - 1)})
	}
	if s.Page < last {
		row = append(row, bot.Button{Label: req.Say("card.page_after"), ID: to(s.Page + 1)})
	}
	return row
}

// lessSelect offers what to go easy on.
func lessSelect(req *bot.Request, s button.EasierState) bot.Select {
	out := bot.Select{ID: button.EasierTurnID.For(button.EasierState{Class: s.Class, Start: s.Start}), Hint: req.Say("easier.hint")}
	for _, l := range content.Lesses() {
		out.Entries = append(out.Entries, bot.Entry{Label: req.Say("less." + string(l)), Value: string(l), Chosen: l == s.Less})
	}
	return out
}
