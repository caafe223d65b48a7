package commands

import (
	"errors"
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/commands/button"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/commands/input"
)

func runMe(t *testing.T, d Deps, sub string) (bot.Reply, error) {
	t.Helper()
	c, _ := me(d)
	for _, s := range c.Subs {
		if s.Name == sub {
			if s.Answer != bot.NewPrivate {
				t.Errorf("/me %s is not private", sub)
			}
			return s.Run(t.Context(), gymtest.Request(t, d, nil))
		}
	}
	t.Fatalf("there is no /me %s", sub)
	return bot.Reply{}, nil
}

func must(t *testing.T) func(bot.Reply, error) bot.Reply {
	return func(r bot.Reply, err error) bot.Reply {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
}

// TestConsentFromAskToForget follows a member who agrees and takes it back.
func TestConsentFromAskToForget(t *testing.T) {
	d := gymtest.Deps(t)
	p := d.People.(*gymtest.People)
	m := member{d, input.NewTyped(d.Now)}
	decide := func(s button.ConsentStep) bot.Reply {
		return must(t)(m.decide(t.Context(), gymtest.Request(t, d, nil), s))
	}
	golden.Reply(t, "me-privacy-nothing", must(t)(runMe(t, d, "privacy")))
	golden.Reply(t, "me-forget-nothing", must(t)(runMe(t, d, "forget")))
	golden.Reply(t, "me-consent", decide(button.ConsentAsk))
	if p.Rows != 0 {
		t.Error("asking has kept something")
	}
	golden.Reply(t, "me-privacy-nothing", decide(button.ConsentNo))
	if p.Rows != 0 {
		t.Error("a no has kept something")
	}
	golden.Reply(t, "me-privacy-kept", decide(button.ConsentYes))
	if p.Version != card.ConsentVersion || !p.At.Equal(gymtest.Noon) {
		t.Errorf("kept version %d at %v", p.Version, p.At)
	}
	golden.Reply(t, "me-privacy-kept", must(t)(runMe(t, d, "privacy")))
	golden.Reply(t, "me-export", must(t)(runMe(t, d, "export")))
	golden.Reply(t, "me-forget-one", must(t)(runMe(t, d, "forget")))
	decide(button.ConsentYes)
	golden.Reply(t, "me-privacy-nothing", decide(button.ConsentForget))
	p.Rows = 3
	golden.Reply(t, "me-forget-three", must(t)(runMe(t, d, "forget")))
}

func TestPrivacyWithoutAPolicyHasNoDeadLink(t *testing.T) {
	d := gymtest.Deps(t)
	d.Operator.PrivacyURL = ""
	for _, b := range golden.Buttons(must(t)(runMe(t, d, "privacy")).Parts) {
		if b.ID == "" {
			t.Errorf("a button %q without an ID", b.Label)
		}
	}
}

func TestStoreFaultsReachTheRouter(t *testing.T) {
	for _, sub := range []string{"privacy", "export", "forget"} {
		d := gymtest.Deps(t)
		broken := errors.New("disk full")
		d.People = &gymtest.People{Err: broken}
		if _, err := runMe(t, d, sub); !errors.Is(err, broken) {
			t.Errorf("/me %s: %v, want the store's fault", sub, err)
		}
	}
}

func TestConsentStepText(t *testing.T) {
	for _, s := range []button.ConsentStep{button.ConsentAsk, button.ConsentYes, button.ConsentNo, button.ConsentForget} {
		var back button.ConsentStep
		text, _ := s.MarshalText()
		if err := back.UnmarshalText(text); err != nil || back != s {
			t.Errorf("%q came back as %q, %v", s, back, err)
		}
	}
	var s button.ConsentStep
	if s.UnmarshalText([]byte("all")) == nil {
		t.Error("an unknown step was taken")
	}
	if !strings.HasPrefix(button.ConsentID.For(button.ConsentAsk), "consent1:") {
		t.Error("the ID lost its version")
	}
}
