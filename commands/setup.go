package commands

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/schedule"
)

// placeNameMax is the longest name of a place, in characters: it stands in the
// title of each post.
const placeNameMax = 40

// setup makes and changes the places whose classes the bot posts for.
func setup(d Deps) (bot.Command, []bot.Component) {
	s := setupFlow{d,
		bot.String("place", "setup.option.place").Complete(d.suggestPlaces),
		bot.String("zone", "setup.option.zone").Complete(d.atlas().SuggestZones),
		bot.Channel("channel", "setup.option.channel"),
		bot.Role("coach", "setup.option.coach"),
		bot.Channel("log", "setup.option.log"),
		bot.String("name", "setup.option.name"),
		bot.String("country", "setup.option.country").Complete(d.atlas().SuggestCountries),
		bot.OneOf("language", "setup.option.language", input.Languages(d.Content)),
		bot.Bool("tidy", "setup.option.tidy"),
		bot.Bool("together", "setup.option.together"),
	}
	card := bot.Handle(button.SetupID, bot.Update, s.press)
	card.OwnerOnly, card.Perm = true, bot.ManageServer
	open := bot.Handle(button.StartHereID, bot.NewPrivate, startHere{d}.open)
	open.Discreet = true
	return bot.Command{
		Name: "setup", About: "setup.about", Answer: bot.NewPrivate,
		Options: []bot.Option{s.named, s.zone, s.channel, s.coach, s.log, s.name, s.country, s.language, s.tidy, s.together},
		Perm:    bot.ManageServer, Where: []bot.Context{bot.InServer}, Install: []bot.Install{bot.ForServer},
		Run: s.run,
	}, []bot.Component{card, open}
}

type setupFlow struct {
	Deps
	named    *bot.StringOption
	zone     *bot.StringOption
	channel  *bot.ChannelOption
	coach    *bot.RoleOption
	log      *bot.ChannelOption
	name     *bot.StringOption
	country  *bot.StringOption
	language *bot.StringOption
	tidy     *bot.BoolOption
	together *bot.BoolOption // of the whole server, not of a place
}

// run changes what was given and shows the place as it is then.
func (s setupFlow) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	places, err := s.placesOf(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	before, ok, err := s.meant(req, places)
	if err != nil {
		return bot.Reply{}, err
	}
	after, known, err := s.change(req, before)
	if err != nil {
		return bot.Reply{}, err
	}
	if ok && after.Zone != "" {
		if after, err = s.save(ctx, req, before, after); err != nil {
			return bot.Reply{}, err
		}
	}
	note := ""
	if s.together.Given(req) { // it needs no place
		if err := s.setTogether(ctx, req, s.together.Get(req)); err != nil {
			return bot.Reply{}, err
		}
		note = req.Say(card.Either(s.together.Get(req), "setup.together_on", "setup.together_off"))
	}
	switch {
	case !ok:
		return whichCard(req, places, note), nil
	case after.Zone == "":
		return noPlaceCard(req, note), nil
	case note != "" || s.changes(req):
		note = req.Say("setup.saved")
	}
	return s.card(ctx, req, after, known, note)
}

// meant returns the place that the options are about: one of the server's, or a
// new one without an id. It reports false where there are several to choose
// from, and nothing to change.
func (s setupFlow) meant(req *bot.Request, places []schedule.Place) (p schedule.Place, ok bool, err error) {
	added := schedule.Place{GuildID: req.GuildID, Name: input.OneLine(s.named.Get(req)), ChannelID: req.ChannelID, Tidy: true, CreatedAt: s.Now()}
	switch {
	case len(places) == 0:
		return added, true, nil
	case added.Name == "":
		if p, ok = placeHere(req, places); !ok && s.changes(req) {
			return p, false, &bot.UserError{Key: "setup.which_place", Args: bot.Args{"Names": placeNames(places)}}
		}
		return p, ok, nil
	}
	if p, ok = placeNamed(places, added.Name); !ok {
		if s.zone.Get(req) == "" {
			return p, false, &bot.UserError{Key: "setup.place_new", Args: bot.Args{"Seen": card.Plain(input.Seen(added.Name)), "Names": placeNames(places)}}
		}
		p = added
	}
	return p, true, nil
}

