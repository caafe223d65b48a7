// Package commands puts the bot's features together. Each is a room below it;
// the rooms don't know each other, and what one opens of another it gets here as
// a function.
package commands

import (
	"context"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/class"
	"unpinch/commands/classfile"
	"unpinch/commands/gate"
	"unpinch/commands/me"
	"unpinch/commands/place"
	"unpinch/commands/player"
	"unpinch/commands/post"
	"unpinch/commands/reading"
	"unpinch/commands/setup"
	"unpinch/content"
	"unpinch/figure"
	"unpinch/schedule"
)

// Deps are what the bot is made of. All hands each room the part that it uses.
type Deps struct {
	Content  *content.Library
	People   People
	Training Training
	Classes  Classes
	Notices  Notices
	Players  Players
	Servers  Servers
	Zones    *schedule.Zones
	Program  string // its version
	Operator card.Operator
	Figures  *figure.Album // nil for cards without pictures
	Now      func() time.Time
	Kick     func() // tells the engine that a series or a player has changed
	// Publish posts a message that belongs to no occurrence and no player. A
	// second one of the same nonce within a few minutes is the first.
	Publish func(ctx context.Context, channelID, nonce string, reply bot.Reply) (messageID string, err error)
	// Starters remembers who started a routine in a channel; nil for nobody.
	Starters *player.Starters
	// Settle returns when no card of a player is on its way.
	Settle func(ctx context.Context, playerID string)
	// Access says what the bot may do in a channel of a server, and RoleReach
	// whom a ping of a role reaches; nil where nobody can tell.
	Access    func(ctx context.Context, guildID, channelID string) (bot.ChannelValue, error)
	RoleReach func(ctx context.Context, guildID, roleID string) (bot.RoleReach, error)
	// Standing says what a user may do in a server, and Channels which channels that
	// has; nil where nobody can tell.
	Standing func(ctx context.Context, guildID, userID string) (bot.Standing, error)
	Channels func(ctx context.Context, guildID, userID string) ([]bot.ChannelValue, error)
	// Limits keeps how often people did what is limited; nil limits nothing. The
	// names that it keeps are hashed under LimitKey.
	Limits   gate.Buckets
	LimitKey []byte
	// Fetch reads a file that a user handed over, of at most so many bytes.
	Fetch classfile.Fetch
}

// People keeps consents, and what goes with them.
type People interface {
	card.ConsentStore
	me.Records
	me.Easies
	reading.Wishes
}

// Training keeps what members who agreed have trained.
type Training interface {
	me.Sessions
	me.Routines
	player.Lines
}

// Classes keeps places, series and the ledger of their posts.
type Classes interface {
	class.Store
	classfile.Store
	setup.Store
	me.Places
	reading.Classes
	post.Ledger
	post.Classes
	post.Finder
}

// Notices keeps what goes to members in DMs because they asked for it.
type Notices interface {
	me.Members
	me.Reminders
	me.Follows
	me.Nudges
	class.Members
	place.Followers
	post.Readers
	post.Members
	post.Follows
	post.DMs
	ClosedDMs
}

// Players keeps the routines that are being followed.
type Players interface {
	player.OwnPlayers
	player.ChannelPlayers
	setup.Switches
}

// reader is the room of what a member reads.
func reader(d Deps) *reading.Room {
	return reading.New(reading.Needs{Content: d.Content, Wishes: d.People, Classes: d.Classes, Home: home{d.Notices, d.Classes}.country, Figures: d.Figures, Operator: d.Operator, Gate: d.gate(), Now: d.Now})
}

