package me

import (
	"context"
	"fmt"
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
)

// Consents are what members agreed to have kept.
type Consents interface {
	// Consent returns the version of the consent text that a member agreed to and
	// when; version 0 is no consent.
	Consent(ctx context.Context, userID string) (version int, at time.Time, err error)
	// Agree keeps the member's consent, with the statement of age that is part
	// of it.
	Agree(ctx context.Context, userID string, version int, locale string, at time.Time) error
}

// consent stands before everything that is kept about a member.
type consent struct {
	kept Consents
	now  func() time.Time
}

// agreed reports whether the reader lets the bot keep what they ask it to.
func (c consent) agreed(ctx context.Context, req *bot.Request) (bool, error) {
	_, agreed, err := c.since(ctx, req)
	return agreed, err
}

// since is agreed, with the time at which they did.
func (c consent) since(ctx context.Context, req *bot.Request) (at time.Time, agreed bool, err error) {
	version, at, err := c.kept.Consent(ctx, req.UserID)
	if err != nil {
		return at, false, fmt.Errorf("read the consent: %w", err)
	}
	return at, version > 0, nil
}

// agree keeps that the reader agreed to today's text.
func (c consent) agree(ctx context.Context, req *bot.Request) error {
	if err := c.kept.Agree(ctx, req.UserID, card.ConsentVersion, req.Locale, c.now()); err != nil {
		return fmt.Errorf("keep the consent: %w", err)
	}
	return nil
}
