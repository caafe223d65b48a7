package commands

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/schedule"
)

// The IDs of what stands on the cards of classes.
var (
	classID     = bot.NewID[classState]("class1")     // another card takes its place
	classLookID = bot.NewID[classState]("classlook1") // the posts as they would look
	classFormID = bot.NewID[classState]("classform1") // a form opens
	classSetID  = bot.NewID[classState]("classset1")  // a form is sent
)

// An act is what a button on a class's card does.
type act string

const (
	actList    act = "list" // N is the page
	actShow    act = "show" // the class picked, or ID
	actSave    act = "save" // a draft
	actNow     act = "now"
	actSkip    act = "skip" // N is the start, in unix seconds
	actPause   act = "pause"
	actResume  act = "resume"
	actMend    act = "mend"
	actAsk     act = "ask" // whether to remove it
	actRemove  act = "remove"
	actHistory act = "history" // N is the page; of all classes without an ID
)

// classState says what a button does, to which class. It is the presser's
// claim: what it names is checked against their server each time.
type classState struct {
	Act act
	ID  int64
	N   int64
}

// MarshalText returns the state as "act/id/n".
func (s classState) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%s/%d/%d", s.Act, s.ID, s.N), nil
}

// UnmarshalText reads what MarshalText wrote. Whether the act and the class
// exist is for the handler to say.
func (s *classState) UnmarshalText(text []byte) error {
	parts := strings.Split(string(text), "/")
	if len(parts) != 3 {
		return errors.New("want act/id/n")
	}
	id, err := strconv.ParseInt(parts[1], 10, 64)
	n, err2 := strconv.ParseInt(parts[2], 10, 64)
	*s = classState{act(parts[0]), id, n}
	return errors.Join(err, err2)
}

// turn shows the card that a button leads to, after doing what it says.
func (t timetable) turn(ctx context.Context, req *bot.Request, s classState) (bot.Reply, error) {
	switch s.Act {
	case actList:
		return t.list(ctx, req, int(s.N))
	case actHistory:
		return t.history(ctx, req, s.ID, int(s.N))
	case actSave:
		return t.save(ctx, req, s.ID)
	case actShow:
		return t.show(ctx, req, s.ID)
	}
	l, err := t.changeable(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	switch s.Act {
	case actNow:
		return t.postNow(ctx, req, l)
	case actSkip:
		return t.skip(ctx, req, l, s.N)
	case actResume:
		return t.changed(ctx, req, l.ID, t.Classes.Pause(ctx, l.ID, schedule.Date{}, t.by(req, "")), req.Say("class.note.resumed"))
	case actMend:
		return t.changed(ctx, req, l.ID, t.Classes.Mend(ctx, l.ID, t.by(req, "")), req.Say("class.note.mended"))
	case actAsk:
		return askRemove(req, l), nil
	case actRemove:
		return t.remove(ctx, req, l)
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
	l, err := t.listing(ctx, req, id)
	if err != nil {
		return bot.Reply{}, err
	}
	return t.card(req, l, note)
}

func (t timetable) show(ctx context.Context, req *bot.Request, id int64) (bot.Reply, error) {
	if len(req.Values) > 0 {
		var err error
		if id, err = strconv.ParseInt(req.Values[0], 10, 64); err != nil {
			return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
		}
	}
	l, err := t.listing(ctx, req, id)
	if err != nil {
		return bot.Reply{}, err
	}
	return t.card(req, l, "")
}

// card shows one class. Its buttons change it; who may not has those to look.
func (t timetable) card(req *bot.Request, l schedule.Listing, note string) (bot.Reply, error) {
	c, err := l.Class(t.Zones)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the class: %w", err)
	}
	next, err := c.Next(t.Now())
	if err != nil && !errors.Is(err, schedule.ErrNever) {
		return bot.Reply{}, fmt.Errorf("show the class: %w", err)
	}
	lines := []string{facts(req, l)}
	if err != nil {
		lines = append(lines, req.Say("class.card.never"))
	} else if lines, err = t.nextLines(req, c, next, lines); err != nil {
		return bot.Reply{}, err
	}
	paused := pausedOn(l, t.Now().In(c.Zone))
	if paused {
		lines = append(lines, req.Say("class.card.paused", args{"Day": l.PausedUntil}))
	}
	if !l.BrokenAt.IsZero() {
		lines = append(lines, req.Say("class.card.broken", args{"Why": req.Say("class.reason." + string(l.BrokenWhy))}))
	}
	parts := []bot.Part{
		bot.Text(req.Say("class.contract.title", args{"Sentence": l.Rule.Sentence(), "City": t.city(l.Place)})),
		bot.Text(strings.Join(lines, "\n")),
	}
	if note != "" {
		parts = append(parts, bot.Text(note))
	}
	if mayChange(req, l.Place) == nil {
		parts = append(parts, changeRow(req, l, next, paused))
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: accentCalm, Parts: append(parts, t.lookRow(req, l))}}}, nil
}