// changes reports whether the options change a place.
func (s setupFlow) changes(req *bot.Request) bool {
	return s.zone.Given(req) || s.channel.Given(req) || s.coach.Given(req) || s.log.Given(req) || s.name.Given(req) ||
		s.country.Given(req) || s.language.Given(req) || s.tidy.Given(req)
}

// change is a place with what was given. known are the channels of which the
// request says what the bot may do there.
func (s setupFlow) change(req *bot.Request, p schedule.Place) (after schedule.Place, known []bot.ChannelValue, err error) {
	known = []bot.ChannelValue{req.Here()}
	if text := s.zone.Get(req); text != "" {
		if p, err = s.changeZone(p, text); err != nil {
			return p, nil, err
		}
	}
	if text := s.country.Get(req); text != "" {
		country, err := s.atlas().Country(text)
		if err != nil {
			return p, nil, err
		}
		p.Country = country.Country
	}
	if l := s.language.Get(req); slices.Contains(s.Content.Languages(), l) {
		p.Language = l
	}
	if name := input.OneLine(s.name.Get(req)); name != "" {
		p.Name = name
	}
	if n := utf8.RuneCountInString(p.Name); n > placeNameMax {
		return p, nil, &bot.UserError{Key: "setup.name_long", Args: bot.Args{"Seen": n}}
	}
	if c, ok := s.channel.Get(req); ok {
		p.ChannelID, known = c.ID, append(known, c)
	}
	if role, ok := s.coach.Get(req); ok {
		if role.ID == req.GuildID { // nobody has it by name, so that it would let in no one
			return p, nil, &bot.UserError{Key: "setup.coach_everyone"}
		}
		p.CoachRole = role.ID
	}
	if c, ok := s.log.Get(req); ok {
		p.LogChannel, known = c.ID, append(known, c)
	}
	if s.tidy.Given(req) {
		p.Tidy = s.tidy.Get(req)
	}
	return p, known, nil
}

// changeZone sets a place's clock. A new place takes its city's name and its
// country too.
func (d Deps) changeZone(p schedule.Place, text string) (schedule.Place, error) {
	zone, err := d.atlas().Zone(text)
	if err != nil {
		return p, err
	}
	p.Zone = zone.Name
	if p.ID == 0 {
		p.Name = cmp.Or(p.Name, zone.City)
		country, _ := d.Content.Number(zone.Code) // "" where its numbers aren't known
		p.Country = country.Country
	}
	return p, nil
}

// save keeps a place that differs from what it was, and returns it with its id.
func (s setupFlow) save(ctx context.Context, req *bot.Request, before, after schedule.Place) (schedule.Place, error) {
	if after == before {
		return after, nil
	}
	id, err := s.Classes.SavePlace(ctx, after, timetable{s.Deps}.by(req, placeDetail(req, before, after)))
	switch {
	case errors.Is(err, schedule.ErrPlaceName):
		return after, &bot.UserError{Key: "setup.name_taken", Args: bot.Args{"Name": after.Name}}
	case errors.Is(err, schedule.ErrFull):
		return after, &bot.UserError{Key: "setup.places_full", Args: bot.Args{"Max": schedule.PlacesMax}}
	case err != nil:
		return after, fmt.Errorf("set up: %w", err)
	}
	after.ID = id
	s.Kick()
	return after, nil
}

// setTogether turns the server's switch.
func (d Deps) setTogether(ctx context.Context, req *bot.Request, on bool) error {
	if err := d.Players.SetTogether(ctx, req.GuildID, on); err != nil {
		return fmt.Errorf("set up: %w", err)
	}
	return nil
}

// noPlaceCard says what the first place needs.
func noPlaceCard(req *bot.Request, note string) bot.Reply {
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentRead, Parts: card.Noted(note, bot.Text(req.Say("setup.none")))}}}
}

// whichCard asks for the place to show.
func whichCard(req *bot.Request, places []schedule.Place, note string) bot.Reply {
	return card.Calm(card.Noted(note, bot.Text(req.Say("setup.which")), placeSelect(req, places, 0))...)
}

// knownChannel finds a channel among those of which the request says what the
// bot may do there.
func knownChannel(known []bot.ChannelValue, id string) (bot.ChannelValue, bool) {
	i := slices.IndexFunc(known, func(c bot.ChannelValue) bool { return c.ID == id })
	if i < 0 {
		return bot.ChannelValue{}, false
	}
	return known[i], true
}
