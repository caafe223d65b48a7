package setup

import (
	"context"
	"maps"
	"slices"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
	"unpinch/schedule"
)

// holidayFlow offers the public holidays of a place's country as closed days.
type holidayFlow struct {
	closed    closedFlow
	countries *content.Library
}

// press shows the holidays, or what closing those that were picked would do.
func (h holidayFlow) press(ctx context.Context, req *bot.Request, s button.Holidays) (bot.Reply, error) {
	p, err := h.closed.finder.ToChange(ctx, req, s.Place)
	if err != nil {
		return bot.Reply{}, err
	}
	if !s.Pick && len(req.Values) > 0 {
		if s.Region = req.Values[0]; s.Region == wholeCountry {
			s.Region = ""
		}
	}
	today, err := h.closed.today(p)
	if err != nil {
		return bot.Reply{}, err
	}
	rules := holidaysOf(p.Country)
	coming := rules.within(s.Region, today, today.Add(yearDays))
	if !s.Pick || len(req.Values) == 0 {
		return h.card(ctx, req, p, rules, s, coming)
	}
	var days []schedule.Date
	for _, offered := range coming { // what was picked is the reader's claim
		if slices.Contains(req.Values, offered.day.String()) && !slices.Contains(days, offered.day) {
			days = append(days, offered.day)
		}
	}
	if len(days) == 0 {
		return h.card(ctx, req, p, rules, s, coming)
	}
	return h.closed.preview(ctx, req, p, days)
}

// yearDays is how far ahead holidays are listed.
const yearDays = 365

// wholeCountry is the value of the country among its regions.
const wholeCountry = "-"

// card lists the holidays, to be picked from.
func (h holidayFlow) card(ctx context.Context, req *bot.Request, p schedule.Place, rules holidayRules, s button.Holidays, coming []holiday) (bot.Reply, error) {
	back := bot.Row{{Label: req.Say("class.holidays.back"), ID: button.ClosedID.For(button.ClassState{Act: button.ActShow, ID: p.ID, N: 0})}}
	country, known := h.countries.Number(p.Country)
	switch {
	case !known:
		return card.Calm(bot.Text(req.Say("class.holidays.no_country", bot.Args{"Place": card.Plain(p.Name)})), back), nil
	case rules == nil:
		return card.Calm(bot.Text(req.Say("class.holidays.none", bot.Args{"Country": country.Name})), back), nil
	}
	name := country.Name
	if s.Region != "" && rules[s.Region] != nil {
		name = req.Say("region." + p.Country + "_" + s.Region)
	}
	parts := []bot.Part{bot.Text(req.Say("class.holidays.title", bot.Args{"Country": name}))}
	if len(coming) == 0 {
		parts = append(parts, bot.Text(req.Say("class.holidays.pick_region")))
	} else {
		closed, err := h.closed.coming(ctx, p)
		if err != nil {
			return bot.Reply{}, err
		}
		lines, days := offered(req, coming, closed)
		parts = append(parts, bot.Text(req.Say("class.holidays.about", bot.Args{"Place": card.Plain(p.Name)})), bot.Text(card.Bullets(lines)))
		for page := 0; page*card.SelectMax < len(days); page++ {
			parts = append(parts, bot.Select{ID: button.HolidaysID.For(button.Holidays{Place: p.ID, Region: s.Region, Pick: true, Page: page}), Many: true,
				Hint: req.Say("class.holidays.hint"), Entries: days[page*card.SelectMax : min(len(days), (page+1)*card.SelectMax)]})
		}
		if len(rules) == 1 {
			parts = append(parts, bot.Text(req.Say("class.holidays.national")))
		}
	}
	return card.Calm(append(append(parts, regionSelects(req, p, rules, s.Region)...), back)...), nil
}

// offered are lines of holidays, and the entries of the days that are not closed
// yet.
func offered(req *bot.Request, coming []holiday, closed []schedule.Date) (lines []string, days []bot.Entry) {
	for _, h := range coming {
		name, key := h.name, "class.holidays.line"
		if h.instead {
			name = req.Say("class.holidays.instead", bot.Args{"Name": name})
		}
		if slices.Contains(closed, h.day) {
			key = "class.holidays.line_closed"
		}
		line := req.Say(key, bot.Args{"Day": schedule.DayYear.OfDay(req.Say, h.day), "Name": name})
		lines = append(lines, line)
		if value := h.day.String(); !slices.Contains(closed, h.day) && !slices.ContainsFunc(days, func(e bot.Entry) bool { return e.Value == value }) {
			days = append(days, bot.Entry{Label: card.Cut(line, entryMax), Value: value})
		}
	}
	return lines, days
}

// entryMax is how long an entry of a select may be, in characters.
const entryMax = 100

// regionSelects lead to the holidays of regions, the whole country first.
func regionSelects(req *bot.Request, p schedule.Place, rules holidayRules, shown string) (parts []bot.Part) {
	if len(rules) < 2 {
		return nil
	}
	var entries []bot.Entry
	for _, region := range slices.Sorted(maps.Keys(rules)) {
		e := bot.Entry{Label: req.Say("class.holidays.whole"), Value: wholeCountry, Chosen: region == shown}
		if region != "" {
			e.Label, e.Value = req.Say("region."+p.Country+"_"+region), region
		}
		entries = append(entries, e)
	}
	for page := 0; page*card.SelectMax < len(entries); page++ {
		parts = append(parts, bot.Select{ID: button.HolidaysID.For(button.Holidays{Place: p.ID, Region: shown, Page: page}), Hint: req.Say("class.holidays.region_hint"),
			Entries: entries[page*card.SelectMax : min(len(entries), (page+1)*card.SelectMax)]})
	}
	return parts
}
