package me

import (
	"context"
	"fmt"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/gate"
	"unpinch/commands/input"
)

// Records are all that is kept about a member.
type Records interface {
	// Export returns them as JSON.
	Export(ctx context.Context, userID string) ([]byte, error)
	// Forget deletes them and returns how many rows that was.
	Forget(ctx context.Context, userID string) (rows int, err error)
}

// privacy shows what is kept about the reader, hands it out and deletes it.
type privacy struct {
	consent  consent
	kept     Records
	operator card.Operator
	gate     gate.Gate
	typed    []*input.Typed // what forms refused, which goes too
}

// card says what the bot does and does not keep, and offers the choice.
func (p privacy) card(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	since, agreed, err := p.consent.since(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	kept := req.Say("me.privacy.nothing")
	choice := bot.Button{Label: req.Say("me.button.consent"), ID: button.ConsentID.For(button.ConsentAsk), Style: bot.Secondary}
	if agreed {
		kept = req.Say("me.privacy.kept", bot.Args{"Date": card.DayStamp(since)})
		choice = bot.Button{Label: req.Say("me.button.forget"), ID: button.ConsentID.For(button.ConsentForget), Style: bot.Danger}
	}
	row := bot.Row{choice}
	if p.operator.PrivacyURL != "" {
		row = append(row, bot.Button{Label: req.Say("me.button.policy"), URL: p.operator.PrivacyURL})
	}
	return card.Calm(
		bot.Text(req.Say("me.privacy.text")),
		bot.Text(kept),
		bot.Text(req.Say("me.privacy.operator", bot.Args{"Name": p.operator.Name, "Contact": p.operator.Contact})),
		row,
	), nil
}

// turn follows the buttons of that card and of the consent card.
func (p privacy) turn(ctx context.Context, req *bot.Request, step button.ConsentStep) (bot.Reply, error) {
	switch step {
	case button.ConsentAsk:
		return privacyConsent(req), nil
	case button.ConsentYes:
		if err := p.consent.agree(ctx, req); err != nil {
			return bot.Reply{}, err
		}
	case button.ConsentForget:
		if _, err := p.forgotten(ctx, req); err != nil {
			return bot.Reply{}, err
		}
	}
	return p.card(ctx, req)
}

// privacyConsent asks before the first thing about a member is kept, and leads
// to the card of their privacy.
func privacyConsent(req *bot.Request) bot.Reply {
	return card.Consent(req, button.ConsentID.For(button.ConsentYes), button.ConsentID.For(button.ConsentNo))
}

// exportFile is the name of the file that /me export sends.
const exportFile = "unpinch-export.json"

func (p privacy) export(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	if err := p.gate.Pass(ctx, req, gate.Exports); err != nil {
		return bot.Reply{}, err
	}
	data, err := p.kept.Export(ctx, req.UserID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("export the member: %w", err)
	}
	return bot.Reply{
		Parts: []bot.Part{bot.Text(req.Say("me.export.text")), bot.FileLink(exportFile)},
		Files: []bot.File{{Name: exportFile, About: req.Say("me.export.alt"), Data: data}},
	}, nil
}

func (p privacy) forget(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	rows, err := p.forgotten(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if rows == 0 {
		return bot.Reply{Parts: []bot.Part{bot.Text(req.Say("me.forget.nothing"))}}, nil
	}
	return bot.Reply{Parts: []bot.Part{bot.Text(req.Say("me.forget.done", bot.Args{"count": rows}))}}, nil
}

// forgotten deletes all that is kept about the reader, in memory too, and
// returns how many rows that was.
func (p privacy) forgotten(ctx context.Context, req *bot.Request) (rows int, err error) {
	if err := p.gate.Pass(ctx, req, gate.Forgets); err != nil {
		return 0, err
	}
	for _, texts := range p.typed {
		texts.Set(req.UserID, "")
	}
	rows, err = p.kept.Forget(ctx, req.UserID)
	if err != nil {
		return rows, fmt.Errorf("forget the member: %w", err)
	}
	return rows, nil
}
