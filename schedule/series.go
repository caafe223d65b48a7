package schedule

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Errors of whoever keeps series.
var (
	ErrNoClass = errors.New("no such class")
	ErrChanged = errors.New("it has changed since it was read")
)

// noticeLead is how long before a class without a pre post its followers get
// their DM.
const noticeLead = 10 * time.Minute

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
	Skips       []Slot
	Moves       []Move
	Closed      []Date        // of the place
	Lead        time.Duration // the pre post comes so long before the start; 0 for no pre post
	WarmUp      Focus         // what the pre post is for
	CoolDown    bool          // there is a post at the end
	Event       bool          // its next start stands on the server's calendar at Discord
	EventWhy    Reason        // why it can't; "" while it can
	Routine     string        // of a reminder, such as "desk"
	CreatedBy   string        // "" once they asked to be forgotten
	CreatedAt   time.Time
	DraftUntil  time.Time // zero once saved
	Batch       int64     // drafts that are saved together have one
	DraftOf     int64     // the class that the draft changes; 0 for a new one
	Removes     bool      // the draft removes that class
	Answers     []Answer  // of a draft that changes a class: where its exceptions belong
	Revision    int64     // how often it was changed, its starts too; a draft has that of the class which it changes
	BrokenAt    time.Time // its posts can't go out since then; zero while they can
	BrokenWhy   Reason
	RemovedAt   time.Time // it is kept for its history only since then; zero while it is on the timetable
}

// A Focus is what training a warm-up is for.
type Focus string

// What a warm-up can be for.
const (
	UpperBody Focus = ""
	LowerBody Focus = "lower"
	WholeBody Focus = "whole"
)

// upperWord is how UpperBody is written where there has to be a word.
const upperWord = "upper"

// String returns the focus as ParseFocus reads it.
func (f Focus) String() string { return cmp.Or(string(f), upperWord) }

// Focuses returns every focus.
func Focuses() []Focus { return []Focus{UpperBody, LowerBody, WholeBody} }

// ParseFocus reads a focus, in any case.
func ParseFocus(text string) (Focus, bool) {
	i := slices.IndexFunc(Focuses(), func(f Focus) bool { return strings.EqualFold(f.String(), strings.TrimSpace(text)) })
	if i < 0 {
		return UpperBody, false
	}
	return Focuses()[i], true
}

// Recurrence returns the rule and its exceptions on the place's clock, or a
// *ZoneError if there is no such zone.
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

// HasWarmUp reports whether there is a post with a warm-up before each start.
func (s Series) HasWarmUp() bool { return slices.Contains(s.Posts(), KindPre) && s.Purpose != ForDesk }

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

// Off returns why no message of a kind goes out now, or "" if it does. A class
// whose channel is broken still takes place, so that its notices go out.
func (s Series) Off(k Kind) Reason {
	switch {
	case !s.Place.LeftAt.IsZero(), !s.RemovedAt.IsZero():
		return ReasonRemoved
	case !s.BrokenAt.IsZero() && k != KindNotice:
		return ReasonBroken
	}
	return ""
}
