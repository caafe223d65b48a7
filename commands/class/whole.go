package class

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/classwords"
	"unpinch/commands/input"
	"unpinch/commands/place"
	"unpinch/schedule"
)

// A wholeStore changes classes as a whole.
type wholeStore interface {
	PostNow(ctx context.Context, s schedule.Series, by schedule.By) error
	// Pause leaves out the starts before a day; the zero day ends a pause.
	Pause(ctx context.Context, classID int64, until schedule.Date, by schedule.By) error
	mender
	Remove(ctx context.Context, classID int64, by schedule.By) error
	// TakeOver makes the one who does it hear of a class's troubles, or of all
	// classes at its place that are the same person's.
	TakeOver(ctx context.Context, classID int64, all bool, by schedule.By) error
	listed
	posts
}

// whole changes what is true of all starts of a class.
type whole struct {
	changing changing
	store    wholeStore
}

func (w whole) now() time.Time         { return w.changing.face.atlas.Now() }
func (w whole) zones() *schedule.Zones { return w.changing.face.atlas.Zones }

// resume ends a pause.
func (w whole) resume(ctx context.Context, req *bot.Request, s schedule.Series, _ int64) (bot.Reply, error) {
	if s.PausedUntil.IsZero() {
		return w.changing.face.card(req, s, req.Say("class.note.resumed"))
	}
	return w.changing.done(ctx, req, s.ID, w.store.Pause(ctx, s.ID, schedule.Date{}, place.By(req, w.now(), "")), req.Say("class.note.resumed"))
}

// mend lets the posts of a broken class go out again.
func (w whole) mend(ctx context.Context, req *bot.Request, s schedule.Series, _ int64) (bot.Reply, error) {
	return w.changing.done(ctx, req, s.ID, w.store.Mend(ctx, s.ID, place.By(req, w.now(), "")), req.Say("class.note.mended"))
}

// nowAgain is how long after a post that was asked for another one may be. A press
// within that time is the same press again.
const nowAgain = 2 * time.Minute

// postNow has a class's post go out at once.
func (w whole) postNow(ctx context.Context, req *bot.Request, s schedule.Series, _ int64) (bot.Reply, error) {
	all, err := w.store.History(ctx, s.Place.GuildID, s.ID, postsOfAStart, 0)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("look for the post: %w", err)
	}
	if slices.ContainsFunc(all, func(o schedule.Occurrence) bool {
		lives := !o.Gone && o.State != schedule.StateFailed && o.State != schedule.StateSkipped
		return o.Kind == schedule.KindNow && lives && w.now().Sub(o.DueAt) < nowAgain
	}) {
		return w.changing.face.card(req, s, req.Say("class.note.now_already", bot.Args{"count": int(nowAgain.Minutes())}))
	}
	return w.changing.done(ctx, req, s.ID, w.store.PostNow(ctx, s, place.By(req, w.now(), "")), req.Say("class.note.now"))
}

// askRemove asks whether to remove a class.
func (w whole) askRemove(_ context.Context, req *bot.Request, s schedule.Series, _ int64) (bot.Reply, error) {
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentStop, Parts: []bot.Part{
		bot.Text(req.Say("class.remove.ask", bot.Args{"Sentence": named(req, s)})),
		bot.Row{
			{Label: req.Say("class.button.remove_yes"), ID: button.ClassID.For(button.ClassState{Act: button.ActRemove, ID: s.ID, N: 0}), Style: bot.Danger},
			{Label: req.Say("class.button.keep"), ID: button.ClassID.For(button.ClassState{Act: button.ActShow, ID: s.ID, N: 0})},
		},
	}}}}, nil
}

func (w whole) remove(ctx context.Context, req *bot.Request, s schedule.Series, _ int64) (bot.Reply, error) {
	if err := w.store.Remove(ctx, s.ID, place.By(req, w.now(), s.Rule.String())); err != nil && !errors.Is(err, schedule.ErrNoClass) {
		return bot.Reply{}, fmt.Errorf("remove the class: %w", err)
	}
	w.changing.kick()
	return bot.Reply{Parts: []bot.Part{
		bot.Text(place.Signed(req, req.Say("class.removed", bot.Args{"Sentence": named(req, s)}))),
		classwords.AllRow(req),
	}}, nil
}

