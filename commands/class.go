package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/schedule"
	tablefile "unpinch/timetable"
)

// Bounds of a class.
const (
	titleMax     = tablefile.MaxTitle // characters
	minutesMin   = int(tablefile.MinLength / time.Minute)
	minutesMax   = int(tablefile.MaxLength / time.Minute)
	leadMax      = int(tablefile.MaxLead / time.Minute)
	draftMinutes = 15
)

// class puts classes on the timetable and shows what became of their posts.
func class(d Deps) (bot.Command, []bot.Component) {
	desk := newClassDesk(d)
	t := desk.timetable
	place := func() *bot.StringOption {
		return bot.String("place", "class.option.place").Complete(t.suggestPlaces)
	}
	add := addFlow{desk, newClassOptions("class.option."), place()}
	edit := editFlow{t, bot.String("class", "class.edit.class").Required().Complete(t.suggestClasses), newClassOptions("class.edit.")}
	list := listFlow{t, place()}
	file := fileFlow{desk, bot.Attachment("file", "class.file.option")}
	closed, closedParts := closedDays(t)
	// They exist for whole commands only, so that who may change is checked in
	// the handlers, at every press.
	command := bot.Command{Name: "class", About: "class.about",
		Where: []bot.Context{bot.InServer}, Install: []bot.Install{bot.ForServer}, Subs: []bot.Command{
			{Name: "add", About: "class.add.about", Answer: bot.OpenModal, Run: add.run, Options: append(add.all(), add.place)},
			{Name: "edit", About: "class.edit.about", Answer: bot.NewPrivate, Run: edit.run, Options: append([]bot.Option{edit.class}, edit.all()...)},
			{Name: "list", About: "class.list.about", Answer: bot.NewPrivate, Run: list.run, Options: []bot.Option{list.place}},
			closed,
			{Name: "history", About: "class.history.about", Answer: bot.NewPrivate,
				Run: func(ctx context.Context, req *bot.Request) (bot.Reply, error) { return t.history(ctx, req, 0, 1) }},
			{Name: "file", About: "class.file.about", Answer: bot.NewPrivate, Run: file.run, Options: []bot.Option{file.file}},
		}}
	private := append(closedParts,
		bot.Handle(button.ChangesID, bot.Update, t.turnChanges),
		bot.Handle(button.ClassID, bot.Update, desk.turn),
		bot.Handle(button.ClassLookID, bot.NewPrivate, t.preview),
		bot.Handle(button.ClassFormID, bot.OpenModal, t.form),
		bot.Handle(button.ClassSetID, bot.Update, t.submitted),
		bot.Handle(button.ClassManyID, bot.OpenModal, desk.many),
		bot.Handle(button.LinesFormID, bot.OpenModal, desk.linesForm),
		bot.Handle(button.LinesSetID, bot.Update, desk.setLines),
		bot.Handle(button.LinesNewID, bot.NewPrivate, desk.setLines),
	)
	for i := range private {
		private[i].OwnerOnly = true
	}
	return command, append(private, bot.Handle(button.MendID, bot.NewPrivate, t.mendFromAlert))
}

// A classDesk is a timetable with what people are about to change on it: kept
// in memory only, and for a quarter of an hour.
type classDesk struct {
	timetable
	typed *typedLines // lines of a form that were refused
	extra *fileExtras // what a file changes beside the classes
}

func newClassDesk(d Deps) classDesk {
	return classDesk{timetable{d}, &typedLines{}, &fileExtras{}}
}

// timetable shows and changes the classes of a server.
type timetable struct{ Deps }

// by says that the reader changes something now, and in words what to.
func (t timetable) by(req *bot.Request, detail string) schedule.By {
	return schedule.By{UserID: req.UserID, At: t.Now(), Detail: detail}
}

// mayChange refuses who can't change the classes of a place. It is asked at
// every command, button and form.
func mayChange(req *bot.Request, p schedule.Place) error {
	switch {
	case req.GuildID != p.GuildID:
		return &bot.UserError{Key: "class.gone"}
	case req.Perms.Has(bot.ManageServer), p.CoachRole != "" && slices.Contains(req.Roles, p.CoachRole):
		return nil
	case p.CoachRole != "":
		return &bot.UserError{Key: "class.not_coach", Args: bot.Args{"Role": card.RoleMention(p.CoachRole)}}
	}
	return &bot.UserError{Key: "class.not_allowed"}
}

// series returns a saved class of the reader's server.
func (t timetable) series(ctx context.Context, req *bot.Request, id int64) (schedule.Series, error) {
	s, err := t.Classes.Series(ctx, id)
	if errors.Is(err, schedule.ErrNoClass) || err == nil && (s.Place.GuildID != req.GuildID || !s.DraftUntil.IsZero()) {
		return schedule.Series{}, &bot.UserError{Key: "class.gone"}
	}
	if err != nil {
		return schedule.Series{}, fmt.Errorf("find the class: %w", err)
	}
	return s, nil
}

// changeable returns a saved class that the reader may change.
func (t timetable) changeable(ctx context.Context, req *bot.Request, id int64) (schedule.Series, error) {
	s, err := t.series(ctx, req, id)
	if err != nil {
		return s, err
	}
	return s, mayChange(req, s.Place)
}

// roomFor refuses more classes than the server has room for.
func (t timetable) roomFor(ctx context.Context, req *bot.Request, more int) error {
	all, err := t.Classes.SeriesOf(ctx, req.GuildID)
	if err != nil {
		return fmt.Errorf("count the classes: %w", err)
	}
	switch room := max(0, schedule.ClassesMax-len(all)); {
	case more <= room:
		return nil
	case more > 1:
		return &bot.UserError{Key: "class.cap_many", Args: bot.Args{"count": room, "More": more, "Max": schedule.ClassesMax}}
	}
	return &bot.UserError{Key: "class.cap", Args: bot.Args{"Max": schedule.ClassesMax}}
}

// timing reads when the class starts, and its last day.
func (t timetable) timing(s *schedule.Series, at, until string) error {
	rule, err := schedule.Parse(at)
	if pe, ok := errors.AsType[*schedule.ParseError](err); ok {
		return input.RuleFault(pe)
	}
	if err != nil {
		return fmt.Errorf("read the rule: %w", err)
	}
	s.Rule = rule
	r, err := s.Recurrence(t.Zones)
	if err != nil {
		return fmt.Errorf("read the rule: %w", err)
	}
	s.Until = schedule.Date{}
	if until != "" {
		today := schedule.DateOf(t.Now().In(r.Zone))
		if s.Until, err = input.Day(until, today); err != nil {
			return err
		}
		if s.Until.Before(today) {
			return &bot.UserError{Key: "class.until_past", Args: bot.Args{"Seen": s.Until, "Today": today}}
		}
	}
	return nil
}

// firstPost returns when the next post of a class is due, or its next start if
// it has no posts, or says that none is.
func (t timetable) firstPost(s schedule.Series) (first time.Time, err error) {
	r, err := s.Recurrence(t.Zones)
	if err != nil {
		return first, fmt.Errorf("find the first post: %w", err)
	}
	due, err := dueNext(s, r, t.Now(), 1)
	if err != nil {
		return first, fmt.Errorf("find the first post: %w", err)
	}
	if len(due) == 0 {
		return first, &bot.UserError{Key: "class.never"}
	}
	return due[0].at, nil
}

func title(text string) (string, error) {
	text = strings.Join(strings.Fields(text), " ")
	if n := utf8.RuneCountInString(text); n > titleMax {
		return "", &bot.UserError{Key: "class.title_long", Args: bot.Args{"Seen": n}}
	}
	return text, nil
}
