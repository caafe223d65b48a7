package me

import (
	"context"
	"fmt"
	"strings"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/content"
	"unpinch/figure"
)

// The form's one field.
const (
	fieldLines = "lines"
	linesMax   = 1000 // characters
)

// Routines are what members wrote themselves.
type Routines interface {
	// OwnRoutine returns the lines of the member's own routine.
	OwnRoutine(ctx context.Context, userID string) ([]content.OwnEntry, error)
	// SaveOwnRoutine keeps lines in place of those from before; none deletes the
	// routine. Nothing is kept of a member who has not agreed: then kept is false.
	SaveOwnRoutine(ctx context.Context, userID string, entries []content.OwnEntry) (kept bool, err error)
}

// routine is a member's own, which they write as lines.
type routine struct {
	consent card.Consents
	kept    Routines
	lib     *content.Library
	typed   *input.Typed
	album   *figure.Album // nil for no sheet
}

// turn follows the buttons of the card.
func (o routine) turn(ctx context.Context, req *bot.Request, step button.OwnStep) (bot.Reply, error) {
	switch step {
	case button.OwnShow: // also as a no to being asked
		if agreed, err := o.consent.Agreed(ctx, req); err != nil {
			return bot.Reply{}, err
		} else if !agreed {
			o.typed.Set(req.UserID, "")
		}
	case button.OwnAsk:
		return o.ask(req), nil
	case button.OwnAgree:
		if err := o.consent.Agree(ctx, req); err != nil {
			return bot.Reply{}, err
		}
		if lines := o.typed.Get(req.UserID); lines != "" { // they wait since before the question
			return o.take(ctx, req, lines)
		}
	case button.OwnSure:
		return card.Calm(bot.Text(req.Say("me.routine.sure")), bot.Row{
			{Label: req.Say("me.routine.button.delete_it"), ID: button.OwnID.For(button.OwnDelete), Style: bot.Danger},
			{Label: req.Say("me.routine.button.keep"), ID: button.OwnID.For(button.OwnShow)},
		}), nil
	case button.OwnNames:
		return o.names(req), nil
	case button.OwnSources:
		return o.sources(ctx, req)
	case button.OwnSheet:
		return o.sheet(ctx, req)
	case button.OwnDelete:
		if _, err := o.kept.SaveOwnRoutine(ctx, req.UserID, nil); err != nil {
			return bot.Reply{}, fmt.Errorf("delete the routine: %w", err)
		}
	}
	return o.card(ctx, req)
}

// card shows one's own routine with its doses, and as lines to pass on.
func (o routine) card(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	return o.noted(ctx, req, nil)
}

