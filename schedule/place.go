package schedule

import (
	"errors"
	"time"
)

// ErrPlaceName says that the server has another place of that name.
var ErrPlaceName = errors.New("the server has another place of that name")

// ErrNoPlace says that a place is gone.
var ErrNoPlace = errors.New("no such place")

// HomeGuild stands for the server of what happens in DMs, as in Discord's
// links.
const HomeGuild = "@me"

// A Place is where classes happen: a clock, a channel and who may change the
// timetable. Its ids are Discord's.
type Place struct {
	ID         int64
	GuildID    string
	Name       string
	Zone       string // IANA, as Europe/Lisbon
	ChannelID  string // where its classes post, unless they say otherwise
	CoachRole  string // may change classes beside those who manage the server; "" for none
	LogChannel string // gets a line when a class breaks; "" for none
	Tidy       bool   // one live post of a kind in a channel: the older one is taken away
	Country    string // ISO 3166-1 alpha-2 as "PT"; "" for not set
	Language   string // of its posts, as "en"; "" for the default
	UserID     string // whose own it is; "" for a server's
	CreatedAt  time.Time
	LeftAt     time.Time // the bot was removed from the server then; zero while it is there
	Revision   int64     // how often it was changed
}
