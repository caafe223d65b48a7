package me

import (
	"context"
	"fmt"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/schedule"
)

const (
	progressWeeks = 12
	fullWeek      = 3 // sessions that a week is noted for
	progressFile  = "progress.png"
)

// Sessions are the days on which members trained. Nothing is kept of a member
// who has not agreed: then kept is false.
type Sessions interface {
	// CountDay makes sure that a day has a session.
	CountDay(ctx context.Context, userID string, day schedule.Date) (kept bool, err error)
	// ClearDay takes a day's sessions back.
	ClearDay(ctx context.Context, userID string, day schedule.Date) error
	// Sessions returns how many sessions each day from first to last had; days
	// without any are left out.
	Sessions(ctx context.Context, userID string, first, last schedule.Date) (map[schedule.Date]int, error)
}

// progress counts the days on which a member trained, and shows them.
type progress struct {
	members  members
	consent  card.Consents
	kept     Sessions
	places   Places
	pictures bool
}

// turn follows the buttons of the card. A day is counted once, however
// often the button is pressed.
func (p progress) turn(ctx context.Context, req *bot.Request, step button.ProgressStep) (bot.Reply, error) {
	if step == button.ProgressAgree {
		if err := p.consent.Agree(ctx, req); err != nil {
			return bot.Reply{}, err
		}
	}
	today, err := p.today(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	switch step {
	case button.ProgressCount, button.ProgressAgree:
		agreed, err := p.consent.Agreed(ctx, req)
		if err != nil {
			return bot.Reply{}, err
		}
		kept := false
		if agreed {
			if kept, err = p.kept.CountDay(ctx, req.UserID, today); err != nil {
				return bot.Reply{}, fmt.Errorf("count today: %w", err)
			}
		}
		if !kept {
			return card.Consent(req, "progress", button.ProgressID.For(button.ProgressAgree), button.ProgressID.For(button.ProgressShow)), nil
		}
	case button.ProgressBack:
		if err := p.kept.ClearDay(ctx, req.UserID, today); err != nil {
			return bot.Reply{}, fmt.Errorf("take today back: %w", err)
		}
	}
	return p.card(ctx, req)
}

// today is the day on the member's clock: in the zone that they chose, else in
// that of the server's first place, else in UTC.
func (p progress) today(ctx context.Context, req *bot.Request) (schedule.Date, error) {
	mem, _, err := p.members.self(ctx, req)
	if err != nil {
		return schedule.Date{}, err
	}
	name := mem.Zone
	if name == "" {
		if name, err = serverZone(ctx, p.places, req.GuildID); err != nil {
			return schedule.Date{}, fmt.Errorf("find the member's day: %w", err)
		}
	}
	zone := time.UTC
	if name != "" {
		if zone, err = p.members.zones.Location(name); err != nil {
			return schedule.Date{}, fmt.Errorf("find the member's day: %w", err)
		}
	}
	return schedule.DateOf(p.members.now().In(zone)), nil
}

// card shows twelve weeks of sessions, as a picture and in words.
func (p progress) card(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	count := bot.Button{Label: req.Say("me.progress.button.count"), ID: button.ProgressID.For(button.ProgressCount), Style: bot.Success}
	_, ever, err := p.consent.Since(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if !ever {
		return card.Calm(bot.Text(req.Say("me.progress.nothing")), bot.Row{count}), nil
	}
	today, err := p.today(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	weeks := lastWeeks(today)
	days, err := p.kept.Sessions(ctx, req.UserID, weeks[0].days[0], weeks[progressWeeks-1].days[6])
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the progress: %w", err)
	}
	if len(days) == 0 {
		return card.Calm(bot.Text(req.Say("me.progress.none")), bot.Row{count}), nil
	}
	for i := range weeks {
		weeks[i].count(days)
	}
	status, press := "me.progress.today", count
	if days[today] > 0 {
		status = "me.progress.counted"
		press = bot.Button{Label: req.Say("me.progress.button.back"), ID: button.ProgressID.For(button.ProgressBack)}
	}
	parts := []bot.Part{bot.Text(req.Say("me.progress.title"))}
	var files []bot.File
	if p.pictures && card.MayDraw(req) {
		var picture []bot.Part
		picture, files = drawWeeks(req, weeks, today)
		parts = append(parts, picture...)
	}
	reply := card.Calm(append(parts, bot.Text(progressWords(req, weeks)),
		bot.Text(req.Say(status, bot.Args{"Day": schedule.DateShort.OfDay(req.Say, today)})), bot.Row{press})...)
	reply.Files = files
	return reply, nil
}
