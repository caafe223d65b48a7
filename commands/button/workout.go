package button

import (
	"time"

	"unpinch/bot"
	"unpinch/content"
	"unpinch/schedule"
)

// The IDs that make the workout of a class easier: on its post, and on the private
// card that opens.
var (
	EasierID     = bot.NewID[EasierState]("easier1")
	EasierTurnID = bot.NewID[EasierState]("easierturn1")
)

// An EasierState names the workout of a start, and what to go easy on.
type EasierState struct {
	Class int64
	Start int64        // its slot, as StartOf has it
	Less  content.Less `state:"optional"`
	Page  int          `state:"optional"` // from 0
}

// StartOf is a slot as a number: its unix seconds, as if it were UTC's.
func StartOf(s schedule.Slot) int64 { return s.On(time.UTC).Unix() }

// SlotOf returns the slot that StartOf made a number of.
func SlotOf(n int64) schedule.Slot { return schedule.SlotOf(time.Unix(n, 0).UTC()) }
