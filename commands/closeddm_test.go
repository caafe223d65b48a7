package commands

import (
	"context"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
	"unpinch/schedule"
)

// TestClosedDMsAreTold: the next private command says so, once, where there is
// room; a discreet one never looks.
func TestClosedDMsAreTold(t *testing.T) {
	g := gymtest.New(t)
	g.Agree(gymtest.Mia())
	const told = "I could not DM you: your DMs are closed to me."
	begins := func(r bot.Reply) bool {
		text, ok := r.Parts[0].(bot.Text)
		return ok && strings.HasPrefix(string(text), told)
	}
	g.Closed(gymtest.Mia())
	before := g.Dump()
	for _, name := range []string{"pinched", "learn", "modify"} {
		if begins(g.Run(gymtest.Mia(), name, nil)) || g.Dump() != before {
			t.Errorf("/%s looked for refused DMs", name)
		}
	}
	if begins(g.Run(gymtest.Carl(), "class list", nil)) {
		t.Error("carl is told of mia's DMs")
	}
	first := g.Run(gymtest.Mia(), "class list", nil)
	golden.Reply(t, "dm-told", first)
	if !begins(first) || begins(g.Run(gymtest.Mia(), "class list", nil)) {
		t.Error("not told once")
	}
	g.Time = g.Time.Add(time.Hour)
	g.Closed(gymtest.Mia())
	if card := g.Run(gymtest.Mia(), "me notify", nil); !begins(card) || golden.ID(t, card, "Try again") == "" {
		t.Errorf("/me notify says %v", card)
	}
	// Who keeps no settings has nothing to press.
	g.Add(map[string]any{"at": "mon 18:00"})
	g.Post(g.Only(), schedule.KindAlert, g.Time, schedule.StateFailed, schedule.ReasonClosedDM)
	golden.Reply(t, "dm-told-creator", g.Run(gymtest.Carl(), "me privacy", nil))
	// A reply without room is left as it is, and the next one tells.
	g.Time = g.Time.Add(time.Hour)
	g.Closed(gymtest.Mia())
	long := bot.Reply{Parts: []bot.Part{bot.Text(strings.Repeat("x", 3990))}}
	if got := g.tellClosedDM(t.Context(), gymtest.Mia().Request(g, nil), long); len(got.Parts) != 1 {
		t.Error("a full reply has one line more")
	}
	if !begins(g.Run(gymtest.Mia(), "me nudge", nil)) {
		t.Error("it was told to nobody")
	}
}

// TestOnlyPrivateCommandsTellOfClosedDMs walks all commands.
func TestOnlyPrivateCommandsTellOfClosedDMs(t *testing.T) {
	ran := func(c bot.Command) bool {
		looked := false
		d := Deps{Notices: looks{looked: &looked}, Now: func() time.Time { return gymtest.Noon }}
		d.tellsClosedDMs(&c)
		if c.Run != nil {
			if _, err := c.Run(t.Context(), gymtest.Request(t, gymtest.Deps(t), nil)); err != nil {
				t.Fatal(err)
			}
		}
		return looked
	}
	cmds, _ := All(gymtest.Deps(t))
	for _, c := range cmds {
		for _, s := range append([]bot.Command{c}, c.Subs...) {
			if s.Run == nil {
				continue
			}
			s.Run = replies(bot.Reply{Parts: []bot.Part{bot.Text("x")}})
			if want := !c.Discreet && !s.Discreet && s.Answer == bot.NewPrivate; ran(s) != want {
				t.Errorf("/%s %s looks for refused DMs: %t", c.Name, s.Name, !want)
			}
		}
	}
	modal := bot.Command{Name: "x", Answer: bot.NewPrivate, Run: replies(bot.Reply{Modal: &bot.Modal{}})}
	public := bot.Command{Name: "x", Answer: bot.NewPublic, Run: replies(bot.Reply{Parts: []bot.Part{bot.Text("x")}})}
	if ran(modal) || ran(public) {
		t.Error("a form or a public answer tells of refused DMs")
	}
}

// looks notes that somebody looked for refused DMs.
type looks struct {
	Notices
	looked *bool
}

func (l looks) TellClosedDM(context.Context, string, time.Time) (bool, error) {
	*l.looked = true
	return false, nil
}

func replies(r bot.Reply) func(context.Context, *bot.Request) (bot.Reply, error) {
	return func(context.Context, *bot.Request) (bot.Reply, error) { return r, nil }
}
