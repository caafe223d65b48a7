package player

import (
	"context"
	"strings"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
)

// reader shows what can be read beside a player's card.
type reader struct {
	lib     *content.Library
	contact string // where a mistake can be told
	own     ownReader
	signs   func(context.Context, *bot.Request) (bot.Reply, error)
}

// read shows something beside the card that the button stood on.
func (r reader) read(ctx context.Context, req *bot.Request, s button.ReadState) (bot.Reply, error) {
	if s.View == button.ReadSigns {
		return r.signs(ctx, req)
	}
	routine, err := r.routine(ctx, req, s.Routine)
	switch {
	case err != nil:
		return bot.Reply{}, err
	case s.View == button.ReadText:
		return r.whole(req, routine), nil
	case s.View == button.ReadSources:
		return r.sources(req, routine), nil
	}
	return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
}

// routine returns a routine by the name that a button has for it.
func (r reader) routine(ctx context.Context, req *bot.Request, name string) (*content.Routine, error) {
	if r.own.names(name) {
		return r.own.find(ctx, req, name)
	}
	routine, ok := r.lib.Routine(req.Locale, name)
	if !ok {
		return nil, &bot.UserError{Key: "bot.old_button"}
	}
	return routine, nil
}

// whole is a routine as text, for anyone who reads ahead or prints it.
func (r reader) whole(req *bot.Request, routine *content.Routine) bot.Reply {
	head := []string{req.Say("stretch.text.title", bot.Args{"Routine": routineName(r.lib, req.Locale, routine)})}
	for _, line := range []string{routine.Lead, r.lib.NeedWords(req.Locale, routine), routine.Stop} {
		if line != "" {
			head = append(head, line)
		}
	}
	var drills []string
	for i, e := range routine.Entries {
		drills = append(drills, req.Say("stretch.text.drill", bot.Args{"Number": i + 1, "Name": e.Drill.Name,
			"Dose": r.lib.DoseWords(req.Locale, e.Dose, e.Drill.Sides), "Steps": strings.Join(e.Steps, " "), "Stop": e.Drill.Stop}))
	}
	parts := []bot.Part{bot.Text(strings.Join(head, "\n")), bot.Text(strings.Join(drills, "\n"))}
	if routine.Close != "" {
		parts = append(parts, bot.Text(routine.Close))
	}
	parts = append(parts, bot.Text(card.Foot(r.lib, req.Locale, routine.Grades, routine.Reviewed)))
	return card.Calm(parts...)
}

// sources lists what a routine rests on, and where to tell a mistake.
func (r reader) sources(req *bot.Request, routine *content.Routine) bot.Reply {
	return card.Calm(
		bot.Text(req.Say("stretch.sources.title", bot.Args{"Routine": routineName(r.lib, req.Locale, routine)})),
		bot.Text(card.Bullets(card.Sources(r.lib, req.Locale, routine.Sources))),
		bot.Text(req.Say("card.mistake_text", bot.Args{"Contact": r.contact, "Card": routine.ID, "Version": r.lib.Version})),
	)
}
