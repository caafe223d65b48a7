package commands

import (
	"context"

	"unpinch/bot"
	"unpinch/commands/button"
)

// startHere answers the presses on the card that everyone starts from.
type startHere struct{ Deps }

// open shows the one who presses what they pressed, and nobody else.
func (s startHere) open(ctx context.Context, req *bot.Request, what button.StartWhat) (bot.Reply, error) {
	switch what {
	case button.StartCheck:
		return pinchedFlow(s).turn(ctx, req, button.PinchedState{View: button.PinchedMenu})
	case button.StartSwap:
		return modifyFlow(s).turn(ctx, req, button.ModifyState{View: button.LiftPick})
	case button.StartStretch: // the gentle one, for nobody knows who presses
		return stretchFlow{Deps: s.Deps}.open(ctx, req, button.CalmRoutine)
	case button.StartReminders:
		return member{Deps: s.Deps}.remindersCard(ctx, req)
	}
	return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
}
