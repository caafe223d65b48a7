package class

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/classwords"
	"unpinch/commands/input"
	"unpinch/commands/place"
	"unpinch/schedule"
)

// classesAtOnce is how many classes a page has: what a select holds.
const classesAtOnce = 25

// list lists the classes of a server.
type list struct {
	places place.Finder
	store  listed
	atlas  input.Atlas
}

// listing is /class list.
type listing struct {
	week
	place *bot.StringOption
}

func newListing(w week) listing {
	return listing{w, bot.String("place", "class.option.place").Complete(w.list.places.Suggest)}
}

func (l listing) command() bot.Command {
	return bot.Command{Name: "list", About: "class.list.about", Answer: bot.NewPrivate, Run: l.run, Options: []bot.Option{l.place}}
}

func (l listing) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	if l.place.Get(req) == "" {
		return l.show(ctx, req, 0, 0)
	}
	p, err := l.list.places.For(ctx, req, l.place.Get(req))
	if err != nil {
		return bot.Reply{}, err
	}
	return l.show(ctx, req, p.ID, 0)
}

// all returns the classes of a server, or of one of its places, and the places
// that they are at.
func (l list) all(ctx context.Context, req *bot.Request, placeID int64) ([]schedule.Place, []schedule.Series, error) {
	places, err := l.places.Some(ctx, req)
	if err != nil {
		return nil, nil, err
	}
	all, err := l.store.SeriesOf(ctx, req.GuildID)
	if err != nil {
		return nil, nil, fmt.Errorf("list the classes: %w", err)
	}
	if i := slices.IndexFunc(places, func(p schedule.Place) bool { return p.ID == placeID }); i >= 0 {
		places = places[i : i+1]
		all = slices.DeleteFunc(all, func(s schedule.Series) bool { return s.Place.ID != placeID })
	}
	return places, all, nil
}

// show shows a server's classes, or those of one of its places, a page at a
// time.
func (l list) show(ctx context.Context, req *bot.Request, placeID int64, page int) (bot.Reply, error) {
	places, all, err := l.all(ctx, req, placeID)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(places) != 1 || places[0].ID != placeID { // of another server, or gone
		placeID = 0
	}
	if len(all) == 0 {
		return card.Calm(bot.Text(req.Say("class.list.none"))), nil
	}
	pages := (len(all) + classesAtOnce - 1) / classesAtOnce
	page = min(max(page, 1), pages)
	entries := make([]bot.Entry, 0, classesAtOnce)
	for _, s := range all[(page-1)*classesAtOnce : min(len(all), page*classesAtOnce)] {
		e, err := l.entry(req, s, len(places) > 1)
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

// entry is a class in the select: its title, which tells two at one time apart, and
// its times, with its place where there are several, what is out of the ordinary
// and its next start.
func (l list) entry(req *bot.Request, s schedule.Series, named bool) (bot.Entry, error) {
	r, err := s.Recurrence(l.atlas.Zones)
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
	add(pausedOn(s, l.atlas.Now().In(r.Zone)), req.Say("class.list.paused", bot.Args{"Day": schedule.DayYear.OfDay(req.Say, s.PausedUntil)}))
	add(s.Purpose == schedule.ForDesk, req.Say("class.list.desk"))
	next, err := r.NextStart(l.atlas.Now())
	if err != nil && !errors.Is(err, schedule.ErrNever) {
		return bot.Entry{}, fmt.Errorf("list the classes: %w", err)
	}
	if moved := r.Moved(l.atlas.Now()); err == nil && slices.ContainsFunc(moved, func(s schedule.Start) bool { return s.At.Equal(next) }) {
		add(true, req.Say("class.list.moved"))
	}
	add(err == nil, req.Say("class.list.next", bot.Args{"Wall": card.When(req.Say, l.atlas.Now(), next)}))
	add(err != nil, req.Say("class.list.over"))
	return bot.Entry{Label: card.Cut(card.Joined(s.Title, classwords.Sentence(req, s.Rule)), 100), Value: strconv.FormatInt(s.ID, 10), About: card.Cut(about, 100)}, nil
}

// pageRow has the buttons to the pages beside s.N.
func pageRow(req *bot.Request, s button.ClassState, more bool) bot.Row {
	var row bot.Row
	if s.N > 1 {
		row = append(row, bot.Button{Label: req.Say("card.page_before"), ID: button.ClassID.For(button.ClassState{Act: s.Act, ID: s.ID, N: s.N - 1})})
	}
	if more {
		row = append(row, bot.Button{Label: req.Say("card.page_after"), ID: button.ClassID.For(button.ClassState{Act: s.Act, ID: s.ID, N: s.N + 1})})
	}
	return row
}

// suggest lists the classes that what was typed so far may mean.
func (l list) suggest(ctx context.Context, req *bot.Request, typed string) ([]bot.Choice, error) {
	all, err := l.store.SeriesOf(ctx, req.GuildID)
	if err != nil {
		return nil, fmt.Errorf("suggest a class: %w", err)
	}
	var choices []bot.Choice
	for _, s := range all {
		if len(choices) == classesAtOnce { // no need to say the rest
			break
		}
		label := card.Joined(s.Title, classwords.Sentence(req, s.Rule))
		if input.Holds(label+" "+s.Rule.String()+" "+s.Place.Name, typed) {
			choices = append(choices, bot.Choice{Label: card.Cut(label, 100), Value: strconv.FormatInt(s.ID, 10)})
		}
	}
	return choices, nil
}
