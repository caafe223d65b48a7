package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"unpinch/bot"
	"unpinch/schedule"
	tablefile "unpinch/timetable"
)

const (
	// timetableName and differenceName are the names of the files that
	// /class file sends.
	timetableName  = "timetable.yaml"
	differenceName = "difference.txt"
	// differenceLines is how many lines of a kind a card has, and differenceLine
	// how long one gets, in characters; more is in a file.
	differenceLines = 6
	differenceLine  = 120
	// fileAsked is how many channels and roles of a file Discord is asked about.
	fileAsked = 20
)

// fileFlow gives the timetable as a file, and takes one.
type fileFlow struct {
	classDesk
	file *bot.AttachmentOption
}

func (f fileFlow) run(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	places, err := f.changeablePlaces(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	now, err := f.serverFile(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	a, ok := f.file.Get(req)
	if !ok {
		return now.send(req)
	}
	data, err := f.fetch(ctx, a)
	if err != nil {
		return bot.Reply{}, err
	}
	w := wish{by: f.timetable, req: req, now: now, asked: map[string]error{}}
	switch tablefile.Sniff(data) {
	case tablefile.KindCSV:
		place := places[0]
		if here, ok := placeHere(req, places); ok {
			place = here
		}
		zone, err := f.Zones.Location(place.Zone)
		if err != nil {
			return bot.Reply{}, fmt.Errorf("read a file: %w", err)
		}
		all, err := tablefile.ImportReminderBotCSV(data, zone)
		if err == nil {
			err = w.imported(ctx, all, []schedule.Place{place})
		}
		return f.dryRun(ctx, w, err)
	case tablefile.KindJSON:
		all, err := tablefile.ImportLovinatorJSON(data, f.Zones)
		if err == nil {
			err = w.imported(ctx, all, places)
		}
		return f.dryRun(ctx, w, err)
	}
	want, err := tablefile.Decode(data, f.Zones)
	if err == nil {
		if err = upcoming(&want, f.Zones, f.Now()); err != nil {
			return bot.Reply{}, err
		}
		w.diff = tablefile.Diff(now.file, want)
		err = w.check(ctx)
	}
	return f.dryRun(ctx, w, err)
}

// fetch reads the file, or says why it can't.
func (f fileFlow) fetch(ctx context.Context, a bot.AttachmentValue) ([]byte, error) {
	if f.Fetch == nil {
		return nil, &bot.UserError{Key: "class.file.unreachable"}
	}
	data, err := f.Fetch(ctx, a, tablefile.MaxImport)
	if big, ok := errors.AsType[*bot.TooBigError](err); ok {
		return nil, &bot.UserError{Key: "class.file.big", Args: bot.Args{"Size": big.Size >> 10, "Max": big.Max >> 10}}
	}
	if errors.Is(err, bot.ErrUnreachable) {
		return nil, &bot.UserError{Key: "class.file.unreachable", Err: err}
	}
	if err != nil {
		return nil, fmt.Errorf("read a file: %w", err)
	}
	return data, nil
}

// A serverFile is a server's timetable as a file, with what stands behind it.
type serverFile struct {
	file   tablefile.File
	places []schedule.Place // in the order of the file
	series []schedule.Series
	desks  int // breaks at a desk, which are not in the file
}

// serverFile writes the timetable down. Starts that are over are left out.
func (t timetable) serverFile(ctx context.Context, req *bot.Request) (s serverFile, err error) {
	if s.places, err = t.placesOf(ctx, req); err != nil {
		return s, err
	}
	if s.series, err = t.Classes.SeriesOf(ctx, req.GuildID); err != nil {
		return s, fmt.Errorf("write the timetable: %w", err)
	}
	for _, p := range s.places {
		zone, err := t.Zones.Location(p.Zone)
		if err != nil {
			return s, fmt.Errorf("write the timetable: %w", err)
		}
		closed, err := t.Classes.ClosedDays(ctx, p.ID)
		if err != nil {
			return s, fmt.Errorf("write the timetable: %w", err)
		}
		place := tablefile.Place{Name: p.Name, Zone: p.Zone, Closed: comingDays(closed, t.Now().In(zone))}
		for _, series := range s.series {
			switch {
			case series.Place.ID != p.ID, series.Rule.IsZero(): // what can't be read can't be written
			case series.Purpose == schedule.ForDesk:
				s.desks++
			default:
				place.Classes = append(place.Classes, fileClass(series, zone, t.Now()))
			}
		}
		s.file.Places = append(s.file.Places, place)
	}
	return s, nil
}

func comingDays(days []schedule.Date, now time.Time) []schedule.Date {
	return slices.DeleteFunc(slices.Clone(days), func(d schedule.Date) bool { return d.Before(schedule.DateOf(now)) })
}

// upcoming leaves out what of a file is over, as serverFile does.
func upcoming(f *tablefile.File, zones *schedule.Zones, now time.Time) error {
	for i := range f.Places {
		p := &f.Places[i]
		zone, err := zones.Location(p.Zone)
		if err != nil {
			return fmt.Errorf("read a file: %w", err)
		}
		p.Closed = comingDays(p.Closed, now.In(zone))
		for j := range p.Classes {
			c := &p.Classes[j]
			c.Skips, c.Moves = comingStarts(c.Skips, c.Moves, now)
		}
	}
	return nil
}

func comingStarts(skips []time.Time, moves []schedule.Move, now time.Time) ([]time.Time, []schedule.Move) {
	over := func(at time.Time) bool { return !at.After(now) }
	return slices.DeleteFunc(slices.Clone(skips), over), slices.DeleteFunc(slices.Clone(moves), func(m schedule.Move) bool {
		return m.To.Equal(m.From) || over(m.To)
	})
}

// fileClass is a class as a file has it, with the starts after an instant.
func fileClass(s schedule.Series, zone *time.Location, after time.Time) tablefile.Class {
	c := tablefile.Class{ID: s.ID, Rule: s.Rule, Title: s.Title, Length: s.Length, Lead: s.Lead, CoolDown: s.CoolDown,
		Channel: s.ChannelID, Role: s.RoleID, Until: s.Until, PausedUntil: s.PausedUntil}
	if c.Channel == s.Place.ChannelID {
		c.Channel = ""
	}
	skips, moves := comingStarts(s.Skips, s.Moves, after)
	for _, at := range skips {
		c.Skips = append(c.Skips, at.In(zone))
	}
	for _, m := range moves {
		c.Moves = append(c.Moves, schedule.Move{From: m.From.In(zone), To: m.To.In(zone)})
	}
	return c
}

// send hands the timetable over.
func (s serverFile) send(req *bot.Request) (bot.Reply, error) {
	data, err := tablefile.Encode(s.file)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("write the timetable: %w", err)
	}
	n := 0
	for _, p := range s.file.Places {
		n += len(p.Classes)
	}
	text := req.Say("class.file.out", bot.Args{"count": n})
	if s.desks > 0 {
		text += "\n" + req.Say("class.file.desks", bot.Args{"count": s.desks})
	}
	return bot.Reply{Parts: []bot.Part{bot.Text(text), bot.FileLink(timetableName)},
		Files: []bot.File{{Name: timetableName, About: req.Say("class.file.alt"), Data: data}}}, nil
}
