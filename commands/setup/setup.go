// Package setup makes and changes the places of a server, posts the card that
// everyone starts from, and shows the days on which a place is closed.
package setup

import (
	"context"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/gate"
	"unpinch/commands/input"
	"unpinch/commands/place"
	"unpinch/content"
	"unpinch/schedule"
)

// lostKey is what is said where an answer got lost.
const lostKey = "setup.lost"

// Needs are what the room is made of.
type Needs struct {
	Content   *content.Library
	Store     Store
	Switches  Switches
	Followers place.Followers
	// Access says what the bot may do in a channel of a server; nil where nobody can
	// tell.
	Access func(ctx context.Context, guildID, channelID string) (bot.ChannelValue, error)
	Zones  *schedule.Zones
	Now    func() time.Time
	Kick   func() // tells the engine that a place has changed
	Gate   gate.Gate
	// Publish posts a message that belongs to no occurrence. A second one of the
	// same nonce within a few minutes is the first.
	Publish func(ctx context.Context, channelID, nonce string, reply bot.Reply) (messageID string, err error)
	// Draft keeps drafts of classes and shows what they would do.
	Draft func(ctx context.Context, req *bot.Request, drafts []schedule.Series) (bot.Reply, error)
}

// A Store keeps places and what is theirs.
type Store interface {
	place.Places
	place.ClosedDays
	saver
	weeklies
	closedReader
}

// A Room is what setup offers.
type Room struct {
	Command    bot.Command
	Components []bot.Component
	Closed     Closed
	start      starting
}

// ShareStart posts the card that everyone starts from in the reader's channel, if
// they may write there, and says where it is.
func (r Room) ShareStart(ctx context.Context, req *bot.Request) (note string, err error) {
	return r.start.share(ctx, req)
}

// New returns the room.
func New(n Needs) Room {
	finder := place.Finder{Store: n.Store}
	saving := saving{n.Store, n.Now, n.Kick}
	together := together{n.Switches}
	cards := cards{finder, n.Content, n.Store, n.Store, together, n.Zones, n.Now, n.Access}
	atlas := input.Atlas{Zones: n.Zones, Numbers: n.Content.Numbers(), Now: n.Now}
	zoning := zoning{finder, saving, cards, atlas}
	s := flow{options(finder, atlas, n.Content), finder, atlas, n.Content, saving, together, cards, zoning}
	start := starting{n.Content, n.Publish, n.Gate}
	p := presses{finder, cards, switches{cards, saving, together, n.Store}, presets{n.Content, n.Now, n.Draft}, start, channels{cards, saving}, removing{cards, saving, zoning}}
	onCard := bot.Handle(button.SetupID, bot.Update, p.press).Saving(lostKey)
	onCard.OwnerOnly, onCard.Perm = true, bot.ManageServer
	clock := bot.Handle(button.ZoneID, bot.Update, zoning.press).Saving(lostKey)
	clock.OwnerOnly, clock.Perm = true, bot.ManageServer
	renaming := renaming{finder, cards, saving, s}
	renameForm := bot.Handle(button.PlaceFormID, bot.OpenModal, renaming.open)
	renameForm.OwnerOnly, renameForm.Perm = true, bot.ManageServer
	renamed := bot.Handle(button.PlaceSetID, bot.Update, renaming.sent).Saving(lostKey)
	renamed.OwnerOnly, renamed.Perm = true, bot.ManageServer
	return Room{
		Command: bot.Command{Name: "setup", About: "setup.about", Answer: bot.NewPrivate, Lost: lostKey, Options: s.all(),
			Perm: bot.ManageServer, Where: []bot.Context{bot.InServer}, Install: []bot.Install{bot.ForServer}, Run: s.run},
		Components: []bot.Component{onCard, clock, renameForm, renamed},
		Closed:     newClosed(finder, place.Closing{Store: n.Store, Followers: n.Followers, Zones: n.Zones, Now: n.Now}, n.Store, n.Kick, n.Content),
		start:      start,
	}
}
