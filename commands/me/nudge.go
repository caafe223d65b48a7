package commands

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// What the buttons do.
const (
	nudgeShow  = "show"
	nudgeAgree = "agree" // and ask for the nudge in the argument
	nudgeDrop  = "drop"  // all that wait
)

// nudgeFlow has one DM come that says nothing but that it was asked for.
type nudgeFlow struct {
	member
	days *bot.StringOption
}

func newNudges(m member) nudgeFlow {
	var choices []bot.Choice
	for _, n := range button.NudgeChoices() {
		choices = append(choices, bot.Choice{Label: m.Content.Say(card.DefaultLocale, "me.nudge.days", bot.Args{"count": int(n)}), Value: strconv.Itoa(int(n))})
	}
	return nudgeFlow{m, bot.OneOf("days", "me.nudge.option.days", choices)}
}

// run asks for a nudge, or shows those that wait.
func (f nudgeFlow) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	var n button.NudgeDays
	if n.UnmarshalText([]byte(f.days.Get(req))) != nil {
		return f.nudges(ctx, req)
	}
	return f.nudge(ctx, req, n)
}

// nudge has a DM come in so many days. It knows nothing of where that was asked
// for.
func (m member) nudge(ctx context.Context, req *bot.Request, n button.NudgeDays) (bot.Reply, error) {
	mem, agreed, err := m.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if !agreed {
		return card.Consent(req, button.NudgeSetID.For(button.MeStep{Act: nudgeAgree, Arg: strconv.Itoa(int(n))}), button.NudgeSetID.For(button.MeStep{Act: nudgeShow})), nil
	}
	at := m.inHours(mem, m.Now().In(m.clock(mem)).AddDate(0, 0, int(n)))
	if !mem.PausedUntil.IsZero() && schedule.DateOf(at).Before(mem.PausedUntil) {
		at = m.pauseEnds(mem)
	}
	switch err := m.Notices.AddNudge(ctx, req.UserID, at); {
	case errors.Is(err, schedule.ErrFull):
		return bot.Reply{}, &bot.UserError{Key: "me.nudge.full", Args: bot.Args{"Max": schedule.NudgesMax}}
	case err != nil:
		return bot.Reply{}, fmt.Errorf("ask for a nudge: %w", err)
	}
	m.Kick()
	parts := []bot.Part{bot.Text(req.Say("me.nudge.done", bot.Args{"At": m.clockTime(req, mem, at)}))}
	if !mem.DMsClosed.IsZero() {
		parts = append(parts, bot.Text(req.Say("me.dm.closed")))
	}
	return card.Calm(parts...), nil
}

// nudges lists what waits.
func (m member) nudges(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	mem, _, err := m.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	waiting, err := m.Notices.Nudges(ctx, req.UserID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the nudges: %w", err)
	}
	parts := []bot.Part{bot.Text(req.Say("me.nudge.title")), bot.Text(req.Say("me.nudge.none")), card.NudgeRow(req)}
	if len(waiting) > 0 {
		var lines []string
		for _, at := range waiting {
			lines = append(lines, m.clockTime(req, mem, at))
		}
		parts[1] = bot.Text(req.Say("me.nudge.waiting") + "\n" + card.Bullets(lines))
		parts = append(parts, bot.Row{{Label: req.Say("me.nudge.button.drop"), ID: button.NudgeSetID.For(button.MeStep{Act: nudgeDrop})}})
	}
	for _, line := range card.Quiet(req.Say, mem, m.Now(), m.Zones) {
		parts = append(parts, bot.Text(line))
	}
	return card.Calm(parts...), nil
}

// turnNudge follows the buttons of the cards.
func (m member) turnNudge(ctx context.Context, req *bot.Request, s button.MeStep) (bot.Reply, error) {
	switch s.Act {
	case nudgeShow:
	case nudgeAgree:
		var n button.NudgeDays
		if n.UnmarshalText([]byte(s.Arg)) != nil {
			return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
		}
		if err := m.agree(ctx, req); err != nil {
			return bot.Reply{}, err
		}
		return m.nudge(ctx, req, n)
	case nudgeDrop:
		if err := m.Notices.DropNudges(ctx, req.UserID); err != nil {
			return bot.Reply{}, fmt.Errorf("take the nudges back: %w", err)
		}
		m.Kick()
	default:
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	return m.nudges(ctx, req)
}
