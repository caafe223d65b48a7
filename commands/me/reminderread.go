package me

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"unpinch/bot"
	"unpinch/commands/input"
	"unpinch/content"
	"unpinch/schedule"
)

// reminderKinds are the routines that a reminder can bring.
func reminderKinds() []content.Kind {
	return []content.Kind{content.Desk, content.Pre, content.Post, content.Calm, content.HipsLegs, content.Mine}
}

// newReminder is what a member typed of a reminder. "" stands for the zone that
// they have, and for the desk's routine.
type newReminder struct{ zone, routine, at string }

// String returns it as parseReminder reads it.
func (w newReminder) String() string { return w.zone + "|" + w.routine + "|" + w.at }

func parseReminder(text string) (w newReminder, ok bool) {
	parts := strings.SplitN(text, "|", 3)
	if len(parts) != 3 {
		return w, false
	}
	return newReminder{parts[0], parts[1], parts[2]}, true
}

// read checks what was typed and returns it in its own spelling, with the rule
// in it. set is the zone that the member has.
func (w newReminder) read(atlas input.Atlas, set string) (newReminder, schedule.Rule, error) {
	rule, err := schedule.Parse(w.at)
	if pe, ok := errors.AsType[*schedule.ParseError](err); ok {
		return w, rule, reminderFault(pe)
	}
	if err != nil {
		return w, rule, fmt.Errorf("read the rule: %w", err)
	}
	w.at = rule.String()
	if !slices.Contains(reminderKinds(), content.Kind(w.routine)) {
		w.routine = string(content.Desk)
	}
	if w.zone == "" {
		w.zone = set
		return w, rule, nil
	}
	zone, err := atlas.Zone(w.zone)
	w.zone = zone.Name
	return w, rule, err
}

// reminderFault says what is wrong with a rule. Some faults read otherwise than
// in a class.
func reminderFault(e *schedule.ParseError) error {
	switch e.Fault {
	case schedule.FaultEmpty, schedule.FaultMixed, schedule.FaultSpan, schedule.FaultZone:
		return &bot.UserError{Key: "me.reminders.fault." + string(e.Fault), Args: bot.Args{"Seen": input.Seen(e.Seen), "Example": e.Example()}}
	}
	return input.RuleFault(e)
}

// inWords says in words why a reminder can't be had, or wraps an error
// with what was being done; nil stays nil.
func inWords(doing string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, schedule.ErrNoClass):
		return &bot.UserError{Key: "me.reminders.gone"}
	case errors.Is(err, schedule.ErrFull):
		return &bot.UserError{Key: "me.reminders.full", Args: bot.Args{"Max": schedule.RemindersMax}}
	}
	return fmt.Errorf("%s: %w", doing, err)
}
