package post

import (
	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// alert tells that the posts of a class can't go out. It returns ErrMoot if the
// class was mended meanwhile.
func alert(say schedule.Say, s schedule.Series, o schedule.Occurrence) (bot.Reply, error) {
	if s.BrokenAt.IsZero() {
		return bot.Reply{}, ErrMoot
	}
	text := say("post."+string(o.Kind), bot.Args{"Sentence": s.Rule.Sentence(say), "Place": card.Plain(s.Place.Name),
		"Why": say("class.reason." + string(s.BrokenWhy))})
	again := bot.Row{{Label: say("class.button.mend"), ID: button.MendID.For(button.Occurrence(o.ID)), Style: bot.Primary}}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentStop, Parts: []bot.Part{bot.Text(text), again}}}}, nil
}
