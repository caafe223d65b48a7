package reading_test

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/figure"
)

func TestLearnCards(t *testing.T) {
	room := open(t)
	golden.Reply(t, "learn-menu", room.topic(t, button.LearnState{View: button.LearnMenu}))
	for _, topic := range room.lib.Topics(card.DefaultLocale) {
		r := room.topic(t, button.LearnState{View: button.LearnMenu}, topic.ID)
		golden.Reply(t, "learn-"+strings.ReplaceAll(topic.ID, "_", "-"), r)
		if n := wordsOn(r); n > 180 {
			t.Errorf("%s has %d words, at most 180", topic.ID, n)
		}
	}
	golden.Reply(t, "learn-sources", room.topic(t, button.LearnState{Topic: "who_can_help", View: button.LearnSources}))
	golden.Reply(t, "learn-mistake", room.topic(t, button.LearnState{Topic: "who_can_help", View: button.LearnMistake}))
	for _, odd := range []button.LearnState{{Topic: "gone", View: button.LearnTopic}, {Topic: "prevention", View: "gone"}, {}} {
		golden.Reply(t, "learn-menu", room.topic(t, odd))
	}
}

func TestLearnCommandOpensTheTopicOrTheMenu(t *testing.T) {
	room := open(t)
	if c := room.command(t, "learn"); c.Answer != bot.NewPrivate {
		t.Error("the answer to /learn is not private")
	}
	for topic, name := range map[string]string{"": "learn-menu", "prevention": "learn-prevention"} {
		options := map[string]any{}
		if topic != "" {
			options["topic"] = topic
		}
		golden.Reply(t, name, room.run(t, "learn", options))
	}
}

// TestLearnLeadsOnAndBack presses every button and picks every entry from
// /learn on, short of the cards of /pinched.
func TestLearnLeadsOnAndBack(t *testing.T) {
	room := open(t)
	entries := 0
	seen := map[string]bool{}
	type step struct{ id, value string }
	queue := []step{{button.LearnID.For(button.LearnState{View: button.LearnMenu}), ""}}
	for len(queue) > 0 {
		s := queue[0]
		queue = queue[1:]
		if seen[s.id+" "+s.value] {
			continue
		}
		seen[s.id+" "+s.value] = true
		var values []string
		if s.value != "" {
			values = []string{s.value}
		}
		r := room.press(t, s.id, values...)
		if err := r.Validate(); err != nil {
			t.Errorf("%+v: %v", s, err)
		}
		text := golden.Shown(r)
		if strings.Contains(text, "Start again") {
			t.Errorf("%+v leads nowhere", s)
		}
		if strings.Contains(text, "Often linked with") {
			entries++
			if !strings.Contains(text, "Check the signs first.") {
				t.Errorf("%+v does not send to the signs", s)
			}
			if n := wordsOn(r); n > 120 {
				t.Errorf("%+v has %d words, at most 120", s, n)
			}
		}
		if len(golden.Buttons(r.Parts)) == 0 {
			t.Errorf("%+v is a dead end", s)
		}
		labels := map[string]bool{}
		for _, b := range golden.Buttons(r.Parts) {
			if labels[b.Label] {
				t.Errorf("%+v: two buttons read %q", s, b.Label)
			}
			labels[b.Label] = true
			if strings.HasPrefix(b.ID, "learn1:") || strings.Contains(b.ID, "/glossary/") {
				queue = append(queue, step{b.ID, ""})
			}
		}
		for _, sel := range golden.Selects(r.Parts) {
			for _, e := range sel.Entries {
				queue = append(queue, step{sel.ID, e.Value})
			}
		}
	}
	if entries < 30 {
		t.Errorf("%d entries of the glossary were shown, want 30 at least", entries)
	}
}

