// Package commands holds the features: their definitions, handlers and
// buttons. Their words are in content. It knows content and bot, and neither
// Discord's library nor SQL.
package commands

import (
	"context"
	"time"

	"unpinch/bot"
	"unpinch/content"
)

// Deps are what the features need.
type Deps struct {
	Content  *content.Library
	People   People
	Operator Operator
	Now      func() time.Time
}

// People is what is kept about members. Nothing is, before Agree.
type People interface {
	// Consent returns the version of the consent text a member agreed to and
	// when; version 0 is no consent.
	Consent(ctx context.Context, userID string) (version int, at time.Time, err error)
	// Agree keeps the member's consent, with the statement of age that is part
	// of it.
	Agree(ctx context.Context, userID string, version int, locale string, at time.Time) error
	// Export returns all that is kept about the member, as JSON.
	Export(ctx context.Context, userID string) ([]byte, error)
	// Forget deletes all that is kept about the member and returns how many
	// rows that was.
	Forget(ctx context.Context, userID string) (rows int, err error)
}

// An Operator runs this bot and answers for it.
type Operator struct {
	Name       string
	Contact    string // an address or a handle, as people should use it
	PrivacyURL string // "" for none
}

// All returns every command and every component. A new feature is one line
// here.
func All(d Deps) (commands []bot.Command, components []bot.Component) {
	for _, feature := range []func(Deps) (bot.Command, []bot.Component){
		pinched,
		me,
	} {
		c, parts := feature(d)
		commands, components = append(commands, c), append(components, parts...)
	}
	return commands, components
}

// The accents of cards. A colour never says anything that the words don't.
const (
	accentCalm = 0x2A9D8F
	accentRead = 0xE9B44C
	accentStop = 0xC8553D
)

// defaultLocale is the language of what is not said to one reader, such as the
// choices registered with a command.
const defaultLocale = "en"

// args names the values of a sentence.
type args = map[string]any
