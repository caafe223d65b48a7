package post

import (
	"context"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// alsoNamed is how many classes an alert names beside the one whose post failed.
const alsoNamed = 8

// alert tells that the posts of a class can't go out, and which others of the
// reader stopped with it, or that its event can't be kept. It returns ErrMoot if the class was mended meanwhile.
func (m *Maker) alert(ctx context.Context, say schedule.Say, s schedule.Series, o schedule.Occurrence) (bot.Reply, error) {
	if o.Reason == schedule.ReasonEvent {
		return eventAlert(say, s, o)
	}
	if s.BrokenAt.IsZero() {
		return bot.Reply{}, ErrMoot
	}
	all, err := m.classes.SeriesOf(ctx, o.GuildID)
	if err != nil {
		return bot.Reply{}, err
	}
	parts := []bot.Part{bot.Text(say("post."+string(o.Kind), bot.Args{"Sentence": titled(say, s), "Place": card.Plain(s.Place.Name),
		"Why": say("class.reason." + string(s.BrokenWhy))}))}
	if also := alsoBroken(say, all, s, o); len(also) > 0 {
		parts = append(parts, bot.Text(say("post.also")+"\n"+card.Bullets(also)))
	}
	parts = append(parts, mendRow(say, o))
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentStop, Parts: parts}}}, nil
}

// titled is a class by its title and times, as several may have the same times.
func titled(say schedule.Say, s schedule.Series) string {
	return card.Joined(card.Plain(s.Title), s.Rule.Sentence(say))
}

// mendRow lets what an alert tells of be tried again.
func mendRow(say schedule.Say, o schedule.Occurrence) bot.Row {
	return bot.Row{{Label: say("class.button.mend"), ID: button.MendID.For(button.Occurrence(o.ID)), Style: bot.Primary}}
}

// alsoBroken names the classes that stopped with s and that the alert's reader
// cares for: their own, or in a log channel those of its places.
func alsoBroken(say schedule.Say, all []schedule.Series, s schedule.Series, o schedule.Occurrence) (lines []string) {
	more := 0
	for _, x := range all {
		theirs := x.CreatedBy == o.UserID
		if o.UserID == "" {
			theirs = x.Place.LogChannel == o.ChannelID
		}
		switch {
		case x.ID == s.ID, !theirs, x.ChannelID != s.ChannelID, !x.BrokenAt.Equal(s.BrokenAt):
		case len(lines) == alsoNamed:
			more++
		default:
			lines = append(lines, say("post.also_line", bot.Args{"Sentence": titled(say, x), "Place": card.Plain(x.Place.Name)}))
		}
	}
	if more > 0 {
		lines = append(lines, say("post.also_more", bot.Args{"count": more}))
	}
	return lines
}
