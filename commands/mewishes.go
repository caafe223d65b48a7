package commands

import (
	"context"
	"slices"
	"strings"

	"unpinch/bot"
	"unpinch/content"
	"unpinch/schedule"
)

// wishes are the settings that a member wants to change: "" leaves one as it
// is, and cleared clears it.
type wishes struct{ zone, country, language, active string }

const cleared = "-"

// String returns the wishes as readWishes reads them.
func (w wishes) String() string {
	return strings.Join([]string{w.zone, w.country, w.language, w.active}, "|")
}

// readWishes checks each wish again: they come from a custom ID.
func (m member) readWishes(text string) (w wishes, err error) {
	parts := strings.Split(text, "|")
	if len(parts) != 4 {
		return w, &bot.UserError{Key: "bot.old_button"}
	}
	return m.wish(parts[0], parts[1], parts[2], parts[3])
}

// wish reads what a member typed for each setting, "" and cleared as in
// wishes.
func (m member) wish(zone, country, language, active string) (w wishes, err error) {
	w = wishes{zone, country, language, active}
	if zone != "" && zone != cleared {
		z, err := m.findZone(zone)
		if err != nil {
			return w, err
		}
		w.zone = z.Name
	}
	if country != "" && country != cleared {
		n, err := m.findCountry(country)
		if err != nil {
			return w, err
		}
		w.country = n.Country
	}
	if language != "" && !slices.Contains(m.Content.Languages(), language) {
		return w, &bot.UserError{Key: "bot.old_button"}
	}
	if active != "" && active != cleared {
		h, err := schedule.ParseHours(active)
		if err != nil {
			return w, &bot.UserError{Key: "me.settings.active_odd", Args: args{"Seen": seen(active)}}
		}
		if w.active = h.String(); h == (schedule.Hours{}) {
			w.active = cleared
		}
	}
	return w, nil
}

// onto changes a member's settings to the wishes.
func (w wishes) onto(mem *schedule.Member) {
	set := func(to *string, wish string) {
		switch wish {
		case "":
		case cleared:
			*to = ""
		default:
			*to = wish
		}
	}
	set(&mem.Zone, w.zone)
	set(&mem.Country, w.country)
	set(&mem.Locale, w.language)
	switch w.active {
	case "":
	case cleared:
		mem.Active = schedule.Hours{}
	default:
		mem.Active, _ = schedule.ParseHours(w.active) // which wish has read
	}
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
	return content.Number{}, &bot.UserError{Key: "me.settings.country_odd", Args: args{"Seen": seen(text)}}
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
