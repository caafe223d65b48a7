package me

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/gate"
)

// Records are all that is kept about a member.
type Records interface {
	// Held returns how many rows each table holds about the member; a table without
	// any is not in it.
	Held(ctx context.Context, userID string) (map[string]int, error)
	// Export returns them as JSON.
	Export(ctx context.Context, userID string) ([]byte, error)
	// Forget deletes them and returns how many rows that was.
	Forget(ctx context.Context, userID string) (rows int, err error)
}

// privacy shows what is kept about the reader, hands it out and deletes it.
type privacy struct {
	consent  card.Consents
	kept     Records
	operator card.Operator
	gate     gate.Gate
	drop     func(userID string) // what is in memory, which goes too
}

// card says what the bot does and does not keep, and offers the choice.
func (p privacy) card(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	since, ever, err := p.consent.Since(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	agreed, err := p.consent.Agreed(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	held, err := p.kept.Held(ctx, req.UserID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("count what is kept: %w", err)
	}
	parts := []bot.Part{bot.Text(req.Say("me.privacy.text")), bot.Text(heldWords(req, held, since))}
	var row bot.Row
	if !agreed {
		row = append(row, bot.Button{Label: req.Say("me.button.consent"), ID: button.ConsentID.For(button.ConsentAsk)})
		if ever {
			parts = append(parts, bot.Text(req.Say("me.privacy.older")))
		}
	}
	if len(held) > 0 {
		row = append(row, bot.Button{Label: req.Say("me.button.forget"), ID: button.ConsentID.For(button.ConsentSure), Style: bot.Danger})
	}
	if p.operator.PrivacyURL != "" {
		row = append(row, bot.Button{Label: req.Say("me.button.policy"), URL: p.operator.PrivacyURL})
	}
	if p.operator.TermsURL != "" {
		row = append(row, bot.Button{Label: req.Say("me.button.terms"), URL: p.operator.TermsURL})
	}
	return card.Calm(append(parts, bot.Text(req.Say("me.privacy.operator", bot.Args{"Name": p.operator.Name, "Contact": p.operator.Contact})), row)...), nil
}

// heldWords says what each table holds about the reader.
func heldWords(req *bot.Request, held map[string]int, since time.Time) string {
	if len(held) == 0 {
		return req.Say("me.privacy.nothing")
	}
	var lines []string
	for _, table := range slices.Sorted(maps.Keys(held)) {
		lines = append(lines, req.Say("me.privacy.table."+table, bot.Args{"count": held[table], "Date": card.DayStamp(since)}))
	}
	return req.Say("me.privacy.kept") + "\n" + card.Bullets(lines) + "\n" + req.Say("me.privacy.rights")
}

// turn follows the buttons of that card and of the consent card.
func (p privacy) turn(ctx context.Context, req *bot.Request, step button.ConsentStep) (bot.Reply, error) {
	switch step {
	case button.ConsentAsk:
		return privacyConsent(req), nil
	case button.ConsentYes:
		if err := p.consent.Agree(ctx, req); err != nil {
			return bot.Reply{}, err
		}
	case button.ConsentSure:
		return p.sure(ctx, req)
	case button.ConsentForget:
		if _, err := p.forgotten(ctx, req); err != nil {
			return bot.Reply{}, err
		}
	}
	return p.card(ctx, req)
}

// sure asks before all is deleted, and offers a copy of it first.
func (p privacy) sure(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	held, err := p.kept.Held(ctx, req.UserID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("count what is kept: %w", err)
	}
	rows := 0
	for _, n := range held {
		rows += n
	}
	if rows == 0 { // it is gone since the card was made
		return p.card(ctx, req)
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentStop, Parts: []bot.Part{
		bot.Text(req.Say("me.forget.sure", bot.Args{"count": rows})),
		bot.Row{
			{Label: req.Say("me.button.export"), ID: button.ExportID.For(button.ExportAll), Style: bot.Primary},
			{Label: req.Say("me.button.forget_yes"), ID: button.ConsentID.For(button.ConsentForget), Style: bot.Danger},
			{Label: req.Say("me.button.forget_no"), ID: button.ConsentID.For(button.ConsentNo)},
		},
	}}}}, nil
}

// pressed is export, from a button.
func (p privacy) pressed(ctx context.Context, req *bot.Request, _ button.ExportStep) (bot.Reply, error) {
	return p.export(ctx, req)
}

// privacyConsent asks before the first thing about a member is kept, and leads
// to the card of their privacy.
func privacyConsent(req *bot.Request) bot.Reply {
	return card.Consent(req, "training", button.ConsentID.For(button.ConsentYes), button.ConsentID.For(button.ConsentNo))
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
	p.drop(req.UserID)
	rows, err = p.kept.Forget(ctx, req.UserID)
	if err != nil {
		return rows, fmt.Errorf("forget the member: %w", err)
	}
	return rows, nil
}
