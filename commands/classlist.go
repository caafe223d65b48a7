package commands

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"unpinch/bot"
	"unpinch/schedule"
)

// How many entries a page has.
const (
	classesAtOnce = 25 // what a select holds
	historyAtOnce = 10
	historyPages  = 100_000 // more than any ledger has
)

// list shows a server's classes, a page at a time.
func (t timetable) list(ctx context.Context, req *bot.Request, page int) (bot.Reply, error) {
	place, err := t.place(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	all, err := t.Classes.Listings(ctx, req.GuildID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("list the classes: %w", err)
	}
	if len(all) == 0 {
		return bot.Reply{Parts: []bot.Part{bot.Container{Accent: accentCalm, Parts: []bot.Part{bot.Text(req.Say("class.list.none"))}}}}, nil
	}
	pages := (len(all) + classesAtOnce - 1) / classesAtOnce
	page = min(max(page, 1), pages)
	entries := make([]bot.Entry, 0, classesAtOnce)
	for _, l := range all[(page-1)*classesAtOnce : min(len(all), page*classesAtOnce)] {
		e, err := t.entry(req, l)
		if err != nil {
			return bot.Reply{}, err
		}
		entries = append(entries, e)
	}
	parts := []bot.Part{
		bot.Text(req.Say("class.list.title", args{"count": len(all), "Place": plain(place.Name)})),
		bot.Select{ID: classID.For(classState{actShow, 0, 0}), Hint: req.Say("class.list.hint"), Entries: entries},
	}
	if pages > 1 {
		parts = append(parts, bot.Text(req.Say("class.list.page", args{"Page": page, "Pages": pages})))
	}
	if row := pageRow(req, classState{actList, 0, int64(page)}, page < pages); len(row) > 0 {
		parts = append(parts, row)
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: accentCalm, Parts: parts}}}, nil
}

// entry is a class in the select.
func (t timetable) entry(req *bot.Request, l schedule.Listing) (bot.Entry, error) {
	zone, err := t.Zones.Location(l.Place.Zone)
	if err != nil {
		return bot.Entry{}, fmt.Errorf("list the classes: %w", err)
	}
	about := l.Title
	switch {
	case !l.BrokenAt.IsZero():
		about = joined(about, req.Say("class.list.broken"))
	case pausedOn(l, t.Now().In(zone)):
		about = joined(about, req.Say("class.list.paused", args{"Day": l.PausedUntil}))
	}
	return bot.Entry{Label: cut(l.Rule.Sentence(), 100), Value: strconv.FormatInt(l.ID, 10), About: cut(about, 100)}, nil
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + " · " + b
}

// cut shortens a text to so many characters.
func cut(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most-1]) + "…"
}

// pageRow has the buttons to the pages beside s.N.
func pageRow(req *bot.Request, s classState, more bool) bot.Row {
	var row bot.Row
	if s.N > 1 {
		row = append(row, bot.Button{Label: req.Say("class.button.page_before"), ID: classID.For(classState{s.Act, s.ID, s.N - 1})})
	}
	if more {
		row = append(row, bot.Button{Label: req.Say("class.button.page_after"), ID: classID.For(classState{s.Act, s.ID, s.N + 1})})
	}
	return row
}

// history shows what became of the posts: of one class, or of all without an
// id, the latest first.
func (t timetable) history(ctx context.Context, req *bot.Request, classID int64, page int) (bot.Reply, error) {
	if classID != 0 { // posts of a removed class are in the history of all
		if _, err := t.listing(ctx, req, classID); err != nil {
			return bot.Reply{}, err
		}
	}
	place, err := t.place(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	zone, err := t.Zones.Location(place.Zone)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the history: %w", err)
	}
	page = min(max(page, 1), historyPages)
	posts, err := t.Classes.History(ctx, req.GuildID, classID, historyAtOnce+1, (page-1)*historyAtOnce)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the history: %w", err)
	}
	if len(posts) == 0 && page > 1 { // older ones have been trimmed
		return t.history(ctx, req, classID, 1)
	}
	names, err := t.names(ctx, req, classID)
	if err != nil {
		return bot.Reply{}, err
	}
	var lines []string
	for _, o := range posts[:min(len(posts), historyAtOnce)] {
		lines = append(lines, historyLine(req, o, zone, names[o.ClassID]))
	}
	parts := []bot.Part{bot.Text(req.Say("class.history.none"))}
	if len(lines) > 0 {
		parts = []bot.Part{bot.Text(req.Say("class.history.title")), bot.Text(bullets(lines))}
	}
	row := pageRow(req, classState{actHistory, classID, int64(page)}, len(posts) > historyAtOnce)
	if classID != 0 {
		row = append(row, t.backTo(req, classID))
	}
	if len(row) > 0 {
		parts = append(parts, row)
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: accentCalm, Parts: parts}}}, nil
}

