package schedule

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// What a timetable says to requests it can't meet.
var (
	ErrNoClass      = errors.New("no such class")
	ErrNoOccurrence = errors.New("no such occurrence")
	ErrPlaceName    = errors.New("the server has another place of that name")
	ErrFull         = errors.New("no room for one more")
	ErrChanged      = errors.New("the class has changed since the draft was made")
)

// The most that one server, or one member, may have.
const (
	ClassesMax   = 200 // of a server
	PlacesMax    = 25  // of a server: what a select holds
	RemindersMax = 10  // of a member
	NudgesMax    = 10  // of a member, waiting
	FollowsMax   = 25  // of a member
)

// HomeGuild stands for the server of what happens in DMs, as in Discord's
// links.
const HomeGuild = "@me"

// A Purpose says what a rule is for.
type Purpose string

// The purposes.
const (
	ForClass    Purpose = "class"    // as is "", in a Listing that is not stored
	ForDesk     Purpose = "desk"     // a break at a desk: one post at the start
	ForReminder Purpose = "reminder" // a member's own, in a DM
	ForMyth     Purpose = "myth"     // the claim of the week
	ForRecap    Purpose = "recap"    // the totals of a week
)

// OnTimetable reports whether the purpose is one that coaches list and change.
func (p Purpose) OnTimetable() bool { return p == ForClass || p == ForDesk }

// noticeLead is how long before a class without a pre post those who follow it
// get their DM.
const noticeLead = 10 * time.Minute

// By says who changes something, and when. Detail says what to in words, such
// as a rule or a day, for the record of changes.
type By struct {
	UserID string
	At     time.Time
	Detail string
}

// A Change is a line of the record of changes.
type Change struct {
	At      time.Time
	UserID  string // "" once they asked to be forgotten
	PlaceID int64
	ClassID int64 // 0 for the place
	What    string
	Detail  string
}

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
}

// A Listing is a class on a place's timetable, with its exceptions and the
// posts that hang on it.
type Listing struct {
	ID          int64
	Place       Place
	Purpose     Purpose
	Title       string // "" for none
	Rule        Rule
	Length      time.Duration
	ChannelID   string
	RoleID      string // pinged by the pre post; "" for none
	Until       Date
	PausedUntil Date
	Skips       []time.Time
	Moves       []Move
	Closed      []Date        // of the place
	Lead        time.Duration // the pre post comes so long before the start; 0 for no pre post
	CoolDown    bool          // there is a post at the end
	Routine     string        // of a reminder, such as "desk"
	CreatedBy   string        // "" once they asked to be forgotten
	CreatedAt   time.Time
	DraftUntil  time.Time // zero once saved
	Batch       int64     // drafts that are saved together have one
	DraftOf     int64     // the class that the draft changes; 0 for a new one
	Removes     bool      // the draft removes that class
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
	return Class{Rule: l.Rule, Zone: zone, Until: l.Until, PausedUntil: l.PausedUntil,
		Closed: l.Closed, Skips: l.Skips, Moves: l.Moves}, nil
}

// Kinds returns what is planned by the rule: posts, and the DMs to those who
// follow the class.
func (l Listing) Kinds() []Kind {
	switch l.Purpose {
	case ForDesk:
		return []Kind{KindDesk, KindNotice}
	case ForReminder:
		return []Kind{KindReminder}
	case ForMyth:
		return []Kind{KindMyth}
	case ForRecap:
		return []Kind{KindRecap}
	}
	return append(l.Posts(), KindNotice)
}

// Posts returns the kinds that are posts in the channel.
func (l Listing) Posts() []Kind {
	if l.Purpose != ForClass && l.Purpose != "" {
		return slices.DeleteFunc(l.Kinds(), func(k Kind) bool { return !k.Post() })
	}
	var kinds []Kind
	if l.Lead > 0 {
		kinds = append(kinds, KindPre)
	}
	if l.CoolDown {
		kinds = append(kinds, KindCoolDown)
	}
	return kinds
}

// Offset returns how long after a start the message of a kind is due: below
// zero before it. It is elapsed time, whatever the clocks do meanwhile.
func (l Listing) Offset(k Kind) time.Duration {
	switch {
	case k == KindCoolDown:
		return l.Length
	case k == KindPre, k == KindNotice && l.Lead > 0:
		return -l.Lead
	case k == KindNotice && l.Purpose != ForDesk:
		return -noticeLead
	}
	return 0
}

// Off returns why no message of a kind goes out now, or "". A class whose
// channel is broken still takes place.
func (l Listing) Off(k Kind) Reason {
	switch {
	case !l.Place.LeftAt.IsZero():
		return ReasonRemoved
	case !l.BrokenAt.IsZero() && k != KindNotice:
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