// nextLines says when the class starts next, and that a start before that is
// left out.
func (t timetable) nextLines(req *bot.Request, c schedule.Class, next schedule.Start, lines []string) ([]string, error) {
	if next.Off != "" && next.Off != schedule.ReasonPaused { // a pause has a line of its own
		lines = append(lines, req.Say("class.card.off", args{"Wall": wall(next.At), "Why": req.Say("class.reason." + string(next.Off))}))
	}
	at, err := c.NextStart(t.Now())
	if errors.Is(err, schedule.ErrNever) {
		return append(lines, req.Say("class.card.never")), nil
	}
	if err != nil {
		return nil, fmt.Errorf("show the class: %w", err)
	}
	return append(lines, req.Say("class.card.next", args{"Wall": wall(at), "Yours": yours(at)})), nil
}

// pausedOn reports whether a class is paused at an instant on its own clock. A
// pause that is over stays on record and means nothing.
func pausedOn(l schedule.Listing, local time.Time) bool {
	return !l.PausedUntil.IsZero() && schedule.DateOf(local).Before(l.PausedUntil)
}

// changeRow has what can be done with a class.
func changeRow(req *bot.Request, l schedule.Listing, next schedule.Start, paused bool) bot.Row {
	var row bot.Row
	if l.BrokenAt.IsZero() {
		row = append(row, bot.Button{Label: req.Say("class.button.now"), ID: classID.For(classState{actNow, l.ID, 0})})
	} else {
		row = append(row, bot.Button{Label: req.Say("class.button.mend"), ID: classID.For(classState{actMend, l.ID, 0}), Style: bot.Primary})
	}
	if !next.At.IsZero() && next.Off == "" {
		row = append(row, bot.Button{Label: req.Say("class.button.skip"), ID: classID.For(classState{actSkip, l.ID, next.Planned.Unix()})})
	}
	if paused {
		row = append(row, bot.Button{Label: req.Say("class.button.resume"), ID: classID.For(classState{actResume, l.ID, 0})})
	} else if !next.At.IsZero() {
		row = append(row, bot.Button{Label: req.Say("class.button.pause"), ID: classFormID.For(classState{actPause, l.ID, 0})})
	}
	return append(row, bot.Button{Label: req.Say("class.button.remove"), ID: classID.For(classState{actAsk, l.ID, 0}), Style: bot.Danger})
}

// lookRow has what everyone can look at.
func (t timetable) lookRow(req *bot.Request, l schedule.Listing) bot.Row {
	return bot.Row{
		{Label: req.Say("class.button.preview"), ID: classLookID.For(classState{actShow, l.ID, 0})},
		{Label: req.Say("class.button.history"), ID: classID.For(classState{actHistory, l.ID, 1})},
		{Label: req.Say("class.button.list"), ID: classID.For(classState{actList, 0, 1})},
	}
}

