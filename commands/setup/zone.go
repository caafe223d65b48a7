package setup

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/classwords"
	"unpinch/commands/draft"
	"unpinch/commands/input"
	"unpinch/commands/place"
	"unpinch/schedule"
)

// zonePosts is how many of the next posts a change of clock shows.
const zonePosts = 5

// zoning changes the clock of a place whose classes go by it, once somebody has
// seen what that does.
type zoning struct {
	finder place.Finder
	saving saving
	cards  cards
	atlas  input.Atlas
}

// at returns the classes at a place.
func (z zoning) at(ctx context.Context, req *bot.Request, p schedule.Place) ([]schedule.Series, error) {
	all, err := z.cards.classes.SeriesOf(ctx, req.GuildID)
	if err != nil {
		return nil, fmt.Errorf("find the classes at a place: %w", err)
	}
	return slices.DeleteFunc(all, func(s schedule.Series) bool { return s.Place.ID != p.ID }), nil
}

// asks reports whether a new clock of a place is shown before it is saved.
func (z zoning) asks(ctx context.Context, req *bot.Request, before, after schedule.Place) (bool, error) {
	if before.ID == 0 || before.Zone == after.Zone {
		return false, nil
	}
	all, err := z.at(ctx, req, before)
	return len(all) > 0, err
}

// preview shows what another clock would do at a place. Nothing has changed
// before Save.
func (z zoning) preview(ctx context.Context, req *bot.Request, placeID int64, zone, note string) (bot.Reply, error) {
	p, err := z.finder.ByID(ctx, req, placeID)
	if err != nil {
		return bot.Reply{}, err
	}
	all, err := z.at(ctx, req, p)
	if err != nil {
		return bot.Reply{}, err
	}
	changed, err := z.changed(req, all, p.Zone, zone)
	if err != nil {
		return bot.Reply{}, err
	}
	posts, err := z.posts(req, all, zone)
	if err != nil {
		return bot.Reply{}, err
	}
	cities := bot.Args{"Place": card.Plain(p.Name), "Was": z.atlas.City(p.Zone), "City": z.atlas.City(zone)}
	parts := []bot.Part{bot.Text(req.Say("setup.zone.title", cities)), bot.Text(changed)}
	if len(posts) > 0 {
		parts = append(parts, bot.Text(req.Say("setup.zone.posts", cities)+"\n"+card.Bullets(posts)))
	}
	return card.Calm(card.Noted(note, append(parts, bot.Row{
		{Label: req.Say("class.button.save"), ID: button.ZoneID.For(button.ZoneState{Place: p.ID, Revision: p.Revision, Zone: zone}), Style: bot.Success},
		place.Back(req, p.ID),
	})...)...), nil
}

// changed says how many classes keep their local times, what that does to the
// next start of them all, and that single starts stay what they are.
func (z zoning) changed(req *bot.Request, all []schedule.Series, from, to string) (string, error) {
	var next, then time.Time
	exceptions := 0
	for _, s := range all {
		was, err := s.Recurrence(z.cards.zones)
		s.Place.Zone = to
		is, err2 := s.Recurrence(z.cards.zones)
		if err := errors.Join(err, err2); err != nil {
			return "", fmt.Errorf("show another clock: %w", err)
		}
		exceptions += coming(was, z.cards.now())
		start, err := was.Next(z.cards.now())
		for err == nil && start.Off != "" {
			start, err = was.Next(start.At)
		}
		moved, ok := is.Start(start.Slot)
		if err == nil && ok && (next.IsZero() || start.At.Before(next)) {
			next, then = start.At, moved.At
		}
	}
	text := req.Say("setup.zone.keep", bot.Args{"count": len(all)})
	if !next.IsZero() {
		text += " " + req.Say("setup.zone.next", bot.Args{"Was": card.When(req.Say, z.atlas.Now(), next), "WasCity": z.atlas.City(from),
			"Wall": card.When(req.Say, z.atlas.Now(), then), "City": z.atlas.City(to), "Shift": shift(req, then.Sub(next))})
	}
	if exceptions > 0 {
		text += " " + req.Say("setup.zone.exceptions", bot.Args{"count": exceptions})
	}
	return text, nil
}

// coming counts the starts to come that somebody skipped or moved.
func coming(r schedule.Recurrence, now time.Time) int {
	n := len(r.Moved(now))
	for _, slot := range r.Skips {
		if s, ok := r.Start(slot); ok && s.At.After(now) {
			n++
		}
	}
	return n
}

// shift says how much earlier or later something is.
func shift(req *bot.Request, by time.Duration) string {
	if by == 0 {
		return req.Say("setup.zone.same")
	}
	key, far := "setup.zone.later", by
	if by < 0 {
		key, far = "setup.zone.earlier", -by
	}
	much := req.Say("class.minutes", bot.Args{"Minutes": int(far.Minutes())})
	if far%time.Hour == 0 {
		much = req.Say("setup.zone.hours", bot.Args{"count": int(far.Hours())})
	}
	return req.Say(key, bot.Args{"By": much})
}

// posts says when the next posts go out by another clock.
func (z zoning) posts(req *bot.Request, all []schedule.Series, zone string) ([]string, error) {
	var due []draft.Due
	for _, s := range all {
		s.Place.Zone = zone
		r, err := s.Recurrence(z.cards.zones)
		if err != nil {
			return nil, fmt.Errorf("show another clock: %w", err)
		}
		next, err := draft.Next(s, r, z.cards.now(), zonePosts)
		if err != nil {
			return nil, fmt.Errorf("show another clock: %w", err)
		}
		due = append(due, next...)
	}
	slices.SortStableFunc(due, func(a, b draft.Due) int { return a.At.Compare(b.At) })
	var lines []string
	for _, d := range due[:min(len(due), zonePosts)] {
		line := req.Say("class.contract."+card.Either(d.Kind == "", "start", string(d.Kind)), bot.Args{"Wall": card.When(req.Say, z.atlas.Now(), d.At), "Yours": card.Yours(d.At)})
		if d.Title != "" {
			line = card.Joined(line, card.Plain(d.Title))
		}
		lines = append(lines, line)
	}
	return classwords.Some(req, lines, zonePosts), nil
}

// press saves the clock that was shown. Of a place that was changed since, it is
// shown again.
func (z zoning) press(ctx context.Context, req *bot.Request, s button.ZoneState) (bot.Reply, error) {
	p, err := z.finder.ByID(ctx, req, s.Place)
	if err != nil {
		return bot.Reply{}, err
	}
	if _, err := z.cards.zones.Location(s.Zone); err != nil {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	switch {
	case p.Zone == s.Zone:
		return z.cards.show(ctx, req, p, req.Say("setup.saved"))
	case p.Revision != s.Revision:
		return z.preview(ctx, req, p.ID, s.Zone, req.Say("setup.zone.meanwhile"))
	}
	after := p
	after.Zone = s.Zone
	if after, err = z.saving.save(ctx, req, p, after); err != nil {
		return bot.Reply{}, err
	}
	return z.cards.show(ctx, req, after, req.Say("setup.saved_by"))
}
