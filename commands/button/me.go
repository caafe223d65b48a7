package button

import (
	"errors"
	"slices"
	"strconv"

	"unpinch/bot"
)

// The IDs on the cards of a member's own.
var (
	ConsentID       = bot.NewID[ConsentStep]("consent1")
	ExportID        = bot.NewID[ExportStep]("export1") // a copy of all that is kept
	SettingsID      = bot.NewID[MeStep]("settings1")
	SettingsFormID  = bot.NewID[MeStep]("settingsform1")
	SettingsSetID   = bot.NewID[MeStep]("settingsset1")
	RemindersID     = bot.NewID[MeStep]("reminders1")
	RemindersFormID = bot.NewID[MeStep]("remindersform1")
	RemindersSetID  = bot.NewID[MeStep]("remindersset1")
	NotifyMeID      = bot.NewID[MeStep]("notifyme1")
	PauseMeID       = bot.NewID[MeStep]("pauseme1")
	EasyID          = bot.NewID[EasyStep]("easy1")
	EasyAgreeID     = bot.NewID[EasyWish]("easyagree1")
	ProgressID      = bot.NewID[ProgressStep]("progress1")
	OwnID           = bot.NewID[OwnStep]("own1") // of one's own routine
	OwnFormID       = bot.NewID[OwnStep]("ownform1")
	OwnSetID        = bot.NewID[OwnStep]("ownset1")
	OwnFixID        = bot.NewID[OwnFix]("ownfix1") // on the card of lines that can't be read
)

// A MeStep is what a control on a card of the member's own does, and to what, as
// "stop/42". Whether there is such an act is for its handler to say.
type MeStep struct {
	Act string
	Arg string `state:"rest,optional"`
}

// Valid reports whether there is an act.
func (s MeStep) Valid() bool { return s.Act != "" }

// A ConsentStep is what a member decides on the consent card.
type ConsentStep string

// What the buttons of the consent card do.
const (
	ConsentAsk    ConsentStep = "ask"
	ConsentYes    ConsentStep = "yes"
	ConsentNo     ConsentStep = "no"
	ConsentSure   ConsentStep = "sure" // ask before all is deleted
	ConsentForget ConsentStep = "forget"
)

// An ExportStep asks for a copy of what is kept.
type ExportStep string

// ExportAll is the only one.
const ExportAll ExportStep = "all"

// Valid reports whether it is that.
func (s ExportStep) Valid() bool { return s == ExportAll }

// Valid reports whether there is such a step.
func (s ConsentStep) Valid() bool {
	return slices.Contains([]ConsentStep{ConsentAsk, ConsentYes, ConsentNo, ConsentSure, ConsentForget}, s)
}

// An EasyStep is one control of the card of what to keep low.
type EasyStep string

// What the controls of that card do.
const (
	EasyPick  EasyStep = "pick" // the select; its values are what to keep low
	EasyRenew EasyStep = "renew"
	EasyClear EasyStep = "clear"
)

// Valid reports whether there is such a step.
func (s EasyStep) Valid() bool { return slices.Contains([]EasyStep{EasyPick, EasyRenew, EasyClear}, s) }

// An EasyWish is what was picked to be kept low before its member agreed, as
// content's set has it; 0 for nothing.
type EasyWish uint16

// A ProgressStep is a press on the card of one's progress.
type ProgressStep string

// What the buttons of that card do.
const (
	ProgressShow  ProgressStep = "show"
	ProgressCount ProgressStep = "count" // today; asks for consent first
	ProgressAgree ProgressStep = "agree" // and count today
	ProgressBack  ProgressStep = "back"  // take today back
)

// Valid reports whether there is such a step.
func (s ProgressStep) Valid() bool {
	return slices.Contains([]ProgressStep{ProgressShow, ProgressCount, ProgressAgree, ProgressBack}, s)
}

// An OwnStep is a press on the card of one's own routine.
type OwnStep string

// What the buttons of that card do.
const (
	OwnShow    OwnStep = "show"
	OwnAsk     OwnStep = "ask"   // the consent card
	OwnAgree   OwnStep = "agree" // and show
	OwnSure    OwnStep = "sure"  // ask before deleting
	OwnDelete  OwnStep = "delete"
	OwnNames   OwnStep = "names"   // of the drills there are
	OwnSources OwnStep = "sources" // that the drills rest on
	OwnSheet   OwnStep = "sheet"   // to print
)

// Valid reports whether there is such a step.
func (s OwnStep) Valid() bool {
	return slices.Contains([]OwnStep{OwnShow, OwnAsk, OwnAgree, OwnSure, OwnDelete, OwnNames, OwnSources, OwnSheet}, s)
}

// An OwnFix mends a line of those that were refused.
type OwnFix struct {
	Act  OwnFixAct
	Line int    // its first, as people count; 0 for the whole
	Of   string // what tells these lines from others
}

// An OwnFixAct is how a line is mended.
type OwnFixAct string

// How lines are mended.
const (
	OwnFixTake OwnFixAct = "take" // as proposed
	OwnFixPick OwnFixAct = "pick" // with the drill that was picked
	OwnFixOut  OwnFixAct = "out"  // by leaving it out
)

// Valid reports whether there is such an act.
func (f OwnFix) Valid() bool {
	return slices.Contains([]OwnFixAct{OwnFixTake, OwnFixPick, OwnFixOut}, f.Act) && f.Line >= 0 && f.Of != ""
}

// NudgeID asks for a nudge, from whatever card it stands on: what is kept,
// logged and counted of a press is the same for all.
var NudgeID = bot.NewID[NudgeDays]("nudge1")

// NudgeSetID carries what a button on a card that answers such a press does.
var NudgeSetID = bot.NewID[MeStep]("nudgeset1")

// NudgeDays is in how many days a nudge comes.
type NudgeDays int

// NudgeChoices are the days that can be asked for.
func NudgeChoices() []NudgeDays { return []NudgeDays{2, 7, 14} }

// UnmarshalText reads a number of days that can be asked for.
func (n *NudgeDays) UnmarshalText(text []byte) error {
	days, err := strconv.Atoi(string(text))
	if err != nil || !slices.Contains(NudgeChoices(), NudgeDays(days)) {
		return errors.New("no days that can be asked for")
	}
	*n = NudgeDays(days)
	return nil
}
