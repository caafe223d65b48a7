package setup

import (
	"context"
	"errors"
	"fmt"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/classwords"
	"unpinch/commands/place"
	"unpinch/schedule"
)

// removedNamed is how many classes a place's removal names.
const removedNamed = 5

// A remover ends places.
type remover interface {
	// RemovePlace ends a place with all its classes and weekly posts. It returns
	// schedule.ErrNoPlace if the place is gone already.
	RemovePlace(ctx context.Context, p schedule.Place, by schedule.By) error
	// PlaceFollowers counts the members who follow a place, or a class of it.
	PlaceFollowers(ctx context.Context, placeID int64) (int, error)
}

// removing ends places.
type removing struct {
	cards  cards
	saving saving
	zoning zoning
}

// ask says what goes with a place.
func (r removing) ask(ctx context.Context, req *bot.Request, p schedule.Place) (bot.Reply, error) {
	all, err := r.zoning.at(ctx, req, p)
	weeklies, err2 := r.cards.weeklies.Weeklies(ctx, p.ID)
	followers, err3 := r.saving.store.PlaceFollowers(ctx, p.ID)
	if err := errors.Join(err, err2, err3); err != nil {
		return bot.Reply{}, fmt.Errorf("ask whether to remove the place: %w", err)
	}
	var names, lines []string
	for _, s := range all {
		names = append(names, classwords.Line(req, s))
	}
	if len(all) == 0 {
		lines = append(lines, req.Say("setup.remove.no_classes"))
	} else {
		lines = append(lines, req.Say("setup.remove.classes", bot.Args{"count": len(all)}), req.Say("setup.remove.posts"))
	}
	for _, s := range weeklies {
		lines = append(lines, req.Say("setup.remove.weekly", bot.Args{"Name": req.Say("setup.switch." + string(s.Purpose))}))
	}
	lines = append(lines,
		card.Either(followers == 0, req.Say("setup.remove.no_followers"), req.Say("setup.remove.followers", bot.Args{"count": followers})),
		req.Say("setup.remove.kept"))
	parts := []bot.Part{bot.Text(req.Say("setup.remove.ask", bot.Args{"Name": card.Plain(p.Name)})), bot.Text(card.Bullets(lines))}
	if len(names) > 0 {
		parts = append(parts, bot.Text(req.Say("setup.remove.these")+"\n"+card.Bullets(classwords.Some(req, names, removedNamed))))
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentStop, Parts: append(parts, bot.Row{
		{Label: req.Say("class.button.remove_yes"), ID: button.SetupID.For(button.ClassState{Act: button.ActRemove, ID: p.ID, N: 0}), Style: bot.Danger},
		{Label: req.Say("class.button.keep"), ID: button.SetupID.For(button.ClassState{Act: button.ActShow, ID: p.ID, N: 0})},
	})}}}, nil
}

// remove ends a place, and shows what is left.
func (r removing) remove(ctx context.Context, req *bot.Request, p schedule.Place) (bot.Reply, error) {
	err := r.saving.store.RemovePlace(ctx, p, place.By(req, r.saving.now(), p.Name))
	if errors.Is(err, schedule.ErrNoPlace) {
		return bot.Reply{}, &bot.UserError{Key: "setup.place_gone"}
	}
	if err != nil {
		return bot.Reply{}, fmt.Errorf("remove the place: %w", err)
	}
	r.saving.kick()
	note := place.Signed(req, req.Say("setup.removed", bot.Args{"Name": card.Plain(p.Name)}))
	places, err := r.cards.finder.Of(ctx, req)
	switch {
	case err != nil:
		return bot.Reply{}, err
	case len(places) == 0:
		return noPlaceCard(req, note), nil
	case len(places) == 1:
		return r.cards.show(ctx, req, places[0], note)
	}
	return r.cards.which(ctx, req, places, note)
}
