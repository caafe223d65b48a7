package main

import (
	"slices"
	"strings"
	"testing"
)

// TestNudgeFromEndToEnd asks for a nudge on /pinched and on /me nudge, through
// a real gateway and real HTTP: what is written down is one time, and neither
// log nor metrics tell one press from the other.
func TestNudgeFromEndToEnd(t *testing.T) {
	t.Parallel()
	const agree = "I agree, and I am 16 or older, or my parent agrees"
	g, dir := newGarden(t), t.TempDir()
	config := writeConfig(t, dir, g.base, "playground")
	bot := run(t, config)
	card := g.command(asks{"as": "mia", "channel": "general", "name": "pinched", "options": asks{"area": "neck"}})
	g.press("mia", card.ID, "None of these")
	next := g.press("mia", card.ID, "None of these")
	ask := g.press("mia", card.ID, "Nudge me in 7 days")
	if ask.ID == card.ID || ask.View.OnlyFor == "" || !strings.Contains(ask.View.Text, "May I keep") {
		t.Errorf("without consent a nudge is answered by %+v", ask.View)
	}
	done := g.press("mia", ask.ID, agree)
	if done.ID != ask.ID || !strings.HasPrefix(done.View.Text, "I will DM you on ") {
		t.Errorf("the yes leads to %q", done.View.Text)
	}
	if again := g.press("mia", card.ID, "Nudge me in 2 days"); again.ID == card.ID || again.View.OnlyFor == "" {
		t.Errorf("a nudge is answered by %+v", again.View)
	}
	stands := slices.IndexFunc(g.see("mia", "general"), func(m message) bool { return m.ID == card.ID && m.View.Text == next.View.Text })
	if stands < 0 {
		t.Error("card 2 is gone")
	}
	metrics := g.metrics(bot)
	bot.stop()
	silent(t, bot.log.String(), metrics)
	onlyDiscreet(t, metrics)
	rows := dump(t, dir)
	if n := strings.Count(rows, `"nudge"`); n != 2 || strings.Contains(rows, "neck") || strings.Contains(rows, "pinched") {
		t.Errorf("two nudges are written down as:\n%s", rows)
	}

	bot = run(t, config)
	shown := g.command(asks{"as": "mia", "channel": "general", "name": "me nudge"})
	if shown = g.press("mia", shown.ID, "Take all back"); !strings.Contains(shown.View.Text, "None is waiting.") {
		t.Errorf("taken back, it says %q", shown.View.Text)
	}
	bot.stop()
	if rows := dump(t, dir); strings.Contains(rows, `"nudge"`) {
		t.Errorf("a nudge is left:\n%s", rows)
	}
}

// TestMeSettingsFromEndToEnd sets a clock and a reminder by form, from the
// consent on, pauses, and is forgotten.
func TestMeSettingsFromEndToEnd(t *testing.T) {
	t.Parallel()
	const agree = "I agree, and I am 16 or older, or my parent agrees"
	g, dir := newGarden(t), t.TempDir()
	config := writeConfig(t, dir, g.base, "playground")
	bot := run(t, config)
	me := func(sub string, options asks) message {
		return g.command(asks{"as": "mia", "channel": "general", "name": "me " + sub, "options": options})
	}
	ask := me("settings", asks{"zone": "Asia/Tokyo", "active": "7am to 10pm"})
	set := g.press("mia", ask.ID, agree)
	for _, want := range []string{"Asia/Tokyo", "07:00 and 22:00"} {
		if !strings.Contains(set.View.Text, want) {
			t.Errorf("the settings lack %s: %q", want, set.View.Text)
		}
	}
	hours := me("notify", nil)
	if c := g.submit("mia", g.open("mia", hours.ID, "Active hours"), "all day"); c.ID != hours.ID || !strings.Contains(c.View.Text, "DMs come at any hour") {
		t.Errorf("other hours lead to %q", c.View.Text)
	}
	list := me("reminders", nil)
	form := g.open("mia", list.ID, "Add a reminder")
	saved := g.one("/modal", asks{"as": "mia", "modal": form.ID, "fields": asks{"at": "weekdays 11:00", "routine": "desk"}})
	if !strings.Contains(saved.View.Text, "Mondays to Fridays at 11:00, Tokyo") {
		t.Errorf("a saved reminder shows %q", saved.View.Text)
	}
	g.press("mia", saved.ID, "Pause it for a week")
	paused := me("pause", asks{"until": "2026-12-05"})
	if !strings.Contains(paused.View.Text, "one reminder") || paused.View.OnlyFor == "" {
		t.Errorf("a pause shows %+v", paused.View)
	}
	if done := me("forget", nil); !strings.Contains(done.View.Text, "deleted the") {
		t.Errorf("forget said %q", done.View.Text)
	}
	mia := g.users()["mia"]
	bot.stop()
	if rows := dump(t, dir); strings.Contains(rows, mia) || strings.Contains(rows, "Tokyo") {
		t.Errorf("something is left:\n%s", rows)
	}
	if strings.Contains(bot.log.String(), "Tokyo") || strings.Contains(bot.log.String(), mia) {
		t.Errorf("the log tells of mia:\n%s", bot.log)
	}
}
