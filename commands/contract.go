package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/schedule"
)

// contractPosts is how many posts the contract lists.
const contractPosts = 5

// contract shows what a draft would do, in the class's own wall clock and the
// reader's, before anything is saved.
func (t timetable) contract(req *bot.Request, l schedule.Listing, notes []string) (bot.Reply, error) {
	c, err := l.Class(t.Zones)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the contract: %w", err)
	}
	posts, err := t.nextPosts(req, l, c)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the contract: %w", err)
	}
	parts := []bot.Part{
		bot.Text(req.Say("class.contract.title", args{"Sentence": l.Rule.Sentence(), "City": t.city(l.Place)})),
		bot.Text(facts(req, l)),
		bot.Text(req.Say("class.contract.posts") + "\n" + bullets(posts)),
	}
	if line := t.changeLine(req, l, c); line != "" {
		parts = append(parts, bot.Text(line))
	}
	for _, n := range notes {
		parts = append(parts, bot.Text(n))
	}
	parts = append(parts, bot.Text(req.Say("class.contract.save")), bot.Row{
		{Label: req.Say("class.button.save"), ID: classID.For(classState{actSave, l.ID, 0}), Style: bot.Success},
		{Label: req.Say("class.button.preview"), ID: classLookID.For(classState{actShow, l.ID, 0})},
		{Label: req.Say("class.button.change"), ID: classFormID.For(classState{actSave, l.ID, 0})},
	})
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: accentRead, Parts: parts}}}, nil
}

// city names the place's clock as people do.
func (t timetable) city(p schedule.Place) string {
	zone, err := t.Zones.Zone(p.Zone, t.Now())
	if err != nil {
		return p.Zone
	}
	return zone.City
}

// facts says what the rule does not.
func facts(req *bot.Request, l schedule.Listing) string {
	values := args{"Title": plain(l.Title), "Length": int(l.Length.Minutes()), "Channel": channelMention(l.ChannelID)}
	text := req.Say(either(l.Title == "", "class.contract.facts", "class.contract.titled"), values)
	if !l.Until.IsZero() {
		text += "\n" + req.Say("class.contract.until", args{"Day": l.Until})
	}
	return text
}

// nextPosts says when the next posts go out, those of both kinds in order.
func (t timetable) nextPosts(req *bot.Request, l schedule.Listing, c schedule.Class) ([]string, error) {
	type post struct {
		due  time.Time
		kind schedule.Kind
	}
	var posts []post
	for _, k := range l.Posts() {
		after := t.Now()
		for range contractPosts {
			due, _, err := c.NextDue(after, l.Offset(k))
			if errors.Is(err, schedule.ErrNever) {
				break
			}
			if err != nil {
				return nil, err
			}
			posts, after = append(posts, post{due, k}), due
		}
	}
	slices.SortFunc(posts, func(a, b post) int { return a.due.Compare(b.due) })
	var lines []string
	for _, p := range posts[:min(len(posts), contractPosts)] {
		lines = append(lines, req.Say("class.contract."+string(p.kind), args{"Wall": wall(p.due), "Yours": yours(p.due)}))
	}
	return lines, nil
}

// changeLine says what the next change of the place's clock does to the class:
// nothing, unless it starts in an hour that the change leaves out. A class that
// ends before it has no such line.
func (t timetable) changeLine(req *bot.Request, l schedule.Listing, c schedule.Class) string {
	at, ok := schedule.NextChange(t.Now(), c.Zone)
	if !ok {
		return req.Say("class.contract.no_change")
	}
	if !l.Until.IsZero() && l.Until.Before(schedule.DateOf(at)) {
		return ""
	}
	if next, err := c.NextStart(at.Add(-1)); err == nil && next.Equal(at) {
		if gone, ok := leftOut(l.Rule, at); ok {
			return req.Say("class.contract.gap", args{"Day": at.Format("2 Jan"), "Time": gone, "Instead": at.Format("15:04")})
		}
	}
	return req.Say("class.contract.change", args{"Day": at.Format("2 Jan"), "Time": l.Rule.Times()[0]})
}

// leftOut returns the time of a rule that the clock jumps over at a change.
func leftOut(r schedule.Rule, change time.Time) (schedule.Clock, bool) {
	_, before := change.Add(-1).Zone()
	_, after := change.Zone()
	to := schedule.Clock(change.Hour()*60 + change.Minute())
	for _, at := range r.Times() {
		if at < to && at >= to-schedule.Clock((after-before)/60) {
			return at, true
		}
	}
	return 0, false
}

// wall is an instant on its own zone's clock.
func wall(at time.Time) string { return at.Format("Mon 2 Jan 15:04") }

// yours is an instant on the reader's clock, which only Discord knows.
func yours(at time.Time) string { return "<t:" + strconv.FormatInt(at.Unix(), 10) + ":t>" }

// draft returns the reader's own draft, which they still may save.
func (t timetable) draft(ctx context.Context, req *bot.Request, id int64) (schedule.Listing, error) {
	l, err := t.Classes.Listing(ctx, id)
	over := err == nil && (l.DraftUntil.IsZero() || !t.Now().Before(l.DraftUntil) || l.CreatedBy != req.UserID)
	if over || errors.Is(err, schedule.ErrNoClass) {
		return l, &bot.UserError{Key: "class.draft_gone"}
	}
	if err != nil {
		return l, fmt.Errorf("find the draft: %w", err)
	}
	return l, mayChange(req, l.Place)
}

