package commands

import (
	"context"
	"fmt"
	"slices"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
	"unpinch/schedule"
)

// recentPosts is how many of a class's last posts are looked through for the
// one of a start.
const recentPosts = 4

// personal is a DM to one person. What its buttons do only works for them.
func (d Deps) personal(ctx context.Context, locale string, s schedule.Series, o schedule.Occurrence) (bot.Reply, error) {
	r, err := d.clock(s)
	if err != nil {
		return bot.Reply{}, err
	}
	if about := o.Kind == schedule.KindNotice || o.Kind == schedule.KindOff; about && stands(r, o.StartAt) != (o.Kind == schedule.KindNotice) {
		return bot.Reply{}, ErrMoot // it was changed while the DM waited
	}
	dm := direct{d, locale, s, o, o.StartAt.In(r.Zone)}
	switch o.Kind {
	case schedule.KindConfirm:
		return dm.confirm(ctx)
	case schedule.KindNotice:
		return dm.notice(ctx)
	case schedule.KindOff:
		return card.Calm(dm.about("notify.off", nil)...), nil
	case schedule.KindReminder:
		return dm.reminder(), nil
	}
	return dm.ask(), nil
}

// stands reports whether a class takes place at a start.
func stands(r schedule.Recurrence, start time.Time) bool {
	next, err := r.Next(start.Add(-1))
	return err == nil && next.Off == "" && next.At.Equal(start)
}

// A direct is what a DM is made of.
type direct struct {
	Deps
	locale string
	l      schedule.Series
	o      schedule.Occurrence
	start  time.Time // on the class's clock
}

func (m direct) say(key string, a bot.Args) string { return m.Content.Say(m.locale, key, a) }

// button does something with what the DM is about.
func (m direct) button(key string, act button.NoticeAct) bot.Button {
	return bot.Button{Label: m.say(key, nil), ID: button.NoticeID.For(button.NoticeState{Act: act, ID: m.o.ID})}
}

// about says when and where, and then the class's title.
func (m direct) about(key string, more bot.Args) []bot.Part {
	values := bot.Args{"Time": m.start.Format("15:04"), "Place": card.Plain(m.l.Place.Name)}
	for k, v := range more {
		values[k] = v
	}
	parts := []bot.Part{bot.Text(m.say(key, values))}
	if m.l.Title != "" {
		parts = append(parts, bot.Text(card.Plain(m.l.Title)))
	}
	return parts
}

// confirm says what the reader follows now; there is nothing to say if they
// have stopped meanwhile.
func (m direct) confirm(ctx context.Context) (bot.Reply, error) {
	mine, err := m.followed(ctx, m.o.UserID, m.l)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(mine) == 0 {
		return bot.Reply{}, ErrMoot
	}
	return card.Calm(bot.Text(m.say("notify.confirm", bot.Args{"What": m.what(m.locale, mine)})),
		bot.Row{m.button("notify.button.stop", button.NoticeStop)}), nil
}

// notice tells of a class that begins soon.
func (m direct) notice(ctx context.Context) (bot.Reply, error) {
	key := "notify.notice"
	if m.l.Purpose == schedule.ForDesk {
		key = "notify.notice_desk"
	}
	parts := m.about(key, bot.Args{"Minutes": minutesLeft(m.Now(), m.start)})
	row := bot.Row{m.button("notify.button.snooze", button.NoticeSnooze), m.button("notify.button.today", button.NoticeToday),
		m.button("notify.button.stop", button.NoticeStop)}
	posts, err := m.Classes.History(ctx, m.l.Place.GuildID, m.l.ID, recentPosts, 0)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("find the post of a notice: %w", err)
	}
	if i := slices.IndexFunc(posts, m.isPost); i >= 0 {
		row = append(row, bot.Button{Label: m.say("notify.button.post", nil), URL: card.MessageURL(posts[i].GuildID, posts[i].ChannelID, posts[i].MessageID)})
	}
	return card.Calm(append(parts, row)...), nil
}

// minutesLeft is how long it is to a start, in whole minutes begun.
func minutesLeft(now, start time.Time) int {
	return int((start.Sub(now) + time.Minute - 1) / time.Minute)
}

// isPost reports whether a post is of the start that the DM is about, and
// stands.
func (m direct) isPost(p schedule.Occurrence) bool {
	return (p.Kind == schedule.KindPre || p.Kind == schedule.KindDesk) && p.StartAt.Equal(m.o.StartAt) &&
		(p.State == schedule.StateSent || p.State == schedule.StateLate) && p.MessageID != "" && !p.Gone
}

// reminder is what a member asked for by a rule of their own.
func (m direct) reminder() bot.Reply {
	start := bot.Button{Label: m.say("notify.button.mine", nil), ID: button.OpenID.For(button.OwnRoutine), Style: bot.Primary}
	if m.l.Routine != string(content.Mine) {
		r := m.reminderRoutine()
		start.Label, start.ID = m.say("notify.button.stretch", bot.Args{"Minutes": r.Minutes}), button.OpenID.For(button.Routine(r.ID))
	}
	return card.Calm(bot.Text(m.say("notify.reminder", nil)), bot.Row{start,
		m.button("notify.button.snooze", button.NoticeSnooze), m.button("notify.button.stop_one", button.NoticeStop)})
}

// reminderRoutine is the routine that a reminder names, by id or by kind; of a
// kind the variants take turns. One that is unknown by now is the gentle one.
func (m direct) reminderRoutine() *content.Routine {
	if r, ok := m.Content.Routine(m.locale, m.l.Routine); ok {
		return r
	}
	if r := m.routineOfDay(m.locale, content.Kind(m.l.Routine), reminderMinutes, m.start); r != nil {
		return r
	}
	r, _ := m.Content.Routine(m.locale, string(button.CalmRoutine)) // the content has it: TestReminderRoutines
	return r
}

// reminderMinutes is how long the routine of a reminder takes.
const reminderMinutes = 3

// ask asks a class's creator whether it is of use as it is.
func (m direct) ask() bot.Reply {
	return card.Calm(bot.Text(m.say("notify.ask", bot.Args{"Class": card.ClassName(m.Content.In(m.locale), m.l), "Place": card.Plain(m.l.Place.Name)})), bot.Row{
		{Label: m.say("notify.button.channel", nil), URL: card.ChannelURL(m.l.Place.GuildID, m.l.ChannelID)},
		m.button("notify.button.keep", button.NoticeKeep),
	})
}
