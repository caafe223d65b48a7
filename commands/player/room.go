// Package player lets people follow a routine: alone, on a private card that
// moves on by itself, or together in a channel. It starts players and draws their
// cards; package delivery moves them on in time.
package player

import (
	"context"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/gate"
	"unpinch/content"
	"unpinch/delivery"
	"unpinch/figure"
)

// lostKey is what is said where an answer got lost.
const lostKey = "stretch.lost"

// Options are what the room is made of. All but Figures and Starters are needed.
type Options struct {
	Content  *content.Library
	Figures  *figure.Album // nil for cards without pictures
	Contact  string        // where a mistake can be told
	Own      OwnPlayers
	Channels ChannelPlayers
	Lines    Lines
	Starters *Starters // nil: no starter is remembered
	Gate     gate.Gate
	Now      func() time.Time
	// Kick tells the runner that a player has changed.
	Kick func()
	// Settle returns when no card of a player is on its way.
	Settle func(ctx context.Context, playerID string)
	// Signs is the card that leads to the danger signs.
	Signs func(context.Context, *bot.Request) (bot.Reply, error)
}

// OwnPlayers keeps members' own players.
type OwnPlayers interface {
	// PlayerOf returns a member's own player, or delivery.ErrNoPlayer.
	PlayerOf(ctx context.Context, userID string) (delivery.Player, error)
	// StartPlayer keeps a new player in place of the member's last.
	StartPlayer(ctx context.Context, p delivery.Player, now time.Time) error
	// MovePlayer writes what a press did. It returns delivery.ErrPlayerMoved when
	// the player has changed since it was read.
	MovePlayer(ctx context.Context, p delivery.Player, now time.Time) error
}

// ChannelPlayers keeps the players of channels.
type ChannelPlayers interface {
	// Together reports whether a server's channels may follow together.
	Together(ctx context.Context, guildID string) (on bool, err error)
	// PlayerIn returns a channel's player, or delivery.ErrNoPlayer.
	PlayerIn(ctx context.Context, channelID string) (delivery.Player, error)
	// PlayerByID returns a player, or delivery.ErrNoPlayer.
	PlayerByID(ctx context.Context, id string) (delivery.Player, error)
	// StartPlayer keeps a new player. It returns delivery.ErrChannelTaken when the
	// channel follows another.
	StartPlayer(ctx context.Context, p delivery.Player, now time.Time) error
	// MovePlayer writes what a press did. It returns delivery.ErrPlayerMoved when
	// the player has changed since it was read.
	MovePlayer(ctx context.Context, p delivery.Player, now time.Time) error
	// JoinPlayer counts one more who is in and has the card drawn again by redraw.
	// It returns delivery.ErrNoPlayer when the player is gone.
	JoinPlayer(ctx context.Context, id string, now, redraw time.Time) (count int, err error)
}

// Lines keeps routines of members' own.
type Lines interface {
	// OwnRoutine returns the lines of the member's own routine; none without one.
	OwnRoutine(ctx context.Context, userID string) ([]content.OwnEntry, error)
}

// A Room is the command /stretch with the buttons of its cards.
type Room struct {
	Commands   []bot.Command
	Components []bot.Component
	alone      alone
}

// New returns the room.
func New(o Options) *Room {
	cards := NewCards(o.Content, o.Figures)
	own := alone{cards: cards, players: o.Own, lines: o.Lines, now: o.Now, kick: o.Kick, settle: o.Settle}
	room := newTogether(cards, o.Channels, o.Starters, o.Gate, o.Now, o.Kick)
	s := newStretch(o.Content, own, room)
	read := reader{o.Content, o.Contact, ownReader{o.Content, o.Own, o.Lines}, o.Signs}
	pressed := []bot.Component{
		bot.Handle(button.PlayID, bot.Update, own.press).Saving(lostKey),
		bot.Handle(button.PickID, bot.Update, s.picked),
		bot.Handle(button.StartID, bot.Update, room.start).Saving(lostKey),
	}
	for i := range pressed {
		pressed[i].OwnerOnly = true
	}
	pressed = append(pressed, bot.Handle(button.OpenID, bot.NewPrivate, own.open), bot.Handle(button.ReadID, bot.NewPrivate, read.read))
	for i := range pressed { // a routine can begin on a card about the body, and none is to tell whether it did
		pressed[i].Discreet = pressed[i].Name() != button.StartID.Name()
	}
	return &Room{
		Commands:   []bot.Command{s.command()},
		Components: append(pressed, bot.Handle(button.TogetherID, bot.NewPrivate, room.press).Saving(lostKey)),
		alone:      own,
	}
}

// Open starts a routine for the presser alone, on a new card.
func (r *Room) Open(ctx context.Context, req *bot.Request, routine button.Routine) (bot.Reply, error) {
	return r.alone.open(ctx, req, routine)
}
