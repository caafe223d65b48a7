package commands

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
	"unpinch/schedule"
)

// How long the routines of posts take, in minutes.
const (
	postMinutes = 5
	deskMinutes = 3
)

// recapDays is what a recap adds up, and recapPeople how many must have taken
// part, so that no number tells of one of them.
const (
	recapDays   = 7
	recapPeople = 5
)

// What Post says when there is nothing to send, and never will be.
var (
	ErrFew    = errors.New("too few people took part")
	ErrMoot   = errors.New("there is nothing to tell any more")
	ErrRender = errors.New("the message can't be rendered")
)

// Post renders an occurrence as the message that it becomes: as its state says
// if that was sent already. It is schedule.ErrNoClass when its class is gone,
// ErrMoot when what it tells is over, ErrRender when it never can be rendered,
// and ErrFew for a recap of too few people.
func (d Deps) Post(ctx context.Context, o schedule.Occurrence, late bool) (bot.Reply, error) {
	var s schedule.Series
	if o.Kind != schedule.KindNudge { // which is of no class
		var err error
		if s, err = d.Classes.Series(ctx, o.ClassID); err != nil {
			return bot.Reply{}, fmt.Errorf("render a post: %w", err)
		}
	}
	if o.Kind == schedule.KindPre || o.Kind == schedule.KindDesk {
		r, err := d.clock(s)
		switch off := err == nil && !stands(r, o.StartAt); {
		case off && o.MessageID == "": // it was changed while the post waited
			return bot.Reply{}, fmt.Errorf("render a post: %w", ErrMoot)
		case off && d.Now().Before(o.StartAt): // paused, or given another time
			o.State = schedule.StateReplaced
		}
	}
	locale, err := d.localeOf(ctx, s, o)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("render a post: %w", err)
	}
	reply, err := d.Render(ctx, locale, s, o, late)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("render a post: %w", err)
	}
	reply.Mark = MessageMark(o).Number
	return reply, nil
}

// localeOf is the language of an occurrence's message: the reader's own of a
// DM, the place's of a post.
func (d Deps) localeOf(ctx context.Context, s schedule.Series, o schedule.Occurrence) (string, error) {
	if o.UserID == "" {
		return cmp.Or(s.Place.Language, card.DefaultLocale), nil
	}
	m, err := d.Notices.Member(ctx, o.UserID)
	if err != nil && !errors.Is(err, schedule.ErrNoMember) { // a coach need not be one
		return "", err
	}
	return cmp.Or(m.Locale, card.DefaultLocale), nil
}

// Render makes the message of an occurrence of a class.
func (d Deps) Render(ctx context.Context, locale string, s schedule.Series, o schedule.Occurrence, late bool) (bot.Reply, error) {
	switch o.Kind {
	case schedule.KindNudge:
		return bot.Reply{Parts: []bot.Part{bot.Text(d.Content.Say(locale, "notify.nudge", nil))}}, nil
	case schedule.KindAlert, schedule.KindLog:
		return d.brokenWord(locale, s, o)
	case schedule.KindNotice, schedule.KindConfirm, schedule.KindOff, schedule.KindReminder, schedule.KindAsk:
		return d.personal(ctx, locale, s, o)
	case schedule.KindMyth:
		return d.mythOfWeek(locale, s, o)
	case schedule.KindRecap:
		return d.recap(ctx, locale, s, o)
	}
	if o.State == schedule.StateReplaced {
		return d.replaced(locale, s, o)
	}
	return d.classPost(locale, s, o, late)
}

// brokenWord tells that the posts of a class can't go out.
func (d Deps) brokenWord(locale string, s schedule.Series, o schedule.Occurrence) (bot.Reply, error) {
	if s.BrokenAt.IsZero() { // mended before word of it went out
		return bot.Reply{}, ErrMoot
	}
	say := d.Content.In(locale)
	text := say("post."+string(o.Kind), bot.Args{"Sentence": s.Rule.Sentence(say), "Place": card.Plain(s.Place.Name),
		"Why": say("class.reason." + string(s.BrokenWhy))})
	again := bot.Row{{Label: say("class.button.mend"), ID: button.MendID.For(button.Occurrence(o.ID)), Style: bot.Primary}}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentStop, Parts: []bot.Part{bot.Text(text), again}}}}, nil
}

// classPost is a post with a routine. An edit of one that stands pings nobody.
func (d Deps) classPost(locale string, s schedule.Series, o schedule.Occurrence, late bool) (bot.Reply, error) {
	body, files, err := d.postParts(locale, s, o, late, true)
	if err != nil {
		return bot.Reply{}, err
	}
	row, err := d.postRow(locale, s, o)
	if err != nil {
		return bot.Reply{}, err
	}
	reply := bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentCalm, Parts: append(body, row)}}, Files: files}
	if s.RoleID != "" && o.Kind == schedule.KindPre {
		if o.State != schedule.StateSent && o.State != schedule.StateLate {
			reply.PingRole = s.RoleID
		}
		reply.Parts = append([]bot.Part{bot.Text(card.RoleMention(s.RoleID))}, reply.Parts...)
	}
	reply.Silent = reply.PingRole == ""
	return reply, nil
}

