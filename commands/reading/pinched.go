package reading

import (
	"context"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
	"unpinch/figure"
)

// pageMark begins a value of the select of countries that is no country but a
// page of them, as "+2".
const pageMark = "+"

// pinched is what to check, and what to do, when something tingles. A person
// picks a topic to read; the bot never learns a symptom.
type pinched struct {
	content  *content.Library
	album    *figure.Album // nil for cards without pictures
	operator card.Operator
	home     Home
	now      func() time.Time
}

func (p pinched) command() (bot.Command, []bot.Component) {
	var choices []bot.Choice
	for _, a := range p.content.Areas(card.DefaultLocale) {
		choices = append(choices, bot.Choice{Label: a.Felt, Value: a.ID})
	}
	area := bot.OneOf("area", "pinched.option.area", choices)
	lift := bot.String("exercise", "pinched.option.exercise").Complete(suggestLifts(p.content))
	flow := bot.Handle(button.PinchedID, bot.Update, p.turn)
	old := bot.Handle(button.PinchedOldID, bot.Update, p.anew)
	flow.OwnerOnly, flow.Discreet, old.OwnerOnly, old.Discreet = true, true, true, true
	return bot.Command{
		Name: "pinched", About: "pinched.about", Options: []bot.Option{area, lift}, Answer: bot.NewPrivate, Discreet: true,
		Run: func(ctx context.Context, req *bot.Request) (bot.Reply, error) {
			s := button.PinchedState{Area: area.Get(req), View: button.PinchedSigns}
			if s.Area == "" {
				s.View = button.PinchedMenu
			}
			return p.about(ctx, req, s, lift.Get(req))
		},
	}, []bot.Component{flow, old}
}

// anew answers a button from when one card had both lists: it shows the first
// card, whichever it led to. The glossary of /learn has passed no list, and stays.
func (p pinched) anew(ctx context.Context, req *bot.Request, s button.PinchedState) (bot.Reply, error) {
	switch {
	case s.View == button.PinchedGlossary:
		return p.turn(ctx, req, s)
	case s.View == button.PinchedMenu && len(req.Values) > 0:
		s.Area = req.Values[0]
	}
	s.View, s.Arg = button.PinchedSigns, ""
	if s.Area == "" {
		s.View = button.PinchedMenu
	}
	req.Values = nil // of a country or a word on a card that isn't shown
	return p.turn(ctx, req, s)
}

// about opens the flow with a lift in mind, if one was typed. A name that could be
// another lift's gets no word about any: the card says so, and shows the signs all
// the same.
func (p pinched) about(ctx context.Context, req *bot.Request, s button.PinchedState, typed string) (bot.Reply, error) {
	found, sure := p.content.Lifts(req.Locale).Certain(typed)
	if sure {
		s.Lift = found.ID
	}
	r, err := p.turn(ctx, req, s)
	if err == nil && !sure && strings.TrimSpace(typed) != "" {
		r.Parts = append([]bot.Part{bot.Text(req.Say("pinched.unsure"))}, r.Parts...)
	}
	return r, err
}

// turn shows the card that the state names; a state of another Unpinch gets a
// fresh start.
func (p pinched) turn(ctx context.Context, req *bot.Request, s button.PinchedState) (bot.Reply, error) {
	number, _ := p.content.Number(s.Country)
	lift, known := p.content.Lifts(req.Locale).ByID(s.Lift)
	if s.Country = number.Country; !known { // a lift that is gone is none
		s.Lift = ""
	}
	if s.View == button.PinchedMenu {
		if len(req.Values) == 0 {
			return p.menu(req, s), nil
		}
		s = button.PinchedState{Area: req.Values[0], View: button.PinchedSigns}
	}
	if s.View == button.PinchedWords || s.View == button.PinchedGlossary {
		return glossary{content: p.content, operator: p.operator, req: req, state: s}.show(), nil
	}
	a, ok := p.content.Area(req.Locale, s.Area)
	if !ok {
		return startAgain(req), nil
	}
	if s.View == button.PinchedStop && len(req.Values) > 0 {
		page, isPage := strings.CutPrefix(req.Values[0], pageMark)
		if s.Arg = page; !isPage {
			s.Arg = ""
			number, _ = p.content.Number(req.Values[0])
		}
	}
	if number.Country == "" && (s.View == button.PinchedStop || s.View == button.PinchedTonight) {
		number = p.ring(ctx, req)
	}
	return p.show(frame{content: p.content, req: req, area: a, lift: lift, number: number}, s), nil
}

// ring returns the numbers of the country that the reader is at home in, as far as
// it is known. Nobody waits for a stop card because a database does.
func (p pinched) ring(ctx context.Context, req *bot.Request) content.Number {
	country, err := p.home(ctx, req)
	if err != nil {
		return content.Number{}
	}
	n, _ := p.content.Number(country)
	return n
}

// show makes the card of the state's view.
func (p pinched) show(f frame, s button.PinchedState) bot.Reply {
	switch s.View {
	case button.PinchedStop:
		return stopCard{f}.show(s.Arg)
	case button.PinchedNext:
		return nextCard{f, p.now().UTC()}.show()
	case button.PinchedTonight:
		return nextCard{f, p.now().UTC()}.tonight()
	case button.PinchedSources:
		return sourceCards{f}.show(s.Arg)
	case button.PinchedMistake:
		return card.Mistake(p.operator, p.content.Version, f.req, f.area.ID+"/"+s.Arg, f.to(button.PinchedView(s.Arg), ""))
	}
	if r, ok := (textCards{f, p.album}).show(s.View); ok {
		return r
	}
	if r, ok := (liftCards{f}).show(s); ok {
		return r
	}
	return startAgain(f.req)
}

// menu is the choice of areas. It keeps country and lift for the cards to come.
func (p pinched) menu(req *bot.Request, s button.PinchedState) bot.Reply {
	numbers := map[string]int{} // of the areas on the body map
	for i, g := range p.content.Glossaries(req.Locale) {
		numbers[g.Area] = i + 1
	}
	m, _ := p.content.Picture(req.Locale, string(figure.Body)) // nil where there is none
	pictures, files := card.Picture(p.album, req, m)
	var entries []bot.Entry
	for _, a := range p.content.Areas(req.Locale) {
		about := a.Name
		if len(pictures) > 0 {
			about = req.Say("pinched.menu.number", bot.Args{"Number": numbers[a.ID], "Area": a.Name})
		}
		entries = append(entries, bot.Entry{Label: a.Felt, Value: a.ID, About: about})
	}
	parts := append([]bot.Part{bot.Text(req.Say("pinched.menu.text"))}, pictures...)
	reply := card.Calm(append(parts,
		bot.Select{ID: button.PinchedID.For(button.PinchedState{View: button.PinchedMenu, Country: s.Country, Lift: s.Lift}), Hint: req.Say("pinched.menu.hint"), Entries: entries},
		bot.Text(req.Say("pinched.boundary")))...)
	reply.Files = files
	return reply
}

// startAgain answers a button of another Unpinch.
func startAgain(req *bot.Request) bot.Reply {
	return bot.Reply{Parts: []bot.Part{
		bot.Text(req.Say("pinched.outdated")),
		bot.Row{{Label: req.Say("pinched.button.again"), ID: button.PinchedID.For(button.PinchedState{View: button.PinchedMenu}), Style: bot.Primary}},
	}}
}
