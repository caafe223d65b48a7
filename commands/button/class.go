// Package button has the custom IDs of all that people press, and what each
// carries. Any card may lead to any flow, so that every feature knows them. An ID
// is a stored format: buttons stand in channels for months.
package button

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"unpinch/bot"
)

// SetupID stands on the card of a place. Its state's ID is the place, and its N
// is 1 to turn on what it turns.
var SetupID = bot.NewID[ClassState]("setup1")

// What the buttons on the card of a place do, beside actShow.
const (
	ActTidy     Act = "tidy"
	ActTogether Act = "together" // of the whole server
	ActMyth     Act = "myth"
	ActRecap    Act = "recap"
	ActNoCoach  Act = "no_coach"
	ActNoLog    Act = "no_log"
	ActGym      Act = "gym"
	ActDesk     Act = "desk"
	ActStart    Act = "start" // posts the card that everyone starts from
)

// The IDs of what stands on the card of a place's closed days.
var (
	ClosedID     = bot.NewID[ClassState]("closed1") // its state's ID is the place
	ClosedFormID = bot.NewID[Place]("closedform1")  // the form opens
	ClosedSetID  = bot.NewID[Place]("closedset1")   // the form is sent
)

const ActOpen Act = "open" // the days picked

// The IDs of what stands on the cards of classes.
var (
	ClassID     = bot.NewID[ClassState]("class1")     // another card takes its place
	ClassLookID = bot.NewID[ClassState]("classlook1") // the posts as they would look
	ClassFormID = bot.NewID[ClassState]("classform1") // a form opens
	ClassSetID  = bot.NewID[ClassState]("classset1")  // a form is sent
)

// An Act is what a button on a class's card does.
type Act string

const (
	ActList    Act = "list" // N is the page; of one place with an ID
	ActShow    Act = "show" // the class picked, or ID
	ActSave    Act = "save" // a draft
	ActNow     Act = "now"
	ActSkip    Act = "skip"   // N is the start, by when it was planned, in unix seconds
	ActUnskip  Act = "unskip" // likewise
	ActEdit    Act = "edit"
	ActAlways  Act = "always" // moves all starts
	ActMove    Act = "move"   // moves one; N is the start
	ActOff     Act = "off"    // whether to cancel
	ActCancel  Act = "cancel" // N is the start
	ActPause   Act = "pause"
	ActResume  Act = "resume"
	ActMend    Act = "mend"
	ActAsk     Act = "ask" // whether to remove it
	ActRemove  Act = "remove"
	ActOwner   Act = "owner"   // whether to take it over
	ActTake    Act = "take"    // N is 1 for all of that person's at the place
	ActApply   Act = "apply"   // a file: ID is the batch, N what goes with it
	ActLeave   Act = "leave"   // a file
	ActHistory Act = "history" // N is the page; of all classes without an ID
)

// ClassState says what a button does, to which class. It is the presser's
// claim: what it names is checked against their server each time.
type ClassState struct {
	Act Act
	ID  int64
	N   int64
}

// MarshalText returns the state as "act/id/n".
func (s ClassState) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%s/%d/%d", s.Act, s.ID, s.N), nil
}

// UnmarshalText reads what MarshalText wrote. Whether the act and the class
// exist is for the handler to say.
func (s *ClassState) UnmarshalText(text []byte) error {
	parts := strings.Split(string(text), "/")
	if len(parts) != 3 {
		return errors.New("want act/id/n")
	}
	id, err := strconv.ParseInt(parts[1], 10, 64)
	n, err2 := strconv.ParseInt(parts[2], 10, 64)
	*s = ClassState{Act(parts[0]), id, n}
	return errors.Join(err, err2)
}

// ChangesID stands beside what has a record of changes. Its state's ID is the
// class, 0 for all of the server, and its N the page.
var ChangesID = bot.NewID[ClassState]("changes1")

const ActChanges Act = "changes"
