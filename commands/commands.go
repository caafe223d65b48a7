// Package commands holds the features: their definitions, handlers and
// buttons. Their words are in content. It knows content and bot, and neither
// Discord's library nor SQL.
package commands

import (
	"context"
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/content"
	"unpinch/delivery"
	"unpinch/figure"
	"unpinch/schedule"
)

// Deps are what the features need.
type Deps struct {
	Content  *content.Library
	People   People
	Training Training
	Classes  Timetable
	Notices  Notices
	Players  Players
	Zones    *schedule.Zones
	Operator card.Operator
	Figures  *figure.Album // nil for cards without pictures
	Now      func() time.Time
	Kick     func() // tells the engine that the timetable or a player has changed
	// Publish posts a message that belongs to no occurrence and no player. A
	// second one of the same nonce within a few minutes is the first.
	Publish func(ctx context.Context, channelID, nonce string, reply bot.Reply) (messageID string, err error)
	// Settle returns when no card of a player is on its way.
	Settle func(ctx context.Context, playerID string)
	// Access says what the bot may do in a channel of a server, and RoleReach
	// whom a ping of a role reaches; nil where nobody can tell.
	Access    func(ctx context.Context, guildID, channelID string) (bot.ChannelValue, error)
	RoleReach func(ctx context.Context, guildID, roleID string) (bot.RoleReach, error)
	// Fetch reads a file that a user handed over, of at most so many bytes.
	Fetch func(ctx context.Context, file bot.AttachmentValue, most int) ([]byte, error)
}

