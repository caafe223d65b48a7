package class_test

import (
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// able is a coach where the bot may make events.
func able() gymtest.Person {
	p := gymtest.Carl()
	p.App |= bot.CreateEvents
	return p
}

func turnID(on int64) string {
	return button.ClassID.For(button.ClassState{Act: button.ActEvent, ID: 1, N: on})
}

// breakEvent has Discord refuse the event of the class.
func breakEvent(t *testing.T, g *gymtest.Gym, why schedule.Reason) {
	t.Helper()
	due, err := g.Store.DueEntries(t.Context(), g.Time, 1)
	if err != nil || len(due) != 1 {
		t.Fatalf("%d events are due, %v", len(due), err)
	}
	if err := g.Store.BreakEntry(t.Context(), due[0], why, g.Time, time.Time{}); err != nil {
		t.Fatal(err)
	}
}

// The switch on a class's card: without the permission nothing is turned on.
func TestEventSwitch(t *testing.T) {
	g := gymtest.New(t)
	saved := g.Add(map[string]any{"at": "mon wed fri 18:00", "title": "Strength"})
	on := golden.ID(t, saved, "Show it in the server's events")
	golden.Reply(t, "class-event-may-not", g.Press(gymtest.Carl(), on, nil))
	if g.Only().Event {
		t.Error("it is half turned on")
	}
	kicks := g.Kicks
	turned := g.Press(able(), on, nil)
	golden.Reply(t, "class-event-on", turned)
	if !g.Only().Event || g.Kicks != kicks+1 {
		t.Error("it is not on, or the engine was not told")
	}
	if got := golden.Shown(g.Press(gymtest.Mia(), button.ClassID.For(button.ClassState{Act: button.ActShow, ID: 1, N: 0}), nil)); !strings.Contains(got, "to the server's events") || strings.Contains(got, turnID(0)) {
		t.Errorf("a member sees\n%s", got)
	}
	for _, s := range []string{golden.Shown(g.Press(gymtest.Mia(), turnID(0), nil)), golden.Shown(g.Press(able(), turnID(1), nil))} {
		if !g.Only().Event {
			t.Errorf("it is off after\n%s", s)
		}
	}
	golden.Reply(t, "class-event-off", g.Press(able(), golden.ID(t, turned, "Take it off the server's events"), nil))
	if g.Only().Event {
		t.Error("it is on still")
	}
	g.Press(able(), on, nil)
	if got := golden.Shown(g.Press(gymtest.Carl(), turnID(0), nil)); !strings.Contains(got, "one which stands there stays") {
		t.Errorf("without the permission, off says\n%s", got)
	}
}

// Trouble with an event is on the card and told once, in words for each reason, and
// can be tried again from both.
func TestEventTrouble(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon wed fri 18:00", "title": "Strength"})
	g.Press(able(), turnID(1), nil)
	show := button.ClassID.For(button.ClassState{Act: button.ActShow, ID: 1, N: 0})
	breakEvent(t, g, schedule.ReasonPermission)
	broken := g.Press(gymtest.Carl(), show, nil)
	golden.Reply(t, "class-event-broken", broken)
	alert, log := g.Newest(schedule.KindAlert), g.Newest(schedule.KindLog)
	told := golden.Table{}
	for _, o := range []schedule.Occurrence{alert, log} {
		reply, err := g.Render(g.Only(), o, false)
		if err != nil {
			t.Fatal(err)
		}
		told.Row(string(o.Kind), reply)
	}
	for _, why := range []schedule.Reason{schedule.ReasonAccess, schedule.ReasonFull, schedule.ReasonRefused} {
		g.Press(able(), turnID(1), nil)
		breakEvent(t, g, why)
		reply, err := g.Render(g.Only(), alert, false)
		if err != nil {
			t.Fatal(err)
		}
		told.Row(string(why), reply)
	}
	told.Compare(t, "class-event-told")
	mend := button.MendID.For(button.Occurrence(alert.ID))
	if got := golden.Shown(g.Press(gymtest.Carl(), mend, nil)); !strings.Contains(got, "I try the event again now") || g.Only().EventWhy != "" {
		t.Errorf("Try again says\n%s", got)
	}
	if _, err := g.Render(g.Only(), alert, false); err == nil {
		t.Error("it is told though it works again")
	}
	breakEvent(t, g, schedule.ReasonFull)
	golden.Reply(t, "class-event-again", g.Press(able(), golden.ID(t, broken, "Try its event again"), nil))
}
