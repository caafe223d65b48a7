package me_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// TestConsentIsShort: what one agrees to is read before it is agreed to.
func TestConsentIsShort(t *testing.T) {
	const most = 60 // words
	req := gymtest.Request(t, gymtest.Deps(t), nil)
	for _, what := range []string{"class", "reminder", "routine", "settings", "nudge", "easy", "pause", "progress", "training"} {
		text := golden.Shown(bot.Reply{Parts: card.Consent(req, what, "yes1:", "no1:").Parts[0].(bot.Container).Parts[:1]})
		if n := len(strings.Fields(text)); n > most || strings.Contains(text, "?card") {
			t.Errorf("%s: %d words, want at most %d: %s", what, n, most, text)
		}
	}
}

// TestAnotherConsent is a member who agreed to another text than today's. What is
// kept is shown and can be taken back; nothing more is kept before they agree
// anew.
func TestAnotherConsent(t *testing.T) {
	g, mia := gymtest.New(t), gymtest.Mia()
	class := g.Saved("mon 18:00")
	if err := g.Store.Agree(t.Context(), mia.User, card.ConsentVersion+1, "en-GB", g.Time); err != nil {
		t.Fatal(err)
	}
	g.Counted("2026-11-20")
	mem := g.Set()
	mem.UserID, mem.PausedUntil = mia.User, schedule.Date{Year: 2026, Month: 12, Day: 24}
	if err := g.Store.SetMember(t.Context(), mem, g.Time, g.Time); err != nil {
		t.Fatal(err)
	}
	privacy := g.Run(mia, "me privacy", nil)
	golden.Reply(t, "me-privacy-older", privacy)
	if shown := golden.Shown(g.Run(mia, "me progress", nil)); !strings.Contains(shown, "week") {
		t.Errorf("what is kept is not shown: %s", shown)
	}

	follow := button.FollowID.For(button.FollowState{Act: button.FollowClass, ID: class.ID, Days: schedule.EveryDay})
	writes := map[string]func() bot.Reply{
		"a nudge":  func() bot.Reply { return g.Run(mia, "me nudge", map[string]any{"days": "2"}) },
		"settings": func() bot.Reply { return g.Run(mia, "me settings", map[string]any{"zone": "Asia/Tokyo"}) },
		"a reminder": func() bot.Reply {
			return g.Run(mia, "me reminders", map[string]any{"at": "daily 10:00", "zone": "Asia/Tokyo"})
		},
		"a pause": func() bot.Reply { return g.Run(mia, "me pause", map[string]any{"until": "2026-12-30"}) },
		"a day":   func() bot.Reply { return g.Press(mia, button.ProgressID.For(button.ProgressCount), nil) },
		"a wish":  func() bot.Reply { return g.Press(mia, button.EasyID.For(button.EasyPick), nil, "grip") },
		"a routine": func() bot.Reply {
			return g.Press(mia, button.OwnSetID.For(button.OwnShow), map[string]string{"lines": "chin tuck 8x5s"})
		},
		"its form": func() bot.Reply { return g.Press(mia, button.OwnFormID.For(button.OwnShow), nil) },
		"a class":  func() bot.Reply { return g.Press(mia, follow, nil) },
	}
	before := g.Dump()
	for what, write := range writes {
		if labels := golden.Labels(write()); !slices.Contains(labels, "I agree, and I am 16 or older, or my parent agrees") || g.Dump() != before {
			t.Errorf("%s: nobody is asked, but offered %q", what, labels)
		}
	}
	if g.Run(mia, "me pause", map[string]any{"until": "off"}); !g.Set().PausedUntil.IsZero() {
		t.Error("the pause can't be ended")
	}
	g.Press(mia, golden.ID(t, g.Tap(mia, privacy, "Let Unpinch remember me"), "I agree, and I am 16 or older, or my parent agrees"), nil)
	if len(g.NudgesOf()) != 0 {
		t.Error("there is a nudge already")
	}
	if writes["a nudge"](); len(g.NudgesOf()) != 1 {
		t.Error("after the yes there is no nudge")
	}
}

// TestConsentIsKeptToTheQuarter holds that the time of a consent, which can be
// given on a card about the body, tells no press.
func TestConsentIsKeptToTheQuarter(t *testing.T) {
	g := gymtest.New(t)
	g.Time = gymtest.Noon.Add(7*60e9 + 13e9)
	g.Press(gymtest.Mia(), button.ConsentID.For(button.ConsentYes), nil)
	if _, at, err := g.Store.Consent(t.Context(), gymtest.Mia().User); err != nil || !at.Equal(gymtest.Noon.Add(15*60e9)) {
		t.Errorf("kept is %v, %v", at, err)
	}
}

// TestPrivacyNamesEveryTable holds that there are words for each table that can
// hold something about a member.
func TestPrivacyNamesEveryTable(t *testing.T) {
	g := gymtest.New(t)
	data, err := g.Store.Export(t.Context(), gymtest.Mia().User)
	if err != nil {
		t.Fatal(err)
	}
	var file struct{ Tables map[string][]any }
	if err := json.Unmarshal(data, &file); err != nil || len(file.Tables) < 8 {
		t.Fatalf("%d tables, %v", len(file.Tables), err)
	}
	for table := range file.Tables {
		if words := g.Content.Say("en", "me.privacy.table."+table, bot.Args{"count": 2, "Date": "today"}); strings.HasPrefix(words, "?") {
			t.Errorf("there are no words for %s", table)
		}
	}
}
