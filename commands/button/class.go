// Package button has the custom IDs of all that people press, and what each
// carries. Any card may lead to any flow, so that every feature knows them.
//
// An ID is a stored format: buttons stand in channels for months. When the text
// of a state changes, the digit that ends the ID's name goes up, and
// testdata/released.txt gets a line that says so. A state is the presser's
// claim: what it names is checked again at each press. It carries ids, numbers
// and versions, never content, and fits into Discord's 100 bytes.
package button

import (
	"unpinch/bot"
	"unpinch/timetable"
)

// The IDs on the cards of classes.
var (
	ClassID     = bot.NewID[ClassState]("class1")     // another card takes its place
	ClassLookID = bot.NewID[ClassState]("classlook1") // the posts as they would look
	ClassFormID = bot.NewID[ClassState]("classform1") // a form opens
	ClassSetID  = bot.NewID[ClassState]("classset1")  // a form is sent
	ClassKeepID = bot.NewID[ClassState]("classkeep1") // which start an exception belongs to
	ChangesID   = bot.NewID[ClassState]("changes1")   // the record of changes
)

// The IDs on the card of a place, and on that of its closed days. The ID of
// their states is the place's.
var (
	SetupID      = bot.NewID[ClassState]("setup1") // N is 1 to turn on what it turns
	PlaceFormID  = bot.NewID[Place]("placeform1")  // the form of its name opens; for no place, that of the first
	PlaceSetID   = bot.NewID[Place]("placeset1")   // the form is sent
	ZoneID       = bot.NewID[ZoneState]("zone1")   // saves the clock that was shown
	ClosedID     = bot.NewID[ClassState]("closed1")
	ClosedFormID = bot.NewID[Place]("closedform1")  // the form opens
	ClosedSetID  = bot.NewID[Place]("closedset1")   // the form is sent
	CloseID      = bot.NewID[Days]("close1")        // closes days that were shown
	HolidaysID   = bot.NewID[Holidays]("holidays1") // the public holidays of a place
)

// Holidays are the public holidays of a place's country, or of a region of it.
type Holidays struct {
	Place  int64
	Region string // as ISO 3166-2 has it behind the country; "" for the country
	Pick   bool   // its values are days to close; else one is the region to show
	Page   int    // of the days that are offered, from 0
}

// A ClassState says what a button does, to which class or place.
type ClassState struct {
	Act Act
	ID  int64
	N   int64
}

// An Act is what a button on the card of a class or place does.
type Act string

// What the buttons on the cards of classes do.
const (
	ActList    Act = "list" // N is the page; of one place with an ID
	ActWeek    Act = "week" // N is the page, as its room has it; of one place with an ID
	ActShow    Act = "show" // the class picked, or ID
	ActSave    Act = "save" // a batch of drafts; N is SaveOnce or SaveTwins
	ActNow     Act = "now"
	ActSkip    Act = "skip"    // N is the start, by when it was planned, in unix seconds
	ActUnskip  Act = "unskip"  // likewise
	ActEdit    Act = "edit"    // N is 1 above the class's revision, 0 if nobody knows
	ActAlways  Act = "always"  // moves all starts; N likewise
	ActKeep    Act = "keep"    // ID is the draft, N the exception: its day and time as if they were UTC's
	ActMove    Act = "move"    // moves one; N is the start
	ActOff     Act = "off"     // whether to cancel; N is the start, 0 for one of which a message is out
	ActCancel  Act = "cancel"  // N is the start
	ActShift   Act = "shift"   // whether to move one start or all
	ActStarts  Act = "starts"  // the next starts, to pick from
	ActLater   Act = "later"   // the start picked, or N
	ActUnmove  Act = "unmove"  // N is the start
	ActWarmUp  Act = "warm_up" // for what: N is 1 for the first focus, 0 for the one picked
	ActEvent   Act = "event"   // N is 1 to have starts stand in the server's events
	ActPause   Act = "pause"
	ActResume  Act = "resume"
	ActMend    Act = "mend"
	ActAsk     Act = "ask" // whether to remove it
	ActRemove  Act = "remove"
	ActOwner   Act = "owner"   // whether to take it over
	ActTake    Act = "take"    // N is 1 for all of that person's at the place
	ActApply   Act = "apply"   // a file: ID is the batch, N what goes with it
	ActLeave   Act = "leave"   // a file, likewise
	ActPage    Act = "page"    // of a pasted timetable: N is the page
	ActHalf    Act = "half"    // of a pasted timetable: N is the half of the day that times are in
	ActDrop    Act = "drop"    // of a pasted timetable: N is 1 to remove what isn't in it
	ActRest    Act = "rest"    // of a pasted timetable: the lines that can't be read
	ActHistory Act = "history" // N is the page; of all classes without an ID
	ActChanges Act = "changes" // N is the page
	// Of a workout: N is its weekday, from 1 for Monday, or its start as StartOf has
	// it; 0 for whichever there is. It is also of the form.
	ActWorkout     Act = "workout"
	ActWorkoutSave Act = "workout_save"
	ActWorkoutDrop Act = "workout_drop"
)

// Whether drafts are saved that add what is on the timetable already.
const (
	SaveOnce  = 0 // not without a question
	SaveTwins = 1
)

// What the buttons on the cards of places do, beside ActShow.
const (
	ActTidy     Act = "tidy"
	ActTogether Act = "together" // of the whole server
	ActMyth     Act = "myth"
	ActRecap    Act = "recap"
	ActNoCoach  Act = "no_coach"
	ActNoLog    Act = "no_log"
	ActGym      Act = "gym"
	ActDesk     Act = "desk"
	ActStart    Act = "start"   // posts the card that everyone starts from
	ActOpen     Act = "open"    // takes closed days back, those picked
	ActChannel  Act = "channel" // where posts go: asks, or takes the channel picked
	ActLog      Act = "log"     // likewise where it is said that a class can't post
)

// A ZoneState is a clock that a place is to have.
type ZoneState struct {
	Place    int64
	Revision int64  // of the place as it was shown
	Zone     string `state:"rest"`
}

// A Place names a place.
type Place int64

// The IDs of the form of one class a line.
var (
	ClassManyID = bot.NewID[Place]("classmany1")          // the form opens for a place
	LinesFormID = bot.NewID[LinesState]("classlines1")    // the form opens
	LinesSetID  = bot.NewID[LinesState]("classlinesset1") // it is sent from a card of ours, which changes
	LinesNewID  = bot.NewID[LinesState]("classlinesnew1") // it is sent from elsewhere
)

// The IDs of a timetable that was pasted. The ID of their states is that of the
// drafts that were made of it, 0 for none.
var (
	TimetableID     = bot.NewID[ClassState]("timetable1")     // its card changes
	TimetableFormID = bot.NewID[ClassState]("timetableform1") // the form of its other lines opens
	TimetableSetID  = bot.NewID[ClassState]("timetableset1")  // that form is sent
)

// A LinesState is what the form needs beside its lines.
type LinesState struct {
	Place    int64 // 0 for none chosen yet
	Batch    int64 // the drafts in whose place the lines are; 0 for none
	Lead     int   // minutes
	CoolDown bool
}

// NewLines returns the state of a form that nothing was written into.
func NewLines(place int64) LinesState {
	return LinesState{Place: place, Lead: int(timetable.DefaultLead.Minutes()), CoolDown: true}
}
