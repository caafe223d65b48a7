package me

import (
	"context"
	"errors"
	"slices"
	"strings"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
)

// The fields of the form beside the zone.
const (
	fieldAt      = "at"
	fieldRoutine = "routine"
)

// ruleMax is the longest rule that the form takes, in characters.
const ruleMax = 300

// formRow opens the form with what was typed, or leaves it.
func formRow(req *bot.Request) bot.Row {
	return bot.Row{
		{Label: req.Say("me.reminders.button.mend"), ID: button.RemindersFormID.For(button.MeStep{Act: remindersShow}), Style: bot.Primary},
		{Label: req.Say("me.reminders.button.all"), ID: button.RemindersID.For(button.MeStep{Act: remindersShow})},
	}
}

// form opens the form of a new reminder, with what was typed and not saved. It
// asks for the zone of anyone who has set none.
func (r reminders) form(ctx context.Context, req *bot.Request, s button.MeStep) (bot.Reply, error) {
	mem, _, err := r.members.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	typed, _ := parseReminder(r.typed.Get(req.UserID))
	if !slices.Contains(reminderKinds(), content.Kind(typed.routine)) {
		typed.routine = string(content.Desk)
	}
	var kinds []bot.Entry
	for _, k := range reminderKinds() {
		kinds = append(kinds, bot.Entry{Label: req.Say("stretch.kind." + string(k)), Value: string(k), Chosen: string(k) == typed.routine})
	}
	fields := []bot.Field{
		{ID: fieldAt, Label: req.Say("me.reminders.form.at"), About: req.Say("me.reminders.form.at_about"),
			Value: card.Cut(typed.at, ruleMax), Need: true, Max: ruleMax},
		{ID: fieldRoutine, Label: req.Say("me.reminders.form.routine"), Entries: kinds, Need: true},
	}
	if mem.Zone == "" {
		zone := zoneField(req, card.Cut(typed.zone, zoneMax))
		zone.Need = true
		fields = append(fields, zone)
	}
	return bot.Reply{Modal: &bot.Modal{ID: button.RemindersSetID.For(s), Title: req.Say("me.reminders.form.title"), Fields: fields}}, nil
}

// set takes over the form. What it refuses can be mended.
func (r reminders) set(ctx context.Context, req *bot.Request, _ button.MeStep) (bot.Reply, error) {
	w := newReminder{strings.TrimSpace(req.Fields[fieldZone]), req.Fields[fieldRoutine], req.Fields[fieldAt]}
	reply, err := r.add(ctx, req, w)
	if _, refused := errors.AsType[*bot.UserError](err); refused {
		r.typed.Set(req.UserID, w.String())
		return mendable(req, err, formRow(req))
	}
	return reply, err
}
