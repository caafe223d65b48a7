package me

import (
	"context"
	"strings"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/content"
	"unpinch/schedule"
)

// What the controls of the card do. An argument names one setting.
const (
	settingsShow  = "show"
	settingsAgree = "agree" // and keep the wishes in the argument
	settingsClear = "clear"
	settingsHours = "hours" // the form with the active hours alone
)

// The settings, as options and as fields of the form.
const (
	fieldZone    = "zone"
	fieldCountry = "country"
	fieldActive  = "active"
)

// zoneMax is the longest name of a zone, city or country that a form takes, in
// characters.
const zoneMax = 60

// settings is what a member sets for all that the bot sends to them.
type settings struct {
	members members
	consent card.Consents
	lib     *content.Library
	reader  wishReader
	notices func(context.Context, *bot.Request) (bot.Reply, error) // the card that leads to the active hours
	typed   *input.Typed

	zone, country, language, active *bot.StringOption
}

func newSettings(m members, c card.Consents, lib *content.Library, atlas input.Atlas, notices func(context.Context, *bot.Request) (bot.Reply, error), typed *input.Typed) settings {
	return settings{m, c, lib, wishReader{atlas, lib.Languages()}, notices, typed,
		bot.String(fieldZone, "me.settings.option.zone").Complete(atlas.SuggestZones),
		bot.String(fieldCountry, "me.settings.option.country").Complete(atlas.SuggestCountries),
		bot.OneOf("language", "me.settings.option.language", input.Languages(lib)),
		bot.String(fieldActive, "me.settings.option.active"),
	}
}

// run changes what was given and shows the settings as they are then.
func (s settings) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	w, err := s.reader.wish(s.zone.Get(req), s.country.Get(req), s.language.Get(req), s.active.Get(req))
	if err != nil {
		return bot.Reply{}, err
	}
	return s.change(ctx, req, w)
}

// setZone is run with a zone alone.
func (s settings) setZone(ctx context.Context, req *bot.Request, zone string) (bot.Reply, error) {
	w, err := s.reader.wish(zone, "", "", "")
	if err != nil {
		return bot.Reply{}, err
	}
	return s.change(ctx, req, w)
}

// change keeps what a member wants changed, if they agreed, and shows all.
func (s settings) change(ctx context.Context, req *bot.Request, w wishes) (bot.Reply, error) {
	mem, agreed, err := s.members.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if w == (wishes{}) {
		return card.Calm(s.card(req, mem)...), nil
	}
	if !agreed {
		return card.Consent(req, "settings", button.SettingsID.For(button.MeStep{Act: settingsAgree, Arg: w.String()}), button.SettingsID.For(button.MeStep{Act: settingsShow})), nil
	}
	w.onto(&mem)
	if err := s.members.keep(ctx, mem); err != nil {
		return bot.Reply{}, err
	}
	return card.Calm(append(s.card(req, mem), bot.Text(req.Say("setup.saved")))...), nil
}

// card shows what a member has set.
func (s settings) card(req *bot.Request, mem schedule.Member) []bot.Part {
	lines := []string{req.Say("me.settings.no_zone"), req.Say("me.settings.no_country"),
		req.Say("me.settings.language", bot.Args{"Language": input.LanguageName(s.lib, mem.Locale)}), activeLine(req, mem)}
	row := bot.Row{{Label: req.Say("me.settings.button.change"), ID: button.SettingsFormID.For(button.MeStep{Act: settingsShow}), Style: bot.Primary}}
	offer := func(set bool, field, label string) {
		if set {
			row = append(row, bot.Button{Label: label, ID: button.SettingsID.For(button.MeStep{Act: settingsClear, Arg: field})})
		}
	}
	if mem.Zone != "" {
		lines[0] = req.Say("me.settings.zone", bot.Args{"Zone": mem.Zone, "Now": s.members.local(mem).Format("15:04")})
	}
	if n, ok := s.lib.Number(mem.Country); ok {
		lines[1] = req.Say("me.settings.country", bot.Args{"Country": n.Name, "Number": n.Emergency})
	}
	offer(mem.Zone != "", fieldZone, req.Say("me.settings.button.clear_zone"))
	offer(mem.Country != "", fieldCountry, req.Say("me.settings.button.clear_country"))
	offer(mem.Active != schedule.Hours{}, fieldActive, req.Say("me.settings.button.clear_active"))
	return []bot.Part{bot.Text(req.Say("me.settings.title")), bot.Text(card.Bullets(lines)), row}
}

