package reading

import (
	"context"
	"slices"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/content"
)

// What a form takes of a workout.
const (
	pasteField = "lines"
	pasteMost  = 2000 // characters
)

// A workout is what somebody typed or pasted, read: lifts, and what may be some.
type workout struct {
	name, how string   // of a famous one
	ids       []string // of the lifts, as written
	doses     []string // how much of each
	missed    []content.Line
	cut       bool // the end of a long text is not read
}

// read reads texts as one workout. A lift that is named again without saying how
// much is there once.
func (m modify) read(req *bot.Request, texts []string) workout {
	var out workout
	for _, text := range texts {
		w := m.content.Lifts(req.Locale).Read(text)
		if out.name == "" {
			out.name, out.how = w.Name, w.How
		}
		out.cut = out.cut || w.Cut
		for _, l := range w.Lines {
			switch {
			case !l.Certain():
				out.missed = append(out.missed, l)
			case l.Dose != "" || !slices.Contains(out.ids, l.ID):
				out.ids, out.doses = append(out.ids, l.ID), append(out.doses, brief(l.Dose))
			}
		}
		if len(w.Lines) == 0 {
			if near := m.content.Lifts(req.Locale).Near(text); len(near) > 0 && len(texts) == 1 {
				out.missed = append(out.missed, content.Line{Text: text, Near: near})
			}
		}
	}
	return out
}

// form opens the form for a workout of many lines.
func (m modify) form(_ context.Context, req *bot.Request, s button.ModifyState) (bot.Reply, error) {
	s = button.ModifyState{View: button.LiftCard, Area: s.Area, Less: s.Less}
	return bot.Reply{Modal: &bot.Modal{ID: button.PasteSetID.For(s), Title: req.Say("modify.paste.title"), Fields: []bot.Field{{
		ID: pasteField, Label: req.Say("modify.paste.lines"), About: req.Say("modify.paste.about", bot.Args{"Most": button.LiftsMost}),
		Hint: req.Say("modify.paste.hint"), Long: true, Need: true, Max: pasteMost,
	}}}}, nil
}

// pasted reads the form.
func (m modify) pasted(ctx context.Context, req *bot.Request, s button.ModifyState) (bot.Reply, error) {
	return m.asked(ctx, req, s, []string{req.Fields[pasteField]})
}
