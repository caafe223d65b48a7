// Package post makes the messages that go out by themselves: posts in the
// channels of classes, and DMs to people who asked for them. It also answers the
// buttons on both.
package post

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/content"
	"unpinch/figure"
	"unpinch/schedule"
)

// Post returns one of these when there is nothing to send and never will be.
var (
	ErrFew    = errors.New("too few people took part")
	ErrMoot   = errors.New("there is nothing to tell any more")
	ErrRender = errors.New("the message can't be rendered")
)

// Classes holds what messages tell of.
type Classes interface {
	// Series returns a class, or schedule.ErrNoClass. Posted does too if it was
	// removed and its history is kept.
	Series(ctx context.Context, id int64) (schedule.Series, error)
	Posted(ctx context.Context, id int64) (schedule.Series, error)
	// SeriesOf returns a server's classes and desk breaks, oldest first.
	SeriesOf(ctx context.Context, guildID string) ([]schedule.Series, error)
	// History returns a class's posts, the latest due first.
	History(ctx context.Context, guildID string, classID int64, limit, offset int) ([]schedule.Occurrence, error)
	Workouts(ctx context.Context, classID int64) ([]schedule.Workout, error)
	// Recap adds up a place's posts from an instant up to another.
	Recap(ctx context.Context, placeID int64, from, to time.Time) (posts, done, people int, err error)
}

// Readers holds what DMs depend on.
type Readers interface {
	// Member returns a member, or schedule.ErrNoMember.
	Member(ctx context.Context, userID string) (schedule.Member, error)
	Follows(ctx context.Context, userID string) ([]schedule.Follow, error)
}

// MakerOptions is what a Maker needs.
type MakerOptions struct {
	Content *content.Library
	Zones   *schedule.Zones
	Album   *figure.Album // nil for posts without pictures
	Classes Classes
	Readers Readers
	// Claim returns the claim of the week that an instant is in, with its buttons.
	Claim func(locale string, at time.Time) []bot.Part
	Now   func() time.Time
}

// A Maker makes the messages of occurrences.
type Maker struct {
	lib     *content.Library
	zones   *schedule.Zones
	strips  strips
	classes Classes
	readers Readers
	claim   func(locale string, at time.Time) []bot.Part
	now     func() time.Time
}

// NewMaker returns a Maker.
func NewMaker(o MakerOptions) *Maker {
	return &Maker{lib: o.Content, zones: o.Zones, strips: strips{o.Content, o.Album}, classes: o.Classes, readers: o.Readers,
		claim: o.Claim, now: o.Now}
}

// How says how a message is made. The zero value is on time, with pictures.
type How struct {
	Late bool // it says when it was due
	Bare bool // it has no pictures, for channels where the bot may not send files
}

// A message is an occurrence with what it takes to say it in one language.
type message struct {
	lib    *content.Library
	locale string
	say    schedule.Say
	series schedule.Series
	clock  schedule.Recurrence // the series's
	zones  *schedule.Zones
	now    time.Time
	o      schedule.Occurrence
	// workout is what is pasted for the start; the zero Workout for nothing.
	workout schedule.Workout
}

// start is the occurrence's start on the series's clock.
func (m message) start() time.Time { return m.o.StartAt.In(m.clock.Zone) }

// became returns what has become of the occurrence's start.
func (m message) became() schedule.Start { return became(m.series, m.clock, m.o) }

// became returns what has become of the start of an occurrence.
func became(s schedule.Series, clock schedule.Recurrence, o schedule.Occurrence) schedule.Start {
	slot := o.Slot
	if slot.IsZero() { // of a row from before
		slot = clock.SlotTo(o.StartAt)
	}
	return s.Became(slot, clock)
}

// stands reports whether the start of an occurrence takes place as it was planned
// when that was made.
func stands(s schedule.Series, clock schedule.Recurrence, o schedule.Occurrence) bool {
	is := became(s, clock, o)
	return is.Off == "" && is.At.Equal(o.StartAt)
}

// Post returns the message of an occurrence; one that went out already reads as
// its state says. It returns schedule.ErrNoClass if the series is gone, ErrMoot
// if what the message would tell is over, ErrFew for a recap of too few people,
// and ErrRender if the series's clock is unknown.
func (m *Maker) Post(ctx context.Context, o schedule.Occurrence, how How) (bot.Reply, error) {
	reply, err := m.render(ctx, o, how)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("render a post: %w", err)
	}
	reply.Mark = MessageMark(o).Number
	return reply, nil
}

