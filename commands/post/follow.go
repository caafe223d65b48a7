package post

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/gate"
	"unpinch/schedule"
)

// Follows keeps before which classes members want a DM.
type Follows interface {
	// Follow also has a DM confirm it. It returns schedule.ErrNoMember for people
	// who have not agreed, and schedule.ErrFull for one follow too many.
	Follow(ctx context.Context, f schedule.Follow, confirm schedule.Series, now time.Time) error
	Follows(ctx context.Context, userID string) ([]schedule.Follow, error)
	// UnfollowClass ends all follows that cover a class.
	UnfollowClass(ctx context.Context, userID string, classID int64) error
}

// A followCard asks before which classes a reader wants a DM.
type followCard struct {
	presses  presses
	ledger   Ledger
	classes  Finder
	follows  Follows
	consents card.Consents
	held     held
	now      func() time.Time
	kick     func()
	gate     gate.Gate
}

// open opens the card from a post, and counts that press too.
func (c followCard) open(ctx context.Context, req *bot.Request, id button.Occurrence) (bot.Reply, error) {
	o, err := c.ledger.Occurrence(ctx, int64(id))
	if err != nil {
		return bot.Reply{}, inWords(err, "ask before which classes", "class.gone")
	}
	if !o.Kind.Post() {
		return bot.Reply{}, &bot.UserError{Key: "class.gone"}
	}
	s, err := c.series(ctx, req, o.ClassID)
	if err != nil {
		return bot.Reply{}, err
	}
	if err := c.presses.count(ctx, req, o.ID); err != nil {
		return bot.Reply{}, err
	}
	return c.show(ctx, req, s)
}

// series returns a saved class of the reader's server.
func (c followCard) series(ctx context.Context, req *bot.Request, id int64) (schedule.Series, error) {
	s, err := c.classes.Series(ctx, id)
	if err != nil {
		return s, inWords(err, "find the class", "class.gone")
	}
	if s.Place.GuildID != req.GuildID || !s.DraftUntil.IsZero() {
		return s, &bot.UserError{Key: "class.gone"}
	}
	return s, nil
}

