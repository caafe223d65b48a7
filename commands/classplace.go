package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/schedule"
)

// placesOf returns the places of the reader's server, oldest first.
func (d Deps) placesOf(ctx context.Context, req *bot.Request) ([]schedule.Place, error) {
	places, err := d.Classes.Places(ctx, req.GuildID)
	if err != nil {
		return nil, fmt.Errorf("find the places: %w", err)
	}
	return places, nil
}

// placeFor returns the place that a command is about: the named one, or without
// a name the only one, or the one whose channel this is. Where that leaves none
// it says what to give.
func (d Deps) placeFor(ctx context.Context, req *bot.Request, name string) (schedule.Place, error) {
	places, err := d.placesOf(ctx, req)
	if err != nil {
		return schedule.Place{}, err
	}
	if len(places) == 0 {
		return schedule.Place{}, &bot.UserError{Key: "class.no_place"}
	}
	if input.OneLine(name) == "" {
		if p, ok := placeHere(req, places); ok {
			return p, nil
		}
		return schedule.Place{}, &bot.UserError{Key: "setup.which_place", Args: bot.Args{"Names": placeNames(places)}}
	}
	p, ok := placeNamed(places, name)
	if !ok {
		return schedule.Place{}, &bot.UserError{Key: "setup.place_unknown", Args: bot.Args{"Seen": card.Plain(input.Seen(name)), "Names": placeNames(places)}}
	}
	return p, nil
}

// placeHere returns the only place, or the one place whose channel this is.
func placeHere(req *bot.Request, places []schedule.Place) (schedule.Place, bool) {
	if len(places) == 1 {
		return places[0], true
	}
	here := slices.DeleteFunc(slices.Clone(places), func(p schedule.Place) bool { return p.ChannelID != req.ChannelID })
	if len(here) != 1 {
		return schedule.Place{}, false
	}
	return here[0], true
}

// placeNamed finds a place by its name. Capitals count only where two names
// differ by nothing else.
func placeNamed(places []schedule.Place, name string) (schedule.Place, bool) {
	name = input.OneLine(name)
	i := slices.IndexFunc(places, func(p schedule.Place) bool { return p.Name == name })
	if i < 0 {
		i = slices.IndexFunc(places, func(p schedule.Place) bool { return strings.EqualFold(p.Name, name) })
	}
	if i < 0 {
		return schedule.Place{}, false
	}
	return places[i], true
}

// placeNames lists places for a sentence.
func placeNames(places []schedule.Place) string {
	var names []string
	for _, p := range places {
		names = append(names, "**"+card.Plain(p.Name)+"**")
	}
	return strings.Join(names, ", ")
}

// suggestPlaces lists the server's places that what was typed so far may mean.
func (d Deps) suggestPlaces(ctx context.Context, req *bot.Request, typed string) ([]bot.Choice, error) {
	places, err := d.placesOf(ctx, req)
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

// placeByID returns the place that a button names, if the reader's server has
// it.
func (d Deps) placeByID(ctx context.Context, req *bot.Request, id int64) (schedule.Place, error) {
	places, err := d.placesOf(ctx, req)
	if err != nil {
		return schedule.Place{}, err
	}
	i := slices.IndexFunc(places, func(p schedule.Place) bool { return p.ID == id })
	if i < 0 {
		return schedule.Place{}, &bot.UserError{Key: "setup.place_gone"}
	}
	return places[i], nil
}
