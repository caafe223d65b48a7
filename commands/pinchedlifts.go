package commands

import (
	"slices"
	"strconv"
	"strings"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
)

// liftsOnPage is how many lifts a page of viewLoads lists.
const liftsOnPage = 20

func (c cardMaker) library() *content.Lifts { return c.Content.Lifts(c.req.Locale) }

func (c cardMaker) concern() content.Concern { return content.Concern{Area: c.area.ID} }

// plan is what to pause and what to do instead: for the lift that was asked
// about, or else for the area.
func (c cardMaker) plan() content.Plan {
	if c.lift == nil {
		return c.library().Plan(c.area.ID)
	}
	p := content.Plan{Pause: []*content.Exercise{c.lift}}
	for _, w := range c.library().Swaps(c.lift, c.concern()) {
		p.Instead = append(p.Instead, w.Exercise)
	}
	return p
}

// pauseAndInstead is the lines of card 2 about lifts.
func (c cardMaker) pauseAndInstead() bot.Part {
	p := c.plan()
	if c.lift != nil && c.lift.On(c.area.ID) == 0 {
		return bot.Text(c.say("pinched.lifts.little", bot.Args{"Lift": c.lift.Name}))
	}
	lines := []string{c.say("pinched.lifts.pause", bot.Args{"Lifts": names(p.Pause)})}
	if len(p.Instead) > 0 {
		lines = append(lines, c.say("pinched.lifts.instead", bot.Args{"Lifts": names(p.Instead)}))
	} else if g, ok := c.library().Gentler(c.lift, c.concern()); ok {
		lines = append(lines, c.say("pinched.lifts.gentler", bot.Args{"Pattern": g.Name}))
	}
	if c.lift == nil { // else the cue stands on the lift's own card
		lines = append(lines, c.say("pinched.lifts.cue", bot.Args{"Cue": p.Cue}))
	}
	return bot.Text(strings.Join(lines, "\n"))
}

// liftRow leads to the lift that was asked about, if one was.
func (c cardMaker) liftRow() []bot.Part {
	if c.lift == nil {
		return nil
	}
	return []bot.Part{bot.Row{{Label: c.lift.Name, ID: c.to(button.PinchedLift, "")}}}
}

func names(lifts []*content.Exercise) string {
	var out []string
	for _, e := range lifts {
		out = append(out, e.Name)
	}
	return strings.Join(out, ", ")
}

// planned returns the lifts that the card of v is about.
func (c cardMaker) planned(v button.PinchedView) []*content.Exercise {
	switch v {
	case button.PinchedNext, button.PinchedCoach:
		p := c.plan()
		return slices.Concat(p.Pause, p.Instead)
	case button.PinchedLift:
		return []*content.Exercise{c.lift}
	case button.PinchedToday:
		d := c.library().Today(c.area.ID)
		return append(d.Lifts, d.Cardio)
	}
	return nil
}

// liftCards shows the cards about lifts; false for another view.
func (c cardMaker) liftCards(s button.PinchedState) (bot.Reply, bool) {
	switch {
	case s.View == button.PinchedToday:
		return c.today(), true
	case s.View == button.PinchedLoads:
		return c.loads(s.Arg), true
	case s.View == button.PinchedCoach:
		return c.coach(), true
	case s.View == button.PinchedLift && c.lift != nil:
		return c.asked(), true
	}
	return bot.Reply{}, false
}

// today is a session that asks little of the area, with its exceptions.
func (c cardMaker) today() bot.Reply {
	d := c.library().Today(c.area.ID)
	var lines []string
	for _, e := range d.Lifts {
		lines = append(lines, c.withWhatItLoads(e))
	}
	lines = append(lines, c.say("pinched.today.cardio", bot.Args{"Lift": c.withWhatItLoads(d.Cardio)}))
	text := c.say("pinched.today.title") + "\n" + card.Bullets(lines)
	if len(d.Left) > 0 {
		var left []string
		for _, p := range d.Left {
			left = append(left, p.Name)
		}
		text += "\n" + c.say("pinched.today.left", bot.Args{"Patterns": strings.Join(left, ", ")})
	}
	return c.card(card.AccentCalm, button.PinchedToday, liftGrades(c.planned(button.PinchedToday)), []bot.Part{
		bot.Text(text + "\n" + c.say("pinched.today.stop")),
	}, nil, button.PinchedNext)
}

// withWhatItLoads is a lift's name, with what it still asks of the area.
func (c cardMaker) withWhatItLoads(e *content.Exercise) string {
	var words []string
	for _, s := range c.concern().Of(e) {
		words = append(words, c.Content.StressWord(c.req.Locale, s))
	}
	if len(words) == 0 {
		return e.Name
	}
	return c.say("pinched.today.still", bot.Args{"Lift": e.Name, "Loads": strings.Join(words, ", ")})
}

// loads lists the lifts that load the area, the worst first, a page at a time.
func (c cardMaker) loads(arg string) bot.Reply {
	all := c.library().Loading(c.area.ID)
	pages := (len(all) + liftsOnPage - 1) / liftsOnPage
	page, err := strconv.Atoi(arg)
	if err != nil {
		page = 1
	}
	page = min(max(page, 1), pages)
	var lines []string
	for _, e := range all[(page-1)*liftsOnPage : min(len(all), page*liftsOnPage)] {
		lines = append(lines, e.Name)
	}
	var row bot.Row
	if page > 1 {
		row = append(row, bot.Button{Label: c.say("pinched.button.page_before"), ID: c.to(button.PinchedLoads, strconv.Itoa(page-1))})
	}
	if page < pages {
		row = append(row, bot.Button{Label: c.say("pinched.button.page_after"), ID: c.to(button.PinchedLoads, strconv.Itoa(page+1))})
	}
	return c.card(card.AccentCalm, button.PinchedLoads, []content.Grade{content.Cautious}, []bot.Part{
		bot.Text(c.say("pinched.loads.title", bot.Args{"Page": page, "Pages": pages}) + "\n" + card.Bullets(lines)),
	}, row, button.PinchedMore)
}

// coach is a line to copy. It gives no reason and names no area.
func (c cardMaker) coach() bot.Reply {
	p := c.plan()
	line := c.say("pinched.coach.line", bot.Args{"Pause": names(p.Pause), "Instead": names(p.Instead)})
	if len(p.Instead) == 0 {
		line = c.say("pinched.coach.line_alone", bot.Args{"Pause": names(p.Pause)})
	}
	return c.card(card.AccentCalm, button.PinchedCoach, liftGrades(c.planned(button.PinchedCoach)), []bot.Part{
		bot.Text(c.say("pinched.coach.title")), bot.Text("> " + line),
	}, nil, button.PinchedMore)
}

// asked is the block of the lift that was asked about.
func (c cardMaker) asked() bot.Reply {
	m := liftMaker{Deps: c.Deps, req: c.req, library: c.library(), state: button.ModifyState{Area: c.area.ID}}
	return c.card(card.AccentCalm, button.PinchedLift, liftGrades(c.planned(button.PinchedLift)), []bot.Part{
		bot.Text("## " + c.lift.Name), bot.Text(m.block(c.lift)),
	}, nil, button.PinchedNext)
}
