package commands

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

// pauseWeeks are the pauses that the card offers.
func pauseWeeks() []int { return []int{1, 2, 4} }

// pauseFlow keeps all DMs away from a member for a while.
type pauseFlow struct {
	member
	until *bot.StringOption
}

func newPause(m member) pauseFlow {
	return pauseFlow{m, bot.String("until", "me.pause.option.until")}
}

// localDay is the day on the member's clock.
func (m member) localDay(mem schedule.Member) schedule.Date {
	return schedule.DateOf(m.Now().In(m.clock(mem)))
}

// pauseEnds is when the first DM may come after a pause.
func (m member) pauseEnds(mem schedule.Member) time.Time {
	return m.inHours(mem, mem.PausedUntil.Start(m.clock(mem)))
}

// run pauses until a day, ends the pause, or shows how it stands.
func (p pauseFlow) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	text := strings.ToLower(strings.TrimSpace(p.until.Get(req)))
	switch {
	case text == "":
		return p.pauseCard(ctx, req)
	case slices.Contains(strings.Fields(req.Say("me.pause.off_words")), text):
		return p.pause(ctx, req, schedule.Date{})
	}
	mem, _, err := p.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	until, err := input.Day(text, schedule.DateOf(p.localDay(mem).Start(time.UTC).AddDate(0, 0, 1)))
	if err != nil {
		return bot.Reply{}, err
	}
	return p.pause(ctx, req, until)
}

// pause keeps DMs away before a day, the zero day none, for who agreed.
func (m member) pause(ctx context.Context, req *bot.Request, until schedule.Date) (bot.Reply, error) {
	mem, agreed, err := m.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if err := mayPause(until, m.localDay(mem)); err != nil {
		return bot.Reply{}, err
	}
	if !agreed && !until.IsZero() {
		return card.Consent(req, button.PauseMeID.For(button.MeStep{Act: pauseAgree, Arg: until.String()}), button.PauseMeID.For(button.MeStep{Act: pauseShow})), nil
	}
	if agreed {
		mem.PausedUntil = until
		if err := m.keep(ctx, mem); err != nil {
			return bot.Reply{}, err
		}
	}
	return m.pauseCard(ctx, req)
}

// mayPause refuses a day that is over, and one more than a year away.
func mayPause(until, today schedule.Date) error {
	last := schedule.DateOf(today.Start(time.UTC).AddDate(1, 0, 0))
	switch {
	case until.IsZero():
		return nil
	case !today.Before(until):
		return &bot.UserError{Key: "me.pause.past", Args: bot.Args{"Seen": until, "Tomorrow": schedule.DateOf(today.Start(time.UTC).AddDate(0, 0, 1))}}
	case last.Before(until):
		return &bot.UserError{Key: "me.pause.far", Args: bot.Args{"Seen": until, "Last": last}}
	}
	return nil
}

// pauseCard shows until when DMs are held back, and what would come else.
func (m member) pauseCard(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	mem, _, err := m.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	waits, err := m.waiting(ctx, req, mem)
	if err != nil {
		return bot.Reply{}, err
	}
	paused := mem.Paused(m.Now(), m.Zones)
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
	example := schedule.DateOf(m.Now().AddDate(0, 0, 30))
	return card.Calm(bot.Text(title), bot.Text(waits), row, bot.Text(req.Say("me.pause.day", bot.Args{"Example": example}))), nil
}

// waiting says what a member has asked to be sent.
func (m member) waiting(ctx context.Context, req *bot.Request, mem schedule.Member) (string, error) {
	reminders, err := m.Notices.Reminders(ctx, req.UserID)
	if err != nil {
		return "", fmt.Errorf("show the pause: %w", err)
	}
	follows, err := m.Notices.Follows(ctx, req.UserID)
	if err != nil {
		return "", fmt.Errorf("show the pause: %w", err)
	}
	nudges, err := m.Notices.Nudges(ctx, req.UserID)
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
		lines = append(lines, req.Say("me.pause.nudges", bot.Args{"count": n, "At": m.clockTime(req, mem, nudges[0])}))
	}
	if len(lines) == 0 {
		return req.Say("me.pause.nothing"), nil
	}
	return req.Say("me.pause.waits") + "\n" + card.Bullets(lines), nil
}

// turnPause follows the buttons of the card.
func (m member) turnPause(ctx context.Context, req *bot.Request, s button.MeStep) (bot.Reply, error) {
	switch s.Act {
	case pauseShow:
		return m.pauseCard(ctx, req)
	case pauseEnd:
		return m.pause(ctx, req, schedule.Date{})
	case pauseFor:
		mem, _, err := m.self(ctx, req)
		if err != nil {
			return bot.Reply{}, err
		}
		days, err := strconv.Atoi(s.Arg)
		if err != nil || days < 1 || days > 365 {
			return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
		}
		return m.pause(ctx, req, schedule.DateOf(m.localDay(mem).Start(time.UTC).AddDate(0, 0, days)))
	case pauseAgree:
		until, err := schedule.ParseDate(s.Arg)
		if err != nil {
			return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
		}
		if err := mayPause(until, schedule.DateOf(m.Now())); err != nil { // a card of yesterday
			return bot.Reply{}, err
		}
		if err := m.agree(ctx, req); err != nil {
			return bot.Reply{}, err
		}
		return m.pause(ctx, req, until)
	}
	return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
}
