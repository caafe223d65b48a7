package main

import (
	"strings"
	"testing"
)

// TestLearnFromEndToEnd: topics, glossary and pictures come through a real
// gateway and real HTTP, only to who asked, and nothing is written down.
func TestLearnFromEndToEnd(t *testing.T) {
	t.Parallel()
	g, dir := newGarden(t), t.TempDir()
	config := writeConfig(t, dir, g.base, "playground")
	bot := run(t, config)
	bot.stop()
	before := dump(t, dir)

	bot = run(t, config)
	pictures := func(c message, want int) {
		t.Helper()
		if len(c.View.Images) != want {
			t.Fatalf("%d pictures, want %d, on %q", len(c.View.Images), want, c.View.Text)
		}
		for _, image := range c.View.Images {
			if image.Alt == "" {
				t.Errorf("a picture without words on %q", c.View.Text)
			}
		}
	}
	menu := g.command(asks{"as": "mia", "channel": "general", "name": "pinched"})
	pictures(menu, 1)
	pictures(g.press("mia", menu.ID, menu.View.Selects[0].CustomID, "neck"), 0)
	pictures(g.press("mia", menu.ID, "None of these"), 0)
	pictures(g.press("mia", menu.ID, "None of these"), 0)
	pictures(g.press("mia", menu.ID, "Nerve or muscle?"), 1)
	pictures(g.press("mia", menu.ID, "Sources"), 0)
	pictures(g.press("mia", menu.ID, "Back"), 1)
	pictures(g.press("mia", menu.ID, "Back"), 0)
	g.press("mia", menu.ID, "More")
	words := g.press("mia", menu.ID, "Words for what you feel")
	if entry := g.press("mia", menu.ID, words.View.Selects[0].CustomID, "jolt"); !strings.Contains(entry.View.Text, "Often linked with") {
		t.Errorf("the glossary shows %q", entry.View.Text)
	}
	g.press("mia", menu.ID, "Check the signs first")
	pictures(g.press("mia", menu.ID, "Back"), 1)

	card := g.command(asks{"as": "mia", "channel": "general", "name": "learn"})
	if card.View.OnlyFor == "" || len(card.View.Selects) != 1 {
		t.Fatalf("/learn answered %+v", card.View)
	}
	if topic := g.press("mia", card.ID, card.View.Selects[0].CustomID, "prevention"); !strings.Contains(topic.View.Text, "The article said:") {
		t.Errorf("the topic reads %q", topic.View.Text)
	}
	for _, label := range []string{"Sources", "Back", "Report a mistake", "Back", "All topics", "Words for what you feel"} {
		card = g.press("mia", card.ID, label)
	}
	card = g.press("mia", card.ID, card.View.Selects[0].CustomID, "thigh")
	card = g.press("mia", card.ID, card.View.Selects[0].CustomID, "outer_patch")
	if !strings.Contains(card.View.Text, "Check the signs first.") {
		t.Errorf("the glossary shows %q", card.View.Text)
	}
	help := g.command(asks{"as": "mia", "channel": "dm", "name": "help"})
	if !strings.Contains(help.View.Text, "</pinched:") { // as Discord can click it
		t.Errorf("/help reads %q", help.View.Text)
	}
	if help = g.press("mia", help.ID, "Every command and the clock rules"); !strings.Contains(help.View.Text, "</learn:") {
		t.Errorf("all of /help reads %q", help.View.Text)
	}
	metrics := g.metrics(bot)
	bot.stop()
	if after := dump(t, dir); after != before {
		t.Errorf("the run was written down:\n%s", after)
	}
	silent(t, bot.log.String(), metrics)
	for _, word := range []string{"prevention", "glossary", "thigh", "patch", "jolt", "where-", "body-map"} {
		if strings.Contains(bot.log.String()+metrics, word) {
			t.Errorf("logs or metrics say %q", word)
		}
	}
}
