package button

import "unpinch/bot"

// The IDs below the question whether a class is of use as it is. A DM has them, so
// that nothing of theirs is known of the presser's rights.
var (
	AskFormID = bot.NewID[AskState]("askform1") // a form opens
	AskSentID = bot.NewID[AskState]("asksent1") // it is sent
	AskID     = bot.NewID[AskState]("ask1")     // a choice opens
	AskSetID  = bot.NewID[AskState]("askset1")  // it is made
)

// An AskState says what is to be another, of which class.
type AskState struct {
	Act      AskAct
	ID       int64
	Revision int64 `state:"optional"` // 1 above that of the class in a form; 0 elsewhere
}

// An AskAct is what a button below the question changes.
type AskAct string

// What they change.
const (
	AskTime    AskAct = "time"
	AskChannel AskAct = "channel"
	AskFewer   AskAct = "fewer" // leads to AskPosts and AskDays
	AskPosts   AskAct = "posts"
	AskDays    AskAct = "days"
	AskPause   AskAct = "pause"
)
