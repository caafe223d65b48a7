package reading_test

import (
	"context"
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/commands/reading"
	"unpinch/content"
)

// A reader uses the commands of the room and presses what they see, or what they
// made up.
type reader struct {
	*reading.Room
	lib *content.Library
}

func open(t testing.TB) reader {
	t.Helper()
	d := gymtest.Deps(t)
	return reader{reading.New(reading.Needs{Content: d.Content, Wishes: d.People, Home: nowhere, Figures: d.Figures, Operator: d.Operator, Now: d.Now}), d.Content}
}

// nowhere is the home of readers who have not said theirs.
func nowhere(context.Context, *bot.Request) (string, error) { return "", nil }

// plain opens the room without pictures, for a test that draws thousands of cards.
func plain(t testing.TB) reader {
	t.Helper()
	d := gymtest.Deps(t)
	return reader{reading.New(reading.Needs{Content: d.Content, Wishes: d.People, Home: nowhere, Operator: d.Operator, Now: d.Now}), d.Content}
}

func (r reader) request(t testing.TB, options map[string]any, values ...string) *bot.Request {
	t.Helper()
	req, err := bot.NewRequest(r.lib, "42", options)
	if err != nil {
		t.Fatal(err)
	}
	req.Values = values
	return req
}

func (r reader) command(t testing.TB, name string) bot.Command {
	t.Helper()
	for _, c := range r.Commands {
		if c.Name == name {
			return c
		}
	}
	t.Fatalf("there is no /%s", name)
	return bot.Command{}
}

func (r reader) run(t testing.TB, name string, options map[string]any) bot.Reply {
	t.Helper()
	reply, err := r.command(t, name).Run(t.Context(), r.request(t, options))
	if err != nil {
		t.Fatal(err)
	}
	return reply
}

// press follows a custom ID.
func (r reader) press(t testing.TB, id string, values ...string) bot.Reply {
	t.Helper()
	reply, err := r.ask(t, r.request(t, nil, values...), id)
	if err != nil {
		t.Fatal(err)
	}
	return reply
}

// ask presses a custom ID with a request, and returns the error too.
func (r reader) ask(t testing.TB, req *bot.Request, id string) (bot.Reply, error) {
	t.Helper()
	name, _, _ := strings.Cut(id, ":")
	return r.part(t, name).Press(t.Context(), req, id)
}

func (r reader) part(t testing.TB, name string) bot.Component {
	t.Helper()
	for _, c := range r.Components {
		if c.Name() == name {
			return c
		}
	}
	t.Fatalf("nothing is bound to %q", name)
	return bot.Component{}
}

func (r reader) card(t testing.TB, s button.PinchedState, values ...string) bot.Reply {
	t.Helper()
	return r.press(t, button.PinchedID.For(s), values...)
}

func (r reader) lift(t testing.TB, s button.ModifyState, values ...string) bot.Reply {
	t.Helper()
	return r.press(t, button.ModifyID.For(s), values...)
}

func (r reader) topic(t testing.TB, s button.LearnState, values ...string) bot.Reply {
	t.Helper()
	return r.press(t, button.LearnID.For(s), values...)
}

// fits holds a card to Discord's limits, 120 words and labels of its own.
func fits(t *testing.T, name string, r bot.Reply) {
	t.Helper()
	if err := r.Validate(); err != nil {
		t.Errorf("%s: %v", name, err)
	}
	if n := wordsOn(r); n > 120 {
		t.Errorf("%s has %d words, at most 120", name, n)
	}
	labels := map[string]bool{}
	for _, b := range golden.Buttons(r.Parts) {
		if labels[b.Label] {
			t.Errorf("%s: two buttons read %q", name, b.Label)
		}
		labels[b.Label] = true
	}
	if text := golden.Shown(r); strings.Contains(text, "?modify") || strings.Contains(text, "<no value>") {
		t.Errorf("%s lacks a word:\n%s", name, text)
	}
}

// wordsOn counts the words of a card's body: not its small print.
func wordsOn(r bot.Reply) int {
	n := 0
	for _, text := range golden.Texts(r.Parts) {
		if !strings.HasPrefix(text, "-# ") {
			n += len(strings.Fields(strings.NewReplacer("●", "", "○", "", "- ", "", "### ", "", "## ", "").Replace(text)))
		}
	}
	return n
}
