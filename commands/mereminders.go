package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/content"
	"unpinch/schedule"
)

// What the controls of the cards do. Of the last four the argument is a
// reminder.
const (
	remindersShow  = "show"
	remindersAdd   = "add"    // the reminder in the argument
	remindersAgree = "agree"  // and add it
	remindersWrite = "write"  // agree, and go to the form with what was typed
	remindersPick  = "pick"   // the select; its value is a reminder
	reminderWeek   = "week"   // pause it for one
	reminderFour   = "weeks"  // pause it for four
	reminderGoOn   = "resume" // end its pause
	reminderStop   = "stop"
)

// reminderYears is how far away a reminder's first time may be.
const reminderYears = 10

// fieldRoutine is the form's select.
const fieldRoutine = "routine"

// reminderKinds are the routines that a reminder can bring.
func reminderKinds() []content.Kind {
	return []content.Kind{content.Desk, content.Pre, content.Post, content.Calm, content.Mine}
}

// remindersFlow is a member's own rules, of which DMs come.
type remindersFlow struct {
	member
	at      *bot.StringOption
	routine *bot.StringOption
	zone    *bot.StringOption
}

func newReminders(m member) remindersFlow {
	var kinds []bot.Choice
	for _, k := range reminderKinds() {
		kinds = append(kinds, bot.Choice{Label: m.Content.Say(card.DefaultLocale, "stretch.kind."+string(k), nil), Value: string(k)})
	}
	return remindersFlow{m,
		bot.String("at", "me.reminders.option.at"),
		bot.OneOf(fieldRoutine, "me.reminders.option.routine", kinds),
		bot.String(fieldZone, "me.reminders.option.zone").Complete(m.atlas().SuggestZones),
	}
}

// run adds a reminder, or shows those there are.
func (f remindersFlow) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	w := newReminder{f.zone.Get(req), f.routine.Get(req), f.at.Get(req)}
	if w.at != "" {
		return f.addReminder(ctx, req, w)
	}
	if w.zone != "" { // as /me settings
		wish, err := f.wish(w.zone, "", "", "")
		if err != nil {
			return bot.Reply{}, err
		}
		return f.change(ctx, req, wish)
	}
	return f.remindersCard(ctx, req)
}

// newReminder is what a member typed of a reminder. "" stands for the zone that
// they have, and for the desk's routine.
type newReminder struct{ zone, routine, at string }

// String returns it as readReminder reads it.
func (w newReminder) String() string { return w.zone + "|" + w.routine + "|" + w.at }

func readReminder(text string) (w newReminder, ok bool) {
	parts := strings.SplitN(text, "|", 3)
	if len(parts) != 3 {
		return w, false
	}
	return newReminder{parts[0], parts[1], parts[2]}, true
}

// argMax is the longest argument of a step that surely fits into a custom ID,
// in bytes.
const argMax = 80

// read checks what was typed and returns it in its own spelling, with the rule
// in it.
func (m member) read(mem schedule.Member, w newReminder) (newReminder, schedule.Rule, error) {
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
		w.zone = mem.Zone
		return w, rule, nil
	}
	zone, err := m.atlas().Zone(w.zone)
	w.zone = zone.Name
	return w, rule, err
}

// reminderFault says what is wrong with a rule, where a class has other words
// for it.
func reminderFault(e *schedule.ParseError) error {
	switch e.Fault {
	case schedule.FaultEmpty, schedule.FaultMixed, schedule.FaultSpan, schedule.FaultZone:
		return &bot.UserError{Key: "me.reminders.fault." + string(e.Fault), Args: bot.Args{"Seen": e.Seen, "Example": e.Example()}}
	}
	return input.RuleFault(e)
}

// addReminder keeps a reminder for who agreed, and shows when it comes.
func (m member) addReminder(ctx context.Context, req *bot.Request, typed newReminder) (bot.Reply, error) {
	mem, agreed, err := m.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	w, rule, err := m.read(mem, typed)
	if err != nil {
		return bot.Reply{}, err
	}
	if w.zone == "" {
		return m.askZone(ctx, req, w)
	}
	zone, err := m.Zones.Location(w.zone)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("add a reminder: %w", err)
	}
	if first, err := rule.Next(m.Now(), zone); errors.Is(err, schedule.ErrNever) || first.After(m.Now().AddDate(reminderYears, 0, 0)) {
		return bot.Reply{}, &bot.UserError{Key: "me.reminders.never", Args: bot.Args{"Years": reminderYears}}
	}
	if !agreed {
		yes := button.MeStep{Act: remindersAgree, Arg: w.String()}
		if len(yes.Arg) > argMax {
			m.typed.Set(reminderTyped(req), w.String())
			yes = button.MeStep{Act: remindersWrite}
		}
		return card.Consent(req, button.RemindersID.For(yes), button.RemindersID.For(button.MeStep{Act: remindersShow})), nil
	}
	return m.saveReminder(ctx, req, mem, rule, w)
}

