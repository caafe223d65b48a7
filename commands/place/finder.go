package place

import (
	"context"
	"fmt"
	"slices"

	"unpinch/bot"
	"unpinch/commands/input"
	"unpinch/schedule"
)

// A Finder finds the places of the reader's server.
type Finder struct{ Store Places }

// Places has the places of servers.
type Places interface {
	// Places returns a server's places, oldest first.
	Places(ctx context.Context, guildID string) ([]schedule.Place, error)
}

// Of returns the places of the reader's server, oldest first.
func (f Finder) Of(ctx context.Context, req *bot.Request) ([]schedule.Place, error) {
	places, err := f.Store.Places(ctx, req.GuildID)
	if err != nil {
		return nil, fmt.Errorf("find the places: %w", err)
	}
	return places, nil
}

// Some is Of, and refuses a server without a place.
func (f Finder) Some(ctx context.Context, req *bot.Request) ([]schedule.Place, error) {
	places, err := f.Of(ctx, req)
	if err == nil && len(places) == 0 {
		return nil, None(req)
	}
	return places, err
}

// For returns the place that a command is about: the named one, or without a
// name the only one, or the one whose channel this is. Where that leaves none it
// says what to give.
func (f Finder) For(ctx context.Context, req *bot.Request, name string) (schedule.Place, error) {
	places, err := f.Some(ctx, req)
	if err != nil {
		return schedule.Place{}, err
	}
	if input.OneLine(name) == "" {
		if p, ok := Here(req, places); ok {
			return p, nil
		}
		return schedule.Place{}, &bot.UserError{Key: "setup.which_place", Args: bot.Args{"Names": Names(places)}}
	}
	p, ok := Named(places, name)
	if !ok {
		return schedule.Place{}, &bot.UserError{Key: "setup.place_unknown", Args: bot.Args{"Seen": input.Seen(name), "Names": Names(places)}}
	}
	return p, nil
}

// ByID returns the place that a button names, if the reader's server has it.
func (f Finder) ByID(ctx context.Context, req *bot.Request, id int64) (schedule.Place, error) {
	places, err := f.Of(ctx, req)
	if err != nil {
		return schedule.Place{}, err
	}
	i := slices.IndexFunc(places, func(p schedule.Place) bool { return p.ID == id })
	if i < 0 {
		return schedule.Place{}, &bot.UserError{Key: "setup.place_gone"}
	}
	return places[i], nil
}

// ToChange is ByID for a reader who wants to change the place's classes.
func (f Finder) ToChange(ctx context.Context, req *bot.Request, id int64) (schedule.Place, error) {
	p, err := f.ByID(ctx, req, id)
	if err != nil {
		return p, err
	}
	return p, MayChange(req, p)
}

// Changeable returns the places whose classes the reader may change, or says
// why there is none.
func (f Finder) Changeable(ctx context.Context, req *bot.Request) ([]schedule.Place, error) {
	places, err := f.Some(ctx, req)
	if err != nil {
		return nil, err
	}
	var refused error
	places = slices.DeleteFunc(places, func(p schedule.Place) bool {
		err := MayChange(req, p)
		if refused == nil {
			refused = err
		}
		return err != nil
	})
	if len(places) == 0 {
		return nil, refused
	}
	return places, nil
}

// Suggest lists the server's places that what was typed so far may mean.
func (f Finder) Suggest(ctx context.Context, req *bot.Request, typed string) ([]bot.Choice, error) {
	places, err := f.Of(ctx, req)
	if err != nil {
		return nil, err
	}
	var choices []bot.Choice
	for _, p := range places {
		if input.Holds(p.Name, typed) {
			choices = append(choices, bot.Choice{Label: p.Name, Value: p.Name})
		}
	}
	return choices, nil
}
