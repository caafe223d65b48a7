package reading

import (
	"context"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
)

// myth is the claim of the week and the answers to it. Only the person who
// presses sees the answer, and nothing of it is kept or logged.
type myth struct {
	content  *content.Library
	operator card.Operator
}

// post is a claim with its two buttons, as it stands in a channel.
func (m myth) post(locale string, c *content.Claim) []bot.Part {
	say := m.content.In(locale)
	return []bot.Part{
		bot.Text(say("myth.title")),
		bot.Text("> " + c.Text),
		bot.Text(say("myth.private")),
		bot.Row{
			{Label: say("myth.button.true"), ID: button.MythID.For(button.MythAnswer{Claim: c.ID, True: true}), Style: bot.Primary},
			{Label: say("myth.button.not"), ID: button.MythID.For(button.MythAnswer{Claim: c.ID, True: false}), Style: bot.Primary},
		},
	}
}

// components are the buttons of the post, for everybody, and of the private
// answer.
func (m myth) components() []bot.Component {
	back, mistake := bot.Handle(button.MythBackID, bot.Update, m.answer), bot.Handle(button.MythMistakeID, bot.Update, m.mistake)
	back.OwnerOnly, mistake.OwnerOnly = true, true
	parts := []bot.Component{bot.Handle(button.MythID, bot.NewPrivate, m.answer), back, mistake}
	for i := range parts {
		parts[i].Discreet = true
	}
	return parts
}

// answer says which it is, whether the press was the same, and why.
func (m myth) answer(_ context.Context, req *bot.Request, a button.MythAnswer) (bot.Reply, error) {
	c, ok := m.content.Claim(req.Locale, a.Claim)
	if !ok {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	found, pressed := "myth.not", "myth.pressed_other"
	if c.True {
		found = "myth.true"
	}
	if c.True == bool(a.True) {
		pressed = "myth.pressed_it"
	}
	return card.Calm(
		bot.Text(req.Say(found)+"\n"+req.Say(pressed)),
		bot.Text("> "+c.Text),
		bot.Text(c.Why),
		bot.Text(card.Bullets(card.Sources(m.content, req.Locale, c.Sources))),
		bot.Text(card.Foot(m.content, req.Locale, []content.Grade{c.Grade}, c.Reviewed)),
		bot.Row{
			{Label: req.Say("learn.button.signs"), ID: button.PinchedID.For(button.PinchedState{View: button.PinchedMenu})},
			{Label: req.Say("card.mistake"), ID: button.MythMistakeID.For(a)},
		},
	), nil
}

// mistake says where a mistake in the answer can be told.
func (m myth) mistake(_ context.Context, req *bot.Request, a button.MythAnswer) (bot.Reply, error) {
	c, ok := m.content.Claim(req.Locale, a.Claim)
	if !ok {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	return card.Mistake(m.operator, m.content.Version, req, c.Key, button.MythBackID.For(a)), nil
}