// saveReminder keeps a reminder, and its zone as the member's.
func (m member) saveReminder(ctx context.Context, req *bot.Request, mem schedule.Member, rule schedule.Rule, w newReminder) (bot.Reply, error) {
	all, err := m.Notices.Reminders(ctx, req.UserID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("count the reminders: %w", err)
	}
	full := &bot.UserError{Key: "me.reminders.full", Args: bot.Args{"Max": schedule.RemindersMax}}
	if len(all) >= schedule.RemindersMax {
		return bot.Reply{}, full
	}
	moved := w.zone != mem.Zone
	if moved {
		mem.Zone = w.zone
		if err := m.keep(ctx, mem); err != nil {
			return bot.Reply{}, err
		}
	}
	id, err := m.Notices.AddReminder(ctx, req.UserID, rule, w.zone, w.routine, m.Now())
	switch {
	case errors.Is(err, schedule.ErrFull): // by another press at once
		return bot.Reply{}, full
	case err != nil:
		return bot.Reply{}, fmt.Errorf("add a reminder: %w", err)
	}
	m.Kick()
	m.typed.Set(reminderTyped(req), "")
	note := req.Say(card.Either(moved && len(all) > 0, "me.reminders.saved_moved", "me.reminders.saved"), bot.Args{"Zone": w.zone})
	return m.reminderCard(ctx, req, id, note)
}

// reminderTyped is under what a rule is remembered that could not be saved yet.
func reminderTyped(req *bot.Request) string { return req.UserID + " reminder" }

// askZone asks whose clock counts, before anything is kept. Where the server
// has one it can be taken over.
func (m member) askZone(ctx context.Context, req *bot.Request, w newReminder) (bot.Reply, error) {
	m.typed.Set(reminderTyped(req), w.String())
	row := bot.Row{{Label: req.Say("me.reminders.button.zone"), ID: button.RemindersFormID.For(button.MeStep{Act: remindersShow}), Style: bot.Primary}}
	if req.GuildID != "" {
		places, err := m.Classes.Places(ctx, req.GuildID)
		if err != nil {
			return bot.Reply{}, fmt.Errorf("find a zone: %w", err)
		}
		if len(places) > 0 {
			if w.zone = places[0].Zone; len(w.String()) <= argMax {
				row = append(row, bot.Button{Label: req.Say("me.reminders.button.their_zone", bot.Args{"Zone": w.zone}), ID: button.RemindersID.For(button.MeStep{Act: remindersAdd, Arg: w.String()})})
			}
		}
	}
	return card.Calm(bot.Text(req.Say("me.reminders.whose")), row), nil
}

// turnReminders follows the controls of the cards.
func (m member) turnReminders(ctx context.Context, req *bot.Request, s button.MeStep) (bot.Reply, error) {
	switch s.Act {
	case remindersShow:
		return m.remindersCard(ctx, req)
	case remindersAdd, remindersAgree, remindersWrite:
		return m.agreedReminder(ctx, req, s)
	case remindersPick:
		if len(req.Values) == 0 {
			return m.remindersCard(ctx, req)
		}
		s.Arg = req.Values[0]
	case reminderWeek, reminderFour, reminderGoOn, reminderStop:
	default:
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	id, err := strconv.ParseInt(s.Arg, 10, 64)
	if err != nil {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	series, err := m.reminder(ctx, req, id)
	if err != nil {
		return bot.Reply{}, err
	}
	if s.Act == reminderStop {
		return m.dropReminder(ctx, req, id)
	}
	if s.Act != remindersPick {
		if err := m.pauseReminder(ctx, req, series, s.Act); err != nil {
			return bot.Reply{}, err
		}
	}
	return m.reminderCard(ctx, req, id, "")
}

// agreedReminder adds the reminder that a button carries; of one that was too
// long the form still knows.
func (m member) agreedReminder(ctx context.Context, req *bot.Request, s button.MeStep) (bot.Reply, error) {
	w, ok := readReminder(s.Arg)
	if !ok && s.Act != remindersWrite {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	if s.Act != remindersAdd {
		if err := m.agree(ctx, req); err != nil {
			return bot.Reply{}, err
		}
	}
	if s.Act == remindersWrite {
		return card.Calm(bot.Text(req.Say("me.reminders.write")), formRow(req)), nil
	}
	return m.addReminder(ctx, req, w)
}

func (m member) dropReminder(ctx context.Context, req *bot.Request, id int64) (bot.Reply, error) {
	if err := m.Notices.DropReminder(ctx, req.UserID, id); errors.Is(err, schedule.ErrNoClass) {
		return bot.Reply{}, &bot.UserError{Key: "me.reminders.gone"}
	} else if err != nil {
		return bot.Reply{}, fmt.Errorf("stop a reminder: %w", err)
	}
	m.Kick()
	return m.remindersCard(ctx, req)
}

// pauseReminder pauses a reminder from today on, or ends its pause.
func (m member) pauseReminder(ctx context.Context, req *bot.Request, s schedule.Series, act string) error {
	zone, err := m.Zones.Location(s.Place.Zone)
	if err != nil {
		return fmt.Errorf("pause a reminder: %w", err)
	}
	now := m.Now().In(zone)
	var until schedule.Date
	switch act {
	case reminderWeek:
		until = schedule.DateOf(now.AddDate(0, 0, 7))
	case reminderFour:
		until = schedule.DateOf(now.AddDate(0, 0, 28))
	}
	if err := m.Notices.PauseReminder(ctx, req.UserID, s.ID, until); errors.Is(err, schedule.ErrNoClass) {
		return &bot.UserError{Key: "me.reminders.gone"}
	} else if err != nil {
		return fmt.Errorf("pause a reminder: %w", err)
	}
	m.Kick()
	return nil
}
