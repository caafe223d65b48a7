package me

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

// Easies are what members keep low in training for a while.
type Easies interface {
	// Easy returns what the member keeps low at an instant, and until when; nothing
	// when that is over.
	Easy(ctx context.Context, userID string, now time.Time) (less []string, until time.Time, err error)
	// SetEasy keeps that in place of what was kept before. The member must have
	// agreed.
	SetEasy(ctx context.Context, userID string, less []string, until time.Time) error
}

// easy is the card of what to keep low. It is the only place where that is
// written; anyone who has not agreed to have anything kept is asked first.
type easy struct {
	consent card.Consents
	kept    Easies
	now     func() time.Time
}

// card shows what the reader keeps low.
func (e easy) card(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	low, until, err := e.low(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	entries := make([]bot.Entry, 0, len(content.Lesses()))
	for _, l := range content.Lesses() {
		entries = append(entries, bot.Entry{Label: req.Say("less." + string(l)), Value: string(l), Chosen: slices.Contains(low.All(), l)})
	}
	parts := []bot.Part{
		bot.Text(req.Say("easy.text", bot.Args{"Days": easyDays})),
		bot.Select{ID: button.EasyID.For(button.EasyPick), Hint: req.Say("easy.hint"), Entries: entries, Many: true},
	}
	if low != 0 {
		parts = append(parts, bot.Text(req.Say("easy.until", bot.Args{"Date": card.DayStamp(until)})+"\n"+card.Bullets(lessWords(req, low))), bot.Row{
			{Label: req.Say("easy.button.renew", bot.Args{"Days": easyDays}), ID: button.EasyID.For(button.EasyRenew)},
			{Label: req.Say("easy.button.clear"), ID: button.EasyID.For(button.EasyClear)},
		})
	}
	return card.Calm(parts...), nil
}

// low returns what the reader keeps low now, and until when.
func (e easy) low(ctx context.Context, req *bot.Request) (content.LessSet, time.Time, error) {
	kept, until, err := e.kept.Easy(ctx, req.UserID, e.now())
	if err != nil {
		return 0, time.Time{}, fmt.Errorf("read what to keep low: %w", err)
	}
	return lessSet(kept), until, nil
}

// lessSet is the set of what names mean; those that mean nothing are left out.
func lessSet(names []string) content.LessSet {
	var set content.LessSet
	for _, name := range names {
		set |= content.LessSetOf(content.Less(name))
	}
	return set
}

// lessWords says what is kept low.
func lessWords(req *bot.Request, low content.LessSet) (all []string) {
	for _, l := range low.All() {
		all = append(all, req.Say("less."+string(l)))
	}
	return all
}

// easyConsent asks before anything is kept, and leads to the card with what was
// picked.
func easyConsent(req *bot.Request, low content.LessSet) bot.Reply {
	return card.Consent(req, "easy", button.EasyAgreeID.For(button.EasyWish(low)), button.ConsentID.For(button.ConsentNo))
}

// turn follows the controls of the card.
func (e easy) turn(ctx context.Context, req *bot.Request, step button.EasyStep) (bot.Reply, error) {
	agreed, err := e.consent.Agreed(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if !agreed && step != button.EasyClear { // they withdrew since the card was made, or the text has changed
		return easyConsent(req, lessSet(req.Values)), nil
	}
	var low content.LessSet // as EasyClear has it
	switch step {
	case button.EasyPick:
		low = lessSet(req.Values)
	case button.EasyRenew:
		if low, _, err = e.low(ctx, req); err != nil {
			return bot.Reply{}, err
		}
	}
	return e.keep(ctx, req, low)
}

// agree keeps the consent and what was picked before it, and shows the card.
func (e easy) agree(ctx context.Context, req *bot.Request, wish button.EasyWish) (bot.Reply, error) {
	if err := e.consent.Agree(ctx, req); err != nil {
		return bot.Reply{}, err
	}
	if wish == 0 {
		return e.card(ctx, req)
	}
	return e.keep(ctx, req, content.LessSet(wish))
}

// keep keeps what is to be low in place of what was, and shows the card.
func (e easy) keep(ctx context.Context, req *bot.Request, low content.LessSet) (bot.Reply, error) {
	var kept []string
	for _, l := range low.All() {
		kept = append(kept, string(l))
	}
	if err := e.kept.SetEasy(ctx, req.UserID, kept, e.now().AddDate(0, 0, easyDays)); err != nil {
		return bot.Reply{}, fmt.Errorf("keep what to keep low: %w", err)
	}
	return e.card(ctx, req)
}
