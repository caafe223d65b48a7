package setup

import (
	"context"
	"fmt"
	"slices"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/commands/place"
	"unpinch/schedule"
	"unpinch/timetable"
)

// Bounds of what is said of days to close.
const (
	fallOutMax = 999 // starts that are counted
	runsSaid   = 3   // rows of days in a sentence
)

// typed reads days and shows what closing them would do.
func (c closedFlow) typed(ctx context.Context, req *bot.Request, p schedule.Place, text string) (bot.Reply, error) {
	if err := place.MayChange(req, p); err != nil {
		return bot.Reply{}, err
	}
	today, err := c.today(p)
	if err != nil {
		return bot.Reply{}, err
	}
	days, err := input.ReadDays(text, today)
	if err != nil {
		return bot.Reply{}, err
	}
	return c.preview(ctx, req, p, days)
}

// preview shows what closing days would do. Nothing is closed before its reader
// has said so.
func (c closedFlow) preview(ctx context.Context, req *bot.Request, p schedule.Place, days []schedule.Date) (bot.Reply, error) {
	added, err := c.added(ctx, p, days)
	if err != nil {
		return bot.Reply{}, err
	}
	falls, err := c.fallOut(ctx, req, p, days)
	if err != nil {
		return bot.Reply{}, err
	}
	if len(added) == 0 {
		return c.card(ctx, req, p, req.Say("class.closed.already", bot.Args{"Days": saidDays(req, days), "Falls": falls}))
	}
	_, tell, err := c.closing.Today(ctx, p, added)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("preview closed days: %w", err)
	}
	parts := []bot.Part{
		bot.Text(req.Say("class.closed.ask", bot.Args{"Place": card.Plain(p.Name)})),
		bot.Text(saidDays(req, added)), bot.Text(falls)}
	if n := place.People(tell); n > 0 {
		parts = append(parts, bot.Text(req.Say("class.closed.tells", bot.Args{"count": n})))
	}
	return card.Calm(append(parts, bot.Row{
		{Label: req.Say("class.closed.close", bot.Args{"count": len(added)}), ID: button.CloseID.For(button.Days{Place: p.ID, Days: added}), Style: bot.Success},
		{Label: req.Say("class.closed.keep"), ID: button.ClosedID.For(button.ClassState{Act: button.ActShow, ID: p.ID, N: 0})},
	})...), nil
}

// added are those of some days on which a place is not closed yet.
func (c closedFlow) added(ctx context.Context, p schedule.Place, days []schedule.Date) ([]schedule.Date, error) {
	closed, err := c.store.ClosedDays(ctx, p.ID)
	if err != nil {
		return nil, fmt.Errorf("close days: %w", err)
	}
	return slices.DeleteFunc(slices.Clone(days), func(d schedule.Date) bool { return slices.Contains(closed, d) }), nil
}

// saidDays says days, or how many they are.
func saidDays(req *bot.Request, days []schedule.Date) string {
	if all := input.Runs(days); len(all) <= runsSaid {
		return input.SayRuns(req.Say, all)
	}
	return req.Say("class.closed.days", bot.Args{"count": len(days)})
}

// close closes days that the preview showed, and says what falls out on them.
// Those that are over since stay as they are.
func (c closedFlow) close(ctx context.Context, req *bot.Request, s button.Days) (bot.Reply, error) {
	p, err := c.finder.ToChange(ctx, req, s.Place)
	if err != nil {
		return bot.Reply{}, err
	}
	today, err := c.today(p)
	if err != nil {
		return bot.Reply{}, err
	}
	days := slices.DeleteFunc(s.Days, func(d schedule.Date) bool { return d.Before(today) || today.Add(input.ClosedAhead).Before(d) })
	if len(days) == 0 || len(days) > input.ClosedAtOnce {
		return c.card(ctx, req, p, req.Say("class.closed.changed"))
	}
	added, err := c.added(ctx, p, days)
	if err != nil {
		return bot.Reply{}, err
	}
	told := 0
	if len(added) > 0 {
		if told, err = c.closing.Close(ctx, p, added, place.By(req, c.closing.Now(), input.WriteRuns(input.Runs(added)))); err != nil {
			return bot.Reply{}, err
		}
		c.kick()
	}
	falls, err := c.fallOut(ctx, req, p, days)
	if err != nil {
		return bot.Reply{}, err
	}
	note := req.Say(card.Either(len(added) == 0, "class.closed.already", "class.closed.saved"), bot.Args{"Days": saidDays(req, days), "Falls": falls})
	if told > 0 {
		note += " " + req.Say("class.closed.told", bot.Args{"count": told})
	}
	if len(added) > 0 {
		note = place.Signed(req, note)
	}
	return c.card(ctx, req, p, note)
}

// fallOut says how many starts fall out if a place is closed on some days, and
// the first of them.
func (c closedFlow) fallOut(ctx context.Context, req *bot.Request, p schedule.Place, days []schedule.Date) (string, error) {
	all, err := c.store.SeriesOf(ctx, req.GuildID)
	if err != nil {
		return "", fmt.Errorf("count what falls out: %w", err)
	}
	count, first, name := 0, time.Time{}, ""
	for _, s := range all {
		if s.Place.ID != p.ID {
			continue
		}
		class, err := s.Recurrence(c.closing.Zones)
		if err != nil {
			return "", fmt.Errorf("count what falls out: %w", err)
		}
		class.Closed = slices.Concat(class.Closed, days)
		n, at := closedStarts(class, c.closing.Now(), input.Runs(days), fallOutMax+1-count)
		if n > 0 && (first.IsZero() || at.Before(first)) {
			first, name = at, card.Either(s.Title == "", s.Rule.Sentence(req.Say), s.Title)
		}
		count += n
	}
	if count == 0 {
		return req.Say("class.closed.falls_none"), nil
	}
	key := card.Either(count > fallOutMax, "class.closed.falls_many", "class.closed.falls")
	return req.Say(key, bot.Args{"count": min(count, fallOutMax), "Wall": card.Wall(req.Say, first), "Name": card.Plain(card.Cut(name, timetable.MaxTitle))}), nil
}

// closedStarts counts the starts of a class, later than now, that fall out
// because its place is closed, and returns the first. It counts up to most, but
// always looks for the first.
func closedStarts(rec schedule.Recurrence, now time.Time, closed []input.Run, most int) (n int, first time.Time) {
	for _, r := range closed {
		at, end := r.First.Start(rec.Zone).Add(-1), r.Last.Add(1).Start(rec.Zone)
		if at.Before(now) {
			at = now
		}
		for {
			s, err := rec.Next(at)
			if err != nil || !s.At.Before(end) {
				break
			}
			if at = s.At; s.Off != schedule.ReasonClosed {
				continue
			}
			if n++; n == 1 {
				first = s.At
			}
			if n >= most {
				return n, first
			}
		}
	}
	return n, first
}