// names says which class is which where posts of several stand together: by
// title, or else by rule. Removed ones have no name any more.
func (t timetable) names(ctx context.Context, req *bot.Request, classID int64) (map[int64]string, error) {
	if classID != 0 {
		return nil, nil
	}
	all, err := t.Classes.Listings(ctx, req.GuildID)
	if err != nil {
		return nil, fmt.Errorf("name the classes: %w", err)
	}
	names := map[int64]string{}
	for _, l := range all {
		names[l.ID] = either(l.Title == "", cut(l.Rule.Sentence(), titleMax), plain(l.Title))
	}
	return names, nil
}

func (t timetable) backTo(req *bot.Request, id int64) bot.Button {
	return bot.Button{Label: req.Say("pinched.button.back"), ID: classID.For(classState{actShow, id, 0})}
}

// historyLine says when a post was due and what became of it, with the name of
// its class if there is one, and a link while the message stands.
func historyLine(req *bot.Request, o schedule.Occurrence, zone *time.Location, name string) string {
	late := ""
	if o.State == schedule.StateLate {
		late = minutes(o.SentAt.Sub(o.DueAt))
	}
	values := args{"Wall": wall(o.DueAt.In(zone)), "Kind": req.Say("class.kind." + string(o.Kind)),
		"State": req.Say("class.state."+string(o.State), args{"Late": late})}
	key := "class.history.line"
	if o.Reason != "" {
		key, values["Why"] = "class.history.line_why", req.Say("class.reason."+string(o.Reason))
	}
	line := req.Say(key, values)
	if name != "" {
		line = joined(line, name)
	}
	if o.MessageID != "" && !o.Gone {
		line = joined(line, req.Say("class.history.link", args{"URL": messageURL(o.GuildID, o.ChannelID, o.MessageID)}))
	}
	return line
}

// messageURL leads to a message.
func messageURL(guildID, channelID, messageID string) string {
	return "https://discord.com/channels/" + guildID + "/" + channelID + "/" + messageID
}

// minutes says how late something was.
func minutes(d time.Duration) string {
	return strconv.Itoa(max(1, int(d.Round(time.Minute).Minutes()))) + " min"
}

// mendID stands on the word that a class broke. Its state is the occurrence of
// that word, which also makes the message known again after a crash.
var mendID = bot.NewID[occurrenceID]("mend1")

// An occurrenceID names a row of the ledger.
type occurrenceID int64

// MarshalText returns the number.
func (o occurrenceID) MarshalText() ([]byte, error) { return strconv.AppendInt(nil, int64(o), 10), nil }

// UnmarshalText reads it.
func (o *occurrenceID) UnmarshalText(text []byte) error {
	n, err := strconv.ParseInt(string(text), 10, 64)
	*o = occurrenceID(n)
	return err
}

// mendFromAlert lets a class's posts go out again: for its creator, who may
// press in the DM, and for those who may change it.
func (t timetable) mendFromAlert(ctx context.Context, req *bot.Request, id occurrenceID) (bot.Reply, error) {
	o, err := t.Classes.Occurrence(ctx, int64(id))
	if errors.Is(err, schedule.ErrNoOccurrence) || err == nil && o.Kind != schedule.KindAlert && o.Kind != schedule.KindLog {
		return bot.Reply{}, &bot.UserError{Key: "class.mend_over"}
	}
	if err != nil {
		return bot.Reply{}, fmt.Errorf("mend a class: %w", err)
	}
	l, err := t.Classes.Listing(ctx, o.ClassID)
	if errors.Is(err, schedule.ErrNoClass) {
		return bot.Reply{}, &bot.UserError{Key: "class.gone"}
	}
	if err != nil {
		return bot.Reply{}, fmt.Errorf("mend a class: %w", err)
	}
	if o.UserID != req.UserID { // who was told may mend
		if err := mayChange(req, l.Place); err != nil {
			return bot.Reply{}, err
		}
	}
	if err := t.Classes.Mend(ctx, l.ID, t.by(req, "")); err != nil {
		return bot.Reply{}, fmt.Errorf("mend a class: %w", err)
	}
	t.Kick()
	return bot.Reply{Parts: []bot.Part{bot.Text(req.Say("class.note.mended"))}}, nil
}
