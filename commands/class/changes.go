package class

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/place"
	"unpinch/schedule"
)

const (
	changesAtOnce = 8
	changeMax     = 440 // characters of a line, so that a page of the longest fits
)

// A record says who has changed what.
type record interface {
	// Changes returns what was changed, the latest first; of all when classID is
	// 0.
	Changes(ctx context.Context, guildID string, classID int64, limit, offset int) ([]schedule.Change, error)
}

// changes show the record of changes.
type changes struct {
	places  place.Finder
	classes classes
	store   record
	listed  listed
	zones   *schedule.Zones
	now     func() time.Time
}

func (c changes) turn(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	return c.card(ctx, req, s.ID, int(s.N))
}

// card shows who changed what, the latest first: of one class, or of all
// and their places without an id. It names people, so that only someone who may change
// something sees it.
func (c changes) card(ctx context.Context, req *bot.Request, classID int64, page int) (bot.Reply, error) {
	places, err := c.places.Of(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if err := c.maySee(ctx, req, classID, places); err != nil {
		return bot.Reply{}, err
	}
	page = min(max(page, 1), historyPages)
	all, err := c.store.Changes(ctx, req.GuildID, classID, changesAtOnce+1, (page-1)*changesAtOnce)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the changes: %w", err)
	}
	if len(all) == 0 && page > 1 {
		return c.card(ctx, req, classID, 1)
	}
	names, err := c.titles(ctx, req, classID)
	if err != nil {
		return bot.Reply{}, err
	}
	parts := []bot.Part{bot.Text(req.Say("class.changes.none"))}
	if len(all) > 0 {
		var lines []string
		for _, one := range all[:min(len(all), changesAtOnce)] {
			line, err := c.line(req, one, places, names[one.ClassID])
			if err != nil {
				return bot.Reply{}, err
			}
			lines = append(lines, line)
		}
		parts = []bot.Part{bot.Text(req.Say("class.changes.title")), bot.Text(card.Bullets(lines))}
	}
	if row := changesRow(req, classID, page, len(all) > changesAtOnce); len(row) > 0 {
		parts = append(parts, row)
	}
	return card.Calm(parts...), nil
}

func (c changes) maySee(ctx context.Context, req *bot.Request, classID int64, places []schedule.Place) error {
	if classID != 0 {
		_, err := c.classes.changeable(ctx, req, classID)
		return err
	}
	refused := place.None(req)
	for _, p := range places {
		if refused = place.MayChange(req, p); refused == nil {
			return nil
		}
	}
	return refused
}

// titles says which class is which, by title or rule, where changes of several
// stand together.
func (c changes) titles(ctx context.Context, req *bot.Request, classID int64) (map[int64]string, error) {
	titles := map[int64]string{}
	if classID != 0 {
		return titles, nil
	}
	all, err := c.listed.SeriesOf(ctx, req.GuildID)
	if err != nil {
		return nil, fmt.Errorf("name the classes: %w", err)
	}
	for _, s := range all {
		titles[s.ID] = card.Either(s.Title == "", s.Rule.String(), s.Title)
	}
	return titles, nil
}

// line says a change in a line, on the clock of its place. name is of
// its class, "" for none; the place is named where there are several. Of one that
// was removed it is the clock of the first.
func (c changes) line(req *bot.Request, ch schedule.Change, places []schedule.Place, name string) (string, error) {
	i := slices.IndexFunc(places, func(p schedule.Place) bool { return p.ID == ch.PlaceID })
	gone := i < 0
	if gone { // it was removed since
		i = 0
	}
	zone, err := c.zones.Location(places[i].Zone)
	if err != nil {
		return "", fmt.Errorf("show the changes: %w", err)
	}
	who := "<@" + ch.UserID + ">"
	if ch.UserID == "" {
		who = req.Say("class.changes.forgotten")
	}
	line := req.Say("class.changes.line", bot.Args{"Wall": card.When(req.Say, c.now(), ch.At.In(zone)), "Who": who, "What": req.Say("class.changes.what." + ch.What)})
	switch {
	case len(ch.Fields) > 0:
		line += ": " + place.Changed(req, ch.Fields)
	case ch.Detail != "":
		line += ": " + card.Plain(ch.Detail)
	}
	if name != "" && name != ch.Detail {
		line = card.Joined(line, card.Plain(name))
	}
	if len(places) > 1 && !gone && !strings.HasPrefix(ch.Detail, places[i].Name) {
		line = card.Joined(line, card.Plain(places[i].Name))
	}
	return card.Cut(line, changeMax), nil
}

// changesRow has the pages beside this one, and the way back.
func changesRow(req *bot.Request, classID int64, page int, more bool) bot.Row {
	var row bot.Row
	to := func(page int) string {
		return button.ChangesID.For(button.ClassState{Act: button.ActChanges, ID: classID, N: int64(page)})
	}
	if page > 1 {
		row = append(row, bot.Button{Label: req.Say("card.page_before"), ID: to(page - 1)})
	}
	if more {
		row = append(row, bot.Button{Label: req.Say("card.page_after"), ID: to(page + 1)})
	}
	switch {
	case classID != 0:
		row = append(row, backTo(req, classID))
	case req.Perms.Has(bot.ManageServer):
		row = append(row, place.Back(req, 0))
	}
	return row
}
