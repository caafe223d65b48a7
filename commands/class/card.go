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

// card shows one class. Anyone who may change it gets what does that; everyone
// gets what looks.
func (f face) card(req *bot.Request, s schedule.Series, note string) (bot.Reply, error) {
	r, err := s.Recurrence(f.atlas.Zones)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the class: %w", err)
	}
	next, err := r.Next(f.atlas.Now())
	if err != nil && !errors.Is(err, schedule.ErrNever) {
		return bot.Reply{}, fmt.Errorf("show the class: %w", err)
	}
	lines, err := f.lines(req, s, r, next)
	if err != nil {
		return bot.Reply{}, err
	}
	parts := []bot.Part{
		bot.Text(req.Say("class.contract.title", bot.Args{"Sentence": classwords.Sentence(req, s.Rule), "City": f.atlas.City(s.Place.Zone)})),
		bot.Text(strings.Join(lines, "\n")),
	}
	if note != "" {
		parts = append(parts, bot.Text(note))
	}
	if place.MayChange(req, s.Place) != nil {
		parts = append(parts, lookRow(req, s))
	} else {
		if !s.BrokenAt.IsZero() {
			mend := cardButton(req, "mend", button.ClassID, button.ClassState{Act: button.ActMend, ID: s.ID, N: 0})
			mend.Style = bot.Primary
			parts = append(parts, bot.Row{mend})
		}
		if s.Event && s.EventWhy != "" {
			parts = append(parts, bot.Row{turnEvent(req, s, "event.button.again", 1)})
		}
		parts = append(parts, f.changeRow(req, s, r), more(req, s))
	}
	return card.Calm(parts...), nil
}

// lines say what a class is, when it starts next, and what is out of the ordinary.
func (f face) lines(req *bot.Request, s schedule.Series, r schedule.Recurrence, next schedule.Start) (lines []string, err error) {
	lines = []string{facts(req, s)}
	if s.HasWarmUp() && s.WarmUp != schedule.UpperBody {
		lines = append(lines, warmUpFor(req, s.WarmUp))
	}
	if s.RoleID != "" {
		lines = append(lines, req.Say("class.contract.ping", bot.Args{"Role": card.RoleMention(s.RoleID)}))
	}
	if next.At.IsZero() {
		lines = append(lines, req.Say("class.card.never"))
	} else if lines, err = f.nextLines(req, r, next, lines); err != nil {
		return nil, err
	}
	moved := r.Moved(f.atlas.Now())
	for _, s := range moved[:min(len(moved), movedShown)] {
		lines = append(lines, f.movedLine(req, s))
	}
	if f.paused(s, r) {
		lines = append(lines, req.Say("class.card.paused", bot.Args{"Day": schedule.DayYear.OfDay(req.Say, s.PausedUntil)}))
	}
	if line := eventLine(req, s); line != "" {
		lines = append(lines, line)
	}
	if !s.BrokenAt.IsZero() {
		lines = append(lines, req.Say("class.card.broken", bot.Args{"Why": req.Say("class.reason." + string(s.BrokenWhy))}))
	}
	return lines, nil
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

// paused reports whether a class is paused now.
func (f face) paused(s schedule.Series, r schedule.Recurrence) bool {
	return pausedOn(s, f.atlas.Now().In(r.Zone))
}

// pausedOn reports whether a class is paused at an instant on its own clock. A
// pause that is over stays on record and means nothing.
func pausedOn(s schedule.Series, local time.Time) bool {
	return !s.PausedUntil.IsZero() && schedule.DateOf(local).Before(s.PausedUntil)
}
