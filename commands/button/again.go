package button

import "unpinch/bot"

// AgainID takes what a refusal offers in place of what was typed.
var AgainID = bot.NewID[AgainState]("again1")

// An AgainState names a refusal, by the request that it answered, and one of its
// offers.
type AgainState struct {
	Ref string
	N   int
}
