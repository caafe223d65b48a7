package button

import "unpinch/bot"

// StartHereID stands on the card that everyone starts from, for as long as the
// card does. All of its buttons bear this one name, so that logs don't tell
// what was opened.
var StartHereID = bot.NewID[StartWhat]("starthere1")

// A StartWhat is what a button on that card opens.
type StartWhat string

// What the buttons on that card open.
const (
	StartCheck     StartWhat = "check"
	StartSwap      StartWhat = "swap"
	StartStretch   StartWhat = "stretch"
	StartReminders StartWhat = "reminders"
)

// HelpID stands on the cards of /help, and leads from one to the other.
var HelpID = bot.NewID[HelpView]("help1")

// A HelpView is a card of /help.
type HelpView string

// The cards of /help.
const (
	HelpJobs HelpView = "jobs" // what people come for
	HelpAll  HelpView = "all"  // every command, and the rules
)
