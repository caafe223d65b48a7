package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/schedule"
)

const (
	// moveDays is how far away a start may be moved to.
	moveDays = 60
	// startsMost is how many starts of a class are looked through for one: more
	// than any class has within moveDays.
	startsMost = 2000
	// postsOfAStart is how many posts of a class are looked through for that of
	// one start.
	postsOfAStart = 20
)

// startPlanned returns the start of a class that its rule planned for an
// instant, if it has not begun.
func (t timetable) startPlanned(r schedule.Recurrence, planned int64) (schedule.Start, bool) {
	after := t.Now()
	for range startsMost {
		s, err := r.Next(after)
		if err != nil {
			return schedule.Start{}, false
		}
		if s.Planned.Unix() == planned {
			return s, true
		}
		after = s.At
	}
	return schedule.Start{}, false
}

// nextOn returns the next start that takes place, if it is not far away.
func (t timetable) nextOn(r schedule.Recurrence) (schedule.Start, bool) {
	for after := t.Now(); ; {
		s, err := r.Next(after)
		if err != nil || s.At.Sub(t.Now()) > moveDays*24*time.Hour {
			return schedule.Start{}, false
		}
		if s.Off == "" {
			return s, true
		}
		after = s.At
	}
}

// moveForm asks when a start is to be instead.
func (t timetable) moveForm(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	series, err := t.changeable(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	r, err := series.Recurrence(t.Zones)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("ask for a move: %w", err)
	}
	start, ok := t.startPlanned(r, s.N)
	if !ok || start.Off != "" {
		return bot.Reply{}, &bot.UserError{Key: "class.move.begun"}
	}
	return bot.Reply{Modal: &bot.Modal{ID: button.ClassSetID.For(s), Title: req.Say("class.move.title"), Fields: []bot.Field{
		{ID: fieldAt, Label: req.Say("class.move.label", bot.Args{"Wall": card.Wall(req.Say, start.At)}), About: req.Say("class.move.about", bot.Args{"Day": schedule.DateOf(start.At)}),
			Value: start.At.Format("2006-01-02 15:04"), Need: true, Max: 40},
	}}}, nil
}

// move takes over the form.
func (t timetable) move(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	series, err := t.changeable(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	r, err := series.Recurrence(t.Zones)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("move a start: %w", err)
	}
	start, ok := t.startPlanned(r, s.N)
	if !ok || start.Off != "" {
		return bot.Reply{}, &bot.UserError{Key: "class.move.begun"}
	}
	to, err := instantIn(req, start.At)
	if err != nil {
		return bot.Reply{}, err
	}
	if err := t.mayMove(req, r, start, to); err != nil {
		return bot.Reply{}, err
	}
	detail := card.Wall(req.Say, start.At) + " → " + card.Wall(req.Say, to)
	return t.changed(ctx, req, series.ID, t.Classes.Move(ctx, series.ID, start, to, t.by(req, detail)), req.Say("class.note.moved"))
}

// instantIn reads the form's time of day with or without its day, on the clock
// and by default on the day of a start.
func instantIn(req *bot.Request, start time.Time) (time.Time, error) {
	text := req.Fields[fieldAt]
	day, clock := schedule.DateOf(start), text
	if first, rest, ok := strings.Cut(strings.TrimSpace(text), " "); ok {
		if d, err := schedule.ParseDate(first); err == nil {
			day, clock = d, rest
		}
	}
	rule, ok := dailyAt(clock)
	if !ok {
		return time.Time{}, &bot.UserError{Key: "class.move.odd", Args: bot.Args{"Seen": card.Plain(input.Seen(text)), "Example": start.Format("2006-01-02 15:04")}}
	}
	at, err := rule.Next(day.Start(start.Location()).Add(-1), start.Location())
	if err != nil {
		return time.Time{}, fmt.Errorf("find a time: %w", err)
	}
	if schedule.DateOf(at) != day || at.Format("15:04") != rule.Times()[0].String() {
		return time.Time{}, &bot.UserError{Key: "class.move.gap", Args: bot.Args{"Time": rule.Times()[0], "Day": schedule.DayShort.OfDay(req.Say, day), "Next": at.Format("15:04")}}
	}
	return at, nil
}

