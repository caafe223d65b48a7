package commands

import (
	"context"
	"strings"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
)

// read shows something beside the card that the button stood on.
func (f stretchFlow) read(ctx context.Context, req *bot.Request, s button.ReadState) (bot.Reply, error) {
	if s.View == button.ReadSigns {
		return f.reading().Menu(ctx, req)
	}
	r, ok := f.Content.Routine(req.Locale, s.Routine)
	switch {
	case !ok:
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	case s.View == button.ReadText:
		return f.wholeRoutine(req, r), nil
	case s.View == button.ReadSources:
		return f.routineSources(req, r), nil
	}
	return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
}

// wholeRoutine is a routine as text, for those who read ahead or print it.
func (f stretchFlow) wholeRoutine(req *bot.Request, r *content.Routine) bot.Reply {
	say := func(key string, a bot.Args) string { return req.Say(key, a) }
	head := []string{say("stretch.text.title", bot.Args{"Routine": f.routineName(req.Locale, r)})}
	for _, line := range []string{r.Lead, f.Content.NeedWords(req.Locale, r), r.Stop} {
		if line != "" {
			head = append(head, line)
		}
	}
	var drills []string
	for i, e := range r.Entries {
		drills = append(drills, say("stretch.text.drill", bot.Args{"Number": i + 1, "Name": e.Drill.Name,
			"Dose": f.Content.DoseWords(req.Locale, e.Dose, e.Drill.Sides), "Steps": strings.Join(e.Steps, " "), "Stop": e.Drill.Stop}))
	}
	parts := []bot.Part{bot.Text(strings.Join(head, "\n")), bot.Text(strings.Join(drills, "\n"))}
	if r.Close != "" {
		parts = append(parts, bot.Text(r.Close))
	}
	parts = append(parts, bot.Text(card.Foot(f.Content, req.Locale, r.Grades, r.Reviewed)))
	return card.Calm(parts...)
}

// routineSources lists what a routine rests on, and where to tell a mistake.
func (f stretchFlow) routineSources(req *bot.Request, r *content.Routine) bot.Reply {
	var lines []string
	for _, id := range r.Sources {
		s, _ := f.Content.Source(id) // Load has checked that it exists
		lines = append(lines, card.Link(s.Title, s.URL)+" – "+f.Content.GradeWords(req.Locale, []content.Grade{s.Grade}))
	}
	return card.Calm(
		bot.Text(req.Say("stretch.sources.title", bot.Args{"Routine": f.routineName(req.Locale, r)})),
		bot.Text(card.Bullets(lines)),
		bot.Text(req.Say("pinched.mistake.text", bot.Args{"Contact": f.Operator.Contact, "Card": r.ID, "Version": f.Content.Version})),
	)
}