// pauseForm asks until when.
func (w whole) pauseForm(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	series, err := w.changing.classes.changeable(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	r, err := series.Recurrence(w.zones())
	if err != nil {
		return bot.Reply{}, fmt.Errorf("ask for a pause: %w", err)
	}
	example := schedule.DateOf(w.now().In(r.Zone).AddDate(0, 0, 14))
	return bot.Reply{Modal: &bot.Modal{ID: button.ClassSetID.For(s), Title: req.Say("class.pause.title"), Fields: []bot.Field{
		{ID: fieldDay, Label: req.Say("class.pause.day"), About: req.Say("class.pause.day_about", bot.Args{"Example": example}), Need: true, Max: 10},
	}}}, nil
}

// pause takes over the form.
func (w whole) pause(ctx context.Context, req *bot.Request, id int64) (bot.Reply, error) {
	s, err := w.changing.classes.changeable(ctx, req, id)
	if err != nil {
		return bot.Reply{}, err
	}
	r, err := s.Recurrence(w.zones())
	if err != nil {
		return bot.Reply{}, fmt.Errorf("pause the class: %w", err)
	}
	local := w.now().In(r.Zone)
	until, err := input.Day(req.Fields[fieldDay], schedule.DateOf(local), schedule.DateOf(local.AddDate(0, 0, 14)))
	if err != nil {
		return bot.Reply{}, err
	}
	if !schedule.DateOf(local).Before(until) {
		return bot.Reply{}, &bot.UserError{Key: "class.pause.past", Args: bot.Args{"Seen": until, "Tomorrow": schedule.DateOf(local.AddDate(0, 0, 1))}}
	}
	if last := schedule.DateOf(local.AddDate(1, 0, 0)); last.Before(until) {
		return bot.Reply{}, &bot.UserError{Key: "class.pause.far", Args: bot.Args{"Seen": until, "Last": last}}
	}
	if s.PausedUntil == until {
		return w.changing.face.card(req, s, "")
	}
	return w.changing.done(ctx, req, s.ID, w.store.Pause(ctx, s.ID, until, place.By(req, w.now(), until.String())), "")
}

// askTakeOver says what it means to hear of a class's troubles.
func (w whole) askTakeOver(ctx context.Context, req *bot.Request, s schedule.Series, _ int64) (bot.Reply, error) {
	all, err := w.store.SeriesOf(ctx, req.GuildID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("count the classes: %w", err)
	}
	theirs := 0
	for _, o := range all {
		if o.Place.ID == s.Place.ID && o.CreatedBy == s.CreatedBy {
			theirs++
		}
	}
	row := bot.Row{{Label: req.Say("class.button.take_one"), ID: button.ClassID.For(button.ClassState{Act: button.ActTake, ID: s.ID, N: 0}), Style: bot.Primary}}
	if theirs > 1 {
		row = append(row, bot.Button{Label: req.Say("class.button.take_all", bot.Args{"count": theirs}), ID: button.ClassID.For(button.ClassState{Act: button.ActTake, ID: s.ID, N: 1})})
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentRead, Parts: []bot.Part{
		bot.Text(req.Say("class.take.ask", bot.Args{"Sentence": named(req, s)})), append(row, backTo(req, s.ID))}}}}, nil
}

// takeOver makes the reader the one who hears of a class's troubles.
func (w whole) takeOver(ctx context.Context, req *bot.Request, s schedule.Series, all int64) (bot.Reply, error) {
	if s.CreatedBy == req.UserID {
		return w.changing.face.card(req, s, req.Say("class.note.taken_over"))
	}
	return w.changing.done(ctx, req, s.ID, w.store.TakeOver(ctx, s.ID, all == 1, place.By(req, w.now(), "")), req.Say("class.note.taken_over"))
}
