package me

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/schedule"
)

// What the buttons do.
const (
	pauseShow  = "show"
	pauseFor   = "for"   // as many days as the argument says
	pauseAgree = "agree" // and pause until the day in the argument
	pauseEnd   = "end"
)

// pauseWeeks are the pauses that the card offers, in weeks.
func pauseWeeks() []int { return []int{1, 2, 4} }

// pauses keep all DMs away from a member for a while.
type pauses struct {
	members members
	consent card.Consents
	waiting waiting
	until   *bot.StringOption
}

func newPauses(m members, c card.Consents, w waiting) pauses {
	return pauses{m, c, w, bot.String("until", "me.pause.option.until")}
}

// run pauses until a day, ends the pause, or shows how it stands.
func (p pauses) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	text := strings.ToLower(strings.TrimSpace(p.until.Get(req)))
	switch {
	case text == "":
		return p.card(ctx, req)
	case slices.Contains(strings.Fields(req.Say("me.pause.off_words")), text):
		return p.set(ctx, req, schedule.Date{})
	}
	mem, _, err := p.members.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	today := p.members.today(mem)
	until, err := input.Day(text, today, today.Add(1))
	if err != nil {
		return bot.Reply{}, err
	}
	return p.set(ctx, req, until)
}

// set keeps DMs away before a day, for anyone who agreed. The zero day ends the
// pause.
func (p pauses) set(ctx context.Context, req *bot.Request, until schedule.Date) (bot.Reply, error) {
	mem, agreed, err := p.members.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if err := mayPause(until, p.members.today(mem)); err != nil {
		return bot.Reply{}, err
	}
	if !agreed && !until.IsZero() {
		return card.Consent(req, "pause", button.PauseMeID.For(button.MeStep{Act: pauseAgree, Arg: until.String()}), button.PauseMeID.For(button.MeStep{Act: pauseShow})), nil
	}
	if agreed || !mem.PausedUntil.IsZero() {
		mem.PausedUntil = until
		if err := p.members.keep(ctx, mem); err != nil {
			return bot.Reply{}, err
		}
	}
	return p.card(ctx, req)
}

// mayPause refuses a day that is over, and one more than a year away.
func mayPause(until, today schedule.Date) error {
	last := schedule.DateOf(today.Start(time.UTC).AddDate(1, 0, 0))
	switch {
	case until.IsZero():
		return nil
	case !today.Before(until):
		return &bot.UserError{Key: "me.pause.past", Args: bot.Args{"Seen": until, "Tomorrow": today.Add(1)}}
	case last.Before(until):
		return &bot.UserError{Key: "me.pause.far", Args: bot.Args{"Seen": until, "Last": last}}
	}
	return nil
}

// card shows until when DMs are held back, and what waits to be sent.
func (p pauses) card(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	mem, _, err := p.members.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	waits, err := p.waiting.words(ctx, req, func(at time.Time) string { return p.members.clockTime(req, mem, at) })
	if err != nil {
		return bot.Reply{}, err
	}
	paused := mem.Paused(p.members.now(), p.members.zones)
	title := req.Say("me.pause.none")
	if paused {
		title = req.Say(card.Either(mem.Zone == "", "me.pause.until_utc", "me.pause.until"), bot.Args{"Day": schedule.DayYear.OfDay(req.Say, mem.PausedUntil), "Zone": mem.Zone})
	}
	var row bot.Row
	for _, n := range pauseWeeks() {
		row = append(row, bot.Button{Label: req.Say("me.pause.button.weeks", bot.Args{"count": n}), ID: button.PauseMeID.For(button.MeStep{Act: pauseFor, Arg: strconv.Itoa(7 * n)})})
	}
	if paused {
		row = append(row, bot.Button{Label: req.Say("me.pause.button.end"), ID: button.PauseMeID.For(button.MeStep{Act: pauseEnd}), Style: bot.Primary})
	}
	row = append(row, allDMs(req))
	example := schedule.DateOf(p.members.now()).Add(30)
	return card.Calm(bot.Text(title), bot.Text(waits), row, bot.Text(req.Say("me.pause.day", bot.Args{"Example": example}))), nil
}

// turn follows the buttons of the card.
func (p pauses) turn(ctx context.Context, req *bot.Request, s button.MeStep) (bot.Reply, error) {
	switch s.Act {
	case pauseShow:
		return p.card(ctx, req)
	case pauseEnd:
		return p.set(ctx, req, schedule.Date{})
	case pauseFor:
		mem, _, err := p.members.self(ctx, req)
		if err != nil {
			return bot.Reply{}, err
		}
		days, err := strconv.Atoi(s.Arg)
		if err != nil || days < 1 || days > 365 {
			return bot.Reply{}, oldButton()
		}
		return p.set(ctx, req, p.members.today(mem).Add(days))
	case pauseAgree:
		until, err := schedule.ParseDate(s.Arg)
		if err != nil {
			return bot.Reply{}, oldButton()
		}
		if err := mayPause(until, schedule.DateOf(p.members.now())); err != nil { // a card of yesterday
			return bot.Reply{}, err
		}
		if err := p.consent.Agree(ctx, req); err != nil {
			return bot.Reply{}, err
		}
		return p.set(ctx, req, until)
	}
	return bot.Reply{}, oldButton()
}

// waiting is what a member has asked to be sent.
type waiting struct {
	reminders interface {
		Reminders(ctx context.Context, userID string) ([]schedule.Series, error)
	}
	follows interface {
		Follows(ctx context.Context, userID string) ([]schedule.Follow, error)
	}
	nudges interface {
		Nudges(ctx context.Context, userID string) ([]time.Time, error)
	}
}

// words counts it by kind. clock says when the next nudge comes.
func (w waiting) words(ctx context.Context, req *bot.Request, clock func(time.Time) string) (string, error) {
	reminders, err := w.reminders.Reminders(ctx, req.UserID)
	if err != nil {
		return "", fmt.Errorf("show the pause: %w", err)
	}
	follows, err := w.follows.Follows(ctx, req.UserID)
	if err != nil {
		return "", fmt.Errorf("show the pause: %w", err)
	}
	nudges, err := w.nudges.Nudges(ctx, req.UserID)
	if err != nil {
		return "", fmt.Errorf("show the pause: %w", err)
	}
	var lines []string
	if n := len(reminders); n > 0 {
		lines = append(lines, req.Say("me.pause.reminders", bot.Args{"count": n}))
	}
	if n := len(follows); n > 0 {
		lines = append(lines, req.Say("me.pause.follows", bot.Args{"count": n}))
	}
	if n := len(nudges); n > 0 {
		lines = append(lines, req.Say("me.pause.nudges", bot.Args{"count": n, "At": clock(nudges[0])}))
	}
	if len(lines) == 0 {
		return req.Say("me.pause.nothing"), nil
	}
	return req.Say("me.pause.waits") + "\n" + card.Bullets(lines), nil
}
