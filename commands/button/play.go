package button

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"unpinch/bot"
	"unpinch/content"
)

// The IDs of what stands on the cards of a channel's player.
var (
	StartID    = bot.NewID[StartState]("togetherstart1") // on the private card before it
	TogetherID = bot.NewID[TogetherState]("together1")   // on the channel's card, for everybody
)

// StartState is which routine starts in how many minutes.
type StartState struct {
	Routine string
	Minutes int
}

// MarshalText returns the state as "routine/minutes".
func (s StartState) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%s/%d", s.Routine, s.Minutes), nil
}

// UnmarshalText reads what MarshalText wrote.
func (s *StartState) UnmarshalText(text []byte) error {
	routine, minutes, _ := strings.Cut(string(text), "/")
	n, err := strconv.Atoi(minutes)
	*s = StartState{routine, n}
	return err
}

// A TogetherAct is what a button on a channel's card does.
type TogetherAct string

const (
	ActIn       TogetherAct = "in"
	ActStandby  TogetherAct = "pause"
	ActGoOn     TogetherAct = "on"
	ActEndOfAll TogetherAct = "end"
)

// TogetherState says what a button does to which player.
type TogetherState struct {
	Act TogetherAct
	ID  string
}

// MarshalText returns the state as "act/id".
func (s TogetherState) MarshalText() ([]byte, error) {
	return []byte(string(s.Act) + "/" + s.ID), nil
}

// UnmarshalText reads what MarshalText wrote.
func (s *TogetherState) UnmarshalText(text []byte) error {
	act, id, ok := strings.Cut(string(text), "/")
	if !ok {
		return errors.New("want act/id")
	}
	*s = TogetherState{TogetherAct(act), id}
	return nil
}

// A ReadView is what can be read beside a player.
type ReadView string

const (
	ReadText    ReadView = "text"
	ReadSources ReadView = "sources"
	ReadSigns   ReadView = "signs"
)

// ReadState says what to read, and of which routine.
type ReadState struct {
	View    ReadView
	Routine string
}

// MarshalText returns the state as "view/routine".
func (s ReadState) MarshalText() ([]byte, error) {
	return []byte(string(s.View) + "/" + s.Routine), nil
}

// UnmarshalText reads what MarshalText wrote.
func (s *ReadState) UnmarshalText(text []byte) error {
	view, routine, ok := strings.Cut(string(text), "/")
	if !ok {
		return errors.New("want view/routine")
	}
	*s = ReadState{ReadView(view), routine}
	return nil
}

// OwnRoutine opens the presser's own routine.
const OwnRoutine = Routine(content.Mine)

// CalmRoutine is the gentle version of any other.
const CalmRoutine = Routine("calm-3")

// The IDs of what stands on the cards.
var (
	PlayID = bot.NewID[PlayState]("play1")     // a private player's card
	PickID = bot.NewID[PickState]("playpick1") // the choice of routines
	ReadID = bot.NewID[ReadState]("playread1") // something to read beside it
	OpenID = bot.NewID[Routine]("playopen1")   // a routine of one's own, from any card
)

// A PlayAct is what a button on a private player does.
type PlayAct string

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

// PlayState says what a button does, to which player, and on which card it
// stood.
type PlayState struct {
	Act  PlayAct
	ID   string
	Card int
}

// MarshalText returns the state as "act/card/id".
func (s PlayState) MarshalText() ([]byte, error) {
	return fmt.Appendf(nil, "%s/%d/%s", s.Act, s.Card, s.ID), nil
}

// UnmarshalText reads what MarshalText wrote. Whether act and player exist is
// for the handler to say.
func (s *PlayState) UnmarshalText(text []byte) error {
	parts := strings.SplitN(string(text), "/", 3)
	if len(parts) != 3 {
		return errors.New("want act/card/id")
	}
	n, err := strconv.Atoi(parts[1])
	*s = PlayState{PlayAct(parts[0]), parts[2], n}
	return err
}

// A Routine names a routine of the content.
type Routine string

// MarshalText returns the name.
func (r Routine) MarshalText() ([]byte, error) { return []byte(r), nil }

// UnmarshalText reads it.
func (r *Routine) UnmarshalText(text []byte) error {
	*r = Routine(text)
	return nil
}

// PickState says for whom a routine is picked.
type PickState string

const (
	PickOwn      PickState = "own"
	PickTogether PickState = "together"
)

// MarshalText returns the word.
func (s PickState) MarshalText() ([]byte, error) { return []byte(s), nil }

// UnmarshalText reads it.
func (s *PickState) UnmarshalText(text []byte) error {
	*s = PickState(text)
	return nil
}