// press does what a button on the card says.
func (c followCard) press(ctx context.Context, req *bot.Request, s button.FollowState) (bot.Reply, error) {
	series, err := c.series(ctx, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	switch s.Act {
	case button.FollowShow:
		return c.show(ctx, req, series)
	case button.FollowAsk:
		return c.askDays(ctx, req, series)
	case button.FollowStop:
		return c.stop(ctx, req, series)
	case button.FollowDays:
		if s.Days, err = pickedDays(req, s.Days); err != nil {
			return bot.Reply{}, err
		}
	case button.FollowClass, button.FollowPlace:
		s.Days = schedule.EveryDay
	default:
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	return c.follow(ctx, req, series, s)
}

// show offers a class, all at its place, or those on some days, and says which
// of them the reader follows already.
func (c followCard) show(ctx context.Context, req *bot.Request, s schedule.Series) (bot.Reply, error) {
	mine, err := followed(ctx, c.follows, req.UserID, s)
	if err != nil {
		return bot.Reply{}, err
	}
	parts := []bot.Part{bot.Text(req.Say("notify.card", bot.Args{"Class": card.ClassName(req.Say, s), "Place": card.Plain(s.Place.Name)}))}
	if len(mine) > 0 {
		parts = append(parts, bot.Text(req.Say("notify.already", bot.Args{"What": followsInWords(req.Say, mine)})))
	}
	whole := toFollow(req, "notify.button.class", button.FollowClass, s.ID)
	whole.Style = bot.Primary
	atPlace := toFollow(req, "notify.button.place", button.FollowPlace, s.ID)
	atPlace.Label = card.Cut(req.Say("notify.button.place", bot.Args{"Place": s.Place.Name}), labelMax)
	parts = append(parts, bot.Row{whole, atPlace, toFollow(req, "notify.button.days", button.FollowAsk, s.ID)})
	if len(mine) > 0 {
		parts = append(parts, bot.Row{toFollow(req, "notify.button.stop", button.FollowStop, s.ID)})
	}
	return card.Calm(parts...), nil
}

// labelMax is the length of a button's label that Discord takes.
const labelMax = 80

// toFollow returns a button of the card of a class.
func toFollow(req *bot.Request, label string, act button.FollowAct, classID int64) bot.Button {
	return bot.Button{Label: req.Say(label), ID: button.FollowID.For(button.FollowState{Act: act, ID: classID})}
}

// askDays asks for days of the week.
func (c followCard) askDays(ctx context.Context, req *bot.Request, s schedule.Series) (bot.Reply, error) {
	mine, err := followed(ctx, c.follows, req.UserID, s)
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
		bot.Row{toFollow(req, "card.back", button.FollowShow, s.ID)}), nil
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

// follow keeps what was picked. Nothing is kept of a reader who has not agreed:
// the consent card comes first, and its yes leads back here.
func (c followCard) follow(ctx context.Context, req *bot.Request, series schedule.Series, s button.FollowState) (bot.Reply, error) {
	if s.Agreed {
		if err := c.consents.Agree(ctx, req); err != nil {
			return bot.Reply{}, err
		}
	}
	switch agreed, err := c.consents.Agreed(ctx, req); {
	case err != nil:
		return bot.Reply{}, err
	case !agreed:
		s.Agreed = true
		return card.Consent(req, "class", button.FollowID.For(s), button.FollowID.For(button.FollowState{Act: button.FollowShow, ID: series.ID})), nil
	}
	f := schedule.Follow{UserID: req.UserID, Place: series.Place, Days: s.Days}
	if s.Act == button.FollowClass {
		f.ClassID, f.Rule, f.Title = series.ID, series.Rule, series.Title
	}
	mine, err := followed(ctx, c.follows, req.UserID, series)
	if err != nil {
		return bot.Reply{}, err
	}
	if slices.ContainsFunc(mine, func(o schedule.Follow) bool {
		return o.Place.ID == f.Place.ID && o.ClassID == f.ClassID && o.Days == f.Days && !o.QuietUntil.After(c.now())
	}) { // it was asked for twice, and is confirmed once
		return c.followed(ctx, req, f, series)
	}
	if err := c.gate.Pass(ctx, req, gate.Follows); err != nil {
		return bot.Reply{}, err
	}
	if err := c.follows.Follow(ctx, f, series, c.now()); err != nil {
		return bot.Reply{}, inWords(err, "follow", "class.gone")
	}
	c.kick()
	return c.followed(ctx, req, f, series)
}

// followed says before which classes the reader gets a DM from now on.
func (c followCard) followed(ctx context.Context, req *bot.Request, f schedule.Follow, series schedule.Series) (bot.Reply, error) {
	lines := []string{req.Say("notify.followed", bot.Args{"What": followsInWords(req.Say, []schedule.Follow{f})})}
	held, err := c.held.lines(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	return card.Calm(bot.Text(strings.Join(append(lines, held...), "\n")), bot.Row{
		toFollow(req, "notify.button.stop", button.FollowStop, series.ID),
		toFollow(req, "card.back", button.FollowShow, series.ID),
	}), nil
}

// stop ends what the reader follows of a class, and says what that was.
func (c followCard) stop(ctx context.Context, req *bot.Request, s schedule.Series) (bot.Reply, error) {
	text, err := stopped(ctx, c.follows, req, s.ID)
	if err != nil {
		return bot.Reply{}, err
	}
	return card.Calm(bot.Text(text), bot.Row{toFollow(req, "card.back", button.FollowShow, s.ID)}), nil
}

// stopped ends what the reader follows of a class, and returns the words for it.
// The class itself may be gone.
func stopped(ctx context.Context, follows Follows, req *bot.Request, classID int64) (string, error) {
	before, err := follows.Follows(ctx, req.UserID)
	if err != nil {
		return "", fmt.Errorf("stop following: %w", err)
	}
	if err := follows.UnfollowClass(ctx, req.UserID, classID); err != nil {
		return "", fmt.Errorf("stop following: %w", err)
	}
	left, err := follows.Follows(ctx, req.UserID)
	if err != nil {
		return "", fmt.Errorf("stop following: %w", err)
	}
	ended := slices.DeleteFunc(before, func(f schedule.Follow) bool {
		return slices.ContainsFunc(left, func(o schedule.Follow) bool { return o.ID == f.ID })
	})
	if len(ended) == 0 {
		return req.Say("notify.stopped_already"), nil
	}
	return req.Say("notify.stopped", bot.Args{"What": followsInWords(req.Say, ended)}), nil
}
