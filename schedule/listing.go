package schedule

import (
	"errors"
	"fmt"
	"time"
)

// What a timetable says to requests it can't meet.
var (
	ErrNoClass      = errors.New("no such class")
	ErrNoOccurrence = errors.New("no such occurrence")
	ErrPlaceName    = errors.New("the server has another place of that name")
)

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
	CreatedAt  time.Time
	LeftAt     time.Time // the bot was removed from the server then; zero while it is there
}

// A Listing is a class on a place's timetable, with its exceptions and the
// posts that hang on it.
type Listing struct {
	ID          int64
	Place       Place
	Title       string // "" for none
	Rule        Rule
	Length      time.Duration
	ChannelID   string
	RoleID      string // pinged by the pre post; "" for none
	Until       Date
	PausedUntil Date
	Skips       []time.Time
	Lead        time.Duration // the pre post comes so long before the start; 0 for no pre post
	CoolDown    bool          // there is a post at the end
	CreatedBy   string        // "" once they asked to be forgotten
	CreatedAt   time.Time
	DraftUntil  time.Time // zero once saved
	BrokenAt    time.Time // its posts can't go out since then; zero while they can
	BrokenWhy   Reason
}

// Class returns the listing's starts and exceptions on its place's clock, or a
// *ZoneError.
func (l Listing) Class(zones *Zones) (Class, error) {
	zone, err := zones.Location(l.Place.Zone)
	if err != nil {
		return Class{}, fmt.Errorf("class %d: %w", l.ID, err)
	}
	return Class{Rule: l.Rule, Zone: zone, Until: l.Until, PausedUntil: l.PausedUntil, Skips: l.Skips}, nil
}

// Kinds returns the posts that hang on the class.
func (l Listing) Kinds() []Kind {
	var kinds []Kind
	if l.Lead > 0 {
		kinds = append(kinds, KindPre)
	}
	if l.CoolDown {
		kinds = append(kinds, KindCoolDown)
	}
	return kinds
}

// Offset returns how long after a start the post of a kind is due: below zero
// before it. It is elapsed time, whatever the clocks do meanwhile.
func (l Listing) Offset(k Kind) time.Duration {
	if k == KindPre {
		return -l.Lead
	}
	return l.Length
}

// Off returns why no post of the class goes out at all now, or "".
func (l Listing) Off() Reason {
	switch {
	case !l.Place.LeftAt.IsZero():
		return ReasonRemoved
	case !l.BrokenAt.IsZero():
		return ReasonBroken
	}
	return ""
}

// NextDue returns when the post of a kind is due next, strictly after an
// instant, with its start. It is ErrNever when there is none.
func (c Class) NextDue(after time.Time, offset time.Duration) (due time.Time, start Start, err error) {
	start, err = c.Next(after.Add(-offset))
	return start.At.Add(offset), start, err
}
