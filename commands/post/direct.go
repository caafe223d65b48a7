package post

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
	"unpinch/schedule"
)

// recentPosts is how many of a class's last posts are searched for the post of a
// start.
const recentPosts = 4

// direct returns a DM to one person. It returns ErrMoot if what the DM would tell
// was changed while it waited.
func (m *Maker) direct(ctx context.Context, msg message) (bot.Reply, error) {
	dm := direct{msg}
	switch msg.o.Kind {
	case schedule.KindConfirm:
		mine, err := followed(ctx, m.readers, msg.o.UserID, msg.series)
		if err != nil {
			return bot.Reply{}, err
		}
		if len(mine) == 0 { // they have stopped since
			return bot.Reply{}, ErrMoot
		}
		return dm.confirm(mine), nil
	case schedule.KindNotice:
		if !stands(msg.series, msg.clock, msg.o) {
			return bot.Reply{}, ErrMoot
		}
		link, err := m.postURL(ctx, msg)
		if err != nil {
			return bot.Reply{}, err
		}
		return dm.notice(m.now(), link), nil
	case schedule.KindOff:
		return dm.off(), nil
	case schedule.KindReminder:
		return dm.reminder(), nil
	}
	return dm.ask(), nil
}

// postURL leads to the post of the start that a DM is about; it is "" if no such
// post stands.
func (m *Maker) postURL(ctx context.Context, msg message) (string, error) {
	posts, err := m.classes.History(ctx, msg.series.Place.GuildID, msg.series.ID, recentPosts, 0)
	if err != nil {
		return "", fmt.Errorf("find the post of a notice: %w", err)
	}
	i := slices.IndexFunc(posts, func(p schedule.Occurrence) bool {
		return (p.Kind == schedule.KindPre || p.Kind == schedule.KindDesk) && p.StartAt.Equal(msg.o.StartAt) &&
			(p.State == schedule.StateSent || p.State == schedule.StateLate) && p.MessageID != "" && !p.Gone
	})
	if i < 0 {
		return "", nil
	}
	return card.MessageURL(posts[i].GuildID, posts[i].ChannelID, posts[i].MessageID), nil
}

// A direct is a DM to one person. Its buttons only work for that person.
type direct struct{ message }

// button does something with what the DM is about.
func (m direct) button(key string, act button.NoticeAct) bot.Button {
	return bot.Button{Label: m.say(key), ID: button.NoticeID.For(button.NoticeState{Act: act, ID: m.o.ID})}
}

// about says when and where, and then the class's title.
func (m direct) about(key string, more bot.Args) []bot.Part {
	values := bot.Args{"Time": m.was().Format("15:04"), "Place": card.Plain(m.series.Place.Name)}
	maps.Copy(values, more)
	parts := []bot.Part{bot.Text(m.say(key, values))}
	if m.series.Title != "" {
		parts = append(parts, bot.Text(card.Plain(m.series.Title)))
	}
	return parts
}

// confirm says what the reader follows now.
func (m direct) confirm(mine []schedule.Follow) bot.Reply {
	return card.Calm(bot.Text(m.say("notify.confirm", bot.Args{"What": followsInWords(m.say, mine)})),
		bot.Row{m.button("notify.button.stop", button.NoticeStop)})
}

// notice tells of a class that begins soon, with a link to its post if there is
// one.
func (m direct) notice(now time.Time, link string) bot.Reply {
	key := "notify.notice"
	if m.series.Purpose == schedule.ForDesk {
		key = "notify.notice_desk"
	}
	row := bot.Row{m.button("notify.button.snooze", button.NoticeSnooze), m.button("notify.button.today", button.NoticeToday),
		m.button("notify.button.stop", button.NoticeStop)}
	if link != "" {
		row = append(row, bot.Button{Label: m.say("notify.button.post"), URL: link})
	}
	return card.Calm(append(m.about(key, bot.Args{"Minutes": minutesLeft(now, m.o.StartAt)}), row)...)
}

// minutesLeft returns how many minutes it is to a start, rounded up.
func minutesLeft(now, start time.Time) int {
	return int((start.Sub(now) + time.Minute - 1) / time.Minute)
}

// off tells what became of a start, as the ledger has it.
func (m direct) off() bot.Reply {
	was, wall := m.was(), card.When(m.say, m.now, m.was())
	switch {
	case m.o.SaysAt.IsZero():
		key, values := "notify.off_day", bot.Args{"Wall": wall}
		if schedule.DateOf(was) == schedule.DateOf(m.now.In(was.Location())) {
			key = "notify.off"
		}
		return card.Calm(append(m.about(key, values), m.why(m.o.Reason)...)...)
	case m.o.SaysAt.Equal(m.o.StartAt):
		return card.Calm(m.about("notify.on", bot.Args{"Wall": card.When(m.say, m.now, m.start())})...)
	}
	to := card.When(m.say, m.now, m.o.SaysAt.In(m.clock.Zone))
	return card.Calm(m.about("notify.moved", bot.Args{"Wall": m.clocked(wall, m.o.Zone), "To": m.clocked(to, m.series.Place.Zone), "Yours": card.Yours(m.o.SaysAt)})...)
}

// reminder says what a member asked for by a rule of their own.
func (m direct) reminder() bot.Reply {
	start := bot.Button{Label: m.say("notify.button.mine"), ID: button.OpenID.For(button.OwnRoutine), Style: bot.Primary}
	if m.series.Routine != string(content.Mine) {
		r := m.routine()
		start.Label, start.ID = m.say("notify.button.stretch", bot.Args{"Minutes": r.Minutes}), button.OpenID.For(button.Routine(r.ID))
	}
	return card.Calm(bot.Text(m.say("notify.reminder")), bot.Row{start,
		m.button("notify.button.snooze", button.NoticeSnooze), m.button("notify.button.stop_one", button.NoticeStop)})
}

// routine returns the routine that a reminder names, by id or by kind; the
// variants of a kind take turns. The gentle routine stands in for one that is
// unknown by now.
func (m direct) routine() *content.Routine {
	if r, ok := m.lib.Routine(m.locale, m.series.Routine); ok {
		return r
	}
	if r := routineOfDay(m.lib, m.locale, content.Kind(m.series.Routine), content.Upper, reminderMinutes, m.start()); r != nil {
		return r
	}
	r, _ := m.lib.Routine(m.locale, string(button.CalmRoutine)) // the content has it: TestReminderRoutines
	return r
}

// ask asks a class's creator whether it is of use as it is. Who may change it then
// is asked at the press.
func (m direct) ask() bot.Reply {
	change := func(key string, id bot.ID[button.AskState], act button.AskAct) bot.Button {
		return bot.Button{Label: m.say(key), ID: id.For(button.AskState{Act: act, ID: m.series.ID})}
	}
	return card.Calm(bot.Text(m.say("notify.ask", bot.Args{"Class": card.ClassName(m.say, m.series), "Place": card.Plain(m.series.Place.Name)})), bot.Row{
		change("notify.button.time", button.AskFormID, button.AskTime),
		change("notify.button.other_channel", button.AskID, button.AskChannel),
		change("notify.button.fewer", button.AskID, button.AskFewer),
		change("notify.button.pause", button.AskFormID, button.AskPause),
	}, bot.Row{
		{Label: m.say("notify.button.channel"), URL: card.ChannelURL(m.series.Place.GuildID, m.series.ChannelID)},
		m.button("notify.button.keep", button.NoticeKeep),
	})
}
