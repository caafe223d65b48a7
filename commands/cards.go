package commands

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"unpinch/bot"
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

func (c cardMaker) show(s pinchedState) bot.Reply {
	switch s.View {
	case viewSigns:
		return c.signs()
	case viewStop:
		return c.stop(s.Arg)
	case viewNext:
		return c.next()
	case viewDays:
		return c.days()
	case viewWhich:
		return c.which()
	case viewBack:
		return c.block(viewBack, c.area.Back, viewNext)
	case viewMore:
		return c.more()
	case viewClinic:
		return c.block(viewClinic, c.area.Clinic, viewMore)
	case viewYoung:
		return c.modifiers(viewYoung, viewMore)
	case viewYoungOn:
		return c.modifiers(viewYoungOn, viewStop)
	case viewSources:
		return c.sources(s.Arg)
	case viewMistake:
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
	return c.card(accentRead, viewSigns, set.Grades, []bot.Part{
		bot.Text(c.say("pinched.signs.title", args{"Area": c.area.Name})),
		bot.Text(c.say("pinched.signs.now") + "\n" + bullets(lineTexts(set.Now))),
		bot.Text(c.say("pinched.signs.soon") + "\n" + bullets(lineTexts(set.Soon))),
		bot.Text(c.say("pinched.signs.ask")),
	}, bot.Row{
		{Label: c.say("pinched.button.one"), ID: c.to(viewStop, ""), Style: bot.Primary},
		{Label: c.say("pinched.button.none"), ID: c.to(viewNext, ""), Style: bot.Primary},
	}, viewMenu)
}

// next is card 2: the ladder on which readers place themselves.
func (c cardMaker) next() bot.Reply {
	ladder := c.area.Ladder
	var rungs []string
	for _, r := range c.area.LadderOn(c.Now().UTC(), c.ladderDate) {
		rungs = append(rungs, r.Text)
	}
	return c.card(accentCalm, viewNext, joinGrades(ladder.Grades, liftGrades(c.planned(viewNext))), append([]bot.Part{
		bot.Text(c.say("pinched.next.lead")),
		bot.Text("### " + ladder.Title + "\n" + bullets(rungs)),
		c.pauseAndInstead(),
	}, c.liftRow()...), bot.Row{
		{Label: c.say("pinched.button.today"), ID: c.to(viewToday, ""), Style: bot.Primary},
		{Label: c.area.FirstDays.Title, ID: c.to(viewDays, "")},
		{Label: c.area.Nerve.Title, ID: c.to(viewWhich, "")},
		{Label: c.area.Back.Title, ID: c.to(viewBack, "")},
		{Label: c.say("pinched.button.more"), ID: c.to(viewMore, "")},
	}, viewSigns, nudgeRow(c.req))
}

// ladderDate says a date as the ladder does, which may be in another language
// than the card is in.
func (c cardMaker) ladderDate(at time.Time) string {
	return schedule.DateShort.Of(c.Content.In(c.area.Language), at)
}

// more leads to what does not fit on card 2.
func (c cardMaker) more() bot.Reply {
	return c.card(accentCalm, viewMore, c.area.Also.Grades, []bot.Part{
		bot.Text(c.say("pinched.more.text", args{"Area": c.area.Name})),
		bot.Text(c.say("pinched.more.also", args{"Why": c.area.Also.Text})),
		c.also(),
	}, bot.Row{
		{Label: c.area.Clinic.Title, ID: c.to(viewClinic, "")},
		{Label: c.say("pinched.button.modifiers"), ID: c.to(viewYoung, "")},
		{Label: c.say("pinched.button.loads"), ID: c.to(viewLoads, "")},
		{Label: c.say("pinched.button.coach"), ID: c.to(viewCoach, "")},
		{Label: c.say("pinched.button.words"), ID: c.to(viewWords, "")},
	}, viewNext)
}

// also leads to the first card of the areas that are worth reading too.
func (c cardMaker) also() bot.Row {
	var row bot.Row
	for _, id := range c.area.Also.Areas {
		a, _ := c.Content.Area(c.req.Locale, id) // Load has checked that it exists
		to := pinchedID.For(pinchedState{Area: id, View: viewSigns, Country: c.number.Country, Lift: c.asksAbout()})
		row = append(row, bot.Button{Label: c.say("pinched.button.also", args{"Area": a.Name}), ID: to})
	}
	return row
}

// which is nerve or muscle, with the map of where nerves of the area are felt.
func (c cardMaker) which() bot.Reply {
	body, grades := []bot.Part{bot.Text(blockText(c.area.Nerve))}, c.area.Nerve.Grades
	p, _ := c.Content.WhereMap(c.req.Locale, c.area.ID) // nil where there is none
	parts, files := c.picture(c.req, p)
	if len(parts) > 0 {
		body = append(append(body, parts...), bot.Text(c.say("pinched.which.map")))
		grades = gradesOf(c.area.Nerve, content.Block{Grades: p.Grades})
	}
	reply := c.card(accentCalm, viewWhich, grades, body, nil, viewNext)
	reply.Files = files
	return reply
}

// modifiers is for readers who are under 18 or pregnant. Who comes from the
// stop card goes back there, and never to the other answer's cards.
func (c cardMaker) modifiers(v, back view) bot.Reply {
	stop := c.Content.Stop(c.req.Locale)
	return c.card(accentRead, v, gradesOf(stop.Under18, stop.Pregnancy), []bot.Part{
		bot.Text(blockText(stop.Under18)),
		bot.Text(blockText(stop.Pregnancy)),
	}, nil, back)
}

// block is a card with one block of the area's text.
func (c cardMaker) block(v view, b content.Block, back view) bot.Reply {
	return c.card(accentCalm, v, b.Grades, []bot.Part{bot.Text(blockText(b))}, nil, back)
}

// days is the first days. Where neck and upper back may be part of it, it leads
// to the gentle routine for them; what is opened there tells nobody from where.
func (c cardMaker) days() bot.Reply {
	b := c.area.FirstDays
	var row bot.Row
	if c.area.Limb != legLimb {
		row = bot.Row{{Label: c.say("pinched.button.calm"), ID: openID.For(calmRoutine)}}
	}
	return c.card(accentCalm, viewDays, b.Grades, []bot.Part{bot.Text(blockText(b))}, row, viewNext)
}

// legLimb is the limb of the areas below the back.
const legLimb = "leg"

// card puts the body into a container, with how sure it is, the buttons in one
// row or more, and the row that every card ends with.
func (c cardMaker) card(accent int, v view, grades []content.Grade, body []bot.Part, buttons bot.Row, back view, more ...bot.Row) bot.Reply {
	body = append(body, bot.Text(c.foot(grades)))
	if len(buttons) > 0 {
		body = append(body, buttons)
	}
	for _, row := range more {
		body = append(body, row)
	}
	body = append(body, bot.Row{
		{Label: c.say("pinched.button.back"), ID: c.to(back, "")},
		{Label: c.say("pinched.button.sources"), ID: c.to(viewSources, string(v))},
		{Label: c.say("pinched.button.mistake"), ID: c.to(viewMistake, string(v))},
	})
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: accent, Parts: body}}}
}

