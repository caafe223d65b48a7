package post

import (
	"cmp"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/schedule"
)

// Event returns a start of a class as the server's calendar has it, in the language
// of its place.
func (m *Maker) Event(s schedule.Series, start schedule.Start) bot.ScheduledEvent {
	say := m.lib.In(cmp.Or(s.Place.Language, card.DefaultLocale))
	about := m.EventMark(s)
	if len(s.Posts()) > 0 {
		about = say("event.posts", bot.Args{"Channel": card.ChannelMention(s.ChannelID)}) + "\n" + about
	}
	at := start.At.UTC()
	return bot.ScheduledEvent{Name: cmp.Or(s.Title, s.Rule.Sentence(say)), Place: s.Place.Name, About: about, Start: at, End: at.Add(s.Length)}
}

// EventMark returns what ends the description of a class's event, and of no other.
func (m *Maker) EventMark(s schedule.Series) string {
	return m.lib.In(cmp.Or(s.Place.Language, card.DefaultLocale))("event.mark", bot.Args{"ID": s.ID})
}

// eventAlert tells that the event of a class can't be kept. It returns ErrMoot if
// it can again, or is not wanted any more.
func eventAlert(say schedule.Say, s schedule.Series, o schedule.Occurrence) (bot.Reply, error) {
	if !s.Event || s.EventWhy == "" {
		return bot.Reply{}, ErrMoot
	}
	parts := []bot.Part{
		bot.Text(say("event."+string(o.Kind), bot.Args{"Class": card.ClassName(say, s), "Place": card.Plain(s.Place.Name), "Why": say("event.why." + string(s.EventWhy))})),
		mendRow(say, o),
	}
	return bot.Reply{Parts: []bot.Part{bot.Container{Accent: card.AccentStop, Parts: parts}}}, nil
}
