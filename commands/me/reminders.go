package me

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

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

// Reminders are members' own rules, by which DMs come. Those that name one
// return schedule.ErrNoClass if it isn't the member's, or isn't there.
type Reminders interface {
	Reminders(ctx context.Context, userID string) ([]schedule.Series, error)
	// AddReminder returns schedule.ErrFull for one too many.
	AddReminder(ctx context.Context, userID string, rule schedule.Rule, zone, routine string, now time.Time) (id int64, err error)
	DropReminder(ctx context.Context, userID string, id int64) error
	PauseReminder(ctx context.Context, userID string, id int64, until schedule.Date) error
}

// reminders adds, pauses and ends a member's reminders.
type reminders struct {
	cards   reminderCards
	members members
	consent card.Consents
	kept    Reminders
	atlas   input.Atlas
	places  Places
	typed   *input.Typed
	setZone func(ctx context.Context, req *bot.Request, zone string) (bot.Reply, error)

	at, routine, zone *bot.StringOption
}

func newReminders(cards reminderCards, c card.Consents, places Places, typed *input.Typed, setZone func(context.Context, *bot.Request, string) (bot.Reply, error), lib *content.Library) reminders {
	var kinds []bot.Choice
	for _, k := range reminderKinds() {
		kinds = append(kinds, bot.Choice{Label: lib.Say(card.DefaultLocale, "stretch.kind."+string(k), nil), Value: string(k)})
	}
	return reminders{cards, cards.members, c, cards.kept, cards.atlas, places, typed, setZone,
		bot.String("at", "me.reminders.option.at"),
		bot.OneOf(fieldRoutine, "me.reminders.option.routine", kinds),
		bot.String(fieldZone, "me.reminders.option.zone").Complete(cards.atlas.SuggestZones),
	}
}

// run adds a reminder, or shows those there are. A zone alone is a setting.
func (r reminders) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	w := newReminder{r.zone.Get(req), r.routine.Get(req), r.at.Get(req)}
	switch {
	case w.at != "":
		return r.add(ctx, req, w)
	case w.zone != "":
		return r.setZone(ctx, req, w.zone)
	}
	return r.cards.all(ctx, req)
}

// argMax is the longest argument of a step that surely fits into a custom ID,
// in bytes.
const argMax = 80

// add keeps a reminder for anyone who agreed, and shows when it comes. It asks
// others first; meanwhile a reminder too long for a button waits in the form.
func (r reminders) add(ctx context.Context, req *bot.Request, typed newReminder) (bot.Reply, error) {
	mem, agreed, err := r.members.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	w, rule, err := typed.read(r.atlas, mem)
	if err != nil {
		return bot.Reply{}, err
	}
	if w.zone == "" {
		return r.askZone(ctx, req, w)
	}
	if err := r.comes(rule, w.zone); err != nil {
		return bot.Reply{}, err
	}
	if !agreed {
		yes := button.MeStep{Act: remindersAgree, Arg: w.String()}
		if len(yes.Arg) > argMax {
			r.typed.Set(req.UserID, w.String())
			yes = button.MeStep{Act: remindersWrite}
		}
		return card.Consent(req, "reminder", button.RemindersID.For(yes), button.RemindersID.For(button.MeStep{Act: remindersShow})), nil
	}
	return r.save(ctx, req, mem, rule, w)
}

// comes refuses a rule that never runs, or not within reminderYears.
func (r reminders) comes(rule schedule.Rule, name string) error {
	zone, err := r.members.zones.Location(name)
	if err != nil {
		return fmt.Errorf("add a reminder: %w", err)
	}
	now := r.members.now()
	if first, err := rule.Next(now, zone); errors.Is(err, schedule.ErrNever) || first.After(now.AddDate(reminderYears, 0, 0)) {
		return &bot.UserError{Key: "me.reminders.never", Args: bot.Args{"Years": reminderYears}}
	}
	return nil
}

// save keeps a reminder, and its zone as the member's.
func (r reminders) save(ctx context.Context, req *bot.Request, mem schedule.Member, rule schedule.Rule, w newReminder) (bot.Reply, error) {
	kept, err := r.kept.Reminders(ctx, req.UserID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("count the reminders: %w", err)
	}
	if i := slices.IndexFunc(kept, func(s schedule.Series) bool {
		return s.Rule.Equal(rule) && s.Place.Zone == w.zone && s.Routine == w.routine
	}); i >= 0 { // it was asked for twice
		r.typed.Set(req.UserID, "")
		return r.cards.one(ctx, req, kept[i].ID, req.Say("me.reminders.saved"))
	}
	if len(kept) >= schedule.RemindersMax { // before the zone is kept
		return bot.Reply{}, inWords("add a reminder", schedule.ErrFull)
	}
	moved := w.zone != mem.Zone
	if moved {
		mem.Zone = w.zone
		if err := r.members.keep(ctx, mem); err != nil {
			return bot.Reply{}, err
		}
	}
	id, err := r.kept.AddReminder(ctx, req.UserID, rule, w.zone, w.routine, r.members.now())
	if err != nil {
		return bot.Reply{}, inWords("add a reminder", err)
	}
	r.members.kick()
	r.typed.Set(req.UserID, "")
	note := req.Say(card.Either(moved && len(kept) > 0, "me.reminders.saved_moved", "me.reminders.saved"), bot.Args{"Zone": w.zone})
	return r.cards.one(ctx, req, id, note)
}

