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
	"unpinch/schedule"
)

// Bounds of a class.
const (
	titleMax     = 60 // characters
	minutesMin   = 5
	minutesMax   = 600
	leadMax      = 120 // minutes
	draftMinutes = 15
)

// class puts classes on the timetable and shows what became of their posts.
func class(d Deps) (bot.Command, []bot.Component) {
	t := timetable{d}
	a := addFlow{t,
		bot.String("at", "class.option.at").Required(),
		bot.Int("length", "class.option.length", minutesMin, minutesMax, 60),
		bot.String("title", "class.option.title"),
		bot.Int("before", "class.option.before", 0, leadMax, 10),
		bot.Bool("cool_down", "class.option.cool_down"),
		bot.Channel("channel", "class.option.channel"),
		bot.Role("ping", "class.option.ping"),
		bot.String("until", "class.option.until"),
	}
	closed, closedParts := closedDays(t)
	// They exist for whole commands only, so that who may change is checked in
	// the handlers, at every press.
	command := bot.Command{Name: "class", About: "class.about",
		Where: []bot.Context{bot.InServer}, Install: []bot.Install{bot.ForServer}, Subs: []bot.Command{
			{Name: "add", About: "class.add.about", Answer: bot.NewPrivate, Run: a.run,
				Options: []bot.Option{a.at, a.length, a.title, a.before, a.coolDown, a.channel, a.ping, a.until}},
			{Name: "list", About: "class.list.about", Answer: bot.NewPrivate,
				Run: func(ctx context.Context, req *bot.Request) (bot.Reply, error) { return t.list(ctx, req, 1) }},
			closed,
			{Name: "history", About: "class.history.about", Answer: bot.NewPrivate,
				Run: func(ctx context.Context, req *bot.Request) (bot.Reply, error) { return t.history(ctx, req, 0, 1) }},
		}}
	private := append(closedParts,
		bot.Handle(changesID, bot.Update, t.turnChanges),
		bot.Handle(classID, bot.Update, t.turn),
		bot.Handle(classLookID, bot.NewPrivate, t.preview),
		bot.Handle(classFormID, bot.OpenModal, t.form),
		bot.Handle(classSetID, bot.Update, t.submitted),
	)
	for i := range private {
		private[i].OwnerOnly = true
	}
	return command, append(private, bot.Handle(mendID, bot.NewPrivate, t.mendFromAlert), bot.Handle(doneID, bot.NewPrivate, newDoneCount(d).press))
}

// timetable shows and changes the classes of a server.
type timetable struct{ Deps }

// by says that the reader changes something now, and in words what to.
func (t timetable) by(req *bot.Request, detail string) schedule.By {
	return schedule.By{UserID: req.UserID, At: t.Now(), Detail: detail}
}

// place returns the server's place, or says that there is none.
func (t timetable) place(ctx context.Context, req *bot.Request) (schedule.Place, error) {
	places, err := t.Classes.Places(ctx, req.GuildID)
	if err != nil {
		return schedule.Place{}, fmt.Errorf("find the place: %w", err)
	}
	if len(places) == 0 {
		return schedule.Place{}, &bot.UserError{Key: "class.no_place"}
	}
	return places[0], nil
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
		return &bot.UserError{Key: "class.not_coach", Args: args{"Role": roleMention(p.CoachRole)}}
	}
	return &bot.UserError{Key: "class.not_allowed"}
}

// listing returns a saved class of the reader's server.
func (t timetable) listing(ctx context.Context, req *bot.Request, id int64) (schedule.Listing, error) {
	l, err := t.Classes.Listing(ctx, id)
	if errors.Is(err, schedule.ErrNoClass) || err == nil && (l.Place.GuildID != req.GuildID || !l.DraftUntil.IsZero()) {
		return schedule.Listing{}, &bot.UserError{Key: "class.gone"}
	}
	if err != nil {
		return schedule.Listing{}, fmt.Errorf("find the class: %w", err)
	}
	return l, nil
}

// changeable returns a saved class that the reader may change.
func (t timetable) changeable(ctx context.Context, req *bot.Request, id int64) (schedule.Listing, error) {
	l, err := t.listing(ctx, req, id)
	if err != nil {
		return l, err
	}
	return l, mayChange(req, l.Place)
}

// addFlow drafts a class.
type addFlow struct {
	timetable
	at       *bot.StringOption
	length   *bot.IntOption
	title    *bot.StringOption
	before   *bot.IntOption
	coolDown *bot.BoolOption
	channel  *bot.ChannelOption
	ping     *bot.RoleOption
	until    *bot.StringOption
}

