package commands

import (
	"context"
	"errors"
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/golden"
)

// TestStartHere posts the card, and has people press it, years later too.
func TestStartHere(t *testing.T) {
	g := newGym(t)
	golden.Reply(t, "setup-start-posted", g.tap(olga(), g.run(olga(), "setup", nil), "Post Start here"))
	if len(g.published) != 1 {
		t.Fatalf("%d cards were posted", len(g.published))
	}
	golden.Text(t, "start-here", g.published[0])
	posted := startHere{g.Deps}.card()
	before := g.dump()
	g.now = g.now.AddDate(7, 0, 0)
	for _, p := range []person{mia(), carl(), rita()} {
		for label, want := range map[string]string{
			"Pinched nerve: what to check": "pinched1:/menu",
			"Swap a lift":                  "modify1:p",
			"My reminders":                 "remindersform1:show",
		} {
			if got := golden.Shown(g.tap(p, posted, label)); !strings.Contains(got, want) {
				t.Errorf("%s opens %s for %s", label, got, p.user)
			}
		}
	}
	if after := g.dump(); after != before {
		t.Errorf("opening them kept something:\n%s", after)
	}
	if got := golden.Shown(g.tap(mia(), posted, "Stretch 3 minutes")); !strings.Contains(got, "Step 1 of") {
		t.Errorf("the stretch opens %s", got)
	}
	if got := golden.Shown(g.press(mia(), "starthere1:diagnose", nil)); !strings.Contains(got, "older") && !strings.Contains(got, "old") {
		t.Errorf("a button of another version opens %s", got)
	}
}

func TestStartHereRefused(t *testing.T) {
	g := newGym(t)
	var said golden.Table
	blind := olga()
	blind.app = bot.ViewChannel
	said.Row("where the bot may not post", g.press(blind, "setup1:start/1/0", nil))
	g.refuse = &bot.APIError{Status: 403, Code: 50013}
	said.Row("where Discord refuses", g.press(olga(), "setup1:start/1/0", nil))
	said.Compare(t, "setup-start-refusals")
	g.refuse = context.DeadlineExceeded
	req := olga().request(g, nil)
	if _, err := (setupFlow{Deps: g.Deps}).press(t.Context(), req, button.ClassState{Act: button.ActStart, ID: 1, N: 0}); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a fault is %v", err)
	}
	if len(g.published) != 0 {
		t.Error("a refused card was posted")
	}
}
