package class

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/classwords"
	"unpinch/commands/input"
	"unpinch/commands/place"
	"unpinch/schedule"
)

// A face shows classes.
type face struct{ atlas input.Atlas }

// movedShown is how many moved starts a card names.
const movedShown = 3

// card shows one class. Anyone who may change it gets buttons that do; everyone
// gets those that look.
func (f face) card(req *bot.Request, s schedule.Series, note string) (bot.Reply, error) {
	r, err := s.Recurrence(f.atlas.Zones)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the class: %w", err)
	}
	next, err := r.Next(f.atlas.Now())
	if err != nil && !errors.Is(err, schedule.ErrNever) {
		return bot.Reply{}, fmt.Errorf("show the class: %w", err)
	}
	lines := []string{facts(req, s)}
	if s.HasWarmUp() && s.WarmUp != schedule.UpperBody {
		lines = append(lines, warmUpFor(req, s.WarmUp))
	}
	if s.RoleID != "" {
		lines = append(lines, req.Say("class.contract.ping", bot.Args{"Role": card.RoleMention(s.RoleID)}))
	}
	if err != nil {
		lines = append(lines, req.Say("class.card.never"))
	} else if lines, err = f.nextLines(req, r, next, lines); err != nil {
		return bot.Reply{}, err
	}
	moved := r.Moved(f.atlas.Now())
	for _, s := range moved[:min(len(moved), movedShown)] {
		lines = append(lines, f.movedLine(req, s))
	}
	paused := pausedOn(s, f.atlas.Now().In(r.Zone))
	if paused {
		lines = append(lines, req.Say("class.card.paused", bot.Args{"Day": schedule.DayYear.OfDay(req.Say, s.PausedUntil)}))
	}
	if !s.BrokenAt.IsZero() {
		lines = append(lines, req.Say("class.card.broken", bot.Args{"Why": req.Say("class.reason." + string(s.BrokenWhy))}))
	}
	parts := []bot.Part{
		bot.Text(req.Say("class.contract.title", bot.Args{"Sentence": classwords.Sentence(req, s.Rule), "City": f.atlas.City(s.Place.Zone)})),
		bot.Text(strings.Join(lines, "\n")),
	}
	if note != "" {
		parts = append(parts, bot.Text(note))
	}
	if place.MayChange(req, s.Place) == nil {
		parts = append(append(parts, f.changeRow(req, s, r), f.leaveRow(req, s, r, next, paused)), f.laterSelect(req, s, r)...)
		if s.HasWarmUp() {
			parts = append(parts, warmUpSelect(req, s))
		}
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentCalm, Parts: append(parts, lookRow(req, s))}}}, nil
}

// movedLine says that a start is at another time, with the day only where that
// differs too.
func (f face) movedLine(req *bot.Request, s schedule.Start) string {
	to := f.when(req, s.At)
	if schedule.DateOf(s.Planned) == schedule.DateOf(s.At) {
		to = s.At.Format("15:04")
	}
	return req.Say("class.card.moved", bot.Args{"From": f.when(req, s.Planned), "To": to})
}

// nextLines says when the class starts next, and that a start before that is
// left out.
func (f face) nextLines(req *bot.Request, r schedule.Recurrence, next schedule.Start, lines []string) ([]string, error) {
	if next.Off != "" && next.Off != schedule.ReasonPaused { // a pause has a line of its own
		lines = append(lines, req.Say("class.card.off", bot.Args{"Wall": f.when(req, next.At), "Why": req.Say("class.reason." + string(next.Off))}))
	}
	at, err := r.NextStart(f.atlas.Now())
	if errors.Is(err, schedule.ErrNever) {
		return append(lines, req.Say("class.card.never")), nil
	}
	if err != nil {
		return nil, fmt.Errorf("show the class: %w", err)
	}
	return append(lines, req.Say("class.card.next", bot.Args{"Wall": f.when(req, at), "Yours": card.Yours(at)})), nil
}

// when is an instant on its own zone's clock, as it reads now.
func (f face) when(req *bot.Request, at time.Time) string {
	return card.When(req.Say, f.atlas.Now(), at)
}

// pausedOn reports whether a class is paused at an instant on its own clock. A
// pause that is over stays on record and means nothing.
func pausedOn(s schedule.Series, local time.Time) bool {
	return !s.PausedUntil.IsZero() && schedule.DateOf(local).Before(s.PausedUntil)
}

// cardButton is a button of a class's card.
func cardButton(req *bot.Request, key string, id bot.ID[button.ClassState], s button.ClassState) bot.Button {
	return bot.Button{Label: req.Say("class.button." + key), ID: id.For(s)}
}

// startButton is a button that does something to one start, and says to which.
func (f face) startButton(req *bot.Request, key string, id bot.ID[button.ClassState], s button.ClassState, start schedule.Start) bot.Button {
	said := bot.Args{"Wall": f.when(req, start.At), "Time": start.At.Format("15:04")}
	return bot.Button{Label: req.Say("class.button."+key, said), ID: id.For(s)}
}

