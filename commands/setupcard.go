package commands

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
	"unpinch/commands/input"
	"unpinch/schedule"
)

// press does what a button on the card of a place says, and shows the place as
// it is then.
func (s setupFlow) press(ctx context.Context, req *bot.Request, st button.ClassState) (bot.Reply, error) {
	if st.Act == button.ActShow && st.ID == 0 && len(req.Values) == 0 {
		return s.showAny(ctx, req)
	}
	if st.Act == button.ActShow && len(req.Values) > 0 {
		var err error
		if st.ID, err = strconv.ParseInt(req.Values[0], 10, 64); err != nil {
			return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
		}
	}
	place, err := s.placeByID(ctx, req, st.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	switch st.Act {
	case button.ActShow:
		return s.show(ctx, req, place, "")
	case button.ActGym, button.ActDesk:
		return s.preset(ctx, req, place, st.Act)
	case button.ActStart:
		return s.postStart(ctx, req, place)
	}
	return s.turn(ctx, req, place, st.Act, st.N == 1)
}

// showAny shows the place that is meant where none is named.
func (s setupFlow) showAny(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	places, err := s.placesOf(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if p, ok := placeHere(req, places); ok {
		return s.show(ctx, req, p, "")
	}
	if len(places) == 0 {
		return bot.Reply{}, &bot.UserError{Key: "setup.place_gone"}
	}
	return whichCard(req, places, ""), nil
}

// turn changes what is on or off, or takes away what isn't wanted any more.
func (s setupFlow) turn(ctx context.Context, req *bot.Request, p schedule.Place, a button.Act, on bool) (bot.Reply, error) {
	after := p
	switch a {
	case button.ActTidy:
		after.Tidy = on
	case button.ActNoCoach:
		after.CoachRole = ""
	case button.ActNoLog:
		after.LogChannel = ""
	case button.ActTogether:
		if err := s.setTogether(ctx, req, on); err != nil {
			return bot.Reply{}, err
		}
	case button.ActMyth, button.ActRecap:
		return s.setWeekly(ctx, req, p, schedule.Purpose(a), on)
	default:
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	after, err := s.save(ctx, req, p, after)
	if err != nil {
		return bot.Reply{}, err
	}
	return s.show(ctx, req, after, req.Say("setup.saved"))
}

// weeklyRule is when a weekly post goes out, once it is turned on.
func weeklyRule(p schedule.Purpose) (schedule.Rule, error) {
	return schedule.Parse(card.Either(p == schedule.ForMyth, "wed 12:00", "sun 19:00"))
}

// setWeekly turns a weekly post on or off. One that is on already keeps its
// hour, and whom it tells of its troubles.
func (s setupFlow) setWeekly(ctx context.Context, req *bot.Request, p schedule.Place, what schedule.Purpose, on bool) (bot.Reply, error) {
	weeklies, err := s.Classes.Weeklies(ctx, p.ID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("turn a weekly post: %w", err)
	}
	if _, is := weekly(weeklies, what); is == on {
		return s.show(ctx, req, p, "")
	}
	series, note := schedule.Series{Place: p, Purpose: what}, req.Say("setup.saved")
	if on {
		if series.Rule, err = weeklyRule(what); err != nil {
			return bot.Reply{}, fmt.Errorf("turn a weekly post: %w", err)
		}
		series.CreatedBy, series.CreatedAt = req.UserID, s.Now()
		note = req.Say("setup.weekly_on")
	}
	if err := s.Classes.SetWeekly(ctx, series, timetable{s.Deps}.by(req, series.Rule.String())); err != nil {
		return bot.Reply{}, fmt.Errorf("turn a weekly post: %w", err)
	}
	s.Kick()
	return s.show(ctx, req, p, note)
}

// weekly finds a weekly post among those that are on.
func weekly(on []schedule.Series, what schedule.Purpose) (schedule.Series, bool) {
	i := slices.IndexFunc(on, func(s schedule.Series) bool { return s.Purpose == what })
	if i < 0 {
		return schedule.Series{}, false
	}
	return on[i], true
}

// preset drafts a class that many places have, and shows its contract.
func (s setupFlow) preset(ctx context.Context, req *bot.Request, p schedule.Place, a button.Act) (bot.Reply, error) {
	t, now := timetable{s.Deps}, s.Now()
	if err := t.roomFor(ctx, req, 1); err != nil {
		return bot.Reply{}, err
	}
	series := schedule.Series{Place: p, ChannelID: p.ChannelID, CreatedBy: req.UserID, CreatedAt: now, DraftUntil: now.Add(draftMinutes * time.Minute)}
	rule := "weekdays 11:00 15:00"
	if series.Purpose, series.Length = schedule.ForDesk, 5*time.Minute; a == button.ActGym {
		rule = "weekdays 17:00"
		series.Purpose, series.Length, series.Lead = schedule.ForClass, 2*time.Hour, 10*time.Minute
		series.Title = s.Content.Say(card.DefaultLocale, "setup.button.gym", nil)
	}
	var err error
	if series.Rule, err = schedule.Parse(rule); err != nil {
		return bot.Reply{}, fmt.Errorf("draft a preset: %w", err)
	}
	batch, err := t.addDrafts(ctx, 0, []schedule.Series{series})
	if err != nil {
		return bot.Reply{}, err
	}
	return t.contractOf(ctx, req, batch)
}

// show is card for who comes from a button, and is told only of this channel.
func (s setupFlow) show(ctx context.Context, req *bot.Request, p schedule.Place, note string) (bot.Reply, error) {
	return s.card(ctx, req, p, []bot.ChannelValue{req.Here()}, note)
}

// card shows a place, with what can be done with it.
func (s setupFlow) card(ctx context.Context, req *bot.Request, p schedule.Place, known []bot.ChannelValue, note string) (bot.Reply, error) {
	places, err := s.placesOf(ctx, req)
	all, err2 := s.Classes.SeriesOf(ctx, req.GuildID)
	on, err3 := s.switches(ctx, req, p)
	facts, err4 := s.placeFacts(req, p)
	if err := errors.Join(err, err2, err3, err4); err != nil {
		return bot.Reply{}, fmt.Errorf("show the place: %w", err)
	}
	parts := []bot.Part{bot.Text(req.Say("setup.card.title", bot.Args{"Name": card.Plain(p.Name)}))}
	if len(places) > 1 {
		parts = append(parts, placeSelect(req, places, p.ID))
	}
	parts = append(parts, bot.Text(facts))
	for _, id := range slices.Compact([]string{p.ChannelID, p.LogChannel}) {
		if c, ok := knownChannel(known, id); ok {
			parts = append(parts, bot.Text(card.PermissionLine(req, c)))
		}
	}
	if !slices.ContainsFunc(all, func(series schedule.Series) bool { return series.Place.ID == p.ID }) {
		parts = append(parts, bot.Text(req.Say("setup.card.presets")), presetRow(req, p))
	} else {
		parts = append(parts, allRow(req))
	}
	parts = append(append(parts, on...), moreRow(req, p),
		bot.Text(req.Say("setup.card.caps", bot.Args{"Places": len(places), "PlacesMax": schedule.PlacesMax, "Classes": len(all), "ClassesMax": schedule.ClassesMax})))
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

// placeFacts says what a place is.
func (s setupFlow) placeFacts(req *bot.Request, p schedule.Place) (string, error) {
	zone, err := s.Zones.Location(p.Zone)
	if err != nil {
		return "", err
	}
	lines := []string{req.Say("setup.card.clock", bot.Args{"Zone": p.Zone, "Now": s.Now().In(zone).Format("15:04")})}
	if country, ok := s.Content.Number(p.Country); ok {
		lines = append(lines, req.Say("setup.card.country", bot.Args{"Country": country.Name}))
	}
	if p.Language != "" {
		lines = append(lines, req.Say("setup.card.language", bot.Args{"Language": input.LanguageName(s.Content, p.Language)}))
	}
	return card.Bullets(append(lines,
		req.Say("setup.card.channel", bot.Args{"Channel": card.ChannelMention(p.ChannelID)}),
		card.Either(p.CoachRole == "", req.Say("setup.card.no_coach"), req.Say("setup.card.coach", bot.Args{"Role": card.RoleMention(p.CoachRole)})),
		card.Either(p.LogChannel == "", req.Say("setup.card.no_log"), req.Say("setup.card.log", bot.Args{"Channel": card.ChannelMention(p.LogChannel)})),
	)), nil
}

// switches are what can be on or off, with a button each whose label says how
// it stands.
func (s setupFlow) switches(ctx context.Context, req *bot.Request, p schedule.Place) ([]bot.Part, error) {
	together, err := s.Players.Together(ctx, req.GuildID)
	if err != nil {
		return nil, err
	}
	weeklies, err := s.Classes.Weeklies(ctx, p.ID)
	if err != nil {
		return nil, err
	}
	var lines []string
	var row bot.Row
	add := func(a button.Act, on bool, series schedule.Series) {
		name, next, style := req.Say("setup.switch."+string(a)), int64(1), bot.Secondary
		if on {
			next, style = 0, bot.Success
		}
		line := req.Say("setup.about."+string(a), bot.Args{"When": series.Rule.Sentence(req.Say)})
		if !series.BrokenAt.IsZero() {
			line = req.Say("setup.about_broken", bot.Args{"Name": name, "Why": req.Say("class.reason." + string(series.BrokenWhy))})
		}
		lines = append(lines, line)
		row = append(row, bot.Button{Label: req.Say(card.Either(on, "setup.button.on", "setup.button.off"), bot.Args{"Name": name}),
			ID: button.SetupID.For(button.ClassState{Act: a, ID: p.ID, N: next}), Style: style})
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
	return []bot.Part{bot.Text(req.Say("setup.card.switches") + "\n" + card.Bullets(lines)), row}, nil
}

// presetRow has what a place without classes may begin with.
func presetRow(req *bot.Request, p schedule.Place) bot.Row {
	return bot.Row{
		{Label: req.Say("setup.button.classes"), ID: button.ClassManyID.For(button.Place(p.ID)), Style: bot.Primary},
		{Label: req.Say("setup.button.gym"), ID: button.SetupID.For(button.ClassState{Act: button.ActGym, ID: p.ID, N: 0})},
		{Label: req.Say("setup.button.desk"), ID: button.SetupID.For(button.ClassState{Act: button.ActDesk, ID: p.ID, N: 0})},
	}
}

// moreRow has what else can be done. What is not always there stands last, so
// that the others keep their places.
func moreRow(req *bot.Request, p schedule.Place) bot.Row {
	row := bot.Row{
		{Label: req.Say("setup.button.start"), ID: button.SetupID.For(button.ClassState{Act: button.ActStart, ID: p.ID, N: 0})},
		{Label: req.Say("class.closed.button"), ID: button.ClosedID.For(button.ClassState{Act: button.ActShow, ID: p.ID, N: 0})},
		{Label: req.Say("class.changes.button"), ID: button.ChangesID.For(button.ClassState{Act: button.ActChanges, ID: 0, N: 1})},
	}
	if p.CoachRole != "" {
		row = append(row, bot.Button{Label: req.Say("setup.button.no_coach"), ID: button.SetupID.For(button.ClassState{Act: button.ActNoCoach, ID: p.ID, N: 0})})
	}
	if p.LogChannel != "" {
		row = append(row, bot.Button{Label: req.Say("setup.button.no_log"), ID: button.SetupID.For(button.ClassState{Act: button.ActNoLog, ID: p.ID, N: 0})})
	}
	return row
}
