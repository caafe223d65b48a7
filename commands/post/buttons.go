package post

import (
	"context"
	"errors"
	"fmt"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/gate"
	"unpinch/schedule"
)

// ButtonsOptions is what the buttons on posts and DMs need.
type ButtonsOptions struct {
	Zones    *schedule.Zones
	Ledger   Ledger
	Classes  Finder
	Follows  Follows
	Members  Members
	Consents card.ConsentStore
	DMs      DMs
	// Open starts a routine of the presser's own.
	Open func(ctx context.Context, req *bot.Request, routine button.Routine) (bot.Reply, error)
	Now  func() time.Time
	Kick func() // tells the engine that there may be something to send
	Gate gate.Gate
}

// A Finder finds classes.
type Finder interface {
	// Series returns a class, or schedule.ErrNoClass.
	Series(ctx context.Context, id int64) (schedule.Series, error)
}

// Buttons returns the components of posts, of DMs, and of the card on which
// readers choose before which classes they want a DM.
func Buttons(o ButtonsOptions) []bot.Component {
	pressed := presses{o.Ledger, o.Now}
	follow := followCard{
		presses: pressed, ledger: o.Ledger, classes: o.Classes, follows: o.Follows, consents: card.Consents{Kept: o.Consents, Now: o.Now},
		held: held{o.Members, o.Zones, o.Now}, now: o.Now, kick: o.Kick, gate: o.Gate,
	}
	direct := directButtons{ledger: o.Ledger, classes: o.Classes, follows: o.Follows, dms: o.DMs, zones: o.Zones, now: o.Now, kick: o.Kick}
	choice := bot.Handle(button.FollowID, bot.Update, follow.press).Saving("notify.lost")
	choice.OwnerOnly = true
	return []bot.Component{
		choice,
		bot.Handle(button.NotifyID, bot.NewPrivate, follow.open),
		bot.Handle(button.NoticeID, bot.NewPrivate, direct.press).Saving("notify.lost"),
		bot.Handle(button.PostID, bot.NewPrivate, starts{pressed, o.Open}.press),
		bot.Handle(button.DoneID, bot.NewPrivate, newDoneCount(o.Ledger, o.Now, doneKept).press).Saving("post.lost"),
	}
}

// inWords returns what a store's error means to a presser. gone is the key of
// the words for a class or message that isn't there any more. Errors that a
// presser can do nothing about are wrapped with what was being done.
func inWords(err error, doing, gone string) error {
	switch {
	case errors.Is(err, schedule.ErrNoClass), errors.Is(err, schedule.ErrNoOccurrence):
		return &bot.UserError{Key: gone}
	case errors.Is(err, schedule.ErrFull):
		return &bot.UserError{Key: "notify.full", Args: bot.Args{"Max": schedule.FollowsMax}}
	}
	return fmt.Errorf("%s: %w", doing, err)
}
