package setup

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/place"
	"unpinch/schedule"
)

// presses answer the buttons on the card of a place.
type presses struct {
	finder   place.Finder
	cards    cards
	switches switches
	presets  presets
	start    starting
	channels channels
	removing removing
}

// press does what a button says, and shows the place as it is then.
func (p presses) press(ctx context.Context, req *bot.Request, st button.ClassState) (bot.Reply, error) {
	if st.Act == button.ActShow && st.ID == 0 && len(req.Values) == 0 {
		return p.showAny(ctx, req)
	}
	if st.Act == button.ActShow && len(req.Values) > 0 {
		var err error
		if st.ID, err = strconv.ParseInt(req.Values[0], 10, 64); err != nil {
			return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
		}
	}
	of, err := p.finder.ByID(ctx, req, st.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	switch st.Act {
	case button.ActShow:
		return p.cards.show(ctx, req, of, "")
	case button.ActGym, button.ActDesk:
		return p.presets.draft(ctx, req, of, st.Act)
	case button.ActChannel, button.ActLog:
		return p.channels.change(ctx, req, of, st.Act)
	case button.ActAsk:
		return p.removing.ask(ctx, req, of)
	case button.ActRemove:
		return p.removing.remove(ctx, req, of)
	case button.ActStart:
		note, err := p.start.post(ctx, req)
		if err != nil {
			return bot.Reply{}, err
		}
		return p.cards.show(ctx, req, of, note)
	}
	return p.switches.turn(ctx, req, of, st.Act, st.N == 1)
}

// showAny shows the place that is meant where none is named.
func (p presses) showAny(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	places, err := p.finder.Of(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if of, ok := place.Here(req, places); ok {
		return p.cards.show(ctx, req, of, "")
	}
	if len(places) == 0 {
		return bot.Reply{}, place.None(req)
	}
	return p.cards.which(ctx, req, places, "")
}

// switches turn what is on or off, and take away what isn't wanted any more.
type switches struct {
	cards    cards
	saving   saving
	together together
	weeklies weeklies
}

func (s switches) turn(ctx context.Context, req *bot.Request, p schedule.Place, a button.Act, on bool) (bot.Reply, error) {
	after := p
	switch a {
	case button.ActTidy:
		after.Tidy = on
	case button.ActNoCoach:
		after.CoachRole = ""
	case button.ActNoLog:
		after.LogChannel = ""
	case button.ActTogether:
		if err := s.together.turn(ctx, req, on); err != nil {
			return bot.Reply{}, err
		}
	case button.ActMyth, button.ActRecap:
		return s.weekly(ctx, req, p, schedule.Purpose(a), on)
	default:
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	after, err := s.saving.save(ctx, req, p, after)
	if err != nil {
		return bot.Reply{}, err
	}
	note := req.Say("setup.saved")
	if after != p {
		note = req.Say("setup.saved_by")
	}
	return s.cards.show(ctx, req, after, note)
}

// weeklies keep the weekly posts of places.
type weeklies interface {
	// Weeklies returns the weekly posts that are turned on at a place.
	Weeklies(ctx context.Context, placeID int64) ([]schedule.Series, error)
	// SetWeekly turns a weekly post on, or off when the rule of s is zero.
	SetWeekly(ctx context.Context, s schedule.Series, by schedule.By) error
}

// weeklyRule is when a weekly post goes out, once it is turned on.
func weeklyRule(p schedule.Purpose) (schedule.Rule, error) {
	return schedule.Parse(card.Either(p == schedule.ForMyth, "wed 12:00", "sun 19:00"))
}

// weekly turns a weekly post on or off. One that is on already keeps its hour,
// and whom it tells of its troubles.
func (s switches) weekly(ctx context.Context, req *bot.Request, p schedule.Place, what schedule.Purpose, on bool) (bot.Reply, error) {
	all, err := s.weeklies.Weeklies(ctx, p.ID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("turn a weekly post: %w", err)
	}
	if _, is := weekly(all, what); is == on {
		return s.cards.show(ctx, req, p, "")
	}
	now := s.saving.now()
	series, note := schedule.Series{Place: p, Purpose: what}, req.Say("setup.saved_by")
	if on {
		if series.Rule, err = weeklyRule(what); err != nil {
			return bot.Reply{}, fmt.Errorf("turn a weekly post: %w", err)
		}
		series.CreatedBy, series.CreatedAt = req.UserID, now
		note = req.Say("setup.weekly_on")
	}
	if err := s.weeklies.SetWeekly(ctx, series, place.By(req, now, series.Rule.String())); err != nil {
		return bot.Reply{}, fmt.Errorf("turn a weekly post: %w", err)
	}
	s.saving.kick()
	return s.cards.show(ctx, req, p, note)
}

// weekly finds a weekly post among those that are on.
func weekly(on []schedule.Series, what schedule.Purpose) (schedule.Series, bool) {
	i := slices.IndexFunc(on, func(s schedule.Series) bool { return s.Purpose == what })
	if i < 0 {
		return schedule.Series{}, false
	}
	return on[i], true
}