func (t timetable) postNow(ctx context.Context, req *bot.Request, l schedule.Listing) (bot.Reply, error) {
	return t.changed(ctx, req, l.ID, t.Classes.PostNow(ctx, l, t.by(req, "")), req.Say("class.note.now"))
}

// skip leaves out the start that the card showed as the next one. One that has
// begun since can't be left out any more.
func (t timetable) skip(ctx context.Context, req *bot.Request, l schedule.Listing, planned int64) (bot.Reply, error) {
	c, err := l.Class(t.Zones)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("skip a start: %w", err)
	}
	next, err := c.Next(t.Now())
	if err != nil || next.Off != "" || next.Planned.Unix() != planned {
		return t.card(req, l, req.Say("class.note.skipped_already"))
	}
	return t.changed(ctx, req, l.ID, t.Classes.Skip(ctx, l.ID, next, t.by(req, wall(next.At))), "")
}

func askRemove(req *bot.Request, l schedule.Listing) bot.Reply {
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: accentStop, Parts: []bot.Part{
		bot.Text(req.Say("class.remove.ask", args{"Sentence": l.Rule.Sentence()})),
		bot.Row{
			{Label: req.Say("class.button.remove_yes"), ID: classID.For(classState{actRemove, l.ID, 0}), Style: bot.Danger},
			{Label: req.Say("class.button.keep"), ID: classID.For(classState{actShow, l.ID, 0})},
		},
	}}}}
}

func (t timetable) remove(ctx context.Context, req *bot.Request, l schedule.Listing) (bot.Reply, error) {
	if err := t.Classes.Remove(ctx, l.ID, t.by(req, l.Rule.String())); err != nil && !errors.Is(err, schedule.ErrNoClass) {
		return bot.Reply{}, fmt.Errorf("remove the class: %w", err)
	}
	t.Kick()
	return bot.Reply{Parts: []bot.Part{
		bot.Text(req.Say("class.removed", args{"Sentence": l.Rule.Sentence()})),
		bot.Row{{Label: req.Say("class.button.list"), ID: classID.For(classState{actList, 0, 1})}},
	}}, nil
}

// pauseForm asks until when.
func (t timetable) pauseForm(ctx context.Context, req *bot.Request, s classState) (bot.Reply, error) {
	l, err := t.changeable(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	c, err := l.Class(t.Zones)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("ask for a pause: %w", err)
	}
	example := schedule.DateOf(t.Now().In(c.Zone).AddDate(0, 0, 14))
	return bot.Reply{Modal: &bot.Modal{ID: classSetID.For(s), Title: req.Say("class.pause.title"), Fields: []bot.Field{
		{ID: fieldDay, Label: req.Say("class.pause.day"), About: req.Say("class.pause.day_about", args{"Example": example}), Need: true, Max: 10},
	}}}, nil
}

// pause takes over the form.
func (t timetable) pause(ctx context.Context, req *bot.Request, id int64) (bot.Reply, error) {
	l, err := t.changeable(ctx, req, id)
	if err != nil {
		return bot.Reply{}, err
	}
	c, err := l.Class(t.Zones)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("pause the class: %w", err)
	}
	local := t.Now().In(c.Zone)
	until, err := day(req.Fields[fieldDay], schedule.DateOf(local.AddDate(0, 0, 14)))
	if err != nil {
		return bot.Reply{}, err
	}
	if !schedule.DateOf(local).Before(until) {
		return bot.Reply{}, &bot.UserError{Key: "class.pause.past", Args: args{"Seen": until, "Tomorrow": schedule.DateOf(local.AddDate(0, 0, 1))}}
	}
	if last := schedule.DateOf(local.AddDate(1, 0, 0)); last.Before(until) {
		return bot.Reply{}, &bot.UserError{Key: "class.pause.far", Args: args{"Seen": until, "Last": last}}
	}
	return t.changed(ctx, req, l.ID, t.Classes.Pause(ctx, l.ID, until, t.by(req, until.String())), "")
}
