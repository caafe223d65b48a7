package button

import "unpinch/bot"

// StartHereID stands on the card that everyone starts from, for as long as the
// card does. All of its buttons bear this one name, so that logs don't tell
// what was opened.
var StartHereID = bot.NewID[StartWhat]("starthere1")

// A StartWhat is what a button on that card opens.
type StartWhat string

const (
	StartCheck     StartWhat = "check"
	StartSwap      StartWhat = "swap"
	StartStretch   StartWhat = "stretch"
	StartReminders StartWhat = "reminders"
)

// MarshalText returns the word.
func (w StartWhat) MarshalText() ([]byte, error) { return []byte(w), nil }

// UnmarshalText reads it. Whether there is such a thing is for the handler to
// say.
func (w *StartWhat) UnmarshalText(text []byte) error {
	*w = StartWhat(text)
	return nil
}
