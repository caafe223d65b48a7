package class

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// memberZones has what members set.
type memberZones interface {
	// Member returns what a member set, or schedule.ErrNoMember.
	Member(ctx context.Context, userID string) (schedule.Member, error)
}

// clockLines say what the next change of the clock does to the drafts of each
// zone, by the first of them; what it does to others too, if that is more than
// nothing.
func (c contracts) clockLines(req *bot.Request, all []timed) []string {
	var lines []string
	said := map[string]bool{}
	for _, l := range all {
		line, gap := card.ClockChange(req.Say, c.atlas.Now(), l.Series, l.Recurrence)
		if line == "" || said[l.Place.Zone] && !gap || slices.Contains(lines, line) {
			continue
		}
		lines, said[l.Place.Zone] = append(lines, line), true
	}
	return lines[:min(len(lines), contractGaps)]
}

// gapLines say in which weeks the first draft's clock and another that matters
// are not as far apart as usual.
func (c contracts) gapLines(ctx context.Context, req *bot.Request, all []timed) ([]string, error) {
	first := all[0]
	name, err := c.otherZone(ctx, req, first.Place)
	if err != nil || name == "" {
		return nil, err
	}
	other, err := c.atlas.Zones.Location(name)
	if err != nil {
		return nil, fmt.Errorf("compare two clocks: %w", err)
	}
	now := c.atlas.Now().In(first.Zone)
	until := now.AddDate(1, 0, 0)
	if last := first.Series.Until; !last.IsZero() {
		if end := last.Start(first.Zone).AddDate(0, 0, 1); end.Before(until) {
			until = end
		}
	}
	var lines []string
	for _, g := range schedule.GapWeeks(first.Zone, other, now, until) {
		from, to, ok := daysOf(first.Series.Rule.Times()[0], g, first.Zone)
		if !ok || len(lines) == contractGaps {
			continue
		}
		lines = append(lines, req.Say("class.contract.weeks", bot.Args{"From": schedule.DateShort.From(req.Say, now, from), "To": schedule.DateShort.From(req.Say, now, to), "Time": from.Format("15:04"),
			"Here": c.atlas.City(first.Place.Zone), "There": from.In(other).Format("15:04"), "City": c.atlas.City(name),
			"Usual": from.In(other).Add(g.Usual - g.Ahead).Format("15:04")}))
	}
	return lines, nil
}

// daysOf returns the first and the last instant within a gap at which the clock
// of the class shows a time.
func daysOf(at schedule.Clock, g schedule.Gap, zone *time.Location) (first, last time.Time, ok bool) {
	on := func(day time.Time, add int) time.Time {
		y, m, d := day.Date()
		return time.Date(y, m, d+add, 0, int(at), 0, 0, zone)
	}
	if first = on(g.From.In(zone), 0); first.Before(g.From) {
		first = on(g.From.In(zone), 1)
	}
	if last = on(g.Until.In(zone), 0); !last.Before(g.Until) {
		last = on(g.Until.In(zone), -1)
	}
	return first, last, !last.Before(first)
}

// otherZone returns the zone that matters beside a place's: the reader's own, or
// that of another place of the server, or "".
func (c contracts) otherZone(ctx context.Context, req *bot.Request, p schedule.Place) (string, error) {
	m, err := c.members.Member(ctx, req.UserID)
	if err != nil && !errors.Is(err, schedule.ErrNoMember) {
		return "", fmt.Errorf("find the reader's zone: %w", err)
	}
	if err == nil && m.Zone != "" && m.Zone != p.Zone {
		return m.Zone, nil
	}
	places, err := c.places.Of(ctx, req)
	if err != nil {
		return "", err
	}
	for _, o := range places {
		if o.Zone != p.Zone {
			return o.Zone, nil
		}
	}
	return "", nil
}
