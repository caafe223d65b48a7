package button

import (
	"unpinch/bot"
	"unpinch/schedule"
)

// The IDs on posts and on what tells of them. Those of an Occurrence also make
// the message known again after a crash.
var (
	PostID   = bot.NewID[PostState]("post1")     // opens the post's routine
	DoneID   = bot.NewID[Occurrence]("done1")    // on each post that has a routine
	NotifyID = bot.NewID[Occurrence]("notify1")  // asks before which classes a DM is wanted
	MendID   = bot.NewID[Occurrence]("mend1")    // on the word that a class broke
	NoticeID = bot.NewID[NoticeState]("notice1") // on DMs
)

// An Occurrence names a row of the ledger.
type Occurrence int64

// A PostState is a routine to open, from which post.
type PostState struct {
	ID      int64
	Routine Routine
}

// A NoticeState says what a button does, on which DM. Whose DM that is the
// ledger knows, whatever the ID says.
type NoticeState struct {
	Act NoticeAct
	ID  int64
}

// A NoticeAct is what a button on a DM does.
type NoticeAct string

// What the buttons on DMs do.
const (
	NoticeSnooze NoticeAct = "snooze"
	NoticeToday  NoticeAct = "today" // no more today
	NoticeStop   NoticeAct = "stop"
	NoticeKeep   NoticeAct = "keep" // leave a class as it is
)

// FollowID stands on the private card that asks before which classes someone
// wants a DM.
var FollowID = bot.NewID[FollowState]("follow1")

// A FollowState says what a button does, for the place of which class.
type FollowState struct {
	Act    FollowAct
	ID     int64
	Days   schedule.Days
	Agreed Yes `state:"optional"` // on the consent card that came between
}

// Valid reports whether the days are days of a week.
func (s FollowState) Valid() bool { return s.Days <= schedule.EveryDay }

// A FollowAct is what a button on that card does.
type FollowAct string

// What the buttons on that card do.
const (
	FollowShow  FollowAct = "show"
	FollowClass FollowAct = "class" // this class
	FollowPlace FollowAct = "place" // all at its place
	FollowAsk   FollowAct = "ask"   // on which days
	FollowDays  FollowAct = "days"  // those at its place on some days
	FollowStop  FollowAct = "stop"
)

// A Yes is said, or left out.
type Yes bool

// MarshalText returns the word.
func (y Yes) MarshalText() ([]byte, error) { return []byte("yes"), nil }

// UnmarshalText takes the word.
func (y *Yes) UnmarshalText(text []byte) error {
	*y = true
	return nil
}
