package reading

import (
	"strconv"
	"strings"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
)

// liftsOnPage is how many lifts a page of PinchedLoads lists.
const liftsOnPage = 20

// liftCards are the cards of /pinched that are about lifts.
type liftCards struct{ frame }

// show makes the card that the state names; false for one that is none of these.
func (c liftCards) show(s button.PinchedState) (bot.Reply, bool) {
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
func (c liftCards) today() bot.Reply {
	choice := c.choice()
	d := choice.lifts.Today(c.area.ID)
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
	return c.card(page{view: button.PinchedToday, grades: liftGrades(choice.on(button.PinchedToday)), back: button.PinchedNext,
		body: []bot.Part{bot.Text(text + "\n" + c.say("pinched.today.stop"))}})
}

// withWhatItLoads is a lift's name, with what it still asks of the area.
func (c liftCards) withWhatItLoads(e *content.Exercise) string {
	var words []string
	for _, s := range c.choice().concern().Of(e) {
		words = append(words, c.content.StressWord(c.req.Locale, s))
	}
	if len(words) == 0 {
		return e.Name
	}
	return c.say("pinched.today.still", bot.Args{"Lift": e.Name, "Loads": strings.Join(words, ", ")})
}

// loads lists the lifts that load the area, the worst first, a page at a time.
func (c liftCards) loads(arg string) bot.Reply {
	all := c.choice().lifts.Loading(c.area.ID)
	pages := (len(all) + liftsOnPage - 1) / liftsOnPage
	n, err := strconv.Atoi(arg)
	if err != nil {
		n = 1
	}
	n = min(max(n, 1), pages)
	var lines []string
	for _, e := range all[(n-1)*liftsOnPage : min(len(all), n*liftsOnPage)] {
		lines = append(lines, e.Name)
	}
	var row bot.Row
	if n > 1 {
		row = append(row, bot.Button{Label: c.say("card.page_before"), ID: c.to(button.PinchedLoads, strconv.Itoa(n-1))})
	}
	if n < pages {
		row = append(row, bot.Button{Label: c.say("card.page_after"), ID: c.to(button.PinchedLoads, strconv.Itoa(n+1))})
	}
	title := c.say("pinched.loads.title", bot.Args{"Page": n, "Pages": pages})
	return c.card(page{view: button.PinchedLoads, grades: []content.Grade{content.Cautious}, buttons: row, back: button.PinchedMore,
		body: []bot.Part{bot.Text(title + "\n" + card.Bullets(lines))}})
}

// coach is a line to copy. It gives no reason and names no area.
func (c liftCards) coach() bot.Reply {
	choice := c.choice()
	p := choice.plan()
	line := c.say("pinched.coach.line", bot.Args{"Pause": names(p.Pause), "Instead": names(p.Instead)})
	if len(p.Instead) == 0 {
		line = c.say("pinched.coach.line_alone", bot.Args{"Pause": names(p.Pause)})
	}
	return c.card(page{view: button.PinchedCoach, grades: liftGrades(choice.on(button.PinchedCoach)), back: button.PinchedMore,
		body: []bot.Part{bot.Text(c.say("pinched.coach.title")), bot.Text("> " + line)}})
}

// asked is the block of the lift that was asked about.
func (c liftCards) asked() bot.Reply {
	choice := c.choice()
	text := liftText{content: c.content, lifts: choice.lifts, req: c.req, concern: choice.concern()}
	return c.card(page{view: button.PinchedLift, grades: liftGrades(choice.on(button.PinchedLift)), back: button.PinchedNext,
		body: []bot.Part{bot.Text("## " + c.lift.Name), bot.Text(text.block(c.lift))}})
}