// TestGlossaryGoesBackWhereItCameFrom: Back leads to where the words were opened,
// and the signs are those of the area.
func TestGlossaryGoesBackWhereItCameFrom(t *testing.T) {
	room := open(t)
	for _, tc := range []struct {
		state       button.PinchedState
		back, signs string
	}{
		{button.PinchedState{Area: "neck", View: button.PinchedWords, Arg: "jolt", Country: "GB"}, "pinched2:neck/more//GB", "pinched2:neck/signs//GB"},
		{button.PinchedState{Area: "neck", View: button.PinchedGlossary, Arg: "jolt"}, "pinched2:/glossary//", "pinched2:neck/signs//"},
	} {
		ids := map[string]string{}
		for _, b := range golden.Buttons(room.card(t, tc.state).Parts) {
			ids[b.Label] = b.ID
		}
		if ids["Back"] != tc.back || ids["Check the signs first"] != tc.signs {
			t.Errorf("%+v leads to %v", tc.state, ids)
		}
	}
	golden.Reply(t, "glossary-areas", room.card(t, button.PinchedState{View: button.PinchedGlossary}))
	golden.Reply(t, "glossary-area", room.card(t, button.PinchedState{View: button.PinchedGlossary}, "thigh"))
	golden.Reply(t, "glossary-entry", room.card(t, button.PinchedState{View: button.PinchedGlossary, Area: "thigh"}, "outer_patch"))
	golden.Reply(t, "glossary-sources", room.card(t, button.PinchedState{View: button.PinchedGlossary, Area: "thigh", Arg: "outer_patch+sources"}))
	golden.Reply(t, "glossary-mistake", room.card(t, button.PinchedState{View: button.PinchedGlossary, Area: "thigh", Arg: "outer_patch+mistake"}))
	for _, odd := range []button.PinchedState{{View: button.PinchedGlossary, Area: "tail"}, {View: button.PinchedGlossary, Area: "neck", Arg: "gone"}} {
		if text := golden.Shown(room.card(t, odd)); !strings.Contains(text, "Start again") {
			t.Errorf("%+v shows\n%s", odd, text)
		}
	}
}

// TestEveryPictureIsDrawn holds the words of the content against the maps, and
// the shipped maps against both.
func TestEveryPictureIsDrawn(t *testing.T) {
	room := open(t)
	words := map[string]bool{}
	old, err := filepath.Glob("../../figure/maps/*.png")
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range room.lib.Pictures(card.DefaultLocale) {
		words[p.ID] = true
		data, err := figure.Draw(figure.Map(p.ID), card.MapWords(p))
		if err != nil {
			t.Error(err)
		}
		if len(data) > 60<<10 {
			t.Errorf("%s has %d bytes, at most 60 KB", p.ID, len(data))
		}
		file := filepath.Join("../../figure", figure.MapFile(figure.Map(p.ID), card.MapWords(p)))
		keepMap(t, file, data)
		old = slices.DeleteFunc(old, func(o string) bool { return o == file })
		for i, line := range p.Lines {
			if p.ID == string(figure.Body) && room.lib.Glossaries(card.DefaultLocale)[i].Name != line {
				t.Errorf("the body map calls area %d %q, the glossary %q", i+1, line, room.lib.Glossaries(card.DefaultLocale)[i].Name)
			}
			if p.ID == string(figure.Body) && room.lib.Areas(card.DefaultLocale)[i].Name != line {
				t.Errorf("the body map calls area %d %q, its cards %q", i+1, line, room.lib.Areas(card.DefaultLocale)[i].Name)
			}
		}
	}
	for _, m := range []figure.Map{figure.Body, figure.Hand, figure.Arm, figure.Leg} {
		if !words[string(m)] {
			t.Errorf("%s has no words", m)
		}
	}
	for _, o := range old {
		if !*golden.Update {
			t.Errorf("%s is no map: make golden", o)
		} else if err := os.Remove(o); err != nil {
			t.Error(err)
		}
	}
}

// keepMap holds a shipped map to what is drawn, or writes it.
func keepMap(t *testing.T, file string, drawn []byte) {
	t.Helper()
	if *golden.Update {
		if err := os.WriteFile(file, drawn, 0o644); err != nil {
			t.Fatal(err)
		}
	} else if data, err := os.ReadFile(file); runtime.GOARCH == "amd64" && !bytes.Equal(data, drawn) { // others round otherwise
		t.Errorf("%s is not what is drawn (%v): make golden", file, err)
	}
}

// TestCardsWithoutPictures: a card without its picture lacks nothing else, and
// leads on wherever it did.
func TestCardsWithoutPictures(t *testing.T) {
	room := open(t)
	for _, s := range []button.PinchedState{{View: button.PinchedMenu}, {Area: "neck", View: button.PinchedWhich}} {
		with := room.card(t, s)
		if len(with.Files) != 1 {
			t.Fatalf("%+v brings %d pictures, want 1", s, len(with.Files))
		}
		bare := plain(t)
		forbidden := room.request(t, nil)
		forbidden.AppPerms = bot.SendMessages
		denied, err := room.ask(t, forbidden, button.PinchedID.For(s))
		if err != nil {
			t.Fatal(err)
		}
		for _, without := range []bot.Reply{bare.card(t, s), denied} {
			if err := without.Validate(); err != nil || len(without.Files) != 0 {
				t.Errorf("%+v: %d pictures, %v", s, len(without.Files), err)
			}
			if len(golden.Buttons(without.Parts)) != len(golden.Buttons(with.Parts)) || len(golden.Selects(without.Parts)) != len(golden.Selects(with.Parts)) {
				t.Errorf("%+v lacks more than its picture:\n%s", s, golden.Shown(without))
			}
		}
	}
}
