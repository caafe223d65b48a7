package button

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"unpinch/bot"
)

// The IDs of the card of one's own routine, of its form, and of what comes
// back from that.
var (
	OwnID     = bot.NewID[OwnStep]("own1")
	OwnFormID = bot.NewID[OwnStep]("ownform1")
	OwnSetID  = bot.NewID[OwnStep]("ownset1")
)

// A OwnStep is a press on the card of one's own routine.
type OwnStep string

const (
	OwnShow    OwnStep = "show"
	OwnAsk     OwnStep = "ask"   // the consent card
	OwnAgree   OwnStep = "agree" // and show
	OwnSure    OwnStep = "sure"  // ask before deleting
	OwnDelete  OwnStep = "delete"
	OwnNames   OwnStep = "names"   // of the drills there are
	OwnSources OwnStep = "sources" // that the drills rest on
)

// MarshalText returns the step's name.
func (s OwnStep) MarshalText() ([]byte, error) { return []byte(s), nil }

// UnmarshalText reads a step's name.
func (s *OwnStep) UnmarshalText(text []byte) error {
	switch step := OwnStep(text); step {
	case OwnShow, OwnAsk, OwnAgree, OwnSure, OwnDelete, OwnNames, OwnSources:
		*s = step
		return nil
	}
	return errors.New("no such step")
}

// ProgressID carries what a button on the card of one's progress does.
var ProgressID = bot.NewID[ProgressStep]("progress1")

// A ProgressStep is a press on the card of one's progress.
type ProgressStep string

const (
	ProgressShow  ProgressStep = "show"
	ProgressCount ProgressStep = "count" // today; asks for consent first
	ProgressAgree ProgressStep = "agree" // and count today
	ProgressBack  ProgressStep = "back"  // take today back
)

// MarshalText returns the step's name.
func (s ProgressStep) MarshalText() ([]byte, error) { return []byte(s), nil }

// UnmarshalText reads a step's name.
func (s *ProgressStep) UnmarshalText(text []byte) error {
	switch step := ProgressStep(text); step {
	case ProgressShow, ProgressCount, ProgressAgree, ProgressBack:
		*s = step
		return nil
	}
	return errors.New("no such step")
}

// The IDs of the card of one's settings, of its forms, and of what comes back
// from them.
var (
	SettingsID     = bot.NewID[MeStep]("settings1")
	SettingsFormID = bot.NewID[MeStep]("settingsform1")
	SettingsSetID  = bot.NewID[MeStep]("settingsset1")
)

// The IDs of the cards of one's reminders, of the form, and of what comes back
// from it.
var (
	RemindersID     = bot.NewID[MeStep]("reminders1")
	RemindersFormID = bot.NewID[MeStep]("remindersform1")
	RemindersSetID  = bot.NewID[MeStep]("remindersset1")
)

// PauseMeID carries what a button on the card of one's pause does.
var PauseMeID = bot.NewID[MeStep]("pauseme1")

// NudgeID is the one ID of every button that asks for a nudge, wherever it
// stands: what is kept, logged and counted of a press is the same for all.
var NudgeID = bot.NewID[NudgeDays]("nudge1")

// NudgeSetID carries what a button on a card that answers such a press does.
var NudgeSetID = bot.NewID[MeStep]("nudgeset1")

// NudgeDays is in how many days a nudge comes.
type NudgeDays int

// NudgeChoices are the days that can be asked for.
func NudgeChoices() []NudgeDays { return []NudgeDays{2, 7, 14} }

// MarshalText returns the number.
func (n NudgeDays) MarshalText() ([]byte, error) { return []byte(strconv.Itoa(int(n))), nil }

// UnmarshalText reads a number that can be asked for.
func (n *NudgeDays) UnmarshalText(text []byte) error {
	days, err := strconv.Atoi(string(text))
	if err != nil || !slices.Contains(NudgeChoices(), NudgeDays(days)) || strconv.Itoa(days) != string(text) {
		return errors.New("no days that can be asked for")
	}
	*n = NudgeDays(days)
	return nil
}

// NotifyMeID carries what a control on the card of one's notices does.
var NotifyMeID = bot.NewID[MeStep]("notifyme1")

// ConsentID carries the step of the consent card that a button leads to.
var ConsentID = bot.NewID[ConsentStep]("consent1")

// A ConsentStep is what a member decides on the consent card.
type ConsentStep string

const (
	ConsentAsk    ConsentStep = "ask"
	ConsentYes    ConsentStep = "yes"
	ConsentNo     ConsentStep = "no"
	ConsentForget ConsentStep = "forget"
)

// MarshalText returns the step's name.
func (s ConsentStep) MarshalText() ([]byte, error) { return []byte(s), nil }

// UnmarshalText reads a step's name.
func (s *ConsentStep) UnmarshalText(text []byte) error {
	switch step := ConsentStep(text); step {
	case ConsentAsk, ConsentYes, ConsentNo, ConsentForget:
		*s = step
		return nil
	}
	return errors.New("no such step")
}

// A MeStep is what a control on a card of the member's own does, and to what, as
// "stop/42". Whether there is such an act is for its handler to say.
type MeStep struct {
	Act string
	Arg string // "" for none
}

// MarshalText returns the act, with the argument after a slash where there is
// one.
func (s MeStep) MarshalText() ([]byte, error) {
	if s.Arg == "" {
		return []byte(s.Act), nil
	}
	return []byte(s.Act + "/" + s.Arg), nil
}

// UnmarshalText reads what MarshalText wrote.
func (s *MeStep) UnmarshalText(text []byte) error {
	s.Act, s.Arg, _ = strings.Cut(string(text), "/")
	if s.Act == "" {
		return errors.New("no act")
	}
	return nil
}

// EasyID carries what a member does on the card of what to keep low.
var EasyID = bot.NewID[EasyStep]("easy1")

// An EasyStep is one control of that card.
type EasyStep string

const (
	EasyPick  EasyStep = "pick" // the select; its values are what to keep low
	EasyRenew EasyStep = "renew"
	EasyClear EasyStep = "clear"
)

// MarshalText returns the step's name.
func (s EasyStep) MarshalText() ([]byte, error) { return []byte(s), nil }

// UnmarshalText reads a step's name.
func (s *EasyStep) UnmarshalText(text []byte) error {
	switch step := EasyStep(text); step {
	case EasyPick, EasyRenew, EasyClear:
		*s = step
		return nil
	}
	return errors.New("no such step")
}
