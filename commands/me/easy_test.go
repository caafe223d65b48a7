package me_test

import (
	"slices"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/card"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
)

func TestEasy(t *testing.T) {
	g, p := gymtest.New(t), &gymtest.People{}
	g.People = p
	press := func(step string, values ...string) bot.Reply {
		t.Helper()
		return g.Press(gymtest.Mia(), "easy1:"+step, nil, values...)
	}
	golden.Reply(t, "easy-none", g.Run(gymtest.Mia(), "me easy", nil)) // what it is for is seen before it asks
	ask := press("pick", "grip")
	golden.Reply(t, "easy-consent", ask)
	if p.Kept != nil {
		t.Error("kept without consent")
	}
	if g.Tap(gymtest.Mia(), ask, "I agree, and I am 16 or older, or my parent agrees"); !slices.Equal(p.Kept, []string{"grip"}) {
		t.Errorf("with consent %v is kept, want what was picked", p.Kept)
	}
	p.Version = card.ConsentVersion
	golden.Reply(t, "easy-none", press("clear"))
	golden.Reply(t, "easy-two", press("pick", "grip", "overhead", "no such thing"))
	in14days := gymtest.Noon.AddDate(0, 0, 14)
	if want := []string{"overhead", "grip"}; !slices.Equal(p.Kept, want) || !p.Until.Equal(in14days) {
		t.Errorf("kept %v until %v, want %v for 14 days", p.Kept, p.Until, want)
	}
	p.Until = gymtest.Noon.Add(time.Hour)
	if press("renew"); len(p.Kept) != 2 || !p.Until.Equal(in14days) {
		t.Errorf("renewed: %v until %v", p.Kept, p.Until)
	}
	p.Until = gymtest.Noon
	if press("renew"); len(p.Kept) != 0 {
		t.Errorf("what was over came back: %v", p.Kept)
	}
}
