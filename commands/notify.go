package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// notify asks for DMs before classes, and does what the buttons of those DMs
// say.
func notify(d Deps) []bot.Component {
	n := notifier{d}
	card := bot.Handle(button.FollowID, bot.Update, n.turn)
	card.OwnerOnly = true
	start := postStart{d, following(d).Open}
	return []bot.Component{card, bot.Handle(button.NotifyID, bot.NewPrivate, n.ask), bot.Handle(button.NoticeID, bot.NewPrivate, n.press),
		bot.Handle(button.PostID, bot.NewPrivate, start.press), bot.Handle(button.DoneID, bot.NewPrivate, newDoneCount(d).press)}
}

// notifier follows classes for members.
type notifier struct{ Deps }

// ask opens the card from a post, and counts that press too.
func (n notifier) ask(ctx context.Context, req *bot.Request, id button.Occurrence) (bot.Reply, error) {
	o, err := n.Classes.Occurrence(ctx, int64(id))
	if errors.Is(err, schedule.ErrNoOccurrence) || err == nil && !o.Kind.Post() {
		return bot.Reply{}, &bot.UserError{Key: "class.gone"}
	}
	if err != nil {
		return bot.Reply{}, fmt.Errorf("ask before which classes: %w", err)
	}
	s, err := n.series(ctx, req, o.ClassID)
	if err != nil {
		return bot.Reply{}, err
	}
	if err := n.countPress(ctx, req, o.ID); err != nil {
		return bot.Reply{}, err
	}
	return n.card(ctx, req, s)
}

// series returns a saved class of the reader's server.
func (n notifier) series(ctx context.Context, req *bot.Request, id int64) (schedule.Series, error) {
	s, err := n.Classes.Series(ctx, id)
	if errors.Is(err, schedule.ErrNoClass) || err == nil && (s.Place.GuildID != req.GuildID || !s.DraftUntil.IsZero()) {
		return s, &bot.UserError{Key: "class.gone"}
	}
	if err != nil {
		return s, fmt.Errorf("find the class: %w", err)
	}
	return s, nil
}

