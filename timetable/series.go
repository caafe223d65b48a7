package timetable

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"unpinch/schedule"
)

// ClassOf is a saved class as a file has it, with its single starts after a
// time on the place's clock.
func ClassOf(s schedule.Series, after schedule.Slot) Class {
	c := Class{ID: s.ID, Rule: s.Rule, Title: s.Title, Length: s.Length, Lead: s.Lead, WarmUp: s.WarmUp, CoolDown: s.CoolDown, Event: s.Event,
		Channel: s.ChannelID, Role: s.RoleID, Until: s.Until, PausedUntil: s.PausedUntil}
	if c.Channel == s.Place.ChannelID {
		c.Channel = ""
	}
	c.Skips, c.Moves = comingStarts(s.Skips, s.Moves, after)
	return c
}

// A Past is what a file has of a place that is over.
type Past struct {
	Place  string
	Days   []schedule.Date // on which it was closed
	Starts []schedule.Slot // that were left out, or moved
}

// DropPast leaves out of a file the closed days and single starts that are over,
// and returns them.
func DropPast(f *File, zones *schedule.Zones, now time.Time) (all []Past, err error) {
	for i := range f.Places {
		p := &f.Places[i]
		zone, err := zones.Location(p.Zone)
		if err != nil {
			return nil, fmt.Errorf("drop what is over: %w", err)
		}
		past := Past{Place: p.Name}
		coming := ComingDays(p.Closed, now.In(zone))
		past.Days, p.Closed = without(p.Closed, coming), coming
		for j := range p.Classes {
			c := &p.Classes[j]
			skips, moves := comingStarts(c.Skips, c.Moves, schedule.SlotOf(now.In(zone)))
			for _, s := range c.Skips {
				if !slices.Contains(skips, s) {
					past.Starts = append(past.Starts, s)
				}
			}
			for _, m := range c.Moves {
				if m.To != m.From && !slices.Contains(moves, m) {
					past.Starts = append(past.Starts, m.To)
				}
			}
			c.Skips, c.Moves = skips, moves
		}
		if len(past.Days)+len(past.Starts) > 0 {
			all = append(all, past)
		}
	}
	return all, nil
}

// ComingDays returns the days that are not over on a clock.
func ComingDays(days []schedule.Date, now time.Time) []schedule.Date {
	return slices.DeleteFunc(slices.Clone(days), func(d schedule.Date) bool { return d.Before(schedule.DateOf(now)) })
}

// comingStarts returns what is not over. A move to where the start was planned
// is none.
func comingStarts(skips []schedule.Slot, moves []schedule.Move, now schedule.Slot) ([]schedule.Slot, []schedule.Move) {
	over := func(s schedule.Slot) bool { return s.Compare(now) <= 0 }
	return slices.DeleteFunc(slices.Clone(skips), over), slices.DeleteFunc(slices.Clone(moves), func(m schedule.Move) bool {
		return m.To == m.From || over(m.To)
	})
}

// LineOf writes a class as a line that ParseLine reads back at its place.
func LineOf(s schedule.Series) string {
	rule := s.Rule.Typed(s.Place.Country)
	if !s.Until.IsZero() {
		rule += " until " + s.Until.String()
	}
	line := rule + " " + strconv.Itoa(int(s.Length.Minutes())) + "min"
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
