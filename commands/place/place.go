// Package place finds the place of a server that a person means, says who may
// change its classes, and closes it on days. Whatever shows or changes classes
// begins here.
package place

import (
	"slices"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/schedule"
)

// NameMax is the longest name of a place, in characters: it stands in the
// title of each post.
const NameMax = 40

// MayChange refuses anyone who may not change the classes of a place. It is
// asked at every command, button and form, with the place as it is then.
func MayChange(req *bot.Request, p schedule.Place) error {
	switch {
	case req.GuildID != p.GuildID:
		return &bot.UserError{Key: "class.gone"}
	case req.Perms.Has(bot.ManageServer), p.CoachRole != "" && slices.Contains(req.Roles, p.CoachRole):
		return nil
	case p.CoachRole != "":
		return &bot.UserError{Key: "class.not_coach", Args: bot.Args{"Place": card.Plain(p.Name), "Role": card.RoleMention(p.CoachRole)}}
	}
	return &bot.UserError{Key: "class.not_allowed", Args: bot.Args{"Place": card.Plain(p.Name)}}
}

// None refuses what needs a place in a server that has none. Anyone who manages
// the server is offered to set one up.
func None(req *bot.Request) error {
	if !req.Perms.Has(bot.ManageServer) {
		return &bot.UserError{Key: "class.no_place"}
	}
	return &bot.UserError{Key: "class.no_place_yours", Below: []bot.Part{FirstRow(req)}}
}

// FirstRow has the button that makes a server's first place.
func FirstRow(req *bot.Request) bot.Row {
	return bot.Row{{Label: req.Say("setup.button.first"), ID: button.PlaceFormID.For(0), Style: bot.Primary}}
}

// By says that the reader changes something at an instant, and in words what to.
func By(req *bot.Request, at time.Time, detail string) schedule.By {
	return schedule.By{UserID: req.UserID, At: at, Detail: detail}
}

// Signed is a note on a card that shows a change of the reader's, with the line
// that says that it is kept as theirs.
func Signed(req *bot.Request, note string) string {
	return strings.TrimPrefix(note+"\n"+req.Say("place.by"), "\n")
}

// Here returns the only place, or the one place whose channel this is.
func Here(req *bot.Request, places []schedule.Place) (schedule.Place, bool) {
	if len(places) == 1 {
		return places[0], true
	}
	here := slices.DeleteFunc(slices.Clone(places), func(p schedule.Place) bool { return p.ChannelID != req.ChannelID })
	if len(here) != 1 {
		return schedule.Place{}, false
	}
	return here[0], true
}

// Named finds a place by its name. Capitals count only where two names differ
// by nothing else.
func Named(places []schedule.Place, name string) (schedule.Place, bool) {
	name = input.OneLine(name)
	i := slices.IndexFunc(places, func(p schedule.Place) bool { return p.Name == name })
	if i < 0 {
		i = slices.IndexFunc(places, func(p schedule.Place) bool { return strings.EqualFold(p.Name, name) })
	}
	if i < 0 {
		return schedule.Place{}, false
	}
	return places[i], true
}

// Names lists places for a sentence.
func Names(places []schedule.Place) string {
	var names []string
	for _, p := range places {
		names = append(names, "**"+card.Plain(p.Name)+"**")
	}
	return strings.Join(names, ", ")
}

// Back leads to the card of a place; without an id to that of the place that is
// meant where it is pressed.
func Back(req *bot.Request, id int64) bot.Button {
	return bot.Button{Label: req.Say("setup.button.back"), ID: button.SetupID.For(button.ClassState{Act: button.ActShow, ID: id, N: 0})}
}
