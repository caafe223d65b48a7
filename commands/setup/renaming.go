package setup

import (
	"context"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/commands/place"
)

// fieldName is the only field of the form.
const fieldName = "name"

// renaming gives places other names.
type renaming struct {
	finder place.Finder
	cards  cards
	saving saving
}

// open asks for the new name.
func (r renaming) open(ctx context.Context, req *bot.Request, id button.Place) (bot.Reply, error) {
	p, err := r.finder.ByID(ctx, req, int64(id))
	if err != nil {
		return bot.Reply{}, err
	}
	return bot.Reply{Modal: &bot.Modal{ID: button.RenameSetID.For(id), Title: req.Say("setup.rename.title"), Fields: []bot.Field{
		{ID: fieldName, Label: req.Say("setup.rename.label"), Value: p.Name, Need: true, Max: place.NameMax},
	}}}, nil
}

// sent takes over the form.
func (r renaming) sent(ctx context.Context, req *bot.Request, id button.Place) (bot.Reply, error) {
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
