package player

import (
	lru "github.com/hashicorp/golang-lru/v2"

	"unpinch/bot"
)

// startersKept is how many starters are remembered, of all channels.
const startersKept = 1000

// Starters remembers how to tell the starter of a channel's player, on the card
// that started it, that the player can't go on. It is in memory only: it goes with
// the program, and Discord takes such a card for fifteen minutes anyway.
type Starters struct {
	tickets *lru.Cache[string, bot.Ticket]
}

// NewStarters returns an empty memory.
func NewStarters() *Starters {
	tickets, _ := lru.New[string, bot.Ticket](startersKept) // it fails for no size only
	return &Starters{tickets}
}

// Keep remembers a player's starter.
func (s *Starters) Keep(playerID string, t bot.Ticket) {
	if s != nil {
		s.tickets.Add(playerID, t)
	}
}

// Take returns what Keep was given, and forgets it.
func (s *Starters) Take(playerID string) (bot.Ticket, bool) {
	if s == nil {
		return bot.Ticket{}, false
	}
	t, ok := s.tickets.Peek(playerID)
	s.tickets.Remove(playerID)
	return t, ok
}