// foot says how sure the card is, its version, and who has reviewed it.
func (c cardMaker) foot(grades []content.Grade) string {
	return footText(c.Content, c.req, grades, c.area.Reviewed)
}

// footText says how sure a card is, its version, and who has reviewed it.
func footText(lib *content.Library, req *bot.Request, grades []content.Grade, r *content.Review) string {
	reviewed := req.Say("pinched.foot.unreviewed")
	if r != nil {
		reviewed = req.Say("pinched.foot.reviewed", args{"By": r.By, "Role": r.Role, "Date": r.Date})
	}
	text := "-# "
	if len(grades) > 0 {
		text += req.Say("pinched.foot.sure", args{"Grades": lib.GradeWords(req.Locale, grades)}) + " "
	}
	return text + req.Say("pinched.foot.version", args{"Version": lib.Version}) + " " + reviewed
}

// sources lists what a card rests on, a page at a time. Where the card came
// from and the page are in arg, as "signs" or "signs+2".
func (c cardMaker) sources(arg string) bot.Reply {
	from, page := splitPage(arg)
	lines := c.sourceLines(view(from))
	pages := max(1, (len(lines)+sourcesAtOnce-1)/sourcesAtOnce)
	page = min(max(page, 1), pages)
	lines = lines[(page-1)*sourcesAtOnce : min(len(lines), page*sourcesAtOnce)]
	title := c.say("pinched.sources.title", args{"Page": page, "Pages": pages})
	if len(lines) == 0 {
		lines = []string{c.say("pinched.sources.none")}
	}
	row := bot.Row{{Label: c.say("pinched.button.back"), ID: c.to(view(from), "")}}
	if page < pages {
		row = append(row, bot.Button{Label: c.say("pinched.button.more_sources"), ID: c.to(viewSources, from+"+"+strconv.Itoa(page+1))})
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: accentCalm, Parts: []bot.Part{
		bot.Text(title), bot.Text(bullets(lines)), row,
	}}}}
}

