package commands

import (
	"context"
	"errors"
	"strings"

	"unpinch/bot"
	"unpinch/content"
)

// The IDs of fact or gym myth: of its post, for everybody, and of the private
// answer's buttons.
var (
	mythID        = bot.NewID[mythAnswer]("myth1")
	mythBackID    = bot.NewID[mythAnswer]("mythback1")
	mythMistakeID = bot.NewID[mythAnswer]("mythmistake1")
)

// mythAnswer is what somebody says of a claim.
type mythAnswer struct {
	Claim string
	True  bool
}

const (
	mythTrue  = "true"
	mythNotSo = "not"
)

// MarshalText returns the answer as "claim/true" or "claim/not".
func (a mythAnswer) MarshalText() ([]byte, error) {
	if strings.Contains(a.Claim, "/") {
		return nil, errors.New("a slash in a claim's id")
	}
	said := mythNotSo
	if a.True {
		said = mythTrue
	}
	return []byte(a.Claim + "/" + said), nil
}

// UnmarshalText reads what MarshalText wrote. Whether the claim exists is for
// the handler to say, in words.
func (a *mythAnswer) UnmarshalText(text []byte) error {
	claim, said, _ := strings.Cut(string(text), "/")
	if said != mythTrue && said != mythNotSo {
		return errors.New("want claim/true or claim/not")
	}
	*a = mythAnswer{claim, said == mythTrue}
	return nil
}

// mythPost is a claim with its two buttons, as it stands in a channel.
func (d Deps) mythPost(locale string, c *content.Claim) []bot.Part {
	say := func(key string) string { return d.Content.Say(locale, key, nil) }
	return []bot.Part{
		bot.Text(say("myth.title")),
		bot.Text("> " + c.Text),
		bot.Text(say("myth.private")),
		bot.Row{
			{Label: say("myth.button.true"), ID: mythID.For(mythAnswer{c.ID, true}), Style: bot.Primary},
			{Label: say("myth.button.not"), ID: mythID.For(mythAnswer{c.ID, false}), Style: bot.Primary},
		},
	}
}

// myth answers the presses on a claim. What somebody thinks is nobody's
// business: the answer goes to them alone, and nothing of it is kept or logged.
func myth(d Deps) []bot.Component {
	m := mythFlow{d}
	back, mistake := bot.Handle(mythBackID, bot.Update, m.answer), bot.Handle(mythMistakeID, bot.Update, m.mistake)
	back.OwnerOnly, mistake.OwnerOnly = true, true
	parts := []bot.Component{bot.Handle(mythID, bot.NewPrivate, m.answer), back, mistake}
	for i := range parts {
		parts[i].Discreet = true
	}
	return parts
}

type mythFlow struct{ Deps }

// answer says which it is, whether the press was the same, and why.
func (m mythFlow) answer(_ context.Context, req *bot.Request, a mythAnswer) (bot.Reply, error) {
	c, ok := m.Content.Claim(req.Locale, a.Claim)
	if !ok {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	found, pressed := "myth.not", "myth.pressed_other"
	if c.True {
		found = "myth.true"
	}
	if c.True == a.True {
		pressed = "myth.pressed_it"
	}
	return calmCard(
		bot.Text(req.Say(found)+"\n"+req.Say(pressed)),
		bot.Text("> "+c.Text),
		bot.Text(c.Why),
		bot.Text(bullets(sourceTexts(m.Content, req.Locale, c.Sources))),
		bot.Text(footText(m.Content, req, []content.Grade{c.Grade}, c.Reviewed)),
		bot.Row{
			{Label: req.Say("learn.button.signs"), ID: pinchedID.For(pinchedState{View: viewMenu})},
			{Label: req.Say("pinched.button.mistake"), ID: mythMistakeID.For(a)},
		},
	), nil
}

// mistake says where a mistake in the answer can be told.
func (m mythFlow) mistake(_ context.Context, req *bot.Request, a mythAnswer) (bot.Reply, error) {
	c, ok := m.Content.Claim(req.Locale, a.Claim)
	if !ok {
		return bot.Reply{}, &bot.UserError{Key: "bot.old_button"}
	}
	return mistakeCard(m.Deps, req, c.Key, mythBackID.For(a)), nil
}
