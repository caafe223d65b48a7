package setup

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/commands/place"
	"unpinch/schedule"
)

// A saver keeps places.
type saver interface {
	place.Places
	// SavePlace adds or changes a place. It returns schedule.ErrPlaceName if the
	// server has another of that name, schedule.ErrFull if it has too many, and
	// schedule.ErrNoPlace if the place is gone.
	SavePlace(ctx context.Context, p schedule.Place, by schedule.By) (id int64, err error)
	remover
	// Changes returns what was changed, the latest first; of all classes and places
	// when classID is 0.
	Changes(ctx context.Context, guildID string, classID int64, limit, offset int) ([]schedule.Change, error)
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
	case errors.Is(err, schedule.ErrNoPlace):
		return after, &bot.UserError{Key: "setup.place_gone"}
	case errors.Is(err, schedule.ErrFull):
		return after, &bot.UserError{Key: "setup.places_full", Args: bot.Args{"Max": schedule.PlacesMax}}
	case errors.Is(err, schedule.ErrChanged):
		said, err := s.since(ctx, req, before)
		if err != nil {
			return after, err
		}
		return after, &bot.UserError{Key: "setup.meanwhile", Args: bot.Args{"Changes": said}}
	case err != nil:
		return after, fmt.Errorf("set up: %w", err)
	}
	after.ID = id
	s.kick()
	return after, nil
}

// sinceMost is how many changes of a place are told that were made meanwhile, of
// the last sinceSought of the server.
const (
	sinceMost   = 3
	sinceSought = 50
)

// since says who changed a place, and what of it, since it was read: nothing where
// that isn't kept any more.
func (s saving) since(ctx context.Context, req *bot.Request, was schedule.Place) (string, error) {
	all, err := s.store.Changes(ctx, req.GuildID, 0, sinceSought, 0)
	places, err2 := s.store.Places(ctx, req.GuildID)
	if err := errors.Join(err, err2); err != nil {
		return "", fmt.Errorf("find what has changed: %w", err)
	}
	left := 0
	if i := slices.IndexFunc(places, func(p schedule.Place) bool { return p.ID == was.ID }); i >= 0 {
		left = int(min(places[i].Revision-was.Revision, sinceMost))
	}
	var lines []string
	for _, ch := range all {
		if ch.PlaceID == was.ID && ch.ClassID == 0 && len(ch.Fields) > 0 && len(lines) < left {
			who := "<@" + ch.UserID + ">"
			if ch.UserID == "" {
				who = req.Say("class.changes.forgotten")
			}
			lines = append(lines, who+" "+req.Say("class.changes.what.place_changed")+": "+place.Changed(req, ch.Fields))
		}
	}
	if len(lines) == 0 {
		return "", nil
	}
	return "\n" + card.Bullets(lines), nil
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
