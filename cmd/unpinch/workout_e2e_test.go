package main

import (
	"strconv"
	"strings"
	"testing"
)

// pick chooses an entry of a message's selects by its label.
func (g garden) pick(as string, m message, label string) message {
	g.t.Helper()
	for _, s := range m.View.Selects {
		for _, o := range s.Options {
			if o.Label == label {
				return g.press(as, m.ID, s.CustomID, o.Value)
			}
		}
	}
	g.t.Fatalf("no entry %q on %+v", label, m.View)
	return message{}
}

// TestWorkoutFromEndToEnd: a coach pastes the workout of a class, the warm-up post
// shows it and what is changed of it later, and mia has it made easier. Her presses
// leave nothing, in the database or the log.
func TestWorkoutFromEndToEnd(t *testing.T) {
	t.Parallel()
	g := newGym(t, "classes")
	list := g.command(asks{"as": "olga", "channel": "general", "name": "class edit", "options": asks{"class": "1", "title": "WOD"}})
	card := g.press("olga", list.ID, "Save")
	board := g.pick("olga", card, "Today's workout")
	day := strconv.Itoa(int(g.at("18:00").Weekday()+6)%7 + 1)
	paste := func(label, lines string) {
		t.Helper()
		f := g.open("olga", board.ID, label)
		read := g.one("/modal", asks{"as": "olga", "modal": f.ID, "fields": asks{"for": day, "lines": lines}})
		if !strings.Contains(read.View.Text, "**Thruster** 15") || !strings.Contains(read.View.Text, "*Not sure:* blorb the snarf") {
			t.Fatalf("what was read back: %s", read.View.Text)
		}
		g.press("olga", board.ID, "Save")
	}
	paste("Paste a workout", "3 rounds for time:\n15 thrusters\nblorb the snarf 3x10")
	g.walkTo("17:51")
	g.settle()
	post := g.messages("classes")[0]
	if !strings.Contains(post.View.Text, "3 rounds for time:\n15 thrusters\nblorb the snarf 3x10") {
		t.Fatalf("the post shows %+v", post.View)
	}
	paste("Change", "4 rounds for time:\n15 thrusters\nblorb the snarf 3x10")
	g.walkTo("17:53")
	g.settle()
	if again := g.messages("classes")[0]; again.ID != post.ID || !strings.Contains(again.View.Text, "4 rounds for time:") {
		t.Errorf("after the change the post shows %s", again.View.Text)
	}

	g.stop()
	before := dump(t, g.dir)
	g.start()
	ask := g.press("mia", post.ID, "Make it easier")
	if ask.View.OnlyFor == "" || len(ask.View.Selects) != 1 {
		t.Fatalf("Make it easier led to %+v", ask.View)
	}
	easier := g.press("mia", ask.ID, ask.View.Selects[0].CustomID, "overhead")
	if !strings.Contains(easier.View.Text, "**Thruster** 15: halve it; or **") || !strings.Contains(easier.View.Text, "4 rounds for time:") {
		t.Errorf("the easier version: %s", easier.View.Text)
	}
	g.press("mia", ask.ID, "Check the signs")
	g.stop()
	if after := dump(t, g.dir); after != before {
		t.Error("mia's presses left something in the database")
	}
	for _, word := range []string{"overhead", "easier", "thruster", "Thruster"} {
		if strings.Contains(g.log, word) {
			t.Errorf("the log says %q:\n%s", word, g.log)
		}
	}
}
