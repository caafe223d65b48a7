package reading

import (
	"context"
	"strings"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/content"
)

// learn is what there is to read at leisure. It is as discreet as /pinched: no log
// tells what anyone reads.
type learn struct {
	content  *content.Library
	operator card.Operator
}

func (l learn) command() (bot.Command, []bot.Component) {
	var choices []bot.Choice
	for _, t := range l.content.Topics(card.DefaultLocale) {
		choices = append(choices, bot.Choice{Label: t.Text.Title, Value: t.ID})
	}
	topic := bot.OneOf("topic", "learn.option.topic", choices)
	flow := bot.Handle(button.LearnID, bot.Update, l.turn)
	flow.OwnerOnly, flow.Discreet = true, true
	return bot.Command{
		Name: "learn", About: "learn.about", Options: []bot.Option{topic}, Answer: bot.NewPrivate, Discreet: true,
		Run: func(ctx context.Context, req *bot.Request) (bot.Reply, error) {
			if id := topic.Get(req); id != "" {
				return l.turn(ctx, req, button.LearnState{Topic: id, View: button.LearnTopic})
			}
			return l.menu(req), nil
		},
	}, []bot.Component{flow}
}

// turn shows the card that the state names; a state of another Unpinch gets
// the menu.
func (l learn) turn(_ context.Context, req *bot.Request, s button.LearnState) (bot.Reply, error) {
	if s.View == button.LearnMenu && len(req.Values) > 0 {
		s = button.LearnState{Topic: req.Values[0], View: button.LearnTopic}
	}
	t, ok := l.content.Topic(req.Locale, s.Topic)
	if !ok {
		return l.menu(req), nil
	}
	back := button.LearnID.For(button.LearnState{Topic: t.ID, View: button.LearnTopic})
	switch s.View {
	case button.LearnTopic:
		return l.topic(req, t), nil
	case button.LearnSources:
		return allSources(req, l.content, t.Sources, back), nil
	case button.LearnMistake:
		return card.Mistake(l.operator, l.content.Version, req, t.Key, back), nil
	}
	return l.menu(req), nil
}

func (l learn) menu(req *bot.Request) bot.Reply {
	article := l.content.Article()
	var entries []bot.Entry
	for _, t := range l.content.Topics(req.Locale) {
		entries = append(entries, bot.Entry{Label: t.Text.Title, Value: t.ID})
	}
	return card.Calm(
		bot.Text(req.Say("learn.menu.text", bot.Args{"Article": card.Link(article.Title, article.URL)})),
		bot.Select{ID: button.LearnID.For(button.LearnState{View: button.LearnMenu}), Hint: req.Say("learn.menu.hint"), Entries: entries},
		bot.Text(req.Say("pinched.boundary")),
		bot.Row{
			{Label: req.Say("learn.button.glossary"), ID: button.PinchedID.For(button.PinchedState{View: button.PinchedGlossary})},
			{Label: req.Say("learn.button.signs"), ID: button.PinchedID.For(button.PinchedState{View: button.PinchedMenu})},
		},
	)
}

// topic is an article, with the claims that it corrects.
func (l learn) topic(req *bot.Request, t *content.Topic) bot.Reply {
	parts := []bot.Part{bot.Text(card.Block(t.Text))}
	if len(t.Corrections) > 0 {
		lines := []string{req.Say("learn.corrected")}
		for _, c := range t.Corrections {
			lines = append(lines, req.Say("learn.correction", bot.Args{"Said": c.Said, "Found": c.Found}))
		}
		parts = append(parts, bot.Text(strings.Join(lines, "\n")))
	}
	return card.Calm(append(parts,
		bot.Text(card.Foot(l.content, req.Locale, t.Grades, t.Reviewed)),
		bot.Row{
			{Label: req.Say("learn.button.topics"), ID: button.LearnID.For(button.LearnState{View: button.LearnMenu})},
			{Label: req.Say("learn.button.signs"), ID: button.PinchedID.For(button.PinchedState{View: button.PinchedMenu})},
			{Label: req.Say("card.sources"), ID: button.LearnID.For(button.LearnState{Topic: t.ID, View: button.LearnSources})},
			{Label: req.Say("card.mistake"), ID: button.LearnID.For(button.LearnState{Topic: t.ID, View: button.LearnMistake})},
		},
	)...)
}
