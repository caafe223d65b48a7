package setup

import (
	"context"
	"errors"
	"fmt"
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/commands/place"
	"unpinch/schedule"
)

// A saver keeps places.
type saver interface {
	// SavePlace adds or changes a place. It returns schedule.ErrPlaceName if the
	// server has another of that name, and schedule.ErrFull if it has too many.
	SavePlace(ctx context.Context, p schedule.Place, by schedule.By) (id int64, err error)
}

// saving saves places.
type saving struct {
	store saver
	now   func() time.Time
	kick  func()
}

// save keeps a place that differs from what it was, and returns it with its id.
func (s saving) save(ctx context.Context, req *bot.Request, before, after schedule.Place) (schedule.Place, error) {
	if after == before {
		return after, nil
	}
	id, err := s.store.SavePlace(ctx, after, changeOf(req, s.now(), before, after))
	switch {
	case errors.Is(err, schedule.ErrPlaceName):
		return after, &bot.UserError{Key: "setup.name_taken", Args: bot.Args{"Name": card.Plain(after.Name)}}
	case errors.Is(err, schedule.ErrFull):
		return after, &bot.UserError{Key: "setup.places_full", Args: bot.Args{"Max": schedule.PlacesMax}}
	case errors.Is(err, schedule.ErrChanged):
		return after, &bot.UserError{Key: "setup.meanwhile"}
	case err != nil:
		return after, fmt.Errorf("set up: %w", err)
	}
	after.ID = id
	s.kick()
	return after, nil
}

// changeOf says who changes a place, when and what of it.
func changeOf(req *bot.Request, now time.Time, before, after schedule.Place) schedule.By {
	if before.ID == 0 {
		return place.By(req, now, after.Name+", "+after.Zone)
	}
	by := place.By(req, now, "")
	by.Fields = schedule.PlaceChanges(before, after)
	return by
}

// Switches keep what is on or off in a whole server.
type Switches interface {
	// Together reports whether a server's channels may follow together.
	Together(ctx context.Context, guildID string) (on bool, err error)
	SetTogether(ctx context.Context, guildID string, on bool) error
}

// together is the server's switch for following together.
type together struct{ store Switches }

func (t together) is(ctx context.Context, req *bot.Request) (bool, error) {
	return t.store.Together(ctx, req.GuildID)
}

func (t together) turn(ctx context.Context, req *bot.Request, on bool) error {
	if err := t.store.SetTogether(ctx, req.GuildID, on); err != nil {
		return fmt.Errorf("set up: %w", err)
	}
	return nil
}
