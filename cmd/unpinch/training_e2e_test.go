package main

import (
	"strings"
	"testing"
)

// A form is one that a press has opened.
type form struct {
	ID     string
	Fields []struct {
		CustomID string `json:"custom_id"`
		Value    string
	}
}

// open presses a button that opens a form.
func (g garden) open(as, msg, label string) form {
	g.t.Helper()
	var a struct{ Modal *form }
	if status := g.post("/click", asks{"as": as, "message": msg, "label": label}, &a); status != 200 || a.Modal == nil {
		g.t.Fatalf("%s opened no form: HTTP %d, %+v", label, status, a)
	}
	return *a.Modal
}

// submit sends a form of one field.
func (g garden) submit(as string, f form, text string) message {
	g.t.Helper()
	return g.one("/modal", asks{"as": as, "modal": f.ID, "fields": asks{f.Fields[0].CustomID: text}})
}

// TestTrainingFromEndToEnd counts a day and writes a routine through a real
// gateway and real HTTP, with a wrong line, a restart, an export, and nothing
// left after /me forget.
func TestTrainingFromEndToEnd(t *testing.T) {
	t.Parallel()
	g, dir := newGarden(t), t.TempDir()
	config := writeConfig(t, dir, g.base, "playground")
	bot := run(t, config)
	bot.stop()
	before := dump(t, dir)
	bot = run(t, config)
	me := func(sub string) message {
		return g.command(asks{"as": "mia", "channel": "general", "name": "me " + sub})
	}
	card := me("progress")
	g.press("mia", card.ID, "Count today")
	card = g.press("mia", card.ID, "I agree, and I am 16 or older, or my parent agrees")
	if !strings.Contains(card.View.Text, "1 session.") || len(card.View.Images) != 1 ||
		!strings.HasPrefix(card.View.Images[0].Alt, "Calendar of 12 weeks") || card.View.OnlyFor == "" {
		t.Fatalf("a counted day shows %+v", card.View)
	}
	if seen := g.get("/messages?channel=general&as=noah"); strings.Contains(seen, "12 weeks") {
		t.Error("noah sees mia's card")
	}

	routine := me("routine")
	refused := g.submit("mia", g.open("mia", routine.ID, "Write my lines"), "chin tuck 8x5s\nfrog jump 5\nneck turns 5")
	if !strings.Contains(refused.View.Text, "Line 2") || strings.Contains(refused.View.Text, "Line 1") || strings.Contains(refused.View.Text, "Line 3") {
		t.Errorf("a wrong line of three is answered by %q", refused.View.Text)
	}
	if again := me("routine"); !strings.Contains(again.View.Text, "No lines yet") {
		t.Errorf("something was saved: %q", again.View.Text)
	}
	const mended = "Chin tuck 8x5s\nDoorway chest stretch 2x30s each side\nNeck turns 5"
	shown := g.submit("mia", g.open("mia", routine.ID, "Mend my lines"), mended)
	if shown.ID != routine.ID || !strings.Contains(shown.View.Text, mended) {
		t.Errorf("the mended lines led to %q", shown.View.Text)
	}
	bot.stop()
	first := bot.log.String()
	bot = run(t, config)
	if kept := g.open("mia", me("routine").ID, "Change"); kept.Fields[0].Value != mended {
		t.Errorf("after a restart the form has %q, want %q", kept.Fields[0].Value, mended)
	}
	file := g.get(strings.TrimPrefix(me("export").View.Files[0].URL, g.base))
	for _, want := range []string{`"drill": "doorway-chest-stretch"`, `"hold_s": 30`, `"sessions": [`, `"count": 1`} {
		if !strings.Contains(file, want) {
			t.Errorf("the export lacks %s: %s", want, file)
		}
	}
	if done := me("forget"); !strings.Contains(done.View.Text, "deleted the 5 entries") {
		t.Errorf("forget said %q", done.View.Text)
	}
	for _, sub := range []string{"progress", "routine"} {
		if c := me(sub); !strings.Contains(c.View.Text, "Kept about you: nothing.") {
			t.Errorf("/me %s after it says %q", sub, c.View.Text)
		}
	}
	metrics := g.metrics(bot)
	bot.stop()
	if after := dump(t, dir); after != before {
		t.Errorf("something is left:\n%s", after)
	}
	for _, word := range []string{"frog", "chin", "doorway", "neck"} {
		if strings.Contains(first+bot.log.String()+metrics, word) {
			t.Errorf("logs or metrics say %q", word)
		}
	}
}
