package commands

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

// notify shows which classes the reader hears of, and what keeps DMs away.
func (m member) notify(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	mem, _, err := m.self(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	follows, err := m.Notices.Follows(ctx, req.UserID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the notices: %w", err)
	}
	parts := []bot.Part{bot.Text(req.Say("me.notify.title"))}
	row := bot.Row{}
	if len(follows) == 0 {
		parts = append(parts, bot.Text(req.Say("me.notify.none")))
	} else {
		var lines []string
		var entries []bot.Entry
		for _, f := range follows {
			lines = append(lines, m.followLine(req, f))
			what, where := followWords(req, f)
			entries = append(entries, bot.Entry{Label: card.Cut(what, selectText), About: card.Cut(where, selectText), Value: strconv.FormatInt(f.ID, 10)})
		}
		list := card.Bullets(lines)
		if utf8.RuneCountInString(list) > listMax { // the select has them all
			list = req.Say("me.notify.many", bot.Args{"count": len(follows)})
		}
		parts = append(parts, bot.Text(list),
			bot.Select{ID: button.NotifyMeID.For(button.MeStep{Act: notifyPick}), Hint: req.Say("me.notify.hint"), Entries: entries})
		row = append(row, bot.Button{Label: req.Say("me.notify.button.stop_all"), ID: button.NotifyMeID.For(button.MeStep{Act: notifySure})})
	}
	parts = append(parts, bot.Text(activeLine(req, mem)))
	for _, line := range card.Quiet(req.Say, mem, m.Now(), m.Zones) {
		parts = append(parts, bot.Text(line))
	}
	row = append(row, bot.Button{Label: req.Say("me.notify.button.hours"), ID: button.SettingsFormID.For(button.MeStep{Act: settingsHours})})
	if !mem.DMsClosed.IsZero() {
		row = append(row, bot.Button{Label: req.Say("me.notify.button.again"), ID: button.NotifyMeID.For(button.MeStep{Act: notifyAgain}), Style: bot.Primary})
	}
	return card.Calm(append(parts, row)...), nil
}

const (
	// selectText is the most that a line of a select can hold, in characters.
	selectText = 100
	// listMax is the longest list that leaves a card room for the rest, in
	// characters.
	listMax = 3000
)

// followWords says what a follow counts for, and where.
func followWords(req *bot.Request, f schedule.Follow) (what, where string) {
	switch {
	case f.ClassID != 0 && f.Title != "":
		what = req.Say("me.notify.titled", bot.Args{"Title": f.Title, "Sentence": f.Rule.Sentence(req.Say)})
	case f.ClassID != 0:
		what = f.Rule.Sentence(req.Say)
	case f.Days == schedule.EveryDay:
		what = req.Say("me.notify.all")
	default:
		what = req.Say("me.notify.days", bot.Args{"Days": daysWords(req, f.Days)})
	}
	return what, f.Place.Name
}

// followLine is a follow as a line of the card.
func (m member) followLine(req *bot.Request, f schedule.Follow) string {
	what, where := followWords(req, f)
	line := req.Say("me.notify.line", bot.Args{"Place": card.Plain(where), "What": card.Plain(what)})
	if f.QuietUntil.After(m.Now()) {
		line = req.Say("me.notify.quiet", bot.Args{"Line": line, "At": fmt.Sprintf("<t:%d:f>", f.QuietUntil.Unix())})
	}
	return line
}

// daysWords lists days of the week, as "Mon, Wed".
func daysWords(req *bot.Request, d schedule.Days) string {
	var days []string
	for _, day := range d.List() {
		days = append(days, schedule.WeekdayShort(req.Say, day))
	}
	return strings.Join(days, req.Say("list.comma"))
}

// turnNotify follows the controls of the card.
func (m member) turnNotify(ctx context.Context, req *bot.Request, s button.MeStep) (bot.Reply, error) {
	switch s.Act {
	case notifyShow:
	case notifyPick:
		if err := m.unfollow(ctx, req); err != nil {
			return bot.Reply{}, err
		}
	case notifySure:
		return card.Calm(bot.Text(req.Say("me.notify.sure")), bot.Row{
			{Label: req.Say("me.notify.button.none"), ID: button.NotifyMeID.For(button.MeStep{Act: notifyNone}), Style: bot.Danger},
			{Label: req.Say("me.notify.button.keep"), ID: button.NotifyMeID.For(button.MeStep{Act: notifyShow})},
		}), nil
	case notifyNone:
		if err := m.Notices.Unfollow(ctx, req.UserID, 0); err != nil {
			return bot.Reply{}, fmt.Errorf("stop all notices: %w", err)
		}
	case notifyAgain:
		return m.tryAgain(ctx, req)
	default:
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	return m.notify(ctx, req)
}

// unfollow ends the follow that the reader picked, if it is theirs.
func (m member) unfollow(ctx context.Context, req *bot.Request) error {
	follows, err := m.Notices.Follows(ctx, req.UserID)
	if err != nil {
		return fmt.Errorf("stop a notice: %w", err)
	}
	picked := slices.IndexFunc(follows, func(f schedule.Follow) bool {
		return slices.Contains(req.Values, strconv.FormatInt(f.ID, 10))
	})
	if picked < 0 {
		return &bot.UserError{Key: "me.notify.gone"}
	}
	if err := m.Notices.Unfollow(ctx, req.UserID, follows[picked].ID); err != nil {
		return fmt.Errorf("stop a notice: %w", err)
	}
	return nil
}

// tryAgain lets DMs go out to a member again who has opened them.
func (m member) tryAgain(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	if err := m.Notices.TryDMs(ctx, req.UserID); err != nil {
		return bot.Reply{}, err
	}
	m.Kick()
	reply, err := m.notify(ctx, req)
	reply.Parts = append(reply.Parts, bot.Text(req.Say("me.notify.again")))
	return reply, err
}
