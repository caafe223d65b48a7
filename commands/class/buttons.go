package class

import (
	"context"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/classwords"
	"unpinch/schedule"
)

// cardButton is a button of a class's card.
func cardButton(req *bot.Request, key string, id bot.ID[button.ClassState], s button.ClassState) bot.Button {
	return bot.Button{Label: req.Say("class.button." + key), ID: id.For(s)}
}

// startButton is a button that does something to one start, and says to which.
func (f face) startButton(req *bot.Request, key string, id bot.ID[button.ClassState], s button.ClassState, start schedule.Start) bot.Button {
	said := bot.Args{"Wall": f.when(req, start.At), "Time": start.At.Format("15:04")}
	return bot.Button{Label: req.Say("class.button."+key, said), ID: id.For(s)}
}

// changeRow has the four buttons of anyone who may change a class. Each keeps its
// place: what there is nothing for can't be pressed.
func (f face) changeRow(req *bot.Request, s schedule.Series, r schedule.Recurrence) bot.Row {
	pause := cardButton(req, "pause", button.ClassFormID, button.ClassState{Act: button.ActPause, ID: s.ID, N: 0})
	if f.paused(s, r) {
		pause = cardButton(req, "resume", button.ClassID, button.ClassState{Act: button.ActResume, ID: s.ID, N: 0})
	} else if _, err := r.Next(f.atlas.Now()); err != nil {
		pause.Disabled = true
	}
	return bot.Row{
		cardButton(req, "edit", button.ClassFormID, button.ClassState{Act: button.ActEdit, ID: s.ID, N: 0}),
		f.leaveOut(req, s, r),
		cardButton(req, "move", button.ClassID, button.ClassState{Act: button.ActShift, ID: s.ID, N: 0}),
		pause,
	}
}

// leaveOut cancels the start of which a message is out; else it skips the next
// one, or puts it back.
func (f face) leaveOut(req *bot.Request, s schedule.Series, r schedule.Recurrence) bot.Button {
	now := f.atlas.Now()
	state := button.ClassState{Act: button.ActOff, ID: s.ID, N: 0}
	if start, ok := startOut(s, r, now); ok {
		state.N = start.Planned.Unix()
		today := schedule.DateOf(start.At) == schedule.DateOf(now.In(r.Zone))
		return f.startButton(req, card.Either(today, "cancel_today", "cancel"), button.ClassID, state, start)
	}
	start, err := r.Next(now)
	if err == nil && start.Off == schedule.ReasonSkipped {
		state.Act, state.N = button.ActUnskip, start.Planned.Unix()
		return f.startButton(req, "unskip", button.ClassID, state, start)
	}
	state.Act = button.ActSkip
	ok := err == nil && start.Off == ""
	if !ok {
		start, ok = nextOn(r, now)
	}
	if ok {
		state.N = start.Planned.Unix()
		return f.startButton(req, "skip", button.ClassID, state, start)
	}
	none := cardButton(req, "skip_none", button.ClassID, state)
	none.Disabled = true
	return none
}

// more has what else can be done with a class by anyone who may change it, one
// entry a line.
func more(req *bot.Request, s schedule.Series) bot.Menu {
	act := func(key string, a button.Act, n int64) bot.Button {
		return cardButton(req, key, button.ClassID, button.ClassState{Act: a, ID: s.ID, N: n})
	}
	all := []bot.Button{cardButton(req, "preview", button.ClassLookID, button.ClassState{Act: button.ActShow, ID: s.ID, N: 0})}
	if s.BrokenAt.IsZero() {
		all = append(all, act("now", button.ActNow, 0))
	}
	if s.HasWarmUp() {
		all = append(all, act("workout", button.ActWorkout, 0))
	}
	all = append(all,
		act("starts", button.ActStarts, 0),
		act("history", button.ActHistory, 1),
		changesButton(req, s.ID),
		notifyButton(req, s),
	)
	all = append(all, eventButton(req, s)...)
	if s.CreatedBy != req.UserID {
		all = append(all, act("take", button.ActOwner, 0))
	}
	all = append(all, warmUps(req, s)...)
	all = append(all,
		weekButton(req),
		act("remove", button.ActAsk, 0),
	)
	return bot.Menu{Hint: req.Say("class.more.hint"), Buttons: all}
}

