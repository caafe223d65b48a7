package button

import "unpinch/bot"

// PinchedID is the one ID of the whole flow. Whatever is pressed, logs and
// metrics see this name alone, so they can't tell one answer from the other.
var PinchedID = bot.NewID[PinchedState]("pinched2")

// PinchedOldID is of buttons made while one card had both lists of signs. They
// lead to the first card, so that none passes a list unseen.
var PinchedOldID = bot.NewID[PinchedState]("pinched1")

// A PinchedState says which card of which area a button leads to. It lives in
// the button and nowhere else.
type PinchedState struct {
	Area    string // "" on the menu
	View    PinchedView
	Arg     string // a page of countries or sources, and the card to go back to
	Country string // whose numbers the stop card shows; "" while unknown
	Lift    string `state:"optional"` // id of the lift that was asked about
}

// A PinchedView is a card of the flow.
type PinchedView string

// The cards of the flow.
const (
	PinchedMenu    PinchedView = "menu"
	PinchedSigns   PinchedView = "signs" // call now
	PinchedSoon    PinchedView = "soon"  // be seen today or tomorrow
	PinchedStop    PinchedView = "stop"
	PinchedNext    PinchedView = "next"
	PinchedTonight PinchedView = "tonight"
	PinchedDays    PinchedView = "days"
	PinchedWhich   PinchedView = "which"
	PinchedBack    PinchedView = "back"
	PinchedMore    PinchedView = "more"
	PinchedClinic  PinchedView = "clinic"
	PinchedYoung   PinchedView = "modifiers"      // under 18 or pregnant, from More
	PinchedYoungOn PinchedView = "stop_modifiers" // the same, from the stop card
	PinchedSources PinchedView = "sources"
	PinchedMistake PinchedView = "mistake"

	PinchedWords    PinchedView = "words"    // the glossary, from More
	PinchedGlossary PinchedView = "glossary" // the same, from /learn

	PinchedToday PinchedView = "today" // what to train today
	PinchedLoads PinchedView = "loads" // lifts that load the area, paged
	PinchedCoach PinchedView = "coach" // a line to copy
	PinchedLift  PinchedView = "lift"  // the lift that was asked about
)

// LearnID is the one ID of /learn; the glossary has that of /pinched.
var LearnID = bot.NewID[LearnState]("learn1")

// A LearnState says which card of which topic a button leads to.
type LearnState struct {
	Topic string
	View  LearnView
}

// A LearnView is a card of a topic.
type LearnView string

// The cards of a topic.
const (
	LearnMenu    LearnView = "menu"
	LearnTopic   LearnView = "topic"
	LearnSources LearnView = "sources"
	LearnMistake LearnView = "mistake"
)

// The IDs of fact or gym myth: of its post, for everybody, and of the private
// answer's buttons.
var (
	MythID        = bot.NewID[MythAnswer]("myth1")
	MythBackID    = bot.NewID[MythAnswer]("mythback1")
	MythMistakeID = bot.NewID[MythAnswer]("mythmistake1")
)

// A MythAnswer is what somebody says of a claim.
type MythAnswer struct {
	Claim string
	True  Truth
}

// A Truth is "true" or "not".
type Truth bool

// MarshalText returns the word.
func (t Truth) MarshalText() ([]byte, error) {
	if t {
		return []byte("true"), nil
	}
	return []byte("not"), nil
}

// UnmarshalText reads the word.
func (t *Truth) UnmarshalText(text []byte) error {
	*t = string(text) == "true"
	return nil
}
