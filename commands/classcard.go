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
	actList    act = "list" // N is the page; of one place with an ID
	actShow    act = "show" // the class picked, or ID
	actSave    act = "save" // a draft
	actNow     act = "now"
	actSkip    act = "skip"   // N is the start, by when it was planned, in unix seconds
	actUnskip  act = "unskip" // likewise
	actEdit    act = "edit"
	actAlways  act = "always" // moves all starts
	actMove    act = "move"   // moves one; N is the start
	actOff     act = "off"    // whether to cancel
	actCancel  act = "cancel" // N is the start
	actPause   act = "pause"
	actResume  act = "resume"
	actMend    act = "mend"
	actAsk     act = "ask" // whether to remove it
	actRemove  act = "remove"
	actOwner   act = "owner"   // whether to take it over
	actTake    act = "take"    // N is 1 for all of that person's at the place
	actApply   act = "apply"   // a file: ID is the batch, N what goes with it
	actLeave   act = "leave"   // a file
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
		return t.list(ctx, req, s.ID, int(s.N))
	case actHistory:
		return t.history(ctx, req, s.ID, int(s.N))
	case actSave:
		return t.save(ctx, req, s.ID)
	case actShow:
		return t.show(ctx, req, s.ID)
	}
	series, err := t.changeable(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	switch s.Act {
	case actNow:
		return t.postNow(ctx, req, series)
	case actSkip:
		return t.skip(ctx, req, series, s.N)
	case actUnskip:
		return t.takeBack(ctx, req, series, s.N)
	case actOff:
		return t.askCancel(ctx, req, series)
	case actCancel:
		return t.cancel(ctx, req, series, s.N)
	case actOwner:
		return t.askTakeOver(ctx, req, series)
	case actTake:
		return t.takeOver(ctx, req, series, s.N == 1)
	case actResume:
		return t.changed(ctx, req, series.ID, t.Classes.Pause(ctx, series.ID, schedule.Date{}, t.by(req, "")), req.Say("class.note.resumed"))
	case actMend:
		return t.changed(ctx, req, series.ID, t.Classes.Mend(ctx, series.ID, t.by(req, "")), req.Say("class.note.mended"))
	case actAsk:
		return askRemove(req, series), nil
	case actRemove:
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
		lines = append(lines, req.Say("class.contract.ping", args{"Role": roleMention(s.RoleID)}))
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
		lines = append(lines, req.Say("class.card.paused", args{"Day": schedule.DayYear.OfDay(req.Say, s.PausedUntil)}))
	}
	if !s.BrokenAt.IsZero() {
		lines = append(lines, req.Say("class.card.broken", args{"Why": req.Say("class.reason." + string(s.BrokenWhy))}))
	}
	parts := []bot.Part{
		bot.Text(req.Say("class.contract.title", args{"Sentence": sentenceOf(req, s.Rule), "City": t.city(s.Place)})),
		bot.Text(strings.Join(lines, "\n")),
	}
	if note != "" {
		parts = append(parts, bot.Text(note))
	}
	if mayChange(req, s.Place) == nil {
		parts = append(parts, t.changeRow(req, s, r), t.startRow(req, s, r, next, paused))
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: accentCalm, Parts: append(parts, t.lookRow(req, s))}}}, nil
}

// movedLine says that a start is at another time, with the day only where that
// differs too.
func movedLine(req *bot.Request, m schedule.Move) string {
	to := wall(req.Say, m.To)
	if schedule.DateOf(m.From) == schedule.DateOf(m.To) {
		to = m.To.Format("15:04")
	}
	return req.Say("class.card.moved", args{"From": wall(req.Say, m.From), "To": to})
}

// nextLines says when the class starts next, and that a start before that is
// left out.
func (t timetable) nextLines(req *bot.Request, r schedule.Recurrence, next schedule.Start, lines []string) ([]string, error) {
	if next.Off != "" && next.Off != schedule.ReasonPaused { // a pause has a line of its own
		lines = append(lines, req.Say("class.card.off", args{"Wall": wall(req.Say, next.At), "Why": req.Say("class.reason." + string(next.Off))}))
	}
	at, err := r.NextStart(t.Now())
	if errors.Is(err, schedule.ErrNever) {
		return append(lines, req.Say("class.card.never")), nil
	}
	if err != nil {
		return nil, fmt.Errorf("show the class: %w", err)
	}
	return append(lines, req.Say("class.card.next", args{"Wall": wall(req.Say, at), "Yours": yours(at)})), nil
}

// pausedOn reports whether a class is paused at an instant on its own clock. A
// pause that is over stays on record and means nothing.
func pausedOn(s schedule.Series, local time.Time) bool {
	return !s.PausedUntil.IsZero() && schedule.DateOf(local).Before(s.PausedUntil)
}

// button is a button of a class's card.
func (t timetable) button(req *bot.Request, key string, id bot.ID[classState], s classState) bot.Button {
	return bot.Button{Label: req.Say("class.button." + key), ID: id.For(s)}
}

