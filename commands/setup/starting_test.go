package setup_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"unpinch/commands/setup"

	"unpinch/bot"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
)

// TestStartHere posts the card, and has people press it, years later too.
func TestStartHere(t *testing.T) {
	g := gymtest.New(t)
	golden.Reply(t, "setup-start-posted", g.Tap(gymtest.Olga(), g.Run(gymtest.Olga(), "setup", nil), "Post Start here"))
	if len(g.Published) != 1 {
		t.Fatalf("%d cards were posted", len(g.Published))
	}
	golden.Text(t, "start-here", g.Published[0])
	posted := setup.StartHere(g.Content)
	before := g.Dump()
	g.Time = g.Time.AddDate(7, 0, 0)
	for _, p := range []gymtest.Person{gymtest.Mia(), gymtest.Carl(), gymtest.Rita()} {
		for label, want := range map[string]string{
			"Pinched nerve: what to check": "pinched2:/menu",
			"Swap a lift":                  "modify1:p",
			"My reminders":                 "remindersform1:show",
		} {
			if got := golden.Shown(g.Tap(p, posted, label)); !strings.Contains(got, want) {
				t.Errorf("%s opens %s for %s", label, got, p.User)
			}
		}
	}
	if after := g.Dump(); after != before {
		t.Errorf("opening them kept something:\n%s", after)
	}
	if got := golden.Shown(g.Tap(gymtest.Mia(), posted, "Stretch 3 minutes")); !strings.Contains(got, "Step 1 of") {
		t.Errorf("the stretch opens %s", got)
	}
	if got := golden.Shown(g.Press(gymtest.Mia(), "starthere1:diagnose", nil)); !strings.Contains(got, "older") && !strings.Contains(got, "old") {
		t.Errorf("a button of another version opens %s", got)
	}
}

func TestStartHereRefused(t *testing.T) {
	g := gymtest.New(t)
	var said golden.Table
	blind := gymtest.Olga()
	blind.App = bot.ViewChannel
	said.Row("where the bot may not post", g.Press(blind, "setup1:start/1/0", nil))
	g.Refuse = &bot.APIError{Status: 403, Code: 50013}
	said.Row("where Discord refuses", g.Press(gymtest.Olga(), "setup1:start/1/0", nil))
	said.Compare(t, "setup-start-refusals")
	g.Refuse = context.DeadlineExceeded
	req := gymtest.Olga().Request(g, nil)
	if _, err := g.Part("setup1:start/1/0").Press(t.Context(), req, "setup1:start/1/0"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("a fault is %v", err)
	}
	if len(g.Published) != 0 {
		t.Error("a refused card was posted")
	}
}