// noted shows it with notes on how its lines were read.
func (o routine) noted(ctx context.Context, req *bot.Request, notes []bot.Part) (bot.Reply, error) {
	_, ever, err := o.consent.Since(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if !ever {
		return card.Calm(bot.Text(req.Say("me.routine.nothing")), bot.Row{
			{Label: req.Say("me.routine.button.ask"), ID: button.OwnID.For(button.OwnAsk), Style: bot.Primary}}), nil
	}
	entries, err := o.kept.OwnRoutine(ctx, req.UserID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the routine: %w", err)
	}
	r := o.lib.OwnRoutine(req.Locale, entries)
	if r == nil {
		none := bot.Text(req.Say("me.routine.none", bot.Args{"Most": content.OwnMost}))
		return card.Calm(append(append([]bot.Part{none}, notes...), bot.Row{o.write(req), namesButton(req)})...), nil
	}
	parts := []bot.Part{
		bot.Section{Texts: []bot.Text{bot.Text(req.Say("card.signs"))}, Beside: bot.Button{Label: req.Say("card.signs_button"),
			ID: button.PinchedID.For(button.PinchedState{View: button.PinchedMenu}), Style: bot.Primary}},
		bot.Text(req.Say("me.routine.title", bot.Args{"Title": r.Title, "count": r.Minutes})),
		bot.Text(card.Bullets(o.lib.PostLines(req.Locale, r))),
	}
	return card.Calm(append(append(parts, notes...),
		bot.Text(r.Stop),
		bot.Text(req.Say("me.routine.lines")+"\n"+strings.Join(o.lines(req, entries), "\n")),
		bot.Text(card.Foot(o.lib, req.Locale, r.Grades, nil)),
		bot.Row{
			{Label: req.Say("me.routine.button.start"), ID: button.OpenID.For(button.OwnRoutine), Style: bot.Primary},
			{Label: req.Say("me.routine.button.change"), ID: button.OwnFormID.For(button.OwnShow)},
			{Label: req.Say("me.routine.button.sheet"), ID: button.OwnID.For(button.OwnSheet), Disabled: o.album == nil},
			{Label: req.Say("card.sources"), ID: button.OwnID.For(button.OwnSources)},
			{Label: req.Say("me.routine.button.delete"), ID: button.OwnID.For(button.OwnSure), Style: bot.Danger},
		})...), nil
}

// names lists what a line can begin with.
func (o routine) names(req *bot.Request) bot.Reply {
	var names []string
	for _, d := range o.lib.Drills(req.Locale) {
		names = append(names, d.Name)
	}
	return card.Calm(bot.Text(req.Say("me.routine.names")+"\n"+strings.Join(names, " · ")), bot.Row{o.write(req), backToOwn(req)})
}

// sources lists what the drills of one's own routine rest on.
func (o routine) sources(ctx context.Context, req *bot.Request) (bot.Reply, error) {
	entries, err := o.kept.OwnRoutine(ctx, req.UserID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("show the routine's sources: %w", err)
	}
	r := o.lib.OwnRoutine(req.Locale, entries)
	if r == nil { // deleted meanwhile
		return o.card(ctx, req)
	}
	return card.Calm(bot.Text(req.Say("me.routine.sources")), bot.Text(card.Bullets(card.Sources(o.lib, req.Locale, r.Sources))),
		bot.Row{backToOwn(req)}), nil
}

// lines writes entries as the lines that the form reads.
func (o routine) lines(req *bot.Request, entries []content.OwnEntry) []string {
	var lines []string
	for _, e := range entries {
		if line := o.lib.OwnLine(req.Locale, e); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// write opens the form.
func (o routine) write(req *bot.Request) bot.Button {
	key := "me.routine.button.write"
	if o.typed.Get(req.UserID) != "" {
		key = "me.routine.button.mend"
	}
	return bot.Button{Label: req.Say(key), ID: button.OwnFormID.For(button.OwnShow), Style: bot.Primary}
}

func namesButton(req *bot.Request) bot.Button {
	return bot.Button{Label: req.Say("me.routine.button.names"), ID: button.OwnID.For(button.OwnNames)}
}

func backToOwn(req *bot.Request) bot.Button {
	return bot.Button{Label: req.Say("card.back"), ID: button.OwnID.For(button.OwnShow)}
}

// ask asks for consent, and leads to the card.
func (o routine) ask(req *bot.Request) bot.Reply {
	return card.Consent(req, "routine", button.OwnID.For(button.OwnAgree), button.OwnID.For(button.OwnShow))
}

// form opens the form, with the lines that it has just refused, or else
// those that are kept.
func (o routine) form(ctx context.Context, req *bot.Request, _ button.OwnStep) (bot.Reply, error) {
	agreed, err := o.consent.Agreed(ctx, req)
	if err != nil {
		return bot.Reply{}, err
	}
	if !agreed {
		return o.ask(req), nil
	}
	entries, err := o.kept.OwnRoutine(ctx, req.UserID)
	if err != nil {
		return bot.Reply{}, fmt.Errorf("change the routine: %w", err)
	}
	lines := o.typed.Get(req.UserID)
	if lines == "" {
		lines = strings.Join(o.lines(req, entries), "\n")
	}
	return bot.Reply{Modal: &bot.Modal{ID: button.OwnSetID.For(button.OwnShow), Title: req.Say("me.routine.form.title"), Fields: []bot.Field{{
		ID: fieldLines, Label: req.Say("me.routine.form.lines", bot.Args{"Most": content.OwnMost}), About: req.Say("me.routine.form.about"),
		Hint: req.Say("me.routine.form.hint"), Value: card.Cut(lines, linesMax), Long: true, Need: true, Max: linesMax,
	}}}}, nil
}
