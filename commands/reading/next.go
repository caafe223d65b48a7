package reading

import (
	"strings"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// nextCard is card 3: the ladder on which readers place themselves, and what to
// do with their lifts.
type nextCard struct {
	frame
	today time.Time // the ladder's dates count from it
}

func (c nextCard) show() bot.Reply {
	ladder := c.area.Ladder
	var rungs []string
	for _, r := range c.area.LadderOn(c.today, c.ladderDate) {
		rungs = append(rungs, r.Text)
	}
	return c.card(page{
		view: button.PinchedNext, grades: card.JoinGrades(ladder.Grades, liftGrades(c.choice().on(button.PinchedNext))), back: button.PinchedSoon,
		body: append([]bot.Part{
			bot.Text(c.say("pinched.next.lead")),
			bot.Text("### " + ladder.Title + "\n" + card.Bullets(rungs)),
			bot.Text(c.lifts()),
		}, c.liftRow()...),
		buttons: bot.Row{
			{Label: c.area.Tonight.Title, ID: c.to(button.PinchedTonight, ""), Style: bot.Primary},
			{Label: c.say("pinched.button.today"), ID: c.to(button.PinchedToday, "")},
			{Label: c.area.FirstDays.Title, ID: c.to(button.PinchedDays, "")},
			{Label: c.area.Nerve.Title, ID: c.to(button.PinchedWhich, "")},
			{Label: c.area.Back.Title, ID: c.to(button.PinchedBack, "")},
		},
		more: append(bot.Row{{Label: c.say("pinched.button.more"), ID: c.to(button.PinchedMore, "")}}, card.NudgeRow(c.req)...),
	})
}

// ladderDate says a date in the language of the ladder, which may not be that of
// the card.
func (c nextCard) ladderDate(at time.Time) string {
	return schedule.DateShort.Of(c.content.In(c.area.Language), at)
}

// tonight is how to lie and sit, what not to try, who answers the phone, and when
// to look again.
func (c nextCard) tonight() bot.Reply {
	b := c.area.Tonight
	ring, n := "pinched.tonight.unknown", c.number
	switch {
	case n.Urgent != "":
		ring = "pinched.tonight.ring"
	case n.Emergency != "":
		ring = "pinched.tonight.doctor"
	}
	day := schedule.DateShort.Of(c.req.Say, c.today.AddDate(0, 0, 1))
	return c.card(page{view: button.PinchedTonight, grades: b.Grades, back: button.PinchedNext, body: []bot.Part{
		bot.Text(card.Block(b)),
		bot.Text(c.say(ring, bot.Args{"Urgent": n.Urgent, "Name": n.UrgentName, "Emergency": n.Emergency}) + "\n" +
			c.say("pinched.tonight.again", bot.Args{"Day": day})),
	}})
}

// lifts is what to leave out and what to do instead.
func (c nextCard) lifts() string {
	choice := c.choice()
	p := choice.plan()
	if c.lift != nil && c.lift.On(c.area.ID) == 0 {
		return c.say("pinched.lifts.little", bot.Args{"Lift": c.lift.Name})
	}
	lines := []string{c.say("pinched.lifts.pause", bot.Args{"Lifts": names(p.Pause)})}
	if len(p.Instead) > 0 {
		lines = append(lines, c.say("pinched.lifts.instead", bot.Args{"Lifts": names(p.Instead)}))
	} else if g, ok := choice.lifts.Gentler(c.lift, choice.concern()); ok {
		lines = append(lines, c.say("pinched.lifts.gentler", bot.Args{"Pattern": g.Name}))
	}
	return strings.Join(lines, "\n")
}

// liftRow leads to the lift that was asked about, if one was.
func (c nextCard) liftRow() []bot.Part {
	if c.lift == nil {
		return nil
	}
	return []bot.Part{bot.Row{{Label: c.lift.Name, ID: c.to(button.PinchedLift, "")}}}
}
