package input

import (
	"context"
	"fmt"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/content"
	"unpinch/schedule"
)

// An Atlas finds the zones and countries that people name.
type Atlas struct {
	Zones   *schedule.Zones
	Numbers []content.Number // of the countries, by name
	Now     func() time.Time
}

// Country reads a country by its name, the beginning of one that no other
// has, or its code.
func (a Atlas) Country(text string) (content.Number, error) {
	text = strings.TrimSpace(text)
	var found []content.Number
	for _, n := range a.Numbers {
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
	return content.Number{}, &bot.UserError{Key: "setup.country_unknown", Args: bot.Args{"Seen": Seen(text)}}
}

// SuggestCountries lists the countries that what was typed so far may mean.
func (a Atlas) SuggestCountries(_ context.Context, _ *bot.Request, typed string) ([]bot.Choice, error) {
	typed = strings.TrimSpace(typed)
	var choices []bot.Choice
	for _, n := range a.Numbers {
		if begins(n.Name, typed) || strings.EqualFold(n.Country, typed) {
			choices = append(choices, bot.Choice{Label: n.Name, Value: n.Country})
		}
	}
	return choices[:min(len(choices), card.SelectMax)], nil
}

// begins reports whether a name, or a word of it, begins with what was typed.
func begins(name, typed string) bool {
	return strings.Contains(" "+strings.ToLower(name), " "+strings.ToLower(typed))
}

// Zone reads a zone by its name, or by a city or country that only one
// has.
func (a Atlas) Zone(text string) (schedule.Zone, error) {
	now := a.Now()
	if zone, err := a.Zones.Zone(text, now); err == nil {
		return zone, nil
	}
	found := a.Zones.Search(text, now, 3)
	if len(found) == 1 || len(found) > 0 && strings.EqualFold(found[0].City, strings.TrimSpace(text)) {
		return found[0], nil
	}
	if len(found) == 0 {
		return schedule.Zone{}, &bot.UserError{Key: "setup.zone_unknown", Args: bot.Args{"Seen": Seen(text)}}
	}
	var near []string
	for _, z := range found {
		near = append(near, z.Name)
	}
	return schedule.Zone{}, &bot.UserError{Key: "setup.zone_near", Args: bot.Args{"Seen": Seen(text), "Near": strings.Join(near, ", ")}}
}

// someZones are suggested before anything is typed, from west to east.
func someZones() []string {
	return []string{"Pacific/Honolulu", "America/Los_Angeles", "America/Denver", "America/Chicago", "America/Mexico_City",
		"America/New_York", "America/Halifax", "America/Sao_Paulo", "Europe/London", "Europe/Lisbon", "Europe/Paris",
		"Europe/Berlin", "Africa/Lagos", "Africa/Johannesburg", "Europe/Athens", "Europe/Istanbul", "Africa/Nairobi",
		"Asia/Dubai", "Asia/Karachi", "Asia/Kolkata", "Asia/Jakarta", "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney",
		"Pacific/Auckland"}
}

// SuggestZones lists the zones that what was typed so far may mean.
func (a Atlas) SuggestZones(_ context.Context, _ *bot.Request, typed string) ([]bot.Choice, error) {
	now := a.Now()
	zones := a.Zones.Search(typed, now, 25)
	if strings.TrimSpace(typed) == "" {
		for _, name := range someZones() {
			z, err := a.Zones.Zone(name, now)
			if err != nil {
				return nil, fmt.Errorf("suggest a zone: %w", err)
			}
			zones = append(zones, z)
		}
	}
	var choices []bot.Choice
	for _, z := range zones {
		zone, err := a.Zones.Location(z.Name)
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

// City names a zone's clock as people do.
func (a Atlas) City(zone string) string {
	if z, err := a.Zones.Zone(zone, a.Now()); err == nil {
		return z.City
	}
	return zone
}
