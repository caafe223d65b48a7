package commands

import (
	"context"
	"fmt"
	"slices"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
)

// easyDays is how long stresses are kept low unless the member renews it.
const easyDays = 14

// easy returns what the reader keeps low now, and until when.
func (d Deps) easy(ctx context.Context, req *bot.Request) (content.LessSet, time.Time, error) {
	kept, until, err := d.People.Easy(ctx, req.UserID, d.Now())
	if err != nil {
		return 0, time.Time{}, fmt.Errorf("read what to keep low: %w", err)
	}
	var all []content.Less
	for _, l := range kept {
		all = append(all, content.Less(l))
	}
	return content.LessSetOf(all...), until, nil
}

// easyCard shows what a member keeps low. It is the only place where that is
// written; whoever has not agreed to have anything kept is asked first.
func (m member) easyCard(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	agreed, err := m.agreed(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if !agreed {
		return consentCard(req), nil
	}
	easy, until, err := m.easy(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	entries := make([]bot.Entry, 0, len(content.Lesses()))
	for _, l := range content.Lesses() {
		entries = append(entries, bot.Entry{Label: req.Say("less." + string(l)), Value: string(l), Chosen: slices.Contains(easy.All(), l)})
	}
	parts := []bot.Part{
		bot.Text(req.Say("easy.text", bot.Args{"Days": easyDays})),
		bot.Select{ID: button.EasyID.For(button.EasyPick), Hint: req.Say("easy.hint"), Entries: entries, Many: true},
	}
	if easy != 0 {
		parts = append(parts, bot.Text(req.Say("easy.until", bot.Args{"Date": card.DayStamp(until)})), bot.Row{
			{Label: req.Say("easy.button.renew", bot.Args{"Days": easyDays}), ID: button.EasyID.For(button.EasyRenew)},
			{Label: req.Say("easy.button.clear"), ID: button.EasyID.For(button.EasyClear)},
		})
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentCalm, Parts: parts}}}, nil
}

// setEasy follows the controls of the card.
func (m member) setEasy(ctx context.Context, req *bot.Request, step button.EasyStep) (bot.Reply, error) {
	agreed, err := m.agreed(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if !agreed { // they withdrew since the card was made
		return consentCard(req), nil
	}
	easy, _, err := m.easy(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	switch step {
	case button.EasyPick:
		easy = 0
		for _, v := range req.Values {
			easy |= content.LessSetOf(content.Less(v))
		}
	case button.EasyClear:
		easy = 0
	}
	var kept []string
	for _, l := range easy.All() {
		kept = append(kept, string(l))
	}
	if err := m.People.SetEasy(ctx, req.UserID, kept, m.Now().AddDate(0, 0, easyDays)); err != nil {
		return bot.Reply{}, fmt.Errorf("keep what to keep low: %w", err)
	}
	return m.easyCard(ctx, req)
}
