package commands

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
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

// settingsFlow is what a member sets for all that the bot sends to them.
type settingsFlow struct {
	member
	zone     *bot.StringOption
	country  *bot.StringOption
	language *bot.StringOption
	active   *bot.StringOption
}

func newSettings(m member) settingsFlow {
	return settingsFlow{m,
		bot.String(fieldZone, "me.settings.option.zone").Complete(m.atlas().SuggestZones),
		bot.String(fieldCountry, "me.settings.option.country").Complete(m.atlas().SuggestCountries),
		bot.OneOf("language", "me.settings.option.language", input.Languages(m.Content)),
		bot.String(fieldActive, "me.settings.option.active"),
	}
}

// self returns what the reader has set; agreed is false for who lets the bot
// keep nothing.
func (m member) self(ctx context.Context, req *bot.Request) (mem schedule.Member, agreed bool, err error) {
	mem, err = m.Notices.Member(ctx, req.UserID)
	if errors.Is(err, schedule.ErrNoMember) {
		return schedule.Member{UserID: req.UserID, Locale: req.Locale}, false, nil
	}
	if err != nil {
		return mem, false, fmt.Errorf("read the settings: %w", err)
	}
	return mem, true, nil
}

// keep writes a member's settings. A pause that is over goes; for the end of
// one that isn't nudges wait.
func (m member) keep(ctx context.Context, mem schedule.Member) error {
	first := m.inHours(mem, m.Now())
	if mem.Paused(m.Now(), m.Zones) {
		first = m.pauseEnds(mem)
	} else {
		mem.PausedUntil = schedule.Date{}
	}
	if err := m.Notices.SetMember(ctx, mem, first, m.Now()); err != nil {
		return fmt.Errorf("keep the settings: %w", err)
	}
	m.Kick()
	return nil
}

// clock is the member's own clock, UTC for who has set none.
func (m member) clock(mem schedule.Member) *time.Location { return mem.Clock(time.UTC, m.Zones) }

// inHours returns the first instant from another on that is inside the member's
// active hours. Without a zone nobody knows when those are.
func (m member) inHours(mem schedule.Member, at time.Time) time.Time {
	if at = at.In(m.clock(mem)); mem.Zone == "" {
		return at
	}
	return mem.Active.First(at)
}

// clockTime is an instant on the member's clock, or, for who has set none, on
// the reader's as only Discord knows it.
func (m member) clockTime(req *bot.Request, mem schedule.Member, at time.Time) string {
	if mem.Zone == "" {
		return fmt.Sprintf("<t:%d:F>", at.Unix())
	}
	return schedule.WallInText.Of(req.Say, at.In(m.clock(mem)))
}

// run changes what was given and shows the settings as they are then.
func (s settingsFlow) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	w, err := s.wish(s.zone.Get(req), s.country.Get(req), s.language.Get(req), s.active.Get(req))
	if err != nil {
		return bot.Reply{}, err
	}
	return s.change(ctx, req, w)
}

// change keeps what a member wants changed, if they agreed, and shows all.
func (m member) change(ctx context.Context, req *bot.Request, w wishes) (bot.Reply, error) {
	mem, agreed, err := m.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if w == (wishes{}) {
		return m.settings(req, mem, false), nil
	}
	if !agreed {
		return card.Consent(req, button.SettingsID.For(button.MeStep{Act: settingsAgree, Arg: w.String()}), button.SettingsID.For(button.MeStep{Act: settingsShow})), nil
	}
	w.onto(&mem)
	if err := m.keep(ctx, mem); err != nil {
		return bot.Reply{}, err
	}
	return m.settings(req, mem, true), nil
}

