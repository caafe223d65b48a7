// Package classfile gives a server's timetable as a file, and takes one: it shows
// what the file would change, keeps that, and changes it on Apply.
package classfile

import (
	"context"
	"errors"
	"fmt"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/draft"
	"unpinch/commands/gate"
	"unpinch/commands/place"
	"unpinch/schedule"
	"unpinch/timetable"
)

// Needs are what the room is made of.
type Needs struct {
	Store     Store
	Followers place.Followers
	Zones     *schedule.Zones
	Now       func() time.Time
	Kick      func() // tells the engine that the timetable has changed
	// Access says what the bot may do in a channel of a server, and RoleReach
	// whom a ping of a role reaches; nil where nobody can tell.
	Access    func(ctx context.Context, guildID, channelID string) (bot.ChannelValue, error)
	RoleReach func(ctx context.Context, guildID, roleID string) (bot.RoleReach, error)
	// Fetch reads a file that a user handed over, of at most so many bytes; nil
	// where no file can be read.
	Fetch Fetch
	// Paste reads a file that is none of ours and no other bot's as a timetable that
	// was pasted.
	Paste Paste
	Gate  gate.Gate
}

// Paste reads a timetable that was pasted.
type Paste func(ctx context.Context, req *bot.Request, text string) (bot.Reply, error)

// Fetch reads a file that a user handed over, of at most so many bytes.
type Fetch func(ctx context.Context, file bot.AttachmentValue, most int) ([]byte, error)

// A Store keeps timetables.
type Store interface {
	place.Places
	place.ClosedDays
	draft.Store
	daysReader
	batches
}

// A Room is what classfile offers.
type Room struct {
	Command bot.Command // a part of /class
	applier applier
}

// New returns the room.
func New(n Needs) Room {
	finder := place.Finder{Store: n.Store}
	desk := draft.Desk{Store: n.Store, Zones: n.Zones, Now: n.Now, Kick: n.Kick, Gate: n.Gate}
	closing := place.Closing{Store: n.Store, Followers: n.Followers, Zones: n.Zones, Now: n.Now}
	f := flow{finder, book{finder, n.Store, n.Zones, n.Now}, desk, closing, asker{n.Access, n.RoleReach}, n.Store, n.Fetch, n.Paste, newReaders(n.Now),
		bot.Attachment("file", "class.file.option")}
	return Room{
		bot.Command{Name: "file", About: "class.file.about", Answer: bot.NewPrivate, Run: f.run, Options: []bot.Option{f.file}},
		applier{desk, n.Store, closing},
	}
}

// Press applies a file that was read, or leaves it.
func (r Room) Press(ctx context.Context, req *bot.Request, s button.ClassState) (bot.Reply, error) {
	return r.applier.press(ctx, req, s)
}

// flow is /class file.
type flow struct {
	places    place.Finder
	book      book
	desk      draft.Desk
	closing   place.Closing
	asker     asker
	batches   batches
	fetchFile Fetch
	paste     Paste
	readers   *readers
	file      *bot.AttachmentOption
}

func (f flow) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	places, err := f.places.Changeable(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	now, err := f.book.write(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	a, ok := f.file.Get(req)
	what := gate.Files
	if !ok {
		what = gate.Exports
	}
	if err := f.desk.Gate.Pass(ctx, req, what); err != nil {
		return bot.Reply{}, err
	}
	if !ok {
		return now.send(req)
	}
	leave, err := f.readers.enter(req.GuildID)
	if err != nil {
		return bot.Reply{}, err
	}
	defer leave()
	req.Aside()
	reading, cancel := context.WithTimeout(ctx, readMax)
	defer cancel()
	w := f.wish(req, now)
	data, err := f.fetch(reading, a)
	if err == nil && timetable.Sniff(data) == timetable.KindText {
		return f.paste(ctx, req, string(data))
	}
	if err == nil {
		err = f.read(reading, &w, data, places)
	}
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return bot.Reply{}, &bot.UserError{Key: "class.file.slow", Err: err}
	}
	return f.dryRun(ctx, w, err)
}

// read finds what a file would change. Imports go to places.
func (f flow) read(ctx context.Context, w *wish, data []byte, places []schedule.Place) error {
	switch timetable.Sniff(data) {
	case timetable.KindCSV:
		at := places[0]
		if here, ok := place.Here(w.req, places); ok {
			at = here
		}
		zone, err := f.book.zones.Location(at.Zone)
		if err != nil {
			return fmt.Errorf("read a file: %w", err)
		}
		all, err := timetable.ImportReminderBotCSV(ctx, data, zone)
		if err != nil {
			return err
		}
		return w.imported(ctx, all, []schedule.Place{at})
	case timetable.KindJSON:
		all, err := timetable.ImportLovinatorJSON(ctx, data, f.book.zones)
		if err != nil {
			return err
		}
		return w.imported(ctx, all, places)
	}
	want, err := timetable.Decode(ctx, data, f.book.zones, f.book.now(), countryOf(places))
	if err != nil {
		return err
	}
	past, err := timetable.DropPast(&want, f.book.zones, f.book.now())
	if err != nil {
		return err
	}
	w.over(past)
	w.diff = timetable.Diff(w.now.file, want)
	return w.check(ctx)
}

// fetch reads the file as text, or says why it can't.
func (f flow) fetch(ctx context.Context, a bot.AttachmentValue) ([]byte, error) {
	if f.fetchFile == nil {
		return nil, &bot.UserError{Key: "class.file.unreachable"}
	}
	data, err := f.fetchFile(ctx, a, timetable.MaxImport)
	if big, ok := errors.AsType[*bot.TooBigError](err); ok {
		return nil, &bot.UserError{Key: "class.file.big", Args: bot.Args{"Size": big.Size >> 10, "Max": big.Max >> 10}}
	}
	if errors.Is(err, bot.ErrUnreachable) {
		return nil, &bot.UserError{Key: "class.file.unreachable", Err: err}
	}
	if err != nil {
		return nil, fmt.Errorf("read a file: %w", err)
	}
	return timetable.Text(data)
}
