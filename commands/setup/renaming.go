package setup

import (
	"context"
	"errors"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/commands/place"
	"unpinch/schedule"
)

// The fields of the forms.
const (
	fieldName = "name"
	fieldZone = "zone"
)

// renaming gives places other names, and makes the first one.
type renaming struct {
	finder place.Finder
	cards  cards
	saving saving
	flow   flow
}

// first makes the first place of a server, whose posts go to this channel.
func (r renaming) first(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	places, err := r.finder.Of(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(places) > 0 {
		return r.cards.show(ctx, req, places[0], "")
	}
	p, _, err := r.flow.meant(req, nil)
	if err == nil {
		p, err = r.flow.changeZone(p, req.Fields[fieldZone])
	}
	if err == nil {
		p, err = r.saving.save(ctx, req, schedule.Place{}, p)
	}
	if err != nil {
		return bot.Reply{}, again(req, err)
	}
	return r.cards.show(ctx, req, p, req.Say("setup.saved_by"))
}

// again offers the form of the first place once more, where it was refused: a
// form has no list to pick a city from.
func again(req *bot.Request, err error) error {
	var refused *bot.UserError
	if !errors.As(err, &refused) {
		return err
	}
	said := *refused
	if said.Key == "setup.zone_unknown" {
		said.Key = "setup.first.unknown"
	}
	said.Below = []bot.Part{place.FirstRow(req)}
	return &said
}

// open asks for the new name.
func (r renaming) open(ctx context.Context, req *bot.Request, id button.Place) (bot.Reply, error) {
	if id == 0 {
		return bot.Reply{Modal: &bot.Modal{ID: button.PlaceSetID.For(id), Title: req.Say("setup.first.title"), Fields: []bot.Field{
			{ID: fieldZone, Label: req.Say("setup.first.zone"), About: req.Say("setup.first.about"), Need: true, Max: place.NameMax},
		}}}, nil
	}
	p, err := r.finder.ByID(ctx, req, int64(id))
	if err != nil {
		return bot.Reply{}, err
	}
	return bot.Reply{Modal: &bot.Modal{ID: button.PlaceSetID.For(id), Title: req.Say("setup.rename.title"), Fields: []bot.Field{
		{ID: fieldName, Label: req.Say("setup.rename.label"), Value: p.Name, Need: true, Max: place.NameMax},
	}}}, nil
}

// sent takes over the form.
func (r renaming) sent(ctx context.Context, req *bot.Request, id button.Place) (bot.Reply, error) {
	if id == 0 {
		return r.first(ctx, req)
	}
	p, err := r.finder.ByID(ctx, req, int64(id))
	if err != nil {
		return bot.Reply{}, err
	}
	after := p
	if name := input.OneLine(req.Fields[fieldName]); name != "" {
		after.Name = name
	}
	if err := nameFits(after.Name); err != nil {
		return bot.Reply{}, err
	}
	after, err = r.saving.save(ctx, req, p, after)
	if err != nil {
		return bot.Reply{}, err
	}
	return r.cards.show(ctx, req, after, req.Say(card.Either(after == p, "setup.saved", "setup.saved_by")))
}
