package commands

import (
	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/class"
	"unpinch/commands/classfile"
	"unpinch/commands/setup"
)

// timetables are the rooms in which places and classes are set up.
func timetables(d Deps) (commands []bot.Command, components []bot.Component) {
	file := classfile.New(classfile.Needs{Store: d.Classes, Followers: d.Notices, Zones: d.Zones, Now: d.Now, Kick: d.Kick,
		Access: d.Access, RoleReach: d.RoleReach, Fetch: d.Fetch})
	classes := class.New(class.Needs{Store: d.Classes, Members: d.Notices, Zones: d.Zones, Now: d.Now, Kick: d.Kick,
		Access: d.Access, RoleReach: d.RoleReach, Look: d.postParts, File: file.Press})
	places := setup.New(setup.Needs{Content: d.Content, Store: d.Classes, Switches: d.Players, Followers: d.Notices, Zones: d.Zones, Now: d.Now, Kick: d.Kick,
		Publish: d.Publish, Draft: classes.Draft})
	open := bot.Handle(button.StartHereID, bot.NewPrivate, startHere{d}.open)
	open.Discreet = true
	components = append(append(classes.Components, places.Components...), append(places.Closed.Components, open)...)
	return []bot.Command{places.Command, classes.Command(places.Closed.Command, file.Command)}, components
}
