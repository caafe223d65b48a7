package place

import (
	"context"
	"fmt"
	"slices"
	"time"

	"unpinch/schedule"
)

// A Closing closes a place on days, and opens it again.
type Closing struct {
	Store     ClosedDays
	Followers Followers
	Zones     *schedule.Zones
	Now       func() time.Time
}

// ClosedDays keeps the days on which places are closed.
type ClosedDays interface {
	// CloseDays also replaces the posts that are out for the rest of today, if end
	// is when that is over, and tells people; OpenDays has the posts say again
	// what they did.
	CloseDays(ctx context.Context, placeID int64, days []schedule.Date, end time.Time, by schedule.By, tell ...schedule.Occurrence) error
	OpenDays(ctx context.Context, placeID int64, days []schedule.Date, end time.Time, by schedule.By) error
	// SeriesOf returns a server's saved classes and desk breaks, oldest first.
	SeriesOf(ctx context.Context, guildID string) ([]schedule.Series, error)
}

// Followers knows who follows a class.
type Followers interface {
	// Followers returns who follows a class that starts then, on its own clock.
	Followers(ctx context.Context, s schedule.Series, start time.Time) ([]schedule.Follower, error)
}

// Close closes a place. When today is one of the days it takes back the posts
// that are out already, tells those who follow the classes that were still to
// come, and returns how many people that are.
func (c Closing) Close(ctx context.Context, p schedule.Place, days []schedule.Date, by schedule.By) (told int, err error) {
	end, tell, err := c.Today(ctx, p, days)
	if err == nil {
		err = c.Store.CloseDays(ctx, p.ID, days, end, by, tell...)
	}
	if err != nil {
		return 0, fmt.Errorf("close days: %w", err)
	}
	return People(tell), nil
}

// People counts to how many people DMs go.
func People(tell []schedule.Occurrence) int {
	people := map[string]bool{}
	for _, o := range tell {
		people[o.UserID] = true
	}
	return len(people)
}

// Open opens a place again, and its posts say so today.
func (c Closing) Open(ctx context.Context, p schedule.Place, days []schedule.Date, by schedule.By) error {
	end, err := c.EndOf(p, days)
	if err == nil {
		err = c.Store.OpenDays(ctx, p.ID, days, end, by)
	}
	if err != nil {
		return fmt.Errorf("open days: %w", err)
	}
	return nil
}

// Today returns when today is over at a place that closes on some days, and the
// DMs to those who follow what it leaves out until then. The end is zero if
// today is none of the days.
func (c Closing) Today(ctx context.Context, p schedule.Place, days []schedule.Date) (end time.Time, tell []schedule.Occurrence, err error) {
	if end, err = c.EndOf(p, days); err != nil || end.IsZero() {
		return end, nil, err
	}
	all, err := c.Store.SeriesOf(ctx, p.GuildID)
	if err != nil {
		return end, nil, err
	}
	for _, s := range all {
		if s.Place.ID != p.ID {
			continue
		}
		more, err := c.leftOut(ctx, s, days, end)
		if err != nil {
			return end, nil, err
		}
		tell = append(tell, more...)
	}
	return end, tell, nil
}

// leftOut returns the DMs of the starts of a class, from now up to an instant,
// that fall out if its place closes on some days.
func (c Closing) leftOut(ctx context.Context, series schedule.Series, days []schedule.Date, to time.Time) (tell []schedule.Occurrence, err error) {
	r, err := series.Recurrence(c.Zones)
	if err != nil {
		return nil, err
	}
	r.Closed = slices.Concat(r.Closed, days)
	now := c.Now()
	due := now // of two starts the ledger tells apart the instants
	for s, err := r.Next(now); err == nil && s.At.Before(to); s, err = r.Next(s.At) {
		if s.Off != schedule.ReasonClosed {
			continue
		}
		followers, err := c.Followers.Followers(ctx, series, s.At)
		if err != nil {
			return nil, fmt.Errorf("find who follows the class: %w", err)
		}
		for userID, at := range schedule.ToldOff(followers, s.At, now, c.Zones) {
			tell = append(tell, schedule.Occurrence{ClassID: series.ID, GuildID: series.Place.GuildID, Kind: schedule.KindOff, DueAt: due, StartAt: s.At,
				UserID: userID, State: schedule.StateDue, SendAt: at})
		}
		due = due.Add(time.Second)
	}
	return tell, nil
}

// EndOf returns when today is over at a place, or zero if it is none of the days.
func (c Closing) EndOf(p schedule.Place, days []schedule.Date) (time.Time, error) {
	zone, err := c.Zones.Location(p.Zone)
	if err != nil {
		return time.Time{}, err
	}
	today := schedule.DateOf(c.Now().In(zone))
	if !slices.Contains(days, today) {
		return time.Time{}, nil
	}
	return today.Add(1).Start(zone), nil
}
