package post

import (
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
	"unpinch/schedule"
)

// A classPost is a post with a routine, before or after a class or at a desk.
type classPost struct {
	message
	strips  strips
	routine *content.Routine // nil if there is none of the kind
}

func newClassPost(m message, s strips) classPost {
	p := classPost{message: m, strips: s}
	switch {
	case m.o.Kind == schedule.KindCoolDown:
		p.routine = routineOfDay(m.lib, m.locale, content.Post, content.Upper, postMinutes, m.start())
	case m.series.Purpose == schedule.ForDesk:
		p.routine = routineOfDay(m.lib, m.locale, content.Desk, content.Upper, deskMinutes, m.start())
	default:
		p.routine = routineOfDay(m.lib, m.locale, content.Pre, content.Focus(m.series.WarmUp), postMinutes, m.start())
	}
	return p
}

// reply returns the whole post. One that is out already pings nobody again.
func (p classPost) reply(how How) bot.Reply {
	body, files := p.body(how)
	reply := bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentCalm, Parts: append(body, p.row())}}, Files: files}
	everyone := p.series.Place.GuildID // the role that everyone has, which nothing pings, however it got there
	if role := p.series.RoleID; role != "" && role != everyone && p.o.Kind == schedule.KindPre {
		if p.o.State != schedule.StateSent && p.o.State != schedule.StateLate {
			reply.PingRole = role
		}
		reply.Parts = append([]bot.Part{bot.Text(card.RoleMention(role))}, reply.Parts...)
	}
	reply.Silent = reply.PingRole == ""
	return reply
}

// body returns the post without its buttons, and the files that it shows.
func (p classPost) body(how How) (parts []bot.Part, files []bot.File) {
	start, due := p.start(), p.o.DueAt.In(p.clock.Zone)
	parts = []bot.Part{p.title(start, due)}
	if p.o.Kind.Announces() && !p.o.Slot.IsZero() && p.o.Slot != schedule.SlotOf(start) {
		parts = append(parts, bot.Text(p.say("post.was", bot.Args{"Wall": card.Wall(p.say, p.o.Slot.Clock.On(p.o.Slot.Day, p.clock.Zone))})))
	}
	if p.series.Title != "" && p.o.Kind == schedule.KindPre {
		parts = append(parts, bot.Text(p.say("post.class", bot.Args{"Title": card.Plain(p.series.Title), "Time": start.Format("15:04")})))
	}
	if p.routine != nil {
		if !how.Bare {
			gallery, strip := p.strips.draw(p.locale, p.routine)
			parts, files = append(parts, gallery...), strip
		}
		parts = append(parts, bot.Text(numbered(p.lib.PostLines(p.locale, p.routine))))
	}
	if p.workout.Lines != "" {
		parts = append(parts, bot.Text(p.workoutText()))
	}
	holdsNeck := p.routine != nil && p.routine.HoldsNeck()
	parts = append(parts, bot.Text(p.say(card.Either(holdsNeck, "post.gentle_neck", "post.gentle"))))
	if how.Late {
		parts = append(parts, bot.Text(p.say("post.late", bot.Args{"Time": due.Format("15:04")})))
	}
	parts = append(parts, p.clockChange(start)...)
	if p.o.Done > 0 {
		parts = append(parts, bot.Text(p.say("post.count", bot.Args{"count": p.o.Done})))
	}
	return parts, files
}

func (p classPost) title(start, due time.Time) bot.Part {
	at, kind := start, p.o.Kind
	switch {
	case kind == schedule.KindCoolDown:
		at = due
	case kind == schedule.KindNow && p.series.Purpose == schedule.ForDesk:
		kind = schedule.KindDesk
	case kind == schedule.KindNow:
		return bot.Text(p.nowTitle(due))
	}
	return bot.Text(p.say("post."+string(kind)+".title", bot.Args{"Place": card.Plain(p.series.Place.Name), "Time": at.Format("15:04")}))
}

// clockChange tells of a change of the place's clock between a start and the
// one after it.
func (p classPost) clockChange(start time.Time) []bot.Part {
	day, ok := changeBeforeNext(p.clock, start)
	if !ok || p.o.Kind == schedule.KindNow {
		return nil
	}
	key, name := "post.change", schedule.Weekday(p.say, day.Weekday())
	if day.Sub(start) > 6*24*time.Hour { // the weekday alone could be an earlier one
		key, name = "post.change_far", schedule.DayLong.Of(p.say, day)
	}
	return []bot.Part{bot.Text(p.say(key, bot.Args{"Day": name, "Time": start.Format("15:04")}))}
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

// row offers the routine and its gentle version, counts people who have done it,
// asks before which classes they want a DM, and makes the workout easier.
func (p classPost) row() bot.Row {
	var row bot.Row
	if p.routine != nil {
		row = append(row, bot.Button{Label: p.say("post.button.start"), Style: bot.Primary,
			ID: button.PostID.For(button.PostState{ID: p.o.ID, Routine: button.Routine(p.routine.ID)})})
	}
	row = append(row,
		bot.Button{Label: p.say("stretch.button.gentle"), ID: button.PostID.For(button.PostState{ID: p.o.ID, Routine: button.GentleOf(p.routine)})},
		bot.Button{Label: p.say("post.button.done"), ID: button.DoneID.For(button.Occurrence(p.o.ID)), Style: bot.Success},
		bot.Button{Label: p.say("post.button.notify"), ID: button.NotifyID.For(button.Occurrence(p.o.ID))})
	if p.workout.Lines != "" {
		row = append(row, bot.Button{Label: p.say("post.button.easier"),
			ID: button.EasierID.For(button.EasierState{Class: p.series.ID, Start: button.StartOf(p.workout.Slot)})})
	}
	return row
}
