package setup

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/classwords"
	"unpinch/commands/input"
	"unpinch/commands/place"
	"unpinch/content"
	"unpinch/schedule"
)

// cards show places, with what can be done with them.
type cards struct {
	finder   place.Finder
	content  *content.Library
	classes  listed
	weeklies weeklies
	together together
	zones    *schedule.Zones
	now      func() time.Time
	access   access
}

// listed has the classes of servers.
type listed interface {
	// SeriesOf returns a server's saved classes and desk breaks, oldest first.
	SeriesOf(ctx context.Context, guildID string) ([]schedule.Series, error)
}

// noPlaceCard says what the first place needs.
func noPlaceCard(req *bot.Request, note string) bot.Reply {
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentRead, Parts: card.Noted(note, bot.Text(req.Say("setup.none")), place.FirstRow(req))}}}
}

// which asks for the place to show.
func (c cards) which(ctx context.Context, req *bot.Request, places []schedule.Place, note string) (bot.Reply, error) {
	all, err := c.classes.SeriesOf(ctx, req.GuildID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("count the classes: %w", err)
	}
	return card.Calm(card.Noted(note, bot.Text(req.Say("setup.which")), placeSelect(req, places, 0), bot.Text(counted(req, len(places), len(all))))...), nil
}

// counted says how many classes and places a server has, and may have.
func counted(req *bot.Request, places, classes int) string {
	at := req.Say("setup.card.places", bot.Args{"count": places})
	return req.Say("setup.card.caps", bot.Args{"count": classes, "At": at, "PlacesMax": schedule.PlacesMax, "ClassesMax": schedule.ClassesMax})
}

// show is card for a reader who comes from a button: the request tells only of
// this channel.
func (c cards) show(ctx context.Context, req *bot.Request, p schedule.Place, note string) (bot.Reply, error) {
	return c.card(ctx, req, p, []bot.ChannelValue{req.Here()}, note)
}

// card shows a place, with what can be done with it.
func (c cards) card(ctx context.Context, req *bot.Request, p schedule.Place, known []bot.ChannelValue, note string) (bot.Reply, error) {
	places, err := c.finder.Of(ctx, req)
	all, err2 := c.classes.SeriesOf(ctx, req.GuildID)
	on, err3 := c.switches(ctx, req, p)
	facts, err4 := c.facts(req, p)
	if err := errors.Join(err, err2, err3, err4); err != nil {
		return bot.Reply{}, fmt.Errorf("show the place: %w", err)
	}
	parts := []bot.Part{bot.Text(req.Say("setup.card.title", bot.Args{"Name": card.Plain(p.Name)}))}
	if len(places) > 1 {
		parts = append(parts, placeSelect(req, places, p.ID))
	}
	parts = append(parts, bot.Text(facts))
	parts = append(parts, c.access.parts(ctx, req, p, known)...)
	if !slices.ContainsFunc(all, func(series schedule.Series) bool { return series.Place.ID == p.ID }) {
		parts = append(parts, bot.Text(req.Say("setup.card.presets")), presetRow(req, p))
	} else {
		parts = append(parts, classwords.AllRow(req))
	}
	parts = append(append(parts, on...), moreRow(req, p), moreMenu(req, p), bot.Text(counted(req, len(places), len(all))))
	return card.Calm(card.Noted(note, parts...)...), nil
}

// placeSelect leads to the card of another place.
func placeSelect(req *bot.Request, places []schedule.Place, shown int64) bot.Select {
	entries := make([]bot.Entry, 0, len(places))
	for _, p := range places {
		entries = append(entries, bot.Entry{Label: p.Name, Value: strconv.FormatInt(p.ID, 10), About: p.Zone, Chosen: p.ID == shown})
	}
	return bot.Select{ID: button.SetupID.For(button.ClassState{Act: button.ActShow, ID: 0, N: 0}), Hint: req.Say("setup.which_hint"), Entries: entries}
}

