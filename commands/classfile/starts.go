package classfile

import (
	"fmt"
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/schedule"
	"unpinch/timetable"
)

// startsAtOnce is how many single starts a file may change: each is a row, and
// the database takes nothing else while they are written.
const startsAtOnce = 500

// countStarts counts the single starts that change with some classes.
func countStarts(classes []timetable.Changed) (count int) {
	for _, c := range classes {
		count += len(startChanges(c.Now, c.Want))
	}
	return count
}

// checkStart says why a single start of a class can't be changed as a file has
// it: it has begun, it would be in the past, or the class as it is to be plans
// none there. It is schedule.ErrChanged when the start was moved since.
func checkStart(req *bot.Request, s schedule.Series, c schedule.BatchChange, zones *schedule.Zones, now time.Time) error {
	r, err := s.Recurrence(zones)
	if err != nil {
		return fmt.Errorf("look for a start: %w", err)
	}
	refused := func(key string, at time.Time) error {
		return &bot.UserError{Key: key, Args: bot.Args{"Wall": card.When(req.Say, now, at.In(r.Zone))}}
	}
	move := c.What == schedule.BatchMove
	switch {
	case !c.Start.At.After(now):
		return refused("class.file.begun", c.Start.At)
	case move && !c.To.After(now):
		return refused("class.file.past", c.To)
	case c.What == schedule.BatchUnskip, move && c.To.Equal(c.Start.Planned): // a start that the class doesn't plan has neither
		return nil
	}
	if at, err := r.Rule.Next(c.Start.Planned.Add(-1), r.Zone); err != nil || !at.Equal(c.Start.Planned) {
		return refused("class.file.no_start", c.Start.Planned)
	}
	if !movedTo(s.Moves, c.Start.Planned).Equal(c.Start.At) {
		return schedule.ErrChanged
	}
	return nil
}

// movedTo returns when a start that was planned for an instant takes place.
func movedTo(moves []schedule.Move, planned time.Time) time.Time {
	for _, m := range moves {
		if m.From.Equal(planned) {
			return m.To
		}
	}
	return planned
}
