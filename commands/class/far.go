package class

import (
	"context"
	"errors"
	"fmt"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/place"
	"unpinch/schedule"
)

// An ender knows what became of drafts.
type ender interface {
	// BatchEnd returns what became of a batch that was saved, or in whose place
	// others are, or schedule.ErrNoClass.
	BatchEnd(ctx context.Context, b schedule.Batch, now time.Time) (schedule.BatchEnd, error)
}

// far lets people change a class from a DM, which tells nothing of what they may do
// in its server: that is asked of Discord at each press.
type far struct {
	classes  classes
	ends     ender
	standing func(ctx context.Context, guildID, userID string) (bot.Standing, error) // nil where nobody can tell
	now      func() time.Time
}

// at returns a request as one of a place's server, for a user who may change its
// classes now.
func (f far) at(ctx context.Context, req *bot.Request, p schedule.Place) (*bot.Request, error) {
	if f.standing == nil {
		return nil, &bot.UserError{Key: "class.far.unchecked"}
	}
	ctx, cancel := context.WithTimeout(ctx, askMax) // before a form nothing can be deferred
	defer cancel()
	s, err := f.standing(ctx, p.GuildID, req.UserID)
	switch {
	case errors.Is(err, bot.ErrNoMember):
		return nil, &bot.UserError{Key: "class.far.left"}
	case err != nil:
		return nil, &bot.UserError{Key: "class.far.unchecked", Err: err}
	}
	there := req.In(p.GuildID, s)
	if place.MayChange(there, p) != nil { // names a role, which a DM can't show
		return nil, &bot.UserError{Key: "class.far.not_allowed"}
	}
	return there, nil
}

// class returns a class that the reader may change, wherever they press, and the
// request as one of its server.
func (f far) class(ctx context.Context, req *bot.Request, id int64) (*bot.Request, schedule.Series, error) {
	s, err := f.classes.store.Series(ctx, id)
	if err == nil && (!s.DraftUntil.IsZero() || s.Place.UserID != "") {
		err = schedule.ErrNoClass
	}
	if err != nil {
		return nil, s, inWords("find the class", err)
	}
	if req.GuildID != "" {
		return req, s, place.MayChange(req, s.Place)
	}
	there, err := f.at(ctx, req, s.Place)
	return there, s, err
}

// A flow answers a button of a class or draft.
type flow = func(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error)

// from lets what follows from a question in a DM be pressed there too.
func (f far) from(run flow) flow {
	return func(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
		if req.GuildID != "" {
			return run(ctx, req, s)
		}
		switch s.Act {
		case button.ActList, button.ActWeek, button.ActHistory: // of a server, which nobody knows here
			return bot.Reply{}, &bot.UserError{Key: "class.far.where"}
		}
		p, err := f.placeOf(ctx, s.ID)
		if err != nil {
			return bot.Reply{}, err
		}
		there, err := f.at(ctx, req, p)
		if err != nil {
			return bot.Reply{}, err
		}
		return run(ctx, there, s)
	}
}

// placeOf returns the place of a class or of drafts, saved or not.
func (f far) placeOf(ctx context.Context, id int64) (schedule.Place, error) {
	s, err := f.classes.store.Series(ctx, id)
	if err == nil && s.Place.UserID == "" {
		return s.Place, nil
	}
	if err != nil && !errors.Is(err, schedule.ErrNoClass) {
		return schedule.Place{}, fmt.Errorf("find the server of a class: %w", err)
	}
	end, err := f.ends.BatchEnd(ctx, schedule.Batch{Drafts: id}, f.now())
	if err == nil && len(end.Places) > 0 {
		return end.Places[0], nil
	}
	if err != nil && !errors.Is(err, schedule.ErrNoClass) {
		return schedule.Place{}, fmt.Errorf("find the server of drafts: %w", err)
	}
	return schedule.Place{}, &bot.UserError{Key: "class.far.where"}
}