// facts says what a place is.
func (c cards) facts(req *bot.Request, p schedule.Place) (string, error) {
	zone, err := c.zones.Location(p.Zone)
	if err != nil {
		return "", err
	}
	lines := []string{req.Say("setup.card.clock", bot.Args{"Zone": p.Zone, "Now": c.now().In(zone).Format("15:04")})}
	if country, ok := c.content.Number(p.Country); ok {
		lines = append(lines, req.Say("setup.card.country", bot.Args{"Country": country.Name}))
	}
	if p.Language != "" {
		lines = append(lines, req.Say("setup.card.language", bot.Args{"Language": input.LanguageName(c.content, p.Language)}))
	}
	return card.Bullets(append(lines,
		req.Say("setup.card.channel", bot.Args{"Channel": card.ChannelMention(p.ChannelID)}),
		card.Either(p.CoachRole == "", req.Say("setup.card.no_coach"), req.Say("setup.card.coach", bot.Args{"Role": card.RoleMention(p.CoachRole)})),
		card.Either(p.LogChannel == "", req.Say("setup.card.no_log"), req.Say("setup.card.log", bot.Args{"Channel": card.ChannelMention(p.LogChannel)})),
	)), nil
}

// switches are what can be on or off, with a line each that says how it stands and
// a button that says what will be.
func (c cards) switches(ctx context.Context, req *bot.Request, p schedule.Place) ([]bot.Part, error) {
	together, err := c.together.is(ctx, req)
	if err != nil {
		return nil, err
	}
	weeklies, err := c.weeklies.Weeklies(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	var lines []string
	var row bot.Row
	add := func(a button.Act, on bool, series schedule.Series) {
		name, next := req.Say("setup.switch."+string(a)), int64(1)
		if on {
			next = 0
		}
		line := req.Say("setup.about."+string(a), bot.Args{"Is": req.Say(card.Either(on, "setup.change.on", "setup.change.off")), "When": series.Rule.Sentence(req.Say)})
		if !series.BrokenAt.IsZero() {
			line = req.Say("setup.about_broken", bot.Args{"Name": name, "Why": req.Say("class.reason." + string(series.BrokenWhy))})
		}
		lines = append(lines, line)
		row = append(row, bot.Button{Label: req.Say(card.Either(on, "setup.button.turn_off", "setup.button.turn_on"), bot.Args{"Name": name}),
			ID: button.SetupID.For(button.ClassState{Act: a, ID: p.ID, N: next})})
	}
	add(button.ActTidy, p.Tidy, schedule.Series{})
	add(button.ActTogether, together, schedule.Series{})
	for _, what := range []schedule.Purpose{schedule.ForMyth, schedule.ForRecap} {
		series, on := weekly(weeklies, what)
		if !on {
			if series.Rule, err = weeklyRule(what); err != nil {
				return nil, err
			}
		}
		add(button.Act(what), on, series)
	}
	return []bot.Part{bot.Text(card.Bullets(lines)), row}, nil
}

// presetRow has what a place without classes may begin with.
func presetRow(req *bot.Request, p schedule.Place) bot.Row {
	return bot.Row{
		{Label: req.Say("setup.button.classes"), ID: button.ClassManyID.For(button.Place(p.ID)), Style: bot.Primary},
		{Label: req.Say("setup.button.gym"), ID: button.SetupID.For(button.ClassState{Act: button.ActGym, ID: p.ID, N: 0})},
		{Label: req.Say("setup.button.desk"), ID: button.SetupID.For(button.ClassState{Act: button.ActDesk, ID: p.ID, N: 0})},
	}
}

// moreRow has what else can be done, beside what moreMenu has.
func moreRow(req *bot.Request, p schedule.Place) bot.Row {
	return bot.Row{
		{Label: req.Say("setup.button.start"), ID: button.SetupID.For(button.ClassState{Act: button.ActStart, ID: p.ID, N: 0})},
		{Label: req.Say("class.closed.button"), ID: button.ClosedID.For(button.ClassState{Act: button.ActShow, ID: p.ID, N: 0})},
		{Label: req.Say("class.changes.button"), ID: button.ChangesID.For(button.ClassState{Act: button.ActChanges, ID: 0, N: 1})},
	}
}

// moreMenu has what changes a place, or ends it.
func moreMenu(req *bot.Request, p schedule.Place) bot.Menu {
	act := func(key string, a button.Act) bot.Button {
		return bot.Button{Label: req.Say("setup.button." + key), ID: button.SetupID.For(button.ClassState{Act: a, ID: p.ID, N: 0})}
	}
	all := []bot.Button{
		{Label: req.Say("setup.button.rename"), ID: button.PlaceFormID.For(button.Place(p.ID))},
		act("channel", button.ActChannel),
		act("log", button.ActLog),
	}
	if p.CoachRole != "" {
		all = append(all, act("no_coach", button.ActNoCoach))
	}
	if p.LogChannel != "" {
		all = append(all, act("no_log", button.ActNoLog))
	}
	return bot.Menu{Hint: req.Say("setup.more_hint"), Buttons: append(all, act("remove", button.ActAsk))}
}
