// Package reading has what a member reads: the danger signs of an area and what
// to do about it, how lifts load the body, topics and their words, and claims of
// fact or gym myth. Nothing of what is opened is kept or logged.
package reading

import (
	"context"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/gate"
	"unpinch/content"
	"unpinch/figure"
)

// Wishes are what members keep low in training.
type Wishes interface {
	// Easy returns what a member keeps low at an instant, and until when; nothing
	// when that is over.
	Easy(ctx context.Context, userID string, now time.Time) (less []string, until time.Time, err error)
}

// Home returns the country whose numbers a reader needs, as "GB": the member's
// own, else that of the place; "" if neither is known.
type Home func(ctx context.Context, req *bot.Request) (country string, err error)

// A Room has the commands by which a member reads, and opens some of their cards
// for other rooms.
type Room struct {
	Commands   []bot.Command
	Components []bot.Component

	pinched pinched
	lifts   picker
	myth    myth
}

// Needs is what the room is made of.
type Needs struct {
	Content  *content.Library
	Wishes   Wishes
	Classes  Classes
	Home     Home
	Figures  *figure.Album // nil for cards without pictures
	Operator card.Operator
	Gate     gate.Gate // on what is posted for all
	Now      func() time.Time
}

// New returns the room.
func New(n Needs) *Room {
	room := &Room{
		pinched: pinched{content: n.Content, album: n.Figures, operator: n.Operator, home: n.Home, now: n.Now},
		lifts:   picker{n.Content},
		myth:    myth{content: n.Content, operator: n.Operator},
	}
	room.add(room.pinched.command())
	swaps := modify{content: n.Content, album: n.Figures, operator: n.Operator, wishes: n.Wishes, gate: n.Gate, now: n.Now}
	room.add(swaps.command())
	room.add(learn{content: n.Content, operator: n.Operator}.command())
	room.Components = append(append(room.Components, room.myth.components()...), easier{swaps, n.Classes}.components()...)
	return room
}

func (r *Room) add(c bot.Command, parts []bot.Component) {
	r.Commands, r.Components = append(r.Commands, c), append(r.Components, parts...)
}

// Menu is the choice of areas that /pinched begins with.
func (r *Room) Menu(_ context.Context, req *bot.Request) (bot.Reply, error) {
	return r.pinched.menu(req, button.PinchedState{}), nil
}

// Pick is the choice of lifts that /modify begins with.
func (r *Room) Pick(_ context.Context, req *bot.Request) (bot.Reply, error) {
	return r.lifts.patterns(req, button.ModifyState{}), nil
}

// ClaimCard is the claim of the week of an instant, with its two buttons, as it
// stands in a channel.
func (r *Room) ClaimCard(locale string, at time.Time) []bot.Part {
	return r.myth.post(locale, r.myth.content.ClaimOf(locale, at))
}