// clock returns a class with its starts and exceptions, or ErrRender when it
// has no clock that is known.
func (d Deps) clock(s schedule.Series) (schedule.Recurrence, error) {
	r, err := s.Recurrence(d.Zones)
	if err != nil {
		return schedule.Recurrence{}, fmt.Errorf("%w: %w", ErrRender, err)
	}
	return r, nil
}

// postRow starts the post's routine, or its gentle version, for whoever presses,
// counts who has done it, and asks before which classes they want a DM.
func (d Deps) postRow(locale string, s schedule.Series, o schedule.Occurrence) (bot.Row, error) {
	rec, err := d.clock(s)
	if err != nil {
		return nil, err
	}
	say := d.Content.In(locale)
	var row bot.Row
	if r := d.routine(locale, s, o, o.StartAt.In(rec.Zone)); r != nil {
		row = append(row, bot.Button{Label: say("post.button.start"), ID: button.PostID.For(button.PostState{ID: o.ID, Routine: button.Routine(r.ID)}), Style: bot.Primary})
	}
	return append(row, bot.Button{Label: say("stretch.button.gentle"), ID: button.PostID.For(button.PostState{ID: o.ID, Routine: button.CalmRoutine})},
		bot.Button{Label: say("post.button.done"), ID: button.DoneID.For(button.Occurrence(o.ID)), Style: bot.Success},
		bot.Button{Label: say("post.button.notify"), ID: button.NotifyID.For(button.Occurrence(o.ID))}), nil
}

// MessageMark returns what only the occurrence's message bears: a button's
// custom ID, or a number on a message whose buttons, if it has any, others have
// too.
func MessageMark(o schedule.Occurrence) bot.Mark {
	switch o.Kind {
	case schedule.KindAlert, schedule.KindLog:
		return bot.Mark{CustomID: button.MendID.For(button.Occurrence(o.ID))}
	case schedule.KindNotice, schedule.KindConfirm, schedule.KindReminder:
		return bot.Mark{CustomID: button.NoticeID.For(button.NoticeState{Act: button.NoticeStop, ID: o.ID})}
	case schedule.KindAsk:
		return bot.Mark{CustomID: button.NoticeID.For(button.NoticeState{Act: button.NoticeKeep, ID: o.ID})}
	case schedule.KindNudge, schedule.KindOff, schedule.KindMyth, schedule.KindRecap:
		return bot.Mark{Number: bot.MarkLow + int(o.ID%(bot.MarkHigh-bot.MarkLow+1))}
	}
	return bot.Mark{CustomID: button.DoneID.For(button.Occurrence(o.ID))}
}

// postParts is the post of a class without its buttons, and the files that it
// shows: none without pictures.
func (d Deps) postParts(locale string, s schedule.Series, o schedule.Occurrence, late, pictures bool) ([]bot.Part, []bot.File, error) {
	rec, err := d.clock(s)
	if err != nil {
		return nil, nil, err
	}
	var files []bot.File
	say := d.Content.In(locale)
	start, due := o.StartAt.In(rec.Zone), o.DueAt.In(rec.Zone)
	at, kind := start, o.Kind
	switch {
	case kind == schedule.KindCoolDown:
		at = due
	case kind == schedule.KindNow && s.Purpose == schedule.ForDesk:
		kind = schedule.KindDesk
	}
	parts := []bot.Part{bot.Text(say("post."+string(kind)+".title", bot.Args{"Place": card.Plain(s.Place.Name), "Time": at.Format("15:04")}))}
	if s.Title != "" && kind == schedule.KindPre {
		parts = append(parts, bot.Text(say("post.class", bot.Args{"Title": card.Plain(s.Title), "Time": start.Format("15:04")})))
	}
	if r := d.routine(locale, s, o, start); r != nil {
		if pictures {
			gallery, strip := d.strip(locale, r)
			parts, files = append(parts, gallery...), strip
		}
		parts = append(parts, bot.Text(numbered(d.Content.PostLines(locale, r))))
	}
	parts = append(parts, bot.Text(say("post.gentle")))
	if late {
		parts = append(parts, bot.Text(say("post.late", bot.Args{"Time": due.Format("15:04")})))
	}
	if day, ok := changeBeforeNext(rec, start); ok && o.Kind != schedule.KindNow {
		key, name := "post.change", schedule.Weekday(say, day.Weekday())
		if day.Sub(start) > 6*24*time.Hour { // the weekday alone could be one before
			key, name = "post.change_far", schedule.DayLong.Of(say, day)
		}
		parts = append(parts, bot.Text(say(key, bot.Args{"Day": name, "Time": start.Format("15:04")})))
	}
	if o.Done > 0 {
		parts = append(parts, bot.Text(say("post.count", bot.Args{"count": o.Done})))
	}
	return parts, files, nil
}

