package commands

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"unpinch/bot"
	"unpinch/content"
)

// easyDays is how long stresses are kept low unless the member renews it.
const easyDays = 14

// easyID carries what a member does on the card of what to keep low.
var easyID = bot.NewID[easyStep]("easy1")

// An easyStep is one control of that card.
type easyStep string

const (
	easyPick  easyStep = "pick" // the select; its values are what to keep low
	easyRenew easyStep = "renew"
	easyClear easyStep = "clear"
)

// MarshalText returns the step's name.
func (s easyStep) MarshalText() ([]byte, error) { return []byte(s), nil }

// UnmarshalText reads a step's name.
func (s *easyStep) UnmarshalText(text []byte) error {
	switch step := easyStep(text); step {
	case easyPick, easyRenew, easyClear:
		*s = step
		return nil
	}
	return errors.New("no such step")
}

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
		bot.Text(req.Say("easy.text", args{"Days": easyDays})),
		bot.Select{ID: easyID.For(easyPick), Hint: req.Say("easy.hint"), Entries: entries, Many: true},
	}
	if easy != 0 {
		parts = append(parts, bot.Text(req.Say("easy.until", args{"Date": dayStamp(until)})), bot.Row{
			{Label: req.Say("easy.button.renew", args{"Days": easyDays}), ID: easyID.For(easyRenew)},
			{Label: req.Say("easy.button.clear"), ID: easyID.For(easyClear)},
		})
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: accentCalm, Parts: parts}}}, nil
}

// dayStamp is a day as Discord writes it for each reader.
func dayStamp(at time.Time) string { return "<t:" + strconv.FormatInt(at.Unix(), 10) + ":D>" }

// setEasy follows the controls of the card.
func (m member) setEasy(ctx context.Context, req *bot.Request, step easyStep) (bot.Reply, error) {
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
	case easyPick:
		easy = 0
		for _, v := range req.Values {
			easy |= content.LessSetOf(content.Less(v))
		}
	case easyClear:
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