// run keeps a draft of what was given and shows its contract.
func (a addFlow) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	place, err := a.place(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if err := mayChange(req, place); err != nil {
		return bot.Reply{}, err
	}
	if err := a.room(ctx, req); err != nil {
		return bot.Reply{}, err
	}
	now := a.Now()
	l := schedule.Listing{Place: place, Purpose: schedule.ForClass, ChannelID: place.ChannelID, CreatedBy: req.UserID, CreatedAt: now,
		Length: time.Duration(a.length.Get(req)) * time.Minute, Lead: time.Duration(a.before.Get(req)) * time.Minute,
		CoolDown: !a.coolDown.Given(req) || a.coolDown.Get(req), DraftUntil: now.Add(draftMinutes * time.Minute)}
	if err := a.timing(req, &l, a.at.Get(req), a.until.Get(req)); err != nil {
		return bot.Reply{}, err
	}
	if l.Title, err = title(a.title.Get(req)); err != nil {
		return bot.Reply{}, err
	}
	if len(l.Posts()) == 0 {
		return bot.Reply{}, &bot.UserError{Key: "class.no_posts"}
	}
	notes, err := a.channelAndPing(req, &l)
	if err != nil {
		return bot.Reply{}, err
	}
	if _, err := a.firstPost(l); err != nil {
		return bot.Reply{}, err
	}
	if l.ID, err = a.Classes.AddDrafts(ctx, 0, []schedule.Listing{l}); err != nil {
		return bot.Reply{}, fmt.Errorf("add a class: %w", err)
	}
	return a.contract(req, l, notes)
}

// room refuses one class too many.
func (t timetable) room(ctx context.Context, req *bot.Request) error {
	all, err := t.Classes.Listings(ctx, req.GuildID)
	if err != nil {
		return fmt.Errorf("count the classes: %w", err)
	}
	if len(all) >= schedule.ClassesMax {
		return &bot.UserError{Key: "class.cap", Args: args{"Max": schedule.ClassesMax}}
	}
	return nil
}

// timing reads when the class starts, and its last day.
func (t timetable) timing(req *bot.Request, l *schedule.Listing, at, until string) error {
	rule, err := schedule.Parse(at)
	if pe, ok := errors.AsType[*schedule.ParseError](err); ok {
		return ruleFault(pe)
	}
	if err != nil {
		return fmt.Errorf("read the rule: %w", err)
	}
	l.Rule = rule
	c, err := l.Class(t.Zones)
	if err != nil {
		return fmt.Errorf("read the rule: %w", err)
	}
	if until != "" {
		today := schedule.DateOf(t.Now().In(c.Zone))
		if l.Until, err = day(until, today); err != nil {
			return err
		}
		if l.Until.Before(today) {
			return &bot.UserError{Key: "class.until_past", Args: args{"Seen": l.Until, "Today": today}}
		}
	}
	return nil
}

// firstPost returns when the next post of a class is due, or says that none
// is.
func (t timetable) firstPost(l schedule.Listing) (first time.Time, err error) {
	c, err := l.Class(t.Zones)
	if err != nil {
		return first, fmt.Errorf("find the first post: %w", err)
	}
	for _, k := range l.Posts() {
		due, _, err := c.NextDue(t.Now(), l.Offset(k))
		if err != nil && !errors.Is(err, schedule.ErrNever) {
			return first, fmt.Errorf("find the first post: %w", err)
		}
		if err == nil && (first.IsZero() || due.Before(first)) {
			first = due
		}
	}
	if first.IsZero() {
		return first, &bot.UserError{Key: "class.never"}
	}
	return first, nil
}

// ruleFault says what is wrong with a rule.
func ruleFault(e *schedule.ParseError) error {
	return &bot.UserError{Key: "class.fault." + strings.ReplaceAll(string(e.Fault), " ", "_"),
		Args: args{"Seen": e.Seen, "Example": e.Example()}}
}

// day reads a day of the calendar; the example in its refusal is near today.
func day(text string, today schedule.Date) (schedule.Date, error) {
	d, err := schedule.ParseDate(strings.TrimSpace(text))
	if err != nil {
		return d, &bot.UserError{Key: "class.day_odd", Args: args{"Seen": seen(text), "Example": today}}
	}
	return d, nil
}

func title(text string) (string, error) {
	text = strings.Join(strings.Fields(text), " ")
	if n := utf8.RuneCountInString(text); n > titleMax {
		return "", &bot.UserError{Key: "class.title_long", Args: args{"Seen": n}}
	}
	return text, nil
}

// channelAndPing takes over where posts go and whom they ping, and returns
// what the contract says of both.
func (a addFlow) channelAndPing(req *bot.Request, l *schedule.Listing) (notes []string, err error) {
	channel := req.Here()
	if c, ok := a.channel.Get(req); ok {
		l.ChannelID, channel = c.ID, c
	}
	role, ok := a.ping.Get(req)
	if !ok {
		return notesOn(req, *l, channel, role), nil
	}
	if role.ID == req.GuildID {
		return nil, &bot.UserError{Key: "class.ping_everyone"}
	}
	if l.Lead == 0 {
		return nil, &bot.UserError{Key: "class.ping_no_pre"}
	}
	l.RoleID = role.ID
	return notesOn(req, *l, channel, role), nil
}

// notesOn says whether posts reach the class's channel, and a ping its role.
// channel and role are those that the request tells of; of others nobody knows.
func notesOn(req *bot.Request, l schedule.Listing, channel bot.ChannelValue, role bot.RoleValue) (notes []string) {
	here := channel.ID == l.ChannelID
	if here {
		notes = append(notes, permissionLine(req, channel))
	}
	key := "class.contract.ping_maybe"
	switch {
	case l.RoleID == "":
		return notes
	case role.Mentionable, here && channel.Perms.Has(bot.MentionEveryone):
		key = "class.contract.ping"
	case here && role.ID == l.RoleID:
		key = "class.contract.ping_nobody"
	}
	return append(notes, req.Say(key, args{"Role": roleMention(l.RoleID)}))
}
