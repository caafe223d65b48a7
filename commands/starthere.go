package commands

import (
	"context"

	"unpinch/bot"
	"unpinch/commands/button"
)

// A startHere answers the presses on the card that everyone starts from.
type startHere struct {
	signs, swap func(ctx context.Context, req *bot.Request) (bot.Reply, error)
	stretch     func(ctx context.Context, req *bot.Request, routine button.Routine) (bot.Reply, error)
	reminders   func(ctx context.Context, req *bot.Request) (bot.Reply, error)
}

// open shows the one who presses what they pressed, and nobody else.
func (s startHere) open(ctx context.Context, req *bot.Request, what button.StartWhat) (bot.Reply, error) {
	switch what {
	case button.StartCheck:
		return s.signs(ctx, req)
	case button.StartSwap:
		return s.swap(ctx, req)
	case button.StartStretch: // the gentle one, for nobody knows who presses
		return s.stretch(ctx, req, button.CalmRoutine)
	case button.StartReminders:
		return s.reminders(ctx, req)
	}
	return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
}
