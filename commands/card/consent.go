package card

import (
	"context"
	"fmt"
	"time"

	"unpinch/bot"
	"unpinch/schedule"
)

// ConsentVersion is the version of the consent text in the catalogue. It is
// kept with each consent: anyone who agreed to an older text is asked anew before
// more is kept about them.
const ConsentVersion = 1

// ConsentStore keeps what members agreed to.
type ConsentStore interface {
	// Consent returns the version of the consent text that a member agreed to and
	// when; version 0 is no consent.
	Consent(ctx context.Context, userID string) (version int, at time.Time, err error)
	// Agree keeps the member's consent, with the statement of age that is part
	// of it.
	Agree(ctx context.Context, userID string, version int, locale string, at time.Time) error
}

// Consents stands before everything that is kept about a member.
type Consents struct {
	Kept ConsentStore
	Now  func() time.Time
}

// Agreed reports whether the reader lets the bot keep what they ask it to: they
// agreed to the text of today, and to no other.
func (c Consents) Agreed(ctx context.Context, req *bot.Request) (bool, error) {
	version, _, err := c.read(ctx, req)
	return version == ConsentVersion, err
}

// Since returns when the reader agreed, to the text of today or to another. ever
// is false if they did not: then nothing is kept that needs it.
func (c Consents) Since(ctx context.Context, req *bot.Request) (at time.Time, ever bool, err error) {
	version, at, err := c.read(ctx, req)
	return at, version != 0, err
}

func (c Consents) read(ctx context.Context, req *bot.Request) (version int, at time.Time, err error) {
	if version, at, err = c.Kept.Consent(ctx, req.UserID); err != nil {
		return 0, time.Time{}, fmt.Errorf("read the consent: %w", err)
	}
	return version, at, nil
}

// Agree keeps that the reader agreed to today's text. The time is told no closer
// than anything else that begins on a card of the body.
func (c Consents) Agree(ctx context.Context, req *bot.Request) error {
	if err := c.Kept.Agree(ctx, req.UserID, ConsentVersion, req.Locale, schedule.Quarter(c.Now())); err != nil {
		return fmt.Errorf("keep the consent: %w", err)
	}
	return nil
}

// Consent asks before the first thing about a member is kept, which the catalogue
// names under card.consent.what. yes and no are the custom IDs of its answers.
func Consent(req *bot.Request, what, yes, no string) bot.Reply {
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: AccentRead, Parts: []bot.Part{
		bot.Text(req.Say("card.consent.text", bot.Args{"What": req.Say("card.consent.what." + what)})),
		bot.Row{
			{Label: req.Say("card.consent.yes"), ID: yes, Style: bot.Success},
			{Label: req.Say("card.consent.no"), ID: no},
		},
	}}}}
}