// All returns every command and every component. A room is one line here.
func All(d Deps) (commands []bot.Command, components []bot.Component) {
	add := func(c []bot.Command, parts []bot.Component) {
		commands, components = append(commands, c...), append(components, parts...)
	}
	read := reader(d)
	play := player.New(player.Options{Content: d.Content, Figures: d.Figures, Contact: d.Operator.Contact,
		Own: d.Players, Channels: d.Players, Lines: d.Training, Starters: d.Starters, Now: d.Now, Kick: d.Kick, Settle: d.Settle, Signs: read.Menu, Gate: d.gate()})
	places, again := timetable(d), newAgain(d.Now)
	forget := func(userID string) { places.forget(userID); again.forget(userID) }
	own := me.New(me.Needs{Content: d.Content, Zones: d.Zones, Operator: d.Operator, Figures: d.Figures, Now: d.Now, Kick: d.Kick, Forget: forget,
		Consents: d.People, Records: d.People, Easies: d.People, Members: d.Notices, Reminders: d.Notices, Follows: d.Notices, Nudges: d.Notices,
		Places: d.Classes, Sessions: d.Training, Routines: d.Training, Gate: d.gate()})
	add(read.Commands, read.Components)
	add(play.Commands, play.Components)
	add(places.commands, places.components)
	add(own.Commands, own.Components)
	add(nil, post.Buttons(post.ButtonsOptions{Zones: d.Zones, Ledger: d.Classes, Classes: d.Classes, Follows: d.Notices, Members: d.Notices,
		Consents: d.People, DMs: d.Notices, Open: play.Open, Now: d.Now, Kick: d.Kick, Gate: d.gate()}))
	start := bot.Handle(button.StartHereID, bot.NewPrivate, startHere{read.Menu, read.Pick, play.Open, own.RemindersCard}.open)
	start.Discreet = true
	add(nil, []bot.Component{start})
	commands = append(commands, about{d.Content, d.Operator, d.Servers, d.Program, d.Zones, d.Now}.command())
	help, pages := newHelp(helper{d.Operator, place.Finder{Store: d.Classes}, commands, places.shareStart})
	add([]bot.Command{help}, []bot.Component{pages})
	for i := range components {
		components[i] = again.component(components[i])
	}
	taken := bot.Handle(button.AgainID, bot.Update, again.press).Saving("again.lost")
	taken.OwnerOnly = true
	add(nil, []bot.Component{taken})
	for i := range commands {
		again.command(&commands[i], 0)
		dmTeller{d.Notices, d.Now}.wrap(&commands[i])
	}
	return commands, components
}

// gate counts what is limited.
func (d Deps) gate() gate.Gate { return gate.Gate{Buckets: d.Limits, Key: d.LimitKey, Now: d.Now} }

// rooms are what several rooms offer together.
type rooms struct {
	commands   []bot.Command
	components []bot.Component
	shareStart func(ctx context.Context, req *bot.Request) (note string, err error)
	forget     func(userID string) // drops what a user typed
}

// timetable is the rooms in which places and classes are set up.
func timetable(d Deps) rooms {
	maker := Posts(d)
	look := func(ctx context.Context, locale string, s schedule.Series, pictures bool) ([]bot.Part, []bot.File, error) {
		return maker.Preview(ctx, locale, s, post.How{Bare: !pictures})
	}
	var file classfile.Room // which reads a timetable as the classes do, and answers their buttons
	classes := class.New(class.Needs{Store: d.Classes, Members: d.Notices, Zones: d.Zones, Now: d.Now, Kick: d.Kick,
		Access: d.Access, RoleReach: d.RoleReach, Standing: d.Standing, Channels: d.Channels, Look: look, File: func(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
			return file.Press(ctx, req, s)
		}, ReadBack: reader(d).ReadBack, Gate: d.gate(), Pictures: d.Figures != nil})
	file = classfile.New(classfile.Needs{Store: d.Classes, Followers: d.Notices, Zones: d.Zones, Now: d.Now, Kick: d.Kick,
		Access: d.Access, RoleReach: d.RoleReach, Fetch: d.Fetch, Paste: classes.Paste, Gate: d.gate()})
	places := setup.New(setup.Needs{Content: d.Content, Store: d.Classes, Switches: d.Players, Followers: d.Notices, Access: d.Access, Zones: d.Zones,
		Now: d.Now, Kick: d.Kick, Publish: d.Publish, Draft: classes.Draft, Gate: d.gate()})
	components := append(append(classes.Components, places.Components...), places.Closed.Components...)
	return rooms{[]bot.Command{places.Command, classes.Command(places.Closed.Command, file.Command)}, components, places.ShareStart, classes.Forget}
}

// Posts returns the maker of the messages that go out by themselves.
func Posts(d Deps) *post.Maker {
	claims := reader(d)
	return post.NewMaker(post.MakerOptions{Content: d.Content, Zones: d.Zones, Album: d.Figures, Classes: d.Classes, Readers: d.Notices,
		Claim: claims.ClaimCard, Now: d.Now})
}