// save makes a class of a draft and shows it.
func (t timetable) save(ctx context.Context, req *bot.Request, id int64) (bot.Reply, error) {
	l, err := t.draft(ctx, req, id)
	if err != nil {
		return bot.Reply{}, err
	}
	if err := t.room(ctx, req); err != nil {
		return bot.Reply{}, err
	}
	first, err := t.firstPost(l)
	if err != nil {
		return bot.Reply{}, err
	}
	switch _, err := t.Classes.SaveDrafts(ctx, id, t.by(req, "")); {
	case errors.Is(err, schedule.ErrNoClass):
		return bot.Reply{}, &bot.UserError{Key: "class.draft_gone"}
	case err != nil:
		return bot.Reply{}, fmt.Errorf("save the class: %w", err)
	}
	t.Kick()
	l.DraftUntil = time.Time{}
	return t.card(req, l, req.Say("class.saved", args{"Wall": wall(first), "City": t.city(l.Place)}))
}

// viewable returns a saved class of the reader's server, or their own draft.
func (t timetable) viewable(ctx context.Context, req *bot.Request, id int64) (schedule.Listing, error) {
	l, err := t.Classes.Listing(ctx, id)
	if err == nil && !l.DraftUntil.IsZero() {
		return t.draft(ctx, req, id)
	}
	return t.listing(ctx, req, id)
}

// preview shows the posts of a draft or class as they would look.
func (t timetable) preview(ctx context.Context, req *bot.Request, s classState) (bot.Reply, error) {
	l, err := t.viewable(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	c, err := l.Class(t.Zones)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("preview the posts: %w", err)
	}
	d := t.Deps
	if req.AppPerms != 0 && !req.AppPerms.Has(bot.AttachFiles) {
		d.Figures = nil
	}
	var reply bot.Reply
	for _, k := range l.Posts() {
		due, start, err := c.NextDue(t.Now(), l.Offset(k))
		if err != nil { // never again
			continue
		}
		o := schedule.Occurrence{ClassID: l.ID, Kind: k, DueAt: due, StartAt: start.At}
		body, files, err := d.postParts(req.Locale, l, o, false)
		if err != nil {
			return bot.Reply{}, fmt.Errorf("preview the posts: %w", err)
		}
		reply.Parts = append(reply.Parts, bot.Container{Accent: accentCalm, Parts: body})
		reply.Files = append(reply.Files, files...)
	}
	if len(reply.Parts) == 0 {
		reply.Parts = []bot.Part{bot.Text(req.Say("class.card.never"))}
	}
	return reply, nil
}

// The fields of the form that changes a draft, and of the one that pauses.
const (
	fieldAt     = "at"
	fieldLength = "length"
	fieldTitle  = "title"
	fieldDay    = "day"
)

// form opens the form of an action.
func (t timetable) form(ctx context.Context, req *bot.Request, s classState) (bot.Reply, error) {
	if s.Act == actPause {
		return t.pauseForm(ctx, req, s)
	}
	l, err := t.draft(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	return bot.Reply{Modal: &bot.Modal{ID: classSetID.For(s), Title: req.Say("class.change.title"), Fields: []bot.Field{
		{ID: fieldAt, Label: req.Say("class.change.at"), About: req.Say("class.change.at_about"), Value: l.Rule.String(), Need: true, Max: 300},
		{ID: fieldLength, Label: req.Say("class.change.length"), Value: strconv.Itoa(int(l.Length.Minutes())), Need: true, Max: 4},
		{ID: fieldTitle, Label: req.Say("class.change.name"), Value: l.Title, Max: titleMax},
	}}}, nil
}

// submitted takes over a form.
func (t timetable) submitted(ctx context.Context, req *bot.Request, s classState) (bot.Reply, error) {
	if s.Act == actPause {
		return t.pause(ctx, req, s.ID)
	}
	l, err := t.draft(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	if err := t.timing(req, &l, req.Fields[fieldAt], l.Until.String()); err != nil {
		return bot.Reply{}, err
	}
	n, err := strconv.Atoi(strings.TrimSpace(req.Fields[fieldLength]))
	if err != nil || n < minutesMin || n > minutesMax {
		return bot.Reply{}, &bot.UserError{Key: "class.long_number", Args: args{"Seen": seen(req.Fields[fieldLength])}}
	}
	l.Length = time.Duration(n) * time.Minute
	if l.Title, err = title(req.Fields[fieldTitle]); err != nil {
		return bot.Reply{}, err
	}
	if _, err := t.firstPost(l); err != nil {
		return bot.Reply{}, err
	}
	l.DraftUntil = t.Now().Add(draftMinutes * time.Minute)
	if l.ID, err = t.Classes.AddDrafts(ctx, l.Batch, []schedule.Listing{l}); err != nil {
		return bot.Reply{}, fmt.Errorf("change the draft: %w", err)
	}
	return t.contract(req, l, notesOn(req, l, req.Here(), bot.RoleValue{}))
}
