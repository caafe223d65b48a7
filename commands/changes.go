package commands

import (
	"cmp"
	"context"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/schedule"
)

const (
	changesAtOnce = 8
	changeMax     = 440 // characters of a line, so that a page of the longest fits
)

func (t timetable) turnChanges(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	return t.changesCard(ctx, req, s.ID, int(s.N))
}

// changesCard shows who changed what, the latest first: of one class, or of all
// and their places without an id. It names people, so only those who may change
// something see it.
func (t timetable) changesCard(ctx context.Context, req *bot.Request, classID int64, page int) (bot.Reply, error) {
	places, err := t.placesOf(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if err := t.maySeeChanges(ctx, req, classID, places); err != nil {
		return bot.Reply{}, err
	}
	page = min(max(page, 1), historyPages)
	changes, err := t.Classes.Changes(ctx, req.GuildID, classID, changesAtOnce+1, (page-1)*changesAtOnce)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the changes: %w", err)
	}
	if len(changes) == 0 && page > 1 {
		return t.changesCard(ctx, req, classID, 1)
	}
	names, err := t.titles(ctx, req, classID)
	if err != nil {
		return bot.Reply{}, err
	}
	parts := []bot.Part{bot.Text(req.Say("class.changes.none"))}
	if len(changes) > 0 {
		var lines []string
		for _, c := range changes[:min(len(changes), changesAtOnce)] {
			line, err := t.changeLineOf(req, c, places, names[c.ClassID])
			if err != nil {
				return bot.Reply{}, err
			}
			lines = append(lines, line)
		}
		parts = []bot.Part{bot.Text(req.Say("class.changes.title")), bot.Text(card.Bullets(lines))}
	}
	if row := t.changesRow(req, classID, page, len(changes) > changesAtOnce); len(row) > 0 {
		parts = append(parts, row)
	}
	return card.Calm(parts...), nil
}

func (t timetable) maySeeChanges(ctx context.Context, req *bot.Request, classID int64, places []schedule.Place) error {
	if classID != 0 {
		_, err := t.changeable(ctx, req, classID)
		return err
	}
	var refused error = &bot.UserError{Key: "class.no_place"}
	for _, p := range places {
		if refused = mayChange(req, p); refused == nil {
			return nil
		}
	}
	return refused
}

// titles says which class is which, by title or rule, where changes of several
// stand together.
func (t timetable) titles(ctx context.Context, req *bot.Request, classID int64) (map[int64]string, error) {
	titles := map[int64]string{}
	if classID != 0 {
		return titles, nil
	}
	all, err := t.Classes.SeriesOf(ctx, req.GuildID)
	if err != nil {
		return nil, fmt.Errorf("name the classes: %w", err)
	}
	for _, s := range all {
		titles[s.ID] = card.Either(s.Title == "", s.Rule.String(), s.Title)
	}
	return titles, nil
}

// changeLineOf says a change in a line, on the clock of its place. name is of
// its class, "" for none; the place is named where there are several.
func (t timetable) changeLineOf(req *bot.Request, c schedule.Change, places []schedule.Place, name string) (string, error) {
	i := slices.IndexFunc(places, func(p schedule.Place) bool { return p.ID == c.PlaceID })
	if i < 0 {
		return "", fmt.Errorf("show the changes: place %d is gone", c.PlaceID)
	}
	zone, err := t.Zones.Location(places[i].Zone)
	if err != nil {
		return "", fmt.Errorf("show the changes: %w", err)
	}
	who := "<@" + c.UserID + ">"
	if c.UserID == "" {
		who = req.Say("class.changes.forgotten")
	}
	line := req.Say("class.changes.line", bot.Args{"Wall": card.Wall(req.Say, c.At.In(zone)), "Who": who, "What": req.Say("class.changes.what." + c.What)})
	if c.Detail != "" {
		line += ": " + plainButMentions(c.Detail)
	}
	if name != "" && name != c.Detail {
		line = card.Joined(line, card.Plain(name))
	}
	if len(places) > 1 && !strings.HasPrefix(c.Detail, places[i].Name) {
		line = card.Joined(line, card.Plain(places[i].Name))
	}
	return card.Cut(line, changeMax), nil
}

// escapedMention is a channel or role as plain leaves it.
var escapedMention = regexp.MustCompile(`\\<(\\#|@&)([0-9]+)>`)

// plainButMentions is plain for the details of changes, which name channels and
// roles.
func plainButMentions(text string) string {
	return escapedMention.ReplaceAllStringFunc(card.Plain(text), func(m string) string { return strings.ReplaceAll(m, `\`, "") })
}

// changesRow has the pages beside this one, and the way back.
func (t timetable) changesRow(req *bot.Request, classID int64, page int, more bool) bot.Row {
	var row bot.Row
	to := func(page int) string {
		return button.ChangesID.For(button.ClassState{Act: button.ActChanges, ID: classID, N: int64(page)})
	}
	if page > 1 {
		row = append(row, bot.Button{Label: req.Say("class.button.page_before"), ID: to(page - 1)})
	}
	if more {
		row = append(row, bot.Button{Label: req.Say("class.button.page_after"), ID: to(page + 1)})
	}
	switch {
	case classID != 0:
		row = append(row, t.backTo(req, classID))
	case req.Perms.Has(bot.ManageServer):
		row = append(row, backToPlace(req, 0))
	}
	return row
}

// backToPlace leads to the card of a place; of the one that is meant here
// without an id.
func backToPlace(req *bot.Request, id int64) bot.Button {
	return bot.Button{Label: req.Say("setup.button.back"), ID: button.SetupID.For(button.ClassState{Act: button.ActShow, ID: id, N: 0})}
}

// placeDetail says what was changed of a place, for the record of changes.
func placeDetail(req *bot.Request, before, after schedule.Place) string {
	if before.ID == 0 {
		return after.Name + ", " + after.Zone
	}
	var all []string
	differs := func(key, old, to string) {
		if old != to {
			none := req.Say("setup.change.none")
			all = append(all, req.Say("setup.change."+key, bot.Args{"Old": cmp.Or(old, none), "New": cmp.Or(to, none)}))
		}
	}
	onOff := func(on bool) string { return req.Say(card.Either(on, "setup.change.on", "setup.change.off")) }
	differs("name", before.Name, after.Name)
	differs("zone", before.Zone, after.Zone)
	differs("country", before.Country, after.Country)
	differs("language", before.Language, after.Language)
	differs("channel", mentionOf(card.ChannelMention, before.ChannelID), mentionOf(card.ChannelMention, after.ChannelID))
	differs("coach", mentionOf(card.RoleMention, before.CoachRole), mentionOf(card.RoleMention, after.CoachRole))
	differs("log", mentionOf(card.ChannelMention, before.LogChannel), mentionOf(card.ChannelMention, after.LogChannel))
	differs("tidy", onOff(before.Tidy), onOff(after.Tidy))
	return strings.Join(all, ", ")
}

// mentionOf is "" for no id.
func mentionOf(mention func(string) string, id string) string {
	if id == "" {
		return ""
	}
	return mention(id)
}
