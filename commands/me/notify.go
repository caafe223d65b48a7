package me

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// What the controls of the card do.
const (
	notifyShow  = "show"
	notifyPick  = "pick" // the select; its value is the follow to end
	notifySure  = "sure" // ask before all end
	notifyNone  = "none" // all end
	notifyAgain = "again"
)

// Follows are the classes before which members get a DM.
type Follows interface {
	Follows(ctx context.Context, userID string) ([]schedule.Follow, error)
	// Unfollow ends one of the member's own, or all with 0.
	Unfollow(ctx context.Context, userID string, id int64) error
	// TryDMs lets DMs go out again to a member to whom one was refused.
	TryDMs(ctx context.Context, userID string) error
}

// notices shows all that a member gets DMs of, and what keeps DMs away.
type notices struct {
	members   members
	kept      Follows
	reminders reminderCards
	nudges    Nudges
}

// selectText is the most that a line of a select can hold, in characters.
const selectText = 100

// listMax is the longest list of classes that leaves a card room for the rest, in
// characters.
const listMax = 1500

func (n notices) card(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	mem, _, err := n.members.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	follows, err := n.kept.Follows(ctx, req.UserID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the notices: %w", err)
	}
	reminded, err := n.reminded(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	nudges, nudged, err := n.nudged(ctx, req, mem)
	if err != nil {
		return bot.Reply{}, err
	}
	parts := append([]bot.Part{bot.Text(req.Say("me.notify.title"))}, n.list(req, follows)...)
	parts = append(append(parts, reminded...), bot.Text(nudges), bot.Text(req.Say("me.notify.active", bot.Args{"Line": activeLine(req, mem)})))
	parts = append(parts, n.members.quiet(req, mem)...)
	return card.Calm(append(parts, n.row(req, mem, len(follows) > 0, nudged))...), nil
}

// list has a line for each follow, where they fit, and the select that ends one.
func (n notices) list(req *bot.Request, follows []schedule.Follow) []bot.Part {
	if len(follows) == 0 {
		return []bot.Part{bot.Text(req.Say("me.notify.none"))}
	}
	var lines []string
	var entries []bot.Entry
	for _, f := range follows {
		lines = append(lines, n.line(req, f))
		entries = append(entries, bot.Entry{Label: card.Cut(followWords(req, f), selectText), About: card.Cut(f.Place.Name, selectText), Value: strconv.FormatInt(f.ID, 10)})
	}
	list := card.Bullets(lines)
	if utf8.RuneCountInString(list) > listMax { // the select has them all
		list = req.Say("me.notify.many", bot.Args{"count": len(follows)})
	}
	return []bot.Part{bot.Text(req.Say("me.notify.follows") + "\n" + list),
		bot.Select{ID: button.NotifyMeID.For(button.MeStep{Act: notifyPick}), Hint: req.Say("me.notify.hint"), Entries: entries}}
}

// line is a follow as a line of the card.
func (n notices) line(req *bot.Request, f schedule.Follow) string {
	line := req.Say("me.notify.line", bot.Args{"Place": card.Plain(f.Place.Name), "What": card.Plain(followWords(req, f))})
	if f.QuietUntil.After(n.members.now()) {
		line = req.Say("me.notify.quiet", bot.Args{"Line": line, "At": fmt.Sprintf("<t:%d:f>", f.QuietUntil.Unix())})
	}
	return line
}

// followWords says which classes of its place a follow counts for, short enough
// for a select. A DM says it in a sentence, which is post's.
func followWords(req *bot.Request, f schedule.Follow) string {
	switch {
	case f.ClassID != 0 && f.Title != "":
		return req.Say("me.notify.titled", bot.Args{"Title": f.Title, "Sentence": f.Rule.Sentence(req.Say)})
	case f.ClassID != 0:
		return f.Rule.Sentence(req.Say)
	case f.Days == schedule.EveryDay:
		return req.Say("me.notify.all")
	}
	var days []string
	for _, day := range f.Days.List() {
		days = append(days, schedule.WeekdayShort(req.Say, day))
	}
	return req.Say("me.notify.days", bot.Args{"Days": strings.Join(days, req.Say("list.comma"))})
}

// turn follows the controls of the card.
func (n notices) turn(ctx context.Context, req *bot.Request, s button.MeStep) (bot.Reply, error) {
	switch s.Act {
	case notifyShow:
	case notifyPick:
		return n.unfollow(ctx, req)
	case notifySure:
		return card.Calm(bot.Text(req.Say("me.notify.sure")), bot.Row{
			{Label: req.Say("me.notify.button.none"), ID: button.NotifyMeID.For(button.MeStep{Act: notifyNone}), Style: bot.Danger},
			{Label: req.Say("me.notify.button.keep"), ID: button.NotifyMeID.For(button.MeStep{Act: notifyShow})},
		}), nil
	case notifyNone:
		if err := n.kept.Unfollow(ctx, req.UserID, 0); err != nil {
			return bot.Reply{}, fmt.Errorf("stop all notices: %w", err)
		}
	case notifyAgain:
		return n.tryAgain(ctx, req)
	default:
		return bot.Reply{}, oldButton()
	}
	return n.card(ctx, req)
}

// unfollow ends the follow that the reader picked, if it is theirs and there still.
func (n notices) unfollow(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	follows, err := n.kept.Follows(ctx, req.UserID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("stop a notice: %w", err)
	}
	picked := slices.IndexFunc(follows, func(f schedule.Follow) bool {
		return slices.Contains(req.Values, strconv.FormatInt(f.ID, 10))
	})
	if picked < 0 {
		reply, err := n.card(ctx, req)
		reply.Parts = append(reply.Parts, bot.Text(req.Say("me.notify.gone")))
		return reply, err
	}
	if err := n.kept.Unfollow(ctx, req.UserID, follows[picked].ID); err != nil {
		return bot.Reply{}, fmt.Errorf("stop a notice: %w", err)
	}
	return n.card(ctx, req)
}

// tryAgain lets DMs go out again to a member who has opened them.
func (n notices) tryAgain(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	if err := n.kept.TryDMs(ctx, req.UserID); err != nil {
		return bot.Reply{}, fmt.Errorf("let DMs go out again: %w", err)
	}
	n.members.kick()
	reply, err := n.card(ctx, req)
	reply.Parts = append(reply.Parts, bot.Text(req.Say("me.notify.again")))
	return reply, err
}
