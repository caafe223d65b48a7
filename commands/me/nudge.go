package me

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
	"unpinch/schedule"
)

// What the buttons do.
const (
	nudgeShow  = "show"
	nudgeAgree = "agree" // and ask for the nudge in the argument
	nudgeDrop  = "drop"  // all that wait
)

// Nudges are DMs that come once.
type Nudges interface {
	// AddNudge has one DM come, or returns schedule.ErrFull for one too many.
	AddNudge(ctx context.Context, userID string, at time.Time) error
	Nudges(ctx context.Context, userID string) ([]time.Time, error)
	DropNudges(ctx context.Context, userID string) error
}

// nudges has one DM come that says nothing but that it was asked for.
type nudges struct {
	members members
	consent card.Consents
	kept    Nudges
	days    *bot.StringOption
}

func newNudges(m members, c card.Consents, kept Nudges, lib *content.Library) nudges {
	var choices []bot.Choice
	for _, n := range button.NudgeChoices() {
		choices = append(choices, bot.Choice{Label: lib.Say(card.DefaultLocale, "me.nudge.days", bot.Args{"count": int(n)}), Value: strconv.Itoa(int(n))})
	}
	return nudges{m, c, kept, bot.OneOf("days", "me.nudge.option.days", choices)}
}

// run asks for a nudge, or shows those that wait.
func (n nudges) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	var days button.NudgeDays
	if days.UnmarshalText([]byte(n.days.Get(req))) != nil {
		return n.card(ctx, req)
	}
	return n.ask(ctx, req, days)
}

// sameNudge is how far apart two nudges are that are one, asked for twice.
const sameNudge = time.Hour

// ask has a DM come in so many days, or as soon after as one may come, unless one
// comes on that day already. It knows nothing of where that was asked for.
func (n nudges) ask(ctx context.Context, req *bot.Request, days button.NudgeDays) (bot.Reply, error) {
	mem, agreed, err := n.members.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if !agreed {
		return card.Consent(req, "nudge", button.NudgeSetID.For(button.MeStep{Act: nudgeAgree, Arg: strconv.Itoa(int(days))}), button.NudgeSetID.For(button.MeStep{Act: nudgeShow})), nil
	}
	// The time is told no closer: it must not say when somebody pressed.
	at := mem.FirstDM(schedule.Quarter(n.members.local(mem).AddDate(0, 0, int(days))), n.members.zones)
	switch held, ok, err := n.sameDay(ctx, mem, at); {
	case err != nil:
		return bot.Reply{}, err
	case ok && at.Sub(held).Abs() < sameNudge:
		return n.added(req, mem, held), nil
	case ok:
		return card.Calm(bot.Text(req.Say("me.nudge.already", bot.Args{"At": n.members.clockTime(req, mem, held)}))), nil
	}
	switch err := n.kept.AddNudge(ctx, req.UserID, at); {
	case errors.Is(err, schedule.ErrFull):
		return bot.Reply{}, &bot.UserError{Key: "me.nudge.full", Args: bot.Args{"Max": schedule.NudgesMax}}
	case err != nil:
		return bot.Reply{}, fmt.Errorf("ask for a nudge: %w", err)
	}
	n.members.kick()
	return n.added(req, mem, at), nil
}

// added says when a nudge comes.
func (n nudges) added(req *bot.Request, mem schedule.Member, at time.Time) bot.Reply {
	parts := []bot.Part{bot.Text(req.Say("me.nudge.done", bot.Args{"At": n.members.clockTime(req, mem, at)}))}
	if !mem.DMsClosed.IsZero() {
		parts = append(parts, bot.Text(req.Say("card.dm.closed")))
	}
	return card.Calm(parts...)
}

// sameDay returns the member's nudge that comes on the day of an instant, on
// their clock, or within sameNudge of it, if one waits.
func (n nudges) sameDay(ctx context.Context, mem schedule.Member, at time.Time) (held time.Time, ok bool, err error) {
	waiting, err := n.kept.Nudges(ctx, mem.UserID)
	if err != nil {
		return time.Time{}, false, fmt.Errorf("look for a nudge on the day: %w", err)
	}
	clock := mem.Clock(time.UTC, n.members.zones)
	for _, held := range waiting {
		if at.Sub(held).Abs() < sameNudge || schedule.DateOf(held.In(clock)) == schedule.DateOf(at.In(clock)) {
			return held, true, nil
		}
	}
	return time.Time{}, false, nil
}

// card lists the nudges that wait, and offers one more.
func (n nudges) card(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	mem, _, err := n.members.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	waiting, err := n.kept.Nudges(ctx, req.UserID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the nudges: %w", err)
	}
	parts := []bot.Part{bot.Text(req.Say("me.nudge.title")), bot.Text(req.Say("me.nudge.none")), card.NudgeRow(req)}
	if len(waiting) > 0 {
		var lines []string
		for _, at := range waiting {
			lines = append(lines, n.members.clockTime(req, mem, at))
		}
		parts[1] = bot.Text(req.Say("me.nudge.waiting") + "\n" + card.Bullets(lines))
		parts = append(parts, bot.Row{{Label: req.Say("me.nudge.button.drop"), ID: button.NudgeSetID.For(button.MeStep{Act: nudgeDrop})}, allDMs(req)})
	} else {
		parts = append(parts, bot.Row{allDMs(req)})
	}
	return card.Calm(append(parts, n.members.quiet(req, mem)...)...), nil
}

// turn follows the buttons of the cards.
func (n nudges) turn(ctx context.Context, req *bot.Request, s button.MeStep) (bot.Reply, error) {
	switch s.Act {
	case nudgeShow:
	case nudgeAgree:
		var days button.NudgeDays
		if days.UnmarshalText([]byte(s.Arg)) != nil {
			return bot.Reply{}, oldButton()
		}
		if err := n.consent.Agree(ctx, req); err != nil {
			return bot.Reply{}, err
		}
		return n.ask(ctx, req, days)
	case nudgeDrop:
		if err := n.kept.DropNudges(ctx, req.UserID); err != nil {
			return bot.Reply{}, fmt.Errorf("take the nudges back: %w", err)
		}
		n.members.kick()
	default:
		return bot.Reply{}, oldButton()
	}
	return n.card(ctx, req)
}
