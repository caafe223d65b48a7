package delivery

import (
	"errors"
	"time"
)

// What a keeper of players returns for requests that it can't meet.
var (
	ErrNoPlayer     = errors.New("no such player")
	ErrPlayerMoved  = errors.New("the player has changed since it was read")
	ErrChannelTaken = errors.New("the channel follows a routine already")
)

// OwnPrefix begins the name that a player has for a routine of the member's own.
// The routine's lines follow: the player keeps them, so that a change of the
// routine does not move the cards of what runs.
const OwnPrefix = "mine\n"

// A Player is a routine that is being followed, by one member on a private card
// or by a channel on a public one. It is kept while it runs, and for a while
// after so that it can go on.
type Player struct {
	ID string // of the request that started it; its buttons carry it

	UserID string // the member who follows; "" for a channel's player
	Ticket string // edits the private card; "" for a channel's, and once its time is over

	GuildID   string // this and the four below are of a channel's player
	ChannelID string
	MessageID string // "" until the card is posted
	StartedBy string // may pause and end it; "" once they asked to be forgotten
	In        int    // how many said that they are in

	Locale   string
	Routine  string // its name, or OwnPrefix and the lines of the member's own
	Pictures bool   // the bot may send files there
	Card     int    // which of the routine's cards is on show, from 0; -1 before the start

	Spent time.Duration // on the cards before this one

	PressedAt time.Time // of the last press; the ticket is good for fifteen minutes from then
	Auto      bool      // the cards move on by themselves
	MoveAt    time.Time // the next card comes then; zero while it waits
	NextAt    time.Time // there is something to do then; zero for nothing
	RedrawAt  time.Time // the card is to be drawn again then, as it stands; zero for no need
	ExpiresAt time.Time // the player can't go on from then
	Version   int64     // counts the changes

	Gone bool // it has ended for good, and its row goes
}

// Together reports whether a channel follows the routine.
func (p Player) Together() bool { return p.UserID == "" }

// Due reports whether there is something to do at an instant.
func (p Player) Due(now time.Time) bool {
	return !p.NextAt.IsZero() && !now.Before(p.NextAt) || !p.RedrawAt.IsZero() && !now.Before(p.RedrawAt)
}

// Waiting returns a private player whose card stays as it is until a press. The
// press brings a new ticket, and the player goes on from there.
func (p Player) Waiting() Player {
	p.Ticket, p.MoveAt, p.NextAt, p.RedrawAt = "", time.Time{}, time.Time{}, time.Time{}
	return p
}
