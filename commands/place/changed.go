package place

import (
	"strings"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// Changed says what was changed of a place.
func Changed(req *bot.Request, all []schedule.FieldChange) string {
	var said []string
	for _, c := range all {
		said = append(said, req.Say("setup.change."+string(c.Field), bot.Args{"Old": valueOf(req, c.Field, c.From), "New": valueOf(req, c.Field, c.To)}))
	}
	return strings.Join(said, req.Say("list.comma"))
}

// valueOf says the value of a field of a place.
func valueOf(req *bot.Request, f schedule.PlaceField, value string) string {
	switch {
	case f == schedule.PlaceTidy:
		return req.Say(card.Either(value != "", "setup.change.on", "setup.change.off"))
	case value == "":
		return req.Say("setup.change.none")
	case f == schedule.PlaceChannel, f == schedule.PlaceLog:
		return card.ChannelMention(value)
	case f == schedule.PlaceCoach:
		return card.RoleMention(value)
	}
	return card.Plain(value)
}
