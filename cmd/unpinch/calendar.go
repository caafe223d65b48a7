package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/post"
	"unpinch/delivery"
	"unpinch/schedule"
	"unpinch/store"
)

var _ delivery.CalendarKeeper = (*store.Store)(nil)

// A calendar keeps events through the bot.
type calendar struct {
	bot   *bot.Bot
	maker *post.Maker
}

// Draw returns what the calendar is to say of a start.
func (c calendar) Draw(s schedule.Series, start schedule.Start) delivery.Event {
	return delivery.Event(c.maker.Event(s, start))
}

// Find returns the event that bears the mark of a class and ends after an instant.
func (c calendar) Find(ctx context.Context, s schedule.Series, after time.Time) (id string, e delivery.Event, err error) {
	if err := c.reachable(s.Place.GuildID); err != nil {
		return "", e, err
	}
	own, err := c.bot.OwnEvents(ctx, s.Place.GuildID)
	mark := c.maker.EventMark(s)
	for found, o := range own {
		if strings.HasSuffix(o.About, mark) && o.End.After(after) && (id == "" || found < id) {
			id, e = found, delivery.Event(o)
		}
	}
	return id, e, calendarError(err)
}

// Make makes an event.
func (c calendar) Make(ctx context.Context, guildID string, e delivery.Event) (id string, err error) {
	err = c.change(guildID, func() error {
		id, err = c.bot.AddEvent(ctx, guildID, bot.ScheduledEvent(e))
		return err
	})
	return id, err
}

// Change writes what differs.
func (c calendar) Change(ctx context.Context, guildID, id string, was, is delivery.Event) error {
	return c.change(guildID, func() error {
		return c.bot.ChangeEvent(ctx, guildID, id, bot.ScheduledEvent(was), bot.ScheduledEvent(is))
	})
}

// Cancel marks an event as cancelled.
func (c calendar) Cancel(ctx context.Context, guildID, id string) error {
	return c.change(guildID, func() error { return c.bot.CancelEvent(ctx, guildID, id) })
}

// Delete takes an event away.
func (c calendar) Delete(ctx context.Context, guildID, id string) error {
	return c.change(guildID, func() error { return c.bot.DeleteEvent(ctx, guildID, id) })
}

func (c calendar) change(guildID string, do func() error) error {
	if err := c.reachable(guildID); err != nil {
		return err
	}
	return calendarError(do())
}

// reachable returns an error while Discord can't reach a server.
func (c calendar) reachable(guildID string) error {
	if c.bot.InOutage(guildID) {
		return fmt.Errorf("%w: %w", delivery.ErrNotSent, errOutage)
	}
	return nil
}

// calendarError says what it means that a calendar could not be changed. Only
// Discord's own word refuses for good: a page of a proxy may be gone at the next
// try.
func calendarError(err error) error {
	ae, ok := errors.AsType[*bot.APIError](err)
	if !ok {
		return err
	}
	switch why := reasonOf(ae); {
	case ae.Code == 10070, ae.Code == 180000: // unknown, or ended
		return fmt.Errorf("%w: %w", delivery.ErrNoEvent, err)
	case ae.Code == 30038:
		return &delivery.Refusal{Reason: schedule.ReasonFull, Err: err}
	case why == schedule.ReasonAccess, why == schedule.ReasonPermission:
		return &delivery.Refusal{Reason: why, Err: err}
	case ae.Status == http.StatusBadRequest && ae.Code != 0:
		return &delivery.Refusal{Reason: schedule.ReasonRefused, Err: err}
	}
	return err
}
