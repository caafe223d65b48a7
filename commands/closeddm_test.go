package commands_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"unpinch/bot"
	"unpinch/commands"
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
	if card := g.Run(gymtest.Mia(), "me notify", nil); strings.Count(golden.Shown(card), "closed to me") != 1 || golden.ID(t, card, "Try again") == "" {
		t.Errorf("/me notify says it not once: %s", golden.Shown(card))
	}
	// Who keeps no settings has nothing to press.
	g.Add(map[string]any{"at": "mon 18:00"})
	g.Post(g.Only(), schedule.KindAlert, g.Time, schedule.StateFailed, schedule.ReasonClosedDM)
	golden.Reply(t, "dm-told-creator", g.Run(gymtest.Carl(), "me privacy", nil))
}

// TestOnlyPrivateCommandsTellOfClosedDMs runs all commands: only an answer that
// nobody else sees, of a command whose use is no secret, tells.
func TestOnlyPrivateCommandsTellOfClosedDMs(t *testing.T) {
	g := gymtest.New(t)
	g.Add(map[string]any{"at": "mon 18:00"})
	looked := false
	g.Notices = looks{g.Notices, &looked}
	g.Restart()
	cmds, _ := commands.All(g.Deps)
	told := 0
	for _, c := range cmds {
		for _, s := range append([]bot.Command{c}, c.Subs...) {
			if s.Run == nil {
				continue
			}
			looked = false
			reply, err := s.Run(t.Context(), gymtest.Olga().Request(g, nil))
			want := !c.Discreet && !s.Discreet && s.Answer == bot.NewPrivate && err == nil && reply.Modal == nil
			if looked != want {
				t.Errorf("/%s %s looks for refused DMs: %t", c.Name, s.Name, looked)
			}
			if looked {
				told++
			}
		}
	}
	if told < 10 {
		t.Errorf("%d commands tell", told)
	}
}

// looks notes that somebody looked for refused DMs.
type looks struct {
	commands.Notices
	looked *bool
}

func (l looks) TellClosedDM(context.Context, string, time.Time) (bool, error) {
	*l.looked = true
	return false, nil
}