// routine picks the routine of a post.
func (d Deps) routine(locale string, s schedule.Series, o schedule.Occurrence, start time.Time) *content.Routine {
	switch {
	case o.Kind == schedule.KindCoolDown:
		return d.routineOfDay(locale, content.Post, postMinutes, start)
	case s.Purpose == schedule.ForDesk:
		return d.routineOfDay(locale, content.Desk, deskMinutes, start)
	}
	return d.routineOfDay(locale, content.Pre, postMinutes, start)
}

// routineOfDay picks a routine, or nil when there is none. Variants take turns
// by the day, so that a week of classes does not repeat one.
func (d Deps) routineOfDay(locale string, kind content.Kind, minutes int, day time.Time) *content.Routine {
	fit := slices.DeleteFunc(d.Content.Routines(locale), func(r *content.Routine) bool {
		return r.Kind != kind || r.Minutes != minutes
	})
	if len(fit) == 0 {
		return nil
	}
	return fit[day.YearDay()%len(fit)]
}

// changeBeforeNext returns the day on which the clock is set between a start
// and the one after it.
func changeBeforeNext(r schedule.Recurrence, start time.Time) (time.Time, bool) {
	next, err := r.NextStart(start)
	if err != nil {
		return time.Time{}, false
	}
	at, ok := schedule.NextChange(start, r.Zone)
	return at, ok && !at.After(next)
}

// replaced is what a post says once its class does not take place as it said.
func (d Deps) replaced(locale string, s schedule.Series, o schedule.Occurrence) (bot.Reply, error) {
	r, err := d.clock(s)
	if err != nil {
		return bot.Reply{}, err
	}
	say := d.Content.In(locale)
	key, values := "post.off", bot.Args{"Place": card.Plain(s.Place.Name), "Time": o.StartAt.In(r.Zone).Format("15:04")}
	if to, ok := movedTo(r, o.StartAt); ok {
		key, values["Wall"] = "post.moved", card.Wall(say, to)
	}
	parts := []bot.Part{bot.Text(say(key, values))}
	if s.Title != "" {
		parts = append(parts, bot.Text(card.Plain(s.Title)))
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentRead, Parts: parts}}, Silent: true}, nil
}

// movedTo returns when a start takes place instead, on the class's clock. A
// start that was moved before is known by its first instant only, so that one
// of which no move tells is the only one that was moved, or else unknown.
func movedTo(r schedule.Recurrence, start time.Time) (time.Time, bool) {
	moves := slices.DeleteFunc(slices.Clone(r.Moves), func(m schedule.Move) bool {
		return m.To.Equal(start) || slices.ContainsFunc(r.Skips, m.From.Equal)
	})
	i := slices.IndexFunc(moves, func(m schedule.Move) bool { return m.From.Equal(start) })
	if planned, err := r.Rule.Next(start.Add(-1), r.Zone); i < 0 && len(moves) == 1 && (err != nil || !planned.Equal(start)) {
		i = 0
	}
	if i < 0 {
		return time.Time{}, false
	}
	return moves[i].To.In(r.Zone), true
}

// mythOfWeek asks the claim of the week that a post is of.
func (d Deps) mythOfWeek(locale string, s schedule.Series, o schedule.Occurrence) (bot.Reply, error) {
	r, err := d.clock(s)
	if err != nil {
		return bot.Reply{}, err
	}
	reply := card.Calm(d.reading().ClaimCard(locale, o.StartAt.In(r.Zone))...)
	reply.Silent = true
	return reply, nil
}

// recap adds up a place's week: totals, of nobody in particular.
func (d Deps) recap(ctx context.Context, locale string, s schedule.Series, o schedule.Occurrence) (bot.Reply, error) {
	r, err := d.clock(s)
	if err != nil {
		return bot.Reply{}, err
	}
	// From the last recap on, on the place's clock: a week may be an hour longer.
	from := o.DueAt.In(r.Zone).AddDate(0, 0, -recapDays)
	posts, done, people, err := d.Classes.Recap(ctx, s.Place.ID, from, o.DueAt)
	if err != nil {
		return bot.Reply{}, err
	}
	if people < recapPeople {
		return bot.Reply{}, ErrFew
	}
	reply := card.Calm(bot.Text(d.Content.Say(locale, "post.recap", bot.Args{"Place": card.Plain(s.Place.Name), "Done": done,
		"Posts": d.Content.Say(locale, "post.recap_posts", bot.Args{"count": posts})})))
	reply.Silent = true
	return reply, nil
}
