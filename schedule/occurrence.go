package schedule

import (
	"strconv"
	"time"
)

// A Kind says what an occurrence is.
type Kind string

// The kinds. Pre and cool-down posts come from a class's rule, the others
// once, when something happens.
const (
	KindPre      Kind = "pre"       // the post before a class
	KindCoolDown Kind = "cool_down" // the post at its end
	KindNow      Kind = "now"       // a post that someone asked for at once
	KindAlert    Kind = "alert"     // tells the class's creator that it broke, in a DM
	KindLog      Kind = "log"       // tells the log channel the same
)

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
)

// The clock rules of posts.
const (
	// LateAfter is how long after it was due a post still counts as on time.
	LateAfter = time.Minute
	// coolDownGrace is how long after it was due a cool-down post still goes out.
	coolDownGrace = 30 * time.Minute
	// alertGrace is how long after a class broke the word of it still goes out.
	alertGrace = 24 * time.Hour
	// jitterMax spreads the posts of one minute over its beginning.
	jitterMax = 20 * time.Second
	// nonceWindow is how long a second send with the same nonce surely makes no
	// second message. Discord says "a few minutes"; this is the cautious reading.
	nonceWindow = 2 * time.Minute
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
	Done      int  // presses of Done
	Gone      bool // the message was taken away since
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
	case KindPre:
		return o.StartAt
	case KindAlert, KindLog:
		return o.DueAt.Add(alertGrace)
	}
	return o.DueAt.Add(coolDownGrace)
}

// Late reports whether a message sent at an instant is late.
func (o Occurrence) Late(at time.Time) bool {
	return (o.Kind == KindPre || o.Kind == KindCoolDown) && at.Sub(o.DueAt) > LateAfter
}

// jitter is the class's own place inside the minute in which its posts are
// due: always the same, and spread evenly over classes.
func jitter(classID int64) time.Duration {
	const golden = 0x9E3779B97F4A7C15 // 2^64 over the golden ratio: consecutive ids land far apart
	return time.Duration(uint64(classID) * golden >> 32 * uint64(jitterMax/time.Second) >> 32 * uint64(time.Second))
}
