package schedule

import (
	"errors"
	"strconv"
	"time"
)

// ErrNoOccurrence says that the ledger has no such row.
var ErrNoOccurrence = errors.New("no such occurrence")

// A State is what became of an occurrence so far.
type State string

// The states. Due and sending are on their way, the others final.
const (
	StateDue      State = "due"
	StateSending  State = "sending"
	StateSent     State = "sent"     // inside its minute
	StateLate     State = "late"     // sent after its minute
	StateSkipped  State = "skipped"  // left out, the reason says why
	StateFailed   State = "failed"   // could not be sent, the reason says why
	StateUnknown  State = "unknown"  // may have been sent, and the channel can't be read to find out
	StateReplaced State = "replaced" // sent, and changed to another text since
)

// A Reason says why an occurrence was skipped, failed or is unknown, or why a
// class broke.
type Reason string

// The reasons.
const (
	ReasonSkipped    Reason = "skipped"    // someone skipped this start
	ReasonPaused     Reason = "paused"     // the class was paused
	ReasonClosed     Reason = "closed"     // the place was closed that day
	ReasonAway       Reason = "away"       // Unpinch did not run, or not in time
	ReasonBroken     Reason = "broken"     // the class waits to be mended
	ReasonChanged    Reason = "changed"    // the class was changed meanwhile, so that it says nothing true any more
	ReasonRemoved    Reason = "removed"    // the bot is not in the server, or the class is gone
	ReasonChannel    Reason = "channel"    // the channel is gone
	ReasonAccess     Reason = "access"     // the bot can't see the channel
	ReasonPermission Reason = "permission" // the bot may not post there
	ReasonLocked     Reason = "locked"     // the thread is locked
	ReasonClosedDM   Reason = "dm"         // the person takes no DM from the bot
	ReasonRefused    Reason = "refused"    // Discord refused the message for another reason
	ReasonGaveUp     Reason = "gave_up"    // Discord did not take it until it was too late
	ReasonUnreadable Reason = "unreadable" // the channel can't be read to see if it arrived
	ReasonRule       Reason = "rule"       // the stored rule or zone can't be read
	ReasonFew        Reason = "few"        // fewer than five people took part
	ReasonEvent      Reason = "event"      // of an alert: it is of the class's event at Discord
	ReasonFull       Reason = "full"       // the server has as many events as Discord takes
)

// The clock rules of posts.
const (
	// LateAfter is how long after it was due a post still counts as on time.
	LateAfter = time.Minute
	// CoolDownGrace is how long after it was due a cool-down post still goes out.
	CoolDownGrace = 30 * time.Minute
	// weeklyGrace is how long after it was due a weekly post still goes out.
	weeklyGrace = 6 * time.Hour
	// alertGrace is how long a DM or a line that is bound to no hour still goes
	// out.
	alertGrace = 24 * time.Hour
)

// An Occurrence is one message that was due: a row of the ledger before it is
// a message.
type Occurrence struct {
	ID        int64
	ClassID   int64
	GuildID   string
	Kind      Kind
	DueAt     time.Time
	StartAt   time.Time // of the class it belongs to; of KindOff what its reader knows
	Slot      Slot      // of that start; zero for none
	Zone      string    // in which the start was planned; "" for not known
	SaysAt    time.Time // of KindOff: when the start takes place, as it says; zero for not at all
	ChannelID string    // "" for a DM
	UserID    string    // whom a DM goes to
	State     State
	Reason    Reason
	SendAt    time.Time // not before
	Attempts  int
	TriedAt   time.Time // the first attempt that may have arrived; zero for none
	SentAt    time.Time
	MessageID string
	Done      int       // presses of Done
	Pressed   int       // presses of any button
	Gone      bool      // the message was taken away since
	EditAt    time.Time // the message is to be drawn again from then on; zero if it need not be
	CheckAt   time.Time // its class was changed since; zero once what it says was compared
}

// Nonce returns what makes Discord answer a second send of the occurrence with
// the first message. It stays the same over restarts and differs from all
// others'.
func (o Occurrence) Nonce() string {
	return strconv.FormatInt(o.ID, 36) + "-" + strconv.FormatInt(o.DueAt.Unix(), 36)
}

// Deadline returns the instant from which the occurrence must not be sent any
// more: when its class begins for a pre post, half an hour after it was due
// for a cool-down post.
func (o Occurrence) Deadline() time.Time {
	r := o.Kind.row()
	if r.begun && o.DueAt.Before(o.StartAt) {
		return o.StartAt
	}
	return o.DueAt.Add(r.grace)
}

// Late reports whether a message sent at an instant is late.
func (o Occurrence) Late(at time.Time) bool {
	return o.Kind.Post() && o.Kind.OnTimetable() && at.Sub(o.DueAt) > LateAfter
}
