package commands

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

// A glossaryMaker makes the cards of the glossary. They belong to the flow of
// /pinched whoever opens them, so that a log tells nothing.
type glossaryMaker struct {
	pinchedFlow
	req   *bot.Request
	state button.PinchedState // View is viewWords from More, viewGlossary from /learn
}

func (g glossaryMaker) show() bot.Reply {
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
	words, ok := g.Content.Glossary(g.req.Locale, g.state.Area)
	if !ok {
		return g.outdated(g.req)
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
		return g.outdated(g.req)
	}
	switch "+" + beside {
	case wordSources:
		return g.sources(s)
	case wordMistake:
		return card.Mistake(g.Operator, g.Content.Version, g.req, s.Key, g.to(id))
	}
	return g.entry(words, s)
}

// areas is where /learn comes in.
func (g glossaryMaker) areas() bot.Reply {
	var entries []bot.Entry
	for _, words := range g.Content.Glossaries(g.req.Locale) {
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
func (g glossaryMaker) list(words *content.Glossary) bot.Reply {
	return card.Calm(
		bot.Text(g.req.Say("learn.glossary.area", bot.Args{"Area": words.Name})),
		g.pick(words, ""),
		bot.Text(card.Foot(g.Content, g.req.Locale, nil, words.Reviewed)),
		bot.Row{g.back(), g.signs()},
	)
}

func (g glossaryMaker) entry(words *content.Glossary, s content.Sensation) bot.Reply {
	return card.Calm(
		bot.Text(g.req.Say("learn.glossary.entry", bot.Args{"Called": s.Called, "Also": s.Also, "Feels": s.Feels, "Linked": s.Linked})),
		bot.Text(g.req.Say("learn.glossary.signs")),
		g.pick(words, s.ID),
		bot.Text(card.Foot(g.Content, g.req.Locale, s.Grades, words.Reviewed)),
		bot.Row{
			g.back(),
			g.signs(),
			{Label: g.req.Say("pinched.button.sources"), ID: g.to(s.ID + wordSources)},
			{Label: g.req.Say("pinched.button.mistake"), ID: g.to(s.ID + wordMistake)},
		},
	)
}

func (g glossaryMaker) sources(s content.Sensation) bot.Reply {
	return card.Calm(
		bot.Text(g.req.Say("pinched.sources.title", bot.Args{"Page": 1, "Pages": 1})),
		bot.Text(card.Bullets(card.Sources(g.Content, g.req.Locale, s.Sources))),
		bot.Row{{Label: g.req.Say("pinched.button.back"), ID: g.to(s.ID)}},
	)
}

func (g glossaryMaker) pick(words *content.Glossary, chosen string) bot.Select {
	var entries []bot.Entry
	for _, s := range words.Sensations {
		entries = append(entries, bot.Entry{Label: s.Called, Value: s.ID, Chosen: s.ID == chosen})
	}
	return bot.Select{ID: g.to(""), Hint: g.req.Say("learn.glossary.hint"), Entries: entries}
}

// back leads to where the area's words were opened from.
func (g glossaryMaker) back() bot.Button {
	to := button.PinchedState{View: button.PinchedGlossary}
	if g.state.View == button.PinchedWords {
		to = button.PinchedState{Area: g.state.Area, View: button.PinchedMore, Country: g.state.Country}
	}
	return bot.Button{Label: g.req.Say("pinched.button.back"), ID: button.PinchedID.For(to)}
}

// signs leads to the area's danger signs, or to the menu while it has none.
func (g glossaryMaker) signs() bot.Button {
	to := button.PinchedState{View: button.PinchedMenu}
	if _, ok := g.Content.Area(g.req.Locale, g.state.Area); ok {
		to = button.PinchedState{Area: g.state.Area, View: button.PinchedSigns, Country: g.state.Country}
	}
	return bot.Button{Label: g.req.Say("learn.button.signs"), ID: button.PinchedID.For(to), Style: bot.Primary}
}

// to is the custom ID of another card of the glossary.
func (g glossaryMaker) to(arg string) string {
	s := g.state
	s.Arg = arg
	return button.PinchedID.For(s)
}
