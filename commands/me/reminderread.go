package me

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

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
// in it. Without a zone, typed or the member's own, the rule is read on the clock
// of UTC, and left as it was typed.
func (w newReminder) read(atlas input.Atlas, mem schedule.Member) (newReminder, schedule.Rule, error) {
	if !slices.Contains(reminderKinds(), content.Kind(w.routine)) {
		w.routine = string(content.Desk)
	}
	zone, zoneErr := w.clock(atlas, mem)
	if zoneErr != nil {
		zone = time.UTC
	}
	r, err := schedule.Read(w.at, mem.Here(atlas.Now(), zone))
	if err == nil && r.Length != 0 {
		err = &schedule.ParseError{Fault: schedule.FaultSpan, Seen: r.LengthWords, Suggest: r.Rule.Typed(mem.Country)}
	}
	if pe, ok := errors.AsType[*schedule.ParseError](err); ok {
		return w, r.Rule, reminderFault(w.at, pe)
	}
	if err != nil {
		return w, r.Rule, fmt.Errorf("read the rule: %w", err)
	}
	if zoneErr != nil || w.zone == "" && mem.Zone == "" {
		return w, r.Rule, zoneErr
	}
	w.zone, w.at = zone.String(), r.Rule.Typed(mem.Country)
	return w, r.Rule, nil
}

// clock returns the zone that was typed, or the member's, or UTC for neither.
func (w newReminder) clock(atlas input.Atlas, mem schedule.Member) (*time.Location, error) {
	if w.zone == "" && mem.Zone == "" {
		return time.UTC, nil
	}
	name := mem.Zone
	if w.zone != "" {
		zone, err := atlas.Zone(w.zone)
		if err != nil {
			return nil, err
		}
		name = zone.Name
	}
	zone, err := atlas.Zones.Location(name)
	if err != nil {
		return nil, fmt.Errorf("read a reminder: %w", err)
	}
	return zone, nil
}

// reminderFault says what is wrong with a text for a rule. Some faults read
// otherwise than in a class.
func reminderFault(text string, e *schedule.ParseError) error {
	ue := input.RuleFault(e)
	switch e.Fault {
	case schedule.FaultEmpty, schedule.FaultMixed, schedule.FaultSpan, schedule.FaultZone:
		ue.Key = "me.reminders.fault." + string(e.Fault)
	}
	ue.Offers = input.RuleOffers(text, e)
	return ue
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
