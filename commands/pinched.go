package commands

import (
	"context"
	"errors"
	"strings"

	"unpinch/bot"
	"unpinch/figure"
)

// pinchedID is the one ID of the whole flow. Whatever is pressed, logs and
// metrics see this name alone, so they can't tell one answer from the other.
var pinchedID = bot.NewID[pinchedState]("pinched1")

// pinchedState says which card of which area a button leads to. It lives in
// the button and nowhere else.
type pinchedState struct {
	Area    string // "" on the menu
	View    view
	Arg     string // a page of countries or sources, and the card to go back to
	Country string // whose numbers the stop card shows; "" while unknown
	Lift    string // id of the lift that was asked about; "" for none
}

type view string

const (
	viewMenu    view = "menu"
	viewSigns   view = "signs"
	viewStop    view = "stop"
	viewNext    view = "next"
	viewDays    view = "days"
	viewWhich   view = "which"
	viewBack    view = "back"
	viewMore    view = "more"
	viewClinic  view = "clinic"
	viewYoung   view = "modifiers"      // under 18 or pregnant, from More
	viewYoungOn view = "stop_modifiers" // the same, from the stop card
	viewSources view = "sources"
	viewMistake view = "mistake"

	viewWords    view = "words"    // the glossary, from More
	viewGlossary view = "glossary" // the same, from /learn
)

// pageMark begins a value of the select of countries that is no country but a
// page of them, as "+2".
const pageMark = "+"

// MarshalText returns the state as "area/view/arg/country", with "/lift" after
// it where there is one.
func (s pinchedState) MarshalText() ([]byte, error) {
	parts := []string{s.Area, string(s.View), s.Arg, s.Country}
	if s.Lift != "" {
		parts = append(parts, s.Lift)
	}
	text := strings.Join(parts, "/")
	if strings.Count(text, "/") != len(parts)-1 {
		return nil, errors.New("a slash in a part of the state")
	}
	return []byte(text), nil
}

// UnmarshalText reads what MarshalText wrote. Whether area and view exist is
// for the handler to say, in words.
func (s *pinchedState) UnmarshalText(text []byte) error {
	parts := strings.Split(string(text), "/")
	if len(parts) != 4 && len(parts) != 5 {
		return errors.New("want area/view/arg/country, and maybe /lift")
	}
	*s = pinchedState{Area: parts[0], View: view(parts[1]), Arg: parts[2], Country: parts[3]}
	if len(parts) == 5 {
		s.Lift = parts[4]
	}
	return nil
}

// pinched is what to check, and what to do, when something tingles. A person
// picks a topic to read; the bot never learns a symptom.
func pinched(d Deps) (bot.Command, []bot.Component) {
	p := pinchedFlow{d}
	var choices []bot.Choice
	for _, a := range d.Content.Areas(defaultLocale) {
		choices = append(choices, bot.Choice{Label: a.Felt, Value: a.ID})
	}
	area := bot.OneOf("area", "pinched.option.area", choices)
	lift := bot.String("exercise", "pinched.option.exercise").Complete(modifyFlow{d}.suggest)
	flow := bot.Handle(pinchedID, bot.Update, p.turn)
	flow.OwnerOnly, flow.Discreet = true, true
	return bot.Command{
		Name: "pinched", About: "pinched.about", Options: []bot.Option{area, lift}, Answer: bot.NewPrivate, Discreet: true,
		Run: func(ctx context.Context, req *bot.Request) (bot.Reply, error) {
			s := pinchedState{Area: area.Get(req), View: viewSigns}
			if s.Area == "" {
				s.View = viewMenu
			}
			return p.about(ctx, req, s, lift.Get(req))
		},
	}, []bot.Component{flow}
}

type pinchedFlow struct{ Deps }

// about opens the flow with a lift in mind, if one was typed. What is no lift's
// name is said, and keeps nobody from the signs.
func (p pinchedFlow) about(ctx context.Context, req *bot.Request, s pinchedState, typed string) (bot.Reply, error) {
	found, ok := p.Content.Lifts(req.Locale).Match(typed)
	if ok {
		s.Lift = found.ID
	}
	r, err := p.turn(ctx, req, s)
	if words := plainWords(typed); err == nil && !ok && words != "" {
		r.Parts = append([]bot.Part{bot.Text(req.Say("pinched.missed", args{"Typed": words}))}, r.Parts...)
	}
	return r, err
}

// turn shows the card that the state names; a state of another Unpinch gets a
// fresh start.
func (p pinchedFlow) turn(_ context.Context, req *bot.Request, s pinchedState) (bot.Reply, error) {
	number, _ := p.Content.Number(s.Country)
	lift, known := p.Content.Lifts(req.Locale).ByID(s.Lift)
	if s.Country = number.Country; !known { // a lift that is gone is none
		s.Lift = ""
	}
	if s.View == viewMenu {
		if len(req.Values) == 0 {
			return p.menu(req, s), nil
		}
		s = pinchedState{Area: req.Values[0], View: viewSigns}
	}
	if s.View == viewWords || s.View == viewGlossary {
		return glossaryMaker{pinchedFlow: p, req: req, state: s}.show(), nil
	}
	a, ok := p.Content.Area(req.Locale, s.Area)
	if !ok {
		return p.outdated(req), nil
	}
	if s.View == viewStop && len(req.Values) > 0 {
		page, isPage := strings.CutPrefix(req.Values[0], pageMark)
		if s.Arg = page; !isPage {
			s.Arg = ""
			number, _ = p.Content.Number(req.Values[0])
		}
	}
	return cardMaker{pinchedFlow: p, req: req, area: a, lift: lift, number: number}.show(s), nil
}

// menu is the choice of areas. It keeps country and lift for the cards to come.
func (p pinchedFlow) menu(req *bot.Request, s pinchedState) bot.Reply {
	numbers := map[string]int{} // of the areas on the body map
	for i, g := range p.Content.Glossaries(req.Locale) {
		numbers[g.Area] = i + 1
	}
	m, _ := p.Content.Picture(req.Locale, string(figure.Body)) // nil where there is none
	pictures, files := p.picture(req, m)
	var entries []bot.Entry
	for _, a := range p.Content.Areas(req.Locale) {
		about := a.Name
		if len(pictures) > 0 {
			about = req.Say("pinched.menu.number", args{"Number": numbers[a.ID], "Area": a.Name})
		}
		entries = append(entries, bot.Entry{Label: a.Felt, Value: a.ID, About: about})
	}
	parts := append([]bot.Part{bot.Text(req.Say("pinched.menu.text"))}, pictures...)
	reply := calmCard(append(parts,
		bot.Select{ID: pinchedID.For(pinchedState{View: viewMenu, Country: s.Country, Lift: s.Lift}), Hint: req.Say("pinched.menu.hint"), Entries: entries},
		bot.Text(req.Say("pinched.boundary")))...)
	reply.Files = files
	return reply
}

func (p pinchedFlow) outdated(req *bot.Request) bot.Reply {
	return bot.Reply{Parts: []bot.Part{
		bot.Text(req.Say("pinched.outdated")),
		bot.Row{{Label: req.Say("pinched.button.again"), ID: pinchedID.For(pinchedState{View: viewMenu}), Style: bot.Primary}},
	}}
}