// changeRow has what changes a class, or posts for it.
func (t timetable) changeRow(req *bot.Request, s schedule.Series, r schedule.Recurrence) bot.Row {
	var row bot.Row
	if s.BrokenAt.IsZero() {
		row = append(row, t.button(req, "now", classID, classState{actNow, s.ID, 0}))
	} else {
		mend := t.button(req, "mend", classID, classState{actMend, s.ID, 0})
		mend.Style = bot.Primary
		row = append(row, mend)
	}
	row = append(row, t.button(req, "edit", classFormID, classState{actEdit, s.ID, 0}))
	if start, ok := t.nextOn(r); ok {
		row = append(row, t.button(req, "once", classFormID, classState{actMove, s.ID, start.Planned.Unix()}))
	}
	row = append(row, t.button(req, "always", classFormID, classState{actAlways, s.ID, 0}))
	if s.CreatedBy != req.UserID {
		row = append(row, t.button(req, "take", classID, classState{actOwner, s.ID, 0}))
	}
	return row
}

// startRow has what leaves starts out.
func (t timetable) startRow(req *bot.Request, s schedule.Series, r schedule.Recurrence, next schedule.Start, paused bool) bot.Row {
	var row bot.Row
	if paused {
		row = append(row, t.button(req, "resume", classID, classState{actResume, s.ID, 0}))
	} else if !next.At.IsZero() {
		row = append(row, t.button(req, "pause", classFormID, classState{actPause, s.ID, 0}))
	}
	switch {
	case next.At.IsZero():
	case next.Off == "":
		row = append(row, t.button(req, "skip", classID, classState{actSkip, s.ID, next.Planned.Unix()}))
	case next.Off == schedule.ReasonSkipped:
		row = append(row, t.button(req, "unskip", classID, classState{actUnskip, s.ID, next.Planned.Unix()}))
	}
	if _, ok := t.startToday(s, r); ok {
		row = append(row, t.button(req, "off", classID, classState{actOff, s.ID, 0}))
	}
	remove := t.button(req, "remove", classID, classState{actAsk, s.ID, 0})
	remove.Style = bot.Danger
	return append(row, remove)
}

// lookRow has what everyone can look at, and for those who may change the class
// who did.
func (t timetable) lookRow(req *bot.Request, s schedule.Series) bot.Row {
	row := bot.Row{
		t.button(req, "preview", classLookID, classState{actShow, s.ID, 0}),
		t.button(req, "history", classID, classState{actHistory, s.ID, 1}),
	}
	if mayChange(req, s.Place) == nil {
		row = append(row, bot.Button{Label: req.Say("class.changes.button"), ID: changesID.For(classState{actChanges, s.ID, 1})})
	}
	return append(row, t.button(req, "list", classID, classState{actList, 0, 1}))
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
	return t.changed(ctx, req, s.ID, t.Classes.Skip(ctx, s.ID, next, t.by(req, wall(req.Say, next.At))), "")
}

func askRemove(req *bot.Request, s schedule.Series) bot.Reply {
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: accentStop, Parts: []bot.Part{
		bot.Text(req.Say("class.remove.ask", args{"Sentence": sentenceOf(req, s.Rule)})),
		bot.Row{
			{Label: req.Say("class.button.remove_yes"), ID: classID.For(classState{actRemove, s.ID, 0}), Style: bot.Danger},
			{Label: req.Say("class.button.keep"), ID: classID.For(classState{actShow, s.ID, 0})},
		},
	}}}}
}

func (t timetable) remove(ctx context.Context, req *bot.Request, s schedule.Series) (bot.Reply, error) {
	if err := t.Classes.Remove(ctx, s.ID, t.by(req, s.Rule.String())); err != nil && !errors.Is(err, schedule.ErrNoClass) {
		return bot.Reply{}, fmt.Errorf("remove the class: %w", err)
	}
	t.Kick()
	return bot.Reply{Parts: []bot.Part{
		bot.Text(req.Say("class.removed", args{"Sentence": sentenceOf(req, s.Rule)})),
		allRow(req),
	}}, nil
}

// pauseForm asks until when.
func (t timetable) pauseForm(ctx context.Context, req *bot.Request, s classState) (bot.Reply, error) {
	series, err := t.changeable(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	r, err := series.Recurrence(t.Zones)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("ask for a pause: %w", err)
	}
	example := schedule.DateOf(t.Now().In(r.Zone).AddDate(0, 0, 14))
	return bot.Reply{Modal: &bot.Modal{ID: classSetID.For(s), Title: req.Say("class.pause.title"), Fields: []bot.Field{
		{ID: fieldDay, Label: req.Say("class.pause.day"), About: req.Say("class.pause.day_about", args{"Example": example}), Need: true, Max: 10},
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
	return t.changed(ctx, req, s.ID, t.Classes.Pause(ctx, s.ID, until, t.by(req, until.String())), "")
}
