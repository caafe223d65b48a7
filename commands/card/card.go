// Package card has what cards of several features share: how they begin and end,
// how sure they are, how they name classes, channels and instants.
package card

import "unpinch/bot"

// SelectMax is the most entries that a select can hold.
const SelectMax = 25

// Noted is a card's parts with a note below, if there is one.
func Noted(note string, parts ...bot.Part) []bot.Part {
	if note == "" {
		return parts
	}
	return append(parts, bot.Text(note))
}

// Calm is a card of these parts.
func Calm(parts ...bot.Part) bot.Reply {
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: AccentCalm, Parts: parts}}}
}

// An Operator runs this bot and answers for it.
type Operator struct {
	Name       string
	Contact    string // an address or a handle, as people should use it
	PrivacyURL string // "" for none
	TermsURL   string // likewise
}

// The accents of cards. A colour never says anything that the words don't.
const (
	AccentCalm = 0x2A9D8F
	AccentRead = 0xE9B44C
	AccentStop = 0xC8553D
)

// DefaultLocale is the language of what is not said to one reader, such as the
// choices registered with a command.
const DefaultLocale = "en"
