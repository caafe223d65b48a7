package class

import (
	"context"
	"fmt"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/classwords"
	"unpinch/commands/input"
	"unpinch/commands/place"
	"unpinch/schedule"
)

const (
	historyAtOnce = 10
	historyPages  = 100_000 // more than any ledger has
	nameMax       = 40      // characters of a title in the history, where places are named too
)

// A posts has what became of posts.
type posts interface {
	// History returns posts, the latest due first; of all classes when classID
	// is 0.
	History(ctx context.Context, guildID string, classID int64, limit, offset int) ([]schedule.Occurrence, error)
}

// history shows what became of posts.
type history struct {
	places  place.Finder
	classes classes
	store   posts
	listed  listed
	atlas   input.Atlas
}

// show shows what became of the posts: of one class, or of all without an
// id, the latest first.
func (h history) show(ctx context.Context, req *bot.Request, classID int64, page int) (bot.Reply, error) {
	if classID != 0 { // posts of a removed class are in the history of all
		if _, err := h.classes.saved(ctx, req, classID); err != nil {
			return bot.Reply{}, err
		}
	}
	places, err := h.places.Some(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	page = min(max(page, 1), historyPages)
	posts, err := h.store.History(ctx, req.GuildID, classID, historyAtOnce+1, (page-1)*historyAtOnce)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the history: %w", err)
	}
	if len(posts) == 0 && page > 1 { // older ones have been trimmed
		return h.show(ctx, req, classID, 1)
	}
	names, zones, err := h.named(ctx, req, classID, places)
	if err != nil {
		return bot.Reply{}, err
	}
	var lines []string
	for _, o := range posts[:min(len(posts), historyAtOnce)] {
		zone := zones[o.ClassID]
		if zone == nil { // of a class that is gone
			zone = zones[0]
		}
		lines = append(lines, historyLine(req, o, h.dueOn(req, o, zone), names[o.ClassID]))
	}
	parts := []bot.Part{bot.Text(req.Say("class.history.none"))}
	if len(lines) > 0 {
		parts = []bot.Part{bot.Text(req.Say("class.history.title")), bot.Text(card.Bullets(lines))}
	}
	row := pageRow(req, button.ClassState{Act: button.ActHistory, ID: classID, N: int64(page)}, len(posts) > historyAtOnce)
	if classID != 0 {
		row = append(row, backTo(req, classID))
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
func (h history) named(ctx context.Context, req *bot.Request, classID int64, places []schedule.Place) (names map[int64]string, zones map[int64]*time.Location, err error) {
	all, err := h.listed.SeriesOf(ctx, req.GuildID)
	if err != nil {
		return nil, nil, fmt.Errorf("name the classes: %w", err)
	}
	all = append(all, schedule.Series{Place: places[0]})
	names, zones = map[int64]string{}, map[int64]*time.Location{}
	for _, s := range all {
		if zones[s.ID], err = h.atlas.Zones.Location(s.Place.Zone); err != nil {
			return nil, nil, fmt.Errorf("name the classes: %w", err)
		}
		if classID != 0 || s.ID == 0 {
			continue
		}
		name := card.Plain(s.Title)
		switch {
		case s.Title == "":
			name = card.Cut(classwords.Sentence(req, s.Rule), titleMax)
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

// backTo leads back to the card of a class.
func backTo(req *bot.Request, id int64) bot.Button {
	return bot.Button{Label: req.Say("card.back"), ID: button.ClassID.For(button.ClassState{Act: button.ActShow, ID: id, N: 0})}
}

// dueOn says when a post was due, on the clock that its class went by then: zone is
// the one of today.
func (h history) dueOn(req *bot.Request, o schedule.Occurrence, zone *time.Location) string {
	then, err := h.atlas.Zones.Location(o.Zone)
	if o.Zone == "" || err != nil || o.Zone == zone.String() {
		return card.When(req.Say, h.atlas.Now(), o.DueAt.In(zone))
	}
	return req.Say("post.on_clock", bot.Args{"Time": card.When(req.Say, h.atlas.Now(), o.DueAt.In(then)), "City": h.atlas.City(o.Zone)})
}

// historyLine says when a post was due and what became of it, with the name of
// its class if there is one, and a link while the message stands.
func historyLine(req *bot.Request, o schedule.Occurrence, due, name string) string {
	late := ""
	if o.State == schedule.StateLate {
		late = minutesLate(req, o.SentAt.Sub(o.DueAt))
	}
	values := bot.Args{"Wall": due, "Kind": req.Say("class.kind." + string(o.Kind)),
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
