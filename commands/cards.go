package commands

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
	"unpinch/schedule"
)

// sourcesAtOnce is how many sources one card lists.
const sourcesAtOnce = 10

// A cardMaker makes the cards of one area for one reader.
type cardMaker struct {
	pinchedFlow
	req    *bot.Request
	area   *content.Area
	lift   *content.Exercise // that was asked about; nil for none
	number content.Number    // of the country that was picked; zero while unknown
}

func (c cardMaker) show(s button.PinchedState) bot.Reply {
	switch s.View {
	case button.PinchedSigns:
		return c.signs()
	case button.PinchedStop:
		return c.stop(s.Arg)
	case button.PinchedNext:
		return c.next()
	case button.PinchedDays:
		return c.days()
	case button.PinchedWhich:
		return c.which()
	case button.PinchedBack:
		return c.block(button.PinchedBack, c.area.Back, button.PinchedNext)
	case button.PinchedMore:
		return c.more()
	case button.PinchedClinic:
		return c.block(button.PinchedClinic, c.area.Clinic, button.PinchedMore)
	case button.PinchedYoung:
		return c.modifiers(button.PinchedYoung, button.PinchedMore)
	case button.PinchedYoungOn:
		return c.modifiers(button.PinchedYoungOn, button.PinchedStop)
	case button.PinchedSources:
		return c.sources(s.Arg)
	case button.PinchedMistake:
		return c.mistake(s.Arg)
	}
	if r, ok := c.liftCards(s); ok {
		return r
	}
	return c.outdated(c.req)
}

// signs is card 1: what must not wait, and one combined answer.
func (c cardMaker) signs() bot.Reply {
	set := c.area.Signs
	return c.card(card.AccentRead, button.PinchedSigns, set.Grades, []bot.Part{
		bot.Text(c.say("pinched.signs.title", bot.Args{"Area": c.area.Name})),
		bot.Text(c.say("pinched.signs.now") + "\n" + card.Bullets(lineTexts(set.Now))),
		bot.Text(c.say("pinched.signs.soon") + "\n" + card.Bullets(lineTexts(set.Soon))),
		bot.Text(c.say("pinched.signs.ask")),
	}, bot.Row{
		{Label: c.say("pinched.button.one"), ID: c.to(button.PinchedStop, ""), Style: bot.Primary},
		{Label: c.say("pinched.button.none"), ID: c.to(button.PinchedNext, ""), Style: bot.Primary},
	}, button.PinchedMenu)
}

// next is card 2: the ladder on which readers place themselves.
func (c cardMaker) next() bot.Reply {
	ladder := c.area.Ladder
	var rungs []string
	for _, r := range c.area.LadderOn(c.Now().UTC(), c.ladderDate) {
		rungs = append(rungs, r.Text)
	}
	return c.card(card.AccentCalm, button.PinchedNext, card.JoinGrades(ladder.Grades, liftGrades(c.planned(button.PinchedNext))), append([]bot.Part{
		bot.Text(c.say("pinched.next.lead")),
		bot.Text("### " + ladder.Title + "\n" + card.Bullets(rungs)),
		c.pauseAndInstead(),
	}, c.liftRow()...), bot.Row{
		{Label: c.say("pinched.button.today"), ID: c.to(button.PinchedToday, ""), Style: bot.Primary},
		{Label: c.area.FirstDays.Title, ID: c.to(button.PinchedDays, "")},
		{Label: c.area.Nerve.Title, ID: c.to(button.PinchedWhich, "")},
		{Label: c.area.Back.Title, ID: c.to(button.PinchedBack, "")},
		{Label: c.say("pinched.button.more"), ID: c.to(button.PinchedMore, "")},
	}, button.PinchedSigns, card.NudgeRow(c.req))
}

// ladderDate says a date as the ladder does, which may be in another language
// than the card is in.
func (c cardMaker) ladderDate(at time.Time) string {
	return schedule.DateShort.Of(c.Content.In(c.area.Language), at)
}

