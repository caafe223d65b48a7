package card

import (
	"strings"

	"unpinch/bot"
	"unpinch/content"
	"unpinch/figure"
)

// LoadMap draws where a lift loads the body, and beside it the lift to swap in,
// unless that is nil. Like Picture it returns nothing where there can be none.
func LoadMap(album *figure.Album, lib *content.Library, req *bot.Request, lift, swap *content.Exercise) ([]bot.Part, []bot.File) {
	if album == nil || !MayDraw(req) {
		return nil, nil
	}
	alt := loadAlt(req, lift)
	if swap != nil {
		alt += " " + loadAlt(req, swap)
	}
	data, err := album.LoadMap(LoadsOf(lift, swap), LoadWords(lib, req.Locale))
	if err != nil {
		return nil, nil // words that don't fit; TestEveryLoadMapIsDrawn finds them first
	}
	name := "load-" + strings.ReplaceAll(lift.ID, "_", "-") + ".png" // Discord takes no other names
	return []bot.Part{bot.Gallery{{File: name, Alt: alt}}}, []bot.File{{Name: name, About: alt, Data: data}}
}

// LoadWords are a reader's words for a load map.
func LoadWords(lib *content.Library, locale string) figure.LoadWords {
	say := func(key string) string { return lib.Say(locale, key, nil) }
	return figure.LoadWords{Views: [2]string{say("load.front"), say("load.back")},
		Grades: [3]string{say("load.1"), say("load.2"), say("load.3")}}
}

// LoadsOf returns a lift's loads, and those of the lift to swap in unless that is
// nil, as load maps take them.
func LoadsOf(lift, swap *content.Exercise) []figure.Load {
	if swap == nil {
		return []figure.Load{loadOf(lift)}
	}
	return []figure.Load{loadOf(lift), loadOf(swap)}
}

// loadOf is the worst grade that reaches each area.
func loadOf(e *content.Exercise) figure.Load {
	load := figure.Load{Title: e.Name}
	for i, area := range content.AreaIDs() {
		load.Grades[i] = e.Worst(area)
	}
	return load
}

// loadAlt is a lift's load map in words, the worst areas first.
func loadAlt(req *bot.Request, e *content.Exercise) string {
	var parts []string
	for grade := 3; grade > 0; grade-- {
		var areas []string
		for _, area := range content.AreaIDs() {
			if e.Worst(area) == grade {
				areas = append(areas, req.Say("part."+area))
			}
		}
		if len(areas) > 0 {
			parts = append(parts, req.Say("load.alt.grade", bot.Args{"Grade": grade, "Parts": strings.Join(areas, ", ")}))
		}
	}
	if len(parts) == 0 {
		return req.Say("load.alt.none", bot.Args{"Lift": e.Name})
	}
	return req.Say("load.alt", bot.Args{"Lift": e.Name, "Loads": strings.Join(parts, "; ")})
}