// settings shows what a member has set.
func (m member) settings(req *bot.Request, mem schedule.Member, saved bool) bot.Reply {
	lines := []string{req.Say("me.settings.no_zone"), req.Say("me.settings.no_country"),
		req.Say("me.settings.language", bot.Args{"Language": input.LanguageName(m.Content, mem.Locale)}), activeLine(req, mem)}
	row := bot.Row{{Label: req.Say("me.settings.button.change"), ID: button.SettingsFormID.For(button.MeStep{Act: settingsShow}), Style: bot.Primary}}
	offer := func(set bool, field, label string) {
		if set {
			row = append(row, bot.Button{Label: label, ID: button.SettingsID.For(button.MeStep{Act: settingsClear, Arg: field})})
		}
	}
	if mem.Zone != "" {
		lines[0] = req.Say("me.settings.zone", bot.Args{"Zone": mem.Zone, "Now": m.Now().In(m.clock(mem)).Format("15:04")})
	}
	if n, ok := m.Content.Number(mem.Country); ok {
		lines[1] = req.Say("me.settings.country", bot.Args{"Country": n.Name, "Number": n.Emergency})
	}
	offer(mem.Zone != "", fieldZone, req.Say("me.settings.button.clear_zone"))
	offer(mem.Country != "", fieldCountry, req.Say("me.settings.button.clear_country"))
	offer(mem.Active != schedule.Hours{}, fieldActive, req.Say("me.settings.button.clear_active"))
	parts := []bot.Part{bot.Text(req.Say("me.settings.title")), bot.Text(card.Bullets(lines)), row}
	if saved {
		parts = append(parts, bot.Text(req.Say("setup.saved")))
	}
	return card.Calm(parts...)
}

// activeLine says in which hours a member's DMs come.
func activeLine(req *bot.Request, mem schedule.Member) string {
	if mem.Active == (schedule.Hours{}) {
		return req.Say("me.settings.no_active")
	}
	return req.Say("me.settings.active", bot.Args{"From": mem.Active.From, "To": mem.Active.To})
}

// turnSettings follows the buttons of the card.
func (m member) turnSettings(ctx context.Context, req *bot.Request, s button.MeStep) (bot.Reply, error) {
	w := wishes{}
	switch s.Act {
	case settingsShow:
	case settingsAgree:
		var err error
		if w, err = m.readWishes(s.Arg); err != nil {
			return bot.Reply{}, err
		}
		if err := m.agree(ctx, req); err != nil {
			return bot.Reply{}, err
		}
	case settingsClear:
		switch s.Arg {
		case fieldZone:
			w.zone = cleared
		case fieldCountry:
			w.country = cleared
		case fieldActive:
			w.active = cleared
		}
	default:
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	return m.change(ctx, req, w)
}

// settingsForm opens the form with all settings, or the active hours alone.
func (m member) settingsForm(ctx context.Context, req *bot.Request, s button.MeStep) (bot.Reply, error) {
	mem, _, err := m.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	active := bot.Field{ID: fieldActive, Label: req.Say("me.settings.form.active"), About: req.Say("me.settings.form.active_about"),
		Max: 40}
	if mem.Active != (schedule.Hours{}) {
		active.Value = mem.Active.String()
	}
	fields := []bot.Field{active}
	if s.Act != settingsHours {
		country, _ := m.Content.Number(mem.Country)
		fields = []bot.Field{
			{ID: fieldZone, Label: req.Say("me.settings.form.zone"), About: req.Say("me.settings.form.zone_about"), Value: mem.Zone, Max: zoneMax},
			{ID: fieldCountry, Label: req.Say("me.settings.form.country"), About: req.Say("me.settings.form.country_about"), Value: country.Name, Max: zoneMax},
			active,
		}
	}
	return bot.Reply{Modal: &bot.Modal{ID: button.SettingsSetID.For(s), Title: req.Say("me.settings.form.title"), Fields: fields}}, nil
}

// setSettings takes over a form. A field left empty clears its setting.
func (m member) setSettings(ctx context.Context, req *bot.Request, s button.MeStep) (bot.Reply, error) {
	mem, agreed, err := m.self(ctx, req)
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
	w, err := m.wish(typed(fieldZone, mem.Zone != ""), typed(fieldCountry, mem.Country != ""), "",
		typed(fieldActive, mem.Active != schedule.Hours{}))
	if err != nil {
		return bot.Reply{}, err
	}
	if s.Act == settingsHours && agreed {
		w.onto(&mem)
		if err := m.keep(ctx, mem); err != nil {
			return bot.Reply{}, err
		}
		return m.notify(ctx, req)
	}
	return m.change(ctx, req, w)
}