// more leads to what does not fit on card 2.
func (c cardMaker) more() bot.Reply {
	return c.card(card.AccentCalm, button.PinchedMore, c.area.Also.Grades, []bot.Part{
		bot.Text(c.say("pinched.more.text", bot.Args{"Area": c.area.Name})),
		bot.Text(c.say("pinched.more.also", bot.Args{"Why": c.area.Also.Text})),
		c.also(),
	}, bot.Row{
		{Label: c.area.Clinic.Title, ID: c.to(button.PinchedClinic, "")},
		{Label: c.say("pinched.button.modifiers"), ID: c.to(button.PinchedYoung, "")},
		{Label: c.say("pinched.button.loads"), ID: c.to(button.PinchedLoads, "")},
		{Label: c.say("pinched.button.coach"), ID: c.to(button.PinchedCoach, "")},
		{Label: c.say("pinched.button.words"), ID: c.to(button.PinchedWords, "")},
	}, button.PinchedNext)
}

// also leads to the first card of the areas that are worth reading too.
func (c cardMaker) also() bot.Row {
	var row bot.Row
	for _, id := range c.area.Also.Areas {
		a, _ := c.Content.Area(c.req.Locale, id) // Load has checked that it exists
		to := button.PinchedID.For(button.PinchedState{Area: id, View: button.PinchedSigns, Country: c.number.Country, Lift: c.asksAbout()})
		row = append(row, bot.Button{Label: c.say("pinched.button.also", bot.Args{"Area": a.Name}), ID: to})
	}
	return row
}

// which is nerve or muscle, with the map of where nerves of the area are felt.
func (c cardMaker) which() bot.Reply {
	body, grades := []bot.Part{bot.Text(card.Block(c.area.Nerve))}, c.area.Nerve.Grades
	p, _ := c.Content.WhereMap(c.req.Locale, c.area.ID) // nil where there is none
	parts, files := card.Picture(c.Figures, c.req, p)
	if len(parts) > 0 {
		body = append(append(body, parts...), bot.Text(c.say("pinched.which.map")))
		grades = card.Grades(c.area.Nerve, content.Block{Grades: p.Grades})
	}
	reply := c.card(card.AccentCalm, button.PinchedWhich, grades, body, nil, button.PinchedNext)
	reply.Files = files
	return reply
}

// modifiers is for readers who are under 18 or pregnant. Who comes from the
// stop card goes back there, and never to the other answer's cards.
func (c cardMaker) modifiers(v, back button.PinchedView) bot.Reply {
	stop := c.Content.Stop(c.req.Locale)
	return c.card(card.AccentRead, v, card.Grades(stop.Under18, stop.Pregnancy), []bot.Part{
		bot.Text(card.Block(stop.Under18)),
		bot.Text(card.Block(stop.Pregnancy)),
	}, nil, back)
}

// block is a card with one block of the area's text.
func (c cardMaker) block(v button.PinchedView, b content.Block, back button.PinchedView) bot.Reply {
	return c.card(card.AccentCalm, v, b.Grades, []bot.Part{bot.Text(card.Block(b))}, nil, back)
}

// days is the first days. Where neck and upper back may be part of it, it leads
// to the gentle routine for them; what is opened there tells nobody from where.
func (c cardMaker) days() bot.Reply {
	b := c.area.FirstDays
	var row bot.Row
	if c.area.Limb != legLimb {
		row = bot.Row{{Label: c.say("pinched.button.calm"), ID: button.OpenID.For(button.CalmRoutine)}}
	}
	return c.card(card.AccentCalm, button.PinchedDays, b.Grades, []bot.Part{bot.Text(card.Block(b))}, row, button.PinchedNext)
}

// legLimb is the limb of the areas below the back.
const legLimb = "leg"

// card puts the body into a container, with how sure it is, the buttons in one
// row or more, and the row that every card ends with.
func (c cardMaker) card(accent int, v button.PinchedView, grades []content.Grade, body []bot.Part, buttons bot.Row, back button.PinchedView, more ...bot.Row) bot.Reply {
	body = append(body, bot.Text(c.foot(grades)))
	if len(buttons) > 0 {
		body = append(body, buttons)
	}
	for _, row := range more {
		body = append(body, row)
	}
	body = append(body, bot.Row{
		{Label: c.say("pinched.button.back"), ID: c.to(back, "")},
		{Label: c.say("pinched.button.sources"), ID: c.to(button.PinchedSources, string(v))},
		{Label: c.say("pinched.button.mistake"), ID: c.to(button.PinchedMistake, string(v))},
	})
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: accent, Parts: body}}}
}

