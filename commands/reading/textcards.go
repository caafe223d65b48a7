package reading

import (
	"strings"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
	"unpinch/figure"
)

// legLimb is the limb of the areas below the back.
const legLimb = "leg"

// textCards are the cards of an area's own text.
type textCards struct {
	frame
	album *figure.Album // nil for cards without pictures
}

// show makes the card of a view; false for a view that is none of these.
func (c textCards) show(v button.PinchedView) (bot.Reply, bool) {
	switch v {
	case button.PinchedSigns:
		return c.signs(v, c.area.Signs.Now, button.PinchedMenu, button.PinchedSoon), true
	case button.PinchedSoon:
		return c.signs(v, c.area.Signs.Soon, button.PinchedSigns, button.PinchedNext), true
	case button.PinchedDays:
		return c.days(), true
	case button.PinchedWhich:
		return c.which(), true
	case button.PinchedBack:
		return c.block(v, c.area.Back, button.PinchedNext), true
	case button.PinchedMore:
		return c.more(), true
	case button.PinchedClinic:
		return c.block(v, c.area.Clinic, button.PinchedMore), true
	case button.PinchedYoung:
		return c.modifiers(v, button.PinchedMore), true
	case button.PinchedYoungOn:
		return c.modifiers(v, button.PinchedStop), true
	}
	return bot.Reply{}, false
}

// signs is card 1, what must not wait, or card 2, what must be seen today or
// tomorrow, with one combined answer right below. "One of these" leads from both
// to the same stop card; "None of these" leads on.
func (c textCards) signs(v button.PinchedView, list content.SignList, back, on button.PinchedView) bot.Reply {
	return c.card(page{
		view: v, grades: list.Grades, accent: card.AccentRead, back: back,
		body: []bot.Part{
			bot.Text(c.say("pinched.signs."+string(list.Level), bot.Args{"Felt": c.area.Felt}) + "\n" + c.say("pinched.signs.ask")),
			bot.Text(groups(list)),
			bot.Row{
				{Label: c.say("pinched.button.one"), ID: c.to(button.PinchedStop, ""), Style: bot.Danger},
				{Label: c.say("pinched.button.none"), ID: c.to(on, "")},
			},
		},
	})
}

// groups is a card's signs as Markdown, by part of the body.
func groups(list content.SignList) string {
	var out []string
	for _, g := range list.Groups {
		lines := make([]string, 0, len(g.Lines))
		for _, l := range g.Lines {
			lines = append(lines, l.Text)
		}
		out = append(out, "**"+g.Head+"**\n"+card.Bullets(lines))
	}
	return strings.Join(out, "\n")
}

// days is the first days. It leads to the gentle routine for the limb, by the
// button that /stretch and posts have, so that a routine which is opened from here
// doesn't tell the area.
func (c textCards) days() bot.Reply {
	b := c.area.FirstDays
	p := page{view: button.PinchedDays, grades: b.Grades, body: []bot.Part{bot.Text(card.Block(b))}, back: button.PinchedNext}
	gentle := button.CalmRoutine
	if c.area.Limb == legLimb {
		gentle = button.CalmLegsRoutine
	}
	p.buttons = bot.Row{{Label: c.say("pinched.button.calm"), ID: button.OpenID.For(gentle)}}
	return c.card(p)
}

// which is nerve or muscle, with the map of where nerves of the area are felt.
func (c textCards) which() bot.Reply {
	body, grades := []bot.Part{bot.Text(card.Block(c.area.Nerve))}, c.area.Nerve.Grades
	p, _ := c.content.WhereMap(c.req.Locale, c.area.ID) // nil where there is none
	parts, files := card.Picture(c.album, c.req, p)
	if len(parts) > 0 {
		body = append(append(body, parts...), bot.Text(c.say("pinched.which.map")))
		grades = card.Grades(c.area.Nerve, content.Block{Grades: p.Grades})
	}
	reply := c.card(page{view: button.PinchedWhich, grades: grades, body: body, back: button.PinchedNext})
	reply.Files = files
	return reply
}

// more leads to what does not fit on card 2.
func (c textCards) more() bot.Reply {
	return c.card(page{
		view: button.PinchedMore, grades: c.area.Also.Grades, back: button.PinchedNext,
		body: []bot.Part{
			bot.Text(c.say("pinched.more.text", bot.Args{"Area": c.area.Felt})),
			bot.Text(c.say("pinched.more.also", bot.Args{"Why": c.area.Also.Text})),
			c.also(),
		},
		buttons: bot.Row{
			{Label: c.area.Clinic.Title, ID: c.to(button.PinchedClinic, "")},
			{Label: c.say("pinched.button.modifiers"), ID: c.to(button.PinchedYoung, "")},
			{Label: c.say("pinched.button.loads"), ID: c.to(button.PinchedLoads, "")},
			{Label: c.say("pinched.button.coach"), ID: c.to(button.PinchedCoach, "")},
			{Label: c.say("pinched.button.words"), ID: c.to(button.PinchedWords, "")},
		},
	})
}

// also leads to the first card of the areas that are worth reading too.
func (c textCards) also() bot.Row {
	var row bot.Row
	for _, id := range c.area.Also.Areas {
		a, _ := c.content.Area(c.req.Locale, id) // Load has checked that it exists
		to := c.state()
		to.Area, to.View = id, button.PinchedSigns
		row = append(row, bot.Button{Label: c.say("pinched.button.also", bot.Args{"Area": a.Name}), ID: button.PinchedID.For(to)})
	}
	return row
}

// modifiers is for readers who are under 18 or pregnant. Back leads to the stop
// card for anyone who came from there, and never to the other answer's cards.
func (c textCards) modifiers(v, back button.PinchedView) bot.Reply {
	stop := c.content.Stop(c.req.Locale)
	return c.card(page{view: v, grades: card.Grades(stop.Under18, stop.Pregnancy), accent: card.AccentRead, back: back, body: []bot.Part{
		bot.Text(card.Block(stop.Under18)),
		bot.Text(card.Block(stop.Pregnancy)),
	}})
}

// block is a card with one block of the area's text.
func (c textCards) block(v button.PinchedView, b content.Block, back button.PinchedView) bot.Reply {
	return c.card(page{view: v, grades: b.Grades, body: []bot.Part{bot.Text(card.Block(b))}, back: back})
}
