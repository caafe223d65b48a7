package classfile

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/schedule"
	"unpinch/timetable"
)

const (
	// startsAtOnce is how many single starts a file may change: each is a row, and
	// the database takes nothing else while they are written.
	startsAtOnce = 500
	// moveDays is how far away a start may be moved to, as on the card.
	moveDays = 60
)

// countStarts counts the single starts that change with some classes.
func countStarts(classes []timetable.Changed) (count int) {
	for _, c := range classes {
		count += len(startChanges(c.Now, c.Want))
	}
	return count
}

// A check knows when a class starts before and after its single starts change.
type check struct {
	before, after schedule.Recurrence
	now           time.Time
}

// checkOf checks changes of single starts of a class, whose rule and days are
// those that it is to have.
func checkOf(s schedule.Series, all []schedule.BatchChange, zones *schedule.Zones, now time.Time) (c check, err error) {
	before, err := s.Recurrence(zones)
	if err == nil {
		c = check{before, before, now}
		c.after.Skips, c.after.Moves = changed(s, all)
	}
	if err != nil {
		return c, fmt.Errorf("look for a start: %w", err)
	}
	return c, nil
}

// changed are the exceptions of a class after some changes.
func changed(s schedule.Series, all []schedule.BatchChange) (skips []schedule.Slot, moves []schedule.Move) {
	skips, moves = slices.Clone(s.Skips), slices.Clone(s.Moves)
	for _, c := range all {
		switch c.What {
		case schedule.BatchSkip:
			skips = append(skips, c.Slot)
		case schedule.BatchUnskip:
			skips = slices.DeleteFunc(skips, func(o schedule.Slot) bool { return o == c.Slot })
		case schedule.BatchMove:
			moves = slices.DeleteFunc(moves, func(o schedule.Move) bool { return o.From == c.Slot })
			if c.To != c.Slot {
				moves = append(moves, schedule.Move{From: c.Slot, To: c.To})
			}
		}
	}
	return skips, moves
}

// start says why a single start can't be changed as a file has it: it has begun,
// the class plans none there, or it can't take place where it is moved to.
func (k check) start(req *bot.Request, c schedule.BatchChange) error {
	refused := func(key string, s schedule.Slot) error {
		return &bot.UserError{Key: key, Args: bot.Args{"Wall": card.Slot(req.Say, s), "Days": moveDays}}
	}
	start, ok := k.before.Start(c.Slot)
	moves := c.What == schedule.BatchMove && c.To != c.Slot
	switch to := c.To.On(k.before.Zone); {
	case !ok && (c.What == schedule.BatchUnskip || c.What == schedule.BatchMove && !moves):
		return nil // what no rule plans any more can be dropped
	case !ok:
		return refused("class.file.no_start", c.Slot)
	case !start.At.After(k.now):
		return refused("class.file.begun", schedule.SlotOf(start.At))
	case c.What == schedule.BatchMove && !to.After(k.now):
		return refused("class.file.past", c.To)
	case moves && to.Sub(k.now) > moveDays*24*time.Hour:
		return refused("class.move.far", c.To)
	case moves && schedule.SlotOf(to) != c.To:
		return &bot.UserError{Key: "class.move.gap", Args: bot.Args{"Time": c.To.Clock, "Day": schedule.DayShort.OfDay(req.Say, c.To.Day), "Next": to.Format("15:04")}}
	case c.What == schedule.BatchMove && k.after.Taken(c.To, c.Slot):
		return refused("class.move.taken", c.To)
	}
	return nil
}

// found returns the start that a change is of, where it takes place before that.
// What no rule plans any more is where it was planned.
func (k check) found(c schedule.BatchChange) schedule.Start {
	if start, ok := k.before.Start(c.Slot); ok {
		return start
	}
	at := c.Slot.On(k.before.Zone)
	return schedule.Start{At: at, Planned: at, Slot: c.Slot}
}

// inWords puts a refusal into words; another error stays one.
func inWords(req *bot.Request, err error) (said string, ok bool) {
	ue, ok := errors.AsType[*bot.UserError](err)
	if !ok {
		return "", false
	}
	return req.Say(ue.Key, ue.Args), true
}
