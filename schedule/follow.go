package schedule

import (
	"errors"
	"math/bits"
	"time"
)

// ErrNoMember says that the user has not agreed, so that nothing may be kept.
var ErrNoMember = errors.New("no member who agreed")

// A Member is what someone who agreed has chosen for all messages to them.
type Member struct {
	UserID      string
	Zone        string // IANA; "" for not set
	Country     string // ISO 3166-1 alpha-2; "" for not set
	Locale      string
	Active      Hours
	PausedUntil Date      // no DMs before that day; no pause if zero
	DMsClosed   time.Time // Discord refused the last DM then; zero while it takes them
}

// Hours are hours of the day, from one minute up to another; over midnight if
// From is the later one. The zero value is all day.
type Hours struct{ From, To Clock }

// Has reports whether an instant is inside, on its own zone's clock.
func (h Hours) Has(at time.Time) bool {
	minute := Clock(at.Hour()*60 + at.Minute())
	switch {
	case h == Hours{}:
		return true
	case h.From < h.To:
		return h.From <= minute && minute < h.To
	}
	return h.From <= minute || minute < h.To
}

// First returns the first instant at or after another that is inside, on that
// one's clock.
func (h Hours) First(at time.Time) time.Time {
	if h.Has(at) {
		return at
	}
	first := h.From.On(DateOf(at), at.Location())
	if first.Before(at) {
		first = h.From.On(DateOf(at).Add(1), at.Location())
	}
	return first
}

// Days is a set of days of the week.
type Days uint8

// EveryDay is all seven.
const EveryDay Days = 127

// On returns the set of one day of the week.
func On(day time.Weekday) Days { return 1 << ((day + 6) % 7) }

// Has reports whether a day of the week is in the set.
func (d Days) Has(day time.Weekday) bool { return d&On(day) != 0 }

// List returns the days, Monday first.
func (d Days) List() []time.Weekday {
	all := make([]time.Weekday, 0, bits.OnesCount8(uint8(d)))
	for i := range 7 {
		if day := time.Weekday((i + 1) % 7); d.Has(day) {
			all = append(all, day)
		}
	}
	return all
}

// A Follow says before which classes a member gets a DM: one class, or those of
// a place on some days.
type Follow struct {
	ID         int64
	UserID     string
	Place      Place
	ClassID    int64 // 0 for all at the place
	Rule       Rule  // of that class
	Title      string
	Days       Days
	QuietUntil time.Time // no DM before then
}

// A Follower is a member to whom messages of a class go.
type Follower struct {
	Member
	QuietUntil time.Time
}

// Wants reports whether a message of a kind that is due at an instant goes to
// the follower. None goes to a member who pauses all, or outside the hours in
// which they take DMs. But what they asked for at an hour of their own comes at
// that hour, and what became of a start of which they heard at once. zone is the
// class's, for members who have set none.
func (f Follower) Wants(k Kind, due time.Time, zone *time.Location, zones *Zones) bool {
	local := due.In(f.Clock(zone, zones))
	switch {
	case !f.DMsClosed.IsZero(), due.Before(f.QuietUntil):
		return false
	case !f.PausedUntil.IsZero() && DateOf(local).Before(f.PausedUntil):
		return false
	}
	return k == KindReminder || k == KindOff || f.Active.Has(local)
}

// ToldOff returns which followers of a class hear that a start, on the class's
// own clock, is off, and when: within the hours in which they take DMs, and
// before the start.
func ToldOff(followers []Follower, start, now time.Time, zones *Zones) map[string]time.Time {
	zone := start.Location()
	told := map[string]time.Time{}
	for _, f := range followers {
		at := f.Active.First(now.In(f.Clock(zone, zones)))
		if at.Before(start) && f.Wants(KindOff, at, zone, zones) {
			told[f.UserID] = at
		}
	}
	return told
}

// Paused reports whether all DMs to the member are held back at an instant, on
// the member's own clock.
func (m Member) Paused(now time.Time, zones *Zones) bool {
	return !m.PausedUntil.IsZero() && DateOf(now.In(m.Clock(time.UTC, zones))).Before(m.PausedUntil)
}

// FirstDM returns the first instant, at or after another, at which a DM may come
// that waits for the member: after their pause, and inside the hours in which
// they take DMs. Hours mean nothing without the zone that they are in.
func (m Member) FirstDM(at time.Time, zones *Zones) time.Time {
	at = at.In(m.Clock(time.UTC, zones))
	if m.Paused(at, zones) {
		at = m.PausedUntil.Start(at.Location())
	}
	if m.Zone == "" {
		return at
	}
	return m.Active.First(at)
}

// Clock returns the member's zone, or the given one if they have set none, or
// none that is known.
func (m Member) Clock(zone *time.Location, zones *Zones) *time.Location {
	if own, err := zones.Location(m.Zone); m.Zone != "" && err == nil {
		return own
	}
	return zone
}

// quarter is how exactly it may be known when somebody pressed on a card about
// the body.
const quarter = 15 * time.Minute

// Quarter returns the first quarter of an hour at or after an instant. What
// starts on a card about the body is kept with that time, so that nobody can tell
// from it which press it was.
func Quarter(at time.Time) time.Time {
	return at.Add(quarter - 1).Truncate(quarter)
}
