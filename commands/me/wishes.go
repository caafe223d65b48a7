package me

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

// String returns the wishes as parse reads them.
func (w wishes) String() string {
	return strings.Join([]string{w.zone, w.country, w.language, w.active}, "|")
}

// A wishReader makes wishes of what members typed.
type wishReader struct {
	atlas     input.Atlas
	languages []string
}

// parse reads what String wrote. It checks each wish again: they come from a
// custom ID.
func (r wishReader) parse(text string) (w wishes, err error) {
	parts := strings.Split(text, "|")
	if len(parts) != 4 {
		return w, oldButton()
	}
	if parts[0] != "" && parts[0] != cleared {
		parts[0] += input.Meant // it was read before it came on a button
	}
	return r.wish(parts[0], parts[1], parts[2], parts[3])
}

// wish reads what a member typed for each setting, "" and cleared as in
// wishes.
func (r wishReader) wish(zone, country, language, active string) (w wishes, err error) {
	w = wishes{zone, country, language, active}
	if zone != "" && zone != cleared {
		z, err := r.atlas.Zone(zone)
		if err != nil {
			return w, err
		}
		w.zone = z.Name
	}
	if country != "" && country != cleared {
		n, err := r.atlas.Country(country)
		if err != nil {
			return w, err
		}
		w.country = n.Country
	}
	if language != "" && !slices.Contains(r.languages, language) {
		return w, oldButton()
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
		mem.Active, _ = schedule.ParseHours(w.active) // as wish has read it
	}
}
