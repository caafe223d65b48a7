package reading

import (
	"slices"
	"strconv"
	"strings"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
)

// sourcesAtOnce is how many sources one card lists.
const sourcesAtOnce = 10

// sourcePage lists page n of the sources, counted from 1, or the page nearest to
// n. back is the custom ID that leads back; next makes the one of another page.
func sourcePage(req *bot.Request, lines []string, n int, back string, next func(n int) string) bot.Reply {
	pages := max(1, (len(lines)+sourcesAtOnce-1)/sourcesAtOnce)
	n = min(max(n, 1), pages)
	title := req.Say("pinched.sources.title", bot.Args{"Page": n, "Pages": pages})
	lines = lines[(n-1)*sourcesAtOnce : min(len(lines), n*sourcesAtOnce)]
	if len(lines) == 0 {
		lines = []string{req.Say("pinched.sources.none")}
	}
	row := bot.Row{{Label: req.Say("card.back"), ID: back}}
	if n < pages {
		row = append(row, bot.Button{Label: req.Say("pinched.button.more_sources"), ID: next(n + 1)})
	}
	return card.Calm(bot.Text(title), bot.Text(card.Bullets(lines)), row)
}

// allSources lists the few sources of a text on one card.
func allSources(req *bot.Request, lib *content.Library, ids []string, back string) bot.Reply {
	return card.Calm(
		bot.Text(req.Say("pinched.sources.title", bot.Args{"Page": 1, "Pages": 1})),
		bot.Text(card.Bullets(card.Sources(lib, req.Locale, ids))),
		bot.Row{{Label: req.Say("card.back"), ID: back}},
	)
}

// sourceCards list what the cards of an area rest on.
type sourceCards struct{ frame }

// show lists a page of the sources of a card. The card's view and the page are
// in arg, as "signs" or "signs+2".
func (c sourceCards) show(arg string) bot.Reply {
	view, page, _ := strings.Cut(arg, "+")
	n, err := strconv.Atoi(page)
	if err != nil {
		n = 1
	}
	v := button.PinchedView(view)
	return sourcePage(c.req, c.lines(v), n, c.to(v, ""), func(n int) string {
		return c.to(button.PinchedSources, view+"+"+strconv.Itoa(n))
	})
}

// lines returns a line for each source of the card that v shows, each source
// once; with the stop card, that of the numbers on show.
func (c sourceCards) lines(v button.PinchedView) []string {
	var lines []string
	if v == button.PinchedStop && c.number.Country != "" {
		lines = append(lines, card.Link(c.say("pinched.sources.numbers", bot.Args{"Country": c.number.Name}), c.number.Source))
	}
	if v == button.PinchedStop && c.number.UrgentSource != "" {
		lines = append(lines, card.Link(c.say("pinched.sources.urgent", bot.Args{"Country": c.number.Name, "Name": c.number.UrgentName}), c.number.UrgentSource))
	}
	return append(lines, card.Sources(c.content, c.req.Locale, c.of(v))...)
}

// of returns the sources of the card that v shows.
func (c sourceCards) of(v button.PinchedView) []string {
	stop := c.content.Stop(c.req.Locale)
	switch v {
	case button.PinchedSigns:
		return c.area.Signs.Now.Sources
	case button.PinchedSoon:
		return c.area.Signs.Soon.Sources
	case button.PinchedStop:
		return slices.Concat(stop.Now.Sources, stop.Soon.Sources)
	case button.PinchedNext:
		return slices.Concat(c.area.Ladder.Sources, liftSourceIDs(c.choice().on(v)))
	case button.PinchedToday, button.PinchedCoach, button.PinchedLift:
		return liftSourceIDs(c.choice().on(v))
	case button.PinchedTonight:
		return c.area.Tonight.Sources
	case button.PinchedDays:
		return c.area.FirstDays.Sources
	case button.PinchedWhich:
		if p, ok := c.content.WhereMap(c.req.Locale, c.area.ID); ok {
			return slices.Concat(c.area.Nerve.Sources, p.Sources)
		}
		return c.area.Nerve.Sources
	case button.PinchedBack:
		return c.area.Back.Sources
	case button.PinchedClinic:
		return c.area.Clinic.Sources
	case button.PinchedMore: // all there are
		return slices.Concat(c.area.Sources(), stop.Under18.Sources, stop.Pregnancy.Sources)
	case button.PinchedYoung, button.PinchedYoungOn:
		return slices.Concat(stop.Under18.Sources, stop.Pregnancy.Sources)
	}
	return nil
}
