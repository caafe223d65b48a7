package setup

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
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
	id, err := s.store.SavePlace(ctx, after, place.By(req, s.now(), detail(req, before, after)))
	switch {
	case errors.Is(err, schedule.ErrPlaceName):
		return after, &bot.UserError{Key: "setup.name_taken", Args: bot.Args{"Name": after.Name}}
	case errors.Is(err, schedule.ErrFull):
		return after, &bot.UserError{Key: "setup.places_full", Args: bot.Args{"Max": schedule.PlacesMax}}
	case err != nil:
		return after, fmt.Errorf("set up: %w", err)
	}
	after.ID = id
	s.kick()
	return after, nil
}

// detail says what was changed of a place, for the record of changes.
func detail(req *bot.Request, before, after schedule.Place) string {
	if before.ID == 0 {
		return after.Name + ", " + after.Zone
	}
	var all []string
	differs := func(key, old, to string) {
		if old != to {
			none := req.Say("setup.change.none")
			all = append(all, req.Say("setup.change."+key, bot.Args{"Old": cmp.Or(old, none), "New": cmp.Or(to, none)}))
		}
	}
	onOff := func(on bool) string { return req.Say(card.Either(on, "setup.change.on", "setup.change.off")) }
	differs("name", before.Name, after.Name)
	differs("zone", before.Zone, after.Zone)
	differs("country", before.Country, after.Country)
	differs("language", before.Language, after.Language)
	differs("channel", mentionOf(card.ChannelMention, before.ChannelID), mentionOf(card.ChannelMention, after.ChannelID))
	differs("coach", mentionOf(card.RoleMention, before.CoachRole), mentionOf(card.RoleMention, after.CoachRole))
	differs("log", mentionOf(card.ChannelMention, before.LogChannel), mentionOf(card.ChannelMention, after.LogChannel))
	differs("tidy", onOff(before.Tidy), onOff(after.Tidy))
	return strings.Join(all, ", ")
}

// mentionOf is "" for no id.
func mentionOf(mention func(string) string, id string) string {
	if id == "" {
		return ""
	}
	return mention(id)
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