// activeLine says in which hours a member's DMs come.
func activeLine(req *bot.Request, mem schedule.Member) string {
	if mem.Active == (schedule.Hours{}) {
		return req.Say("me.settings.no_active")
	}
	return req.Say("me.settings.active", bot.Args{"From": mem.Active.From, "To": mem.Active.To})
}

// turn follows the buttons of the card.
func (s settings) turn(ctx context.Context, req *bot.Request, step button.MeStep) (bot.Reply, error) {
	w := wishes{}
	switch step.Act {
	case settingsShow:
	case settingsAgree:
		var err error
		if w, err = s.reader.parse(step.Arg); err != nil {
			return bot.Reply{}, err
		}
		if err := s.consent.Agree(ctx, req); err != nil {
			return bot.Reply{}, err
		}
	case settingsClear:
		switch step.Arg {
		case fieldZone:
			w.zone = cleared
		case fieldCountry:
			w.country = cleared
		case fieldActive:
			w.active = cleared
		}
	default:
		return bot.Reply{}, oldButton()
	}
	return s.change(ctx, req, w)
}

// form opens the form with all settings, or the active hours alone.
func (s settings) form(ctx context.Context, req *bot.Request, step button.MeStep) (bot.Reply, error) {
	mem, _, err := s.members.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	value := func(field, kept string) string { // as it was refused, or else as it is kept
		if typed := s.typed.Get(req.UserID + "/" + field); typed != "" {
			return card.Cut(typed, zoneMax)
		}
		return kept
	}
	active := bot.Field{ID: fieldActive, Label: req.Say("me.settings.form.active"), About: req.Say("me.settings.form.active_about"),
		Max: zoneMax}
	if mem.Active != (schedule.Hours{}) {
		active.Value = mem.Active.String()
	}
	active.Value = value(fieldActive, active.Value)
	fields := []bot.Field{active}
	if step.Act != settingsHours {
		country, _ := s.lib.Number(mem.Country)
		fields = []bot.Field{
			zoneField(req, value(fieldZone, mem.Zone)),
			{ID: fieldCountry, Label: req.Say("me.settings.form.country"), About: req.Say("me.settings.form.country_about"), Value: value(fieldCountry, country.Name), Max: zoneMax},
			active,
		}
	}
	return bot.Reply{Modal: &bot.Modal{ID: button.SettingsSetID.For(step), Title: req.Say("me.settings.form.title"), Fields: fields}}, nil
}

// zoneField asks for a zone.
func zoneField(req *bot.Request, zone string) bot.Field {
	return bot.Field{ID: fieldZone, Label: req.Say("me.settings.form.zone"), About: req.Say("me.settings.form.zone_about"), Value: zone, Max: zoneMax}
}

// set takes over a form. A field left empty clears its setting.
func (s settings) set(ctx context.Context, req *bot.Request, step button.MeStep) (bot.Reply, error) {
	mem, agreed, err := s.members.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	typed := func(field string, set bool) string {
		text, shown := req.Fields[field]
		if text = strings.TrimSpace(text); text == "" && shown && set {
			return cleared
		}
		return text
	}
	w, err := s.reader.wish(typed(fieldZone, mem.Zone != ""), typed(fieldCountry, mem.Country != ""), "",
		typed(fieldActive, mem.Active != schedule.Hours{}))
	for field, text := range req.Fields {
		if err == nil {
			text = ""
		}
		s.typed.Set(req.UserID+"/"+field, text)
	}
	if err != nil {
		return mendable(req, err, bot.Row{
			{Label: req.Say("me.reminders.button.mend"), ID: button.SettingsFormID.For(step), Style: bot.Primary},
			{Label: req.Say("me.settings.button.all"), ID: button.SettingsID.For(button.MeStep{Act: settingsShow})}})
	}
	if step.Act == settingsHours && agreed {
		w.onto(&mem)
		if err := s.members.keep(ctx, mem); err != nil {
			return bot.Reply{}, err
		}
		return s.notices(ctx, req)
	}
	return s.change(ctx, req, w)
}
