package commands

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"unpinch/bot"
	"unpinch/content"
	"unpinch/schedule"
)

// placeByID returns the place that a button names, if the reader's server has
// it.
func (d Deps) placeByID(ctx context.Context, req *bot.Request, id int64) (schedule.Place, error) {
	places, err := d.placesOf(ctx, req)
	if err != nil {
		return schedule.Place{}, err
	}
	i := slices.IndexFunc(places, func(p schedule.Place) bool { return p.ID == id })
	if i < 0 {
		return schedule.Place{}, &bot.UserError{Key: "setup.place_gone"}
	}
	return places[i], nil
}

// findCountry reads a country by its name, the beginning of one that no other
// has, or its code.
func (d Deps) findCountry(text string) (content.Number, error) {
	text = strings.TrimSpace(text)
	var found []content.Number
	for _, n := range d.Content.Numbers() {
		if strings.EqualFold(n.Name, text) || strings.EqualFold(n.Country, text) {
			return n, nil
		}
		if begins(n.Name, text) {
			found = append(found, n)
		}
	}
	if len(found) == 1 {
		return found[0], nil
	}
	return content.Number{}, &bot.UserError{Key: "setup.country_unknown", Args: args{"Seen": seen(text)}}
}

// suggestCountries lists the countries that what was typed so far may mean.
func (d Deps) suggestCountries(_ context.Context, _ *bot.Request, typed string) ([]bot.Choice, error) {
	typed = strings.TrimSpace(typed)
	var choices []bot.Choice
	for _, n := range d.Content.Numbers() {
		if begins(n.Name, typed) || strings.EqualFold(n.Country, typed) {
			choices = append(choices, bot.Choice{Label: n.Name, Value: n.Country})
		}
	}
	return choices[:min(len(choices), selectEntries)], nil
}

// begins reports whether a name, or a word of it, begins with what was typed.
func begins(name, typed string) bool {
	return strings.Contains(" "+strings.ToLower(name), " "+strings.ToLower(typed))
}

// findZone reads a zone by its name, or by a city or country that only one
// has.
func (d Deps) findZone(text string) (schedule.Zone, error) {
	now := d.Now()
	if zone, err := d.Zones.Zone(text, now); err == nil {
		return zone, nil
	}
	found := d.Zones.Search(text, now, 3)
	if len(found) == 1 || len(found) > 0 && strings.EqualFold(found[0].City, strings.TrimSpace(text)) {
		return found[0], nil
	}
	if len(found) == 0 {
		return schedule.Zone{}, &bot.UserError{Key: "setup.zone_unknown", Args: args{"Seen": seen(text)}}
	}
	var near []string
	for _, z := range found {
		near = append(near, z.Name)
	}
	return schedule.Zone{}, &bot.UserError{Key: "setup.zone_near", Args: args{"Seen": seen(text), "Near": strings.Join(near, ", ")}}
}

// someZones are suggested before anything is typed, from west to east.
func someZones() []string {
	return []string{"Pacific/Honolulu", "America/Los_Angeles", "America/Denver", "America/Chicago", "America/Mexico_City",
		"America/New_York", "America/Halifax", "America/Sao_Paulo", "Europe/London", "Europe/Lisbon", "Europe/Paris",
		"Europe/Berlin", "Africa/Lagos", "Africa/Johannesburg", "Europe/Athens", "Europe/Istanbul", "Africa/Nairobi",
		"Asia/Dubai", "Asia/Karachi", "Asia/Kolkata", "Asia/Jakarta", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney",
		"Pacific/Auckland"}
}

// suggestZones lists the zones that what was typed so far may mean.
func (d Deps) suggestZones(_ context.Context, _ *bot.Request, typed string) ([]bot.Choice, error) {
	now := d.Now()
	zones := d.Zones.Search(typed, now, 25)
	if strings.TrimSpace(typed) == "" {
		for _, name := range someZones() {
			z, err := d.Zones.Zone(name, now)
			if err != nil {
				return nil, fmt.Errorf("suggest a zone: %w", err)
			}
			zones = append(zones, z)
		}
	}
	var choices []bot.Choice
	for _, z := range zones {
		zone, err := d.Zones.Location(z.Name)
		if err != nil {
			return nil, fmt.Errorf("suggest a zone: %w", err)
		}
		label := z.City
		if z.Country != "" {
			label += ", " + z.Country
		}
		choices = append(choices, bot.Choice{Label: label + " · " + now.In(zone).Format("15:04"), Value: z.Name})
	}
	return choices, nil
}
