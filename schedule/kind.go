package schedule

import (
	"cmp"
	"slices"
	"time"
)

// A Kind says what an occurrence is.
type Kind string

// The kinds. The first come from a rule, the others once, when something
// happens.
const (
	KindPre      Kind = "pre"       // the post before a class
	KindCoolDown Kind = "cool_down" // the post at its end
	KindDesk     Kind = "desk"      // the post of a break at a desk
	KindMyth     Kind = "myth"      // the claim of the week
	KindRecap    Kind = "recap"     // the totals of a week
	KindNotice   Kind = "notice"    // a DM before a class, to each member who follows it
	KindReminder Kind = "reminder"  // a member's own, in a DM

	KindNow     Kind = "now"     // a post that someone asked for at once
	KindAlert   Kind = "alert"   // a DM to the creator of a class that broke
	KindLog     Kind = "log"     // the same for the log channel
	KindAsk     Kind = "ask"     // a DM to the creator of a class that nobody uses
	KindConfirm Kind = "confirm" // a DM at once to a member who begins to follow
	KindOff     Kind = "off"     // a DM of what became of a start, to members who heard of it or follow a class that is off today
	KindNudge   Kind = "nudge"   // a DM that a member asked for, of no class
)

// A moment is when the message of a kind is due, seen from its start.
type moment int

const (
	atStart moment = iota
	ahead          // by the lead of its series
	atEnd
)

// A kindRow has what follows from a kind. Whatever else needs to know, SQL
// too, asks the methods of Kind.
type kindRow struct {
	kind     Kind
	of       []Purpose // whose rules plan it; none for what comes once
	due      moment    // of what a rule plans
	post     bool
	personal bool
	announce bool
	routine  bool
	follow   bool
	pausable bool
	begun    bool          // it is not sent once its start has begun
	grace    time.Duration // how long after it was due it is still sent, unless begun ends it
}

// kindTable has a row for every kind.
var kindTable = []kindRow{
	{kind: KindPre, of: []Purpose{ForClass}, due: ahead, post: true, announce: true, routine: true, begun: true},
	{kind: KindCoolDown, of: []Purpose{ForClass}, due: atEnd, post: true, routine: true, grace: CoolDownGrace},
	{kind: KindDesk, of: []Purpose{ForDesk}, post: true, announce: true, routine: true, grace: CoolDownGrace},
	{kind: KindMyth, of: []Purpose{ForMyth}, post: true, grace: weeklyGrace},
	{kind: KindRecap, of: []Purpose{ForRecap}, post: true, grace: weeklyGrace},
	// The notice of a desk break is due at its start, so that it has a grace.
	{kind: KindNotice, of: []Purpose{ForClass, ForDesk}, due: ahead, personal: true, follow: true, pausable: true, begun: true, grace: CoolDownGrace},
	{kind: KindReminder, of: []Purpose{ForReminder}, personal: true, pausable: true, grace: CoolDownGrace},

	{kind: KindNow, post: true, routine: true, grace: CoolDownGrace},
	{kind: KindAlert, grace: alertGrace},
	{kind: KindLog, grace: alertGrace},
	{kind: KindAsk, grace: alertGrace},
	{kind: KindConfirm, grace: alertGrace},
	{kind: KindOff, follow: true, pausable: true, begun: true, grace: CoolDownGrace},
	{kind: KindNudge, grace: alertGrace},
}

// Kinds returns every kind.
func Kinds() []Kind {
	all := make([]Kind, len(kindTable))
	for i, r := range kindTable {
		all[i] = r.kind
	}
	return all
}

// row returns what follows from the kind: nothing from one that is unknown.
func (k Kind) row() kindRow {
	for _, r := range kindTable {
		if r.kind == k {
			return r
		}
	}
	return kindRow{}
}

// Post reports whether the kind is a post in a channel: if it can't be sent,
// its class is broken.
func (k Kind) Post() bool { return k.row().post }

// Personal reports whether the kind is planned as one message and goes out as
// one to each person that it is for.
func (k Kind) Personal() bool { return k.row().personal }

// Announces reports whether the kind is a post that says that a start takes
// place: when that changes, it is drawn again.
func (k Kind) Announces() bool { return k.row().announce }

// Routine reports whether the kind is a post of a routine, on which presses of
// Done are counted.
func (k Kind) Routine() bool { return k.row().routine }

// Replaces returns the kinds of which one post of a class takes the place of
// another: what readies people for a start is one kind of post, whoever or
// whatever had it go out.
func (k Kind) Replaces() []Kind {
	if readies := []Kind{KindPre, KindDesk, KindNow}; slices.Contains(readies, k) {
		return readies
	}
	return []Kind{k}
}

// Follows reports whether the kind goes to members because they follow a class,
// and no longer once they don't.
func (k Kind) Follows() bool { return k.row().follow }

// Pausable reports whether the kind is a DM that doesn't go out while its member
// pauses all. What someone asked for once, or has to know, does.
func (k Kind) Pausable() bool { return k.row().pausable }

// OnTimetable reports whether the rules that coaches list plan the kind: without
// its start it doesn't go out.
func (k Kind) OnTimetable() bool { return slices.ContainsFunc(k.row().of, Purpose.OnTimetable) }

// ofPurpose returns the kinds that rules for a purpose can have.
func ofPurpose(p Purpose) []Kind {
	return slices.DeleteFunc(Kinds(), func(k Kind) bool { return !slices.Contains(k.row().of, cmp.Or(p, ForClass)) })
}