// changeRow has what changes a class, or posts for it.
func (f face) changeRow(req *bot.Request, s schedule.Series, r schedule.Recurrence) bot.Row {
	var row bot.Row
	if s.BrokenAt.IsZero() {
		row = append(row, cardButton(req, "now", button.ClassID, button.ClassState{Act: button.ActNow, ID: s.ID, N: 0}))
	} else {
		mend := cardButton(req, "mend", button.ClassID, button.ClassState{Act: button.ActMend, ID: s.ID, N: 0})
		mend.Style = bot.Primary
		row = append(row, mend)
	}
	row = append(row, cardButton(req, "edit", button.ClassFormID, button.ClassState{Act: button.ActEdit, ID: s.ID, N: 0}))
	if start, ok := nextOn(r, f.atlas.Now()); ok {
		row = append(row, f.startButton(req, "once", button.ClassFormID, button.ClassState{Act: button.ActMove, ID: s.ID, N: start.Planned.Unix()}, start))
	}
	row = append(row, cardButton(req, "always", button.ClassFormID, button.ClassState{Act: button.ActAlways, ID: s.ID, N: 0}))
	if s.CreatedBy != req.UserID {
		row = append(row, cardButton(req, "take", button.ClassID, button.ClassState{Act: button.ActOwner, ID: s.ID, N: 0}))
	}
	return row
}

// warmUpSelect has what the warm-up post of a class can be for.
func warmUpSelect(req *bot.Request, s schedule.Series) bot.Select {
	out := bot.Select{ID: button.ClassID.For(button.ClassState{Act: button.ActWarmUp, ID: s.ID, N: 0})}
	for _, f := range schedule.Focuses() {
		out.Entries = append(out.Entries, bot.Entry{Label: warmUpFor(req, f), Value: f.String(), Chosen: f == s.WarmUp})
	}
	return out
}

func warmUpFor(req *bot.Request, f schedule.Focus) string {
	return req.Say("class.card.warm_up", bot.Args{"Focus": req.Say("class.warm_up." + f.String())})
}

// leaveRow has what leaves starts out.
func (f face) leaveRow(req *bot.Request, s schedule.Series, r schedule.Recurrence, next schedule.Start, paused bool) bot.Row {
	desk := card.Either(s.Purpose == schedule.ForDesk, "_desk", "")
	var row bot.Row
	if paused {
		row = append(row, cardButton(req, "resume", button.ClassID, button.ClassState{Act: button.ActResume, ID: s.ID, N: 0}))
	} else if !next.At.IsZero() {
		row = append(row, cardButton(req, "pause", button.ClassFormID, button.ClassState{Act: button.ActPause, ID: s.ID, N: 0}))
	}
	switch {
	case next.At.IsZero():
	case next.Off == "":
		row = append(row, f.startButton(req, "skip"+desk, button.ClassID, button.ClassState{Act: button.ActSkip, ID: s.ID, N: next.Planned.Unix()}, next))
	case next.Off == schedule.ReasonSkipped:
		row = append(row, f.startButton(req, "unskip", button.ClassID, button.ClassState{Act: button.ActUnskip, ID: s.ID, N: next.Planned.Unix()}, next))
	}
	if start, ok := startOut(s, r, f.atlas.Now()); ok {
		row = append(row, f.startButton(req, "off"+desk, button.ClassID, button.ClassState{Act: button.ActOff, ID: s.ID, N: 0}, start))
	}
	if s.HasWarmUp() {
		row = append(row, cardButton(req, "workout", button.ClassID, button.ClassState{Act: button.ActWorkout, ID: s.ID, N: 0}))
	}
	remove := cardButton(req, "remove", button.ClassID, button.ClassState{Act: button.ActAsk, ID: s.ID, N: 0})
	remove.Style = bot.Danger
	return append(row, remove)
}

// lookRow has what everyone can look at, and the record of changes for anyone who
// may change the class.
func lookRow(req *bot.Request, s schedule.Series) bot.Row {
	row := bot.Row{
		{Label: req.Say("post.button.notify"), ID: button.FollowID.For(button.FollowState{Act: button.FollowShow, ID: s.ID})},
		cardButton(req, "preview", button.ClassLookID, button.ClassState{Act: button.ActShow, ID: s.ID, N: 0}),
		cardButton(req, "history", button.ClassID, button.ClassState{Act: button.ActHistory, ID: s.ID, N: 1}),
	}
	if place.MayChange(req, s.Place) == nil {
		row = append(row, bot.Button{Label: req.Say("class.changes.button"), ID: button.ChangesID.For(button.ClassState{Act: button.ActChanges, ID: s.ID, N: 1})})
	}
	return append(row, cardButton(req, "list", button.ClassID, button.ClassState{Act: button.ActWeek, ID: 0, N: 0}))
}