// atlas finds zones and countries.
func (d Deps) atlas() input.Atlas {
	return input.Atlas{Zones: d.Zones, Numbers: d.Content.Numbers(), Now: d.Now}
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

// A Timetable keeps places, their classes and what became of their posts. Each
// change is kept with who made it and when.
type Timetable interface {
	// Places returns a server's places, oldest first.
	Places(ctx context.Context, guildID string) ([]schedule.Place, error)
	// SavePlace adds or changes a place. It is schedule.ErrPlaceName when the
	// server has another of that name, and schedule.ErrFull when it has too many.
	SavePlace(ctx context.Context, p schedule.Place, by schedule.By) (id int64, err error)
	// ClosedDays returns the days on which a place is closed, earliest first.
	ClosedDays(ctx context.Context, placeID int64) ([]schedule.Date, error)
	// CloseDays also replaces the posts that are out for the rest of today, if end
	// is when that is over, and tells people; OpenDays has the posts say again
	// what they did.
	CloseDays(ctx context.Context, placeID int64, days []schedule.Date, end time.Time, by schedule.By, tell ...schedule.Occurrence) error
	OpenDays(ctx context.Context, placeID int64, days []schedule.Date, end time.Time, by schedule.By) error
	// Weeklies returns the weekly posts that are turned on at a place.
	Weeklies(ctx context.Context, placeID int64) ([]schedule.Series, error)
	// SetWeekly turns a weekly post on, or off when the rule of l is zero.
	SetWeekly(ctx context.Context, s schedule.Series, by schedule.By) error
	// Changes returns what was changed, the latest first; of all when classID is
	// 0.
	Changes(ctx context.Context, guildID string, classID int64, limit, offset int) ([]schedule.Change, error)

	// SeriesOf returns a server's saved classes and desk breaks, oldest first.
	SeriesOf(ctx context.Context, guildID string) ([]schedule.Series, error)
	// Series returns a class or draft. Like all that name one, it is
	// schedule.ErrNoClass when it isn't there.
	Series(ctx context.Context, id int64) (schedule.Series, error)
	// AddDrafts keeps drafts in place of those of an earlier batch, 0 for none.
	AddDrafts(ctx context.Context, earlier int64, drafts []schedule.Series) (batch int64, err error)
	// Drafts returns a batch whose time isn't over, or schedule.ErrNoClass.
	Drafts(ctx context.Context, batch int64, now time.Time) ([]schedule.Series, error)
	// SaveDrafts adds, changes and removes classes as a batch says, all or none.
	// It is schedule.ErrFull for one class too many, and schedule.ErrChanged when
	// someone changed one since.
	SaveDrafts(ctx context.Context, batch int64, by schedule.By) (ids []int64, err error)
	// AddBatch keeps drafts, and what changes beside them, until an instant;
	// ApplyBatch makes all of that, or nothing.
	AddBatch(ctx context.Context, drafts []schedule.Series, changes []schedule.BatchChange, until time.Time) (schedule.Batch, error)
	BatchChanges(ctx context.Context, batch int64, now time.Time) ([]schedule.BatchChange, error)
	ApplyBatch(ctx context.Context, b schedule.Batch, changes []schedule.BatchChange, by schedule.By) error
	// Skip leaves out a start, and replaces the post that is out; Unskip takes
	// that back.
	Skip(ctx context.Context, classID int64, start schedule.Start, by schedule.By) error
	Unskip(ctx context.Context, classID int64, planned time.Time, by schedule.By) error
	// Cancel is Skip, and tells people, each not before an instant.
	Cancel(ctx context.Context, s schedule.Series, start schedule.Start, tell map[string]time.Time, by schedule.By) error
	// Move has a start take place at another instant, once.
	Move(ctx context.Context, classID int64, start schedule.Start, to time.Time, by schedule.By) error
	// Pause leaves out the starts before a day; the zero day ends a pause.
	Pause(ctx context.Context, classID int64, until schedule.Date, by schedule.By) error
	// Mend lets the posts of a broken class, and of others in its channel, go
	// out again. A class that is gone is no error.
	Mend(ctx context.Context, classID int64, by schedule.By) error
	Remove(ctx context.Context, classID int64, by schedule.By) error
	// TakeOver makes who does it hear of a class's troubles, or of all classes at
	// its place that are the same person's.
	TakeOver(ctx context.Context, classID int64, all bool, by schedule.By) error
	PostNow(ctx context.Context, s schedule.Series, by schedule.By) error

	// History returns posts, the latest due first; of all classes when classID
	// is 0.
	History(ctx context.Context, guildID string, classID int64, limit, offset int) ([]schedule.Occurrence, error)
	// Occurrence is schedule.ErrNoOccurrence when it isn't there.
	Occurrence(ctx context.Context, id int64) (schedule.Occurrence, error)
	// Press counts a press of a post's button, and with done one more who did
	// its routine, and returns how many did.
	Press(ctx context.Context, occurrenceID int64, done bool, now time.Time) (count int, err error)
	// Recap adds up a place's posts from an instant up to another.
	Recap(ctx context.Context, placeID int64, from, to time.Time) (posts, done, people int, err error)
}

// Notices keeps what goes to members in DMs because they asked for it. Only who
// agreed has any: it is schedule.ErrNoMember for others.
type Notices interface {
	Member(ctx context.Context, userID string) (schedule.Member, error)
	// SetMember keeps a member's settings, all but DMsClosed. None of their nudges
	// comes before first.
	SetMember(ctx context.Context, m schedule.Member, first, now time.Time) error
	// TryDMs lets DMs go out again to whom one was refused.
	TryDMs(ctx context.Context, userID string) error
	// TellClosedDM reports whether a refused DM is to be told of, once.
	TellClosedDM(ctx context.Context, userID string, now time.Time) (untold bool, err error)

	// Follow is schedule.ErrFull for one too many. A DM confirms it.
	Follow(ctx context.Context, f schedule.Follow, confirm schedule.Series, now time.Time) error
	Follows(ctx context.Context, userID string) ([]schedule.Follow, error)
	// Unfollow ends one of the member's own, or all with 0.
	Unfollow(ctx context.Context, userID string, id int64) error
	// UnfollowClass ends all that count for a class.
	UnfollowClass(ctx context.Context, userID string, classID int64) error
	// Quiet keeps DMs of what counts for a class away until an instant.
	Quiet(ctx context.Context, userID string, classID int64, until time.Time) error
	// Snooze has a notice come again, once: in place of one that waits already.
	Snooze(ctx context.Context, o schedule.Occurrence, at time.Time) error
	// Followers returns who follows a class that starts then, on its own clock.
	Followers(ctx context.Context, s schedule.Series, start time.Time) ([]schedule.Follower, error)

	// AddReminder keeps a member's own rule; schedule.ErrFull for one too many.
	AddReminder(ctx context.Context, userID string, rule schedule.Rule, zone, routine string, now time.Time) (id int64, err error)
	Reminders(ctx context.Context, userID string) ([]schedule.Series, error)
	DropReminder(ctx context.Context, userID string, id int64) error
	PauseReminder(ctx context.Context, userID string, id int64, until schedule.Date) error
	// AddNudge has one DM come; schedule.ErrFull for one too many.
	AddNudge(ctx context.Context, userID string, at time.Time) error
	Nudges(ctx context.Context, userID string) ([]time.Time, error)
	DropNudges(ctx context.Context, userID string) error
}

// Players keeps the routines that are being followed.
type Players interface {
	// PlayerOf returns a member's own player. Like all that look for one, it is
	// schedule.ErrNoPlayer when it isn't there.
	PlayerOf(ctx context.Context, userID string) (delivery.Player, error)
	PlayerIn(ctx context.Context, channelID string) (delivery.Player, error)
	PlayerByID(ctx context.Context, id string) (delivery.Player, error)
	// StartPlayer keeps a new player in place of the member's last. It is
	// schedule.ErrChannelTaken when the channel follows another.
	StartPlayer(ctx context.Context, p delivery.Player, now time.Time) error
	// MovePlayer writes what a press did, or is schedule.ErrPlayerMoved when the
	// player has changed since it was read.
	MovePlayer(ctx context.Context, p delivery.Player, now time.Time) error
	// JoinPlayer counts one more who is in and has the card drawn again.
	JoinPlayer(ctx context.Context, id string, now, redraw time.Time) (count int, err error)
	// Together reports whether a server's channels may follow together.
	Together(ctx context.Context, guildID string) (on bool, err error)
	SetTogether(ctx context.Context, guildID string, on bool) error
}

// All returns every command and every component. A new feature is one line
// here.
func All(d Deps) (commands []bot.Command, components []bot.Component) {
	add := func(feature func(Deps) (bot.Command, []bot.Component)) {
		c, parts := feature(d)
		commands, components = append(commands, c), append(components, parts...)
	}
	add(pinched)
	add(modify)
	add(stretch)
	add(learn)
	cmds, parts := timetables(d)
	commands, components = append(commands, cmds...), append(components, parts...)
	add(me)
	components = append(components, myth(d)...) // posts and DMs alone lead to these
	components = append(components, notify(d)...)
	commands = append(commands, help(d, commands))
	for i := range commands {
		d.tellsClosedDMs(&commands[i])
	}
	return commands, components
}