func (m *Maker) render(ctx context.Context, o schedule.Occurrence, how How) (bot.Reply, error) {
	var s schedule.Series
	if o.Kind != schedule.KindNudge { // a nudge belongs to no series
		read := m.classes.Series
		if o.MessageID != "" || o.Kind == schedule.KindOff {
			read = m.classes.Posted
		}
		var err error
		if s, err = read(ctx, o.ClassID); err != nil {
			return bot.Reply{}, err
		}
	}
	locale, err := m.locale(ctx, s, o)
	if err != nil {
		return bot.Reply{}, err
	}
	say := m.lib.In(locale)
	switch o.Kind { // these need no clock, which may be what is broken
	case schedule.KindNudge:
		return bot.Reply{Parts: []bot.Part{bot.Text(say("notify.nudge"))}}, nil
	case schedule.KindAlert, schedule.KindLog:
		return m.alert(ctx, say, s, o)
	}
	msg, err := m.message(locale, s, o)
	if err != nil {
		return bot.Reply{}, err
	}
	switch o.Kind {
	case schedule.KindNotice, schedule.KindConfirm, schedule.KindOff, schedule.KindReminder, schedule.KindAsk:
		return m.direct(ctx, msg)
	case schedule.KindMyth:
		return m.claimOfWeek(msg), nil
	case schedule.KindRecap:
		return m.recap(ctx, msg)
	}
	return m.classPost(ctx, msg, how)
}

// locale returns the reader's own language for a DM, and the place's for a post.
func (m *Maker) locale(ctx context.Context, s schedule.Series, o schedule.Occurrence) (string, error) {
	if o.UserID == "" {
		return cmp.Or(s.Place.Language, card.DefaultLocale), nil
	}
	mem, err := m.readers.Member(ctx, o.UserID)
	if err != nil && !errors.Is(err, schedule.ErrNoMember) { // a coach need not be a member
		return "", err
	}
	return cmp.Or(mem.Locale, card.DefaultLocale), nil
}

// message returns what a message is made of, or ErrRender without a clock.
func (m *Maker) message(locale string, s schedule.Series, o schedule.Occurrence) (message, error) {
	r, err := s.Recurrence(m.zones)
	if err != nil {
		return message{}, fmt.Errorf("%w: %w", ErrRender, err)
	}
	return message{lib: m.lib, locale: locale, say: m.lib.In(locale), series: s, clock: r, zones: m.zones, now: m.now(), o: o}, nil
}

// classPost returns a post with a routine. If the class does not take place as
// the post says, a post that waits is ErrMoot unless it is the only one of the new
// time, and one that is out tells what became of the class.
func (m *Maker) classPost(ctx context.Context, msg message, how How) (bot.Reply, error) {
	start := msg.became()
	switch stands := start.Off == "" && start.At.Equal(msg.o.StartAt); {
	case stands, !msg.o.Kind.Announces():
	case msg.o.MessageID == "" && (start.Off != "" || start.At.Add(msg.series.Offset(msg.o.Kind)).After(m.now())):
		return bot.Reply{}, ErrMoot
	case msg.o.MessageID == "":
		msg.o.StartAt = start.At
	case msg.o.State == schedule.StateReplaced, m.now().Before(msg.o.StartAt):
		return msg.replaced(start), nil
	}
	if err := m.addWorkout(ctx, &msg, start.Slot); err != nil {
		return bot.Reply{}, err
	}
	return newClassPost(msg, m.strips).reply(how), nil
}

// addWorkout gives a post before a class what is pasted for the start of a slot.
func (m *Maker) addWorkout(ctx context.Context, msg *message, slot schedule.Slot) error {
	if msg.o.Kind != schedule.KindPre {
		return nil
	}
	all, err := m.classes.Workouts(ctx, msg.series.ID)
	if err != nil {
		return fmt.Errorf("find the workout: %w", err)
	}
	if w, ok := schedule.WorkoutFor(all, slot); ok {
		msg.workout, msg.workout.Slot = w, slot
	}
	return nil
}

// Preview returns the next post of each kind that a series has, as it will look
// but without buttons, and the files that the posts show. It returns no parts if
// the series posts nothing any more.
func (m *Maker) Preview(ctx context.Context, locale string, s schedule.Series, how How) (parts []bot.Part, files []bot.File, err error) {
	for _, k := range s.Posts() {
		msg, err := m.message(locale, s, schedule.Occurrence{ClassID: s.ID, Kind: k})
		if err != nil {
			return nil, nil, fmt.Errorf("preview a post: %w", err)
		}
		due, start, err := msg.clock.NextDue(m.now(), s.Offset(k))
		if err != nil {
			continue // never again
		}
		msg.o.DueAt, msg.o.StartAt = due, start.At
		if err := m.addWorkout(ctx, &msg, start.Slot); err != nil {
			return nil, nil, fmt.Errorf("preview a post: %w", err)
		}
		body, pictures := newClassPost(msg, m.strips).body(how)
		parts = append(parts, bot.Container{Accent: card.AccentCalm, Parts: body})
		files = append(files, pictures...)
	}
	return parts, files, nil
}
