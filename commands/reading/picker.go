package reading

import (
	"context"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/content"
)

// suggestions are the most choices that Discord shows while someone types.
const suggestions = 25

// suggestLifts offers lifts for what has been typed so far.
func suggestLifts(lib *content.Library) func(context.Context, *bot.Request, string) ([]bot.Choice, error) {
	return func(_ context.Context, req *bot.Request, typed string) ([]bot.Choice, error) {
		var out []bot.Choice
		for _, f := range lib.Lifts(req.Locale).Find(typed, suggestions) {
			out = append(out, bot.Choice{Label: f.Name, Value: f.ID})
		}
		return out, nil
	}
}

// A picker offers lifts by select. Area and wish of a state stay with the lift
// that is picked.
type picker struct{ content *content.Library }

// patterns is the select for a reader who has typed no lift.
func (p picker) patterns(req *bot.Request, s button.ModifyState) bot.Reply {
	var entries []bot.Entry
	for _, of := range p.content.Lifts(req.Locale).Patterns() {
		entries = append(entries, bot.Entry{Label: of.Name, Value: of.ID})
	}
	to := button.ModifyState{View: button.LiftPick, Area: s.Area, Less: s.Less}
	return card.Calm(append(signsFirst(p.content, req, s.Area), bot.Text(req.Say("modify.pick")),
		bot.Select{ID: button.ModifyID.For(to), Hint: req.Say("modify.pick.hint"), Entries: entries})...)
}

// pattern is the select of one pattern's lifts.
func (p picker) pattern(req *bot.Request, s button.ModifyState, of *content.Pattern) bot.Reply {
	var entries []bot.Entry
	for _, e := range p.content.Lifts(req.Locale).Of(of.ID) {
		entries = append(entries, bot.Entry{Label: e.Name, Value: e.ID})
	}
	to := button.ModifyState{View: button.LiftOf, Of: of.ID, Area: s.Area, Less: s.Less}
	back := button.ModifyState{View: button.LiftPick, Area: s.Area, Less: s.Less}
	return card.Calm(append(signsFirst(p.content, req, s.Area), bot.Text("## "+of.Name),
		bot.Select{ID: button.ModifyID.For(to), Hint: req.Say("modify.pick.lift"), Entries: entries},
		bot.Row{{Label: req.Say("card.back"), ID: button.ModifyID.For(back)}})...)
}

// missed offers the nearest lifts for what is no lift's name.
func (p picker) missed(req *bot.Request, s button.ModifyState, typed string) bot.Reply {
	var entries []bot.Entry
	for _, e := range p.content.Lifts(req.Locale).Near(typed) {
		entries = append(entries, bot.Entry{Label: e.Name, Value: e.ID})
	}
	to := button.ModifyState{View: button.LiftOf, Area: s.Area, Less: s.Less}
	pick := button.ModifyState{View: button.LiftPick, Area: s.Area, Less: s.Less}
	return card.Calm(
		bot.Text(req.Say("modify.missed", bot.Args{"Typed": input.Words(typed)})),
		bot.Select{ID: button.ModifyID.For(to), Hint: req.Say("modify.nearest"), Entries: entries},
		bot.Row{{Label: req.Say("modify.button.pick"), ID: button.ModifyID.For(pick)}},
	)
}