// dailyAt reads a time of day, and nothing but that: a day beside it would be
// one of every week.
func dailyAt(clock string) (rule schedule.Rule, ok bool) {
	for _, days := range []string{"mon", "tue", "daily"} {
		var err error
		if rule, err = schedule.Parse(days + " " + clock); err != nil || rule.String() != days+" "+rule.Times()[0].String() {
			return rule, false
		}
	}
	return rule, true
}

// mayMove says why a start can't be at another instant.
func (t timetable) mayMove(req *bot.Request, r schedule.Recurrence, start schedule.Start, to time.Time) error {
	now := t.Now()
	switch day := schedule.DateOf(to); {
	case !to.After(now):
		return &bot.UserError{Key: "class.move.past", Args: bot.Args{"Wall": card.Wall(req.Say, to)}}
	case to.Sub(now) > moveDays*24*time.Hour:
		return &bot.UserError{Key: "class.move.far", Args: bot.Args{"Wall": card.Wall(req.Say, to), "Days": moveDays}}
	case to.Equal(start.At):
		return &bot.UserError{Key: "class.move.same", Args: bot.Args{"Wall": card.Wall(req.Say, to)}}
	case pausedDay(r, day):
		return &bot.UserError{Key: "class.move.paused", Args: bot.Args{"Wall": card.Wall(req.Say, to)}}
	}
	there, err := r.Next(to.Add(-1))
	if err != nil && !errors.Is(err, schedule.ErrNever) {
		return fmt.Errorf("move a start: %w", err)
	}
	if err == nil && there.At.Equal(to) && !there.Planned.Equal(start.Planned) {
		return &bot.UserError{Key: "class.move.taken", Args: bot.Args{"Wall": card.Wall(req.Say, to)}}
	}
	return nil
}

// pausedDay reports whether nothing of a class takes place on a day.
func pausedDay(r schedule.Recurrence, day schedule.Date) bool {
	return slices.Contains(r.Closed, day) || !r.PausedUntil.IsZero() && day.Before(r.PausedUntil)
}

// startToday returns the start that can be cancelled: the first of today that is
// still to come, or one that runs.
func (t timetable) startToday(series schedule.Series, r schedule.Recurrence) (schedule.Start, bool) {
	now := t.Now().In(r.Zone)
	for after := now.Add(-series.Length); ; {
		s, err := r.Next(after)
		if err != nil || s.At.After(now) && schedule.DateOf(s.At) != schedule.DateOf(now) {
			return schedule.Start{}, false
		}
		if s.Off == "" {
			return s, true
		}
		after = s.At
	}
}

// askCancel says what cancelling would do.
func (t timetable) askCancel(ctx context.Context, req *bot.Request, s schedule.Series) (bot.Reply, error) {
	r, err := s.Recurrence(t.Zones)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("cancel a start: %w", err)
	}
	start, ok := t.startToday(s, r)
	if !ok {
		return t.card(req, s, req.Say("class.note.no_today"))
	}
	tell, err := t.tell(ctx, s, start)
	if err != nil {
		return bot.Reply{}, err
	}
	out, err := t.isOut(ctx, s, start)
	if err != nil {
		return bot.Reply{}, err
	}
	at := start.At.Format("15:04")
	lines := []string{
		req.Say(card.Either(out, "class.cancel.replace", "class.cancel.no_post")),
		card.Either(len(tell) == 0, req.Say("class.cancel.tell_nobody"), req.Say("class.cancel.tell", bot.Args{"count": len(tell)})),
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentStop, Parts: []bot.Part{
		bot.Text(req.Say("class.cancel.ask", bot.Args{"Time": at, "Sentence": sentenceOf(req, s.Rule)})),
		bot.Text(card.Bullets(lines)),
		bot.Row{
			{Label: req.Say("class.button.cancel_it", bot.Args{"Time": at}), ID: button.ClassID.For(button.ClassState{Act: button.ActCancel, ID: s.ID, N: start.Planned.Unix()}), Style: bot.Danger},
			{Label: req.Say("class.button.keep"), ID: button.ClassID.For(button.ClassState{Act: button.ActShow, ID: s.ID, N: 0})},
		},
	}}}}, nil
}

