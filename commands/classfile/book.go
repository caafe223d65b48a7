package classfile

import (
	"context"
	"fmt"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/place"
	"unpinch/schedule"
	"unpinch/timetable"
)

// timetableName is the name of the file that /class file sends.
const timetableName = "timetable.yaml"

// A daysReader has classes and closed days.
type daysReader interface {
	// SeriesOf returns a server's saved classes and desk breaks, oldest first.
	SeriesOf(ctx context.Context, guildID string) ([]schedule.Series, error)
	// ClosedDays returns the days on which a place is closed, earliest first.
	ClosedDays(ctx context.Context, placeID int64) ([]schedule.Date, error)
}

// A book writes timetables down.
type book struct {
	places place.Finder
	store  daysReader
	zones  *schedule.Zones
	now    func() time.Time
}

// A serverFile is a server's timetable as a file, with what stands behind it.
type serverFile struct {
	file   timetable.File
	places []schedule.Place // in the order of the file
	series []schedule.Series
	desks  int // breaks at a desk, which are not in the file
}

// write writes the timetable down. Starts that are over are left out.
func (b book) write(ctx context.Context, req *bot.Request) (s serverFile, err error) {
	if s.places, err = b.places.Of(ctx, req); err != nil {
		return s, err
	}
	if s.series, err = b.store.SeriesOf(ctx, req.GuildID); err != nil {
		return s, fmt.Errorf("write the timetable: %w", err)
	}
	for _, p := range s.places {
		zone, err := b.zones.Location(p.Zone)
		if err != nil {
			return s, fmt.Errorf("write the timetable: %w", err)
		}
		closed, err := b.store.ClosedDays(ctx, p.ID)
		if err != nil {
			return s, fmt.Errorf("write the timetable: %w", err)
		}
		one := timetable.Place{Name: p.Name, Zone: p.Zone, Country: p.Country, Closed: timetable.ComingDays(closed, b.now().In(zone))}
		for _, series := range s.series {
			switch {
			case series.Place.ID != p.ID, series.Rule.IsZero(): // what can't be read can't be written
			case series.Purpose == schedule.ForDesk:
				s.desks++
			default:
				one.Classes = append(one.Classes, timetable.ClassOf(series, schedule.SlotOf(b.now().In(zone))))
			}
		}
		s.file.Places = append(s.file.Places, one)
	}
	return s, nil
}

// countryOf returns the country of the place that has a name.
func countryOf(places []schedule.Place) func(name string) string {
	return func(name string) string {
		for _, p := range places {
			if strings.EqualFold(p.Name, name) {
				return p.Country
			}
		}
		return ""
	}
}

// send hands the timetable over.
func (s serverFile) send(req *bot.Request) (bot.Reply, error) {
	data, err := timetable.Encode(s.file)
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
