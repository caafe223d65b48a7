package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// How many entries a page has.
const (
	classesAtOnce = 25 // what a select holds
	historyAtOnce = 10
	historyPages  = 100_000 // more than any ledger has
	nameMax       = 40      // characters of a title in the history, where places are named too
)

// listFlow lists classes.
type listFlow struct {
	timetable
	place *bot.StringOption
}

func (f listFlow) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	if f.place.Get(req) == "" {
		return f.list(ctx, req, 0, 1)
	}
	p, err := f.placeFor(ctx, req, f.place.Get(req))
	if err != nil {
		return bot.Reply{}, err
	}
	return f.list(ctx, req, p.ID, 1)
}

// list shows a server's classes, or those of one of its places, a page at a
// time.
func (t timetable) list(ctx context.Context, req *bot.Request, placeID int64, page int) (bot.Reply, error) {
	places, err := t.placesOf(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(places) == 0 {
		return bot.Reply{}, &bot.UserError{Key: "class.no_place"}
	}
	all, err := t.Classes.SeriesOf(ctx, req.GuildID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("list the classes: %w", err)
	}
	if i := slices.IndexFunc(places, func(p schedule.Place) bool { return p.ID == placeID }); i >= 0 {
		places = places[i : i+1]
		all = slices.DeleteFunc(all, func(s schedule.Series) bool { return s.Place.ID != placeID })
	} else { // of another server, or gone
		placeID = 0
	}
	if len(all) == 0 {
		return card.Calm(bot.Text(req.Say("class.list.none"))), nil
	}
	pages := (len(all) + classesAtOnce - 1) / classesAtOnce
	page = min(max(page, 1), pages)
	entries := make([]bot.Entry, 0, classesAtOnce)
	for _, s := range all[(page-1)*classesAtOnce : min(len(all), page*classesAtOnce)] {
		e, err := t.entry(req, s, len(places) > 1)
		if err != nil {
			return bot.Reply{}, err
		}
		entries = append(entries, e)
	}
	key := card.Either(len(places) > 1, "class.list.title_many", "class.list.title")
	parts := []bot.Part{
		bot.Text(req.Say(key, bot.Args{"count": len(all), "Place": card.Plain(places[0].Name), "Places": len(places)})),
		bot.Select{ID: button.ClassID.For(button.ClassState{Act: button.ActShow, ID: 0, N: 0}), Hint: req.Say("class.list.hint"), Entries: entries},
	}
	if pages > 1 {
		parts = append(parts, bot.Text(req.Say("class.list.page", bot.Args{"Page": page, "Pages": pages})))
	}
	if row := pageRow(req, button.ClassState{Act: button.ActList, ID: placeID, N: int64(page)}, page < pages); len(row) > 0 {
		parts = append(parts, row)
	}
	return card.Calm(parts...), nil
}

// entry is a class in the select: with its place where there are several, what
// is out of the ordinary, its next start and its title.
func (t timetable) entry(req *bot.Request, s schedule.Series, named bool) (bot.Entry, error) {
	r, err := s.Recurrence(t.Zones)
	if err != nil {
		return bot.Entry{}, fmt.Errorf("list the classes: %w", err)
	}
	about := ""
	add := func(ok bool, text string) {
		if ok {
			about = card.Joined(about, text)
		}
	}
	add(named, s.Place.Name)
	add(!s.BrokenAt.IsZero(), req.Say("class.list.broken"))
	add(pausedOn(s, t.Now().In(r.Zone)), req.Say("class.list.paused", bot.Args{"Day": schedule.DayYear.OfDay(req.Say, s.PausedUntil)}))
	add(s.Purpose == schedule.ForDesk, req.Say("class.list.desk"))
	next, err := r.NextStart(t.Now())
	if err != nil && !errors.Is(err, schedule.ErrNever) {
		return bot.Entry{}, fmt.Errorf("list the classes: %w", err)
	}
	if moved := r.Moved(t.Now()); err == nil && slices.ContainsFunc(moved, func(m schedule.Move) bool { return m.To.Equal(next) }) {
		add(true, req.Say("class.list.moved"))
	}
	add(err == nil, req.Say("class.list.next", bot.Args{"Wall": card.Wall(req.Say, next)}))
	add(err != nil, req.Say("class.list.over"))
	add(s.Title != "", s.Title)
	return bot.Entry{Label: card.Cut(sentenceOf(req, s.Rule), 100), Value: strconv.FormatInt(s.ID, 10), About: card.Cut(about, 100)}, nil
}

// pageRow has the buttons to the pages beside s.N.
func pageRow(req *bot.Request, s button.ClassState, more bool) bot.Row {
	var row bot.Row
	if s.N > 1 {
		row = append(row, bot.Button{Label: req.Say("class.button.page_before"), ID: button.ClassID.For(button.ClassState{Act: s.Act, ID: s.ID, N: s.N - 1})})
	}
	if more {
		row = append(row, bot.Button{Label: req.Say("class.button.page_after"), ID: button.ClassID.For(button.ClassState{Act: s.Act, ID: s.ID, N: s.N + 1})})
	}
	return row
}

// history shows what became of the posts: of one class, or of all without an
// id, the latest first.
func (t timetable) history(ctx context.Context, req *bot.Request, classID int64, page int) (bot.Reply, error) {
	if classID != 0 { // posts of a removed class are in the history of all
		if _, err := t.series(ctx, req, classID); err != nil {
			return bot.Reply{}, err
		}
	}
	places, err := t.placesOf(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(places) == 0 {
		return bot.Reply{}, &bot.UserError{Key: "class.no_place"}
	}
	page = min(max(page, 1), historyPages)
	posts, err := t.Classes.History(ctx, req.GuildID, classID, historyAtOnce+1, (page-1)*historyAtOnce)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the history: %w", err)
	}
	if len(posts) == 0 && page > 1 { // older ones have been trimmed
		return t.history(ctx, req, classID, 1)
	}
	names, zones, err := t.named(ctx, req, classID, places)
	if err != nil {
		return bot.Reply{}, err
	}
	var lines []string
	for _, o := range posts[:min(len(posts), historyAtOnce)] {
		zone := zones[o.ClassID]
		if zone == nil { // of a class that is gone
			zone = zones[0]
		}
		lines = append(lines, historyLine(req, o, zone, names[o.ClassID]))
	}
	parts := []bot.Part{bot.Text(req.Say("class.history.none"))}
	if len(lines) > 0 {
		parts = []bot.Part{bot.Text(req.Say("class.history.title")), bot.Text(card.Bullets(lines))}
	}
	row := pageRow(req, button.ClassState{Act: button.ActHistory, ID: classID, N: int64(page)}, len(posts) > historyAtOnce)
	if classID != 0 {
		row = append(row, t.backTo(req, classID))
	}
	if len(row) > 0 {
		parts = append(parts, row)
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentCalm, Parts: parts}}}, nil
}

