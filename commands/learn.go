package commands

import (
	"context"
	"errors"
	"strings"

	"unpinch/bot"
	"unpinch/content"
)

// learnID is the one ID of /learn; the glossary has that of /pinched.
var learnID = bot.NewID[learnState]("learn1")

// learnState says which card of which topic a button leads to.
type learnState struct {
	Topic string // "" on the menu
	View  learnView
}

type learnView string

const (
	learnMenu    learnView = "menu"
	learnTopic   learnView = "topic"
	learnSources learnView = "sources"
	learnMistake learnView = "mistake"
)

// MarshalText returns the state as "topic/view".
func (s learnState) MarshalText() ([]byte, error) {
	if strings.Contains(s.Topic+string(s.View), "/") {
		return nil, errors.New("a slash in a part of the state")
	}
	return []byte(s.Topic + "/" + string(s.View)), nil
}

// UnmarshalText reads what MarshalText wrote. Whether topic and view exist is
// for the handler to say, in words.
func (s *learnState) UnmarshalText(text []byte) error {
	topic, v, ok := strings.Cut(string(text), "/")
	if !ok || strings.Contains(v, "/") {
		return errors.New("want topic/view")
	}
	*s = learnState{Topic: topic, View: learnView(v)}
	return nil
}

// learn is what there is to read at leisure. What is read is nobody's business,
// so it is as discreet as /pinched.
func learn(d Deps) (bot.Command, []bot.Component) {
	l := learning{d}
	var choices []bot.Choice
	for _, t := range d.Content.Topics(defaultLocale) {
		choices = append(choices, bot.Choice{Label: t.Text.Title, Value: t.ID})
	}
	topic := bot.OneOf("topic", "learn.option.topic", choices)
	flow := bot.Handle(learnID, bot.Update, l.turn)
	flow.OwnerOnly, flow.Discreet = true, true
	return bot.Command{
		Name: "learn", About: "learn.about", Options: []bot.Option{topic}, Answer: bot.NewPrivate, Discreet: true,
		Run: func(ctx context.Context, req *bot.Request) (bot.Reply, error) {
			if id := topic.Get(req); id != "" {
				return l.turn(ctx, req, learnState{Topic: id, View: learnTopic})
			}
			return l.turn(ctx, req, learnState{View: learnMenu})
		},
	}, []bot.Component{flow}
}

type learning struct{ Deps }

// turn shows the card that the state names; a state of another Unpinch gets
// the menu.
func (l learning) turn(_ context.Context, req *bot.Request, s learnState) (bot.Reply, error) {
	if s.View == learnMenu && len(req.Values) > 0 {
		s = learnState{Topic: req.Values[0], View: learnTopic}
	}
	t, ok := l.Content.Topic(req.Locale, s.Topic)
	if !ok {
		return l.menu(req), nil
	}
	back := learnID.For(learnState{t.ID, learnTopic})
	switch s.View {
	case learnTopic:
		return l.topic(req, t), nil
	case learnSources:
		return calmCard(
			bot.Text(req.Say("pinched.sources.title", args{"Page": 1, "Pages": 1})),
			bot.Text(bullets(sourceTexts(l.Content, req.Locale, t.Sources))),
			bot.Row{{Label: req.Say("pinched.button.back"), ID: back}},
		), nil
	case learnMistake:
		return mistakeCard(l.Deps, req, t.Key, back), nil
	}
	return l.menu(req), nil
}

func (l learning) menu(req *bot.Request) bot.Reply {
	var entries []bot.Entry
	for _, t := range l.Content.Topics(req.Locale) {
		entries = append(entries, bot.Entry{Label: t.Text.Title, Value: t.ID})
	}
	return calmCard(
		bot.Text(req.Say("learn.menu.text")),
		bot.Select{ID: learnID.For(learnState{View: learnMenu}), Hint: req.Say("learn.menu.hint"), Entries: entries},
		bot.Text(req.Say("pinched.boundary")),
		bot.Row{
			{Label: req.Say("learn.button.glossary"), ID: pinchedID.For(pinchedState{View: viewGlossary})},
			{Label: req.Say("learn.button.signs"), ID: pinchedID.For(pinchedState{View: viewMenu})},
		},
	)
}

// topic is an article with what it corrects, said as such.
func (l learning) topic(req *bot.Request, t *content.Topic) bot.Reply {
	lines := []string{req.Say("learn.corrected")}
	for _, c := range t.Corrections {
		lines = append(lines, req.Say("learn.correction", args{"Said": c.Said, "Found": c.Found}))
	}
	return calmCard(
		bot.Text(blockText(t.Text)),
		bot.Text(strings.Join(lines, "\n")),
		bot.Text(footText(l.Content, req, t.Grades, t.Reviewed)),
		bot.Row{
			{Label: req.Say("learn.button.topics"), ID: learnID.For(learnState{View: learnMenu})},
			{Label: req.Say("learn.button.signs"), ID: pinchedID.For(pinchedState{View: viewMenu})},
			{Label: req.Say("pinched.button.sources"), ID: learnID.For(learnState{t.ID, learnSources})},
			{Label: req.Say("pinched.button.mistake"), ID: learnID.For(learnState{t.ID, learnMistake})},
		},
	)
}