// warmUps have what else the warm-up post of a class can be for.
func warmUps(req *bot.Request, s schedule.Series) (all []bot.Button) {
	for i, f := range schedule.Focuses() {
		if f != s.WarmUp && s.HasWarmUp() {
			all = append(all, bot.Button{Label: req.Say("class.button.warm_up", bot.Args{"Focus": req.Say("class.warm_up." + f.String())}), ID: button.ClassID.For(button.ClassState{Act: button.ActWarmUp, ID: s.ID, N: int64(i) + 1})})
		}
	}
	return all
}

func warmUpFor(req *bot.Request, f schedule.Focus) string {
	return req.Say("class.card.warm_up", bot.Args{"Focus": req.Say("class.warm_up." + f.String())})
}

// lookRow has what everyone can look at.
func lookRow(req *bot.Request, s schedule.Series) bot.Row {
	return bot.Row{
		notifyButton(req, s),
		cardButton(req, "preview", button.ClassLookID, button.ClassState{Act: button.ActShow, ID: s.ID, N: 0}),
		cardButton(req, "history", button.ClassID, button.ClassState{Act: button.ActHistory, ID: s.ID, N: 1}),
		weekButton(req),
	}
}

func weekButton(req *bot.Request) bot.Button { return classwords.AllRow(req)[0] }

func notifyButton(req *bot.Request, s schedule.Series) bot.Button {
	return bot.Button{Label: req.Say("post.button.notify"), ID: button.FollowID.For(button.FollowState{Act: button.FollowShow, ID: s.ID})}
}

func changesButton(req *bot.Request, classID int64) bot.Button {
	return bot.Button{Label: req.Say("class.changes.button"), ID: button.ChangesID.For(button.ClassState{Act: button.ActChanges, ID: classID, N: 1})}
}

// askMove asks whether one start is to be moved, the next or another, or all.
func (o starts) askMove(_ context.Context, req *bot.Request, s schedule.Series, _ int64) (bot.Reply, error) {
	return o.choose(req, s, "class.move.ask", func(r schedule.Recurrence) (row bot.Row) {
		if start, ok := nextOn(r, o.now()); ok {
			row = append(row, o.changing.face.startButton(req, "once", button.ClassFormID, button.ClassState{Act: button.ActMove, ID: s.ID, N: start.Planned.Unix()}, start))
		}
		return append(row, cardButton(req, "always", button.ClassFormID, button.ClassState{Act: button.ActAlways, ID: s.ID, N: 0}))
	})
}

// others offers the next starts to skip, cancel, move or put back.
func (o starts) others(_ context.Context, req *bot.Request, s schedule.Series, _ int64) (bot.Reply, error) {
	return o.choose(req, s, "class.later.ask", func(schedule.Recurrence) bot.Row { return nil })
}

// named is a class in a question about it: by its title too, as several may start
// at one time.
func named(req *bot.Request, s schedule.Series) string {
	return card.Joined(card.Plain(s.Title), classwords.Sentence(req, s.Rule))
}

// choose shows the next starts of a class, with buttons above them.
func (o starts) choose(req *bot.Request, s schedule.Series, key string, buttons func(schedule.Recurrence) bot.Row) (bot.Reply, error) {
	r, err := s.Recurrence(o.zones())
	if err != nil {
		return bot.Reply{}, err
	}
	parts := []bot.Part{bot.Text(req.Say(key, bot.Args{"Sentence": named(req, s)}))}
	parts = append(parts, o.changing.face.laterSelect(req, s, r)...)
	return card.Calm(append(parts, append(buttons(r), backTo(req, s.ID)))...), nil
}
