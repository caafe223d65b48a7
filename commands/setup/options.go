package setup

import (
	"cmp"
	"context"
	"slices"
	"unicode/utf8"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/commands/place"
	"unpinch/content"
	"unpinch/schedule"
)

// choices are the options of /setup.
type choices struct {
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

func options(finder place.Finder, atlas input.Atlas, lib *content.Library) choices {
	return choices{
		bot.String("place", "setup.option.place").Complete(finder.Suggest),
		bot.String("zone", "setup.option.zone").Complete(atlas.SuggestZones),
		bot.Channel("channel", "setup.option.channel"),
		bot.Role("coach", "setup.option.coach"),
		bot.Channel("log", "setup.option.log"),
		bot.String("name", "setup.option.name"),
		bot.String("country", "setup.option.country").Complete(atlas.SuggestCountries),
		bot.OneOf("language", "setup.option.language", input.Languages(lib)),
		bot.Bool("tidy", "setup.option.tidy"),
		bot.Bool("together", "setup.option.together"),
	}
}

func (c choices) all() []bot.Option {
	return []bot.Option{c.named, c.zone, c.channel, c.coach, c.log, c.name, c.country, c.language, c.tidy, c.together}
}

// changes reports whether the options change a place.
func (c choices) changes(req *bot.Request) bool {
	return c.zone.Given(req) || c.channel.Given(req) || c.coach.Given(req) || c.log.Given(req) || c.name.Given(req) ||
		c.country.Given(req) || c.language.Given(req) || c.tidy.Given(req)
}

// A flow runs /setup.
type flow struct {
	choices
	finder   place.Finder
	atlas    input.Atlas
	content  *content.Library
	saving   saving
	together together
	cards    cards
	zoning   zoning
}

// run changes what was given and shows the place as it is then.
func (f flow) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	places, err := f.finder.Of(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	before, ok, err := f.meant(req, places)
	if err != nil {
		return bot.Reply{}, err
	}
	after, known, err := f.change(req, before)
	if err != nil {
		return bot.Reply{}, err
	}
	zone := after.Zone
	asks, err := f.zoning.asks(ctx, req, before, after)
	if err != nil {
		return bot.Reply{}, err
	}
	if asks {
		after.Zone = before.Zone
	}
	if ok && after.Zone != "" {
		if after, err = f.saving.save(ctx, req, before, after); err != nil {
			return bot.Reply{}, err
		}
	}
	note := ""
	if f.choices.together.Given(req) { // it needs no place
		on := f.choices.together.Get(req)
		if err := f.together.turn(ctx, req, on); err != nil {
			return bot.Reply{}, err
		}
		note = req.Say(card.Either(on, "setup.together_on", "setup.together_off"))
	}
	switch {
	case asks && after != before:
		return f.zoning.preview(ctx, req, after.ID, zone, req.Say("setup.zone.rest"))
	case asks:
		return f.zoning.preview(ctx, req, after.ID, zone, note)
	case !ok:
		return f.cards.which(ctx, req, places, note)
	case after.Zone == "":
		return noPlaceCard(req, note), nil
	case note != "" || f.changes(req):
		note = req.Say("setup.saved")
	}
	if ok && after.Zone != "" && after != before {
		note = req.Say("setup.saved_by")
	}
	return f.cards.card(ctx, req, after, known, note)
}

// meant returns the place that the options are about: one of the server's, or a
// new one without an id. It reports false where there are several to choose
// from, and nothing to change.
func (f flow) meant(req *bot.Request, places []schedule.Place) (p schedule.Place, ok bool, err error) {
	added := schedule.Place{GuildID: req.GuildID, Name: input.OneLine(f.named.Get(req)), ChannelID: req.ChannelID, Tidy: true, CreatedAt: f.saving.now()}
	switch {
	case len(places) == 0:
		return added, true, nil
	case added.Name == "":
		if p, ok = place.Here(req, places); !ok && f.changes(req) {
			return p, false, &bot.UserError{Key: "setup.which_place", Args: bot.Args{"Names": place.Names(places)}}
		}
		return p, ok, nil
	}
	if p, ok = place.Named(places, added.Name); !ok {
		if f.name.Given(req) { // a place is renamed, and this is none
			return p, false, unknownPlace(f.named.Get(req), places)
		}
		if f.zone.Get(req) == "" {
			return p, false, &bot.UserError{Key: "setup.place_new", Args: bot.Args{"Seen": input.Seen(added.Name), "Names": place.Names(places)}}
		}
		p = added
	}
	return p, true, nil
}

// unknownPlace refuses the name of no place, and offers those that there are.
func unknownPlace(typed string, places []schedule.Place) error {
	ask := &bot.UserError{Key: "setup.place_unknown", Args: bot.Args{"Seen": input.Seen(typed), "Names": place.Names(places)}}
	for _, p := range places {
		ask.Offers = append(ask.Offers, bot.Offer{Of: typed, Text: p.Name, Label: func(bot.Say) string { return p.Name }})
	}
	return ask
}

// change is a place with what was given. known are the channels of which the
// request says what the bot may do there.
func (f flow) change(req *bot.Request, p schedule.Place) (after schedule.Place, known []bot.ChannelValue, err error) {
	known = []bot.ChannelValue{req.Here()}
	if text := f.zone.Get(req); text != "" {
		if p, err = f.changeZone(p, text); err != nil {
			return p, nil, err
		}
	}
	if text := f.country.Get(req); text != "" {
		country, err := f.atlas.Country(text)
		if err != nil {
			return p, nil, err
		}
		p.Country = country.Country
	}
	if l := f.language.Get(req); slices.Contains(f.content.Languages(), l) {
		p.Language = l
	}
	if name := input.OneLine(f.name.Get(req)); name != "" {
		p.Name = name
	}
	if err := nameFits(p.Name); err != nil {
		return p, nil, err
	}
	if c, ok := f.channel.Get(req); ok {
		p.ChannelID, known = c.ID, append(known, c)
	}
	if role, ok := f.coach.Get(req); ok {
		if role.ID == req.GuildID { // nobody has it by name, so that it would let in no one
			return p, nil, &bot.UserError{Key: "setup.coach_everyone"}
		}
		p.CoachRole = role.ID
	}
	if c, ok := f.log.Get(req); ok {
		p.LogChannel, known = c.ID, append(known, c)
	}
	if f.tidy.Given(req) {
		p.Tidy = f.tidy.Get(req)
	}
	return p, known, nil
}

// nameFits refuses a name that is too long for the title of a post.
func nameFits(name string) error {
	if n := utf8.RuneCountInString(name); n > place.NameMax {
		return &bot.UserError{Key: "setup.name_long", Args: bot.Args{"Seen": n}}
	}
	return nil
}

// changeZone sets a place's clock. A new place takes its city's name and its
// country too.
func (f flow) changeZone(p schedule.Place, text string) (schedule.Place, error) {
	zone, err := f.atlas.Zone(text)
	if err != nil {
		return p, err
	}
	p.Zone = zone.Name
	if p.ID == 0 {
		p.Name = cmp.Or(p.Name, zone.City)
		country, _ := f.content.Number(zone.Code) // "" where its numbers aren't known
		p.Country = country.Country
	}
	return p, nil
}
