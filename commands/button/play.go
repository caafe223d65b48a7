package button

import (
	"unpinch/bot"
	"unpinch/content"
)

// The IDs on the cards of a member's own player.
var (
	PlayID = bot.NewID[PlayState]("play1")     // the player's card
	PickID = bot.NewID[PickState]("playpick1") // the choice of routines
	ReadID = bot.NewID[ReadState]("playread1") // something to read beside it
	OpenID = bot.NewID[Routine]("playopen1")   // a routine of one's own, from any card
)

// A Routine names a routine of the content.
type Routine string

const (
	// OwnRoutine opens the presser's own routine.
	OwnRoutine = Routine(content.Mine)
	// CalmRoutine is the gentle version of most others.
	CalmRoutine = Routine("calm-3")
	// CalmLegsRoutine is that of what is for the legs.
	CalmLegsRoutine = Routine("hips_legs-3")
)

// GentleOf returns the gentle version of a routine; it is the calm one where that
// is nil.
func GentleOf(r *content.Routine) Routine {
	if r != nil && r.Focus == content.Lower {
		return CalmLegsRoutine
	}
	return CalmRoutine
}

// A PlayState says what a button does, on which card it stood, and to which
// player.
type PlayState struct {
	Act  PlayAct
	Card int
	ID   string
}

// A PlayAct is what a button on a member's own player does.
type PlayAct string

// What the buttons on a member's own player do.
const (
	PlayNext     PlayAct = "next"
	PlayPrevious PlayAct = "back"
	PlaySkip     PlayAct = "skip"
	PlayStop     PlayAct = "stop"
	PlayAuto     PlayAct = "auto"
	PlayWait     PlayAct = "wait"
	PlayContinue PlayAct = "on"
	PlayAgain    PlayAct = "again"
)

// A PickState says for whom a routine is picked.
type PickState string

// For whom a routine is picked.
const (
	PickOwn      PickState = "own"
	PickTogether PickState = "together"
)

// A ReadState says what to read, and of which routine.
type ReadState struct {
	View    ReadView
	Routine string `state:"rest"`
}

// A ReadView is what can be read beside a player.
type ReadView string

// What can be read beside a player.
const (
	ReadText    ReadView = "text"
	ReadSources ReadView = "sources"
	ReadSigns   ReadView = "signs"
)

// The IDs on the cards of a channel's player.
var (
	StartID    = bot.NewID[StartState]("togetherstart1") // on the private card before it
	TogetherID = bot.NewID[TogetherState]("together1")   // on the channel's card, for everybody
)

// A StartState is which routine starts in how many minutes.
type StartState struct {
	Routine string
	Minutes int
}

// A TogetherState says what a button does to which player.
type TogetherState struct {
	Act TogetherAct
	ID  string
}

// A TogetherAct is what a button on a channel's card does.
type TogetherAct string

// What the buttons on a channel's card do.
const (
	ActIn       TogetherAct = "in"
	ActStandby  TogetherAct = "pause"
	ActGoOn     TogetherAct = "on"
	ActEndOfAll TogetherAct = "end"
)
