package commands

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

// fieldAt is the form's field of when a reminder comes.
const fieldAt = "at"

// formRow opens the form with what was typed, or leaves it.
func formRow(req *bot.Request) bot.Row {
	return bot.Row{
		{Label: req.Say("me.reminders.button.mend"), ID: button.RemindersFormID.For(button.MeStep{Act: remindersShow}), Style: bot.Primary},
		{Label: req.Say("me.reminders.button.all"), ID: button.RemindersID.For(button.MeStep{Act: remindersShow})},
	}
}

// reminderForm opens the form of a new reminder, with what was typed and not
// saved. It asks for the zone of who has set none.
func (m member) reminderForm(ctx context.Context, req *bot.Request, s button.MeStep) (bot.Reply, error) {
	mem, _, err := m.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	typed, _ := readReminder(m.typed.Get(reminderTyped(req)))
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
		fields = append(fields, bot.Field{ID: fieldZone, Label: req.Say("me.settings.form.zone"), About: req.Say("me.settings.form.zone_about"),
			Value: card.Cut(typed.zone, zoneMax), Need: true, Max: zoneMax})
	}
	return bot.Reply{Modal: &bot.Modal{ID: button.RemindersSetID.For(s), Title: req.Say("me.reminders.form.title"), Fields: fields}}, nil
}

// The longest that forms take, in characters.
const (
	ruleMax = 300
	zoneMax = 60 // the name of a zone, city or country
)

// setReminder takes over the form. What it refuses can be mended.
func (m member) setReminder(ctx context.Context, req *bot.Request, _ button.MeStep) (bot.Reply, error) {
	w := newReminder{strings.TrimSpace(req.Fields[fieldZone]), req.Fields[fieldRoutine], req.Fields[fieldAt]}
	reply, err := m.addReminder(ctx, req, w)
	if ue, ok := errors.AsType[*bot.UserError](err); ok {
		m.typed.Set(reminderTyped(req), w.String())
		return card.Calm(bot.Text(req.Say(ue.Key, ue.Args)), formRow(req)), nil
	}
	return reply, err
}
