package reading

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/input"
	"unpinch/content"
)

// suggestions are the most choices that Discord shows while someone types.
const suggestions = 25

// choiceRunes is the longest choice that Discord takes.
const choiceRunes = 100

// lastOf cuts the last name of a list off, with what stands before it.
func lastOf(typed string) (before, last string) {
	i := strings.LastIndexAny(typed, ",;\n") + 1
	if i == 0 {
		return "", typed
	}
	return input.OneLine(typed[:i]) + " ", typed[i:]
}

// suggestLifts offers lifts for what has been typed so far.
func suggestLifts(lib *content.Library) func(context.Context, *bot.Request, string) ([]bot.Choice, error) {
	return func(_ context.Context, req *bot.Request, typed string) ([]bot.Choice, error) {
		var out []bot.Choice
		before, last := lastOf(typed)
		for _, f := range lib.Lifts(req.Locale).Find(last, suggestions) {
			c := bot.Choice{Label: f.Name, Value: f.ID}
			if before != "" {
				c = bot.Choice{Label: before + f.Name, Value: before + f.Name}
			}
			if utf8.RuneCountInString(c.Value) <= choiceRunes {
				out = append(out, c)
			}
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
		bot.Select{ID: button.ModifyID.For(to), Hint: req.Say("modify.pick.hint"), Entries: entries},
		bot.Row{{Label: req.Say("modify.button.paste"), ID: button.PasteID.For(to)}})...)
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

// missed offers the lifts that names may mean, where no name is certain.
func (p picker) missed(req *bot.Request, s button.ModifyState, typed workout) bot.Reply {
	missed := typed.missed
	text := p.names(req, missed)
	if len(missed) == 1 {
		text = req.Say("modify.missed", bot.Args{"Typed": input.Words(missed[0].Text)})
	}
	if typed.cut {
		text += "\n" + req.Say("modify.cut")
	}
	pick := button.ModifyState{View: button.LiftPick, Area: s.Area, Less: s.Less}
	return card.Calm(append(signsFirst(p.content, req, s.Area), bot.Text(text), p.nearest(req, s, missed),
		bot.Row{{Label: req.Say("modify.button.pick"), ID: button.ModifyID.For(pick)}})...)
}

// missedShown is how many names that are not certain a card says.
const missedShown = 3

// names says what is not certain, each name with its nearest lift.
func (p picker) names(req *bot.Request, missed []content.Line) string {
	var lines []string
	for _, l := range missed[:min(missedShown, len(missed))] {
		key, args := "modify.missed.none", bot.Args{"Typed": input.Words(l.Text)}
		if len(l.Near) > 0 {
			key, args["Near"] = "modify.missed.near", l.Near[0].Name
		}
		lines = append(lines, req.Say(key, args))
	}
	if n := len(missed) - missedShown; n > 0 {
		lines = append(lines, req.Say("modify.more", bot.Args{"Count": n}))
	}
	return req.Say("modify.missed.title") + "\n" + card.Bullets(lines)
}

// nearest is the select of the lifts that names may mean. Those that are picked join
// the state's.
func (p picker) nearest(req *bot.Request, s button.ModifyState, missed []content.Line) bot.Select {
	var entries []bot.Entry
	for _, l := range missed {
		for _, e := range l.Near {
			there := slices.ContainsFunc(entries, func(o bot.Entry) bool { return o.Value == e.ID })
			if there || len(entries) == suggestions {
				continue
			}
			entry := bot.Entry{Label: e.Name, Value: e.ID}
			if len(missed) > 1 {
				entry.About = req.Say("modify.nearest.for", bot.Args{"Typed": input.Words(l.Text)})
			}
			entries = append(entries, entry)
		}
	}
	s.View, s.Lift, s.Page, s.Of = button.LiftAdd, 0, 0, ""
	return bot.Select{ID: button.ModifyID.For(s), Hint: req.Say("modify.nearest"), Entries: entries, Many: len(missed) > 1}
}
