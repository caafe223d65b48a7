package timetable

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"unpinch/schedule"
)

// ClassOf is a saved class as a file has it, with its starts after an instant on
// the given clock.
func ClassOf(s schedule.Series, zone *time.Location, after time.Time) Class {
	c := Class{ID: s.ID, Rule: s.Rule, Title: s.Title, Length: s.Length, Lead: s.Lead, CoolDown: s.CoolDown,
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

// DropPast leaves out of a file the closed days and single starts that are over.
func DropPast(f *File, zones *schedule.Zones, now time.Time) error {
	for i := range f.Places {
		p := &f.Places[i]
		zone, err := zones.Location(p.Zone)
		if err != nil {
			return fmt.Errorf("drop what is over: %w", err)
		}
		p.Closed = ComingDays(p.Closed, now.In(zone))
		for j := range p.Classes {
			c := &p.Classes[j]
			c.Skips, c.Moves = comingStarts(c.Skips, c.Moves, now)
		}
	}
	return nil
}

// ComingDays returns the days that are not over on a clock.
func ComingDays(days []schedule.Date, now time.Time) []schedule.Date {
	return slices.DeleteFunc(slices.Clone(days), func(d schedule.Date) bool { return d.Before(schedule.DateOf(now)) })
}

// comingStarts returns what is not over. A move to where the start was planned
// is none.
func comingStarts(skips []time.Time, moves []schedule.Move, now time.Time) ([]time.Time, []schedule.Move) {
	over := func(at time.Time) bool { return !at.After(now) }
	return slices.DeleteFunc(slices.Clone(skips), over), slices.DeleteFunc(slices.Clone(moves), func(m schedule.Move) bool {
		return m.To.Equal(m.From) || over(m.To)
	})
}

// LineOf writes a class as a line that ParseLine reads back.
func LineOf(s schedule.Series) string {
	line := s.Rule.String() + " " + strconv.Itoa(int(s.Length.Minutes())) + "min"
	if s.Title == "" {
		return line
	}
	for _, quotes := range []string{`""`, "“”", "«»"} {
		if q := []rune(quotes); !strings.ContainsAny(s.Title, quotes) {
			return line + " " + string(q[0]) + s.Title + string(q[1])
		}
	}
	return line + " " + s.Title
}
