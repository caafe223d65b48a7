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
	ForClass    Purpose = "class"    // as is "", in a Series that is not stored
	ForDesk     Purpose = "desk"     // a break at a desk: one post at the start
	ForReminder Purpose = "reminder" // a member's own, in a DM
	ForMyth     Purpose = "myth"     // the claim of the week
	ForRecap    Purpose = "recap"    // the totals of a week
)

// Purposes returns every purpose.
func Purposes() []Purpose { return []Purpose{ForClass, ForDesk, ForReminder, ForMyth, ForRecap} }

// OnTimetable reports whether the purpose is one that coaches list and change.
func (p Purpose) OnTimetable() bool { return p == ForClass || p == ForDesk }

// Weekly reports whether the purpose is one of the weekly posts of a place.
func (p Purpose) Weekly() bool { return p == ForMyth || p == ForRecap }

// noticeLead is how long before a class without a pre post those who follow it
// get their DM.
const noticeLead = 10 * time.Minute

// By says who changes something, and when. For the record of changes Detail says
// what to in words, such as a rule or a day, or Fields say it of a place.
type By struct {
	UserID string
	At     time.Time
	Detail string
	Fields []FieldChange
}

// A FieldChange is one field of a place that was changed, as an id, a code or a
// name; "" is none.
type FieldChange struct {
	Field PlaceField `json:"field"`
	From  string     `json:"from"`
	To    string     `json:"to"`
}

// A PlaceField names a field of a place, for the record of changes.
type PlaceField string

// The fields of a place.
const (
	PlaceName     PlaceField = "name"
	PlaceZone     PlaceField = "zone"
	PlaceCountry  PlaceField = "country"
	PlaceLanguage PlaceField = "language"
	PlaceChannel  PlaceField = "channel" // an id
	PlaceCoach    PlaceField = "coach"   // a role's id
	PlaceLog      PlaceField = "log"     // a channel's id
	PlaceTidy     PlaceField = "tidy"    // "true", or "" for off
)

// PlaceChanges returns in what two states of a place differ.
func PlaceChanges(before, after Place) []FieldChange {
	var all []FieldChange
	add := func(f PlaceField, from, to string) {
		if from != to {
			all = append(all, FieldChange{f, from, to})
		}
	}
	on := func(is bool) string {
		if is {
			return "true"
		}
		return ""
	}
	add(PlaceName, before.Name, after.Name)
	add(PlaceZone, before.Zone, after.Zone)
	add(PlaceCountry, before.Country, after.Country)
	add(PlaceLanguage, before.Language, after.Language)
	add(PlaceChannel, before.ChannelID, after.ChannelID)
	add(PlaceCoach, before.CoachRole, after.CoachRole)
	add(PlaceLog, before.LogChannel, after.LogChannel)
	add(PlaceTidy, on(before.Tidy), on(after.Tidy))
	return all
}

// A Change is a line of the record of changes.
type Change struct {
	At      time.Time
	UserID  string // "" once they asked to be forgotten
	PlaceID int64
	ClassID int64 // 0 for the place
	What    string
	Detail  string
	Fields  []FieldChange // of a place; none where Detail says it
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

// A Series is what recurs by a rule at a place: a class, a desk break, a weekly
// post or a member's reminder, saved or still a draft. It has the exceptions and
// the posts that hang on it.
type Series struct {
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
	Revision    int64     // how often it was changed or paused; a draft has that of the class which it changes
	BrokenAt    time.Time // its posts can't go out since then; zero while they can
	BrokenWhy   Reason
}

// Recurrence returns the rule and its exceptions on the place's clock, or a
// *ZoneError.
func (s Series) Recurrence(zones *Zones) (Recurrence, error) {
	zone, err := zones.Location(s.Place.Zone)
	if err != nil {
		return Recurrence{}, fmt.Errorf("class %d: %w", s.ID, err)
	}
	return Recurrence{Rule: s.Rule, Zone: zone, Until: s.Until, PausedUntil: s.PausedUntil,
		Closed: s.Closed, Skips: s.Skips, Moves: s.Moves}, nil
}

// Kinds returns what is planned by the rule: posts, and the DMs to members who
// follow the class.
func (s Series) Kinds() []Kind {
	return slices.DeleteFunc(ofPurpose(s.Purpose), func(k Kind) bool {
		return k == KindPre && s.Lead <= 0 || k == KindCoolDown && !s.CoolDown
	})
}

// Posts returns the kinds that are posts in the channel.
func (s Series) Posts() []Kind {
	return slices.DeleteFunc(s.Kinds(), func(k Kind) bool { return !k.Post() })
}

// Offset returns how long after a start the message of a kind is due: below
// zero before it. It is elapsed time, whatever the clocks do meanwhile.
func (s Series) Offset(k Kind) time.Duration {
	switch due := k.row().due; {
	case due == atEnd:
		return s.Length
	case due == ahead && s.Lead > 0:
		return -s.Lead
	case k == KindNotice && s.Purpose != ForDesk:
		return -noticeLead
	}
	return 0
}

// Off returns why no message of a kind goes out now, or "". A class whose
// channel is broken still takes place.
func (s Series) Off(k Kind) Reason {
	switch {
	case !s.Place.LeftAt.IsZero():
		return ReasonRemoved
	case !s.BrokenAt.IsZero() && k != KindNotice:
		return ReasonBroken
	}
	return ""
}

// NextDue returns when the post of a kind is due next, strictly after an
// instant, with its start. It is ErrNever when there is none.
func (r Recurrence) NextDue(after time.Time, offset time.Duration) (due time.Time, start Start, err error) {
	start, err = r.Next(after.Add(-offset))
	return start.At.Add(offset), start, err
}