// turn does what a button on the card says.
func (n notifier) turn(ctx context.Context, req *bot.Request, s button.FollowState) (bot.Reply, error) {
	series, err := n.series(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	switch s.Act {
	case button.FollowShow:
		return n.card(ctx, req, series)
	case button.FollowAsk:
		return n.askDays(ctx, req, series)
	case button.FollowStop:
		return n.stop(ctx, req, series)
	case button.FollowDays:
		if s.Days, err = pickedDays(req, s.Days); err != nil {
			return bot.Reply{}, err
		}
	case button.FollowClass, button.FollowPlace:
		s.Days = schedule.EveryDay
	default:
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	return n.follow(ctx, req, series, s)
}

// card offers the three widths, and says what the reader follows already.
func (n notifier) card(ctx context.Context, req *bot.Request, s schedule.Series) (bot.Reply, error) {
	mine, err := n.followed(ctx, req.UserID, s)
	if err != nil {
		return bot.Reply{}, err
	}
	parts := []bot.Part{bot.Text(req.Say("notify.card", bot.Args{"Class": card.ClassName(req.Say, s), "Place": card.Plain(s.Place.Name)}))}
	rows := []bot.Row{{
		{Label: req.Say("notify.button.class"), ID: button.FollowID.For(button.FollowState{Act: button.FollowClass, ID: s.ID}), Style: bot.Primary},
		{Label: card.Cut(req.Say("notify.button.place", bot.Args{"Place": s.Place.Name}), 80), ID: button.FollowID.For(button.FollowState{Act: button.FollowPlace, ID: s.ID})},
		{Label: req.Say("notify.button.days"), ID: button.FollowID.For(button.FollowState{Act: button.FollowAsk, ID: s.ID})},
	}}
	if len(mine) > 0 {
		parts = append(parts, bot.Text(req.Say("notify.already", bot.Args{"What": n.what(req.Locale, mine)})))
		rows = append(rows, bot.Row{{Label: req.Say("notify.button.stop"), ID: button.FollowID.For(button.FollowState{Act: button.FollowStop, ID: s.ID})}})
	}
	for _, row := range rows {
		parts = append(parts, row)
	}
	return card.Calm(parts...), nil
}

// askDays asks for days of the week.
func (n notifier) askDays(ctx context.Context, req *bot.Request, s schedule.Series) (bot.Reply, error) {
	mine, err := n.followed(ctx, req.UserID, s)
	if err != nil {
		return bot.Reply{}, err
	}
	var chosen schedule.Days
	for _, f := range mine {
		if f.ClassID == 0 && f.Days != schedule.EveryDay {
			chosen = f.Days
		}
	}
	var entries []bot.Entry
	for _, day := range schedule.EveryDay.List() {
		entries = append(entries, bot.Entry{Label: schedule.Weekday(req.Say, day), Value: strconv.Itoa(int(schedule.On(day))), Chosen: chosen.Has(day)})
	}
	return card.Calm(bot.Text(req.Say("notify.days", bot.Args{"Place": card.Plain(s.Place.Name)})),
		bot.Select{ID: button.FollowID.For(button.FollowState{Act: button.FollowDays, ID: s.ID}), Hint: req.Say("notify.days_hint"), Entries: entries, Many: true},
		bot.Row{{Label: req.Say("pinched.button.back"), ID: button.FollowID.For(button.FollowState{Act: button.FollowShow, ID: s.ID})}}), nil
}

// pickedDays reads what was picked, or what the consent card carried on.
func pickedDays(req *bot.Request, carried schedule.Days) (days schedule.Days, err error) {
	for _, v := range req.Values {
		n, err := strconv.ParseUint(v, 10, 7)
		if err != nil {
			return 0, &bot.UserError{Key: "bot.old_button"}
		}
		days |= schedule.Days(n)
	}
	if len(req.Values) == 0 {
		days = carried
	}
	if days == 0 {
		return 0, &bot.UserError{Key: "notify.no_days"}
	}
	return days, nil
}

// follow keeps what was picked, once the reader has agreed that anything is.
func (n notifier) follow(ctx context.Context, req *bot.Request, series schedule.Series, s button.FollowState) (bot.Reply, error) {
	if s.Agreed {
		if err := n.People.Agree(ctx, req.UserID, card.ConsentVersion, req.Locale, n.Now()); err != nil {
			return bot.Reply{}, fmt.Errorf("keep the consent: %w", err)
		}
	}
	f := schedule.Follow{UserID: req.UserID, Place: series.Place, Days: s.Days}
	if s.Act == button.FollowClass {
		f.ClassID, f.Rule, f.Title = series.ID, series.Rule, series.Title
	}
	switch err := n.Notices.Follow(ctx, f, series, n.Now()); {
	case errors.Is(err, schedule.ErrNoMember):
		s.Agreed = true
		return card.Consent(req, button.FollowID.For(s), button.FollowID.For(button.FollowState{Act: button.FollowShow, ID: series.ID})), nil
	case errors.Is(err, schedule.ErrFull):
		return bot.Reply{}, &bot.UserError{Key: "notify.full", Args: bot.Args{"Max": schedule.FollowsMax}}
	case err != nil:
		return bot.Reply{}, fmt.Errorf("follow: %w", err)
	}
	n.Kick()
	lines := []string{req.Say("notify.followed", bot.Args{"What": n.what(req.Locale, []schedule.Follow{f})})}
	held, err := n.held(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	return card.Calm(bot.Text(strings.Join(append(lines, held...), "\n")), bot.Row{
		{Label: req.Say("notify.button.stop"), ID: button.FollowID.For(button.FollowState{Act: button.FollowStop, ID: series.ID})},
		{Label: req.Say("pinched.button.back"), ID: button.FollowID.For(button.FollowState{Act: button.FollowShow, ID: series.ID})},
	}), nil
}

// held says what keeps DMs away from the reader now and then.
func (n notifier) held(ctx context.Context, req *bot.Request) (lines []string, err error) {
	mem, err := n.Notices.Member(ctx, req.UserID)
	if errors.Is(err, schedule.ErrNoMember) { // who asked to be forgotten meanwhile
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("follow: %w", err)
	}
	if mem.Active != (schedule.Hours{}) {
		lines = append(lines, req.Say("notify.active", bot.Args{"From": mem.Active.From, "To": mem.Active.To}))
	}
	return append(lines, card.Quiet(req.Say, mem, n.Now(), n.Zones)...), nil
}

// stop ends what the reader follows of a class, and says what that was.
func (n notifier) stop(ctx context.Context, req *bot.Request, s schedule.Series) (bot.Reply, error) {
	text, err := n.stopped(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	return card.Calm(bot.Text(text), bot.Row{{Label: req.Say("pinched.button.back"), ID: button.FollowID.For(button.FollowState{Act: button.FollowShow, ID: s.ID})}}), nil
}

// stopped ends what the reader follows of a class, which may be gone itself,
// and returns the words for it.
func (n notifier) stopped(ctx context.Context, req *bot.Request, classID int64) (string, error) {
	before, err := n.Notices.Follows(ctx, req.UserID)
	if err != nil {
		return "", fmt.Errorf("stop following: %w", err)
	}
	if err := n.Notices.UnfollowClass(ctx, req.UserID, classID); err != nil {
		return "", fmt.Errorf("stop following: %w", err)
	}
	left, err := n.Notices.Follows(ctx, req.UserID)
	if err != nil {
		return "", fmt.Errorf("stop following: %w", err)
	}
	ended := slices.DeleteFunc(before, func(f schedule.Follow) bool {
		return slices.ContainsFunc(left, func(o schedule.Follow) bool { return o.ID == f.ID })
	})
	if len(ended) == 0 {
		return req.Say("notify.stopped_already"), nil
	}
	return req.Say("notify.stopped", bot.Args{"What": n.what(req.Locale, ended)}), nil
}
