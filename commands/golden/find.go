package golden

import (
	"strings"
	"testing"

	"unpinch/bot"
)

// ID finds a button by its label.
func ID(t *testing.T, r bot.Reply, label string) string {
	t.Helper()
	for _, b := range Buttons(r.Parts) {
		if b.Label == label {
			return b.ID
		}
	}
	t.Fatalf("no button %q on\n%s", label, Shown(r))
	return ""
}

// Words counts what a reader reads.
func Words(r bot.Reply) int {
	n := 0
	for _, text := range Texts(r.Parts) {
		n += len(strings.Fields(text))
	}
	return n
}

// Texts and rowsOf collect what a reply shows and offers.
func Texts(parts []bot.Part) (texts []string) {
	for _, p := range parts {
		switch p := p.(type) {
		case bot.Text:
			texts = append(texts, string(p))
		case bot.Section:
			for _, text := range p.Texts {
				texts = append(texts, string(text))
			}
		case bot.Container:
			texts = append(texts, Texts(p.Parts)...)
		}
	}
	return texts
}

// Selects returns the selects among a reply's parts.
func Selects(parts []bot.Part) (selects []bot.Select) {
	for _, p := range parts {
		switch p := p.(type) {
		case bot.Select:
			selects = append(selects, p)
		case bot.Container:
			selects = append(selects, Selects(p.Parts)...)
		}
	}
	return selects
}

// Buttons returns the buttons among a reply's parts, those of its menu too.
func Buttons(parts []bot.Part) (buttons []bot.Button) {
	for _, p := range parts {
		switch p := p.(type) {
		case bot.Row:
			buttons = append(buttons, p...)
		case bot.Menu:
			buttons = append(buttons, p.Buttons...)
		case bot.Section:
			buttons = append(buttons, p.Beside)
		case bot.Container:
			buttons = append(buttons, Buttons(p.Parts)...)
		}
	}
	return buttons
}