// named says which class is which where posts of several stand together: by
// title, or else by rule, with its place where there are several. It returns
// each one's clock too, and by 0 that of the first place, for those that are
// removed: they have no name any more.
func (t timetable) named(ctx context.Context, req *bot.Request, classID int64, places []schedule.Place) (names map[int64]string, zones map[int64]*time.Location, err error) {
	all, err := t.Classes.SeriesOf(ctx, req.GuildID)
	if err != nil {
		return nil, nil, fmt.Errorf("name the classes: %w", err)
	}
	all = append(all, schedule.Series{Place: places[0]})
	names, zones = map[int64]string{}, map[int64]*time.Location{}
	for _, s := range all {
		if zones[s.ID], err = t.Zones.Location(s.Place.Zone); err != nil {
			return nil, nil, fmt.Errorf("name the classes: %w", err)
		}
		if classID != 0 || s.ID == 0 {
			continue
		}
		name := card.Plain(s.Title)
		switch {
		case s.Title == "":
			name = card.Cut(sentenceOf(req, s.Rule), titleMax)
		case len(places) > 1:
			name = card.Plain(card.Cut(s.Title, nameMax))
		}
		if len(places) > 1 {
			name = card.Joined(name, card.Plain(card.Cut(s.Place.Name, nameMax/2)))
		}
		names[s.ID] = name
	}
	return names, zones, nil
}

func (t timetable) backTo(req *bot.Request, id int64) bot.Button {
	return bot.Button{Label: req.Say("pinched.button.back"), ID: button.ClassID.For(button.ClassState{Act: button.ActShow, ID: id, N: 0})}
}

// historyLine says when a post was due and what became of it, with the name of
// its class if there is one, and a link while the message stands.
func historyLine(req *bot.Request, o schedule.Occurrence, zone *time.Location, name string) string {
	late := ""
	if o.State == schedule.StateLate {
		late = minutesLate(req, o.SentAt.Sub(o.DueAt))
	}
	values := bot.Args{"Wall": card.Wall(req.Say, o.DueAt.In(zone)), "Kind": req.Say("class.kind." + string(o.Kind)),
		"State": req.Say("class.state."+string(o.State), bot.Args{"Late": late})}
	key := "class.history.line"
	if o.Reason != "" {
		key, values["Why"] = "class.history.line_why", req.Say("class.reason."+string(o.Reason))
	}
	line := req.Say(key, values)
	if name != "" {
		line = card.Joined(line, name)
	}
	if o.MessageID != "" && !o.Gone {
		line = card.Joined(line, req.Say("class.history.link", bot.Args{"URL": card.MessageURL(o.GuildID, o.ChannelID, o.MessageID)}))
	}
	return line
}

// minutesLate says how late something was.
func minutesLate(req *bot.Request, d time.Duration) string {
	return req.Say("class.minutes", bot.Args{"Minutes": max(1, int(d.Round(time.Minute).Minutes()))})
}

// mendFromAlert lets a class's posts go out again: for its creator, who may
// press in the DM, and for those who may change it.
func (t timetable) mendFromAlert(ctx context.Context, req *bot.Request, id button.Occurrence) (bot.Reply, error) {
	o, err := t.Classes.Occurrence(ctx, int64(id))
	if errors.Is(err, schedule.ErrNoOccurrence) || err == nil && o.Kind != schedule.KindAlert && o.Kind != schedule.KindLog {
		return bot.Reply{}, &bot.UserError{Key: "class.mend_over"}
	}
	if err != nil {
		return bot.Reply{}, fmt.Errorf("mend a class: %w", err)
	}
	s, err := t.Classes.Series(ctx, o.ClassID)
	if errors.Is(err, schedule.ErrNoClass) {
		return bot.Reply{}, &bot.UserError{Key: "class.gone"}
	}
	if err != nil {
		return bot.Reply{}, fmt.Errorf("mend a class: %w", err)
	}
	if o.UserID != req.UserID { // who was told may mend
		if err := mayChange(req, s.Place); err != nil {
			return bot.Reply{}, err
		}
	}
	if err := t.Classes.Mend(ctx, s.ID, t.by(req, "")); err != nil {
		return bot.Reply{}, fmt.Errorf("mend a class: %w", err)
	}
	t.Kick()
	return bot.Reply{Parts: []bot.Part{bot.Text(req.Say("class.note.mended"))}}, nil
}
