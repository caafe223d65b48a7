package commands_test

import (
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// TestAbout: /about says what holds here, for a bot that has what it asks for, less,
// and more, and where it is no member.
func TestAbout(t *testing.T) {
	t.Parallel()
	g := gymtest.New(t)
	s := g.Saved("daily 18:00")
	g.Post(s, schedule.KindPre, gymtest.Noon.Add(-48*time.Hour), schedule.StateSent, "")
	g.Post(s, schedule.KindPre, gymtest.Noon.Add(-24*time.Hour), schedule.StateLate, "")
	g.Post(s, schedule.KindCoolDown, gymtest.Noon.Add(-20*time.Hour), schedule.StateSkipped, schedule.ReasonAway)
	g.Post(s, schedule.KindPre, gymtest.Noon.Add(-31*24*time.Hour), schedule.StateSent, "") // too long ago
	all := bot.ViewChannel | bot.SendMessages | bot.SendInThreads | bot.AttachFiles | bot.ReadHistory | bot.MentionEveryone | bot.CreateEvents
	for name, change := range map[string]func(*gymtest.Person){
		"about":               func(p *gymtest.Person) { p.App = all },
		"about-less":          func(p *gymtest.Person) { p.App = bot.ViewChannel | bot.ReadHistory },
		"about-more":          func(p *gymtest.Person) { p.App = all | bot.ManageServer },
		"about-administrator": func(p *gymtest.Person) { p.App = bot.Administrator },
		"about-dm":            func(p *gymtest.Person) { p.Guild, p.App = "", 0 },
	} {
		p := gymtest.Mia()
		change(&p)
		golden.Reply(t, name, g.Run(p, "about", nil))
	}
	golden.Reply(t, "about-other-server", g.Run(gymtest.Rita(), "about", nil))
}
