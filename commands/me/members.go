package me

import (
	"context"
	"errors"
	"fmt"
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// Members is what members have set. Its methods return schedule.ErrNoMember for
// anyone who has not agreed.
type Members interface {
	Member(ctx context.Context, userID string) (schedule.Member, error)
	// SetMember keeps a member's settings, all but DMsClosed. None of their nudges
	// comes before first.
	SetMember(ctx context.Context, m schedule.Member, first, now time.Time) error
}

// members reads and keeps what members have set, and knows their clocks.
type members struct {
	kept    Members
	consent card.Consents
	zones   *schedule.Zones
	now     func() time.Time
	kick    func()
}

// self returns what the reader has set. agreed is false for anyone who lets the
// bot keep nothing, or nothing more: they agreed to an older text.
func (m members) self(ctx context.Context, req *bot.Request) (mem schedule.Member, agreed bool, err error) {
	mem, err = m.kept.Member(ctx, req.UserID)
	if errors.Is(err, schedule.ErrNoMember) {
		return schedule.Member{UserID: req.UserID, Locale: req.Locale}, false, nil
	}
	if err != nil {
		return mem, false, fmt.Errorf("read the settings: %w", err)
	}
	agreed, err = m.consent.Agreed(ctx, req)
	return mem, agreed, err
}

// keep writes a member's settings, without a pause that is over. Nudges that
// wait are held until a DM may come.
func (m members) keep(ctx context.Context, mem schedule.Member) error {
	if !mem.Paused(m.now(), m.zones) {
		mem.PausedUntil = schedule.Date{}
	}
	if err := m.kept.SetMember(ctx, mem, mem.FirstDM(m.now(), m.zones), m.now()); err != nil {
		return fmt.Errorf("keep the settings: %w", err)
	}
	m.kick()
	return nil
}

// local is the time now on the member's clock, which is UTC for anyone who has
// set none.
func (m members) local(mem schedule.Member) time.Time {
	return m.now().In(mem.Clock(time.UTC, m.zones))
}

// today is the day on that clock.
func (m members) today(mem schedule.Member) schedule.Date { return schedule.DateOf(m.local(mem)) }

// clockTime is an instant on the member's clock or, for anyone who has set none,
// on the reader's as only Discord knows it.
func (m members) clockTime(req *bot.Request, mem schedule.Member, at time.Time) string {
	if mem.Zone == "" {
		return fmt.Sprintf("<t:%d:F>", at.Unix())
	}
	return schedule.WallInText.From(req.Say, m.now(), at.In(mem.Clock(time.UTC, m.zones)))
}

// quiet says what keeps a member's DMs away, if anything does.
func (m members) quiet(req *bot.Request, mem schedule.Member) []bot.Part {
	var parts []bot.Part
	for _, line := range card.Quiet(req.Say, mem, m.now(), m.zones) {
		parts = append(parts, bot.Text(line))
	}
	return parts
}

// Places are what servers have set up.
type Places interface {
	// Places returns a server's places, oldest first.
	Places(ctx context.Context, guildID string) ([]schedule.Place, error)
}

// serverZone returns the zone of a server's first place, or "" in a server
// without a place and outside of servers.
func serverZone(ctx context.Context, kept Places, guildID string) (string, error) {
	if guildID == "" {
		return "", nil
	}
	places, err := kept.Places(ctx, guildID)
	if err != nil {
		return "", fmt.Errorf("find the server's zone: %w", err)
	}
	if len(places) == 0 {
		return "", nil
	}
	return places[0].Zone, nil
}

// oldButton answers a press that means nothing any more, or never did.
func oldButton() error { return &bot.UserError{Key: "bot.old_button"} }