// cancel leaves out the start that the card asked about.
func (t timetable) cancel(ctx context.Context, req *bot.Request, s schedule.Series, planned int64) (bot.Reply, error) {
	r, err := s.Recurrence(t.Zones)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("cancel a start: %w", err)
	}
	start, ok := t.startToday(s, r)
	if !ok || start.Planned.Unix() != planned {
		return t.card(req, s, req.Say("class.note.no_today"))
	}
	tell, err := t.tell(ctx, s, start)
	if err != nil {
		return bot.Reply{}, err
	}
	note := req.Say("class.note.cancelled", bot.Args{"Time": start.At.Format("15:04")})
	if len(tell) > 0 {
		note = req.Say("class.note.cancelled_told", bot.Args{"Time": start.At.Format("15:04"), "count": len(tell)})
	}
	return t.changed(ctx, req, s.ID, t.Classes.Cancel(ctx, s, start, tell, t.by(req, card.Wall(req.Say, start.At))), note)
}

// isOut reports whether the post before a start stands in the channel.
func (t timetable) isOut(ctx context.Context, s schedule.Series, start schedule.Start) (bool, error) {
	posts, err := t.Classes.History(ctx, s.Place.GuildID, s.ID, postsOfAStart, 0)
	if err != nil {
		return false, fmt.Errorf("look for the post: %w", err)
	}
	return slices.ContainsFunc(posts, func(o schedule.Occurrence) bool {
		before := o.Kind == schedule.KindPre || o.Kind == schedule.KindDesk
		of := o.StartAt.Equal(start.At) || o.StartAt.Equal(start.Planned) // it was moved since
		return before && of && o.MessageID != "" && !o.Gone
	}), nil
}

// tell returns who hears that a start is off, and when: inside the hours in
// which they take DMs, and before the start. Who paused, keeps quiet or takes no
// DMs is left out.
func (t timetable) tell(ctx context.Context, s schedule.Series, start schedule.Start) (map[string]time.Time, error) {
	followers, err := t.Notices.Followers(ctx, s, start.At)
	if err != nil {
		return nil, fmt.Errorf("find who follows the class: %w", err)
	}
	zone := start.At.Location()
	tell := map[string]time.Time{}
	for _, f := range followers {
		at := f.Active.First(t.Now().In(f.Clock(zone, t.Zones)))
		if at.Before(start.At) && f.Wants(schedule.KindOff, at, zone, t.Zones) {
			tell[f.UserID] = at
		}
	}
	return tell, nil
}

// takeBack lets a start that was left out take place.
func (t timetable) takeBack(ctx context.Context, req *bot.Request, s schedule.Series, planned int64) (bot.Reply, error) {
	r, err := s.Recurrence(t.Zones)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("take a start back: %w", err)
	}
	start, ok := t.startPlanned(r, planned)
	if !ok || start.Off != schedule.ReasonSkipped {
		return t.card(req, s, req.Say("class.note.skipped_already"))
	}
	return t.changed(ctx, req, s.ID, t.Classes.Unskip(ctx, s.ID, start.Planned, t.by(req, card.Wall(req.Say, start.At))), req.Say("class.note.taken_back"))
}

// askTakeOver says what it means to hear of a class's troubles.
func (t timetable) askTakeOver(ctx context.Context, req *bot.Request, s schedule.Series) (bot.Reply, error) {
	all, err := t.Classes.SeriesOf(ctx, req.GuildID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("count the classes: %w", err)
	}
	theirs := 0
	for _, o := range all {
		if o.Place.ID == s.Place.ID && o.CreatedBy == s.CreatedBy {
			theirs++
		}
	}
	row := bot.Row{{Label: req.Say("class.button.take_one"), ID: button.ClassID.For(button.ClassState{Act: button.ActTake, ID: s.ID, N: 0}), Style: bot.Primary}}
	if theirs > 1 {
		row = append(row, bot.Button{Label: req.Say("class.button.take_all", bot.Args{"count": theirs}), ID: button.ClassID.For(button.ClassState{Act: button.ActTake, ID: s.ID, N: 1})})
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentRead, Parts: []bot.Part{
		bot.Text(req.Say("class.take.ask", bot.Args{"Sentence": sentenceOf(req, s.Rule)})), append(row, t.backTo(req, s.ID))}}}}, nil
}

// takeOver makes the reader the one who hears of a class's troubles.
func (t timetable) takeOver(ctx context.Context, req *bot.Request, s schedule.Series, all bool) (bot.Reply, error) {
	return t.changed(ctx, req, s.ID, t.Classes.TakeOver(ctx, s.ID, all, t.by(req, "")), req.Say("class.note.taken_over"))
}
