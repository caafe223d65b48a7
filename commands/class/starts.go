package class

import (
	"context"
	"fmt"
	"slices"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/place"
	"unpinch/schedule"
)

const (
	// startsMost is how many starts of a class are looked through for one: more
	// than any class has within moveDays.
	startsMost = 2000
	// postsOfAStart is how many posts of a class are looked through for that of
	// one start.
	postsOfAStart = 20
)

// A startStore changes single starts of classes.
type startStore interface {
	// Skip leaves out a start, and replaces the post that is out; Unskip takes
	// that back.
	Skip(ctx context.Context, classID int64, start schedule.Start, by schedule.By) error
	Unskip(ctx context.Context, classID int64, start schedule.Start, by schedule.By) error
	// Cancel is Skip, and tells people, each not before an instant.
	Cancel(ctx context.Context, s schedule.Series, start schedule.Start, tell map[string]time.Time, by schedule.By) error
	// Heard returns the members who got a DM of a start.
	Heard(ctx context.Context, classID int64, slot schedule.Slot) ([]string, error)
	// Move has a start take place at another time, once.
	Move(ctx context.Context, classID int64, start schedule.Start, to schedule.Slot, by schedule.By) error
	posts
}

// starts leave out, move and take back single starts.
type starts struct {
	changing  changing
	store     startStore
	followers place.Followers
}

func (o starts) now() time.Time         { return o.changing.face.atlas.Now() }
func (o starts) zones() *schedule.Zones { return o.changing.face.atlas.Zones }

// tell returns who hears that a start is off, and when.
func (o starts) tell(ctx context.Context, s schedule.Series, start schedule.Start) (map[string]time.Time, error) {
	all, err := o.followers.Followers(ctx, s, start.At)
	if err != nil {
		return nil, fmt.Errorf("find who follows the class: %w", err)
	}
	heard, err := o.store.Heard(ctx, s.ID, start.Slot)
	if err != nil {
		return nil, fmt.Errorf("find who heard of the start: %w", err)
	}
	told := schedule.ToldOff(all, start.At, o.now(), o.zones())
	for _, f := range all {
		if slices.Contains(heard, f.UserID) && f.Wants(schedule.KindOff, o.now(), start.At.Location(), o.zones()) { // they count on it
			told[f.UserID] = o.now()
		}
	}
	return told, nil
}

