package commands

import (
	"slices"
	"strings"

	"unpinch/bot"
	"unpinch/commands/input"
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
		z, err := m.atlas().Zone(zone)
		if err != nil {
			return w, err
		}
		w.zone = z.Name
	}
	if country != "" && country != cleared {
		n, err := m.atlas().Country(country)
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
			return w, &bot.UserError{Key: "me.settings.active_odd", Args: bot.Args{"Seen": input.Seen(active)}}
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
