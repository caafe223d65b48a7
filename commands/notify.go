package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"unpinch/bot"
	"unpinch/schedule"
)

// followID stands on the private card that asks before which classes someone
// wants a DM.
var followID = bot.NewID[followState]("follow1")

// A followAct is what a button on that card does.
type followAct string

const (
	followShow  followAct = "show"
	followClass followAct = "class" // this class
	followPlace followAct = "place" // all at its place
	followAsk   followAct = "ask"   // on which days
	followDays  followAct = "days"  // those at its place on some days
	followStop  followAct = "stop"
)

// followState says what a button does, for the place of which class. What it
// names is checked against the reader's server each time.
type followState struct {
	Act    followAct
	ID     int64
	Days   schedule.Days
	Agreed bool // on the consent card that came between
}

// MarshalText returns the state as "act/id/days", with "/yes" after consent.
func (s followState) MarshalText() ([]byte, error) {
	text := fmt.Appendf(nil, "%s/%d/%d", s.Act, s.ID, s.Days)
	if s.Agreed {
		text = append(text, "/yes"...)
	}
	return text, nil
}

// UnmarshalText reads what MarshalText wrote. Whether act and class exist is
// for the handler to say.
func (s *followState) UnmarshalText(text []byte) error {
	bare, agreed := strings.CutSuffix(string(text), "/yes")
	parts := strings.Split(bare, "/")
	if len(parts) != 3 {
		return errors.New("want act/id/days")
	}
	id, err := strconv.ParseInt(parts[1], 10, 64)
	days, err2 := strconv.ParseUint(parts[2], 10, 7)
	*s = followState{followAct(parts[0]), id, schedule.Days(days), agreed}
	return errors.Join(err, err2)
}

// notify asks for DMs before classes, and does what the buttons of those DMs
// say.
func notify(d Deps) []bot.Component {
	n := notifier{d}
	card := bot.Handle(followID, bot.Update, n.turn)
	card.OwnerOnly = true
	return []bot.Component{card, bot.Handle(notifyID, bot.NewPrivate, n.ask), bot.Handle(noticeID, bot.NewPrivate, n.press)}
}

// notifier follows classes for members.
type notifier struct{ Deps }

// ask opens the card from a post, and counts that press too.
func (n notifier) ask(ctx context.Context, req *bot.Request, id occurrenceID) (bot.Reply, error) {
	o, err := n.Classes.Occurrence(ctx, int64(id))
	if errors.Is(err, schedule.ErrNoOccurrence) || err == nil && !o.Kind.Post() {
		return bot.Reply{}, &bot.UserError{Key: "class.gone"}
	}
	if err != nil {
		return bot.Reply{}, fmt.Errorf("ask before which classes: %w", err)
	}
	s, err := timetable(n).series(ctx, req, o.ClassID)
	if err != nil {
		return bot.Reply{}, err
	}
	if err := n.countPress(ctx, req, o.ID); err != nil {
		return bot.Reply{}, err
	}
	return n.card(ctx, req, s)
}

// turn does what a button on the card says.
func (n notifier) turn(ctx context.Context, req *bot.Request, s followState) (bot.Reply, error) {
	series, err := timetable(n).series(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	switch s.Act {
	case followShow:
		return n.card(ctx, req, series)
	case followAsk:
		return n.askDays(ctx, req, series)
	case followStop:
		return n.stop(ctx, req, series)
	case followDays:
		if s.Days, err = pickedDays(req, s.Days); err != nil {
			return bot.Reply{}, err
		}
	case followClass, followPlace:
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
	parts := []bot.Part{bot.Text(req.Say("notify.card", args{"Class": className(req.Say, s), "Place": plain(s.Place.Name)}))}
	rows := []bot.Row{{
		{Label: req.Say("notify.button.class"), ID: followID.For(followState{Act: followClass, ID: s.ID}), Style: bot.Primary},
		{Label: cut(req.Say("notify.button.place", args{"Place": s.Place.Name}), 80), ID: followID.For(followState{Act: followPlace, ID: s.ID})},
		{Label: req.Say("notify.button.days"), ID: followID.For(followState{Act: followAsk, ID: s.ID})},
	}}
	if len(mine) > 0 {
		parts = append(parts, bot.Text(req.Say("notify.already", args{"What": n.what(req.Locale, mine)})))
		rows = append(rows, bot.Row{{Label: req.Say("notify.button.stop"), ID: followID.For(followState{Act: followStop, ID: s.ID})}})
	}
	for _, row := range rows {
		parts = append(parts, row)
	}
	return calmCard(parts...), nil
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
	return calmCard(bot.Text(req.Say("notify.days", args{"Place": plain(s.Place.Name)})),
		bot.Select{ID: followID.For(followState{Act: followDays, ID: s.ID}), Hint: req.Say("notify.days_hint"), Entries: entries, Many: true},
		bot.Row{{Label: req.Say("pinched.button.back"), ID: followID.For(followState{Act: followShow, ID: s.ID})}}), nil
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
func (n notifier) follow(ctx context.Context, req *bot.Request, series schedule.Series, s followState) (bot.Reply, error) {
	if s.Agreed {
		if err := (member{Deps: n.Deps}).agree(ctx, req); err != nil {
			return bot.Reply{}, err
		}
	}
	f := schedule.Follow{UserID: req.UserID, Place: series.Place, Days: s.Days}
	if s.Act == followClass {
		f.ClassID, f.Rule, f.Title = series.ID, series.Rule, series.Title
	}
	switch err := n.Notices.Follow(ctx, f, series, n.Now()); {
	case errors.Is(err, schedule.ErrNoMember):
		s.Agreed = true
		return consentCardTo(req, followID.For(s), followID.For(followState{Act: followShow, ID: series.ID})), nil
	case errors.Is(err, schedule.ErrFull):
		return bot.Reply{}, &bot.UserError{Key: "notify.full", Args: args{"Max": schedule.FollowsMax}}
	case err != nil:
		return bot.Reply{}, fmt.Errorf("follow: %w", err)
	}
	n.Kick()
	lines := []string{req.Say("notify.followed", args{"What": n.what(req.Locale, []schedule.Follow{f})})}
	held, err := n.held(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	return calmCard(bot.Text(strings.Join(append(lines, held...), "\n")), bot.Row{
		{Label: req.Say("notify.button.stop"), ID: followID.For(followState{Act: followStop, ID: series.ID})},
		{Label: req.Say("pinched.button.back"), ID: followID.For(followState{Act: followShow, ID: series.ID})},
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
		lines = append(lines, req.Say("notify.active", args{"From": mem.Active.From, "To": mem.Active.To}))
	}
	return append(lines, member{Deps: n.Deps}.quietLines(req, mem)...), nil
}

// stop ends what the reader follows of a class, and says what that was.
func (n notifier) stop(ctx context.Context, req *bot.Request, s schedule.Series) (bot.Reply, error) {
	text, err := n.stopped(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	return calmCard(bot.Text(text), bot.Row{{Label: req.Say("pinched.button.back"), ID: followID.For(followState{Act: followShow, ID: s.ID})}}), nil
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
	return req.Say("notify.stopped", args{"What": n.what(req.Locale, ended)}), nil
}
