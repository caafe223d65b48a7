// Package commands holds the features: their definitions, handlers and
// buttons. Their words are in content. It knows content and bot, and neither
// Discord's library nor SQL.
package commands

import (
	"context"
	"time"

	"unpinch/bot"
	"unpinch/content"
	"unpinch/figure"
	"unpinch/schedule"
)

// Deps are what the features need.
type Deps struct {
	Content  *content.Library
	People   People
	Training Training
	Classes  Timetable
	Players  Players
	Zones    *schedule.Zones
	Operator Operator
	Figures  *figure.Album // nil for cards without pictures
	Now      func() time.Time
	Kick     func() // tells the engine that the timetable or a player has changed
	// Settle returns when no card of a player is on its way.
	Settle func(ctx context.Context, playerID string)
}

// People is what is kept about members. Nothing is, before Agree.
type People interface {
	// Consent returns the version of the consent text a member agreed to and
	// when; version 0 is no consent.
	Consent(ctx context.Context, userID string) (version int, at time.Time, err error)
	// Agree keeps the member's consent, with the statement of age that is part
	// of it.
	Agree(ctx context.Context, userID string, version int, locale string, at time.Time) error
	// Easy returns what the member keeps low in training at an instant, and
	// until when; nothing when that is over.
	Easy(ctx context.Context, userID string, now time.Time) (less []string, until time.Time, err error)
	// SetEasy keeps that in place of what was kept before. The member must have
	// agreed.
	SetEasy(ctx context.Context, userID string, less []string, until time.Time) error
	// Export returns all that is kept about the member, as JSON.
	Export(ctx context.Context, userID string) ([]byte, error)
	// Forget deletes all that is kept about the member and returns how many
	// rows that was.
	Forget(ctx context.Context, userID string) (rows int, err error)
}

// Training is what members who agreed have kept of their training. What would
// be kept of anyone else is not: then kept is false.
type Training interface {
	// MemberZone returns the zone that a member has chosen, "" for none.
	MemberZone(ctx context.Context, userID string) (zone string, err error)
	// CountDay makes sure that a day has a session.
	CountDay(ctx context.Context, userID string, day schedule.Date) (kept bool, err error)
	// ClearDay takes a day's sessions back.
	ClearDay(ctx context.Context, userID string, day schedule.Date) error
	// Sessions returns how many sessions each day from first to last had; days
	// without any are left out.
	Sessions(ctx context.Context, userID string, first, last schedule.Date) (map[schedule.Date]int, error)
	// OwnRoutine returns the lines of the member's own routine.
	OwnRoutine(ctx context.Context, userID string) ([]content.OwnEntry, error)
	// SaveOwnRoutine keeps lines in place of those from before; none deletes
	// the routine.
	SaveOwnRoutine(ctx context.Context, userID string, entries []content.OwnEntry) (kept bool, err error)
}

// A Timetable keeps places, their classes and what became of their posts.
type Timetable interface {
	// Places returns a server's places, oldest first.
	Places(ctx context.Context, guildID string) ([]schedule.Place, error)
	// SavePlace adds or changes a place. It is schedule.ErrPlaceName when the
	// server has another of that name.
	SavePlace(ctx context.Context, p schedule.Place, now time.Time) (id int64, err error)
	// Listings returns a server's saved classes, oldest first.
	Listings(ctx context.Context, guildID string) ([]schedule.Listing, error)
	// Listing returns a class or draft. Like all that name one, it is
	// schedule.ErrNoClass when it isn't there.
	Listing(ctx context.Context, id int64) (schedule.Listing, error)
	AddDraft(ctx context.Context, l schedule.Listing) (id int64, err error)
	ChangeDraft(ctx context.Context, l schedule.Listing) error
	// SaveDraft makes a class of a draft whose time isn't over.
	SaveDraft(ctx context.Context, id int64, now time.Time) error
	// Skip leaves out the start that the rule planned for an instant.
	Skip(ctx context.Context, classID int64, planned time.Time) error
	// Pause leaves out the starts before a day; the zero day ends a pause.
	Pause(ctx context.Context, classID int64, until schedule.Date) error
	// Mend lets the posts of a broken class, and of others in its channel, go
	// out again. A class that is gone is no error.
	Mend(ctx context.Context, classID int64) error
	Remove(ctx context.Context, classID int64, now time.Time) error
	PostNow(ctx context.Context, l schedule.Listing, now time.Time) error
	// History returns posts, the latest due first; of all classes when classID
	// is 0.
	History(ctx context.Context, guildID string, classID int64, limit, offset int) ([]schedule.Occurrence, error)
	// Occurrence is schedule.ErrNoOccurrence when it isn't there.
	Occurrence(ctx context.Context, id int64) (schedule.Occurrence, error)
	// Done counts a press and returns the count.
	Done(ctx context.Context, occurrenceID int64) (count int, err error)
}

// Players keeps the routines that are being followed.
type Players interface {
	// PlayerOf returns a member's own player. Like all that look for one, it is
	// schedule.ErrNoPlayer when it isn't there.
	PlayerOf(ctx context.Context, userID string) (schedule.Player, error)
	PlayerIn(ctx context.Context, channelID string) (schedule.Player, error)
	PlayerByID(ctx context.Context, id string) (schedule.Player, error)
	// StartPlayer keeps a new player in place of the member's last. It is
	// schedule.ErrChannelTaken when the channel follows another.
	StartPlayer(ctx context.Context, p schedule.Player, now time.Time) error
	// MovePlayer writes what a press did, or is schedule.ErrPlayerMoved when the
	// player has changed since it was read.
	MovePlayer(ctx context.Context, p schedule.Player, now time.Time) error
	// JoinPlayer counts one more who is in and has the card drawn again.
	JoinPlayer(ctx context.Context, id string, now, redraw time.Time) (count int, err error)
	// Together reports whether a server's channels may follow together.
	Together(ctx context.Context, guildID string) (on bool, err error)
	SetTogether(ctx context.Context, guildID string, on bool) error
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
		modify,
		stretch,
		learn,
		setup,
		class,
		me,
	} {
		c, parts := feature(d)
		commands, components = append(commands, c), append(components, parts...)
	}
	return append(commands, help(d, commands)), components
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
