package reading

import (
	"strings"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
)

// What a glossary card shows beside an entry; it follows the entry in the
// state's Arg, as "jolt+sources".
const (
	wordSources = "+sources"
	wordMistake = "+mistake"
)

// A glossary makes the cards of an area's words for one reader. They belong to
// the flow of /pinched wherever they are opened, so that a log tells nothing.
type glossary struct {
	content  *content.Library
	operator card.Operator
	req      *bot.Request
	state    button.PinchedState // View is PinchedWords from More, PinchedGlossary from /learn
}

func (g glossary) show() bot.Reply {
	picked := ""
	if len(g.req.Values) > 0 {
		picked = g.req.Values[0]
	}
	if g.state.Area == "" {
		if picked == "" {
			return g.areas()
		}
		g.state.Area, picked = picked, ""
	}
	words, ok := g.content.Glossary(g.req.Locale, g.state.Area)
	if !ok {
		return startAgain(g.req)
	}
	if picked != "" {
		g.state.Arg = picked
	}
	id, beside, _ := strings.Cut(g.state.Arg, "+")
	if id == "" {
		return g.list(words)
	}
	s, ok := words.Sensation(id)
	if !ok {
		return startAgain(g.req)
	}
	switch "+" + beside {
	case wordSources:
		return allSources(g.req, g.content, s.Sources, g.to(id))
	case wordMistake:
		return card.Mistake(g.operator, g.content.Version, g.req, s.Key, g.to(id))
	}
	return g.entry(words, s)
}

// areas offers the areas to a reader who comes from /learn.
func (g glossary) areas() bot.Reply {
	var entries []bot.Entry
	for _, words := range g.content.Glossaries(g.req.Locale) {
		entries = append(entries, bot.Entry{Label: words.Name, Value: words.Area})
	}
	return card.Calm(
		bot.Text(g.req.Say("learn.glossary.text")),
		bot.Select{ID: g.to(""), Hint: g.req.Say("pinched.menu.hint"), Entries: entries},
		bot.Text(g.req.Say("pinched.boundary")),
		bot.Row{{Label: g.req.Say("learn.button.topics"), ID: button.LearnID.For(button.LearnState{View: button.LearnMenu})}},
	)
}

// list offers the entries of one area.
func (g glossary) list(words *content.Glossary) bot.Reply {
	return card.Calm(
		bot.Text(g.req.Say("learn.glossary.area", bot.Args{"Area": words.Name})),
		g.pick(words, ""),
		bot.Text(card.Foot(g.content, g.req.Locale, nil, words.Reviewed)),
		bot.Row{g.back(), g.signs()},
	)
}

func (g glossary) entry(words *content.Glossary, s content.Sensation) bot.Reply {
	return card.Calm(
		bot.Text(g.req.Say("learn.glossary.entry", bot.Args{"Called": s.Called, "Also": s.Also, "Feels": s.Feels, "Linked": s.Linked})),
		bot.Text(g.req.Say("learn.glossary.signs")),
		g.pick(words, s.ID),
		bot.Text(card.Foot(g.content, g.req.Locale, s.Grades, words.Reviewed)),
		bot.Row{
			g.back(),
			g.signs(),
			{Label: g.req.Say("card.sources"), ID: g.to(s.ID + wordSources)},
			{Label: g.req.Say("card.mistake"), ID: g.to(s.ID + wordMistake)},
		},
	)
}

func (g glossary) pick(words *content.Glossary, chosen string) bot.Select {
	var entries []bot.Entry
	for _, s := range words.Sensations {
		entries = append(entries, bot.Entry{Label: s.Called, Value: s.ID, Chosen: s.ID == chosen})
	}
	return bot.Select{ID: g.to(""), Hint: g.req.Say("learn.glossary.hint"), Entries: entries}
}

// back leads to where the area's words were opened from.
func (g glossary) back() bot.Button {
	to := button.PinchedState{View: button.PinchedGlossary}
	if g.state.View == button.PinchedWords {
		to = button.PinchedState{Area: g.state.Area, View: button.PinchedMore, Country: g.state.Country}
	}
	return bot.Button{Label: g.req.Say("card.back"), ID: button.PinchedID.For(to)}
}

// signs leads to the area's danger signs, or to the menu while it has none.
func (g glossary) signs() bot.Button {
	to := button.PinchedState{View: button.PinchedMenu}
	if _, ok := g.content.Area(g.req.Locale, g.state.Area); ok {
		to = button.PinchedState{Area: g.state.Area, View: button.PinchedSigns, Country: g.state.Country}
	}
	return bot.Button{Label: g.req.Say("learn.button.signs"), ID: button.PinchedID.For(to), Style: bot.Primary}
}

// to is the custom ID of another card of the glossary.
func (g glossary) to(arg string) string {
	s := g.state
	s.Arg = arg
	return button.PinchedID.For(s)
}