// foot says how sure the card is, its version, and who has reviewed it.
func (c cardMaker) foot(grades []content.Grade) string {
	return card.Foot(c.Content, c.req.Locale, grades, c.area.Reviewed)
}

// sources lists what a card rests on, a page at a time. Where the card came
// from and the page are in arg, as "signs" or "signs+2".
func (c cardMaker) sources(arg string) bot.Reply {
	from, page := splitPage(arg)
	lines := c.sourceLines(button.PinchedView(from))
	pages := max(1, (len(lines)+sourcesAtOnce-1)/sourcesAtOnce)
	page = min(max(page, 1), pages)
	lines = lines[(page-1)*sourcesAtOnce : min(len(lines), page*sourcesAtOnce)]
	title := c.say("pinched.sources.title", bot.Args{"Page": page, "Pages": pages})
	if len(lines) == 0 {
		lines = []string{c.say("pinched.sources.none")}
	}
	row := bot.Row{{Label: c.say("pinched.button.back"), ID: c.to(button.PinchedView(from), "")}}
	if page < pages {
		row = append(row, bot.Button{Label: c.say("pinched.button.more_sources"), ID: c.to(button.PinchedSources, from+"+"+strconv.Itoa(page+1))})
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentCalm, Parts: []bot.Part{
		bot.Text(title), bot.Text(card.Bullets(lines)), row,
	}}}}
}

// sourceLines returns a line for each source of the card that v shows, each
// source once; with the stop card, that of the numbers on show.
func (c cardMaker) sourceLines(v button.PinchedView) []string {
	var lines []string
	if v == button.PinchedStop && c.number.Country != "" {
		lines = append(lines, card.Link(c.say("pinched.sources.numbers", bot.Args{"Country": c.number.Name}), c.number.Source))
	}
	if v == button.PinchedStop && c.number.UrgentSource != "" {
		lines = append(lines, card.Link(c.say("pinched.sources.urgent", bot.Args{"Country": c.number.Name, "Name": c.number.UrgentName}), c.number.UrgentSource))
	}
	return append(lines, card.Sources(c.Content, c.req.Locale, c.sourcesOf(v))...)
}

// sourcesOf returns the sources of the card that v shows.
func (c cardMaker) sourcesOf(v button.PinchedView) []string {
	stop := c.Content.Stop(c.req.Locale)
	switch v {
	case button.PinchedSigns:
		return c.area.Signs.Sources
	case button.PinchedStop:
		return slices.Concat(stop.Now.Sources, stop.Soon.Sources)
	case button.PinchedNext:
		return slices.Concat(c.area.Ladder.Sources, liftSourceIDs(c.planned(v)))
	case button.PinchedToday, button.PinchedCoach, button.PinchedLift:
		return liftSourceIDs(c.planned(v))
	case button.PinchedDays:
		return c.area.FirstDays.Sources
	case button.PinchedWhich:
		if p, ok := c.Content.WhereMap(c.req.Locale, c.area.ID); ok {
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

// mistake says where a mistake can be told: the card and its version, no more.
func (c cardMaker) mistake(from string) bot.Reply {
	return card.Mistake(c.Operator, c.Content.Version, c.req, c.area.ID+"/"+from, c.to(button.PinchedView(from), ""))
}

func (c cardMaker) say(key string, a ...bot.Args) string { return c.req.Say(key, a...) }

// to is the custom ID of a button that leads to another card of the area.
func (c cardMaker) to(v button.PinchedView, arg string) string {
	return button.PinchedID.For(button.PinchedState{Area: c.area.ID, View: v, Arg: arg, Country: c.number.Country, Lift: c.asksAbout()})
}

// asksAbout is the id of the lift that was asked about.
func (c cardMaker) asksAbout() string {
	if c.lift == nil {
		return ""
	}
	return c.lift.ID
}

func splitPage(arg string) (from string, page int) {
	from, number, _ := strings.Cut(arg, "+")
	page, err := strconv.Atoi(number)
	if err != nil {
		page = 1
	}
	return from, page
}

func lineTexts(lines []content.SignLine) []string {
	out := make([]string, 0, len(lines))
	for _, l := range lines {
		out = append(out, l.Text)
	}
	return out
}
