package schedule

import (
	"strconv"
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
	KindNotice   Kind = "notice"    // a DM before a class, to each who follows it
	KindReminder Kind = "reminder"  // a member's own, in a DM

	KindNow     Kind = "now"     // a post that someone asked for at once
	KindAlert   Kind = "alert"   // tells the class's creator that it broke, in a DM
	KindLog     Kind = "log"     // tells the log channel the same
	KindAsk     Kind = "ask"     // asks the creator of a class that nobody uses, in a DM
	KindConfirm Kind = "confirm" // a DM at once to who begins to follow
	KindOff     Kind = "off"     // tells who follows that a class is off today, in a DM
	KindNudge   Kind = "nudge"   // a DM that a member asked for, of no class
)

// Post reports whether the kind is a post in a channel: if it can't be sent,
// its class is broken.
func (k Kind) Post() bool {
	switch k {
	case KindPre, KindCoolDown, KindDesk, KindMyth, KindRecap, KindNow:
		return true
	}
	return false
}

// Personal reports whether the kind is planned as one message and goes out as
// one to each person that it is for.
func (k Kind) Personal() bool { return k == KindNotice || k == KindReminder }

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
	StartAt   time.Time // of the class it belongs to
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
}

// Nonce is what makes a second send of the occurrence answer with the first
// message. It stays the same over restarts and differs from all others'.
func (o Occurrence) Nonce() string {
	return strconv.FormatInt(o.ID, 36) + "-" + strconv.FormatInt(o.DueAt.Unix(), 36)
}

// Deadline returns the instant from which the occurrence must not be sent any
// more: a pre post when its class begins, a cool-down post half an hour after
// it was due.
func (o Occurrence) Deadline() time.Time {
	switch o.Kind {
	case KindPre, KindOff:
		return o.StartAt
	case KindNotice:
		if o.DueAt.Before(o.StartAt) {
			return o.StartAt
		}
		return o.DueAt.Add(CoolDownGrace) // of a desk break, which is due at its start
	case KindMyth, KindRecap:
		return o.DueAt.Add(weeklyGrace)
	case KindAlert, KindLog, KindAsk, KindConfirm, KindNudge:
		return o.DueAt.Add(alertGrace)
	}
	return o.DueAt.Add(CoolDownGrace)
}

// Late reports whether a message sent at an instant is late.
func (o Occurrence) Late(at time.Time) bool {
	switch o.Kind {
	case KindPre, KindCoolDown, KindDesk:
		return at.Sub(o.DueAt) > LateAfter
	}
	return false
}
