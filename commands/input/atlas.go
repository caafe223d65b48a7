package input

import (
	"context"
	"fmt"
	"slices"
	"strconv"
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

// Meant ends the name of a zone that its user has been asked about.
const Meant = "!"

const (
	// nearMost is how many zones are offered in place of one that nobody knows.
	nearMost = 3
	// codeMost is how many letters a text has that may be a code: the beginning of
	// a name is not meant by it.
	codeMost = 3
)

// Zone reads a zone by its name, or by a city or country that only one has. It
// asks about what says a clock and no place, such as EST, and about what several
// have.
func (a Atlas) Zone(text string) (schedule.Zone, error) {
	now := a.Now()
	if name, meant := strings.CutSuffix(text, Meant); meant {
		if zone, err := a.Zones.Zone(name, now); err == nil {
			return zone, nil
		}
	}
	switch clock := a.Zones.ByClock(text, now); {
	case len(clock) == 1:
		return clock[0], nil
	case len(clock) > 1:
		return schedule.Zone{}, a.whose(text, clock)
	}
	if zone, err := a.Zones.Zone(text, now); err == nil {
		return zone, nil
	}
	if called := a.Zones.Called(text, now); len(called) == 1 {
		return called[0], nil
	}
	found := a.Zones.Search(text, now, nearMost)
	if len(found) == 1 && len([]rune(text)) > codeMost || len(found) > 0 && strings.EqualFold(found[0].City, strings.TrimSpace(text)) {
		return found[0], nil
	}
	if len(found) == 0 {
		return schedule.Zone{}, &bot.UserError{Key: "setup.zone_unknown", Args: bot.Args{"Seen": Seen(text)}}
	}
	var near []string
	for _, z := range found {
		near = append(near, z.Name)
	}
	return schedule.Zone{}, &bot.UserError{Key: "setup.zone_near", Args: bot.Args{"Seen": Seen(text), "Near": strings.Join(near, ", ")}, Offers: a.offer(text, found)}
}

// whose asks which place's clock is meant.
func (a Atlas) whose(text string, clock []schedule.Zone) error {
	last, now := clock[len(clock)-1], a.Now()
	ask := &bot.UserError{Key: "setup.zone_several", Args: bot.Args{"Name": Seen(text)}, Offers: a.offer(text, clock)}
	living := slices.IndexFunc(clock, func(z schedule.Zone) bool { return a.Zones.Changes(z.Name, now) })
	if last.Code == "" && !a.Zones.Changes(last.Name, now) && living >= 0 {
		ask.Key, ask.Args = "setup.zone_still", bot.Args{"Name": clockName(last), "City": clock[living].City}
	}
	return ask
}

// offer offers zones in place of a text.
func (a Atlas) offer(of string, zones []schedule.Zone) (offers []bot.Offer) {
	for _, z := range zones {
		label := func(bot.Say) string { return z.City }
		if z.Code == "" {
			key := card.Either(a.Zones.Changes(z.Name, a.Now()), "setup.zone_itself", "setup.zone_keep")
			label = func(say bot.Say) string { return say(key, bot.Args{"Name": clockName(z)}) }
		}
		offers = append(offers, bot.Offer{Of: of, Text: z.Name + Meant, Label: label})
	}
	return offers
}

// clockName names a zone without a place: by its distance from UTC where its own
// name has the sign the other way round.
func clockName(z schedule.Zone) string {
	if !strings.HasPrefix(z.Name, "Etc/GMT") || z.Offset == 0 {
		return z.City
	}
	sign, hours := "+", z.Offset/3600
	if hours < 0 {
		sign, hours = "−", -hours
	}
	return "UTC" + sign + strconv.Itoa(hours)
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
	zones, clock := a.Zones.Search(typed, now, card.SelectMax), a.Zones.ByClock(typed, now)
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
		label := clockName(z)
		if z.Country != "" {
			label = z.City + ", " + z.Country
		}
		label += " · " + now.In(zone).Format("15:04")
		if letters := a.Zones.Letters(z.Name, now); z.Code != "" && slices.ContainsFunc(clock, func(c schedule.Zone) bool { return c.Name == z.Name }) && letters != "" {
			label += " · " + letters // why it is offered
		}
		choices = append(choices, bot.Choice{Label: label, Value: z.Name})
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
