package reading

import (
	"slices"
	"strconv"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
)

// stopCard is where "one of these, or not sure" leads from either list: the
// numbers, two blocks and nothing else.
type stopCard struct{ frame }

// show makes the card with a page of countries; "" is the first.
func (c stopCard) show(page string) bot.Reply {
	words := c.content.Stop(c.req.Locale)
	now, soon := words.For(c.number)
	hint, whose := c.say("pinched.stop.country"), c.say("pinched.stop.anywhere")
	if c.number.Country != "" {
		whose = c.say("pinched.stop.numbers", bot.Args{"Country": c.number.Name, "Urgent": c.number.UrgentName})
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentStop, Parts: []bot.Part{
		bot.Text("# " + words.Line(c.number)),
		bot.Text(whose),
		bot.Text(card.Block(now)),
		bot.Separator{Line: true},
		bot.Text(card.Block(soon)),
		bot.Select{ID: c.to(button.PinchedStop, ""), Hint: hint, Entries: c.countries(page)},
		bot.Text(c.foot(button.PinchedStop, card.Grades(now, soon))),
		bot.Row{
			{Label: c.say("pinched.button.back_to_signs"), ID: c.to(button.PinchedSigns, "")},
			{Label: c.say("pinched.button.modifiers"), ID: c.to(button.PinchedYoungOn, "")},
			{Label: c.say("card.sources"), ID: c.to(button.PinchedSources, string(button.PinchedStop))},
			{Label: c.say("card.mistake"), ID: c.to(button.PinchedMistake, string(button.PinchedStop))},
		},
	}}}}
}

// countries is one page of the select: the reader's own country first, others
// by name, and an entry for each other page, so that any country is at most two
// picks away.
func (c stopCard) countries(page string) []bot.Entry {
	others := slices.DeleteFunc(c.content.Numbers(), func(n content.Number) bool { return n.Country == c.number.Country })
	pages := 1
	for pages < card.SelectMax/2 && pages*(card.SelectMax-pages) < len(others) {
		pages++
	}
	n, err := strconv.Atoi(page)
	if err != nil || n < 1 || n > pages {
		n = 1
	}
	var entries, elsewhere []bot.Entry
	if c.number.Country != "" {
		entries = append(entries, bot.Entry{Label: c.number.Name, Value: c.number.Country, Chosen: true})
	}
	i := 0
	for on := range slices.Chunk(others, card.SelectMax-pages) {
		if i++; i != n {
			label := c.say("pinched.stop.another", bot.Args{"From": on[0].Name, "To": on[len(on)-1].Name})
			elsewhere = append(elsewhere, bot.Entry{Label: label, Value: pageMark + strconv.Itoa(i)})
			continue
		}
		for _, x := range on {
			entries = append(entries, bot.Entry{Label: x.Name, Value: x.Country})
		}
	}
	return append(entries, elsewhere...)
}