// askZone asks whose clock counts, before anything is kept, and offers the
// server's.
func (r reminders) askZone(ctx context.Context, req *bot.Request, w newReminder) (bot.Reply, error) {
	r.typed.Set(req.UserID, w.String())
	row := bot.Row{{Label: req.Say("me.reminders.button.zone"), ID: button.RemindersFormID.For(button.MeStep{Act: remindersShow}), Style: bot.Primary}}
	zone, err := serverZone(ctx, r.places, req.GuildID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("ask whose clock counts: %w", err)
	}
	if w.zone = zone; zone != "" && len(w.String()) <= argMax {
		row = append(row, bot.Button{Label: req.Say("me.reminders.button.their_zone", bot.Args{"Zone": zone}), ID: button.RemindersID.For(button.MeStep{Act: remindersAdd, Arg: w.String()})})
	}
	return card.Calm(bot.Text(req.Say("me.reminders.whose")), row), nil
}

// turn follows the controls of the cards.
func (r reminders) turn(ctx context.Context, req *bot.Request, s button.MeStep) (bot.Reply, error) {
	switch s.Act {
	case remindersShow:
		return r.cards.all(ctx, req)
	case remindersAdd, remindersAgree, remindersWrite:
		return r.addPressed(ctx, req, s)
	case remindersPick:
		if len(req.Values) == 0 {
			return r.cards.all(ctx, req)
		}
		s.Arg = req.Values[0]
	case reminderWeek, reminderFour, reminderGoOn, reminderStop:
	default:
		return bot.Reply{}, oldButton()
	}
	id, err := strconv.ParseInt(s.Arg, 10, 64)
	if err != nil {
		return bot.Reply{}, oldButton()
	}
	if s.Act == reminderStop {
		return r.drop(ctx, req, id)
	}
	series, err := r.cards.find(ctx, req, id)
	if err != nil {
		return bot.Reply{}, err
	}
	if s.Act != remindersPick {
		if err := r.pause(ctx, req, series, s.Act); err != nil {
			return bot.Reply{}, err
		}
	}
	return r.cards.one(ctx, req, id, "")
}

// addPressed adds the reminder that a button carries. One that was too long for
// it waits in the form.
func (r reminders) addPressed(ctx context.Context, req *bot.Request, s button.MeStep) (bot.Reply, error) {
	w, ok := parseReminder(s.Arg)
	if !ok && s.Act != remindersWrite {
		return bot.Reply{}, oldButton()
	}
	if w.zone != "" {
		w.zone += input.Meant // it was read before it came on a button
	}
	if s.Act != remindersAdd {
		if err := r.consent.Agree(ctx, req); err != nil {
			return bot.Reply{}, err
		}
	}
	if s.Act == remindersWrite {
		if w, ok = parseReminder(r.typed.Get(req.UserID)); !ok { // a restart forgot it
			return card.Calm(bot.Text(req.Say("me.reminders.write")), formRow(req)), nil
		}
		if w.zone != "" {
			w.zone += input.Meant
		}
	}
	return r.add(ctx, req, w)
}

// drop ends a reminder of the reader's own. One that has ended is no error.
func (r reminders) drop(ctx context.Context, req *bot.Request, id int64) (bot.Reply, error) {
	switch err := r.kept.DropReminder(ctx, req.UserID, id); {
	case err == nil:
		r.members.kick()
	case !errors.Is(err, schedule.ErrNoClass):
		return bot.Reply{}, inWords("stop a reminder", err)
	}
	return r.cards.all(ctx, req)
}

// pause pauses a reminder from today on, or ends its pause.
func (r reminders) pause(ctx context.Context, req *bot.Request, s schedule.Series, act string) error {
	zone, err := r.members.zones.Location(s.Place.Zone)
	if err != nil {
		return fmt.Errorf("pause a reminder: %w", err)
	}
	today := schedule.DateOf(r.members.now().In(zone))
	var until schedule.Date
	switch act {
	case reminderWeek:
		until = today.Add(7)
	case reminderFour:
		until = today.Add(28)
	}
	if err := r.kept.PauseReminder(ctx, req.UserID, s.ID, until); err != nil {
		return inWords("pause a reminder", err)
	}
	r.members.kick()
	return nil
}