// sourceLines returns a line for each source of the card that v shows, each
// source once; with the stop card, that of the numbers on show.
func (c cardMaker) sourceLines(v view) []string {
	var lines []string
	if v == viewStop && c.number.Country != "" {
		lines = append(lines, link(c.say("pinched.sources.numbers", args{"Country": c.number.Name}), c.number.Source))
	}
	if v == viewStop && c.number.UrgentSource != "" {
		lines = append(lines, link(c.say("pinched.sources.urgent", args{"Country": c.number.Name, "Name": c.number.UrgentName}), c.number.UrgentSource))
	}
	return append(lines, sourceTexts(c.Content, c.req.Locale, c.sourcesOf(v))...)
}

// sourceTexts returns a line for each source, each once.
func sourceTexts(lib *content.Library, locale string, ids []string) []string {
	var lines []string
	seen := map[string]bool{}
	for _, id := range ids {
		if s, _ := lib.Source(id); !seen[id] { // Load has checked that it exists
			seen[id] = true
			lines = append(lines, link(s.Title, s.URL)+" – "+lib.GradeWords(locale, []content.Grade{s.Grade}))
		}
	}
	return lines
}

// link is a title that opens an address, or the bare title without one.
func link(title, url string) string {
	if url == "" {
		return title
	}
	return "[" + title + "](" + url + ")"
}

// sourcesOf returns the sources of the card that v shows.
func (c cardMaker) sourcesOf(v view) []string {
	stop := c.Content.Stop(c.req.Locale)
	switch v {
	case viewSigns:
		return c.area.Signs.Sources
	case viewStop:
		return slices.Concat(stop.Now.Sources, stop.Soon.Sources)
	case viewNext:
		return slices.Concat(c.area.Ladder.Sources, liftSourceIDs(c.planned(v)))
	case viewToday, viewCoach, viewLift:
		return liftSourceIDs(c.planned(v))
	case viewDays:
		return c.area.FirstDays.Sources
	case viewWhich:
		if p, ok := c.Content.WhereMap(c.req.Locale, c.area.ID); ok {
			return slices.Concat(c.area.Nerve.Sources, p.Sources)
		}
		return c.area.Nerve.Sources
	case viewBack:
		return c.area.Back.Sources
	case viewClinic:
		return c.area.Clinic.Sources
	case viewMore: // all there are
		return slices.Concat(c.area.Sources(), stop.Under18.Sources, stop.Pregnancy.Sources)
	case viewYoung, viewYoungOn:
		return slices.Concat(stop.Under18.Sources, stop.Pregnancy.Sources)
	}
	return nil
}

// mistake says where a mistake can be told: the card and its version, no more.
func (c cardMaker) mistake(from string) bot.Reply {
	return mistakeCard(c.Deps, c.req, c.area.ID+"/"+from, c.to(view(from), ""))
}

// mistakeCard says where a mistake on the card can be told; back is the custom
// ID that leads back to it.
func mistakeCard(d Deps, req *bot.Request, card, back string) bot.Reply {
	return calmCard(
		bot.Text(req.Say("pinched.mistake.text", args{"Contact": d.Operator.Contact, "Card": card, "Version": d.Content.Version})),
		bot.Row{{Label: req.Say("pinched.button.back"), ID: back}},
	)
}

func (c cardMaker) say(key string, a ...args) string { return c.req.Say(key, a...) }

// to is the custom ID of a button that leads to another card of the area.
func (c cardMaker) to(v view, arg string) string {
	return pinchedID.For(pinchedState{Area: c.area.ID, View: v, Arg: arg, Country: c.number.Country, Lift: c.asksAbout()})
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

// gradesOf joins the grades of two blocks, the surest first.
func gradesOf(a, b content.Block) []content.Grade { return joinGrades(a.Grades, b.Grades) }

// joinGrades joins grades, the surest first.
func joinGrades(a, b []content.Grade) []content.Grade {
	var out []content.Grade
	for _, g := range []content.Grade{content.Guideline, content.HealthService, content.Coaching, content.Cautious} {
		if slices.Contains(a, g) || slices.Contains(b, g) {
			out = append(out, g)
		}
	}
	return out
}

// blockText is a block as Markdown.
func blockText(b content.Block) string {
	lines := []string{"### " + b.Title}
	if b.Lead != "" {
		lines = append(lines, b.Lead)
	}
	for _, p := range b.Parts {
		if p.Head != "" {
			lines = append(lines, "**"+p.Head+"**")
		}
		lines = append(lines, bullets(p.Lines))
	}
	if b.Close != "" {
		lines = append(lines, b.Close)
	}
	return strings.Join(lines, "\n")
}

func bullets(lines []string) string { return "- " + strings.Join(lines, "\n- ") }

func lineTexts(lines []content.SignLine) []string {
	out := make([]string, 0, len(lines))
	for _, l := range lines {
		out = append(out, l.Text)
	}
	return out
}
