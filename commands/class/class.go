// Package class shows and changes the classes of a server: by options, by forms
// and by the buttons on their cards, and shows what became of their posts.
package class

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/draft"
	"unpinch/commands/gate"
	"unpinch/commands/input"
	"unpinch/commands/place"
	"unpinch/schedule"
	"unpinch/timetable"
)

// Bounds of a class.
const (
	titleMax   = timetable.MaxTitle // characters
	minutesMin = int(timetable.MinLength / time.Minute)
	minutesMax = int(timetable.MaxLength / time.Minute)
	leadMax    = int(timetable.MaxLead / time.Minute)
)

// lostKey is what is said where an answer got lost.
const lostKey = "class.lost"

// Needs are what the room is made of.
type Needs struct {
	Store   Store
	Members Members
	Zones   *schedule.Zones
	Now     func() time.Time
	Kick    func() // tells the engine that the timetable has changed
	// Access says what the bot may do in a channel of a server, and RoleReach
	// whom a ping of a role reaches; nil where nobody can tell.
	Access    func(ctx context.Context, guildID, channelID string) (bot.ChannelValue, error)
	RoleReach func(ctx context.Context, guildID, roleID string) (bot.RoleReach, error)
	// Standing says what a user may do in a server, and Channels which channels that
	// has; nil where nobody can tell.
	Standing func(ctx context.Context, guildID, userID string) (bot.Standing, error)
	Channels func(ctx context.Context, guildID, userID string) ([]bot.ChannelValue, error)
	Look     Look
	// ReadBack says line by line what is read of a workout, or refuses it.
	ReadBack func(req *bot.Request, text string) (string, error)
	Gate     gate.Gate
	Pictures bool
	// File answers the buttons below what a file would change.
	File func(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error)
}

// A Store keeps classes and what became of their posts.
type Store interface {
	place.Places
	draft.Store
	startStore
	wholeStore
	workoutStore
	eventStore
	record
	ledger
}

// Members has what members set, and who follows a class.
type Members interface {
	memberZones
	place.Followers
}

// A Room is what class offers.
type Room struct {
	Components []bot.Component
	contracts  contracts
	lines      lines
	subs       []bot.Command
}

// New returns the room.
func New(n Needs) Room {
	atlas := input.Atlas{Zones: n.Zones, Now: n.Now}
	finder, saved, looks := place.Finder{Store: n.Store}, classes{n.Store}, face{atlas}
	desk := draft.Desk{Store: n.Store, Zones: n.Zones, Now: n.Now, Kick: n.Kick, Gate: n.Gate}
	contracts := contracts{desk, saved, finder, n.Members, reach{n.Access, n.RoleReach}, looks, atlas, pastes{input.NewTyped(n.Now)}}
	changing := changing{saved, looks, n.Kick}
	whole, starts := whole{changing, n.Store}, starts{changing, n.Store, n.Members}
	list, history := list{finder, n.Store, atlas}, history{finder, saved, n.Store, n.Store, atlas}
	timing := timing{atlas}
	changes := changes{finder, saved, n.Store, n.Store, n.Zones, n.Now}
	edits := edits{saved, contracts, timing, changes}
	typed := input.NewTyped(n.Now)
	workouts := workouts{changing, n.Store, typed, n.ReadBack}
	forms := forms{whole, starts, editForm{edits, desk}, workouts}
	many := lines{finder, contracts, typed}
	add := newAdding(finder, contracts, timing, many)
	edit := newEditing(edits, list)
	week := week{list, n.Pictures}
	turner := turner{week, list, history, saver{contracts, looks, changes}, changing, n.File, actsOf(whole, starts, edits, workouts, events{changing, n.Store})}
	listing := newListing(week)
	far := far{saved, n.Store, n.Standing, n.Now}
	question := asked{far, edits, forms, n.Channels}
	private := []bot.Component{
		bot.Handle(button.ChangesID, bot.Update, far.from(changes.turn)),
		bot.Handle(button.ClassID, bot.Update, far.from(turner.turn)).Saving(lostKey),
		bot.Handle(button.ClassKeepID, bot.Update, far.from(contracts.answer)),
		bot.Handle(button.ClassLookID, bot.NewPrivate, far.from(preview{saved, desk, n.Look}.show)),
		bot.Handle(button.ClassFormID, bot.OpenModal, far.from(forms.open)),
		bot.Handle(button.ClassSetID, bot.Update, far.from(forms.sent)).Saving(lostKey),
		bot.Handle(button.AskSetID, bot.Update, question.set),
		bot.Handle(button.ClassManyID, bot.OpenModal, many.ofPlace),
		bot.Handle(button.LinesFormID, bot.OpenModal, many.again),
		bot.Handle(button.LinesSetID, bot.Update, many.sent),
		bot.Handle(button.LinesNewID, bot.NewPrivate, many.sent),
		bot.Handle(button.TimetableID, bot.Update, many.turn),
		bot.Handle(button.TimetableFormID, bot.OpenModal, many.rest),
		bot.Handle(button.TimetableSetID, bot.Update, many.mended),
	}
	for i := range private {
		private[i].OwnerOnly = true
	}
	mend := bot.Handle(button.MendID, bot.NewPrivate, mending{n.Store, n.Store, n.Now, n.Kick}.press).Saving(lostKey)
	public := []bot.Component{mend, // a DM has no owner
		bot.Handle(button.AskFormID, bot.OpenModal, question.form),
		bot.Handle(button.AskSentID, bot.NewPrivate, question.sent).Saving(lostKey),
		bot.Handle(button.AskID, bot.NewPrivate, question.open),
	}
	return Room{append(private, public...), contracts, many,
		[]bot.Command{add.command(), edit.command(), listing.command(),
			{Name: "history", About: "class.history.about", Answer: bot.NewPrivate,
				Run: func(ctx context.Context, req *bot.Request) (bot.Reply, error) { return history.show(ctx, req, 0, 1) }}}}
}

// Forget drops what a user typed into forms, or pasted, from memory.
func (r Room) Forget(userID string) {
	r.contracts.pastes.typed.Forget(userID)
	r.lines.typed.Forget(userID)
}

// Command returns /class, with the parts of it that other rooms have. They exist
// for whole commands only, so that who may change is checked in the handlers, at
// every press.
func (r Room) Command(closed, file bot.Command) bot.Command {
	add, edit, list, history := r.subs[0], r.subs[1], r.subs[2], r.subs[3]
	return bot.Command{Name: "class", About: "class.about", Where: []bot.Context{bot.InServer}, Install: []bot.Install{bot.ForServer},
		Subs: []bot.Command{add, edit, list, closed, history, file}}
}

// Draft keeps drafts of classes that the reader may add, if there is room for
// them, and shows what they would do.
func (r Room) Draft(ctx context.Context, req *bot.Request, drafts []schedule.Series) (bot.Reply, error) {
	return r.contracts.Draft(ctx, req, drafts)
}

// title reads a class's title.
func title(text string) (string, error) {
	text = strings.Join(strings.Fields(text), " ")
	if n := utf8.RuneCountInString(text); n > titleMax {
		return "", &bot.UserError{Key: "class.title_long", Args: bot.Args{"Seen": n}}
	}
	return text, nil
}
