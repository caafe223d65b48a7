package reading

import (
	"slices"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
)

// A frame is what the cards of one area have in common for one reader: where
// their buttons lead, and how they end.
type frame struct {
	content *content.Library
	req     *bot.Request
	area    *content.Area
	lift    *content.Exercise // that was asked about; nil for none
	number  content.Number    // of the country that was picked; zero while unknown
}

// A page is one card of an area.
type page struct {
	view    button.PinchedView
	grades  []content.Grade
	body    []bot.Part
	buttons bot.Row
	more    bot.Row            // a second row of buttons
	back    button.PinchedView // where Back leads
	accent  int                // card.AccentCalm if 0
}

// card puts a page into a container, with how sure it is and the row that every
// card ends with.
func (f frame) card(p page) bot.Reply {
	body := append(p.body, bot.Text(f.foot(p.view, p.grades)))
	for _, row := range []bot.Row{p.buttons, p.more} {
		if len(row) > 0 {
			body = append(body, row)
		}
	}
	body = append(body, bot.Row{
		{Label: f.say("card.back"), ID: f.to(p.back, "")},
		{Label: f.say("card.sources"), ID: f.to(button.PinchedSources, string(p.view))},
		{Label: f.say("card.mistake"), ID: f.to(button.PinchedMistake, string(p.view))},
	})
	if p.accent == 0 {
		p.accent = card.AccentCalm
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: p.accent, Parts: body}}}
}

// packed are the cards that say what a content.Pack does, and no more.
var packed = []button.PinchedView{
	button.PinchedSigns, button.PinchedSoon, button.PinchedStop, button.PinchedYoung, button.PinchedYoungOn,
}

// foot says how sure the card is, its version, and who has reviewed it: the
// whole content.Pack or, of other cards, the area.
func (f frame) foot(view button.PinchedView, grades []content.Grade) string {
	review := f.area.Reviewed
	if slices.Contains(packed, view) {
		review = f.content.Reviewed
	}
	return card.Foot(f.content, f.req.Locale, grades, review)
}

func (f frame) say(key string, a ...bot.Args) string { return f.req.Say(key, a...) }

// to is the custom ID of a button that leads to another card of the area.
func (f frame) to(v button.PinchedView, arg string) string {
	s := f.state()
	s.View, s.Arg = v, arg
	return button.PinchedID.For(s)
}

// state is what the cards of the area keep on the way from one to the next.
func (f frame) state() button.PinchedState {
	s := button.PinchedState{Area: f.area.ID, Country: f.number.Country}
	if f.lift != nil {
		s.Lift = f.lift.ID
	}
	return s
}

// choice is which lifts the reader is told of.
func (f frame) choice() choice {
	return choice{f.content.Lifts(f.req.Locale), f.area.ID, f.lift}
}
