package main

import (
	"strings"
	"testing"
)

// TestSetupFromEndToEnd has an admin set up a second place, close days there and
// post where to start, and a member press what stands there, over real HTTP.
func TestSetupFromEndToEnd(t *testing.T) {
	t.Parallel()
	g, dir := newGarden(t), t.TempDir()
	bot := run(t, writeConfig(t, dir, g.base, "playground"))
	setup := func(options asks) message {
		return g.command(asks{"as": "olga", "channel": "general", "name": "setup", "options": options})
	}
	setup(asks{"zone": "Europe/Lisbon", "channel": "classes", "name": "Iron Garden"})
	place := setup(asks{"place": "Harbour", "zone": "Europe/London", "channel": "general"})
	if !strings.Contains(place.View.Text, "classes at 2 places") || place.View.OnlyFor == "" {
		t.Fatalf("/setup answered %+v", place.View)
	}
	if myth := g.press("olga", place.ID, "Turn Fact or gym myth on"); !strings.Contains(myth.View.Text, "DM you if one can't go out") {
		t.Errorf("turning it on led to %q", myth.View.Text)
	}
	posted := g.press("olga", place.ID, "Post Start here")
	if !strings.Contains(posted.View.Text, "Start here is up") {
		t.Fatalf("posting where to start led to %q", posted.View.Text)
	}
	all := g.messages("general")
	start := all[len(all)-1]
	if !strings.HasPrefix(start.View.Text, "## Start here") || start.View.OnlyFor != "" {
		t.Fatalf("in the channel stands %+v", start.View)
	}
	for label, want := range map[string]string{
		"Pinched nerve: what to check": "Where is it felt?",
		"Swap a lift":                  "Which kind of lift?",
		"Stretch 3 minutes":            "Step 1 of ",
		"My reminders":                 "Your reminders",
	} {
		if own := g.press("mia", start.ID, label); !strings.Contains(own.View.Text, want) || own.View.OnlyFor == "" {
			t.Errorf("%s opens %+v", label, own.View)
		}
	}
	g.world(asks{"permission": asks{"channel": "general", "deny": "SEND_MESSAGES"}})
	if refused := g.press("olga", place.ID, "Post Start here"); !strings.Contains(refused.View.Text, "I can't post in") || refused.View.OnlyFor == "" {
		t.Errorf("without the permission it said %+v", refused.View)
	}
	closed := g.command(asks{"as": "olga", "channel": "general", "name": "class closed", "options": asks{"dates": "2099-12-24"}})
	if !strings.Contains(closed.View.Text, "more than 400 days away") {
		t.Errorf("a day far away: %q", closed.View.Text)
	}
	log := g.press("olga", place.ID, "Changes")
	if !strings.Contains(log.View.Text, "turned Fact or gym myth on: wed 12:00 · Harbour") {
		t.Errorf("the record of changes reads %q", log.View.Text)
	}
	bot.stop()
}