// startPlanned returns the start of a class that its rule planned for an
// instant, if it has not begun.
func startPlanned(r schedule.Recurrence, planned int64, now time.Time) (schedule.Start, bool) {
	after := now
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
func nextOn(r schedule.Recurrence, now time.Time) (schedule.Start, bool) {
	for after := now; ; {
		s, err := r.Next(after)
		if err != nil || s.At.Sub(now) > moveDays*24*time.Hour {
			return schedule.Start{}, false
		}
		if s.Off == "" {
			return s, true
		}
		after = s.At
	}
}

// startOut returns the start that can be cancelled: the next one of which a
// message is out, or else one that runs.
func startOut(series schedule.Series, r schedule.Recurrence, now time.Time) (found schedule.Start, ok bool) {
	now = now.In(r.Zone)
	first := time.Duration(0)
	for _, k := range series.Kinds() {
		first = min(first, series.Offset(k))
	}
	for after := now.Add(-series.Length); ; {
		s, err := r.Next(after)
		switch {
		case err != nil, now.Before(s.At.Add(first)):
			return found, ok
		case s.Off != "":
		case s.At.After(now):
			return s, true
		default:
			found, ok = s, true
		}
		after = s.At
	}
}

// skip leaves out a start. One that has begun can't be left out any more.
func (o starts) skip(ctx context.Context, req *bot.Request, s schedule.Series, planned int64) (bot.Reply, error) {
	r, err := s.Recurrence(o.zones())
	if err != nil {
		return bot.Reply{}, fmt.Errorf("skip a start: %w", err)
	}
	start, ok := startPlanned(r, planned, o.now())
	if ok && start.Off == schedule.ReasonSkipped {
		return o.changing.face.card(req, s, "") // which shows it
	}
	if !ok || start.Off != "" {
		return o.changing.face.card(req, s, req.Say("class.note.skipped_already"))
	}
	return o.changing.done(ctx, req, s.ID, o.store.Skip(ctx, s.ID, start, place.By(req, o.now(), card.Kept(req.Say, start.At))), req.Say("class.note.skipped"))
}

// takeBack lets a start that was left out take place.
func (o starts) takeBack(ctx context.Context, req *bot.Request, s schedule.Series, planned int64) (bot.Reply, error) {
	r, err := s.Recurrence(o.zones())
	if err != nil {
		return bot.Reply{}, fmt.Errorf("take a start back: %w", err)
	}
	start, ok := startPlanned(r, planned, o.now())
	if ok && start.Off == "" {
		return o.changing.face.card(req, s, req.Say("class.note.taken_back"))
	}
	if !ok || start.Off != schedule.ReasonSkipped {
		return o.changing.face.card(req, s, req.Say("class.note.skipped_already"))
	}
	back, _ := r.Start(start.Slot) // where it was moved to before
	return o.changing.done(ctx, req, s.ID, o.store.Unskip(ctx, s.ID, back, place.By(req, o.now(), card.Kept(req.Say, start.At))), req.Say("class.note.taken_back"))
}

// askCancel says what cancelling a start would do: the one that was picked, or
// else the one of which a message is out.
func (o starts) askCancel(ctx context.Context, req *bot.Request, s schedule.Series, planned int64) (bot.Reply, error) {
	r, err := s.Recurrence(o.zones())
	if err != nil {
		return bot.Reply{}, fmt.Errorf("cancel a start: %w", err)
	}
	start, ok := startOut(s, r, o.now())
	if planned == 0 && !ok { // a button of an older card is for what starts today, too
		start, ok = nextOn(r, o.now())
		ok = ok && schedule.DateOf(start.At) == schedule.DateOf(o.now().In(r.Zone))
	}
	if planned != 0 {
		start, ok = startPlanned(r, planned, o.now().Add(-s.Length))
	}
	if !ok || start.Off != "" {
		return o.changing.face.card(req, s, req.Say("class.note.no_today"))
	}
	tell, err := o.tell(ctx, s, start)
	if err != nil {
		return bot.Reply{}, err
	}
	out, err := o.isOut(ctx, s, start)
	if err != nil {
		return bot.Reply{}, err
	}
	wall := o.changing.face.when(req, start.At)
	lines := []string{
		req.Say(card.Either(out, "class.cancel.replace", "class.cancel.no_post")),
		card.Either(len(tell) == 0, req.Say("class.cancel.tell_nobody"), req.Say("class.cancel.tell", bot.Args{"count": len(tell)})),
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentStop, Parts: []bot.Part{
		bot.Text(req.Say("class.cancel.ask", bot.Args{"Wall": wall, "Sentence": named(req, s)})),
		bot.Text(card.Bullets(lines)),
		bot.Row{
			{Label: req.Say(card.Either(len(tell) == 0, "class.button.cancel_alone", "class.button.cancel_it"), bot.Args{"Wall": wall, "count": len(tell)}), ID: button.ClassID.For(button.ClassState{Act: button.ActCancel, ID: s.ID, N: start.Planned.Unix()}), Style: bot.Danger},
			{Label: req.Say("class.button.keep"), ID: button.ClassID.For(button.ClassState{Act: button.ActShow, ID: s.ID, N: 0})},
		},
	}}}}, nil
}

// cancel leaves out the start that the card asked about.
func (o starts) cancel(ctx context.Context, req *bot.Request, s schedule.Series, planned int64) (bot.Reply, error) {
	r, err := s.Recurrence(o.zones())
	if err != nil {
		return bot.Reply{}, fmt.Errorf("cancel a start: %w", err)
	}
	start, ok := startPlanned(r, planned, o.now().Add(-s.Length))
	if ok && start.Off == schedule.ReasonSkipped {
		return o.changing.face.card(req, s, req.Say("class.note.cancelled", bot.Args{"Wall": o.changing.face.when(req, start.At)}))
	}
	if !ok || start.Off != "" {
		return o.changing.face.card(req, s, req.Say("class.note.no_today"))
	}
	tell, err := o.tell(ctx, s, start)
	if err != nil {
		return bot.Reply{}, err
	}
	note := req.Say("class.note.cancelled", bot.Args{"Wall": o.changing.face.when(req, start.At)})
	if len(tell) > 0 {
		note = req.Say("class.note.cancelled_told", bot.Args{"Wall": o.changing.face.when(req, start.At), "count": len(tell)})
	}
	return o.changing.done(ctx, req, s.ID, o.store.Cancel(ctx, s, start, tell, place.By(req, o.now(), card.Kept(req.Say, start.At))), note)
}

// isOut reports whether the post before a start stands in the channel.
func (o starts) isOut(ctx context.Context, s schedule.Series, start schedule.Start) (bool, error) {
	posts, err := o.store.History(ctx, s.Place.GuildID, s.ID, postsOfAStart, 0)
	if err != nil {
		return false, fmt.Errorf("look for the post: %w", err)
	}
	return slices.ContainsFunc(posts, func(p schedule.Occurrence) bool {
		before := p.Kind == schedule.KindPre || p.Kind == schedule.KindDesk
		of := p.StartAt.Equal(start.At) || p.StartAt.Equal(start.Planned) // it was moved since
		return before && of && p.MessageID != "" && !p.Gone
	}), nil
}
