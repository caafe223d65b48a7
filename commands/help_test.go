package commands_test

import (
	"strings"
	"testing"

	"unpinch/bot"
	"unpinch/commands"
	"unpinch/commands/golden"
	"unpinch/commands/gymtest"
)

func TestHelpListsEveryCommand(t *testing.T) {
	d := gymtest.Deps(t)
	cmds, _ := commands.All(d)
	for _, c := range cmds {
		if c.Name != "help" {
			continue
		}
		if c.Answer != bot.NewPrivate {
			t.Error("the answer to /help is not private")
		}
		r, err := c.Run(t.Context(), gymtest.Request(t, d, nil))
		if err != nil {
			t.Fatal(err)
		}
		golden.Reply(t, "help", r)
		text := golden.Shown(r)
		for _, c := range cmds {
			names := []string{c.Name}
			if len(c.Subs) > 0 {
				names = nil
			}
			for _, s := range c.Subs {
				names = append(names, c.Name+" "+s.Name)
			}
			for _, name := range names {
				if !strings.Contains(text, "`/"+name+"`") {
					t.Errorf("/help lacks /%s", name)
				}
			}
		}
		for _, want := range []string{"local clock", "You never tell me a symptom", "help@iron.example"} {
			if !strings.Contains(text, want) {
				t.Errorf("/help does not say %q", want)
			}
		}
		return
	}
	t.Error("there is no /help")
}
