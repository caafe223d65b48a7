package me_test

import (
	"errors"
	"testing"

	"unpinch/bot"
	"unpinch/commands"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
)

// TestConsentFromAskToForget follows a member who agrees and takes it back.
func TestConsentFromAskToForget(t *testing.T) {
	g, p := gymtest.New(t), &gymtest.People{}
	g.People = p
	run := func(sub string) bot.Reply { return g.Run(gymtest.Mia(), "me "+sub, nil) }
	decide := func(step string) bot.Reply { return g.Press(gymtest.Mia(), "consent1:"+step, nil) }
	golden.Reply(t, "me-privacy-nothing", run("privacy"))
	golden.Reply(t, "me-forget-nothing", run("forget"))
	golden.Reply(t, "me-consent", decide("ask"))
	if p.Rows != 0 {
		t.Error("asking has kept something")
	}
	golden.Reply(t, "me-privacy-nothing", decide("no"))
	if p.Rows != 0 {
		t.Error("a no has kept something")
	}
	golden.Reply(t, "me-privacy-kept", decide("yes"))
	if p.Version != card.ConsentVersion || !p.At.Equal(gymtest.Noon) {
		t.Errorf("kept version %d at %v", p.Version, p.At)
	}
	golden.Reply(t, "me-privacy-kept", run("privacy"))
	golden.Reply(t, "me-export", run("export"))
	golden.Reply(t, "me-forget-one", run("forget"))
	decide("yes")
	golden.Reply(t, "me-privacy-nothing", decide("forget"))
	p.Rows = 3
	golden.Reply(t, "me-forget-three", run("forget"))
}

func TestPrivacyWithoutAPolicyHasNoDeadLink(t *testing.T) {
	g := gymtest.New(t)
	g.Operator.PrivacyURL = ""
	for _, b := range golden.Buttons(g.Run(gymtest.Mia(), "me privacy", nil).Parts) {
		if b.ID == "" {
			t.Errorf("a button %q without an ID", b.Label)
		}
	}
}

func TestEveryAnswerIsPrivate(t *testing.T) {
	for name, c := range subs(t, gymtest.Deps(t)) {
		if c.Answer != bot.NewPrivate {
			t.Errorf("/me %s is not private", name)
		}
	}
}

func TestStoreFaultsReachTheRouter(t *testing.T) {
	for _, sub := range []string{"privacy", "export", "forget", "easy"} {
		d := gymtest.Deps(t)
		broken := errors.New("disk full")
		d.People = &gymtest.People{Err: broken}
		if _, err := subs(t, d)[sub].Run(t.Context(), gymtest.Request(t, d, nil)); !errors.Is(err, broken) {
			t.Errorf("/me %s: %v, want the store's fault", sub, err)
		}
	}
}

// subs are the commands below /me, by name.
func subs(t *testing.T, d commands.Deps) map[string]bot.Command {
	t.Helper()
	found := map[string]bot.Command{}
	cmds, _ := commands.All(d)
	for _, c := range cmds {
		if c.Name != "me" {
			continue
		}
		for _, s := range c.Subs {
			found[s.Name] = s
		}
	}
	if len(found) == 0 {
		t.Fatal("there is no /me")
	}
	return found
}
